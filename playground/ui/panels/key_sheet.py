"""Which keys are there?"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from playground.ui.actions import ActionSpec
from playground.ui.panels.labels import plain


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
        column = QVBoxLayout()
        outer.addLayout(column)
        room = 16
        for section in sections:
            members = [spec for spec in specs if spec.section == section and spec.keys]
            if room < len(members) and column.count():
                column.addStretch(1)
                column = QVBoxLayout()
                outer.addLayout(column)
                room = 16
            room -= len(members) + 2
            column.addWidget(plain(section, "strong"))
            column.addLayout(_rows(members))
            column.addSpacing(14)
        column.addStretch(1)


def _rows(specs: Sequence[ActionSpec]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, 92)
    for row, spec in enumerate(specs):
        key = plain(spec.key, "fact")
        key.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(key, row, 0)
        grid.addWidget(plain(spec.tip, "label"), row, 1)
    return grid
