"""How are several nodes selected at once?

A rectangle is drawn on empty paper; every card that it touches is selected, and with Shift or Ctrl
those that were before as well. A click on empty paper selects nothing.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from playground.ui.canvas.tools.gesture import STARTS_AFTER_PX

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView


class RubberBand:
    """From the press to the pointer."""

    def __init__(self, view: "CanvasView", at: QPointF, *, adds: bool) -> None:
        self._press = at
        self._start = view.mapToScene(at.toPoint())
        self._before = view.canvas.selected_nodes() if adds else ()
        self._adds = adds
        self.has_moved = False

    def move(self, view: "CanvasView", at: QPointF) -> None:
        """Show the rectangle, and what it touches."""
        if not self.has_moved and (at - self._press).manhattanLength() < STARTS_AFTER_PX:
            return
        if not self.has_moved:
            self.has_moved = True
            view.hovering.close()
        band = QRectF(self._start, view.mapToScene(at.toPoint())).normalized()
        view.canvas.sketch.show_band(band)
        touched = [node for node, box in view.canvas.plan.boxes.items() if box.intersects(band)]
        view.canvas.select_nodes(tuple(dict.fromkeys((*self._before, *touched))))

    def end(self, view: "CanvasView", at: QPointF) -> None:
        """What is selected stays selected."""
        view.canvas.sketch.show_band(None)
        if not self.has_moved and not self._adds:
            view.select(None)

    def cancel(self, view: "CanvasView") -> None:
        """As it was."""
        view.canvas.sketch.show_band(None)
        view.canvas.select_nodes(self._before)
