"""What is each packet called, while there is time to read it?

Names stand outside their lane. One that would touch a card, a plate, a packet or another name is
left out.
"""

from PySide6.QtCore import QRectF

from playground.ui.canvas.geometry import direction
from playground.ui.canvas.layers import Layer, SceneLayer
from playground.ui.canvas.packet_layer import MOST_NAMES, PacketLayer, packet_name
from playground.ui.canvas.pencil import CENTRE, Detail, Pencil
from playground.ui.canvas.plate_layer import PlateLayer
from playground.ui.theme import Theme, faded

NAME_OUT_PX = 20.0


class NameLayer(SceneLayer):
    """Names of packets; painted after the plates, so that it knows where they stand."""

    def __init__(self, theme: Theme, packets: PacketLayer, plates: PlateLayer) -> None:
        super().__init__(Layer.NAME, theme)
        self._packets, self._plates = packets, plates

    def draw(self, pencil: Pencil) -> None:
        """The newest names first; whatever would touch another is left out."""
        table, arranged = self._packets.table, self._packets.arranged
        if table is None or not self._packets.has_names or pencil.detail < Detail.FULL:
            return
        if len(arranged.row) > MOST_NAMES:
            return
        theme = self.theme
        radius = theme.metrics.packet_px + 2
        taken = [*self._plates.taken, *self.plan.boxes.values()]
        if not self.plan.database.isNull():
            taken.append(self.plan.database)
        discs = [QRectF(x - radius, y - radius, 2 * radius, 2 * radius) for x, y in arranged.at]
        kind = pencil.kind("stage")
        for i in reversed(range(len(arranged.row))):
            row = int(arranged.row[i])
            text = packet_name(table, row)
            line = self._packets.lane(int(arranged.lane[i]))
            dx, dy = direction(line, float(arranged.fraction[i]))
            wide, high = pencil.width(text, kind) + 4, kind.size_px + 3.0
            # Both lanes turn left: outside is to the left of the travel.
            reach = NAME_OUT_PX + max(0.0, abs(dy) * wide / 2 - 4)
            if table.copies[row] > 1:
                reach += 3
            x, y = arranged.at[i][0] + dy * reach, arranged.at[i][1] - dx * reach
            box = QRectF(x - wide / 2, y - high / 2, wide, high)
            near = discs[:i] + discs[i + 1 :]
            if any(box.intersects(other) for other in (*taken, *near)):
                continue
            taken.append(box)
            pencil.box(box, 4, faded(theme.canvas, 0.85))
            pencil.text(x, y, text, kind, theme.ink2, CENTRE)
