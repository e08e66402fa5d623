"""What does every panel of the window share?

A ground, hair lines, and letters centred on their capitals.
"""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from playground.ui.fonts import BASELINE_EM, is_tabular, sized_font, width_px
from playground.ui.theme import Theme

Align = Literal["left", "right", "centre"]


class Surface(QWidget):
    """A panel divided from its neighbours by hair lines, never by frames."""

    def __init__(self, theme: Theme, edges: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.edges = edges  # any of "top bottom left right"

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours and another type."""
        self.theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        painter.end()

    def paint_ground(self, painter: QPainter) -> None:
        """The fill and the hair lines."""
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        hair = QColor(self.theme.hair)
        width, height = self.width(), self.height()
        boxes = {
            "top": QRectF(0, 0, width, 1),
            "bottom": QRectF(0, height - 1, width, 1),
            "left": QRectF(0, 0, 1, height),
            "right": QRectF(width - 1, 0, 1, height),
        }
        for edge in self.edges.split():
            painter.fillRect(boxes[edge], hair)


def write(
    painter: QPainter,
    theme: Theme,
    role: str,
    text: str,
    x_px: float,
    middle_px: float,
    colour: str,
    align: Align = "left",
) -> float:
    """Write a line whose capitals are centred on ``middle_px``; returns its width."""
    kind = theme.role(role)
    width = width_px(text, kind)
    left = {"left": x_px, "right": x_px - width, "centre": x_px - width / 2}[align]
    painter.setFont(sized_font(*kind, is_tabular=is_tabular(text)))  # as it was measured
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(left, middle_px + BASELINE_EM * kind.size_px), text)
    return width


def smooth(painter: QPainter) -> QPainter:
    """The same painter with soft edges."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    return painter
