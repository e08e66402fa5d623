"""How is one step done? By the engine itself: its world, its loop, its commands, its handlers.

A bench is one world whose nodes, ledger and databases are exchanged for those of the state at hand.
A timer is put into the agenda and the simulator takes its step; a fault is a command. Afterwards
the packets that were sent and the connections that were begun are collected; the timers that were
set are forgotten, since every one of them follows from what its node remembers.
"""

from typing import Any, NamedTuple

from playground.checker.any_timing.commit_parts import FRESH_NUMBER, Transactions
from playground.checker.any_timing.packets import FIRST, Packet, flight_of, packet_of
from playground.checker.any_timing.queue_part import has_unflushed, mark_flushed
from playground.checker.any_timing.rules import NOW_US, Rules
from playground.checker.any_timing.scene import UnfitError
from playground.checker.any_timing.step import Step
from playground.engine import commands as c
from playground.engine.agenda import (
    ACK_AGAIN,
    ARRIVE,
    ASK,
    CLOSE,
    CONFIRM_TIMEOUT,
    DELAYED,
    FLUSH,
    HEURISTIC,
    INQUIRE,
    LEASE,
    OPEN,
    PRODUCE,
    RESEND,
    SEND_AGAIN,
    TXN_TIMEOUT,
    WORK,
    Due,
)
from playground.engine.durable import Database
from playground.engine.ledger import Ledger
from playground.engine.links import LinkState
from playground.engine.message import PERSONAL, Route
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.node import ArmedCrash, Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.records import CommandRejected, Record
from playground.engine.rows import CODES, Row, records_of
from playground.engine.simulator import Simulator
from playground.engine.world import World

FOLD_EVERY = 4096
"""Steps, until the durations that the engine has noted and nobody asks for are put away."""
NOBODY = ArmedCrash("received", "nobody", 1)
"""Armed so that the engine asks at every gate; no message is called like this."""


class Gate(NamedTuple):
    """A place inside a step where a process can be made to die or to stop."""

    node: str
    point: str
    name: str
    nth: int


class Parts(NamedTuple):
    """The objects that a step works on; the bench changes them."""

    nodes: dict[str, Node]
    databases: dict[str, Database]
    transactions: Transactions
    ledger: Ledger


class Done(NamedTuple):
    """What a step left behind, besides its changed parts."""

    sent: tuple[Packet, ...]
    rows: tuple[Row, ...]  # what the engine wrote down
    gates: tuple[Gate, ...]  # those that it passed, if they were watched
    struck: bool  # whether the armed fault met its gate


class _GateKeeper:
    """Notes every gate that a node passes."""

    def __init__(self) -> None:
        self.gates: list[Gate] = []
        self._times: dict[tuple[str, str, str], int] = {}

    def reaches(self, node: Node, points: tuple[str, ...], name: str) -> None:
        """A gate; one of its points is enough to strike there."""
        for point in points:
            times = self._times[node.id, point, name] = (
                self._times.get((node.id, point, name), 0) + 1
            )
            if point == points[0]:
                self.gates.append(Gate(node.id, point, name, times))

    def leaves(
        self, world: World, link: LinkState, packet: str, is_reply: bool, message: int,
        latency_us: int,
    ) -> None:  # fmt: skip
        """Links are not watched."""


class Bench:
    """The one world in which all steps are done, one after the other."""

    def __init__(self, world: World, rules: Rules) -> None:
        self.world = world
        self.rules = rules
        self._routes: dict[tuple[str, str, str], Route] = {}
        self._steps = 0

    def do(self, parts: Parts, step: Step, packet: Packet | None, gate: Gate | None,
           is_watched: bool = False, pauses: bool = False) -> Done:  # fmt: skip
        """Take one step on these parts, with a fault armed at a gate or with the gates watched."""
        world = self.world
        world.nodes, world.databases, world.transactions, world.ledger = parts
        world.next_transaction = FRESH_NUMBER
        world.flights, world.agenda, world.lines = {}, [], {}
        world.block.clear()
        world.now_us, world.cause = NOW_US, 0
        world.next_seq = world.next_order = FIRST + 1
        self._steps += 1
        if self._steps % FOLD_EVERY == 0:
            world.ledger.count_fresh()
        acting = world.nodes[packet.goes_to if packet and step.kind == "arrive" else step.node]
        keeper = _GateKeeper()
        if gate is not None:
            acting.armed = [ArmedCrash(gate.point, gate.name, gate.nth, pauses)]
        elif is_watched:
            acting.armed = [NOBODY]
            acting.watcher = keeper
        self._act(step, packet, acting)
        struck = gate is not None and not acting.armed
        acting.armed = []
        acting.watcher = None
        if world.stopped:
            raise UnfitError(world.stopped)
        sent = [packet_of(flight, self.rules) for flight in world.flights.values()]
        sent += connections_in(world)
        return Done(tuple(sent), tuple(world.block), tuple(keeper.gates), struck)

    def records(self, done: Done) -> list[Record]:
        """What the engine wrote down in this step, with names."""
        return records_of(done.rows, self.world.tags)

    def _act(self, step: Step, packet: Packet | None, acting: Node) -> None:
        world = self.world
        simulator = Simulator(world)
        if packet is not None:
            if step.kind == "arrive" and packet.is_connection:
                kind = OPEN if packet.kind == "OPEN" else CLOSE
                what = (0, packet.source, packet.load[0], 0, 0, packet.target)
                world.agenda.append((NOW_US, 2, 0, kind, what))
                simulator.step()
                return
            world.flights[FIRST] = flight_of(packet, self._route(packet))
            if step.kind == "arrive":
                world.agenda.append((NOW_US, 0, 0, ARRIVE, FIRST))
                simulator.step()
            else:
                drops = step.kind == "drop"
                simulator.apply(c.DropPacket(FIRST) if drops else c.DuplicatePacket(FIRST))
                assert (FIRST in world.flights) != drops, f"{packet} resists {step.kind}"
            return
        due = _due(step, acting)
        if due is not None:
            world.agenda.append(due)
            simulator.step()
        else:
            if step.kind == "crash-mid-effect":
                acting.armed = [ArmedCrash("mid-effect", "")]
                assert isinstance(acting, Consumer)
                world.agenda.append((NOW_US + 1, 1, 0, WORK, (0, acting.id, acting.tick, 1, 0, "")))
                simulator.step()
                assert not acting.is_up
                return
            simulator.apply(_command(step, world))
            rejected = CODES[CommandRejected]
            assert not any(row[0] == rejected for row in world.block), world.block
        if step.kind == "flush":
            assert isinstance(acting, Queue)
            mark_flushed(acting)
            assert not has_unflushed(acting)

    def _route(self, packet: Packet) -> Route:
        key = (packet.kind, packet.source, packet.target)
        route = self._routes.get(key)
        if route is None:
            link = self.world.links[packet.source, packet.target]
            is_request = packet.is_request
            route = self._routes[key] = Route(
                link.key, not is_request, packet.kind, link.group, packet.comes_from,
                packet.goes_to, packet.kind in PERSONAL,
            )  # fmt: skip
        return route


def connections_in(world: World) -> list[Packet]:
    """The openings and closings that the agenda holds."""
    found = []
    for item in world.agenda:
        if item[3] in (OPEN, CLOSE):
            _, queue, incarnation, _, _, consumer = item[4]
            load = (incarnation, 0, 0, None, 0)
            kind = "OPEN" if item[3] == OPEN else "CLOSE"
            found.append(Packet(kind, queue, consumer, -1, 0, load))
    return found


_OF_TRANSACTIONS = {
    "txn-timeout": TXN_TIMEOUT,
    "resend": RESEND,
    "ask": ASK,
    "heuristic": HEURISTIC,
}


def _due(step: Step, node: Node) -> Due | None:
    """The thing in the agenda that this step is; ``None`` where it is a command."""
    kind: int
    what: tuple[Any, ...]
    if step.kind in ("timeout", "send-again"):
        assert isinstance(node, Producer)
        kind = CONFIRM_TIMEOUT if step.kind == "timeout" else SEND_AGAIN
        timer = node.unconfirmed[step.message].timer
        what = (node.incarnation, step.message, timer, "")
    elif step.kind == "produce":
        assert isinstance(node, Producer)
        kind, what = PRODUCE, (node.schedule_id, 0, 0, "")
    elif step.kind == "work":
        assert isinstance(node, Consumer)
        kind, what = WORK, (node.tick, 2, 0, "")
    elif step.kind == "ack-again":
        assert isinstance(node, Consumer)
        kind, what = ACK_AGAIN, (node.incarnation, node.tick, 0, "")
    elif step.kind == "lease":
        kind, what = LEASE, (step.offset, step.number, 0, step.group)
    elif step.kind == "delay-over":
        kind, what = DELAYED, (step.offset, step.number, 0, step.group)
    elif step.kind in _OF_TRANSACTIONS:
        kind, what = _OF_TRANSACTIONS[step.kind], (step.offset, node.incarnation, 0, "")
        if step.kind == "ask" and isinstance(node, Queue):
            kind = INQUIRE
    elif step.kind == "flush":
        kind, what = FLUSH, (0, 0, 0, "")
    else:
        return None
    return (NOW_US, 2, 0, kind, (0, node.id, *what))


def _command(step: Step, world: World) -> c.Command:
    name = world.ledger.name_of(step.message) if step.message >= 0 else ""
    if step.kind == "crash":
        return c.CrashNode(step.node)
    if step.kind == "restart":
        return c.RestartNode(step.node)
    if step.kind == "pause":
        return c.PauseNode(step.node)
    if step.kind == "resume":
        return c.ResumeNode(step.node)
    if step.kind == "expire":
        return c.ExpireEntry(step.node, name)
    if step.kind == "dead-letter":
        return c.DeadLetterEntry(step.node, name)
    assert step.kind in ("forget-queue-dedup", "forget-group-dedup"), step.kind
    return c.ForgetDedup(step.node, name or None)
