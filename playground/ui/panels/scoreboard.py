"""What has become of every message, group by group, and does it add up?"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from playground.session.frame import Frame, GroupRow
from playground.ui.fonts import width_px
from playground.ui.panels.board_columns import (
    PRODUCED,
    Columns,
    Count,
    Place,
    lay_out,
    shown_counts,
    size_for,
)
from playground.ui.panels.board_row import BoardRow
from playground.ui.panels.surface import Surface, smooth, write
from playground.ui.patterns import pattern_brush, pattern_contour
from playground.ui.theme import Theme

MOST_ROWS = 4
NO_GROUP = "No consumer group yet. Link a consumer to a queue to see its ledger."


class Scoreboard(Surface):
    """The ledger: headings, then one equation a group; more than four rows scroll."""

    number_clicked = Signal(str, str)
    group_picked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "top", parent)
        self.setObjectName("scoreboard")
        self.setAccessibleName("Scoreboard")
        self.rows: list[BoardRow] = []
        self._groups: tuple[GroupRow, ...] = ()
        self._picked = ""
        self._is_narrow = False
        self._widest: dict[str, int] = {}
        self._shape: tuple[object, ...] = ()
        self._columns: Columns | None = None
        self._frame: Frame | None = None
        self._turn = 0
        self._area = QScrollArea(self)
        self._area.verticalScrollBar().valueChanged.connect(self._show_all)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._body = QWidget()
        self._area.setWidget(self._body)
        self._body.setAutoFillBackground(False)  # setWidget has turned it on
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(900, self.wanted_height())

    def wanted_height(self) -> int:
        """High enough for up to four groups."""
        size = size_for(self.theme)
        return size.head_px + size.row_px * min(max(len(self._groups), 1), MOST_ROWS)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._arrange()

    def set_narrow(self, is_narrow: bool) -> None:
        """Drop what the small window has no room for."""
        self._is_narrow = is_narrow
        self._arrange()

    def set_picked(self, group: str) -> None:
        """Highlight the row of the selected consumer."""
        self._picked = group

    def forget(self) -> None:
        """Another run: columns may shrink again."""
        self._widest = {}
        self._shape = ()

    def show_frame(self, frame: Frame) -> None:
        """Show the ledger of this moment."""
        self._groups = frame.groups
        self._note_widest()
        buckets, repeats = self._counts()
        shape = (
            tuple(row.group for row in frame.groups),
            tuple(len(str(value)) for value in self._widest.values()),
            buckets,
            repeats,
        )
        self._frame = frame
        if shape != self._shape:
            self._shape = shape
            self._arrange()
            self._show_all()
        elif not frame.is_running or len(self.rows) <= MOST_ROWS:
            self._show_all()
        else:
            self._show_in_sight()

    def _show_all(self) -> None:
        for index in range(len(self.rows)):
            self._show_row(index)

    def _show_in_sight(self) -> None:
        """Those that are scrolled away take turns, one a frame: with twenty groups that is 1 ms."""
        top = self._area.verticalScrollBar().value()
        bottom = top + self._area.viewport().height()
        self._turn = (self._turn + 1) % len(self.rows)
        for index, widget in enumerate(self.rows):
            is_in_sight = widget.y() < bottom and widget.y() + widget.height() > top
            if is_in_sight or index == self._turn:
                self._show_row(index)

    def _show_row(self, index: int) -> None:
        frame = self._frame
        if frame is not None and index < len(frame.groups):
            row = frame.groups[index]
            is_picked = row.group == self._picked
            self.rows[index].show_row(row, is_picked, frame.now_us, frame.speed)

    def _counts(self) -> tuple[tuple[Count, ...], tuple[Count, ...]]:
        return shown_counts(self._groups, self._is_narrow, self.theme.is_stage)

    def _note_widest(self) -> None:
        buckets, repeats = self._counts()
        for count in (PRODUCED, *buckets, *repeats):
            largest = max((getattr(row, count.field) for row in self._groups), default=0)
            self._widest[count.key] = max(self._widest.get(count.key, 0), largest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._show_all()

    def _arrange(self) -> None:
        size = size_for(self.theme)
        self._area.setGeometry(
            0, size.first_row_px, self.width(), max(0, self.height() - size.first_row_px)
        )
        self._make_rows()
        bar = self._area.verticalScrollBar()
        taken = bar.sizeHint().width() if len(self._groups) > MOST_ROWS else 0
        width = self.width() - taken
        role = self.theme.role("name")
        names_px = max((width_px(row.group, role) for row in self._groups), default=0.0)
        self._columns = lay_out(self.theme, width, *self._counts(), self._widest, names_px)
        self._body.setFixedSize(width, size.row_px * len(self._groups))
        for index, row in enumerate(self.rows):
            row.setGeometry(0, index * size.row_px, width, size.row_px)
            row.set_columns(self.theme, self._columns)
        if self.maximumHeight() != self.wanted_height():
            self.setFixedHeight(self.wanted_height())
        self.update()

    def _make_rows(self) -> None:
        while len(self.rows) < len(self._groups):
            row = BoardRow(self.theme, self._body)
            row.number_clicked.connect(self.number_clicked)
            row.picked.connect(self.group_picked)
            row.show()
            self.rows.append(row)
        while len(self.rows) > len(self._groups):
            self.rows.pop().deleteLater()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        smooth(painter)
        if not self._groups or self._columns is None:
            middle = self.height() / 2
            x = self.width() / 2
            write(painter, self.theme, "body", NO_GROUP, x, middle, self.theme.ink2, "centre")
            painter.end()
            return
        size = size_for(self.theme)
        columns = self._columns
        hair = QColor(self.theme.hair)
        painter.fillRect(QRectF(columns.rule_px, 13, 1, size.first_row_px - 13), hair)
        for place in (columns.produced, *columns.buckets, *columns.repeats):
            self._paint_heading(painter, place, size.heading_px)
        painter.end()

    def _paint_heading(self, painter: QPainter, place: Place, middle: float) -> None:
        count, theme = place.of, self.theme
        lines = [count.heading]
        if theme.is_stage and " again" in count.heading:
            lines = count.heading.split(" ")
        line_px = theme.role("label").size_px + 2
        for index, line in enumerate(reversed(lines)):
            y = middle - index * line_px
            width = write(painter, theme, "label", line, place.right_px, y, theme.ink2, "right")
        if not count.status or place in (self._columns.repeats if self._columns else ()):
            return
        side = 16 if theme.is_stage else 11
        pen = pattern_contour(theme, count.status)
        box = QRectF(place.right_px - width - 6 - side, middle - side / 2, side, side)
        painter.setBrushOrigin(box.topLeft())
        painter.setPen(pen)
        painter.setBrush(pattern_brush(theme, count.status))
        painter.drawRoundedRect(box, 2.5, 2.5)
