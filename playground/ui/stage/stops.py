"""How does a run come to rest exactly at a cue, whatever its speed?

A tick that would pass a stop goes up to its very microsecond instead and pauses there. The way is
made in short runs with a look at the budget between them, so that a long one takes several ticks.
"""

from collections.abc import Callable
from typing import Protocol

from playground.scenario.model import Cue, Scenario
from playground.session.frame import Frame
from playground.ui.stage import cues

SLICE_US = 20_000
NOWHERE = -1


class Stoppable(Protocol):
    """What is asked of a session."""

    @property
    def scenario(self) -> Scenario: ...
    @property
    def is_running(self) -> bool: ...
    @property
    def speed(self) -> float: ...
    @property
    def now_us(self) -> int: ...

    def tick(self, wall_s: float, out_of_time: Callable[[], bool]) -> Frame: ...
    def frame(self) -> Frame: ...
    def pause(self) -> None: ...
    def run_to(self, at_us: int) -> None: ...


class CueStops:
    """Where one run is to rest: at its waiting cues, and at a moment that somebody aims for."""

    def __init__(self) -> None:
        self.waits_at_cues = True
        self.goal_us = NOWHERE
        self._is_hurried = False
        self._held_us = NOWHERE
        self._source: tuple[Cue, ...] = ()
        self._cues: tuple[Cue, ...] = ()

    def cues_of(self, scenario: Scenario) -> tuple[Cue, ...]:
        """The scenario's cards in order of time."""
        if scenario.cues is not self._source:
            self._source, self._cues = scenario.cues, cues.in_time(scenario.cues)
        return self._cues

    def restart(self) -> None:
        """The run begins anew, and waits at its cues again."""
        self._held_us = self.goal_us = NOWHERE

    def stand_at(self, at_us: int) -> None:
        """Somebody has gone to this moment: a cue here has done its work."""
        self.restart()
        self._held_us = at_us

    def aim(self, at_us: int) -> None:
        """Play until then and rest; aimed at once more, get there as fast as can be."""
        self._is_hurried = at_us == self.goal_us
        self.goal_us = at_us

    def tick(self, run: Stoppable, wall_s: float, out_of_time: Callable[[], bool]) -> Frame:
        """One frame onwards, but not past a stop."""
        if not run.is_running:
            self.goal_us = NOWHERE
            return run.tick(wall_s, out_of_time)
        stop_us = self._next_stop_us(run)
        is_hurried = self._is_hurried and stop_us == self.goal_us
        reach_us = run.now_us + wall_s * run.speed * 1_000_000
        if stop_us == NOWHERE or (stop_us > reach_us + 1 and not is_hurried):
            return run.tick(wall_s, out_of_time)
        while run.is_running and run.now_us < stop_us:
            run.run_to(min(run.now_us + SLICE_US, stop_us))
            if out_of_time():
                break
        if run.now_us >= stop_us:
            run.pause()
            self.stand_at(stop_us)
        return run.frame()

    def _next_stop_us(self, run: Stoppable) -> int:
        stops = [self.goal_us] if self.goal_us >= run.now_us else []
        if self.waits_at_cues:
            cue = cues.waiting(self.cues_of(run.scenario), run.now_us, self._held_us)
            stops += [cue.at_us] if cue is not None else []
        return min(stops, default=NOWHERE)
