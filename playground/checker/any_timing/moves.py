"""What can be done with a part of a state, numbered and with its memory of what came of it?

A move is a step together with the parts that it reads and changes (its *footprint*) and the
outcomes that it was seen to have for them.
"""

from collections.abc import Callable
from operator import itemgetter
from typing import NamedTuple

from playground.checker.any_timing.bench import Gate
from playground.checker.any_timing.cases import Cases
from playground.checker.any_timing.ledger_reading import Change
from playground.checker.any_timing.packets import Tag
from playground.checker.any_timing.patience import Patience
from playground.checker.any_timing.pool import Pool, State
from playground.checker.any_timing.step import FAULT, FREE, Step, StepKind
from playground.checker.any_timing.steps import steps_of
from playground.checker.bounds import FaultKind
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.world import World

Admits = Callable[[str, str, str], bool]
"""Whether a fault is to be tried: its kind, its node, its packet; "" is no node or no packet."""


class Outcome(NamedTuple):
    """What a step makes of a state: parts exchanged, packets sent."""

    move: "Move"
    changes: tuple[tuple[int, int], ...]  # place in the state, new part
    sent: tuple[int, ...]
    stops: str = ""  # the consumer that has just been paused
    gate: Gate | None = None  # where the move was broken off
    traffic: int = 0  # what it does to the packets on their way, by its number in ``Traffic``
    shows: int = 0  # which kinds of step and rows were met, by their number in ``Runner.shown``


class Sketch(NamedTuple):
    """What a step does to every ledger that answers it in the same way."""

    outcome: Outcome  # without the ledger
    change: Change


Memory = dict[tuple[int, ...], Cases[tuple[tuple[Outcome, int], ...]]]
"""By the parts that a move touches, but the ledger: what came of it, and the ledger's change."""


class Move:
    """A step, the places that it touches, and its outcomes so far."""

    __slots__ = (
        "behind",
        "cost",
        "footprint",
        "gate_memory",
        "gated",
        "held_place",
        "looks",
        "memory",
        "needs",
        "outcomes",
        "packet",
        "parts_of",
        "step",
    )

    def __init__(
        self,
        step: Step,
        footprint: tuple[int, ...],
        packet: int,
        held_place: int,
        behind: Tag | None,
    ) -> None:
        self.step = step
        self.cost = step.cost
        self.footprint = footprint
        self.parts_of: Callable[[State], object] = itemgetter(*footprint)
        self.packet = packet  # -1: none
        self.held_place = held_place  # of the consumer that may be at work on it; -1: none
        self.behind = behind  # what has to arrive before it
        # An idle consumer's pause is felt as soon as something is on its way to it, not before.
        idles = step.kind == "pause" and not step.number
        self.needs: Tag | None = ("to", step.node, 0) if idles else None
        self.outcomes: dict[object, Outcome] = {}
        self.gated: dict[object, tuple[Outcome, ...]] = {}
        self.looks: dict[tuple[int, int], int] = {}  # of ``Timers``
        self.memory: Memory = {}
        self.gate_memory: Memory = {}


class OfPacket(NamedTuple):
    """What can become of a packet."""

    arrival: Move
    faults: tuple[Move, ...]


class Moves:
    """All moves that were ever possible, each once."""

    def __init__(
        self,
        world: World,
        pool: Pool,
        catalogue: frozenset[FaultKind],
        patience: Patience,
        any_time: bool,
        admits: Admits,
    ) -> None:
        self.pool = pool
        self._admits = admits
        self.node_count = len(pool.node_ids)
        self.free_of_part: dict[int, tuple[tuple[Move, bool], ...]] = {}
        self._of_part: dict[int, tuple[Move, ...]] = {}
        self._nodes = dict(world.nodes)
        self._catalogue, self._patience, self._any_time = catalogue, patience, any_time
        self._of_packet: list[OfPacket] = []
        self._of_step: dict[Step, Move] = {}
        self._has_commits = pool.has_commits
        self._has_dead_letters = any(
            isinstance(node, Queue) and node.parameters.dead_letter for node in world.nodes.values()
        )

    def at(self, part: int) -> tuple[Move, ...]:
        """What this node may do, and what may happen to it."""
        found = self._of_part.get(part)
        if found is None:
            node: Node = self.pool.objects[part]
            steps = steps_of(node, self._catalogue, self._patience, self._any_time)
            found = self._of_part[part] = tuple(
                self._move(step)
                for step in steps
                if step.cost == FREE or self._admits(step.kind, step.node, "")
            )
        return found

    def free_at(self, part: int) -> tuple[tuple[Move, bool], ...]:
        """What may follow at this node without a fault, and whether it waits for something."""
        found = self.free_of_part.get(part)
        if found is None:
            found = self.free_of_part[part] = tuple(
                (move, bool(move.step.waits))
                for move in self.at(part)
                if move.step.waits or move.cost == FREE
            )
        return found

    def _move(self, step: Step) -> Move:
        move = self._of_step.get(step)
        if move is None:
            held = self.pool.index[step.held] if step.held else -1
            footprint = self._footprint(step.node, step.kind == "restart")
            move = self._of_step[step] = Move(step, footprint, -1, held, None)
        return move

    def on(self, packet: int) -> OfPacket:
        """What can become of this packet; packets are asked for in the order of their numbers."""
        for number in range(len(self._of_packet), packet + 1):
            self._of_packet.append(self._moves_of_packet(number))
        return self._of_packet[packet]

    def _moves_of_packet(self, packet: int) -> OfPacket:
        it = self.pool.packets[packet]
        behind: Tag | None = None
        if it.kind == "CLOSE":
            # The closing of a connection comes behind everything that its consumer has sent.
            behind = ("from", it.target, it.load[0])
        elif it.kind == "OPEN" and it.target not in self._patience.restarts:
            behind = ("closing", it.target, 0)
        footprint = self._footprint(it.goes_to, it.is_connection)
        step = Step("arrive", it.goes_to, FREE, it.message)
        arrival = Move(step, footprint, packet, -1, behind)
        faults: list[Move] = []
        kinds: tuple[StepKind, ...] = ("drop", "duplicate")
        for kind in kinds:
            is_single = not self.pool.lanes[packet] and not it.is_connection
            if kind in self._catalogue and is_single and self._admits(kind, "", it.kind):
                fault = Step(kind, it.goes_to, FAULT, it.message)
                places = (self.pool.ledger_index,)
                faults.append(Move(fault, places, packet, -1, None))
        return OfPacket(arrival, tuple(faults))

    def _footprint(self, name: str, with_consumers: bool) -> tuple[int, ...]:
        """The places of the parts that this node's handlers can read or change, its own first."""
        pool, nodes = self.pool, self._nodes
        node = nodes[name]
        places = [pool.index[name]]
        if isinstance(node, Consumer):
            if node.group in pool.database_index:
                places.append(pool.database_index[node.group])
            for other, each in nodes.items():
                if isinstance(each, GroupDatabase) and each.group == node.group:
                    places.append(pool.index[other])
        elif isinstance(node, Coordinator):
            # Its decision leaves branches at the queues in doubt.
            places += [pool.index[other] for other, it in nodes.items() if isinstance(it, Queue)]
        elif isinstance(node, Queue):
            for other, each in nodes.items():
                is_other_queue = self._has_dead_letters and isinstance(each, Queue)
                if (is_other_queue and each is not node) or (
                    with_consumers and isinstance(each, Consumer)
                ):
                    places.append(pool.index[other])
            places += pool.database_index.values()
        if self._has_commits and not isinstance(node, Producer):
            places.append(pool.transactions_index)
        return (*places, pool.ledger_index)
