"""What is a gesture?

An object from press to release: it follows the pointer, ends once, or is cancelled. One gesture a
file; the view asks them in turn whether a press is theirs.
"""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView

STARTS_AFTER_PX = 4.0  # on the screen: less is a click


class Gesture(Protocol):
    """Press has happened; this is the rest."""

    def move(self, view: "CanvasView", at: QPointF) -> None:
        """The pointer is now there, in viewport pixels."""

    def end(self, view: "CanvasView", at: QPointF) -> None:
        """The button was released."""

    def cancel(self, view: "CanvasView") -> None:
        """Esc, or the window lost the pointer."""
