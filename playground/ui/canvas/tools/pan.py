"""How is the canvas pushed about?

By the middle button, by the left one with Space held, or on the projector by the left one alone.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from playground.ui.canvas.tools.gesture import STARTS_AFTER_PX

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView


class Pan:
    """The paper follows the pointer."""

    def __init__(self, at: QPointF, *, deselects: bool) -> None:
        self._start = self._last = at
        self._deselects = deselects
        self.has_moved = False

    def move(self, view: "CanvasView", at: QPointF) -> None:
        """Shift by what the pointer has moved."""
        if not self.has_moved and (at - self._start).manhattanLength() < STARTS_AFTER_PX:
            return
        self.has_moved = True
        view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        view.camera.shift(at - self._last)
        self._last = at

    def end(self, view: "CanvasView", at: QPointF) -> None:
        """A press on empty paper without a drag selects nothing."""
        view.viewport().unsetCursor()
        if self._deselects and not self.has_moved:
            view.select(None)

    def cancel(self, view: "CanvasView") -> None:
        """Leave the paper where it is."""
        view.viewport().unsetCursor()
