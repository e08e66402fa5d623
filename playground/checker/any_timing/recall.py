"""Has this step been done before, as far as it can tell?

A step is done once for each state of the parts that it touches and for each way in which the ledger
answers it; what it adds to the ledger is entered into every other one that answers so.
"""

from collections.abc import Callable

from playground.checker.any_timing.cases import Cases
from playground.checker.any_timing.ledger_reading import (
    Change,
    Reading,
    UnreadableError,
    entered,
    readable,
)
from playground.checker.any_timing.moves import Memory, Move, Outcome, Sketch
from playground.checker.any_timing.pool import State
from playground.checker.any_timing.runner import Runner
from playground.engine.ledger import Ledger

_Do = Callable[[State, Move, Reading | None], tuple[Sketch, ...]]


class Recall:
    """The outcomes of moves: remembered ones, and those that a runner has to find out."""

    def __init__(self, runner: Runner, ledger: Ledger, is_plain: bool) -> None:
        rules = runner.pool.rules
        self._pool = runner.pool
        self._runner = runner
        self._reading: Reading | None = None
        # The order of effects is compared message by message: there every ledger is asked itself.
        if not (is_plain or rules.sees_order):
            self._reading = Reading()
            self._reading.twin = readable(ledger, self._reading, rules.sees_deliveries)
        self._entered: dict[tuple[int, Change], int] = {}

    def outcome(self, state: State, move: Move) -> Outcome:
        """The move as it is."""
        (found,) = self._outcomes(state, move, move.memory, self._runner.run)
        move.outcomes[move.parts_of(state)] = found
        return found

    def gates(self, state: State, move: Move) -> tuple[Outcome, ...]:
        """The move broken off at each of its gates, by a crash or by a pause."""
        found = self._outcomes(state, move, move.gate_memory, self._runner.run_gates)
        move.gated[move.parts_of(state)] = found
        return found

    def _outcomes(self, state: State, move: Move, memory: Memory, do: _Do) -> tuple[Outcome, ...]:
        reading = self._reading
        if reading is None:
            return tuple([sketch.outcome for sketch in do(state, move, None)])
        key = tuple([state[place] for place in move.footprint[:-1]])
        cases = memory.get(key)
        if cases is None:
            cases = memory[key] = Cases()
        ledger = self._pool.objects[state[self._pool.ledger_index]]
        sketches = cases.find(ledger)
        if sketches is None:
            reading.begin(ledger)
            try:
                sketches = do(state, move, reading)
            except UnreadableError:
                return tuple([sketch.outcome for sketch in do(state, move, None)])
            cases.add(reading.asked, sketches)
        return tuple([self._complete(state, sketch) for sketch in sketches])

    def _complete(self, state: State, sketch: Sketch) -> Outcome:
        """The outcome in this state, its ledger included."""
        outcome, change = sketch
        pool = self._pool
        place = pool.ledger_index
        before = state[place]
        after = self._entered.get((before, change))
        if after is None:
            ledger = entered(pool.objects[before], change, pool.rules.sees_order)
            after = self._entered[before, change] = pool.ledger(ledger)
        if after == before:
            return outcome
        move, changes, *rest = outcome
        return Outcome(move, (*changes, (place, after)), *rest)
