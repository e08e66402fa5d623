"""With how few faults can it go wrong? A breadth-first search, one layer for each number of faults.

A step that costs nothing stays in the layer, a fault leads to the next one. A state that was met
with fewer faults has every future that it has with more, so each state is looked at once, with the
fewest faults that lead to it; within a layer, with the fewest steps.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from playground.checker.any_timing.moves import Outcome
from playground.checker.any_timing.pool import State
from playground.checker.any_timing.space import Space

Asked = Callable[[Space, State, bool], tuple[str, ...]]
"""The messages for which a promise is broken in this state; the flag: whether it is at rest."""

Ended = Literal["complete", "broken", "cut off", "states", "cancelled"]

Origin = tuple[State, Outcome] | None
"""The state before, and what was done there; None at the beginning."""

_LOOK_EVERY = 1_024


@dataclass(slots=True)
class Found:
    """The first state in which a promise is broken."""

    faults: int
    messages: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(slots=True)
class Result:
    """What a search has seen."""

    ended: Ended = "complete"
    layers: list[int] = field(default_factory=list)  # new states with 0, 1, 2 … faults
    distinct: int = 0
    generated: int = 0  # successors computed, with their key and the look whether it is known
    found: dict[str, Found] = field(default_factory=dict)
    complete_below: int = 0  # layers that were searched to their end
    origins: dict[State, Origin] = field(default_factory=dict)  # how each was first met
    shown: Counter[int] = field(default_factory=Counter)  # successors, by ``Outcome.shows``

    def seen(self, space: Space) -> Counter[str | int]:
        """The successors in which a kind of step or row was met, by that kind."""
        found: Counter[str | int] = Counter()
        for shows, times in self.shown.items():
            for kind in space.runner.shown[shows]:
                found[kind] += times
        return found


def search(
    space: Space,
    most_faults: int,
    asked: dict[str, Asked],
    most_states: int,
    goes_on: Callable[[Result], bool] = lambda _: True,
) -> Result:
    """Every state with at most so many faults, until all that is asked is answered."""
    result = Result()
    parents, shown = result.origins, result.shown
    layer: dict[int, dict[State, Origin]] = {0: {space.start: None}}
    for faults in range(most_faults + 1):
        before = len(parents)
        following: dict[int, dict[State, Origin]] = {}
        depth = min(layer, default=0)
        while layer:
            frontier = layer.pop(depth, {})
            onward = layer.setdefault(depth + 1, {})
            later = following.setdefault(depth + 1, {})
            for state, came_from in frontier.items():
                if state in parents:
                    continue
                parents[state] = came_from
                result.distinct = len(parents)
                successors = space.free(state)
                at_rest = all(each == state for _, each in successors)
                result.generated += len(successors)
                _ask(space, state, at_rest, asked, faults, result)
                if len(result.found) == len(asked):
                    result.ended = "broken"
                    result.layers.append(len(parents) - before)
                    return result
                for outcome, each in successors:
                    shown[outcome.shows] += 1
                    if each not in parents and each not in onward:
                        onward[each] = (state, outcome)
                if faults < most_faults:
                    successors = space.faults(state)
                    result.generated += len(successors)
                    for outcome, each in successors:
                        shown[outcome.shows] += 1
                        if each not in parents and each not in later:
                            later[each] = (state, outcome)
                if len(parents) >= most_states:
                    result.ended = "states"
                elif len(parents) % _LOOK_EVERY == 0 and not goes_on(result):
                    result.ended = "cancelled"
                if result.ended != "complete":
                    result.layers.append(len(parents) - before)
                    return result
            if not onward:
                del layer[depth + 1]
            if not later:
                del following[depth + 1]
            depth += 1
        result.layers.append(len(parents) - before)
        if not space.was_cut_off:
            result.complete_below = faults + 1
        layer = following
    if space.was_cut_off:
        result.ended = "cut off"
    return result


def _ask(
    space: Space,
    state: State,
    at_rest: bool,
    asked: dict[str, Asked],
    faults: int,
    result: Result,
) -> None:
    for name, question in asked.items():
        if name not in result.found:
            messages = question(space, state, at_rest)
            if messages:
                result.found[name] = Found(faults, messages, trace(space, state, result.origins))


def trace(space: Space, state: State, origins: dict[State, Origin]) -> tuple[str, ...]:
    """The steps from the beginning to this state."""
    steps: list[str] = []
    origin = origins[state]
    while origin is not None:
        before, outcome = origin
        steps.append(space.words(before, outcome))
        origin = origins[before]
    return tuple(reversed(steps))
