"""What lies under everything: plain paper with a dot every 24 px."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPolygonF

from playground.ui.canvas.pencil import pen
from playground.ui.metrics import GRID_PX
from playground.ui.theme import Theme

COARSE_BELOW, NONE_BELOW = 0.7, 0.4
DOT_PX = 2.0


def draw(painter: QPainter, rect: QRectF, theme: Theme, zoom: float) -> None:
    """The paper; from farther away every second dot, then none."""
    painter.fillRect(rect, QColor(theme.canvas))
    if not theme.dot or zoom < NONE_BELOW:
        return
    step = GRID_PX if zoom >= COARSE_BELOW else 2 * GRID_PX
    dots = QPolygonF()
    x = step * (rect.left() // step)
    while x <= rect.right():
        y = step * (rect.top() // step)
        while y <= rect.bottom():
            dots.append(QPointF(x, y))
            y += step
        x += step
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen(theme.dot, DOT_PX))
    painter.drawPoints(dots)
