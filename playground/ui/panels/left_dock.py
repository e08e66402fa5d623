"""Which presets are there, which parts can be added, and what does the open lesson teach?"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from playground.scenario.model import Scenario
from playground.ui.panels.buttons import IconButton
from playground.ui.panels.labels import plain
from playground.ui.panels.part_well import IN_A_ROW, PARTS, PartWell
from playground.ui.panels.presets import ROW_PX, Preset, PresetRows
from playground.ui.panels.small_signs import InsetRule
from playground.ui.panels.surface import Surface
from playground.ui.theme import Theme

WIDTH_PX = 200
LEAST_LIST, SHORT_LIST = 3, 8  # presets before the line with the others, on a low and a high dock
HEAD_AND_PARTS_PX = 196  # what is above and below the list, down to the lesson
LESSON_PX = 132  # what the lesson is left, as long as the list can be shorter
LIST_FIRST = 100  # the share of the height that the presets take before the lesson


class LeftDock(Surface):
    """Presets, parts and the lesson."""

    preset_chosen = Signal(object)
    part_wanted = Signal(str)
    gallery_asked = Signal()

    def __init__(self, theme: Theme, presets: Sequence[Preset], parent: QWidget) -> None:
        super().__init__(theme, "right", parent)
        self.setObjectName("left dock")
        self.setFixedWidth(WIDTH_PX)
        self._presets = tuple(presets)
        self._is_long = False
        self._short = SHORT_LIST
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Find a preset")
        self.search.setAccessibleName("Find a preset")
        self.search.textChanged.connect(self._fill)
        self.search.hide()
        self._magnifier = IconButton(theme, "search", None, self)
        self._magnifier.setToolTip("Find a preset in this list")
        self._magnifier.setAccessibleName("Find a preset")
        self._magnifier.clicked.connect(self.focus_search)
        self.pictures = IconButton(theme, "gallery", None, self)
        self.pictures.setToolTip("Presets with their pictures (Ctrl+P)")
        self.pictures.setAccessibleName("Presets with their pictures")
        self.pictures.clicked.connect(self.gallery_asked)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Presets")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setStyleSheet("QListView, QListView:focus { border: none; padding: 0; }")
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = PresetRows(theme, self.list)
        self.list.setItemDelegate(self._rows)
        self.list.itemClicked.connect(self._on_item)
        self.list.itemActivated.connect(self._on_item)
        self.parts = [PartWell(theme, kind, text, self) for kind, text in PARTS]
        for part in self.parts:
            part.clicked.connect(self._on_part)
        self._lesson = QWidget()
        self._lesson_box = QVBoxLayout(self._lesson)
        self._lesson_box.setContentsMargins(16, 0, 12, 12)
        self._lesson_box.setSpacing(4)
        self._lay_out()
        self._fill()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 10, 1, 0)
        box.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 6, 0)
        head.addWidget(plain("Presets", "heading"))
        head.addStretch(1)
        head.addWidget(self._magnifier)
        head.addWidget(self.pictures)
        box.addLayout(head)
        box.addWidget(self.search)
        box.addSpacing(2)
        box.addWidget(self.list, LIST_FIRST)
        box.addSpacing(8)
        box.addWidget(InsetRule(self.theme))
        box.addSpacing(10)
        parts_head = QHBoxLayout()
        parts_head.setContentsMargins(16, 0, 16, 6)
        parts_head.addWidget(plain("Parts", "heading"))
        box.addLayout(parts_head)
        wells = QGridLayout()
        wells.setContentsMargins(13, 0, 12, 0)
        wells.setSpacing(4)
        for index, part in enumerate(self.parts):
            wells.addWidget(part, index // IN_A_ROW, index % IN_A_ROW)
        box.addLayout(wells)
        box.addSpacing(17)
        box.addWidget(InsetRule(self.theme))
        box.addSpacing(10)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(self._lesson)
        self._lesson.setAutoFillBackground(False)
        box.addWidget(area, 1)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._rows.theme = theme
        self._magnifier.set_theme(theme)
        self.pictures.set_theme(theme)
        for part in self.parts:
            part.theme = theme
            part.update()
        for rule in self.findChildren(InsetRule):
            rule.theme = theme
            rule.update()
        self.list.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low dock the list is shorter, so that the lesson can be read."""
        super().resizeEvent(event)
        rows = (self.height() - HEAD_AND_PARTS_PX - LESSON_PX) // ROW_PX - 1
        short = max(LEAST_LIST, min(SHORT_LIST, rows))
        if short != self._short:
            self._short = short
            self._unfold_for_current()
            self._fill()
        self._show_current()

    def focus_search(self) -> None:
        """Let the next keys narrow the list."""
        self.search.setVisible(True)
        self.search.setFocus()
        self.search.selectAll()

    def _fill(self) -> None:
        words = self.search.text().casefold().split()
        found = [p for p in self._presets if all(w in p.title.casefold() for w in words)]
        is_short = not (self._is_long or words) and len(found) > self._short + 1
        self.list.clear()
        for preset in found[: self._short] if is_short else found:
            item = QListWidgetItem(preset.title, self.list)
            item.setData(Qt.ItemDataRole.UserRole, preset)
            item.setToolTip(preset.title)
        if is_short:
            QListWidgetItem(f"{len(found) - self._short} more", self.list)
        rows = self.list.count()
        self.list.setMinimumHeight(ROW_PX)  # where the canvas is low, the list gives way
        self.list.setMaximumHeight(ROW_PX * max(1, min(rows, self._short + 1)))
        policy = Qt.ScrollBarPolicy
        self.list.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded)

    def _unfold_for_current(self) -> bool:
        """Whether the list had to become long, for the open preset to stand in it."""
        below = [preset.stem for preset in self._presets[self._short :]]
        is_new = not self._is_long and self._rows.current in below
        self._is_long = self._is_long or is_new
        return is_new

    def _show_current(self) -> None:
        """Scroll to the open preset, if it is in the list."""
        for index in range(self.list.count()):
            preset = self.list.item(index).data(Qt.ItemDataRole.UserRole)
            if isinstance(preset, Preset) and preset.stem == self._rows.current:
                self.list.scrollToItem(self.list.item(index))

    def _on_item(self, item: QListWidgetItem) -> None:
        preset = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(preset, Preset):
            self.preset_chosen.emit(preset)
            return
        self._is_long = True
        self._fill()

    def _on_part(self) -> None:
        well = self.sender()
        if isinstance(well, PartWell):
            self.part_wanted.emit(well.kind)

    def show_scenario(self, scenario: Scenario, stem: str) -> None:
        """Mark the open preset and show its lesson."""
        self._rows.current = stem
        if self._unfold_for_current():
            self._fill()
        self._show_current()
        self.list.viewport().update()
        while (item := self._lesson_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # it goes later, and must not be seen until then
                widget.deleteLater()
        for heading, text in (
            ("You'll learn", scenario.learn),
            ("Watch for", scenario.watch or scenario.story),
            ("Try", scenario.try_),
        ):
            if text.strip():
                self._lesson_box.addWidget(plain(heading, "heading"))
                self._lesson_box.addWidget(plain(" ".join(text.split()), "body", wraps=True))
                self._lesson_box.addSpacing(8)
        self._lesson_box.addStretch(1)
