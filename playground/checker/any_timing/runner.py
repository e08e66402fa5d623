"""What comes of a move in a state? Run on the engine, and put back into numbers."""

from collections import Counter
from typing import Any

from playground.checker.any_timing.bench import Bench, Done, Gate, Parts
from playground.checker.any_timing.ledger_part import fork_ledger
from playground.checker.any_timing.ledger_reading import Reading
from playground.checker.any_timing.moves import Admits, Move, Outcome, Sketch
from playground.checker.any_timing.packets import shown
from playground.checker.any_timing.pool import Pool, State
from playground.checker.any_timing.step import Step
from playground.checker.any_timing.steps import crash_kind
from playground.checker.any_timing.traffic import Traffic
from playground.checker.any_timing.words import said
from playground.checker.bounds import FaultKind
from playground.engine.ledger import Ledger
from playground.engine.nodes.consumer import Consumer
from playground.engine.world import World


class Runner:
    """Does moves on a bench, and counts them."""

    def __init__(
        self,
        world: World,
        pool: Pool,
        traffic: Traffic,
        catalogue: frozenset[FaultKind],
        admits: Admits,
    ) -> None:
        self.pool = pool
        self._traffic = traffic
        self.bench = Bench(world, pool.rules)
        # How many successors a search has met, by the kinds of steps and rows that they show.
        self.shown: list[int] = []
        self._kinds: dict[frozenset[str | int], int] = {}
        self.runs = 0
        self._catalogue = catalogue
        self._admits = admits

    def run(self, state: State, move: Move, reading: Reading | None) -> tuple[Sketch, ...]:
        """The move as it is; without a reading its outcome holds the ledger, too."""
        return (self._sketch(reading, *self._run(state, move, reading=reading)),)

    def run_again(self, state: State, move: Move, gate: Gate | None, pauses: bool) -> Outcome:
        """The same, broken off at a gate or not, whatever is remembered of it."""
        return self._run(state, move, gate, pauses=pauses)[0]

    def run_gates(self, state: State, move: Move, reading: Reading | None) -> tuple[Sketch, ...]:
        """The move broken off at each of its gates, by a crash or by a pause."""
        node = self.pool.objects[state[move.footprint[0]]]
        crash = crash_kind(node)
        crashes = crash in self._catalogue and self._admits("crash", node.id, "")
        pauses = (
            isinstance(node, Consumer)
            and "pause" in self._catalogue
            and not node.program.is_auto_ack
            and self._admits("pause", node.id, "")
        )
        if not node.is_up or not (crashes or pauses):
            return ()
        _, watched = self._run(state, move, is_watched=True, reading=reading)
        found = []
        for gate in watched.gates:
            for is_pause in (False,) * crashes + (True,) * pauses:
                outcome, done = self._run(state, move, gate, pauses=is_pause, reading=reading)
                assert done.struck, f"{gate} was not met again"
                found.append(self._sketch(reading, outcome, done))
        return tuple(found)

    @staticmethod
    def _sketch(reading: Reading | None, outcome: Outcome, _: Done) -> Sketch:
        return Sketch(outcome, () if reading is None else reading.change())

    def parts(self, state: State, changed: tuple[int, ...] = ()) -> Parts:
        """The objects behind a state; forks at the places that may be changed."""
        pool = self.pool
        objects = [
            self._fork(pool.objects[part]) if place in changed else pool.objects[part]
            for place, part in enumerate(state[:-1])
        ]
        count = len(pool.node_ids)
        return Parts(
            dict(zip(pool.node_ids, objects, strict=False)),
            dict(zip(pool.groups, objects[count:-2], strict=True)),
            objects[-2],
            objects[-1],
        )

    def _fork(self, thing: Any) -> Any:
        if isinstance(thing, Ledger):
            return fork_ledger(thing, self.pool.rules.sees_order)
        return thing.copy() if isinstance(thing, dict) else thing.fork()

    def _run(
        self,
        state: State,
        move: Move,
        gate: Gate | None = None,
        is_watched: bool = False,
        pauses: bool = False,
        reading: Reading | None = None,
    ) -> tuple[Outcome, Done]:
        pool, step, touched = self.pool, move.step, move.footprint
        if reading is not None:
            reading.begin_run()
            touched = touched[:-1]
        parts = self.parts(state, touched)
        if reading is not None:
            parts = parts._replace(ledger=reading.twin)
        it = pool.packets[move.packet] if move.packet >= 0 else None
        done = self.bench.do(parts, step, it, gate, is_watched, pauses)
        self.runs += 1
        changes = []
        for place in touched:
            part = self._part(place, parts)
            if part != state[place]:
                changes.append((place, part))
        shows = self._shows(step, done)
        sent = tuple([pool.packet(each) for each in done.sent])
        stops = ""
        if pauses and gate is not None:
            stops = gate.node
        elif step.kind == "pause":
            stops = step.node
        traffic = self._traffic.change(move.packet, sent, stops)
        return Outcome(move, tuple(changes), sent, stops, gate, traffic, shows), done

    def _shows(self, step: Step, done: Done) -> int:
        kinds = frozenset([step.kind, *[row[0] for row in done.rows]])
        number = self._kinds.get(kinds)
        if number is None:
            number = self._kinds[kinds] = len(self.shown)
            self.shown.append(0)
        return number

    @property
    def seen(self) -> Counter[str | int]:
        """How many successors a search has met in which a kind of step or row was seen."""
        found: Counter[str | int] = Counter()
        for kinds, number in self._kinds.items():
            found.update(dict.fromkeys(kinds, self.shown[number]))
        return found

    def words(self, state: State, outcome: Outcome, is_early: bool) -> str:
        """The line of a trace for this outcome in this state; it is run once more."""
        move = outcome.move
        pauses = outcome.gate is not None and outcome.stops != ""
        _, done = self._run(state, move, outcome.gate, pauses=pauses)
        name_of = self.bench.world.ledger.name_of
        packet = shown(self.pool.packets[move.packet], name_of) if move.packet >= 0 else ""
        records = self.bench.records(done)
        return said(move.step, packet, is_early, outcome.gate, pauses, records, name_of)

    def parts_of(self, parts: Parts) -> State:
        """The numbers of these parts, in the order of a state."""
        return tuple(self._part(place, parts) for place in range(self.pool.flights_index))

    def _part(self, place: int, parts: Parts) -> int:
        pool = self.pool
        if place < len(pool.node_ids):
            return pool.node(parts.nodes[pool.node_ids[place]])
        if place == pool.transactions_index:
            return pool.transactions(parts.transactions)
        if place < pool.ledger_index:
            group = pool.groups[place - len(pool.node_ids)]
            return pool.database(group, parts.databases[group])
        return pool.ledger(parts.ledger)
