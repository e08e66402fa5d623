"""Which keys are there?

Every action with all its keys, section by section, and what the canvas does with keys and pointer.
In as many columns as the window is wide; what is longer than the window is scrolled.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from playground.ui.actions import ActionSpec
from playground.ui.panels.labels import plain

COLUMN_PX, KEY_PX, GAP_PX, EDGE_PX = 360, 118, 28, 24
MOST_COLUMNS = 4
ON_CANVAS = "On the canvas"


class Row(NamedTuple):
    """A key or a movement of the hand, and what it does."""

    keys: str
    does: str


HANDS: tuple[Row, ...] = (
    Row("Tab · Shift+Tab", "To the next thing, or the one before"),
    Row("Enter", "Select what has the keys"),
    Row("Shift+Enter", "Select it as well"),
    Row("Arrows", "Move what is selected by one step of the grid"),
    Row("Menu", "Everything that can be done to it"),
    Row("Wheel", "Nearer or farther"),
    Row("Space-drag", "Push the paper; the middle button does the same"),
    Row("Drag a port", "Link two nodes"),
    Row("Drag the paper", "Select all nodes in a box"),
    Row("Double-click", "Rename on a name, add a part on empty paper"),
)
"""What is no action of the window."""


class KeySheet(QDialog):
    """The sheet; Esc closes it."""

    def __init__(self, specs: Sequence[ActionSpec], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("All keys")
        self.setAccessibleName("All keys")
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._room = parent.window().size()
        body = QWidget()
        body.setProperty("ground", "panel")
        outer = QHBoxLayout(body)
        outer.setContentsMargins(EDGE_PX, 20, EDGE_PX, 20)
        outer.setSpacing(GAP_PX)
        for column in _columns(sections(specs), self._column_count()):
            outer.addLayout(_column(column))
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("All keys")
        self.area.setWidget(body)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.area)
        wanted = body.sizeHint() + QSize(14, 4)
        self.resize(wanted.boundedTo(self._room - QSize(24, 60)))

    def _column_count(self) -> int:
        fitting = (self._room.width() - 2 * EDGE_PX - 40) // (COLUMN_PX + GAP_PX)
        return min(MOST_COLUMNS, max(1, fitting))


def sections(specs: Sequence[ActionSpec]) -> list[tuple[str, tuple[Row, ...]]]:
    """Every section with its rows, in the order in which they first come up."""
    names = dict.fromkeys(spec.section for spec in specs)
    found = []
    for name in names:
        rows = [Row(written(s.keys), s.tip) for s in specs if s.section == name and s.keys]
        found.append((name, tuple(rows)))
    return [*found, (ON_CANVAS, HANDS)]


def written(keys: Sequence[str]) -> str:
    """Keys as they are written on a keyboard."""
    form = QKeySequence.SequenceFormat.NativeText
    return " · ".join(QKeySequence(key).toString(form) for key in keys)


def _columns(
    parts: list[tuple[str, tuple[Row, ...]]], count: int
) -> list[list[tuple[str, tuple[Row, ...]]]]:
    """The sections in so many columns of about the same height, in their order."""
    whole = sum(len(rows) + 2 for _, rows in parts)
    columns: list[list[tuple[str, tuple[Row, ...]]]] = [[]]
    height = 0
    for name, rows in parts:
        room = whole / count * len(columns)
        if columns[-1] and height + (len(rows) + 2) / 2 > room and len(columns) < count:
            columns.append([])
        columns[-1].append((name, rows))
        height += len(rows) + 2
    return columns


def _column(parts: list[tuple[str, tuple[Row, ...]]]) -> QVBoxLayout:
    column = QVBoxLayout()
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, KEY_PX)
    grid.setColumnMinimumWidth(1, COLUMN_PX - KEY_PX - 14)
    grid.setColumnStretch(1, 1)
    row = 0
    for name, rows in parts:
        if row:
            grid.setRowMinimumHeight(row, 10)
            row += 1
        grid.addWidget(plain(name, "strong"), row, 1)
        for each in rows:
            row += 1
            key = plain(each.keys, "fact", wraps=True)
            key.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            does = plain(each.does, "label", wraps=True)
            does.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(key, row, 0)
            grid.addWidget(does, row, 1)
        row += 1
    column.addLayout(grid)
    column.addStretch(1)
    return column
