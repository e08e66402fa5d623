"""What has happened, in one sentence a line, newest last?"""

from collections import deque

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from playground.session.frame import Frame, LogLine
from playground.ui import icons
from playground.ui.fonts import width_px
from playground.ui.format import clock, elided
from playground.ui.panels.segments import Segments
from playground.ui.panels.surface import Surface, smooth, write
from playground.ui.theme import Theme

MOST_LINES = 5_000
FORGET_AT_ONCE = 500
ROW_PX = 22
QUIET = "Quiet. Crash something."
KINDS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("all", "All", frozenset()),
    ("fault", "Faults", frozenset({"fault", "rejected", "limit"})),
    ("loss", "Losses", frozenset({"loss"})),
    ("duplicate", "Repeats", frozenset({"duplicate"})),
)
LINE_ROLE = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex


class LogModel(QAbstractListModel):
    """A bounded list of lines; the oldest go first."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: deque[LogLine] = deque()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{clock(line.at_us)}  {line.text}"
        return None

    def roleNames(self) -> dict[int, QByteArray]:
        return {LINE_ROLE: QByteArray(b"line"), **super().roleNames()}

    def append(self, lines: tuple[LogLine, ...]) -> None:
        """Newest last; beyond the bound the oldest are forgotten in blocks."""
        lines = lines[-MOST_LINES:]
        if not lines:
            return
        if len(self._lines) + len(lines) > MOST_LINES:
            gone = min(len(self._lines), len(lines) + FORGET_AT_ONCE)
            self.beginRemoveRows(QModelIndex(), 0, gone - 1)
            for _ in range(gone):
                self._lines.popleft()
            self.endRemoveRows()
        first = len(self._lines)
        self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
        self._lines.extend(lines)
        self.endInsertRows()

    def clear(self) -> None:
        """Another run begins."""
        self.beginResetModel()
        self._lines.clear()
        self.endResetModel()


class KindFilter(QSortFilterProxyModel):
    """Only the lines of some kinds."""

    def __init__(self) -> None:
        super().__init__()
        self._kinds: frozenset[str] = frozenset()
        self._message = -1

    def set_kinds(self, kinds: frozenset[str]) -> None:
        """None given: all."""
        self._kinds, self._message = kinds, -1
        self.invalidate()

    def set_message(self, message: int) -> None:
        """Only what happened to this message."""
        self._kinds, self._message = frozenset(), message
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:
        if not self._kinds and self._message < 0:
            return True
        line = self.sourceModel().index(row, 0, parent).data(LINE_ROLE)
        if self._message >= 0:
            return bool(line.message == self._message)
        return str(line.kind) in self._kinds


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


class LogPanel(Surface):
    """The lines, and a switch for their kinds."""

    line_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.model = LogModel()
        self.shown = KindFilter()
        self.shown.setSourceModel(self.model)
        self.kinds = Segments(theme, tuple((key, text) for key, text, _ in KINDS), self)
        self.kinds.chosen.connect(self._on_kind)
        self.view = _QuietList(theme, self)
        self.view.setModel(self.shown)
        self.view.setAccessibleName("Log")
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._rows = LogRows(theme, self.view)
        self.view.setItemDelegate(self._rows)
        self.view.activated.connect(self._on_activated)
        self.view.doubleClicked.connect(self._on_activated)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 2)
        box.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.addWidget(self.kinds)
        head.addStretch(1)
        box.addLayout(head)
        box.addWidget(self.view, 1)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._rows.theme = theme
        self.view.theme = theme
        self.kinds.set_theme(theme)
        self.view.viewport().update()

    def show_frame(self, frame: Frame) -> None:
        """Take this tick's lines."""
        if not frame.log:
            return
        bar = self.view.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - ROW_PX
        self.model.append(frame.log)
        if at_end:
            self.view.scrollToBottom()

    def add(self, lines: tuple[LogLine, ...]) -> None:
        """Lines that are not the run's."""
        self.model.append(lines)

    def clear(self) -> None:
        """Another run begins."""
        self.model.clear()

    def show_message(self, message: int) -> None:
        """Only the lines about one message; the switch brings back the others."""
        self.kinds.choose("all")
        self.shown.set_message(message)

    def texts(self) -> list[str]:
        """The sentences that are shown, oldest first."""
        return [
            self.shown.index(row, 0).data(LINE_ROLE).text for row in range(self.shown.rowCount())
        ]

    def _on_kind(self, key: str) -> None:
        self.shown.set_kinds(next(kinds for each, _, kinds in KINDS if each == key))
        self.view.scrollToBottom()

    def _on_activated(self, index: QModelIndex) -> None:
        self.line_chosen.emit(index.data(LINE_ROLE))


class _QuietList(QListView):
    """Says so when there is nothing."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setMouseTracking(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is not None and not self.model().rowCount():
            painter = smooth(QPainter(self.viewport()))
            x, y = self.viewport().width() / 2, self.viewport().height() / 2
            write(painter, self.theme, "body", QUIET, x, y, self.theme.ink2, "centre")
            painter.end()
