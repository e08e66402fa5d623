"""How are nodes moved?

Pressed and drawn along, their links follow at once; one signal at the end says where they stand. A
press without a drag selects. Cards come to rest in line with others or on the grid; Alt leaves them
where the pointer is.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from playground.session.frame import DatabaseView
from playground.ui.canvas.alignment import rest_of
from playground.ui.canvas.placement import DATABASE
from playground.ui.canvas.tools.gesture import STARTS_AFTER_PX

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView


class DragNodes:
    """The node under the pointer, with all that are selected together with it."""

    def __init__(self, view: "CanvasView", node: str, at: QPointF) -> None:
        scene = view.canvas
        self._pressed = node
        if isinstance(scene.view_of(node), DatabaseView):
            node = DATABASE  # a compartment moves with its cylinder
        together = scene.group if node in scene.group else (node,)
        boxes = {**scene.plan.boxes, DATABASE: scene.plan.database}
        self._node = node
        self._press = at
        self._boxes = {each: QRectF(boxes[each]) for each in together if each in boxes}
        self._others = [
            box
            for each, box in scene.plan.boxes.items()
            if each not in self._boxes and not isinstance(scene.view_of(each), DatabaseView)
        ]
        self._grip = view.mapToScene(at.toPoint()) - self._boxes[node].topLeft()
        self.has_moved = False

    def move(self, view: "CanvasView", at: QPointF) -> None:
        """The nodes and their links go with the pointer."""
        if not self.has_moved and (at - self._press).manhattanLength() < STARTS_AFTER_PX:
            return
        if not self.has_moved:
            self.has_moved = True
            view.hovering.close()
        box = QRectF(self._boxes[self._node])
        box.moveTopLeft(view.mapToScene(at.toPoint()) - self._grip)
        corner = box.topLeft()
        view.canvas.sketch.show_guides(())
        if not view.pointer.held_keys & Qt.KeyboardModifier.AltModifier:
            rest = rest_of(box, self._others, view.zoom)
            corner = QPointF(rest.x, rest.y)
            view.canvas.sketch.show_guides(rest.guides)
        by = corner - self._boxes[self._node].topLeft()
        view.canvas.move_live(
            {each: (old.left() + by.x(), old.top() + by.y()) for each, old in self._boxes.items()}
        )

    def end(self, view: "CanvasView", at: QPointF) -> None:
        """Say where they stand now."""
        view.canvas.sketch.show_guides(())
        if not self.has_moved:
            view.select(("node", self._pressed))
            return
        view.camera.is_fitted = False
        places = self._settle(view)
        if places:
            view.nodes_moved.emit(places, False)

    def cancel(self, view: "CanvasView") -> None:
        """Back to where they were."""
        view.canvas.sketch.show_guides(())
        if self.has_moved:
            view.canvas.move_live(
                {each: (old.left(), old.top()) for each, old in self._boxes.items()}
            )
            self._settle(view)

    def _settle(self, view: "CanvasView") -> dict[str, tuple[float, float]]:
        """The document's new places; the database is none of its nodes."""
        places = {}
        for each, old in self._boxes.items():
            place = view.canvas.settle(each, (old.left(), old.top()))
            if place is not None and each != DATABASE:
                places[each] = place
        return places
