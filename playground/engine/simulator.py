"""How does a world move? By one due thing at a time (``step``), or by a wish (``apply``).

Nothing else changes a world. Results do not depend on how a run is cut into slices: records carry
the time of what caused them, and a command acts at the time at which it was applied.
"""

from collections.abc import Callable
from heapq import heappop
from typing import Any

from playground.engine.changes import apply_command
from playground.engine.commands import Command
from playground.engine.faults.crash import restart_node
from playground.engine.faults.cut import connection_arrives, heal
from playground.engine.faults.pause import resume_node
from playground.engine.flights import lose, take
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.node import AgendaItem, Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.world import (
    ACK_AGAIN,
    ARRIVE,
    CLOSE,
    CONFIRM_TIMEOUT,
    DELAYED,
    FLUSH,
    HEAL,
    LEASE,
    OPEN,
    P_SCRIPT,
    PRODUCE,
    RENEW,
    RESTART,
    RESUME,
    RETENTION,
    SCRIPT,
    SEND_AGAIN,
    WORK,
    World,
)

MAX_STEPS_AT_ONE_INSTANT = 100_000


class Simulator:
    """Moves one world. The world can be forked and given to another simulator."""

    __slots__ = ("_at_instant", "world")

    def __init__(self, world: World) -> None:
        self.world = world
        self._at_instant = 0

    def apply(self, command: Command) -> None:
        """Grant a wish now, or write down why not."""
        world = self.world
        world.cause = 0
        world.priority = P_SCRIPT
        apply_command(world, command)
        world.report_losses()

    def run_until(self, until_us: int) -> None:
        """Everything that is due up to and including ``until_us``; then it is that time."""
        world, agenda = self.world, self.world.agenda
        while agenda and agenda[0][0] <= until_us and not world.stopped:
            self.step()
        if not self.world.stopped:
            self.world.now_us = max(self.world.now_us, until_us)
            self.world.priority = P_SCRIPT

    def next_us(self) -> int | None:
        """When the next thing is due; ``None`` where nothing is."""
        agenda = self.world.agenda
        return agenda[0].at_us if agenda else None

    def step(self) -> None:
        """The next due thing."""
        world = self.world
        item = heappop(world.agenda)
        # Unpacked at once: to read three fields by name costs more than to read all of them so.
        at_us, priority, _, kind, cause, owner, first, _, _, _ = item
        if at_us == world.now_us:
            self._at_instant += 1
            if self._at_instant > MAX_STEPS_AT_ONE_INSTANT:
                world.stop(
                    f"{MAX_STEPS_AT_ONE_INSTANT} things happened at one instant: "
                    f"a loop without delay around {owner or world.place}"
                )
        else:
            self._at_instant = 0
            world.now_us = at_us
        world.priority = priority
        if kind == ARRIVE:
            _arrive(world, first, at_us)
        else:
            world.cause = cause
            world.place = owner
            node = world.nodes.get(owner)
            if kind in (LEASE, CONFIRM_TIMEOUT):
                world.advance_line(node, item)
            if node is not None and node.is_paused and kind in _OWN_TIMERS:
                node.deferred.append(item)
            else:
                _fall_due(world, node, item)
        if world.ledger.on_lost:
            world.report_losses()


def _fall_due(world: World, node: Node | None, item: AgendaItem) -> None:
    """A node's own timer finds it up, or is void; what is due to the world happens anyway."""
    at_node = _AT_NODE.get(item[3])
    if at_node is None:
        _HANDLERS[item[3]](world, item)
    elif node is not None and node.is_up and type(node) is at_node[0]:
        at_node[1](node, world, item)


def _arrive(world: World, number: int, at_us: int) -> None:
    flight = world.flights.get(number)
    if flight is None or flight.ends_us != at_us:
        return
    del world.flights[number]
    if flight.fate != "arrives":
        lose(world, flight, flight.fate)
        return
    node = world.nodes.get(flight.target)
    if node is None:
        lose(world, flight, "gone")
    elif not node.is_up:
        lose(world, flight, "down")
    elif not flight.is_reply and flight.packet != "SEND" and flight.incarnation != node.incarnation:
        lose(world, flight, "stale")
    elif node.is_paused:
        node.waiting.append(flight)
        world.waiting_flights += 1
    else:
        take(world, flight)


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
    WORK: (Consumer, Consumer.on_work),
    CONFIRM_TIMEOUT: (Producer, Producer.on_timeout),
    SEND_AGAIN: (Producer, Producer.on_send_again),
    LEASE: (Queue, Queue.on_lease),
    DELAYED: (Queue, Queue.on_delay_over),
    RETENTION: (Queue, Queue.on_retention),
    FLUSH: (Queue, lambda queue, world, _: queue.on_flush(world)),
    ACK_AGAIN: (Consumer, Consumer.on_ack_again),
    RENEW: (Consumer, Consumer.on_renew),
    PRODUCE: (Producer, Producer.on_arrival),
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
    {CLOSE, OPEN, CONFIRM_TIMEOUT, SEND_AGAIN, LEASE, DELAYED, RETENTION, FLUSH, ACK_AGAIN, RENEW}
)
