"""What must a toolbar not cover?

Boxes and lines of the scene, in pixels of the viewport.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from playground.ui.canvas.scene import Target

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView

PACKET_PX = 16.0


class Surroundings:
    """The boxes of things, as the viewport sees them."""

    def __init__(self, view: "CanvasView") -> None:
        self._view = view

    def box(self, target: Target) -> QRectF:
        """The object itself."""
        scene = self._view.canvas
        if target is None:
            return QRectF()
        if target[0] == "node":
            return self._seen(scene.plan.boxes.get(str(target[1]), scene.plan.database))
        if target[0] == "link":
            points = self.points(target)
            if not len(points):
                return QRectF()
            (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
            return QRectF(left, top, right - left, bottom - top)
        at = scene.packets.place_of(int(target[1]))
        if at is None:
            return QRectF(self._view.viewport().rect().toRectF().center(), QPointF())
        around = QRectF(at.x() - PACKET_PX, at.y() - PACKET_PX, 2 * PACKET_PX, 2 * PACKET_PX)
        return self._seen(around)

    def others(self, target: Target) -> list[QRectF]:
        """Cards and plates, except the object."""
        scene = self._view.canvas
        own = str(target[1]) if target is not None and target[0] == "node" else ""
        boxes = [self._seen(box) for node, box in scene.plan.boxes.items() if node != own]
        boxes.append(self._seen(scene.plan.database))
        boxes.extend(self._seen(box) for box in scene.plates.taken)
        return boxes

    def points(self, target: Target) -> NDArray[np.float64]:
        """The lanes of a link, on which its packets travel."""
        scene = self._view.canvas
        if target is None or target[0] != "link":
            return np.empty((0, 2))
        path = scene.plan.paths.get((str(target[1]), str(target[2])))  # type: ignore[misc]
        if path is None:
            return np.empty((0, 2))
        lanes = np.concatenate((path.request, path.reply))
        seen = self._view.viewportTransform()
        scale = np.array((seen.m11(), seen.m22()))
        return np.asarray(lanes * scale + np.array((seen.dx(), seen.dy())))

    def _seen(self, box: QRectF) -> QRectF:
        return self._view.viewportTransform().mapRect(box)
