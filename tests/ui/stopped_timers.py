"""How does a test decide when a timer rings?"""

import pytest
from PySide6.QtCore import QTimer
from shiboken6 import isValid


class Timers:
    """Qt's timers without a clock: they ring when they are told to, and never by themselves."""

    def __init__(self) -> None:
        self._wound: dict[QTimer, None] = {}  # in the order in which they were started

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """For every timer that is started from now on."""
        monkeypatch.setattr(QTimer, "start", lambda timer, *_: self._wind(timer))
        monkeypatch.setattr(QTimer, "stop", lambda timer: self._wound.pop(timer, None))
        monkeypatch.setattr(QTimer, "isActive", lambda timer: timer in self._wound)

    def _wind(self, timer: QTimer) -> None:
        self._wound.pop(timer, None)
        self._wound[timer] = None

    def due(self) -> list[QTimer]:
        """All that would ring in the next seconds."""
        self._wound = {timer: None for timer in self._wound if isValid(timer)}
        return list(self._wound)

    def ring(self, timer: QTimer) -> None:
        """Its time has come, unless it was stopped meanwhile."""
        if timer in self._wound and isValid(timer):
            if timer.isSingleShot():
                del self._wound[timer]
            timer.timeout.emit()
