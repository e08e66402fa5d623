"""How does one look at the scene: how near, and where?

The paper has no edge; the zoom keeps the point under the pointer. Until someone has looked
elsewhere the whole scene stays in view.
"""

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsView

from playground.ui.canvas.scene import CanvasScene, Target

LEAST_ZOOM, MOST_ZOOM = 0.08, 4.0
FIT_PX = (24.0, 16.0, 24.0, 24.0)  # left, top, right, bottom
STAGE_FIT_PX = (16.0, 2.0, 16.0, 2.0)
MOST_FIT_ZOOM = 1.0
MOST_STAGE_FIT_ZOOM = 1.5
PAPER_PX = 100_000.0
LOOK_AROUND_PX = 40


class Camera:
    """Zooms and pushes one view."""

    def __init__(self, view: QGraphicsView, scene: CanvasScene) -> None:
        self._view, self._scene = view, scene
        self.is_fitted = True
        view.setSceneRect(-PAPER_PX, -PAPER_PX, 2 * PAPER_PX, 2 * PAPER_PX)

    @property
    def zoom(self) -> float:
        """Screen pixels for one of the scene."""
        return float(self._view.transform().m11())

    def fit(self) -> None:
        """Show everything, no larger than life."""
        self.is_fitted = True
        bounds = self._scene.plan.bounds
        if bounds.isEmpty():
            return
        is_stage = self._scene.theme.is_stage
        left, top, right, bottom = STAGE_FIT_PX if is_stage else FIT_PX
        whole = self._view.viewport().rect().toRectF()
        room = whole.adjusted(left, top, -right, -bottom)
        zoom = min(room.width() / bounds.width(), room.height() / bounds.height())
        zoom = min(max(zoom, LEAST_ZOOM), MOST_STAGE_FIT_ZOOM if is_stage else MOST_FIT_ZOOM)
        self.set_zoom(zoom)
        self._view.centerOn(bounds.center() + (whole.center() - room.center()) / zoom)

    def refit(self) -> None:
        """Fit again if nobody has looked elsewhere since."""
        if self.is_fitted:
            self.fit()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Closer or farther; the point at ``at`` stays where it is."""
        at = self._view.viewport().rect().toRectF().center() if at is None else at
        zoom = min(max(self.zoom * factor, LEAST_ZOOM), MOST_ZOOM)
        before = self._view.mapToScene(at.toPoint())
        self.set_zoom(zoom)
        self.shift((self._view.mapToScene(at.toPoint()) - before) * zoom)

    def set_zoom(self, zoom: float) -> None:
        """This near."""
        if abs(zoom - self.zoom) > 1e-9:
            self._view.resetTransform()
            self._view.scale(zoom, zoom)
            self._scene.set_zoom(zoom)

    def shift(self, by: QPointF) -> None:
        """Push the paper by so many screen pixels."""
        self.is_fitted = False
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() - round(by.x()))
        down.setValue(down.value() - round(by.y()))

    def show(self, target: Target) -> None:
        """Bring a node into view where it is not."""
        if target is None or target[0] != "node":
            return
        box = self._scene.plan.boxes.get(str(target[1]))
        seen = self._view.mapToScene(self._view.viewport().rect()).boundingRect()
        if box is not None and not seen.contains(box):
            self._view.ensureVisible(box, LOOK_AROUND_PX, LOOK_AROUND_PX)
