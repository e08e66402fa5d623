"""How does one look at the scene: how near, and where?

The paper has no edge; the zoom keeps the point under the pointer. Until someone has looked
elsewhere the whole scene stays in view.
"""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QGraphicsView

from playground.ui.canvas.glide import Glide
from playground.ui.canvas.pencil import FULL_ZOOM
from playground.ui.canvas.scene import CanvasScene, Target

LEAST_ZOOM, MOST_ZOOM = 0.04, 4.0
FIT_PX = (24.0, 16.0, 24.0, 24.0)  # left, top, right, bottom
STAGE_FIT_PX = (16.0, 2.0, 16.0, 2.0)
SEEN_EDGE_PX = 6.0  # between a plate and the edge of the view
LEGEND_PX = 38.0  # the strip with the legend and the zoom buttons
MOST_FIT_ZOOM = 1.0
ZOOM_STEP = 1.2  # of a key or a button
MOST_STAGE_FIT_ZOOM = 1.5
PAPER_PX = 100_000.0
LOOK_AROUND_PX = 40
FOLLOWING_SHARE = 0.2  # of the way, with every frame


class Camera:
    """Zooms and pushes one view."""

    def __init__(self, view: QGraphicsView, scene: CanvasScene) -> None:
        self._view, self._scene = view, scene
        self.is_fitted = True
        self.is_calm = False  # motion is reduced
        self.foot_px = 0.0  # a strip at the bottom that is kept free, besides the usual one
        self._glide = Glide(view, self._put)
        view.setSceneRect(-PAPER_PX, -PAPER_PX, 2 * PAPER_PX, 2 * PAPER_PX)

    @property
    def zoom(self) -> float:
        """Screen pixels for one of the scene."""
        return float(self._view.transform().m11())

    def fit(self, *, glides: bool = False) -> None:
        """Show everything, no larger than life."""
        self._glide.stop()
        self.is_fitted = True
        bounds = self._scene.plan.bounds
        if bounds.isEmpty():
            return
        is_stage = self._scene.theme.is_stage
        left, top, right, bottom = STAGE_FIT_PX if is_stage else FIT_PX
        whole = self._view.viewport().rect().toRectF()
        room = whole.adjusted(left, top, -right, -bottom - self.foot_px)
        zoom = self._zoom_for(bounds, room)
        if not is_stage:
            free = room.adjusted(0, 0, 0, bottom - max(bottom, self._legend_room(bounds, zoom)))
            smaller = self._zoom_for(bounds, free)
            if not smaller < FULL_ZOOM <= zoom:  # never at the price of the words on the cards
                room, zoom = free, smaller
        centre = bounds.center() + (whole.center() - room.center()) / zoom
        seen = QRectF(0, 0, whole.width() / zoom, whole.height() / zoom)
        seen.moveCenter(centre)
        edge, foot = SEEN_EDGE_PX / zoom, (SEEN_EDGE_PX if is_stage else LEGEND_PX) / zoom
        self._scene.plates.set_seen(seen.adjusted(edge, edge, -edge, -foot))
        self._go(zoom, centre, glides=glides)

    def _zoom_for(self, bounds: QRectF, room: QRectF) -> float:
        zoom = min(room.width() / bounds.width(), room.height() / bounds.height())
        most = MOST_STAGE_FIT_ZOOM if self._scene.theme.is_stage else MOST_FIT_ZOOM
        return min(max(zoom, LEAST_ZOOM), most)

    def _legend_room(self, bounds: QRectF, zoom: float) -> float:
        """How much the legend needs below the scene: the database, far right, may stand lower."""
        plan = self._scene.plan
        lowest = max((box.bottom() for box in plan.boxes.values()), default=0.0)
        for path in plan.paths.values():
            lowest = max(lowest, float(path.request[:, 1].max()), float(path.reply[:, 1].max()))
        return LEGEND_PX - (bounds.bottom() - lowest) * zoom

    def _go(self, zoom: float, centre: QPointF, *, glides: bool) -> None:
        if glides and not self.is_calm:
            here = self._view.mapToScene(self._view.viewport().rect()).boundingRect().center()
            self._glide.start((self.zoom, here), (zoom, centre))
        else:
            self._put(zoom, centre)

    def _put(self, zoom: float, centre: QPointF) -> None:
        self.set_zoom(zoom)
        self._view.centerOn(centre)

    def arrive(self) -> None:
        """Be there at once, if it is on its way."""
        while self._glide.is_under_way:
            self._glide.advance()

    def refit(self) -> None:
        """Fit again if nobody has looked elsewhere since."""
        if self.is_fitted and not self._glide.is_under_way:
            self.fit()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Closer or farther; the point at ``at`` stays where it is."""
        self._glide.stop()
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
        self._glide.stop()
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
        if box is None or seen.contains(box):
            return
        around = LOOK_AROUND_PX / self.zoom
        wanted = box.adjusted(-around, -around, around, around)
        self._go(self.zoom, seen.center() + _way_into(seen, wanted), glides=True)

    def keep_in_sight(self, point: QPointF | None) -> None:
        """Follow a point that leaves the view: a part of the way with every frame."""
        if point is None or self._glide.is_under_way:
            return
        seen = self._view.mapToScene(self._view.viewport().rect()).boundingRect()
        around = LOOK_AROUND_PX / self.zoom
        wanted = QRectF(point.x() - around, point.y() - around, 2 * around, 2 * around)
        way = _way_into(seen, wanted) * self.zoom
        if not way.isNull():
            self.shift(-way * (1.0 if self.is_calm else FOLLOWING_SHARE))


def _way_into(seen: QRectF, wanted: QRectF) -> QPointF:
    """How far the view must move to show a box; its left and top first, if it is larger."""
    x = min(0.0, wanted.left() - seen.left()) or max(0.0, wanted.right() - seen.right())
    y = min(0.0, wanted.top() - seen.top()) or max(0.0, wanted.bottom() - seen.bottom())
    return QPointF(x, y)
