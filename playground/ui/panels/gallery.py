"""How is a preset chosen by looking?

A sheet over the window below its top bar: cards, a field for words, and what the current one
teaches. Arrows choose, Enter opens, Esc closes; letters go to the field from everywhere. While it
is open no key reaches the window behind it, except the one that quits.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playground.ui.panels.buttons import IconButton
from playground.ui.panels.gallery_cards import Cards, cell_size
from playground.ui.panels.gallery_entry import Entry
from playground.ui.panels.gallery_page import NARROW_PX, STAGE_PX, WIDTH_PX, GalleryPage
from playground.ui.panels.gallery_shelf import Shelf
from playground.ui.panels.gallery_view import ENTER, CardView
from playground.ui.panels.labels import plain
from playground.ui.panels.presets import Preset
from playground.ui.panels.surface import Surface
from playground.ui.theme import Theme

NARROW_WINDOW_PX = 1_200
SCROLL_BAR_PX = 12
DOWN = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class Gallery(Surface):
    """All presets with their pictures."""

    chosen = Signal(object)
    closed = Signal()
    recent_asked = Signal(object)
    file_asked = Signal()

    def __init__(self, theme: Theme, presets: Sequence[Preset], parent: QWidget) -> None:
        super().__init__(theme, "top", parent)
        self.setObjectName("gallery")
        self.setAccessibleName("Presets")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.shelf = Shelf(presets, self)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find by any word: lease, e-mail, exactly-once, crash")
        self.search.setAccessibleName("Find a preset by any word")
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(200)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._on_words)
        self.count = plain("", "label")
        self.view = CardView(self.shelf)
        self.view.typed.connect(self._on_typed)
        self.view.activated.connect(lambda index: self.choose_current())
        self._cards = Cards(theme, self.shelf, self.view)
        self.view.setItemDelegate(self._cards)
        self.page = GalleryPage(theme, self)
        self.page.open_asked.connect(self.choose_current)
        self.shelf.modelReset.connect(self._on_reset)
        self.shelf.dataChanged.connect(lambda first, last: self._on_changed(first.row()))
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self._close = IconButton(theme, "cross", None, self)
        self._close.setToolTip("Close (Esc)")
        self._close.setAccessibleName("Close the presets")
        self._close.clicked.connect(self.close_gallery)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 14, 16, 10)
        head.setSpacing(12)
        head.addWidget(plain("Presets", "title"))
        head.addWidget(self.search, 1)
        head.addWidget(self.count)
        head.addStretch(0)
        self.recent = QPushButton("Recent files")
        self.recent.setToolTip("Files that were open lately")
        self.recent.clicked.connect(lambda: self.recent_asked.emit(self.recent))
        self.file = QPushButton("Open a file…")
        self.file.setToolTip("Open a scenario from a file (Ctrl+O)")
        self.file.clicked.connect(self.file_asked)
        for button in (self.recent, self.file):
            button.setAutoDefault(False)
            head.addWidget(button)
        head.addWidget(self._close)
        rest = QHBoxLayout()
        rest.setContentsMargins(16, 0, 0, 0)
        rest.setSpacing(8)
        rest.addWidget(self.view, 1)
        rest.addWidget(self.page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 1, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addLayout(rest, 1)
        order = (self.view, self.search, self.page.button, self.recent, self.file, self._close)
        self._stops: tuple[QWidget, ...] = order

    # ------------------------------------------------------------------ open and closed

    def open_gallery(self, stem: str) -> None:
        """Come up with this preset current; what was searched for last time is forgotten."""
        self._cards.open_stem = stem
        self.search.clear()
        self.shelf.look_for("")
        self.show()
        self.raise_()
        self._go_to(max(0, self.shelf.row_of(stem)))
        self.view.setFocus()
        self.shelf.resume()

    def close_gallery(self) -> None:
        """Go; the window has the keys again."""
        if self.isVisible():
            self.shelf.rest()
            self.hide()
            self.closed.emit()

    def choose_current(self) -> None:
        """Ask for the current preset to be opened."""
        entry = self.current
        if entry is not None:
            self.chosen.emit(entry.preset)

    @property
    def current(self) -> Entry | None:
        """The preset under the keys."""
        return self.shelf.entry(self.view.currentIndex().row())

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._cards.theme = theme
        self.shelf.set_dark(theme.is_dark)
        self.page.set_theme(theme)
        self._close.set_theme(theme)
        self._arrange()

    # ------------------------------------------------------------------ what happens inside

    def _on_words(self, text: str) -> None:
        self.shelf.look_for(text)
        if text.strip():
            self._go_to(0)  # the best answer
        else:
            self._go_to(max(0, self.shelf.row_of(self._cards.open_stem)))

    def _on_typed(self, text: str) -> None:
        self.search.setFocus()
        self.search.insert(text)

    def _on_reset(self) -> None:
        self._go_to(0)

    def _show_count(self) -> None:
        rows = self.shelf.rowCount()
        self.count.setText(f"{rows} found" if self.search.text().strip() else f"{rows} presets")

    def _go_to(self, row: int) -> None:
        self.view.setCurrentIndex(self.shelf.index(row) if row >= 0 else QModelIndex())
        self.page.show_entry(self.current)
        self._show_count()

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        self.page.show_entry(self.current)

    def _on_changed(self, row: int) -> None:
        if row == self.view.currentIndex().row():
            self.page.show_entry(self.current)

    def _arrange(self) -> None:
        """Columns that fill the width evenly."""
        is_narrow = self.width() < NARROW_WINDOW_PX
        wanted = STAGE_PX if self.theme.is_stage else NARROW_PX if is_narrow else WIDTH_PX
        page = min(wanted, round(self.width() * 0.4))
        self.page.setFixedWidth(page)
        size = cell_size(self.theme, self.width() - page - 24 - SCROLL_BAR_PX)
        self._cards.size = size
        self.view.setGridSize(size)
        self.view.verticalScrollBar().setSingleStep(size.height() // 4)
        self.view.scrollTo(self.view.currentIndex())

    # ------------------------------------------------------------------ Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Keys that would be shortcuts of the window behind are keys here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not event.matches(QKeySequence.StandardKey.Quit):
                event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """From the field, up and down lead to the cards and Enter opens."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in DOWN:
                self.view.setFocus()
                self.view.keyPressEvent(event)
                return True
            if event.key() in ENTER:
                self.choose_current()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; what else nobody wanted ends here."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_gallery()
        elif event.matches(QKeySequence.StandardKey.Open):
            self.file_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.search.setFocus()
            self.search.selectAll()
        event.accept()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes round inside."""
        stops = [each for each in self._stops if each.isEnabled() and each.isVisible()]
        if not stops:
            return super().focusNextPrevChild(is_next)  # on its way out
        here = self.focusWidget()
        at = stops.index(here) if here in stops else -1
        stops[(at + (1 if is_next else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True
