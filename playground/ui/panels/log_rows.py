"""How does a line of the log look?"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from playground.session.frame import LogLine
from playground.ui import icons
from playground.ui.fonts import width_px
from playground.ui.format import clock, elided
from playground.ui.panels.log_model import LINE_ROLE
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import Theme

ROW_PX = 22
QUIET = "Quiet. Crash something."
NOT_HERE = "No line of this kind."
_Index = QModelIndex | QPersistentModelIndex


class LogRows(QStyledItemDelegate):
    """Time, sign, sentence."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, LogLine):
            return
        painter.save()
        smooth(painter)
        theme = self.theme
        box = QRectF(option.rect)
        if option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            painter.fillRect(box.adjusted(8, 0, -8, 0), QColor(theme.row))
        middle = box.center().y()
        write(painter, theme, "label", clock(line.at_us), 96, middle, theme.ink3, "right")
        self._sign(painter, line, QRectF(108, middle - 6, 12, 12))
        kind = theme.role("label")
        words = elided(line.text, box.width() - 150, lambda text: width_px(text, kind))
        colour = theme.ink2 if line.kind == "info" else theme.ink
        write(painter, theme, "label", words, 130, middle, colour)
        painter.restore()

    def _sign(self, painter: QPainter, line: LogLine, box: QRectF) -> None:
        theme = self.theme
        if line.kind == "fault":
            icons.draw(painter, "bolt", theme.ink2, box.adjusted(-2, -2, 2, 2))
        elif line.kind in ("rejected", "limit", "error"):
            icons.draw(painter, "warning", theme.ink2, box.adjusted(-2, -2, 2, 2))
        elif line.kind in ("loss", "duplicate"):
            status = theme.status("lost" if line.kind == "loss" else "twice")
            painter.setBrush(QColor(status.fill))
            if line.kind == "loss":
                painter.drawEllipse(box.adjusted(1, 1, -1, -1))
            else:
                painter.translate(box.center())
                painter.rotate(45)
                painter.drawRect(QRectF(-4, -4, 8, 8))
                painter.rotate(-45)
                painter.translate(-box.center())


class QuietList(QListView):
    """Says so when there is nothing."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.quiet = QUIET
        self.setMouseTracking(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is not None and not self.model().rowCount():
            painter = smooth(QPainter(self.viewport()))
            x, y = self.viewport().width() / 2, self.viewport().height() / 2
            write(painter, self.theme, "body", self.quiet, x, y, self.theme.ink2, "centre")
            painter.end()
