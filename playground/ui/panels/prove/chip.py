"""How does a verdict look at a glance? A sign and its word on a plate, never a colour alone.

Good is quiet and bad stands on a plate: a certificate is a tick in plain text, a counterexample a
filled plate, what is open a dashed outline.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from playground.checker.verdict import Word
from playground.ui.fonts import width_px
from playground.ui.format import elided
from playground.ui.panels.prove.words import CHIPS
from playground.ui.panels.small_signs import Themed
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import GUARANTEE_SIGNS, Theme

HEIGHT_PX = 22
SIGN_X, TEXT_X = 13.0, 25.0


class VerdictChip(Themed):
    """One of the four words, and behind it the promise that it is about."""

    def __init__(self, theme: Theme, word: Word, promise: str) -> None:
        super().__init__(theme)
        self.word = word
        self.promise = promise
        self.setAccessibleName(f"{CHIPS[word]}: {promise}")
        self.setFixedHeight(HEIGHT_PX)

    @property
    def _chip_px(self) -> float:
        """As wide as the widest of the words: promises stand in one line."""
        kind = self.theme.role("fact")
        return TEXT_X + max(width_px(text, kind) for text in CHIPS.values()) + 10

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme = self.theme
        box = QRectF(0, 0, self._chip_px, self.height()).adjusted(1, 1, -1, -1)
        match self.word:
            case "counterexample":
                painter.setBrush(QColor(theme.status("lost").fill))
                painter.drawRoundedRect(box, 6, 6)
                ink = theme.status("lost").on
            case "certified":
                ink = theme.status("once").text
            case _:
                pen = QPen(QColor(theme.edge), 1.25, Qt.PenStyle.CustomDashLine)
                pen.setDashPattern([4.0, 3.0])
                painter.setPen(pen)
                painter.drawRoundedRect(box, 6, 6)
                painter.setPen(Qt.PenStyle.NoPen)
                ink = theme.ink2
        self._paint_sign(painter, ink)
        middle = self.height() / 2
        write(painter, theme, "fact", CHIPS[self.word], TEXT_X, middle, ink)
        left, kind = box.right() + 11, theme.role("body_strong")
        said = elided(self.promise, self.width() - left, lambda text: width_px(text, kind))
        write(painter, theme, "body_strong", said, left, middle, theme.ink)
        painter.end()

    def _paint_sign(self, painter: QPainter, ink: str) -> None:
        middle = QPointF(SIGN_X, self.height() / 2)
        pen = QPen(QColor(ink), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        match self.word:
            case "certified":
                painter.setPen(pen)
                corners = ((-5.0, 0.0), (-1.5, 3.5), (5.0, -4.0))
                painter.drawPolyline([middle + QPointF(x, y) for x, y in corners])
            case "counterexample":
                painter.setPen(pen)
                for slope in (-1, 1):
                    painter.drawLine(
                        middle + QPointF(-4, -4.0 * slope), middle + QPointF(4, 4.0 * slope)
                    )
            case "vacuous":
                painter.setPen(QPen(QColor(ink), 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(middle, 4.5, 4.5)
                painter.drawLine(middle + QPointF(-5, 5), middle + QPointF(5, -5))
            case "inconclusive":
                write(painter, self.theme, "fact", "?", middle.x(), middle.y(), ink, "centre")
        painter.setPen(Qt.PenStyle.NoPen)


class GuaranteePill(Themed):
    """``1..n`` in the guarantee's colour."""

    def __init__(self, theme: Theme, guarantee: str) -> None:
        super().__init__(theme)
        self.guarantee = guarantee
        self.setAccessibleName(guarantee)
        self.setToolTip(guarantee)
        self.setFixedSize(46, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        promise = self.theme.guarantees[self.guarantee]
        painter.setBrush(QColor(promise.fill))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        sign = GUARANTEE_SIGNS[self.guarantee]
        middle = QPointF(self.width() / 2, self.height() / 2)
        write(painter, self.theme, "pill", sign, middle.x(), middle.y(), promise.on, "centre")
        painter.end()
