"""Which messages stand behind a number?"""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from playground.session.story import MessageLine
from playground.ui.canvas import signs
from playground.ui.canvas.pencil import Pencil
from playground.ui.fonts import width_px
from playground.ui.format import elided
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import Theme

ROW_PX = 24
LINE_ROLE = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex


class MessageModel(QAbstractListModel):
    """The lines, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[MessageLine, ...] = ()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return f"{line.name}: {line.text}"
        return None

    def show_lines(self, lines: tuple[MessageLine, ...]) -> None:
        """Other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()


class MessageRows(QStyledItemDelegate):
    """Disc, and what became of it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, MessageLine):
            return
        painter.save()
        smooth(painter)
        theme = self.theme
        box = QRectF(option.rect)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(theme.hover if is_chosen else theme.row))
            painter.drawRoundedRect(box.adjusted(8, 1, -4, -1), 6, 6)
        middle = box.center().y()
        signs.disc(Pencil(painter, theme), 24, middle, line.number, 9)
        role = "label_strong" if is_chosen else "label"
        kind = theme.role(role)
        words = elided(line.text, box.width() - 52, lambda text: width_px(text, kind))
        write(painter, theme, role, words, 42, middle, theme.ink)
        painter.restore()


class MessageList(QListView):
    """The lines, one of them chosen; it keeps its place while the lines change."""

    message_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.model_ = MessageModel()
        self.setModel(self.model_)
        self._rows = MessageRows(theme, self)
        self.setItemDelegate(self._rows)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName("Messages")
        self._is_filling = False
        self.selectionModel().currentChanged.connect(self._on_current)

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self._rows.theme = theme
        self.viewport().update()

    def show_lines(self, lines: tuple[MessageLine, ...], chosen: int) -> None:
        """Show these; the chosen message stays chosen where it is still among them."""
        if lines != self.model_.lines:
            bar = self.verticalScrollBar()
            at = bar.value()
            self._is_filling = True
            self.model_.show_lines(lines)
            self._is_filling = False
            bar.setValue(at)
        self.choose(chosen)

    def choose(self, message: int) -> None:
        """Mark a message's line, if it has one."""
        rows = [row for row, line in enumerate(self.model_.lines) if line.message == message]
        self._is_filling = True
        index = self.model_.index(rows[0], 0) if rows else QModelIndex()
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        self._is_filling = False

    def _on_current(self, index: QModelIndex) -> None:
        if not self._is_filling and index.isValid():
            self.message_chosen.emit(self.model_.lines[index.row()].message)
