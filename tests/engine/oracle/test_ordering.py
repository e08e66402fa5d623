"""When are two messages of one key applied out of order? Order is a promise of its own.

RO: a first effect came after that of a later message. RG: only a repetition did, which is what
leaves a set in an old state. A message repeated out of order regresses, so RO is RG as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from playground.engine.build import new_simulator
from playground.engine.commands import Command, CutLink, PauseNode
from playground.engine.parameters import (
    ConsumerParameters,
    ProducerParameters,
    QueueParameters,
    Spread,
)
from playground.engine.simulator import Simulator
from playground.engine.world import World

from .placements import FAULTS, Fault, delay
from .scene import LEASE_US, MS, RETRY, RETRY_US, S, Transport, link
from .search import ends


def _pause(world: World) -> Iterator[Command]:
    # The lease of the second message, given to the paused consumer in its turn, ends as well.
    yield from (PauseNode(name, 3 * LEASE_US) for name in ("anna", "bert") if name in world.nodes)


def _cut(world: World) -> Iterator[Command]:
    # So short that the second message gets through, or so long that every timer fires.
    for source, target in world.links:
        for for_us in (10 * MS, RETRY_US + 50 * MS, LEASE_US + 1 * S):
            yield CutLink(source, target, "both", for_us)


# A late SEND would be overtaken by the next message, which is reordering and not a timeout.
ORDER_FAULTS = {
    **{name: FAULTS[name] for name in ("none", "drop SEND", "drop CONFIRM", "drop DELIVER")},
    **{name: FAULTS[name] for name in ("drop ACK", "reorder", "bcrash", "ccrash")},
    "ptimeout": delay(("CONFIRM",), RETRY_US + 50 * MS),
    "pause>lease": Fault(_pause),
    "partition": Fault(_cut),
}


@dataclass(frozen=True, slots=True)
class Configuration:
    """A scene of two messages, and what breaks their order: RO, RG or, not named, nothing."""

    breaks: dict[str, str]
    consumers: tuple[str, ...] = ("anna",)
    producer: dict[str, Any] = field(default_factory=dict)
    queue: dict[str, Any] = field(default_factory=dict)
    consumer: dict[str, Any] = field(default_factory=dict)
    transports: tuple[Transport, ...] = ("datagram",)


_TIMER_LEASE = {"on_disconnect": "wait-for-lease"}
_SEQUENCE = {"window": 2, "identity": "sequence"}
_FIFO = {"order": "fifo"}
# On a stream a cut is noticed at once: the zombie still works when the others are done.
_ANY_TRANSPORT: tuple[Transport, ...] = ("datagram", "stream")
_BOTH = ("anna", "bert")
_INBOX = {"guarantee": "exactly-once", "how": "inbox"}

CONFIGURATIONS: dict[str, Configuration] = {
    "one consumer, window 1": Configuration({"ccrash": "RO"}, queue=_TIMER_LEASE),
    "one consumer, window 2": Configuration(
        {
            **dict.fromkeys(("drop SEND", "reorder", "bcrash", "partition", "ccrash"), "RO"),
            **dict.fromkeys(("drop CONFIRM", "ptimeout"), "RG"),
        },
        producer={"window": 2},
        queue=_TIMER_LEASE,
    ),
    "one consumer, window 2, sequence": Configuration(
        {"ccrash": "RO"}, producer=_SEQUENCE, queue={**_TIMER_LEASE, "deduplicate": "sequence"}
    ),
    "one consumer, window 2, sequence, prefetch 2": Configuration(
        {
            **dict.fromkeys(("drop DELIVER", "ccrash", "reorder", "partition"), "RO"),
            **dict.fromkeys(("drop ACK", "pause>lease", "bcrash"), "RG"),
        },
        producer=_SEQUENCE,
        queue={**_TIMER_LEASE, "deduplicate": "sequence"},
        consumer={"prefetch": 2},
    ),
    "fifo, two consumers": Configuration(
        dict.fromkeys(("pause>lease", "bcrash", "partition"), "RG"),
        _BOTH,
        queue=_FIFO,
        transports=_ANY_TRANSPORT,
    ),
    "fifo, inbox, window 1, message-id": Configuration(
        {},
        _BOTH,
        {"identity": "message-id"},
        {**_FIFO, "deduplicate": "message-id"},
        _INBOX,
        _ANY_TRANSPORT,
    ),
    "fifo, inbox, window 2, sequence": Configuration(
        {},
        _BOTH,
        _SEQUENCE,
        {**_FIFO, "deduplicate": "sequence"},
        _INBOX,
        _ANY_TRANSPORT,
    ),
    "fifo, inbox, window 2, message-id": Configuration(
        dict.fromkeys(("drop SEND", "reorder", "bcrash", "partition"), "RO"),
        _BOTH,
        {"window": 2, "identity": "message-id"},
        {**_FIFO, "deduplicate": "message-id"},
        _INBOX,
        _ANY_TRANSPORT,
    ),
    "auto-ack, one consumer": Configuration(
        {"reorder": "RO"},
        producer={"publish": "fire-and-forget"},
        consumer={"guarantee": "at-most-once", "how": "auto-ack"},
    ),
}


def two_messages(what: Configuration, transport: Transport) -> Simulator:
    """Two messages of one key, 20 ms apart; with bert there, anna is far away and slow."""
    nodes: dict[str, Any] = {
        "shop": ProducerParameters(
            **{
                "rate_per_s": 50,
                "limit": 2,
                "retry": RETRY,
                **what.producer,
            }
        ),
        "orders": QueueParameters(lease_us=LEASE_US, **what.queue),
    }
    links = [("shop", "orders", link(20 * MS, transport))]
    for name in what.consumers:
        is_far = name == "anna" and len(what.consumers) == 2
        nodes[name] = ConsumerParameters(
            group="g", work=Spread(mean_us=1 * S if is_far else 200 * MS), **what.consumer
        )
        links.append(("orders", name, link(2 * S if is_far else 15 * MS, transport)))
    return new_simulator(nodes, links, seed=1)


def breach(what: Configuration, fault: Fault) -> str:
    """The worst that any placement of this fault does to the order."""
    books = [
        world.ledger.groups["g"]
        for transport in what.transports
        for world in ends(two_messages(what, transport), [fault])
    ]
    if any(book.out_of_order for book in books):
        return "RO"
    return "RG" if any(book.regress for book in books) else "."


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        pytest.param(name, fault, id=f"{name} | {fault}")
        for name in CONFIGURATIONS
        for fault in ORDER_FAULTS
    ],
)
def test_what_breaks_the_order(name: str, fault: str) -> None:
    what = CONFIGURATIONS[name]
    assert breach(what, ORDER_FAULTS[fault]) == what.breaks.get(fault, ".")


@pytest.mark.parametrize("consumer", [{}, {"idempotency": "natural"}, _INBOX])
def test_competing_consumers_keep_no_order_even_without_a_fault(consumer: dict[str, Any]) -> None:
    what = Configuration({}, _BOTH, {"window": 2}, consumer=consumer)
    assert breach(what, FAULTS["none"]) == "RO"
