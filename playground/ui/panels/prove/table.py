"""How does the table of the three guarantees look, as it is taught and as it is proved here?"""

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from playground.ui.panels.labels import plain
from playground.ui.panels.prove.chip import GuaranteePill
from playground.ui.panels.prove.taught import HEADINGS, Row
from playground.ui.panels.small_signs import Themed
from playground.ui.theme import Theme

TITLE = "As taught, and as proved for this scene"
AGAINST = "The textbook says never; this scene can"


class GuaranteeTable(QWidget):
    """Two kinds of lines: the textbook's in secondary ink, the scene's in strong type."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Guarantee table")
        self.shown: tuple[Row, ...] = ()
        self._inside = QWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(plain(TITLE, "heading"))
        box.addWidget(self._inside)
        box.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self.theme = theme
        for child in self.findChildren(Themed):
            child.theme = theme
            child.update()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Fill it anew, if it is another one."""
        if rows == self.shown:
            return
        self.shown = rows
        box = self.layout()
        assert box is not None
        fresh = QWidget()
        box.replaceWidget(self._inside, fresh)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = fresh
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(4, 1)
        for column, text in enumerate(HEADINGS):
            first = 0 if column == 0 else column + 1
            grid.addWidget(plain(text, "label"), 0, first, 1, 2 if column == 0 else 1)
        for index, row in enumerate(rows, 1):
            self._fill(grid, index, row)
        self.setAccessibleDescription("\n".join(self.texts()))

    def _fill(self, grid: QGridLayout, index: int, row: Row) -> None:
        if not row.group:
            grid.addWidget(GuaranteePill(self.theme, row.guarantee), index, 0)
        name = plain(row.group or "as taught", "strong" if row.cells and row.group else "label")
        name.setToolTip(row.group or f"{row.guarantee}, as it is usually taught")
        if index > 1 and not row.group:
            grid.setRowMinimumHeight(index, 26)
        grid.addWidget(name, index, 1, 1, 1 if row.cells else 4)
        for column, cell in enumerate(row.cells, 2):
            label = plain(cell.text, "fact" if row.group else "label")
            if cell.is_against:
                label = self._against(cell.text)
            grid.addWidget(label, index, column)

    def _against(self, text: str) -> QLabel:
        label = plain(f"✗ {text}", "fact")
        label.setToolTip(AGAINST)
        label.setProperty("is", "against")
        return label

    def texts(self) -> list[str]:
        """The lines as one would read them out."""
        return [
            " · ".join(
                (row.guarantee, row.group or "as taught", *(cell.text for cell in row.cells))
            )
            for row in self.shown
        ]
