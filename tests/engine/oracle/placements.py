"""Where can each fault strike? A fault is a question to a world: which wishes are this fault now?

It is asked before each event and after it. A command that the world refuses is no placement.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    Command,
    CrashNode,
    CutLink,
    DeadLetterEntry,
    DelayPacket,
    Direction,
    DropPacket,
    DuplicatePacket,
    ExpireEntry,
    ForgetDedup,
    PauseNode,
    SetNode,
)
from playground.engine.message import REQUESTS
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.queue import Queue
from playground.engine.parameters import Retry
from playground.engine.programs.compile import PRODUCER_POINTS, QUEUE_POINTS
from playground.engine.world import World

from .scene import FLUSH_US, LEASE_US, MS, RETRY_US, Pace, S

HELD_BACK_US = 60 * MS  # a reordered packet: later than others, but no timer fires
OUTAGES_US = (10 * MS, 3 * S)  # over before any work ends; longer than any work
CUTS_US = (RETRY_US + 50 * MS, LEASE_US + 1 * S)  # the retry fires; the lease ends too
DIRECTIONS: tuple[Direction, ...] = ("both", "request", "reply")

Strike = Callable[[World], Iterator[Command]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of the table: what it may do at each moment, and what only at the beginning."""

    strike: Strike
    at_first: Strike = lambda _: iter(())  # armed once, it strikes the first that comes along
    queue: dict[str, Any] = field(default_factory=dict)  # what the queue must be set to
    paces: tuple[Pace, ...] = ("prompt",)


def _nothing(_: World) -> Iterator[Command]:
    return iter(())


def _consumers(world: World) -> list[Consumer]:
    return [node for node in world.nodes.values() if isinstance(node, Consumer)]


def _ways(world: World, packet: str) -> Iterator[tuple[str, str]]:
    # A link on which no such packet travels refuses to have it armed.
    for source, target in world.links:
        yield (source, target) if packet in REQUESTS else (target, source)


def drop(*packets: str) -> Fault:
    """A packet of one of these kinds is lost, at once or on its way."""

    def strike(world: World) -> Iterator[Command]:
        for flight in world.flights.values():
            if flight.packet in packets:
                yield DropPacket(flight.id)

    return Fault(strike, _armed("drop", *packets))


def duplicate(packet: str) -> Fault:
    """A packet of this kind arrives twice."""

    def strike(world: World) -> Iterator[Command]:
        for flight in world.flights.values():
            if flight.packet == packet:
                yield DuplicatePacket(flight.id)

    return Fault(strike, _armed("duplicate", packet))


def delay(packets: tuple[str, ...], *by_us: int) -> Fault:
    """A packet of one of these kinds comes later."""

    def strike(world: World) -> Iterator[Command]:
        for flight in world.flights.values():
            if flight.packet in packets and flight.fate == "arrives":
                yield from (DelayPacket(flight.id, each_us) for each_us in by_us)

    return Fault(strike, _armed("delay", *packets, by_us=by_us[0]))


def _armed(fault: Any, *packets: str, by_us: int | None = None) -> Strike:
    def strike(world: World) -> Iterator[Command]:
        for packet in packets:
            for source, target in _ways(world, packet):
                yield ArmPacketFault(fault, source, target, packet, by_us=by_us)

    return strike


def _pause(world: World) -> Iterator[Command]:
    for node in _consumers(world):
        yield PauseNode(node.id, LEASE_US + 1 * S)


def crash(node: str, points: tuple[str, ...], **options: Any) -> Fault:
    """The node dies, for a moment or for long, at any time or when it reaches a point."""

    def strike(_: World) -> Iterator[Command]:
        yield from (CrashNode(node, for_us) for for_us in OUTAGES_US)

    def at_first(_: World) -> Iterator[Command]:
        yield from (ArmCrash(node, point) for point in points)

    return Fault(strike, at_first, **options)


def _consumer_crash(world: World) -> Iterator[Command]:
    for node in _consumers(world):
        yield from (CrashNode(node.id, for_us) for for_us in OUTAGES_US)


def _consumer_crash_at_points(world: World) -> Iterator[Command]:
    for node in _consumers(world):
        yield from (ArmCrash(node.id, point) for point in sorted(node.program.points))


def _cut(world: World) -> Iterator[Command]:
    for source, target in world.links:
        for direction in DIRECTIONS:
            yield from (CutLink(source, target, direction, for_us) for for_us in CUTS_US)


def _expire(_: World) -> Iterator[Command]:
    yield ExpireEntry("orders", "1")


def _dead_letter(_: World) -> Iterator[Command]:
    yield DeadLetterEntry("orders", "1")


def _give_up(_: World) -> Iterator[Command]:
    """One attempt only, and the patience for it ends at any moment until the confirm is there."""
    for timeout_ms in (0, 1, 19, 20, 21, 39, 40, 41):
        patience = Retry(timeout_us=timeout_ms * MS, attempts=1)
        yield SetNode("shop", (("retry", patience),))


def _forget_at_queue(_: World) -> Iterator[Command]:
    yield ForgetDedup("orders")


def _forget_at_consumer(world: World) -> Iterator[Command]:
    yield from (ForgetDedup(node.id) for node in _consumers(world))


def _crash_with_an_ack_not_on_disk(world: World) -> Iterator[Command]:
    queue = world.nodes["orders"]
    assert isinstance(queue, Queue)
    if any(subscription.unflushed for subscription in queue.subscriptions.values()):
        yield from (CrashNode("orders", for_us) for for_us in OUTAGES_US)


PACKETS = ("SEND", "CONFIRM", "DELIVER", "ACK", "ACK_OK")
ASKED = (
    "TXN_SEND", "TXN_OFFSETS", "INIT_PID", "ADD_PARTITIONS", "END_TXN", "MARKER",
    "REQ", "PREPARE", "DECIDE", "INQUIRE",
)  # fmt: skip
ANSWERED = (
    "TXN_OK", "TXN_FAIL", "PID_OK", "ADD_OK", "END_OK", "END_FAIL", "MARKER_OK",
    "REQ_OK", "VOTE", "DECIDED",
)  # fmt: skip
"""What stands for ACK and ACK_OK where a coordinator commits."""
BOTH: tuple[Pace, ...] = ("prompt", "late")

FAULTS: dict[str, Fault] = {
    "none": Fault(_nothing, paces=BOTH),
    **{f"drop {packet}": drop(packet) for packet in PACKETS[:3]},
    "drop ACK": drop("ACK", *ASKED),
    "drop ACK_OK": drop("ACK_OK", *ANSWERED),
    "dup SEND": duplicate("SEND"),
    "dup DELIVER": duplicate("DELIVER"),
    "ptimeout": delay(("SEND", "CONFIRM"), RETRY_US + 50 * MS, 30 * S),
    "pause>lease": Fault(_pause),
    "bcrash": crash("orders", QUEUE_POINTS, paces=BOTH),
    "pcrash": crash("shop", PRODUCER_POINTS),
    "ccrash": Fault(_consumer_crash, _consumer_crash_at_points),
    "reorder": delay((*PACKETS, *ASKED, *ANSWERED), HELD_BACK_US),
    "partition": Fault(_cut),
    "retention": Fault(_expire, paces=BOTH),
    "dlq": Fault(_dead_letter, queue={"dead_letter": "morgue"}, paces=BOTH),
    "giveup": Fault(_nothing, _give_up),
    "pdexp": Fault(_forget_at_queue),
    "ddupexp": Fault(_forget_at_consumer),
    "ack-unsynced": Fault(
        _crash_with_an_ack_not_on_disk, queue={"ack_durability": "lazy", "flush_us": FLUSH_US}
    ),
}


def any_of(*names: str) -> Fault:
    """One of these faults, whichever."""
    faults = [FAULTS[name] for name in names]

    def strike(world: World) -> Iterator[Command]:
        for fault in faults:
            yield from fault.strike(world)

    def at_first(world: World) -> Iterator[Command]:
        for fault in faults:
            yield from fault.at_first(world)

    return Fault(strike, at_first)


EVERYDAY: tuple[str, ...] = (
    *(f"drop {packet}" for packet in PACKETS),
    "dup SEND",
    "dup DELIVER",
    "ptimeout",
    "pause>lease",
    "bcrash",
    "ccrash",
    "reorder",
    "partition",
)
"""What happens to everyone. A producer that crashes without an outbox loses, so it is not there."""
