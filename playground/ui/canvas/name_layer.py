"""What is each packet called, while there is time to read it?

Names stand outside their lane. One that would touch a card, a plate, the leader of a grave, a
packet, another link's lane or another name, or that would leave the view, is left out.
"""

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QRectF

from playground.ui.canvas.geometry import Points, direction
from playground.ui.canvas.layers import Layer, SceneLayer
from playground.ui.canvas.packet_layer import MOST_NAMES, PacketLayer, packet_name
from playground.ui.canvas.pencil import CENTRE, Detail, Pencil
from playground.ui.canvas.plate_layer import PlateLayer
from playground.ui.theme import Theme, faded

NAME_OUT_PX = 20.0
ROOM_PX = 5.0  # from a name to a card or a plate
LEADER_STEPS = 6  # parts of a leader, each with a box of its own around it
BADGE_PX = 7.0  # what the badge of a repeat takes between a packet and its name
SLIDES = (0.0, 0.35, -0.35)  # of its width, along the lane


class NameLayer(SceneLayer):
    """Names of packets; painted after the plates, so that it knows where they stand."""

    def __init__(self, theme: Theme, packets: PacketLayer, plates: PlateLayer) -> None:
        super().__init__(Layer.NAME, theme)
        self._packets, self._plates = packets, plates
        self.boxes: list[tuple[tuple[str, str], QRectF]] = []  # of each name, with its link

    def draw(self, pencil: Pencil) -> None:
        """The newest names first; whatever would touch another is left out."""
        table, arranged = self._packets.table, self._packets.arranged
        self.boxes = []
        if table is None or not self._packets.has_names or pencil.detail < Detail.FULL:
            return
        if len(arranged.row) > MOST_NAMES:
            return
        theme = self.theme
        taken = self._covered()
        discs = self._discs()
        kind = pencil.kind("stage")
        for i in reversed(range(len(arranged.row))):
            text = packet_name(table, int(arranged.row[i]))
            size = pencil.width(text, kind) + 4, kind.size_px + 3.0
            near = [*taken, *discs[:i], *discs[i + 1 :]]
            places = self._places(i, size)
            lanes = self._other_lanes(i)
            free = (box for box in places if self._is_free(box, near, lanes))
            box = next(free, None)
            if box is None:
                continue
            taken.append(box)
            self.boxes.append((self._packets.link_of(int(arranged.lane[i])), box))
            pencil.box(box, 4, faded(theme.canvas, 0.85))
            middle = box.center()
            pencil.text(middle.x(), middle.y(), text, kind, theme.ink2, CENTRE)

    def _is_free(self, box: QRectF, near: list[QRectF], lanes: Points) -> bool:
        """Whether a name can be read there, whole, and can mean no other link's packet."""
        seen = self._plates.seen
        if seen is not None and not seen.contains(box):
            return False
        x, y = lanes.T
        touches = (box.left() < x) & (x < box.right()) & (box.top() < y) & (y < box.bottom())
        return not (touches.any() or any(box.intersects(other) for other in near))

    def _other_lanes(self, i: int) -> Points:
        """The points of the links on which a packet is not."""
        own = self._packets.link_of(int(self._packets.arranged.lane[i]))
        others = [path for key, path in self.plan.paths.items() if key != own]
        lanes = [lane for path in others for lane in (path.request, path.reply)]
        return np.concatenate(lanes) if lanes else np.empty((0, 2))

    def _covered(self) -> list[QRectF]:
        """Where no name may stand: plates, cards, the database, and the badges of packets."""
        arranged, scale = self._packets.arranged, self.theme.metrics.packet_px / 10
        boxes = [*self._plates.taken, *self.plan.boxes.values()]
        if not self.plan.database.isNull():
            boxes.append(self.plan.database)
        boxes = [box.adjusted(-ROOM_PX, -2, ROOM_PX, 2) for box in boxes]
        for leader in self._plates.leaders:
            ends = [leader.pointAt(step / LEADER_STEPS) for step in range(LEADER_STEPS + 1)]
            parts = (QRectF(a, b).normalized() for a, b in pairwise(ends))
            boxes += [part.adjusted(-2, -2, 2, 2) for part in parts]
        table = self._packets.table
        assert table is not None
        for i in np.flatnonzero(table.copies[arranged.row] > 1).tolist():
            x, y = arranged.at[i]
            boxes.append(QRectF(x + 3 * scale, y - 18 * scale, 24 * scale, 15 * scale))
        for i in np.flatnonzero(arranged.hidden).tolist():
            x, y = arranged.at[i]
            boxes.append(QRectF(x + 3 * scale, y + 2 * scale, 27 * scale, 18 * scale))
        return boxes

    def _discs(self) -> list[QRectF]:
        reach = self.theme.metrics.packet_px + 2
        return [
            QRectF(x - reach, y - reach, 2 * reach, 2 * reach)
            for x, y in self._packets.arranged.at.tolist()
        ]

    def _places(self, i: int, size: tuple[float, float]) -> list[QRectF]:
        """Outside the lane: both lanes turn left, so outside is to the left of the travel."""
        arranged, table = self._packets.arranged, self._packets.table
        assert table is not None
        dx, dy = direction(self._packets.lane(int(arranged.lane[i])), float(arranged.fraction[i]))
        wide, high = size
        reach = NAME_OUT_PX + max(0.0, abs(dy) * wide / 2 - 4)
        if table.copies[arranged.row[i]] > 1:
            reach += BADGE_PX
        x, y = arranged.at[i][0] + dy * reach, arranged.at[i][1] - dx * reach
        return [
            QRectF(x - wide / 2 + s * wide * dx, y - high / 2 + s * wide * dy, wide, high)
            for s in SLIDES
        ]
