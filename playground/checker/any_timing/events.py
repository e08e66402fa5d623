"""What happened on the way to a break, and to which packets? The steps as data, not as lines.

In a state packets bear no names of their own, and numbers are renamed from step to step. On the way
from the beginning to a break each packet gets the name that it has in every run: the how manieth
of its kind and message on its way. Of several alike the older one has the smaller numbers.
"""

from typing import NamedTuple

from playground.checker.any_timing.bench import Gate
from playground.checker.any_timing.moves import Outcome
from playground.checker.any_timing.packets import Packet
from playground.checker.any_timing.pool import State
from playground.checker.any_timing.space import Space
from playground.checker.any_timing.step import FAULT, StepKind

Key = tuple[str, str, str, str]
"""Who sent it, who gets it, its kind, its message by name."""


class Ident(NamedTuple):
    """What a packet is known by in every run."""

    source: str
    target: str
    packet: str
    message: str
    nth: int  # from 1
    copy: int = 0  # above 0: one that the network made of it

    @property
    def key(self) -> Key:
        """What it has in common with all others of its kind."""
        return self[:4]


class Event(NamedTuple):
    """One step on the way."""

    kind: StepKind
    node: str  # where it happens; of a packet's fault: where that was going
    message: str
    packet: Ident | None
    gate: Gate | None  # where its node died or stopped
    pauses: bool
    is_fault: bool
    is_early: bool  # a timer fires although the answer can still come


class Way(NamedTuple):
    """The steps of a path, and all packets that were sent on it."""

    events: tuple[Event, ...]
    packets: frozenset[Ident]


Path = tuple[tuple[State, Outcome], ...]
"""The states before a break, each with what was done there."""


def connection(kind: str, queue: str, consumer: str) -> Ident:
    """What an opening or a closing is called; there is at most one of either that counts."""
    return Ident(consumer, queue, kind, "", 0)


def way_of(space: Space, path: Path, broken: State) -> Way:
    """The steps of this path."""
    under_way = _UnderWay(space, broken)
    found = []
    for state, outcome in path:
        move = outcome.move
        step = move.step
        packet = space.pool.packets[move.packet] if move.packet >= 0 else None
        ident = under_way.follow(state, outcome)
        if packet is not None and packet.is_connection:
            ident = connection(packet.kind, packet.source, packet.target)
        is_early = space.is_early_fault(state, move)
        pauses = step.kind == "pause" or (outcome.gate is not None and outcome.stops != "")
        found.append(
            Event(
                kind=step.kind, node=step.node, message=under_way.name_of(step.message),
                packet=ident, gate=outcome.gate, pauses=pauses,
                is_fault=step.cost == FAULT or is_early or outcome.gate is not None,
                is_early=is_early,
            )
        )  # fmt: skip
    return Way(tuple(found), under_way.packets())


class _UnderWay:
    """The names of the packets that are on their way, oldest first of each kind."""

    def __init__(self, space: Space, last: State) -> None:
        self._pool = space.pool
        # Messages keep their rows, so the last state knows all of their names.
        self._ledger = space.pool.objects[last[space.pool.ledger_index]]
        self._names: dict[Key, list[Ident]] = {}
        self._sent: dict[Key, int] = {}
        for number in space.pool.objects[space.start[space.pool.flights_index]]:
            self._leaves(space.pool.packets[number])

    def packets(self) -> frozenset[Ident]:
        """All that were sent so far, but for copies."""
        return frozenset(
            Ident(*key, nth) for key, count in self._sent.items() for nth in range(1, count + 1)
        )

    def name_of(self, message: int) -> str:
        """As people know it; "" for none."""
        return str(self._ledger.name_of(message)) if message >= 0 else ""

    def follow(self, state: State, outcome: Outcome) -> Ident | None:
        """Do what this outcome did to the packets; returns the one that it was about."""
        pool, move = self._pool, outcome.move
        ident = None
        if move.packet >= 0:
            packet = pool.packets[move.packet]
            if not packet.is_connection:
                names = self._names[self._key(packet)]
                rank = self._rank(state, packet)
                ident = names[rank]
                if move.step.kind == "duplicate":
                    copies = 1 + max(each.copy for each in names if each.nth == ident.nth)
                    names.insert(rank + 1, ident._replace(copy=copies))
                    return ident
                del names[rank]
        for number in outcome.sent:
            self._leaves(pool.packets[number])
        return ident

    def _leaves(self, packet: Packet) -> None:
        if not packet.is_connection:
            key = self._key(packet)
            nth = self._sent[key] = self._sent.get(key, 0) + 1
            self._names.setdefault(key, []).append(Ident(*key, nth))

    def _key(self, packet: Packet) -> Key:
        return (packet.comes_from, packet.goes_to, packet.kind, self.name_of(packet.message))

    def _rank(self, state: State, packet: Packet) -> int:
        """Its place by age among those of its kind and message."""
        pool, key = self._pool, self._key(packet)
        numbers = pool.objects[state[pool.flights_index]]
        alike = [each for each in map(pool.packets.__getitem__, numbers)
                 if not each.is_connection and self._key(each) == key]  # fmt: skip
        return sorted(map(_age, alike)).index(_age(packet))


def _age(packet: Packet) -> tuple[int, ...]:
    incarnation, first, second, _, number = packet.load
    return (packet.number, number, first, second, incarnation)
