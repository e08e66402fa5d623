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
)
from playground.checker.any_timing.ledger_twin import readable
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
        self._change_ids: dict[Change, int] = {(): 0}
        # By number of a change.
        self._changes: list[Change] = [()]
        self._entered: list[dict[int, int]] = [{}]  # ledger before -> after it

    def outcome(self, state: State, move: Move) -> Outcome:
        """The move as it is."""
        key = move.parts_of(state)
        found = move.outcomes.get(key)
        if found is None:
            (found,) = self._outcomes(state, move, move.memory, self._runner.run)
            move.outcomes[key] = found
        return found

    def gates(self, state: State, move: Move) -> tuple[Outcome, ...]:
        """The move broken off at each of its gates, by a crash or by a pause."""
        key = move.parts_of(state)
        found = move.gated.get(key)
        if found is None:
            found = self._outcomes(state, move, move.gate_memory, self._runner.run_gates)
            move.gated[key] = found
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
        found = cases.find(ledger)
        if found is None:
            reading.begin(ledger)
            try:
                sketches = do(state, move, reading)
            except UnreadableError:
                return tuple([sketch.outcome for sketch in do(state, move, None)])
            found = tuple([(each.outcome, self._number(each.change)) for each in sketches])
            cases.add(reading.asked, found)
        return tuple([self._complete(state, *each) for each in found])

    def _number(self, change: Change) -> int:
        number = self._change_ids.get(change)
        if number is None:
            number = self._change_ids[change] = len(self._entered)
            self._entered.append({})
            self._changes.append(change)
        return number

    def _complete(self, state: State, outcome: Outcome, change: int) -> Outcome:
        """The outcome in this state, its ledger included."""
        if not change:
            return outcome
        pool = self._pool
        place = pool.ledger_index
        before = state[place]
        after = self._entered[change].get(before)
        if after is None:
            ledger = entered(pool.objects[before], self._changes[change])
            after = self._entered[change][before] = pool.ledger(ledger)
        if after == before:
            return outcome
        move, changes, sent, stops, gate, traffic, shows = outcome
        changes = (*changes, (place, after))
        return Outcome(move, changes, sent, stops, gate, traffic, shows)
