"""How does the view get from one look to another: in a quarter of a second, fast and then slow?

Looks are steps of one timer, not of a clock: a slow machine takes longer and skips nothing.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, Qt, QTimer

from playground.ui.canvas.motion import eased_out

STEP_MS, STEPS = 16, 15
Look = tuple[float, QPointF]
"""A zoom, and the scene's point in the middle of the view."""


class Glide(QObject):
    """One way at a time from here to there."""

    def __init__(self, parent: QObject, put: Callable[[float, QPointF], None]) -> None:
        super().__init__(parent)
        self._put = put
        self._from: Look = (1.0, QPointF())
        self._to: Look = (1.0, QPointF())
        self._step = STEPS
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.advance)

    @property
    def is_under_way(self) -> bool:
        """Whether the view is still on its way."""
        return self._step < STEPS

    def start(self, here: Look, there: Look) -> None:
        """Set off."""
        self._from, self._to, self._step = here, there, 0
        self._timer.start(STEP_MS)

    def stop(self) -> None:
        """Stay where it is: a hand has taken over."""
        self._step = STEPS
        self._timer.stop()

    def advance(self) -> None:
        """One step."""
        self._step += 1
        share = eased_out(self._step / STEPS)
        (zoom, at), (goal_zoom, goal) = self._from, self._to
        self._put(zoom * (goal_zoom / zoom) ** share, at + (goal - at) * share)
        if self._step >= STEPS:
            self.stop()
