"""How is a node moved?

Pressed and drawn along, its links follow at once; one signal at the end says where it stands. A
press without a drag selects it.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from playground.ui.canvas.layout import snapped
from playground.ui.canvas.placement import DATABASE
from playground.ui.canvas.tools.gesture import STARTS_AFTER_PX

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView


class DragNode:
    """One node follows the pointer."""

    def __init__(self, view: "CanvasView", node: str, at: QPointF) -> None:
        scene = view.canvas
        box = scene.plan.database if node == DATABASE else scene.plan.boxes[node]
        self._node = node
        self._press = at
        self._from = box.topLeft()
        self._grip = view.mapToScene(at.toPoint()) - self._from
        self.has_moved = False

    def move(self, view: "CanvasView", at: QPointF) -> None:
        """The node and its links go with the pointer, on the grid."""
        if not self.has_moved and (at - self._press).manhattanLength() < STARTS_AFTER_PX:
            return
        if not self.has_moved:
            self.has_moved = True
            view.hovering.close()
        corner = view.mapToScene(at.toPoint()) - self._grip
        view.canvas.move_live(self._node, *snapped(corner.x(), corner.y()))

    def end(self, view: "CanvasView", at: QPointF) -> None:
        """Say where it stands now."""
        if not self.has_moved:
            view.select(("node", self._node))
            return
        place = view.canvas.settle(self._node, (self._from.x(), self._from.y()))
        view.camera.is_fitted = False
        if place is not None and self._node != DATABASE:
            view.node_moved.emit(self._node, *place)

    def cancel(self, view: "CanvasView") -> None:
        """Back to where it was."""
        if self.has_moved:
            view.canvas.move_live(self._node, self._from.x(), self._from.y())
            view.canvas.settle(self._node, (self._from.x(), self._from.y()))
