"""On what does the selected consumer's promise rest, and does it hold?

A row a condition; what does not hold says why and what would help, and can be played.
"""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from playground.scenario.checklist import Checklist, Condition
from playground.scenario.witness_scripts import SCRIPTS
from playground.ui.fonts import width_px
from playground.ui.format import elided, wrapped
from playground.ui.panels.inspector_words import CONDITIONS
from playground.ui.panels.labels import plain
from playground.ui.panels.small_signs import Themed
from playground.ui.panels.strips import paint_warning
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import Theme

ROW_PX = 28
LINE_PX = 16
PLAY_PX = 24
CODE_X, SIGN_X, TEXT_X = 4.0, 34.0, 50.0
ROOM_PX = 190.0
MOST_LINES = 4
PLAY = "▸ Play how this loses one"
PLAY_STUCK = "▸ Play how this keeps one waiting"


class ConditionRow(Themed):
    """One condition: its code, a tick or a triangle, a few words; below, what is wrong."""

    play_asked = Signal(str)

    def __init__(self, theme: Theme, condition: Condition) -> None:
        super().__init__(theme)
        self.condition = condition
        self.words = CONDITIONS[condition.code]
        self.play: QPushButton | None = None
        self._lines: list[str] = []
        if condition.unmet:
            measure = partial(width_px, kind=theme.role("label"))
            for sentence in condition.unmet[:2]:
                self._lines += wrapped(sentence, ROOM_PX, measure, MOST_LINES)
            if condition.code in SCRIPTS:
                self._add_play()
        state = "does not hold" if condition.unmet else "holds"
        self.setAccessibleName(f"{condition.code} {state}: {condition.text}")
        self.setToolTip(" ".join((condition.text, *condition.unmet)))
        self.setFixedHeight(
            ROW_PX
            + (LINE_PX * len(self._lines) + 4 if self._lines else 0)
            + (PLAY_PX if self.play else 0)
        )

    def _add_play(self) -> None:
        code = self.condition.code
        self.play = QPushButton(PLAY_STUCK if code == "N8" else PLAY, self)
        self.play.setProperty("button", "link")
        self.play.adjustSize()
        self.play.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.play.setCursor(Qt.CursorShape.PointingHandCursor)
        self.play.setToolTip("A small scene of its own, cut out of this one")
        self.play.clicked.connect(lambda: self.play_asked.emit(code))

    def resizeEvent(self, event: object) -> None:
        if self.play is not None:
            top = self.height() - PLAY_PX - 4
            width = min(self.play.sizeHint().width(), self.width() - round(TEXT_X))
            self.play.setGeometry(round(TEXT_X) - 2, top, width, PLAY_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, condition = self.theme, self.condition
        middle = ROW_PX / 2
        if condition.unmet:
            painter.setBrush(QColor(theme.doubt_row))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 1, 0, -1), 6, 6)
        role = "label_strong" if condition.unmet else "label"
        write(painter, theme, role, condition.code, CODE_X, middle, theme.ink2)
        if condition.unmet:
            paint_warning(painter, theme, QPointF(SIGN_X, middle))
        else:
            _tick(painter, theme, QPointF(SIGN_X, middle))
        kind = theme.role(role)
        text = elided(self.words, self.width() - TEXT_X - 4, lambda words: width_px(words, kind))
        write(painter, theme, role, text, TEXT_X, middle, theme.ink)
        for index, line in enumerate(self._lines):
            y = ROW_PX + 6 + LINE_PX * index
            write(painter, theme, "label", line, TEXT_X, y, theme.ink2)
        painter.end()


def _tick(painter: QPainter, theme: Theme, middle: QPointF) -> None:
    pen = QPen(QColor(theme.status("once").text), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    points = [middle + QPointF(-5, 0), middle + QPointF(-1.5, 3.5), middle + QPointF(5, -4)]
    painter.drawPolyline(points)
    painter.setPen(Qt.PenStyle.NoPen)


class ChecklistView(QWidget):
    """Every checklist that applies, each under its claim and its count."""

    play_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.rows: list[ConditionRow] = []
        self.headings: list[tuple[QLabel, QLabel]] = []
        self._shown: tuple[Checklist, ...] | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)

    def show_checklists(self, checklists: tuple[Checklist, ...]) -> None:
        """Show these; nothing is made anew while nothing changes."""
        if checklists == self._shown:
            return
        self._shown = checklists
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # it goes later, and must not be seen until then
                widget.deleteLater()
        self.rows, self.headings = [], []
        for checklist in checklists:
            self._add(checklist)

    def _add(self, checklist: Checklist) -> None:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 16, 0, 4)
        claim = plain(f"{checklist.claim}, if", "heading")
        count = plain(f"{checklist.met} of {len(checklist.conditions)}", "strong")
        row.addWidget(claim, 1)
        row.addWidget(count)
        self.headings.append((claim, count))
        self._box.addWidget(head)
        for condition in checklist.conditions:
            widget = ConditionRow(self.theme, condition)
            widget.play_asked.connect(self.play_asked)
            self.rows.append(widget)
            self._box.addWidget(widget)

    def texts(self) -> list[str]:
        """Everything that is said, from the top down: headings, then rows."""
        heads = [f"{claim.text()} {count.text()}" for claim, count in self.headings]
        rows = [f"{row.condition.code} {'△' if row.condition.unmet else '✓'}" for row in self.rows]
        return heads + rows
