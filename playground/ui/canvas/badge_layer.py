"""What stands beside packets: ×n, +n, the size of a crowd, the ring of the one that is marked?"""

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from playground.ui import format
from playground.ui.canvas import signs
from playground.ui.canvas.geometry import direction
from playground.ui.canvas.layers import Layer, SceneLayer
from playground.ui.canvas.packet_layer import PacketLayer
from playground.ui.canvas.pencil import CENTRE, Detail, Pencil
from playground.ui.canvas.stamps import Stamps
from playground.ui.theme import Role, Theme

MOST_BADGES = 600
RING_PX = 15.0


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
        repeated = np.flatnonzero(table.copies[arranged.row] > 1)[-MOST_BADGES:]
        for i in repeated.tolist():
            x, y = arranged.at[i]
            count = int(table.copies[arranged.row[i]])
            reach = 12 if bool(table.is_reply[arranged.row[i]]) else 15
            signs.stamped_copies(pencil, self._stamps, x + reach * scale, y - 11 * scale, count)
        for i in np.flatnonzero(arranged.hidden)[-MOST_BADGES:].tolist():
            x, y = arranged.at[i]
            self._more(pencil, x + 16 * scale, y + 11 * scale, int(arranged.hidden[i]))

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
