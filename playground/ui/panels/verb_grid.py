"""How do the buttons of the inspector stand, two a row, when some have long words?"""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QPushButton

HALF_PX = 112  # of the inspector's width, beside a scroll bar
INSET_PX = 8  # between a button's edge and its word, at least


def is_wide(button: QPushButton) -> bool:
    """Whether its words need more than half a row."""
    return button.fontMetrics().horizontalAdvance(button.text()) + 2 * INSET_PX > HALF_PX


def place(grid: QGridLayout, buttons: Sequence[QPushButton]) -> None:
    """Two a row in their order, then those with long words, each in a row of its own."""
    row = column = 0
    for button in sorted(buttons, key=is_wide):
        grid.removeWidget(button)
        wide = is_wide(button)
        if wide and column:
            row, column = row + 1, 0
        grid.addWidget(button, row, column, 1, 2 if wide else 1)
        if wide or column:
            row, column = row + 1, 0
        else:
            column = 1
