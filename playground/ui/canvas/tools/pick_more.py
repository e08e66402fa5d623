"""How does a click join a node to those that are selected, or take it out again?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from playground.ui.canvas.tools.gesture import STARTS_AFTER_PX

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView


class PickMore:
    """A click with Shift or Ctrl on a card."""

    def __init__(self, node: str, at: QPointF) -> None:
        self._node, self._press = node, at

    def move(self, view: "CanvasView", at: QPointF) -> None:
        """A click stays where it is."""

    def end(self, view: "CanvasView", at: QPointF) -> None:
        """In or out."""
        if (at - self._press).manhattanLength() <= 3 * STARTS_AFTER_PX:
            toggle(view, self._node)

    def cancel(self, view: "CanvasView") -> None:
        """Nothing has happened yet."""


def toggle(view: "CanvasView", node: str) -> None:
    """Select it too; if it is selected already, no more."""
    now = view.canvas.selected_nodes()
    if node in view.canvas.nodes:
        kept = tuple(each for each in now if each != node)
        view.canvas.select_nodes(kept if node in now else (*now, node))
