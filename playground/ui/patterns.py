"""How does a status look to eyes that do not see its colour?

Each status has its own pattern over its own fill: plain, rising, dots, falling, upright, crossed.
"""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from playground.ui.theme import THEMES, Status, Theme, faded

SHARPNESS = 3  # patterns are painted this much larger and drawn smaller: crisp at 300 %
STEP_PX: dict[str, int] = {
    "once": 6,
    "twice": 7,
    "in_flight": 6,
    "in_doubt": 7,
    "dead": 5,
    "lost": 7,
}
WIDTH_PX: dict[str, float] = {"twice": 2.2, "in_doubt": 1.8, "dead": 1.8, "lost": 1.6}
DOT_RADIUS_PX = 1.2


def pattern_ink(theme: Theme, status: str) -> QColor:
    """The colour of the pattern's strokes."""
    if theme.is_dark:
        return faded("black", 0.45)
    if status == "lost":
        return faded("white", 0.43)
    return faded(theme.status(status).edge, 0.90)


def pattern_brush(theme: Theme, status: str) -> QBrush:
    """The fill of a bar's part or of a swatch: colour and pattern."""
    brush = QBrush(_tile(theme.name, status))
    return _at_scale(brush)


def pattern_contour(theme: Theme, status: str) -> QPen:
    """The contour of a patterned fill; in the dark it has the colour of the fill."""
    colours: Status = theme.status(status)
    if theme.is_dark:
        return QPen(QColor(colours.fill), 1.25)
    return QPen(QColor(colours.edge), 2 if theme.is_stage else 1.25)


@lru_cache(maxsize=64)
def stripes(fill: str, stripe: str) -> QBrush:
    """Rising stripes over a colour: what is frozen."""
    tile = _blank(6, fill)
    painter = _painter(tile)
    _lines(painter, 6, 2.0, QColor(stripe), rising=True)
    painter.end()
    return _at_scale(QBrush(tile))


def _at_scale(brush: QBrush) -> QBrush:
    transform = brush.transform()
    transform.scale(1 / SHARPNESS, 1 / SHARPNESS)
    brush.setTransform(transform)
    return brush


def _blank(step_px: float, fill: str) -> QPixmap:
    side = round(step_px * SHARPNESS)
    tile = QPixmap(side, side)
    tile.fill(QColor(fill))
    return tile


def _painter(tile: QPixmap) -> QPainter:
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(SHARPNESS, SHARPNESS)
    return painter


@lru_cache(maxsize=32)
def _tile(theme_name: str, status: str) -> QPixmap:
    theme = next(each for each in THEMES if each.name == theme_name)
    step_px = STEP_PX[status] * (2 if status == "in_flight" else 1)
    tile = _blank(step_px, theme.status(status).fill)
    painter = _painter(tile)
    ink = pattern_ink(theme, status)
    if status == "in_flight":
        _dots(painter, step_px, ink)
    elif status == "dead":
        painter.fillRect(QRectF(1, 0, WIDTH_PX["dead"], step_px), ink)
    elif status != "once":
        if status != "in_doubt":
            _lines(painter, step_px, WIDTH_PX[status], ink, rising=True)
        if status != "twice":
            _lines(painter, step_px, WIDTH_PX[status], ink, rising=False)
    painter.end()
    return tile


def _dots(painter: QPainter, step_px: float, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    quarter = step_px / 4
    for x, y in ((1, 1), (3, 1), (0, 3), (2, 3), (4, 3)):  # every second row is shifted by half
        painter.drawEllipse(QPointF(x * quarter, y * quarter), DOT_RADIUS_PX, DOT_RADIUS_PX)


def _lines(
    painter: QPainter, step_px: float, width_px: float, ink: QColor, *, rising: bool
) -> None:
    """Diagonals through a tile and its neighbours' corners, so that tiles join."""
    painter.setPen(QPen(ink, width_px))
    for shift in (-step_px, 0.0, step_px):
        left, right = QPointF(shift - 1, step_px + 1), QPointF(shift + step_px + 1, -1)
        if not rising:
            left, right = QPointF(shift - 1, -1), QPointF(shift + step_px + 1, step_px + 1)
        painter.drawLine(left, right)
