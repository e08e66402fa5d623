"""Which small painted things stand between the controls?"""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from playground.ui import icons
from playground.ui.panels.surface import smooth
from playground.ui.theme import Theme


class Themed(QWidget):
    """A small painted thing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme


class KindIcon(Themed):
    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme)
        self._name = name
        self.setFixedSize(20, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        icons.draw(painter, self._name, self.theme.ink2, QRectF(0, 4, 20, 20))
        painter.end()


class Rule(Themed):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.hair))
        painter.end()


class InsetRule(Rule):
    """A hair line that keeps off the edges."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(16, 0, self.width() - 31, 1), QColor(self.theme.hair))
        painter.end()
