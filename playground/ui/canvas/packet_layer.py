"""How do all packets get onto the canvas at once?

One item paints every flight: the bands of crowded lanes, then one call for all discs. A second one
above the ports paints their badges and the ring of the one that is picked.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPolygonF

from playground.session.frame import PACKETS, FlightTable, Frame
from playground.ui import format
from playground.ui.canvas import flights, signs, sprites
from playground.ui.canvas.flights import Arranged
from playground.ui.canvas.fragments import Fragments
from playground.ui.canvas.geometry import Points, direction
from playground.ui.canvas.layers import Layer, SceneLayer
from playground.ui.canvas.pencil import CENTRE, Detail, Pencil, polyline
from playground.ui.canvas.placement import Placement
from playground.ui.theme import Theme, faded

BAND_SHARE = 0.47
SLOW = 0.1  # at this speed and below, packets carry their names
NOSE_PX = 5.0
MOST_NAMES = 120
MOST_BADGES = 600
EMPTY = Arranged(
    np.empty(0, np.intp),
    np.empty((0, 2)),
    np.empty(0),
    np.empty(0, np.intp),
    np.empty(0, np.intp),
    (),
)


class PacketLayer(SceneLayer):
    """All packets in the air."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Layer.PACKET, theme)
        self.arranged = EMPTY
        self.table: FlightTable | None = None
        self.has_names = False
        self.drawn = 0
        self._lanes: NDArray[np.float64] = np.empty((0, 2, 2))
        self._lengths_px: NDArray[np.float64] = np.empty(0)
        self._links: tuple[tuple[str, str], ...] = ()
        self._fragments = Fragments()
        self._atlas: sprites.Atlas | None = None

    def trace(self, plan: Placement, links: tuple[tuple[str, str], ...]) -> None:
        """Take the lanes of all links, in the order of the frame's links."""
        self._links = links
        count = max(len(links), 1)
        self._lanes = np.zeros((2 * count, 96, 2))
        self._lengths_px = np.full(2 * count, np.nan)
        for index, key in enumerate(links):
            path = plan.paths.get(key)
            if path is not None:
                for side, lane in enumerate((path.request, path.reply)):
                    self._lanes[2 * index + side] = lane
                    steps = np.hypot(*np.diff(lane, axis=0).T)
                    self._lengths_px[2 * index + side] = steps.sum()

    def show_flights(self, frame: Frame, *, zoom: float, crowd: int = flights.CROWD) -> None:
        """Arrange the packets of a moment."""
        self.table = frame.flights
        is_slow = not frame.is_running or frame.speed <= SLOW
        self.has_names = is_slow and not self.theme.is_stage
        arranged = flights.arrange(
            frame.flights,
            frame.now_us,
            self._lanes,
            self._lengths_px,
            speed=frame.speed,
            is_running=frame.is_running,
            crowd=crowd,
            together_px=flights.TOGETHER_PX / min(zoom, 1.0),
        )
        was_empty = not len(self.arranged.row) and not self.arranged.bands
        self.arranged = arranged
        if len(arranged.row) or arranged.bands or not was_empty:
            self.update()

    def lane(self, index: int) -> Points:
        """The points of a lane."""
        return np.asarray(self._lanes[index])

    def link_of(self, index: int) -> tuple[str, str]:
        """The link of a lane."""
        return self._links[index // 2]

    def nearest(self, x: float, y: float, within_px: float) -> int:
        """The row of the packet under a point, -1 for none."""
        at = self.arranged.at
        if not len(at):
            return -1
        gaps = np.hypot(at[:, 0] - x, at[:, 1] - y)
        best = int(np.argmin(gaps))
        return int(self.arranged.row[best]) if gaps[best] <= within_px else -1

    def place_of(self, flight: int) -> QPointF | None:
        """Where a packet is drawn; None once it is gone or part of a crowd."""
        if self.table is None or not len(self.arranged.row):
            return None
        found = np.flatnonzero(self.table.flight[self.arranged.row] == flight)
        return QPointF(*self.arranged.at[found[0]]) if len(found) else None

    def draw(self, pencil: Pencil) -> None:
        """Bands, noses, discs."""
        self._bands(pencil)
        arranged, table = self.arranged, self.table
        if table is None or not len(arranged.row):
            self.drawn = 0
            return
        if self.has_names and pencil.detail >= Detail.FULL and len(arranged.row) <= MOST_NAMES:
            self._noses(pencil)
        painter = pencil.painter
        transform = painter.worldTransform()
        ratio = painter.device().devicePixelRatioF()
        atlas = self._atlas_for(pencil, ratio)
        rows = arranged.row
        wanted = sprites.codes(
            table.number[rows], table.is_reply[rows], table.packet[rows], pencil.detail
        )
        corners = atlas.corners(wanted)
        # Snapped to whole device pixels: digits stay sharp, and a disc moves by one pixel at least.
        step = pencil.zoom * ratio
        shift = np.array((transform.dx(), transform.dy())) * ratio
        centres = (np.round(arranged.at * step + shift) - shift) / step
        self.drawn = self._fragments.draw(
            painter,
            atlas.pixmap,
            centres,
            corners,
            atlas.side,
            atlas.draw_scale(pencil.zoom, ratio),
        )

    def _atlas_for(self, pencil: Pencil, ratio: float) -> sprites.Atlas:
        key = sprites.atlas_key(self.theme, pencil.detail, pencil.zoom, ratio)
        if self._atlas is None or self._atlas.key != key:
            self._atlas = sprites.Atlas(self.theme, pencil.detail, pencil.zoom, ratio)
        return self._atlas

    def _bands(self, pencil: Pencil) -> None:
        theme = self.theme
        colour = faded(theme.status("in_flight").fill, BAND_SHARE)
        for band in self.arranged.bands:
            wide = 2 * theme.metrics.lane_px - 2
            line = polyline(self.lane(band.lane))
            pencil.path(line, None, colour, wide / 2 if band.lane % 2 else wide)

    def _noses(self, pencil: Pencil) -> None:
        theme, table = self.theme, self.table
        assert table is not None
        for i, row in enumerate(self.arranged.row.tolist()):
            is_reply = bool(table.is_reply[row])
            radius = theme.metrics.reply_px + 1 if is_reply else theme.metrics.packet_px
            line = self.lane(int(self.arranged.lane[i]))
            dx, dy = direction(line, float(self.arranged.fraction[i]))
            x, y = self.arranged.at[i]
            tip, base = radius + NOSE_PX, radius - 0.5
            nose = [
                QPointF(x + dx * tip, y + dy * tip),
                QPointF(x + dx * base - dy * 4, y + dy * base + dx * 4),
                QPointF(x + dx * base + dy * 4, y + dy * base - dx * 4),
            ]
            pencil.painter.setPen(Qt.PenStyle.NoPen)
            pencil.painter.setBrush(faded(theme.identity(int(table.number[row])), 1.0))
            pencil.painter.drawPolygon(QPolygonF(nose))


class BadgeLayer(SceneLayer):
    """What stands beside packets: ×n, +n, the ring of the picked one."""

    def __init__(self, theme: Theme, packets: PacketLayer) -> None:
        super().__init__(Layer.BADGE, theme)
        self._packets = packets
        self.picked = 0  # flight
        self.followed = -1  # ledger row

    def draw(self, pencil: Pencil) -> None:
        """Badges of near packets, and the numbers of crowds."""
        self._crowds(pencil)
        table, arranged = self._packets.table, self._packets.arranged
        if table is None or pencil.detail < Detail.FULL:
            return
        self._rings(pencil)
        scale = self.theme.metrics.packet_px / 10
        repeated = np.flatnonzero(table.copies[arranged.row] > 1)[-MOST_BADGES:]
        for i in repeated.tolist():
            x, y = arranged.at[i]
            count = int(table.copies[arranged.row[i]])
            reach = 12 if bool(table.is_reply[arranged.row[i]]) else 15
            signs.copies(pencil, x + reach * scale, y - 11 * scale, count)
        for i in np.flatnonzero(arranged.hidden)[-MOST_BADGES:].tolist():
            x, y = arranged.at[i]
            self._more(pencil, x + 16 * scale, y + 11 * scale, int(arranged.hidden[i]))

    def _more(self, pencil: Pencil, x: float, y: float, count: int) -> None:
        theme = self.theme
        text = f"+{format.number(count)}"
        wide, high = pencil.width(text, "digits") + 10, signs.copies_height(theme) + 1
        box = QRectF(x - wide / 2, y - high / 2, wide, high)
        pencil.box(box, high / 2, theme.panel, theme.edge, 1)
        pencil.text(x, y, text, "digits", theme.ink, CENTRE)

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
            wide, high = pencil.width(text, kind) + 16, kind.size_px + 8
            box = QRectF(x - wide / 2, y - high / 2, wide, high)
            edge = theme.status("in_flight").edge
            pencil.box(box, 6, theme.panel, edge, 1.25)
            pencil.text(x, y, text, kind, theme.ink, CENTRE)

    def _rings(self, pencil: Pencil) -> None:
        table, arranged = self._packets.table, self._packets.arranged
        assert table is not None
        rows = arranged.row
        is_marked = (table.flight[rows] == self.picked) | (table.message[rows] == self.followed)
        scale = self.theme.metrics.packet_px / 10
        for i in np.flatnonzero(is_marked).tolist():
            x, y = arranged.at[i]
            pencil.circle(x, y, 15 * scale, None, self.theme.ink, 2)
            number = int(table.number[rows[i]])
            if number >= 100 and not self._packets.has_names:
                line = self._packets.lane(int(arranged.lane[i]))
                dx, dy = direction(line, float(arranged.fraction[i]))
                text = f"m{format.number(number)}"
                pencil.text(x + dy * 26, y - dx * 26, text, "fact", self.theme.ink, CENTRE)


def packet_name(table: FlightTable, row: int) -> str:
    """What a packet is called: ``DELIVER 46 ×2``."""
    text = f"{PACKETS[table.packet[row]]} {format.number(int(table.number[row]))}"
    copies = int(table.copies[row])
    return f"{text} ×{copies}" if copies > 1 else text
