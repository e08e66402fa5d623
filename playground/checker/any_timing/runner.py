"""What comes of a move in a state? Run on the engine, and put back into numbers."""

from collections import Counter
from typing import Any

from playground.checker.any_timing.bench import Bench, Done, Gate, Parts
from playground.checker.any_timing.ledger_part import fork_ledger
from playground.checker.any_timing.moves import Admits, Move, Outcome
from playground.checker.any_timing.packets import shown
from playground.checker.any_timing.pool import Pool, State
from playground.checker.any_timing.steps import crash_kind
from playground.checker.any_timing.words import said
from playground.checker.bounds import FaultKind
from playground.engine.ledger import Ledger
from playground.engine.nodes.consumer import Consumer
from playground.engine.world import World


class Runner:
    """Does moves on a bench, and counts them."""

    def __init__(
        self, world: World, pool: Pool, catalogue: frozenset[FaultKind], admits: Admits
    ) -> None:
        self.pool = pool
        self.bench = Bench(world, pool.rules)
        self.seen: Counter[str | int] = Counter()  # runs in which a kind of step or row was met
        self.runs = 0
        self._catalogue = catalogue
        self._admits = admits

    def run(self, state: State, move: Move) -> Outcome:
        """The move as it is."""
        return self._run(state, move)[0]

    def run_again(self, state: State, move: Move, gate: Gate | None, pauses: bool) -> Outcome:
        """The same, broken off at a gate or not, whatever is remembered of it."""
        return self._run(state, move, gate, pauses=pauses)[0]

    def run_gates(self, state: State, move: Move) -> tuple[Outcome, ...]:
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
        _, watched = self._run(state, move, is_watched=True)
        found = []
        for gate in watched.gates:
            if crashes:
                outcome, done = self._run(state, move, gate)
                assert done.struck, f"{gate} was not met again"
                found.append(outcome)
            if pauses:
                outcome, done = self._run(state, move, gate, pauses=True)
                assert done.struck, f"{gate} was not met again"
                found.append(outcome)
        return tuple(found)

    def parts(self, state: State, changed: frozenset[int] = frozenset()) -> Parts:
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
    ) -> tuple[Outcome, Done]:
        pool, step = self.pool, move.step
        parts = self.parts(state, frozenset(move.footprint))
        it = pool.packets[move.packet] if move.packet >= 0 else None
        done = self.bench.do(parts, step, it, gate, is_watched, pauses)
        self.runs += 1
        changes = []
        for place in move.footprint:
            part = self._part(place, parts)
            if part != state[place]:
                changes.append((place, part))
        self.seen.update({step.kind, *[row[0] for row in done.rows]})
        sent = tuple([pool.packet(each) for each in done.sent])
        stops = ""
        if pauses and gate is not None:
            stops = gate.node
        elif step.kind == "pause":
            stops = step.node
        return Outcome(move, tuple(changes), sent, stops, gate), done

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
