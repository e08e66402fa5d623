"""Which keys are there?"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from playground.ui.actions import ActionSpec
from playground.ui.panels.labels import plain

ROWS = 30
"""How many rows a column has room for on a screen 768 pixels high."""


class KeySheet(QDialog):
    """Every action with its key, section by section."""

    def __init__(self, specs: Sequence[ActionSpec], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("All keys")
        self.setAccessibleName("All keys")
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sections = list(dict.fromkeys(spec.section for spec in specs))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 24)
        outer.setSpacing(40)
        grid, room = _column(outer), ROWS
        for section in sections:
            members = [spec for spec in specs if spec.section == section and spec.keys]
            if room < len(members) + 1 and grid.count():
                grid, room = _column(outer), ROWS
            room -= len(members) + 2
            _add_section(grid, section, members)
        # Nothing here may be cut off: the sheet is as large as what it says.
        outer.setSizeConstraint(QHBoxLayout.SizeConstraint.SetFixedSize)


def _column(outer: QHBoxLayout) -> QGridLayout:
    column = QVBoxLayout()
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, 92)
    column.addLayout(grid)
    column.addStretch(1)
    outer.addLayout(column)
    return grid


def _add_section(grid: QGridLayout, section: str, specs: Sequence[ActionSpec]) -> None:
    row = grid.rowCount()
    if grid.count():
        grid.setRowMinimumHeight(row, 8)
        row += 1
    grid.addWidget(plain(section, "strong"), row, 1)
    for spec in specs:
        row += 1
        key = plain(spec.key, "fact")
        key.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(key, row, 0)
        grid.addWidget(plain(spec.tip, "label"), row, 1)
