"""How does something appear in 80 ms, or at once where motion is reduced?

Steps are counted, not measured: a slow machine takes longer and skips nothing.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

STEP_MS, STEPS = 16, 5


class Fade(QObject):
    """Several things on their way between 0 (not seen) and 1 (there), each by its name."""

    def __init__(self, parent: QObject, show: Callable[[str, float], None]) -> None:
        super().__init__(parent)
        self.is_calm = False
        self._show = show
        self._steps: dict[str, int] = {}
        self._goals: dict[str, int] = {}
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self.advance)

    def aim(self, name: str, *, is_there: bool) -> None:
        """Let a thing come or go."""
        self._goals[name] = STEPS if is_there else 0
        self._steps.setdefault(name, 0 if is_there else STEPS)
        if self.is_calm:
            self._steps[name] = self._goals[name]
        else:
            self._timer.start()
        self._tell(name)

    def advance(self) -> None:
        """One step of everything that is on its way."""
        for name in [n for n, goal in self._goals.items() if self._steps[n] != goal]:
            self._steps[name] += 1 if self._steps[name] < self._goals[name] else -1
            self._tell(name)
        if all(self._steps[name] == goal for name, goal in self._goals.items()):
            self._timer.stop()

    def _tell(self, name: str) -> None:
        step = self._steps[name]
        if step == self._goals[name] == 0:
            del self._steps[name], self._goals[name]
        self._show(name, step / STEPS)

    def forget(self) -> None:
        """Nothing is on its way any more."""
        self._timer.stop()
        self._steps.clear()
        self._goals.clear()

    def finish(self) -> None:
        """Be where everything is to be."""
        while self._timer.isActive():
            self.advance()
