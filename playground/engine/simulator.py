"""How does a world move? By one due thing at a time (``step``), or by a wish (``apply``).

Nothing else changes a world. Results do not depend on how a run is cut into slices: records carry
the time of what caused them, and a command acts at the time at which it was applied.
"""

from collections.abc import Callable
from heapq import heappop

from playground.engine.changes import apply_command
from playground.engine.commands import Command
from playground.engine.faults.crash import restart_node
from playground.engine.faults.cut import connection_arrives, heal
from playground.engine.faults.pause import resume_node
from playground.engine.flights import lose, take
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.node import AgendaItem
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
        agenda = self.world.agenda
        while agenda and agenda[0][0] <= until_us and not self.world.stopped:
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
        if item.at_us == world.now_us:
            self._at_instant += 1
            if self._at_instant > MAX_STEPS_AT_ONE_INSTANT:
                world.stop(
                    f"{MAX_STEPS_AT_ONE_INSTANT} things happened at one instant: "
                    f"a loop without delay around {item.owner or world.place}"
                )
        else:
            self._at_instant = 0
            world.now_us = item.at_us
        world.priority = item.priority
        kind = item.kind
        if kind == ARRIVE:
            self._arrive(item)
        else:
            world.cause = item.cause
            world.place = item.owner
            node = world.nodes.get(item.owner)
            if node is not None and node.is_paused and kind in _OWN_TIMERS:
                node.deferred.append(item)
            else:
                _HANDLERS[kind](world, item)
        if world.ledger.on_lost:
            world.report_losses()

    def _arrive(self, item: AgendaItem) -> None:
        world = self.world
        flight = world.flights.get(item.first)
        if flight is None or flight.ends_us != item.at_us:
            return
        del world.flights[item.first]
        if flight.fate != "arrives":
            lose(world, flight, flight.fate)
            return
        node = world.nodes.get(flight.target)
        if node is None:
            lose(world, flight, "gone")
        elif not node.is_up:
            lose(world, flight, "down")
        elif (
            not flight.is_reply
            and flight.packet != "SEND"
            and (flight.incarnation != node.incarnation)
        ):
            lose(world, flight, "stale")
        elif node.is_paused:
            node.waiting.append(flight)
            world.waiting_flights += 1
        else:
            take(world, flight)


def _at_producer(method: Callable[[Producer, World, AgendaItem], None]) -> "Handler":
    def handle(world: World, item: AgendaItem) -> None:
        node = world.nodes.get(item.owner)
        if isinstance(node, Producer) and node.is_up:
            method(node, world, item)

    return handle


def _at_queue(method: Callable[[Queue, World, AgendaItem], None]) -> "Handler":
    def handle(world: World, item: AgendaItem) -> None:
        node = world.nodes.get(item.owner)
        if isinstance(node, Queue) and node.is_up:
            method(node, world, item)

    return handle


def _at_consumer(method: Callable[[Consumer, World, AgendaItem], None]) -> "Handler":
    def handle(world: World, item: AgendaItem) -> None:
        node = world.nodes.get(item.owner)
        if isinstance(node, Consumer) and node.is_up:
            method(node, world, item)

    return handle


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

_HANDLERS: dict[int, Handler] = {
    WORK: _at_consumer(Consumer.on_work),
    CLOSE: connection_arrives,
    OPEN: connection_arrives,
    CONFIRM_TIMEOUT: _at_producer(Producer.on_timeout),
    SEND_AGAIN: _at_producer(Producer.on_send_again),
    LEASE: _at_queue(Queue.on_lease),
    DELAYED: _at_queue(Queue.on_delay_over),
    RETENTION: _at_queue(Queue.on_retention),
    FLUSH: _at_queue(lambda queue, world, _: queue.on_flush(world)),
    ACK_AGAIN: _at_consumer(Consumer.on_ack_again),
    RENEW: _at_consumer(Consumer.on_renew),
    RESTART: _restart,
    RESUME: _resume,
    HEAL: _heal,
    PRODUCE: _at_producer(Producer.on_arrival),
    SCRIPT: _script,
}

# These wait while their owner is paused; restarts, resumes and arrivals of its work do not.
_OWN_TIMERS = frozenset(
    {CLOSE, OPEN, CONFIRM_TIMEOUT, SEND_AGAIN, LEASE, DELAYED, RETENTION, FLUSH, ACK_AGAIN, RENEW}
)
