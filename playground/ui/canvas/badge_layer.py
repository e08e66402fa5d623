"""What stands beside packets: ×n, +n, the size of a crowd, the ring of the one that is marked?"""

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from playground.session.frame import FlightTable
from playground.ui import format
from playground.ui.canvas import signs
from playground.ui.canvas.flights import Arranged
from playground.ui.canvas.geometry import Points, direction
from playground.ui.canvas.layers import Layer, SceneLayer
from playground.ui.canvas.packet_layer import PacketLayer
from playground.ui.canvas.pencil import CENTRE, Detail, Pencil
from playground.ui.canvas.stamps import Stamps
from playground.ui.theme import Role, Theme

MOST_BADGES = 600
RING_PX = 15.0


def owners(places: Points, size: tuple[float, float]) -> list[int]:
    """For each place the place that speaks for it: itself, or a later one closer than ``size``."""
    wide, high = size
    points: list[tuple[float, float]] = places.tolist()
    result = list(range(len(points)))
    cells: dict[tuple[int, int], int] = {}
    for i, (x, y) in reversed(list(enumerate(points))):
        column, row = int(x // wide), int(y // high)
        around = ((column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        for there in (cells[cell] for cell in around if cell in cells):
            if abs(points[there][0] - x) < wide and abs(points[there][1] - y) < high:
                result[i] = there
                break
        else:
            cells[column, row] = i
    return result


class BadgeLayer(SceneLayer):
    """What stands beside packets: ×n, +n, the ring of the picked one."""

    def __init__(self, theme: Theme, packets: PacketLayer) -> None:
        super().__init__(Layer.BADGE, theme)
        self._packets = packets
        self._stamps = Stamps()
        self.resting: tuple[QPointF, ...] = ()

    def show_resting(self, places: tuple[QPointF, ...]) -> None:
        """Where the followed message stands while it does not travel."""
        if places != self.resting:
            self.resting = places
            self.update()

    def draw(self, pencil: Pencil) -> None:
        """Badges of near packets, and the numbers of crowds."""
        self._crowds(pencil)
        scale = self.theme.metrics.packet_px / 10
        for place in self.resting:
            pencil.circle(place.x(), place.y(), RING_PX * scale, None, self.theme.ink, 2)
        table, arranged = self._packets.table, self._packets.arranged
        if table is None or pencil.detail < Detail.FULL:
            return
        self._rings(pencil)
        self._repeats(pencil, table, arranged, scale)
        self._bunches(pencil, arranged, scale)

    def _repeats(
        self, pencil: Pencil, table: FlightTable, arranged: Arranged, scale: float
    ) -> None:
        """``×n`` at the upper right; where two would touch, that of the disc on top."""
        repeated = np.flatnonzero(table.copies[arranged.row] > 1)[-MOST_BADGES:]
        size = 1.6 * signs.copies_height(self.theme), signs.copies_height(self.theme)
        for i, owner in zip(repeated, owners(arranged.at[repeated], size), strict=True):
            if repeated[owner] != i:
                continue
            x, y = arranged.at[i]
            count = int(table.copies[arranged.row[i]])
            reach = 12 if bool(table.is_reply[arranged.row[i]]) else 15
            signs.stamped_copies(pencil, self._stamps, x + reach * scale, y - 11 * scale, count)

    def _bunches(self, pencil: Pencil, arranged: Arranged, scale: float) -> None:
        """``+n`` at the lower right; where two would touch, one with the sum of both."""
        bunches = np.flatnonzero(arranged.hidden)[-MOST_BADGES:]
        size = 2 * signs.copies_height(self.theme), signs.copies_height(self.theme)
        owned = owners(arranged.at[bunches], size)
        counts = np.bincount(owned, arranged.hidden[bunches], len(bunches)) if owned else ()
        for i, count in zip(bunches, counts, strict=True):
            if count:
                x, y = arranged.at[i]
                self._more(pencil, x + 16 * scale, y + 11 * scale, int(count))

    def _more(self, pencil: Pencil, x: float, y: float, count: int) -> None:
        text = f"+{format.number(count)}"
        size = pencil.width(text, "digits") + 10, signs.copies_height(self.theme) + 1
        self._plate(pencil, x, y, text, "digits", size, size[1] / 2, self.theme.edge)

    def _plate(
        self,
        pencil: Pencil,
        x: float,
        y: float,
        text: str,
        kind: Role | str,
        size: tuple[float, float],
        radius: float,
        edge: str,
    ) -> None:
        """Words on a small plate."""
        theme = self.theme

        def paint(inside: Pencil, at_x: float, at_y: float) -> None:
            box = QRectF(at_x - size[0] / 2, at_y - size[1] / 2, *size)
            inside.box(box, radius, theme.panel, edge, 1.25)
            inside.text(at_x, at_y, text, kind, theme.ink, CENTRE)

        self._stamps.put(pencil, x, y, size, text, paint)

    def _crowds(self, pencil: Pencil) -> None:
        theme = self.theme
        if pencil.detail <= Detail.TILE:
            return
        for band in self._packets.arranged.bands:
            if not band.is_counted:
                continue
            line = self._packets.lane(band.lane)
            turn = direction(line, 0.5)
            x, y = line[len(line) // 2] + 4 * np.array((turn[1], -turn[0]))
            text = f"{format.number(band.packets)} in flight"
            kind = pencil.kind("label_strong", 11)
            size = pencil.width(text, kind) + 16, kind.size_px + 8.0
            self._plate(pencil, x, y, text, kind, size, 6, theme.status("in_flight").edge)

    def _rings(self, pencil: Pencil) -> None:
        table, arranged = self._packets.table, self._packets.arranged
        assert table is not None
        rows = arranged.row
        is_marked = (table.flight[rows] == self._packets.picked) | (
            table.message[rows] == self._packets.followed
        )
        scale = self.theme.metrics.packet_px / 10
        for i in np.flatnonzero(is_marked).tolist():
            x, y = arranged.at[i]
            pencil.circle(x, y, RING_PX * scale, None, self.theme.ink, 2)
            number = int(table.number[rows[i]])
            if number >= 100 and not self._packets.has_names:
                line = self._packets.lane(int(arranged.lane[i]))
                dx, dy = direction(line, float(arranged.fraction[i]))
                text = f"m{format.number(number)}"
                pencil.text(x + dy * 26, y - dx * 26, text, "fact", self.theme.ink, CENTRE)
