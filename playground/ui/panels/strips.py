"""How do an armed fault and the sign of a broken precondition look in the inspector?"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.ui import icons
from playground.ui.fonts import width_px
from playground.ui.format import elided
from playground.ui.panels.buttons import WordButton
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import Theme


class ArmedStrip(QWidget):
    """``Armed: crash before mark`` and a way back."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.text = ""
        self.setFixedHeight(34)
        self.disarm = WordButton(theme, "label_strong", "", self)
        self.disarm.set_words("Disarm")
        self.disarm.setAccessibleName("Disarm")
        self.disarm.setToolTip("Drop what is armed here (Shift+C)")
        self.setVisible(False)

    def set_text(self, text: str) -> None:
        """What is armed."""
        if text != self.text:
            self.text = text
            self.setToolTip(f"Armed: {text}")
            self.update()

    def resizeEvent(self, event: object) -> None:
        self.disarm.setGeometry(self.width() - 62, 5, 56, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme = self.theme
        painter.setBrush(QColor(theme.armed_strip))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        colour = theme.status("lost").text
        icons.draw(painter, "bolt", colour, QRectF(8, 9, 16, 16))
        kind = theme.role("label_strong")
        room = self.width() - 30 - 62
        words = elided(f"Armed: {self.text}", room, lambda text: width_px(text, kind))
        write(painter, theme, "label_strong", words, 30, self.height() / 2, colour)
        painter.end()


def paint_warning(painter: QPainter, theme: Theme, middle: QPointF) -> None:
    """The yellow triangle, 16 px."""
    pen = QPen(QColor(theme.warning.edge), 1.5)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(QColor(theme.warning.fill))
    corners = ((0.0, -6.5), (7.5, 6.0), (-7.5, 6.0))
    painter.drawPolygon([middle + QPointF(x, y) for x, y in corners])
    mark = QColor(theme.warning.on)
    painter.setPen(QPen(mark, 1.6))
    painter.drawLine(middle + QPointF(0, -2), middle + QPointF(0, 1.4))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mark)
    painter.drawEllipse(middle + QPointF(0, 3.9), 1, 1)
