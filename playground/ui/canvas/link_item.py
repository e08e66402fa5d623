"""How is a link drawn?

Two lanes, requests solid and replies dotted, an arrow head on each.
Its packets and its plates are drawn by layers of their own.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from playground.session.frame import LinkView
from playground.ui.canvas import geometry
from playground.ui.canvas.geometry import LinkPath, Points
from playground.ui.canvas.pencil import Detail, Pencil, pen, polyline
from playground.ui.theme import Theme, faded

ARROW_AT = 0.93
ARROW_PX = (8.0, 7.0)
CUT_FROM, CUT_UNTIL = 0.42, 0.58
SLASH_PX = (3.0, 38.0)
DOTS_PX = (1.5, 5.0)
BAND_OVER_PX = 22.0
CROWD_SHARE = 0.47
FOCUS_OVER_PX = 10.0
FAR_STEPS = 12  # far away a link needs few points
HIT_PX = 12.0  # beyond the lanes


class LinkItem(QGraphicsItem):
    """One link."""

    def __init__(self, view: LinkView, path: LinkPath, theme: Theme) -> None:
        super().__init__()
        self.view, self.path, self._theme = view, path, theme
        self.is_hovered = self.is_selected = self.is_focused = False
        self.crowds = (False, False)  # requests, replies: too many packets to tell apart
        self._shapes: tuple[QPainterPath, ...] = ()
        self._far = QPainterPath()
        self._bounds = QRectF()
        self._trace()

    @property
    def key(self) -> tuple[str, str]:
        """Source and target."""
        return self.view.source, self.view.target

    def show_view(self, view: LinkView) -> None:
        """Paint anew only where the rails change."""
        before, self.view = self.view, view
        if (before.cut_request, before.cut_reply) != (view.cut_request, view.cut_reply):
            self.update()

    def place(self, path: LinkPath, theme: Theme) -> None:
        """New lines after a move or with another theme."""
        self.prepareGeometryChange()
        self.path, self._theme = path, theme
        self._trace()
        self.update()

    def mark(self, *, hovered: bool, selected: bool, focused: bool) -> None:
        """What pointer and keys do to it."""
        marks = (hovered, selected, focused)
        if marks != (self.is_hovered, self.is_selected, self.is_focused):
            self.is_hovered, self.is_selected, self.is_focused = marks
            self.update()

    def show_crowds(self, crowds: tuple[bool, bool]) -> None:
        """Whether requests and replies are a band."""
        if crowds != self.crowds:
            self.crowds = crowds
            self.update()

    def _trace(self) -> None:
        lanes = (self.path.request, self.path.reply)
        self._far = polyline(self.path.middle[:: len(self.path.middle) // FAR_STEPS])
        self._far.lineTo(*self.path.middle[-1].tolist())
        self._shapes = (polyline(self.path.middle), *(polyline(lane) for lane in lanes))
        reach = self._theme.metrics.lane_px + BAND_OVER_PX + 4
        self._bounds = self._shapes[0].boundingRect().adjusted(-reach, -reach, reach, reach)

    def boundingRect(self) -> QRectF:
        """The lines with everything that is drawn round them."""
        return self._bounds

    def distance(self, x: float, y: float) -> float:
        """How far a point is from its middle line."""
        return geometry.distance_to(self.path.middle, x, y)[0]

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Bands first, then rails, then what was cut."""
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        pencil = Pencil(painter, self._theme, zoom)
        self._bands(pencil)
        if pencil.detail <= Detail.TILE:
            width = self._theme.metrics.rail_px / max(zoom, 0.1)
            colour = self._theme.ink if self.is_hovered else self._theme.rail
            pencil.path(self._far, None, colour, min(width, 5))
            self._crowds(pencil)
            return
        self._lane(pencil, self._shapes[1], self.path.request, False, self.view.cut_request)
        self._lane(pencil, self._shapes[2], self.path.reply, True, self.view.cut_reply)
        if self.view.cut_request or self.view.cut_reply:
            self._slashes(pencil)
        self._crowds(pencil)

    def _crowds(self, pencil: Pencil) -> None:
        """Packets that run together; replies half as wide."""
        theme = self._theme
        wide = 2 * theme.metrics.lane_px - 2
        colour = faded(theme.status("in_flight").fill, CROWD_SHARE)
        for is_crowd, shape, width in zip(
            self.crowds, self._shapes[1:], (wide, wide / 2), strict=True
        ):
            if is_crowd:
                stroke = pen(colour, width)
                stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
                pencil.painter.strokePath(shape, stroke)

    def _bands(self, pencil: Pencil) -> None:
        theme = self._theme
        wide = 2 * theme.metrics.lane_px + BAND_OVER_PX
        if self.is_hovered:
            stroke = pen(theme.hover, wide)
            stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
            pencil.painter.strokePath(self._shapes[0], stroke)
        if self.is_selected:
            stroker = QPainterPathStroker()
            stroker.setWidth(wide)
            stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
            contour = stroker.createStroke(self._shapes[0]).simplified()
            pencil.path(contour, None, theme.ink, theme.metrics.select_stroke_px)
        if self.is_focused:
            offset = theme.metrics.lane_px + FOCUS_OVER_PX
            for side in (offset, -offset):
                line = polyline(self.path.middle + side * self.path.normals)
                pencil.path(line, None, theme.ink, 2, (4, 3))

    def _lane(
        self, pencil: Pencil, shape: QPainterPath, points: Points, is_reply: bool, is_cut: bool
    ) -> None:
        theme = self._theme
        width = theme.metrics.rail_px + (0.5 if self.is_hovered else 0)
        colour = theme.ink if self.is_hovered else theme.rail
        stroke = pen(colour, width)
        if is_reply:
            stroke = _dotted(stroke, width)
        painter = pencil.painter
        painter.setPen(stroke)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if is_cut:
            last = len(points) - 1
            painter.drawPath(polyline(points[: round(CUT_FROM * last) + 1]))
            painter.drawPath(polyline(points[round(CUT_UNTIL * last) :]))
        else:
            painter.drawPath(shape)
        x, y = geometry.place(points, ARROW_AT)
        dx, dy = geometry.direction(points, ARROW_AT)
        scale = 1.4 if theme.is_stage else 1.0
        long, wide = ARROW_PX[0] * scale, ARROW_PX[1] * scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pen(colour, 1).color())
        painter.drawPolygon(_arrow(x, y, dx, dy, long, wide))

    def _slashes(self, pencil: Pencil) -> None:
        """Two strokes across what is cut: both lanes, or one of them and not the other."""
        view, path = self.view, self.path
        is_whole = view.cut_request and view.cut_reply
        line = path.middle if is_whole else path.request if view.cut_request else path.reply
        for share in (CUT_FROM, CUT_UNTIL):
            x, y = geometry.place(line, share)
            dx, dy = geometry.direction(line, share)
            # Across the link and leaning a little along it.
            ax, ay = dy + 0.3 * dx, -dx + 0.3 * dy
            half = SLASH_PX[1] / (2 if is_whole else 4)
            stroke = pen(self._theme.ink, SLASH_PX[0])
            stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
            pencil.painter.setPen(stroke)
            pencil.painter.drawLine(
                QPointF(x - ax * half, y - ay * half), QPointF(x + ax * half, y + ay * half)
            )


def _dotted(stroke: QPen, width: float) -> QPen:
    stroke.setDashPattern([DOTS_PX[0] / width, DOTS_PX[1] / width])
    stroke.setCapStyle(Qt.PenCapStyle.RoundCap)
    return stroke


def _arrow(x: float, y: float, dx: float, dy: float, long: float, wide: float) -> QPolygonF:
    """A triangle whose middle is at the point, along the direction."""
    nx, ny = -dy * wide / 2, dx * wide / 2
    back_x, back_y = x - dx * long / 2, y - dy * long / 2
    return QPolygonF(
        [
            QPointF(x + dx * long / 2, y + dy * long / 2),
            QPointF(back_x + nx, back_y + ny),
            QPointF(back_x - nx, back_y - ny),
        ]
    )
