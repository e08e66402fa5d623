"""Would the proof notice if the machinery were broken? Each promise catches its own bug."""

import pytest

from playground.checker.bounds import Bounds
from playground.checker.prove import prove
from playground.engine import simulator
from playground.engine.nodes.node import AgendaItem
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.seen import Seen
from playground.engine.world import CONFIRM_TIMEOUT, LEASE, World

from .scenes import exactly_once


def verdicts(faults: int) -> dict[str, tuple[str, int]]:
    """Property -> its verdict, and the number of faults in it."""
    proof = prove(exactly_once(), Bounds(messages=1, faults=faults))
    return {each.claim.property: (each.word, each.faults) for each in proof.verdicts}


def test_the_sound_scene_is_certified() -> None:
    certified = ("certified", 2)
    assert verdicts(2) == {"loss": certified, "duplicate_effect": certified, "stuck": certified}


def test_an_inbox_that_remembers_nothing_doubles_effects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Seen, "add", lambda *_: None)
    assert verdicts(1)["duplicate_effect"] == ("counterexample", 1)


def test_a_lease_that_ends_for_nobody_leaves_messages_unfinished(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(simulator._AT_NODE, LEASE, (Queue, lambda *_: None))
    assert verdicts(1)["stuck"] == ("counterexample", 1)


def test_a_confirm_timer_that_is_set_only_once_is_found_with_two_faults_and_by_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    on_timeout = Producer.on_timeout

    def only_once(producer: Producer, world: World, item: AgendaItem) -> None:
        intent = producer.unconfirmed.get(item.second)
        if intent is not None and intent.attempt == 1:
            on_timeout(producer, world, item)

    monkeypatch.setitem(simulator._AT_NODE, CONFIRM_TIMEOUT, (Producer, only_once))
    assert verdicts(1)["stuck"] == ("certified", 1)
    assert verdicts(2) == {
        "loss": ("certified", 2),
        "duplicate_effect": ("certified", 2),
        "stuck": ("counterexample", 2),
    }
