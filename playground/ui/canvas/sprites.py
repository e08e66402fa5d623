"""What does every packet look like, ready to be copied?

One atlas per theme, size and level of detail. A sprite is painted when it is first needed; 300
discs cover every pair of hue and digits.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from playground.session.frame import PACKETS
from playground.ui.canvas import signs
from playground.ui.canvas.pencil import Detail, Pencil
from playground.ui.theme import Theme

DISCS = 300  # number modulo 300 gives both the hue (mod 6) and the digits (mod 100)
SINGLES = DISCS  # 0 to 9 are written with one digit
GOOD, BAD = SINGLES + 10, SINGLES + 16
PLAIN_DISCS, PLAIN_RINGS = SINGLES + 22, SINGLES + 28
SPRITES = SINGLES + 34
COLUMNS = 20
MIDDLE_RADIUS_PX, FAR_RADIUS_PX, SPECK_RADIUS_PX = 7.0, 4.5, 2.5  # on the screen
MOST_SCALE = 6.0
NEGATIVE = np.array([name in ("REFUSE", "NACK", "ACK_FAIL", "END_FAIL") for name in PACKETS])


def codes(
    number: NDArray[np.int64],
    is_reply: NDArray[np.bool_],
    packet: NDArray[np.int8],
    detail: Detail,
) -> NDArray[np.intp]:
    """The sprite of each packet."""
    hue = number % 6
    if detail < Detail.FULL:
        return np.where(is_reply, PLAIN_RINGS + hue, PLAIN_DISCS + hue).astype(np.intp)
    disc = np.where(number < 10, SINGLES + number, number % DISCS)
    reply = np.where(NEGATIVE[packet], BAD + hue, GOOD + hue)
    return np.where(is_reply, reply, disc).astype(np.intp)


class Atlas:
    """The sprites of one theme at one size."""

    def __init__(self, theme: Theme, detail: Detail, zoom: float, ratio: float) -> None:
        self.key = atlas_key(theme, detail, zoom, ratio)
        self._theme, self._detail = theme, detail
        self._zoom = zoom if detail >= Detail.FULL else 1.0
        full = detail >= Detail.FULL
        # Far discs have their size on the screen, near ones in the scene.
        self.scale = min((zoom if full else 1.0) * ratio, MOST_SCALE)
        self.side = 2 * int(np.ceil((self._radius() + 2) * self.scale))
        rows = -(-SPRITES // COLUMNS)
        self.pixmap = QPixmap(COLUMNS * self.side, rows * self.side)
        self.pixmap.fill(Qt.GlobalColor.transparent)
        self._painted = np.zeros(SPRITES, dtype=np.bool_)

    def draw_scale(self, zoom: float, ratio: float) -> float:
        """Scene pixels for one pixel of the atlas."""
        return 1.0 / self.scale if self._detail >= Detail.FULL else 1.0 / (zoom * ratio)

    def _radius(self) -> float:
        if self._detail >= Detail.FULL:
            return self._theme.metrics.packet_px
        if self._detail == Detail.MIDDLE:
            return MIDDLE_RADIUS_PX
        return FAR_RADIUS_PX if self._detail == Detail.TILE else SPECK_RADIUS_PX

    def corners(self, wanted: NDArray[np.intp]) -> NDArray[np.float64]:
        """Where in the pixmap each sprite begins; paints those that are new."""
        needed = np.unique(wanted)
        missing = needed[~self._painted[needed]]
        if len(missing):
            painter = QPainter(self.pixmap)
            for code in missing.tolist():
                self._paint(painter, code)
            painter.end()
            self._painted[missing] = True
        result = np.empty((len(wanted), 2))
        result[:, 0] = (wanted % COLUMNS) * self.side
        result[:, 1] = (wanted // COLUMNS) * self.side
        return result

    def _paint(self, painter: QPainter, code: int) -> None:
        painter.resetTransform()
        half = self.side / 2
        painter.translate((code % COLUMNS) * self.side + half, (code // COLUMNS) * self.side + half)
        painter.scale(self.scale, self.scale)
        pencil = Pencil(painter, self._theme, self._zoom)
        theme = self._theme
        if code < SINGLES:
            self._disc(pencil, code % 6, f"{code % 100:02d}")
        elif code < GOOD:
            self._disc(pencil, (code - SINGLES) % 6, str(code - SINGLES))
        elif code < BAD:
            signs.reply(pencil, 0, 0, code - GOOD, is_good=True)
        elif code < PLAIN_DISCS:
            signs.reply(pencil, 0, 0, code - BAD, is_good=False)
        elif code < PLAIN_RINGS:
            pencil.circle(0, 0, self._radius() + 0.5, theme.rim)
            pencil.circle(0, 0, self._radius(), theme.identity(code - PLAIN_DISCS))
        else:
            width = 1.75 if self._detail <= Detail.TILE else 2.2
            radius = self._radius() * (0.9 if self._detail <= Detail.TILE else 0.75)
            hue = theme.identity(code - PLAIN_RINGS)
            pencil.circle(0, 0, radius - width / 2 + 0.5, theme.canvas, hue, width)

    def _disc(self, pencil: Pencil, hue: int, text: str) -> None:
        theme = self._theme
        radius = theme.metrics.packet_px
        pencil.circle(0, 0, radius + 0.75, theme.rim)
        pencil.circle(0, 0, radius, theme.identity(hue))
        pencil.text(0, 0, text, "digits", theme.on_identity, 0.5)


def atlas_key(theme: Theme, detail: Detail, zoom: float, ratio: float) -> tuple[object, ...]:
    """What an atlas depends on."""
    near = Detail.FULL if detail >= Detail.FULL else detail
    return theme.name, near, round(zoom, 4) if near == Detail.FULL else 0, ratio
