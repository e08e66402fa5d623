"""How is anything drawn in the theme: a text, a line, a box?

A ``Pencil`` is a painter that knows the theme and the zoom. Text is centred on its capitals and
grows where the zoom would make it unreadable.
"""

import math
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap

from playground.ui import icons
from playground.ui.fonts import BASELINE_EM, is_tabular, sized_font, width_px
from playground.ui.format import elided
from playground.ui.metrics import SMALLEST_STAGE_TEXT_PX, SMALLEST_TEXT_PX
from playground.ui.theme import Role, Theme

LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0
SHADOW_REACH_PX = 16
FULL_ZOOM, STAGE_FULL_ZOOM = 0.73, 0.7
Colour = str | QColor


class Detail(IntEnum):
    """How much of a thing is drawn, by zoom."""

    SPECK = 0  # tiles without text
    TILE = 1
    MIDDLE = 2
    FULL = 3
    CLOSE = 4


def detail_at(zoom: float, theme: Theme | None = None) -> Detail:
    """The level of detail at a zoom; on the stage things are larger, so digits last longer."""
    full = STAGE_FULL_ZOOM if theme is not None and theme.is_stage else FULL_ZOOM
    for limit, level in ((0.2, Detail.SPECK), (0.45, Detail.TILE), (full, Detail.MIDDLE)):
        if zoom < limit:
            return level
    return Detail.FULL if zoom < 1.6 else Detail.CLOSE


class Ruler:
    """Measures texts in a theme at a zoom, without painting."""

    def __init__(self, theme: Theme, zoom: float = 1.0) -> None:
        self.theme = theme
        self.zoom = zoom
        self.detail = detail_at(zoom, theme)

    def kind(self, role: str, floor_px: float = 0.0) -> Role:
        """A kind of text, as large as the zoom needs; ``floor_px`` is its least on the screen."""
        size_px, weight = self.theme.role(role)
        least_px = max(
            floor_px, SMALLEST_STAGE_TEXT_PX if self.theme.is_stage else SMALLEST_TEXT_PX
        )
        return Role(max(size_px, math.ceil(least_px / self.zoom - 0.01)), weight)

    def _kind(self, kind: Role | str) -> Role:
        return self.kind(kind) if isinstance(kind, str) else kind

    def width(self, text: str, kind: Role | str) -> float:
        """How wide a text will be."""
        return width_px(text, self._kind(kind))

    def fitted(self, text: str, kind: Role | str, room_px: float, where: str = "end") -> str:
        """As much of a text as there is room for."""
        role = self._kind(kind)
        return elided(text, room_px, lambda part: width_px(part, role), where)


class Pencil(Ruler):
    """A painter with a theme and a zoom."""

    def __init__(self, painter: QPainter, theme: Theme, zoom: float = 1.0) -> None:
        super().__init__(theme, zoom)
        self.painter = painter
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )

    def text(
        self,
        x: float,
        middle: float,
        text: str,
        kind: Role | str,
        colour: Colour,
        align: float = LEFT,
    ) -> float:
        """Draw one line, centred on its capitals at ``middle``; say how wide it is."""
        role = self._kind(kind)
        wide = width_px(text, role)
        tabular = is_tabular(text)
        self.painter.setFont(sized_font(role.size_px, role.weight, is_tabular=tabular))
        self.painter.setPen(QColor(colour))
        self.painter.drawText(QPointF(x - align * wide, middle + BASELINE_EM * role.size_px), text)
        return wide

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        colour: Colour,
        width: float,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """A straight line with round ends."""
        self.painter.setPen(pen(colour, width, dash))
        self.painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))

    def box(
        self,
        rect: QRectF,
        radius: float,
        fill: Colour | QBrush | None = None,
        edge: Colour | None = None,
        width: float = 1.0,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """A rectangle with round corners."""
        self.painter.setPen(pen(edge, width, dash) if edge is not None else Qt.PenStyle.NoPen)
        self.painter.setBrush(brush(fill))
        self.painter.drawRoundedRect(rect, radius, radius)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        fill: Colour | None = None,
        edge: Colour | None = None,
        width: float = 1.0,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """A full or hollow circle."""
        self.painter.setPen(pen(edge, width, dash) if edge is not None else Qt.PenStyle.NoPen)
        self.painter.setBrush(brush(fill))
        self.painter.drawEllipse(QPointF(x, y), radius, radius)

    def path(
        self,
        path: QPainterPath,
        fill: Colour | None = None,
        edge: Colour | None = None,
        width: float = 1.0,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Any shape."""
        self.painter.setPen(pen(edge, width, dash) if edge is not None else Qt.PenStyle.NoPen)
        self.painter.setBrush(brush(fill))
        self.painter.drawPath(path)

    def icon(self, name: str, x: float, y: float, side: float, colour: Colour) -> None:
        """An icon, centred on a point."""
        box = QRectF(x - side / 2, y - side / 2, side, side)
        icons.draw(self.painter, name, QColor(colour).name(), box)

    def shadow(self, rect: QRectF, radius: float, *, is_raised: bool = False) -> None:
        """The soft shadow of a card; themes without shadows draw nothing."""
        if not self.theme.has_shadow:
            return
        shade = shadow_pixmap(
            self.theme.shadow, rect.width(), rect.height(), radius, is_raised=is_raised
        )
        corner = rect.topLeft() - QPointF(SHADOW_REACH_PX, SHADOW_REACH_PX)
        self.painter.drawPixmap(corner, shade)


@lru_cache(maxsize=64)
def shadow_pixmap(
    colour: str, width: float, height: float, radius: float, *, is_raised: bool
) -> QPixmap:
    """Stacked round rectangles, each a pixel larger; kept, for cards come in few sizes."""
    reach = SHADOW_REACH_PX
    result = QPixmap(math.ceil(width + 2 * reach), math.ceil(height + 2 * reach))
    result.fill(Qt.GlobalColor.transparent)
    layers, alpha, drop = (10, 3, 4) if is_raised else (5, 5, 2)
    ink = QColor(colour)
    ink.setAlpha(alpha)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    box = QRectF(reach, reach + drop, width, height)
    for grow in range(layers):
        painter.drawRoundedRect(
            box.adjusted(-grow, -grow, grow, grow), radius + grow, radius + grow
        )
    painter.end()
    return result


def pen(colour: Colour, width: float, dash: tuple[float, float] | None = None) -> QPen:
    """A pen with round joins; ``dash`` is in pixels, not in pen widths."""
    result = QPen(QColor(colour), width)
    result.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash is None:
        result.setCapStyle(Qt.PenCapStyle.RoundCap)
    else:
        result.setCapStyle(Qt.PenCapStyle.FlatCap)
        result.setDashPattern([dash[0] / width, dash[1] / width])
    return result


def brush(fill: Colour | QBrush | None) -> QBrush:
    """A brush of a colour, of a pattern, or of nothing."""
    if fill is None:
        return QBrush(Qt.BrushStyle.NoBrush)
    return fill if isinstance(fill, QBrush) else QBrush(QColor(fill))


def polyline(points: NDArray[np.float64]) -> QPainterPath:
    """A path through the rows of an (n, 2) array."""
    path = QPainterPath(QPointF(*points[0]))
    for x, y in points[1:].tolist():
        path.lineTo(x, y)
    return path
