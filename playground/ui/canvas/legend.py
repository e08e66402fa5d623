"""What do the signs on the canvas mean?

One line at its lower left; on a narrow canvas a button that shows the same signs one below the
other.
"""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from playground.ui.canvas import signs
from playground.ui.canvas.pencil import CENTRE, Pencil, Ruler
from playground.ui.metrics import TOOLBAR_RADIUS_PX
from playground.ui.patterns import pattern_brush
from playground.ui.theme import LIGHT, Theme

NARROW_PX = 760
GAPS_PX = (18.0, 15.0, 12.0, 9.0)  # between two entries; narrower where the room is
ROW_PX = 24.0
NUMBER = 0  # all signs wear the first hue


def _message(pencil: Pencil, x: float, y: float) -> None:
    pencil.circle(x, y, 7, pencil.theme.identity(NUMBER))


def _reply(pencil: Pencil, x: float, y: float) -> None:
    signs.reply(pencil, x, y, NUMBER, is_good=True)


def _again(pencil: Pencil, x: float, y: float) -> None:
    pencil.circle(x - 4, y, 7, pencil.theme.identity(NUMBER))
    signs.copies(pencil, x + 6, y - 3, 2)


def _suppressed(pencil: Pencil, x: float, y: float) -> None:
    pencil.circle(x, y, 7, None, pencil.theme.identity(NUMBER), 1.75, (3.2, 2.4))


def _dropped(pencil: Pencil, x: float, y: float) -> None:
    signs.dead_packet(pencil, x, y, NUMBER)


def _lost(pencil: Pencil, x: float, y: float) -> None:
    signs.lost_disc(pencil, x, y, 7.5)


def _leased(pencil: Pencil, x: float, y: float) -> None:
    signs.ring(pencil, x, y, 6.5, 0.45, pencil.theme.ink2, 2.25)


def _held(pencil: Pencil, x: float, y: float) -> None:
    signs.lock(pencil, x, y)


def _in_doubt(pencil: Pencil, x: float, y: float) -> None:
    fill, edge = pattern_brush(pencil.theme, "in_doubt"), pencil.theme.status("in_doubt").edge
    pencil.box(QRectF(x - 6.5, y - 6.5, 13, 13), 3, fill, edge, 1.0)


ENTRIES: tuple[tuple[str, Callable[[Pencil, float, float], None], float], ...] = (
    ("message", _message, 15),
    ("reply: confirm, ack", _reply, 16),
    ("delivered again", _again, 26),
    ("suppressed", _suppressed, 15),
    ("packet dropped", _dropped, 17),
    ("message lost", _lost, 16),
    ("leased, time left", _leased, 16),
)
OF_TRANSACTIONS: tuple[tuple[str, Callable[[Pencil, float, float], None], float], ...] = (
    ("locked", _held, 14),
    ("in doubt", _in_doubt, 14),
)
"""Only where a coordinator commits."""


class LegendLine(QWidget):
    """The signs in a row, or in a column."""

    def __init__(self, parent: QWidget, *, is_column: bool = False) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self._is_column = is_column
        self._kept: QPixmap | None = None
        self._gap_px = GAPS_PX[0]
        self.entries = ENTRIES
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Legend")

    def set_theme(self, theme: Theme) -> None:
        """Its colours and its size."""
        self.theme = theme
        self._kept = None
        self.resize(self.sizeHint())
        self.update()

    def use_room(self, room_px: float) -> None:
        """Stand closer where there is not so much room."""
        fitting = (gap for gap in GAPS_PX if self._width_px(gap) <= room_px)
        gap = next(fitting, GAPS_PX[0])
        if gap != self._gap_px:
            self._gap_px = gap
            self.set_theme(self.theme)

    def show_transactions(self, has_transactions: bool) -> bool:
        """Whether their signs are explained as well; says whether that is new."""
        entries = (*ENTRIES, *OF_TRANSACTIONS) if has_transactions else ENTRIES
        if len(entries) == len(self.entries):
            return False
        self.entries = entries
        self.set_theme(self.theme)
        return True

    def sizeHint(self) -> QSize:
        """As large as its words."""
        if self._is_column:
            return QSize(round(max(self._widths()) + 28), round(ROW_PX * len(self.entries) + 16))
        return QSize(self._width_px(self._gap_px), round(ROW_PX))

    def _width_px(self, gap_px: float) -> int:
        return round(sum(self._widths()) + gap_px * (len(self.entries) - 1)) + 2

    def _widths(self) -> list[float]:
        ruler = Ruler(self.theme)
        return [wide + 6 + ruler.width(text, "legend") for text, _, wide in self.entries]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Signs and words, painted once and kept: what is under them changes with every frame."""
        ratio = self.devicePixelRatioF()
        if self._kept is None or self._kept.devicePixelRatioF() != ratio:
            self._kept = QPixmap(self.size() * ratio)
            self._kept.setDevicePixelRatio(ratio)
            self._kept.fill(Qt.GlobalColor.transparent)
            inside = QPainter(self._kept)
            self._draw(Pencil(inside, self.theme))
            inside.end()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._kept)
        painter.end()

    def _draw(self, pencil: Pencil) -> None:
        x, y = 0.0, ROW_PX / 2
        if self._is_column:
            box = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
            pencil.box(box, TOOLBAR_RADIUS_PX, self.theme.toolbar, self.theme.edge)
            x, y = 12.0, 8 + ROW_PX / 2
        for text, sign, wide in self.entries:
            sign(pencil, x + wide / 2, y)
            used = pencil.text(x + wide + 6, y, text, "legend", self.theme.ink2)
            if self._is_column:
                y += ROW_PX
            else:
                x += wide + 6 + used + self._gap_px


class EmptyNotice(QWidget):
    """What an empty canvas says."""

    def __init__(self, parent: QWidget, open_preset: Callable[[], None]) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.resize(380, 132)
        self._button = QPushButton("Open a preset")
        self._button.setProperty("button", "link")
        self._button.clicked.connect(open_preset)
        box = QVBoxLayout(self)
        box.addStretch()
        box.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignHCenter)
        box.setContentsMargins(0, 0, 0, 14)

    def set_theme(self, theme: Theme) -> None:
        """Its colours, and words that can be read from afar on the projector."""
        self.theme = theme
        self.resize(420 if theme.is_stage else 380, 132)
        self._button.setStyleSheet(f"font-size: {theme.role('body').size_px}px")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed box and two lines."""
        painter = QPainter(self)
        pencil = Pencil(painter, self.theme)
        theme = self.theme
        box = self.rect().toRectF().adjusted(1, 1, -1, -1)
        pencil.box(box, 10, None, theme.edge, 1.25, (6, 4))
        middle = box.center().x()
        pencil.text(middle, 34, "Nothing here yet", "name", theme.ink, CENTRE)
        text = "Drag a producer in, or open a preset."
        pencil.text(middle, 62, text, "body", theme.ink2, CENTRE)
        painter.end()
