"""Does the search without a clock say no more than it has done? Cut short, it certifies nothing."""

from dataclasses import replace

import pytest

from playground.checker.any_timing import prove as any_timing_prove
from playground.checker.any_timing import prove_any_timing
from playground.checker.any_timing.scene import UnfitError
from playground.checker.bounds import Bounds
from playground.checker.certificate import as_json, was_stopped
from playground.checker.verdict import Proof
from playground.engine.commands import CrashNode
from playground.engine.parameters import ConsumerParameters, Loss, QueueParameters
from playground.scenario.model import Link, ScriptEntry
from tests.checker.scenes import chain, exactly_once

ONE = Bounds(messages=1, faults=1)


def words(proof: Proof) -> set[str]:
    return {verdict.word for verdict in proof.verdicts}


@pytest.mark.parametrize("most", [1, 10, 100])
def test_a_limit_of_states_is_never_certified(most: int) -> None:
    found = prove_any_timing(exactly_once(), Bounds(), most_states=most)
    assert words(found) == {"inconclusive"}
    assert all(f"after {most}" in verdict.reason for verdict in found.verdicts)


def test_a_cancel_is_never_certified() -> None:
    found = prove_any_timing(exactly_once(), Bounds(messages=2), is_cancelled=lambda: True)
    assert words(found) == {"inconclusive"}
    assert found.exit_code == 3
    # Nobody can end it at the same place again, so there is nothing to verify.
    assert was_stopped(as_json(found))
    assert not was_stopped(as_json(prove_any_timing(exactly_once(), ONE)))


def test_time_that_is_over_is_never_certified() -> None:
    assert words(prove_any_timing(exactly_once(), Bounds(seconds=0.0))) == {"inconclusive"}


def test_a_scene_that_has_no_model_without_a_clock_is_never_certified(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise UnfitError("it is of another kind.")

    monkeypatch.setattr(any_timing_prove, "untimed", refuse)
    found = prove_any_timing(exactly_once(), ONE)
    assert words(found) == {"inconclusive"}
    assert "it is of another kind" in found.verdicts[0].reason


def test_a_group_without_a_queue_is_vacuous() -> None:
    lonely = replace(chain(), nodes={**chain().nodes, "mail": ConsumerParameters()})
    found = prove_any_timing(lonely, replace(ONE, groups=("mail",)))
    assert words(found) == {"vacuous"}
    assert found.exit_code == 3


def test_a_group_whose_queue_nobody_feeds_is_vacuous() -> None:
    scenario = chain()
    nodes = {"spare": QueueParameters(), "mail": ConsumerParameters()}
    link = Link(source="spare", target="mail", parameters=scenario.links[1].parameters)
    spare = replace(
        scenario, nodes={**scenario.nodes, **nodes}, links=(*scenario.links, link)
    )  # fmt: skip
    assert words(prove_any_timing(spare, replace(ONE, groups=("mail",)))) == {"vacuous"}


def test_a_mechanism_that_was_never_seen_makes_it_vacuous() -> None:
    found = prove_any_timing(exactly_once(), replace(ONE, catalogue=()))
    by_property = {verdict.claim.property: verdict for verdict in found.verdicts}
    assert by_property["loss"].word == by_property["duplicate_effect"].word == "vacuous"
    assert "sending again" in by_property["loss"].reason


def test_what_a_scene_does_by_itself_is_set_aside_and_said_to_be() -> None:
    stormy = exactly_once(link={"loss": Loss(request=0.5)})
    entry = ScriptEntry(at_us=0, command=CrashNode("billing"))
    found = prove_any_timing(replace(stormy, script=(entry,)), ONE)
    assert len(found.left_out) == 2
    assert found.verdicts == prove_any_timing(exactly_once(), ONE).verdicts
