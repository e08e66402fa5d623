"""Does a renamed node go on exactly as it would have under its old name?"""

from typing import Any

import pytest

from playground.engine.commands import (
    AddLink,
    AddNode,
    ArmCrash,
    Command,
    CrashNode,
    CutLink,
    PauseNode,
    RemoveNode,
    RenameNode,
)
from playground.engine.parameters import ConsumerParameters, QueueParameters
from playground.engine.records import CommandRejected, NodeRenamed

from .tiny import LINK, MS, Tiny, billing, orders, retry, shop

SCENES: dict[str, dict[str, Any]] = {
    "plain": {},
    "leases": {"queue": orders(lease_us=50 * MS), "consumer": billing(prefetch=3)},
    "in order": {"queue": orders(order="fifo"), "producer": shop(limit=20, window=4, keys=2)},
    "by key": {
        "queue": orders(order="keyed"),
        "producer": shop(limit=20, window=4, keys=3),
        "consumers": {"billing": billing(group="g"), "payouts": billing(group="g")},
    },
    "competing": {
        "producer": shop(limit=20, window=4),
        "consumers": {"billing": billing(), "payouts": billing(group="billing")},
    },
    "known by sequence": {
        "queue": orders(deduplicate="sequence"),
        "producer": shop(limit=20, identity="sequence", retry=retry(15, backoff_ms=1)),
    },
    "lazy": {"queue": orders(ack_durability="lazy", durability="lazy", flush_us=300 * MS)},
    "dead letters": {
        "queue": orders(max_deliveries=1, dead_letter="grave"),
        "consumer": billing(poison=(2, 3)),
        "nodes": {"grave": QueueParameters()},
    },
}

CLICKS: dict[str, tuple[Command, ...]] = {
    "nothing": (),
    "a pause": (PauseNode("billing", 100 * MS), PauseNode("orders", 150 * MS)),
    "a cut": (CutLink("orders", "billing", for_us=120 * MS),),
    "a crash": (CrashNode("billing"), CrashNode("shop", 100 * MS)),
    "an armed crash": (ArmCrash("billing", "after-effect", "shop#4"),),
}


def tiny(scene: str) -> Tiny:
    world = SCENES[scene]
    return Tiny(**{"producer": shop(limit=20), **world})


def outcome(world: Tiny) -> list[tuple[object, ...]]:
    """What became of everything, without names."""
    records = [*world.records, *world.world.trace.tail()]
    kinds = [(type(r).__name__, r.at_us) for r in records if not isinstance(r, NodeRenamed)]
    books = world.world.ledger.groups.values()
    return [*kinds, *((b.produced, b.deliveries, b.effect_total, b.lost) for b in books)]


@pytest.mark.parametrize("node", ["shop", "orders", "billing"])
@pytest.mark.parametrize("clicks", CLICKS)
@pytest.mark.parametrize("scene", SCENES)
def test_a_new_name_changes_nothing_else(scene: str, clicks: str, node: str) -> None:
    quiet = tiny(scene).until(455).do(*CLICKS[clicks]).until(470).until(2_000)
    renamed = tiny(scene).until(455).do(*CLICKS[clicks]).until(470)
    # Not after the others in the order of names: that order is who is served next.
    renamed.do(RenameNode(node, f"a {node}")).until(2_000)
    assert outcome(renamed) == outcome(quiet)
    assert f"a {node}" in renamed.world.nodes


def test_a_group_named_after_its_consumer_is_renamed_with_it() -> None:
    world = tiny("competing").until(455).do(RenameNode("billing", "charges"))
    assert list(world.world.ledger.groups) == ["charges"]
    payouts = world.world.nodes["payouts"].parameters
    assert isinstance(payouts, ConsumerParameters)
    assert payouts.group == "charges"


def test_a_group_keeps_its_name_where_the_new_one_is_taken() -> None:
    world = Tiny(consumers={"billing": billing(), "payouts": billing(group="g")})
    world.until(455).do(RenameNode("billing", "g"))
    assert list(world.world.ledger.groups) == ["billing", "g"]


def test_messages_are_called_after_the_new_name() -> None:
    world = tiny("plain").until(455).do(RenameNode("shop", "store"))
    assert world.world.ledger.name_of(0) == "store#1"


def test_messages_of_a_removed_producer_are_not_taken_for_those_of_its_heir() -> None:
    world = tiny("plain").until(455).do(AddNode("store", shop(limit=3)))
    world.do(AddLink("store", "orders", LINK)).until(700).do(RemoveNode("store"))
    world.do(RenameNode("shop", "store")).until(1_000)
    names = [world.world.ledger.name_of(row) for row in range(world.world.ledger.count)]
    assert len(set(names)) == len(names)
    assert "store (removed)#1" in names


def test_a_taken_name_is_refused() -> None:
    world = tiny("plain").do(RenameNode("shop", "orders"))
    refused = [r for r in world.world.trace.tail() if isinstance(r, CommandRejected)]
    assert [r.reason for r in refused] == ["There is a node orders already."]


def test_a_producer_that_comes_back_is_not_taken_for_a_repeat_of_itself() -> None:
    known = orders(deduplicate="sequence")
    world = Tiny(shop(limit=5, identity="sequence"), known).until(455)
    world.do(RemoveNode("shop"), AddNode("shop", shop(limit=5, identity="sequence")))
    world.do(AddLink("shop", "orders", LINK)).until(3_000)
    book = world.world.ledger.groups["billing"]
    assert (book.produced, book.applied_once, book.lost) == (9, 9, 0)
