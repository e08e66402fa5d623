"""How do all packets get onto the canvas at once?

One item paints every flight, one call for all discs; where a lane is too crowded to tell them
apart, its link paints a band. ``badge_layer`` paints what stands beside them, above the ports.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPolygonF

from playground.session.frame import PACKETS, FlightTable, Frame
from playground.ui import format
from playground.ui.canvas import flights, sprites
from playground.ui.canvas.flights import Arranged
from playground.ui.canvas.fragments import Fragments
from playground.ui.canvas.geometry import Points, direction
from playground.ui.canvas.layers import Layer, SceneLayer
from playground.ui.canvas.pencil import Detail, Pencil, detail_at
from playground.ui.canvas.placement import Placement
from playground.ui.theme import Theme, faded

SLOW = 0.1  # at this speed and below, packets carry their names
NOSE_PX = 5.0
MOST_NAMES = 120
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
        self.crowd = flights.CROWD
        self.picked = 0  # flight
        self.followed = -1  # ledger row
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
                for side, lane in enumerate((path.request_way, path.reply_way)):
                    self._lanes[2 * index + side] = lane
                    steps = np.hypot(*np.diff(lane, axis=0).T)
                    self._lengths_px[2 * index + side] = steps.sum()

    def show_flights(self, frame: Frame, *, zoom: float) -> None:
        """Arrange the packets of a moment."""
        self.table = frame.flights
        is_slow = not frame.is_running or frame.speed <= SLOW
        self.has_names = is_slow and not self.theme.is_stage
        is_near = detail_at(zoom, self.theme) >= Detail.FULL
        together_px = flights.TOGETHER_PX if is_near else flights.FAR_TOGETHER_PX
        arranged = flights.arrange(
            frame.flights,
            frame.now_us,
            self._lanes,
            self._lengths_px,
            speed=frame.speed,
            is_running=frame.is_running,
            crowd=self.crowd,
            together_px=together_px / min(zoom, 1.0),
            alone=(frame.flights.message == self.followed) | (frame.flights.flight == self.picked),
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

    def crowded(self) -> set[int]:
        """The lanes that are bands."""
        return {band.lane for band in self.arranged.bands}

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
        """Noses, discs."""
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


def packet_name(table: FlightTable, row: int) -> str:
    """What a packet is called: ``DELIVER 46 ×2``."""
    text = f"{PACKETS[table.packet[row]]} {format.number(int(table.number[row]))}"
    copies = int(table.copies[row])
    return f"{text} ×{copies}" if copies > 1 else text
