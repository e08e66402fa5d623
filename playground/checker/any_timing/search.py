"""With how few faults can it go wrong? A breadth-first search, one layer for each number of faults.

A step that costs nothing stays in the layer, a fault leads to the next one. A state that was met
with fewer faults has every future that it has with more, so each state is looked at once, with the
fewest faults that lead to it; within a layer, with the fewest steps.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from playground.checker.any_timing.events import Path
from playground.checker.any_timing.moves import Outcome
from playground.checker.any_timing.pool import State
from playground.checker.any_timing.rare_collection import seldom_collected
from playground.checker.any_timing.space import Space

Asked = Callable[[Space, State, bool], tuple[str, ...]]
"""The messages for which a promise is broken in this state; the flag: whether it is at rest."""

Ended = Literal["complete", "broken", "cut off", "states", "cancelled"]

Origin = tuple[State, Outcome] | None
"""The state before, and what was done there; None at the beginning."""

_LOOK_EVERY = 256


@dataclass(slots=True)
class Found:
    """The first state in which a promise is broken."""

    faults: int
    messages: tuple[str, ...]
    steps: tuple[str, ...]
    path: Path = ()  # the same as states and outcomes
    state: State = ()  # the one in which it is broken
    never_rests: bool = False  # from there on it goes round for ever


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


Depths = dict[int, dict[State, Origin]]
"""What was met, by the number of steps that lead to it."""


def search(
    space: Space,
    most_faults: int,
    asked: dict[str, Asked],
    most_states: int,
    goes_on: Callable[[Result], bool] = lambda _: True,
) -> Result:
    """Every state with at most so many faults, until all that is asked is answered."""
    with seldom_collected():
        return _Search(space, most_faults, asked, most_states, goes_on).run()


class _Search:
    def __init__(
        self,
        space: Space,
        most_faults: int,
        asked: dict[str, Asked],
        most_states: int,
        goes_on: Callable[[Result], bool],
    ) -> None:
        self._space = space
        self._most_faults = most_faults
        self._asked = asked
        self._most_states = most_states
        self._goes_on = goes_on
        self._result = Result()

    def run(self) -> Result:
        """Layer by layer; a layer that was cut short is the last one."""
        result = self._result
        layer: Depths = {0: {self._space.start: None}}
        for faults in range(self._most_faults + 1):
            before = len(result.origins)
            following = self._layer(layer, faults)
            result.layers.append(len(result.origins) - before)
            if result.ended != "complete":
                return result
            if not self._space.was_cut_off:
                result.complete_below = faults + 1
            layer = following
        if self._space.was_cut_off:
            result.ended = "cut off"
        return result

    def _layer(self, layer: Depths, faults: int) -> Depths:
        """All states of a layer, the fewest steps first; returns where the next one begins."""
        following: Depths = {}
        depth = min(layer, default=0)
        while layer:
            onward = layer.get(depth + 1, {})
            later: dict[State, Origin] = {}
            for state, came_from in layer.pop(depth, {}).items():
                if state in self._result.origins:
                    continue
                self._result.origins[state] = came_from
                self._expand(state, faults, onward, later)
                if self._result.ended != "complete":
                    return following
            if onward:
                layer[depth + 1] = onward
            if later:
                following[depth + 1] = later
            depth += 1
        return following

    def _expand(
        self, state: State, faults: int, onward: dict[State, Origin], later: dict[State, Origin]
    ) -> None:
        result, space = self._result, self._space
        origins, shown = result.origins, space.runner.shown
        result.distinct = len(origins)
        successors = space.free(state)
        at_rest = True
        for _, each in successors:
            if each != state:
                at_rest = False
                break
        result.generated += len(successors)
        _ask(space, state, at_rest, self._asked, faults, result)
        if len(result.found) == len(self._asked):
            result.ended = "broken"
            return
        for outcome, each in successors:
            shown[outcome.shows] += 1
            if each not in origins and each not in onward:
                onward[each] = (state, outcome)
        if faults < self._most_faults:
            successors = space.faults(state)
            result.generated += len(successors)
            for outcome, each in successors:
                shown[outcome.shows] += 1
                if each not in origins and each not in later:
                    later[each] = (state, outcome)
        if len(origins) >= self._most_states:
            result.ended = "states"
        elif len(origins) % _LOOK_EVERY == 0 and not self._goes_on(result):
            result.ended = "cancelled"


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
                result.found[name] = found_at(space, state, faults, messages, result.origins)


def found_at(
    space: Space,
    state: State,
    faults: int,
    messages: tuple[str, ...],
    origins: dict[State, Origin],
) -> Found:
    """The break in this state, with the way to it."""
    path = path_to(state, origins)
    steps = tuple(space.words(before, outcome) for before, outcome in path)
    return Found(faults, messages, steps, path, state)


def path_to(state: State, origins: dict[State, Origin]) -> Path:
    """What was done from the beginning to this state."""
    path = []
    origin = origins[state]
    while origin is not None:
        path.append(origin)
        origin = origins[origin[0]]
    return tuple(reversed(path))
