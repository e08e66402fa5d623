"""How is anything found and done by typing a few letters of it?

A field and a list over the window: letters narrow the list, arrows choose, Enter does it, Esc
closes. What cannot be done now says why and stays.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from playground.ui.commands.entries import Entry
from playground.ui.commands.fuzzy import ranked
from playground.ui.fonts import font, width_px
from playground.ui.format import elided
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import Theme

WIDTH_PX, ROW_PX, MOST_ROWS, MOST_FOUND = 620, 30, 12, 200
TOP_PX = 64
ENTRY = int(Qt.ItemDataRole.UserRole)
NOTHING = "Nothing is called that. Try a node, a verb or a preset."
_Index = QModelIndex | QPersistentModelIndex


class CommandPalette(QFrame):
    """Over the window while it is open; ``home`` gets the keys if nobody else is left."""

    def __init__(self, theme: Theme, parent: QWidget, home: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("command palette")
        self.setAccessibleName("Command palette")
        self.theme = theme
        self._home = home
        self._entries: Sequence[Entry] = ()
        self._came_from: QWidget | None = None
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("What do you want to do?  crash billing · cut · open 5")
        self.field.setAccessibleName("What do you want to do?")
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self.model = QStandardItemModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setAccessibleName("Commands")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field has the keys
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(EntryRows(self))
        self.list.clicked.connect(self._do)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 10, 10, 10)
        box.setSpacing(8)
        box.addWidget(self.field)
        box.addWidget(self.list, 1)
        self.hide()

    def open(self, entries: Sequence[Entry], theme: Theme) -> None:
        """Offer these."""
        self.theme = theme
        self.field.setFont(font(theme, "body"))
        self._entries = entries
        self._came_from = self.window().focusWidget()
        self.field.clear()
        self._narrow("")
        self.show()
        self.raise_()
        self.field.setFocus()

    def close_up(self) -> None:
        """Away, and the keys go back to where they were."""
        came_from, self._came_from = self._came_from, None
        self.hide()
        if came_from is None or not isValid(came_from) or not came_from.isVisible():
            came_from = self._home  # its page was left or made anew meanwhile
        came_from.setFocus()

    @property
    def current(self) -> Entry | None:
        """The line that Enter would do."""
        entry = self.list.currentIndex().data(ENTRY)
        return entry if isinstance(entry, Entry) else None

    def texts(self) -> list[str]:
        """The lines in sight and below, the best first."""
        return [self.model.item(row).text() for row in range(self.model.rowCount())]

    # ------------------------------------------------------------------ narrowing

    def _narrow(self, query: str) -> None:
        self.model.clear()
        found = ranked(query, (f"{e.text} {e.section}" for e in self._entries), MOST_FOUND)
        for index in found:
            self.model.appendRow(_item(self._entries[index]))
        if not found:
            quiet = QStandardItem(NOTHING)
            quiet.setEnabled(False)
            self.model.appendRow(quiet)
        rows = min(MOST_ROWS, max(1, self.model.rowCount()))
        window = self.window()
        room = window.height() - 2 * TOP_PX - self.field.sizeHint().height() - 28
        wide = min(WIDTH_PX, window.width() - 32)
        high = min(rows * ROW_PX + 2, max(ROW_PX, room))
        self.list.setFixedHeight(high)
        self.setGeometry(
            (window.width() - wide) // 2,
            TOP_PX,
            wide,
            high + self.field.sizeHint().height() + 28,
        )
        self._go_to_row(0)

    def _go_to_row(self, row: int) -> None:
        last = self.model.rowCount() - 1
        index = self.model.index(min(max(row, 0), last), 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        if QAccessible.isActive() and self.current is not None:
            words = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, words))

    # ------------------------------------------------------------------ keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no key of the window works while one is typing
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event.key())
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._came_from = None
            self.hide()
        return super().eventFilter(watched, event)

    def _press(self, key: int) -> bool:
        row = self.list.currentIndex().row()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: MOST_ROWS,
            Qt.Key.Key_PageUp: -MOST_ROWS,
        }
        if key in steps:
            self._go_to_row(row + steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_up()
        elif key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        return True

    def _do(self, index: _Index) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, Entry) and not entry.reason:
            self.close_up()
            entry.do()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        painter.setPen(QPen(QColor(self.theme.edge), 1))
        painter.setBrush(QColor(self.theme.toolbar))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.end()


def _item(entry: Entry) -> QStandardItem:
    item = QStandardItem(entry.text)
    item.setData(entry, ENTRY)
    spoken = [entry.text, entry.section, entry.key, entry.reason]
    item.setData(", ".join(part for part in spoken if part), Qt.ItemDataRole.AccessibleTextRole)
    if entry.reason:
        item.setToolTip(entry.reason[:1].upper() + entry.reason[1:])
    return item


class EntryRows(QStyledItemDelegate):
    """The words, then what they belong to or why not, and the key at the right end."""

    def __init__(self, palette: CommandPalette) -> None:
        super().__init__(palette)
        self._palette = palette

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._palette.theme
        entry = index.data(ENTRY)
        painter.save()
        smooth(painter)
        box = QRectF(option.rect).adjusted(0, 1, -2, -1)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_current:
            painter.setBrush(QColor(theme.ink if isinstance(entry, Entry) else theme.row))
            painter.drawRoundedRect(box, 6, 6)
        middle, left, right = box.center().y(), box.left() + 12, box.right() - 12
        if not isinstance(entry, Entry):
            write(painter, theme, "body", NOTHING, left, middle, theme.ink2)
            painter.restore()
            return
        ink = theme.inv if is_current else theme.ink3 if entry.reason else theme.ink
        quiet = theme.inv if is_current else theme.ink3
        if entry.key:
            right -= 16 + write(painter, theme, "fact", entry.key, right, middle, ink, "right")
        note = entry.reason or entry.section
        label, body = theme.role("label"), theme.role("body")
        note = elided(note, (right - left) * 0.5, lambda text: width_px(text, label))
        right -= 16 + write(painter, theme, "label", note, right, middle, quiet, "right")
        words = elided(entry.text, right - left, lambda text: width_px(text, body))
        write(painter, theme, "body", words, left, middle, ink)
        painter.restore()
