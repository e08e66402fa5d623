"""How does the table of the three guarantees look, as it is taught and as it is proved here?

It is one painted widget: some thirty labels would have to be dressed anew with every theme.
"""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip

from playground.ui.fonts import width_px
from playground.ui.format import elided
from playground.ui.panels.prove.taught import HEADINGS, Cell, Row
from playground.ui.panels.small_signs import Themed
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import GUARANTEE_SIGNS, Theme

TITLE = "As taught, and as proved for this scene"
AGAINST = "the textbook says never, and this scene can"
TAUGHT = "as taught"
HEAD_PX, ROW_PX, GAP_PX = 46, 20, 6
PILL_PX, NAME_X, COLUMN_GAP_PX, MOST_NAME_PX = 46, 56, 12, 90


class GuaranteeTable(Themed):
    """Two kinds of lines: the textbook's in secondary ink, the scene's in strong type."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setAccessibleName("Guarantee table")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.shown: tuple[Row, ...] = ()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self.theme = theme
        self.update()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Another table."""
        self.shown = rows
        self.setAccessibleDescription("\n".join(self.texts()))
        self.updateGeometry()
        self.update()

    def texts(self) -> list[str]:
        """The lines as one would read them out."""
        return [
            " · ".join((row.guarantee, row.group or TAUGHT, *(cell.text for cell in row.cells)))
            for row in self.shown
        ]

    # ------------------------------------------------------------------ places

    def sizeHint(self) -> QSize:
        gaps = GAP_PX * sum(not row.group for row in self.shown)
        return QSize(380, HEAD_PX + ROW_PX * len(self.shown) + gaps + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def _tops(self) -> list[float]:
        """Where each line begins; a guarantee keeps off the one before it."""
        tops, y = [], float(HEAD_PX)
        for row in self.shown:
            y += 0 if row.group else GAP_PX
            tops.append(y)
            y += ROW_PX
        return tops

    def _columns(self) -> list[float]:
        """Where the names and the three columns begin."""
        strong, label = self.theme.role("fact"), self.theme.role("label")
        names = [width_px(row.group or TAUGHT, strong) for row in self.shown if row.cells]
        found = [NAME_X, NAME_X + min(MOST_NAME_PX, max(names, default=0.0)) + COLUMN_GAP_PX]
        for index, heading in enumerate(HEADINGS[1:-1]):
            texts = [_written(row.cells[index]) for row in self.shown if row.cells]
            widest = max((width_px(text, strong) for text in texts), default=0.0)
            found.append(found[-1] + max(widest, width_px(heading, label)) + COLUMN_GAP_PX)
        return found

    # ------------------------------------------------------------------ picture

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, columns = self.theme, self._columns()
        write(painter, theme, "label_strong", TITLE, 0, 10, theme.ink2)
        for x, heading in zip((0.0, *columns[1:]), HEADINGS, strict=True):
            write(painter, theme, "label", heading, x, 36, theme.ink2)
        for top, row in zip(self._tops(), self.shown, strict=True):
            self._paint_row(painter, row, top + ROW_PX / 2, columns)
        painter.end()

    def _paint_row(self, painter: QPainter, row: Row, middle: float, columns: list[float]) -> None:
        theme = self.theme
        is_proved = bool(row.group and row.cells)
        role, ink = ("fact", theme.ink) if is_proved else ("label", theme.ink2)
        if not row.group:
            self._paint_pill(painter, row.guarantee, middle)
        kind = theme.role(role)
        room = MOST_NAME_PX if row.cells else self.width() - NAME_X
        name = elided(row.group or TAUGHT, room, lambda text: width_px(text, kind), "middle")
        write(painter, theme, role, name, NAME_X, middle, ink)
        for x, cell in zip(columns[1:], row.cells, strict=False):
            colour = theme.status("lost").text if cell.is_against else ink
            write(painter, theme, role, _written(cell), x, middle, colour)

    def _paint_pill(self, painter: QPainter, guarantee: str, middle: float) -> None:
        promise = self.theme.guarantees[guarantee]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(promise.fill))
        painter.drawRoundedRect(QRectF(0, middle - 9, PILL_PX, 18), 9, 9)
        sign = GUARANTEE_SIGNS[guarantee]
        write(painter, self.theme, "pill", sign, PILL_PX / 2, middle, promise.on, "centre")

    def event(self, event: QEvent) -> bool:
        """A line says all of itself under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for top, row, text in zip(self._tops(), self.shown, self.texts(), strict=True):
                if top <= event.pos().y() < top + ROW_PX:
                    against = any(cell.is_against for cell in row.cells)
                    said = f"{text}: {AGAINST}" if against else text
                    QToolTip.showText(event.globalPos(), said, self)
                    return True
            QToolTip.hideText()
        return super().event(event)


def _written(cell: Cell) -> str:
    return f"✗ {cell.text}" if cell.is_against else cell.text
