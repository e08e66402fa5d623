"""How does a world move? By one due thing at a time (``step``), or by a wish (``apply``).

Nothing else changes a world. Results do not depend on how a run is cut into slices: records carry
the time of what caused them, and a command acts at the time at which it was applied.
"""

import sys
from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

from playground.engine.changes import apply_command
from playground.engine.commands import Command
from playground.engine.express.broker import take_ack, take_send
from playground.engine.express.publish import publish, take_confirm
from playground.engine.express.work import end_work, take_deliver
from playground.engine.faults.crash import restart_node
from playground.engine.faults.cut import connection_arrives, heal
from playground.engine.faults.pause import resume_node
from playground.engine.flights import lose, send_was_taken
from playground.engine.message import MESSAGE, PACKETS, Flight
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.inquiry import on_ask
from playground.engine.nodes.node import AgendaItem, Due, Node, item_of
from playground.engine.nodes.pending import on_heuristic
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.trace import BLOCK
from playground.engine.world import (
    ACK_AGAIN,
    ARRIVE,
    ASK,
    CLOSE,
    CONFIRM_TIMEOUT,
    DELAYED,
    FLUSH,
    HEAL,
    HEURISTIC,
    INQUIRE,
    LEASE,
    OPEN,
    P_SCRIPT,
    PRODUCE,
    RENEW,
    RESEND,
    RESTART,
    RESUME,
    RETENTION,
    SCRIPT,
    SEND_AGAIN,
    TXN_TIMEOUT,
    WORK,
    World,
)

MAX_STEPS_AT_ONE_INSTANT = 100_000
CHUNK = 64
"""Steps between two looks at whether a block of the trace is full."""


class Simulator:
    """Moves one world. The world can be forked and given to another simulator."""

    __slots__ = ("_at_instant", "_instant_us", "world")

    def __init__(self, world: World) -> None:
        self.world = world
        self._instant_us = -1
        self._at_instant = 0

    def apply(self, command: Command) -> None:
        """Grant a wish now, or write down why not."""
        world = self.world
        world.cause = 0
        world.priority = P_SCRIPT
        apply_command(world, command)
        world.report_losses()
        if len(world.block) >= BLOCK:
            world.trace.flush_full()

    def play(self, most: int) -> None:
        """At most so many due things, whenever they are due."""
        self._play(sys.maxsize, most)

    def run_until(self, until_us: int) -> None:
        """Everything that is due up to and including ``until_us``; then it is that time."""
        world = self.world
        self._play(until_us, sys.maxsize)
        if not world.stopped:
            world.now_us = max(world.now_us, until_us)
            world.priority = P_SCRIPT

    def next_us(self) -> int | None:
        """When the next thing is due; ``None`` where nothing is."""
        agenda = self.world.agenda
        return agenda[0][0] if agenda else None

    def step(self) -> None:
        """The next due thing."""
        agenda = self.world.agenda
        self._play(agenda[0][0], 1)

    def _play(self, until_us: int, most: int) -> None:
        """At most so many due things, in chunks between which full blocks are handed on."""
        world = self.world
        while most > 0 and not world.stopped and self._play_chunk(until_us, min(most, CHUNK)):
            most -= CHUNK
            if len(world.block) >= BLOCK:
                world.trace.flush_full()
                world.ledger.count_fresh()
        world.trace.flush_full()

    def _play_chunk(self, until_us: int, most: int) -> bool:
        """The one loop in which everything happens. False where nothing is due any more.

        The arrival of a packet at a live process stands here itself, what else can become of
        packet and timer in functions of their own.
        """
        world = self.world
        agenda, ledger, delivered = world.agenda, world.ledger, world.delivered
        flights, nodes = world.flights, world.nodes
        express = _EXPRESS if world.takes_express else _LONG_WAY
        for _ in range(most):
            if world.stopped or not agenda:
                return False
            item = heappop(agenda)
            at_us, world.priority, _, kind, what = item
            if at_us != world.now_us:
                if at_us > until_us:
                    heappush(agenda, item)
                    return False
                world.now_us = at_us
            else:
                self._count_at_instant(at_us, kind, what)
            if kind == ARRIVE:
                flight = flights.pop(what, None)
                if flight is None:
                    continue
                route = flight.route
                target = route.target
                node = nodes.get(target)
                if (
                    flight.travel < 1.0
                    or node is None
                    or not node.is_open
                    or (route.is_personal and flight.load[0] != node.incarnation)
                ):
                    _arrive_in_vain(world, node, flight)
                else:
                    packet = route.packet
                    delivered[packet] += 1
                    world.cause = what
                    world.place = target
                    if express[packet](world, node, flight):
                        continue  # the short way loses nothing
                    node.takes[packet](node, world, flight)
                    if packet == "SEND":
                        send_was_taken(world, node, flight.row[MESSAGE])
            elif (start := express.get(kind)) is not None:
                world.cause, world.place, first, second, _, _ = what
                node = nodes.get(world.place)
                if node is not None and node.is_up:
                    if second != 1 and start(world, node, first):
                        continue
                    _begin_or_end(world, node, kind, first, second)
            else:
                _fall_due(world, kind, item)
                flights, nodes = world.flights, world.nodes  # a script may have renamed something
            if ledger.on_lost:
                world.report_losses()
        return True

    def _count_at_instant(self, at_us: int, kind: int, what: Any) -> None:
        """Time must go on at some point."""
        if at_us != self._instant_us:
            self._instant_us, self._at_instant = at_us, 0
        self._at_instant += 1
        if self._at_instant > MAX_STEPS_AT_ONE_INSTANT:
            owner = "" if kind == ARRIVE else what[1]
            self.world.stop(
                f"{MAX_STEPS_AT_ONE_INSTANT} things happened at one instant: "
                f"a loop without delay around {owner or self.world.place}"
            )


def _arrive_in_vain(world: World, node: Node | None, flight: Flight) -> None:
    if flight.fate != "arrives":
        lose(world, flight, flight.fate)
    elif node is None:
        lose(world, flight, "gone")
    elif not node.is_up:
        lose(world, flight, "down")
    elif flight.route.is_personal and flight.incarnation != node.incarnation:
        lose(world, flight, "stale")
    else:
        assert node.is_paused
        node.waiting.append(flight)
        world.waiting_flights += 1


def _fall_due(world: World, kind: int, due: Due) -> None:
    """A node's own timer finds it up, or is void; what is due to the world happens anyway."""
    world.cause, owner, _, _, _, _ = due[4]
    world.place = owner
    node = world.nodes.get(owner)
    if kind in (LEASE, CONFIRM_TIMEOUT):
        world.advance_line(node, due)
    item = item_of(due)
    at_node = _AT_NODE.get(kind)
    if node is not None and node.is_paused and kind in _OWN_TIMERS:
        node.deferred.append(item)
    elif at_node is None:
        _HANDLERS[kind](world, item)
    elif node is not None and node.is_up and type(node) is at_node[0]:
        at_node[1](node, world, item)


def _begin_or_end(world: World, node: Node, kind: int, first: int, second: int) -> None:
    """A message is submitted, or half of the work or all of it is done."""
    if kind == WORK and type(node) is Consumer:
        node.on_work(world, first, second)
    elif kind == PRODUCE and type(node) is Producer:
        node.on_arrival(world, first)


def _restart(world: World, item: AgendaItem) -> None:
    node = world.nodes.get(item.owner)
    if node is not None and not node.is_up and node.outage == item.first:
        restart_node(world, node)


def _resume(world: World, item: AgendaItem) -> None:
    node = world.nodes.get(item.owner)
    if node is not None and node.is_paused and node.outage == item.first:
        resume_node(world, node)


def _heal(world: World, item: AgendaItem) -> None:
    link = world.links.get((item.owner, item.text))
    if link is not None and link.is_cut and link.outage == item.first:
        heal(world, link)


def _script(world: World, item: AgendaItem) -> None:
    if not world.is_settling:
        apply_command(world, world.script[item.first][1])


def _take_long_way(*_: Any) -> bool:
    return False


_LONG_WAY: dict[str | int, Callable[[World, Any, Any], bool]] = dict.fromkeys(
    (*PACKETS, WORK, PRODUCE), _take_long_way
)
_EXPRESS = _LONG_WAY | {
    "SEND": take_send,
    "DELIVER": take_deliver,
    "ACK": take_ack,
    "CONFIRM": take_confirm,
    WORK: end_work,
    PRODUCE: publish,
}
"""By packet, or by what else is due: the short way for the plain case; False where it is not."""

Handler = Callable[[World, AgendaItem], None]

_AT_NODE: dict[int, tuple[type[Node], Callable[[Any, World, AgendaItem], None]]] = {
    CONFIRM_TIMEOUT: (Producer, Producer.on_timeout),
    SEND_AGAIN: (Producer, Producer.on_send_again),
    LEASE: (Queue, Queue.on_lease),
    DELAYED: (Queue, Queue.on_delay_over),
    RETENTION: (Queue, Queue.on_retention),
    FLUSH: (Queue, lambda queue, world, _: queue.on_flush(world)),
    ACK_AGAIN: (Consumer, Consumer.on_ack_again),
    RENEW: (Consumer, Consumer.on_renew),
    TXN_TIMEOUT: (Coordinator, Coordinator.on_timeout),
    RESEND: (Coordinator, Coordinator.on_resend),
    INQUIRE: (Queue, on_ask),
    HEURISTIC: (Queue, on_heuristic),
    ASK: (GroupDatabase, GroupDatabase.on_ask),
}
"""A node's own timers: the kind of node that has them, and what they lead to."""

_HANDLERS: dict[int, Handler] = {
    CLOSE: connection_arrives,
    OPEN: connection_arrives,
    RESTART: _restart,
    RESUME: _resume,
    HEAL: _heal,
    SCRIPT: _script,
}

# These wait while their owner is paused; restarts, resumes and arrivals of its work do not.
_OWN_TIMERS = frozenset(
    {CLOSE, OPEN, CONFIRM_TIMEOUT, SEND_AGAIN, LEASE, DELAYED, RETENTION, FLUSH, ACK_AGAIN, RENEW,
     TXN_TIMEOUT, RESEND, INQUIRE, HEURISTIC, ASK}
)  # fmt: skip
