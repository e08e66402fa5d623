"""How can the canvas be read and used without seeing it and without a mouse?

A tree of every node, link and packet with its state and its counters; what is selected here is
selected on the canvas, and the other way round. The menu key offers every verb.
"""

from collections.abc import Callable

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from playground.session.frame import Frame
from playground.ui.fonts import font
from playground.ui.panels.faults import Selection
from playground.ui.panels.outline_words import Line, lines
from playground.ui.panels.surface import Surface
from playground.ui.theme import Theme

HEIGHT_PX = 190
HEADINGS = ("Name", "What it is", "State", "Counts")
WIDTHS_PX = (230, 230, 330)
TARGET = int(Qt.ItemDataRole.UserRole)
EVERY = 12  # frames of a run between two looks: a reader is not to be talked over
MakeMenu = Callable[[Selection, QWidget], QMenu]
_Index = QModelIndex | QPersistentModelIndex


class OutlinePanel(Surface):
    """The tree, and what it asks for."""

    selected = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.setObjectName("outline")
        self._make_menu: MakeMenu = lambda target, host: QMenu(host)
        self._age = 0
        self._is_ours = False  # a selection that comes from outside is not sent back
        self._selection: Selection = None
        self._frame: Frame | None = None
        self.model = QStandardItemModel(0, len(HEADINGS), self)
        self.model.setHorizontalHeaderLabels(list(HEADINGS))
        self.tree = Tree(self)
        self.tree.setModel(self.model)
        header = self.tree.header()
        for column, wide in enumerate(WIDTHS_PX):
            self.tree.setColumnWidth(column, wide)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self.tree.menu_wanted.connect(self._open_menu)
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 4, 8, 2)
        box.addWidget(self.tree)
        self.set_theme(theme)

    def set_source(self, make_menu: MakeMenu) -> None:
        """Who knows the verbs of a thing."""
        self._make_menu = make_menu

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.tree.ink = theme.ink
        self.tree.setFont(font(theme, "label"))
        self.tree.header().setFont(font(theme, "label"))

    # ------------------------------------------------------------------ frames

    def show_frame(self, frame: Frame) -> None:
        """This moment; of a run only some, and none while nobody looks."""
        self._age += 1
        is_due = not frame.is_running or self._age >= EVERY or self._frame is None
        if is_due and self.isVisible():
            self.refresh(frame)
        self._frame = frame

    def showEvent(self, event: object) -> None:
        if self._frame is not None:
            self.refresh(self._frame)

    def refresh(self, frame: Frame) -> None:
        """Every line as it is now."""
        self._age, self._frame = 0, frame
        self._is_ours = True
        root = self.model.invisibleRootItem()
        _fill(root, lines(frame, has_packets=not frame.is_running))
        self._open_new(root)
        self._is_ours = False
        if _target(self.tree.currentIndex()) != self._selection:
            self.select(self._selection)

    def _open_new(self, root: QStandardItem) -> None:
        """Nodes show their links from the first; what somebody folds stays folded."""
        for row in range(root.rowCount()):
            item = root.child(row)
            if item.hasChildren() and not item.data(TARGET + 1):
                item.setData(True, TARGET + 1)
                self.tree.expand(item.index())

    # ------------------------------------------------------------------ selection

    def select(self, selection: Selection) -> None:
        """Something was selected elsewhere."""
        self._selection = selection
        index = self._index_of(selection, self.model.invisibleRootItem())
        model = self.tree.selectionModel()
        self._is_ours = True
        if index is None:
            model.clear()
        elif index != self.tree.currentIndex():
            flags = QItemSelectionModel.SelectionFlag
            model.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._is_ours = False

    def _index_of(self, target: Selection, item: QStandardItem) -> QModelIndex | None:
        if target is None:
            return None
        for row in range(item.rowCount()):
            child = item.child(row)
            if child.data(TARGET) == target:
                return child.index()
            found = self._index_of(target, child)
            if found is not None:
                return found
        return None

    def _on_current(self, current: QModelIndex, before: QModelIndex) -> None:
        if self._is_ours:
            return
        self._selection = _target(current)
        self.selected.emit(self._selection)

    # ------------------------------------------------------------------ verbs

    def menu_of(self, target: Selection) -> QMenu:
        """What can be done to a thing."""
        return self._make_menu(target, self.tree)

    def _open_menu(self, at: QPoint) -> None:
        target = _target(self.tree.currentIndex())
        if target is None:
            return
        menu = self.menu_of(target)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)


class Tree(QTreeView):
    """The list; the menu key and Enter ask for the verbs of its current line."""

    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ink = ""
        self.setAccessibleName("Outline of the canvas")
        self.setAccessibleDescription("The menu key or Enter offers what can be done to a line.")
        self.setToolTip("The menu key or Enter offers what can be done")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setUniformRowHeights(True)
        self.setIndentation(18)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.menu_wanted.emit(self._below_current())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_wanted.emit(self._below_current() if is_by_key else event.globalPos())
        event.accept()

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """A line; the one with the keys wears a ring."""
        option = QStyleOptionViewItem(option)
        option.state &= ~QStyle.StateFlag.State_HasFocus  # ours goes round the whole line
        super().drawRow(painter, option, index)
        if not self.hasFocus() or index != self.currentIndex().siblingAtColumn(0):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.ink), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 6, 6)
        painter.restore()

    def _below_current(self) -> QPoint:
        box = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(QPoint(box.left() + 24, box.bottom()))


def _target(index: _Index) -> Selection:
    found = index.sibling(index.row(), 0).data(TARGET) if index.isValid() else None
    return found if isinstance(found, tuple) else None


def _fill(parent: QStandardItem, wanted: tuple[Line, ...]) -> None:
    """Let the lines below an item be these, changing only what differs."""
    while parent.rowCount() > len(wanted):
        parent.removeRow(parent.rowCount() - 1)
    while parent.rowCount() < len(wanted):
        parent.appendRow([QStandardItem() for _ in HEADINGS])
    for row, line in enumerate(wanted):
        first = parent.child(row)
        texts = (line.name, line.kind, line.state, line.counts)
        for column, text in enumerate(texts):
            cell = parent.child(row, column)
            if cell.text() != text:
                cell.setText(text)
                cell.setToolTip(text)
        if first.data(TARGET) != line.target:
            first.setData(line.target, TARGET)
        spoken = Qt.ItemDataRole.AccessibleTextRole
        if first.data(spoken) != line.spoken:
            first.setData(line.spoken, spoken)
        _fill(first, line.below)
