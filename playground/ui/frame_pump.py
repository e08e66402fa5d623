"""When does the window ask for the next frame, and how long may it take?

The only file that reads the wall clock. A tick hands on how much wall time has passed and a
question, "out of time?"; what does not fit into the budget makes virtual time slip.
"""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

from playground.ui.garbage import Housekeeping

BUDGET_S = 0.006
BUDGET_ON_THE_WAY_S = 0.05
"""While nothing moves on the screen and one waits for another moment."""
RUNNING_MS = 16
RESTING_MS = 100
LONGEST_STEP_S = 0.1
"""A longer pause (a menu, a suspended laptop) is not caught up with: time slips instead."""

Tick = Callable[[float, Callable[[], bool]], bool]
"""Takes wall seconds and the question; says whether the run goes on by itself."""


class FramePump(QObject):
    """Drives one tick function about 60 times a second, less often while nothing moves."""

    def __init__(
        self,
        tick: Tick,
        parent: QObject | None = None,
        is_waited_for: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._tick = tick
        self._is_waited_for = is_waited_for
        self._last_s = 0.0
        self._housekeeping = Housekeeping()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    @property
    def is_active(self) -> bool:
        """Whether ticks are coming."""
        return self._timer.isActive()

    def start(self, *, by_itself: bool = True) -> None:
        """Ticks come from now on, or whenever somebody calls ``beat``."""
        self._housekeeping.begin()
        self._last_s = perf_counter()
        if by_itself:
            self._timer.start(RUNNING_MS)

    def stop(self) -> None:
        """No tick comes any more."""
        self._timer.stop()
        self._housekeeping.end()

    def wake(self) -> None:
        """Something was asked for while the run rested: the next tick comes soon."""
        if self._timer.isActive() and self._timer.interval() != RUNNING_MS:
            self._last_s = perf_counter()
            self._timer.start(RUNNING_MS)

    def _on_timeout(self) -> None:
        now_s = perf_counter()
        wall_s = min(now_s - self._last_s, LONGEST_STEP_S)
        self._last_s = now_s
        goes_on = self.beat(wall_s)
        interval_ms = RUNNING_MS if goes_on else RESTING_MS
        if self._timer.isActive() and self._timer.interval() != interval_ms:
            self._timer.setInterval(interval_ms)

    def beat(self, wall_s: float) -> bool:
        """One tick, for so much wall time; says whether the run goes on by itself."""
        budget_s = BUDGET_ON_THE_WAY_S if self._is_waited_for() else BUDGET_S
        deadline_s = perf_counter() + budget_s
        goes_on = self._tick(wall_s, lambda: perf_counter() >= deadline_s)
        self._housekeeping.frame_done(wall_s, is_running=goes_on)
        return goes_on
