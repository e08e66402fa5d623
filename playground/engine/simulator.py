"""How does a world move? By one due thing at a time (``step``), or by a wish (``apply``).

Nothing else changes a world. Results do not depend on how a run is cut into slices: records carry
the time of what caused them, and a command acts at the time at which it was applied.
"""

import sys
from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

from playground.engine.agenda import (
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
    AgendaItem,
    Due,
    advance_line,
    item_of,
)
from playground.engine.changes import apply_command
from playground.engine.commands import Command
from playground.engine.express.ways import NO_WAYS, open_way
from playground.engine.faults.crash import restart_node
from playground.engine.faults.cut import connection_arrives, heal
from playground.engine.faults.pause import resume_node
from playground.engine.flights import arrive
from playground.engine.message import Flight
from playground.engine.nodes import retries
from playground.engine.nodes.arrivals import on_arrival
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.disk import on_flush
from playground.engine.nodes.handler import on_work
from playground.engine.nodes.inquiry import on_ask
from playground.engine.nodes.node import Node
from playground.engine.nodes.pending import on_heuristic
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.timers import on_delay_over, on_lease, on_retention
from playground.engine.trace import BLOCK
from playground.engine.world import LIMITS_FROM, World

MAX_STEPS_AT_ONE_INSTANT = 100_000
CHUNK = 64
"""Steps between two looks at whether a block of the trace is full."""
_BEGINS_OR_ENDS = (WORK, PRODUCE)


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
        world.ways.clear()
        world.ways_asked = 0
        while most > 0 and not world.stopped and self._play_chunk(until_us, min(most, CHUNK)):
            most -= CHUNK
            if len(world.block) >= BLOCK:
                world.trace.flush_full()
                world.ledger.count_fresh()
        world.trace.flush_full()

    def _play_chunk(self, until_us: int, most: int) -> bool:
        """The one loop in which everything happens. False where nothing is due any more.

        Whatever has a short way (see ``express``) takes it from here, everything else goes the
        long one, in functions of their own; only there losses and limits can be met.
        """
        world = self.world
        agenda, packets, ways, now_us = world.agenda, world.packets, world.ways, world.now_us
        if most == 1 or len(agenda) > LIMITS_FROM - 4 * CHUNK:
            # Short ways are made for many messages, and none asks whether a limit is met.
            ways = NO_WAYS
        for _ in range(most):
            try:
                at_us, _, _, kind, what = due = heappop(agenda)
            except IndexError:
                return False
            if at_us != now_us:
                if at_us > until_us:
                    heappush(agenda, due)
                    return False
                world.now_us = now_us = at_us
            else:
                self._count_at_instant(due)
            if kind == ARRIVE:
                try:
                    row, route, travel, load = packet = packets.pop(what)
                except KeyError:
                    continue  # taken away meanwhile
                if travel == 1.0:
                    try:
                        way = ways[route]
                    except KeyError:
                        way = open_way(world, route)
                    if way(row, load):
                        continue
                world.priority = 0
                arrive(world, Flight(*packet))
            elif kind in _BEGINS_OR_ENDS:
                cause, owner, first, second, _, _ = what
                if second != 1:
                    try:
                        way = ways[owner]
                    except KeyError:
                        way = open_way(world, owner)
                    if way(cause, first):
                        continue
                world.priority = due[1]
                _begin_or_end(world, due)
            else:
                world.priority = due[1]
                _fall_due(world, due)
                packets = world.packets  # a script may have renamed something
            if world.ledger.on_lost:
                world.report_losses()
            if world.stopped:
                return False
        return True

    def _count_at_instant(self, due: Due) -> None:
        """Time must go on at some point."""
        at_us, _, _, kind, what = due
        if at_us != self._instant_us:
            self._instant_us, self._at_instant = at_us, 0
        self._at_instant += 1
        if self._at_instant > MAX_STEPS_AT_ONE_INSTANT:
            owner = "" if kind == ARRIVE else what[1]
            self.world.stop(
                f"{MAX_STEPS_AT_ONE_INSTANT} things happened at one instant: "
                f"a loop without delay around {owner or self.world.place}"
            )


def _fall_due(world: World, due: Due) -> None:
    """A node's own timer finds it up, or is void; what is due to the world happens anyway."""
    kind = due[3]
    world.cause, owner, _, _, _, _ = due[4]
    world.place = owner
    node = world.nodes.get(owner)
    if kind in (LEASE, CONFIRM_TIMEOUT):
        advance_line(world, node, due)
    item = item_of(due)
    at_node = _AT_NODE.get(kind)
    if node is not None and node.is_paused and kind in _OWN_TIMERS:
        node.deferred.append(item)
    elif at_node is None:
        _HANDLERS[kind](world, item)
        world.ways.clear()
    elif node is not None and node.is_up and type(node) is at_node[0]:
        at_node[1](node, world, item)


def _begin_or_end(world: World, due: Due) -> None:
    """A message is submitted, or half of the work or all of it is done."""
    world.cause, owner, first, second, _, _ = due[4]
    world.place, kind = owner, due[3]
    node = world.nodes.get(owner)
    if node is None or not node.is_up:
        return
    if kind == WORK and type(node) is Consumer:
        on_work(world, node, first, second)
    elif kind == PRODUCE and type(node) is Producer:
        on_arrival(world, node, first)


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


Handler = Callable[[World, AgendaItem], None]

_AT_NODE: dict[int, tuple[type[Node], Callable[[Any, World, AgendaItem], None]]] = {
    CONFIRM_TIMEOUT: (Producer, retries.on_timeout),
    SEND_AGAIN: (Producer, retries.on_send_again),
    LEASE: (Queue, on_lease),
    DELAYED: (Queue, on_delay_over),
    RETENTION: (Queue, on_retention),
    FLUSH: (Queue, lambda queue, world, _: on_flush(world, queue)),
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
