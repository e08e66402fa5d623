"""How is a plate drawn, and where does each stand so that it covers nothing?

``Plates`` remembers the place that each plate has found, so that plates stand still while their
texts count down.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF

from playground.ui.canvas.free_place import first_free
from playground.ui.canvas.geometry import LinkPath
from playground.ui.canvas.pencil import CENTRE, Pencil, Ruler
from playground.ui.canvas.placement import Placement
from playground.ui.metrics import SLOT_RADIUS_PX
from playground.ui.theme import Theme

EDGE_PX = 14.0  # a plate may reach this far beyond everything else
PACKET_ROOM_PX = 2.0  # between a packet on its lane and a plate
CARD_ROOM_PX = 7.0  # the ring of a selected card has room as well
OUTS_PX = (0.0, 14.0, 28.0, 44.0)
SHARES = (0.5, 0.38, 0.62, 0.28, 0.72)
Size = tuple[float, float]


class Plates:
    """The places of all plates, and what they must keep clear of."""

    def __init__(self) -> None:
        self.plan = Placement()
        self.taken: list[QRectF] = []
        self.words: list[QRectF] = []  # of the taken ones those without a plate
        self.leaders: list[QLineF] = []  # from graves to where their messages died
        self._found: dict[object, int] = {}
        self.kept: dict[object, Any] = {}
        self._fixed: list[QRectF] = []
        self._within = QRectF()
        self.seen = QRectF()  # the part of the scene that a fitted view shows
        self._clear_px = 0.0
        self._points: NDArray[np.float64] = np.empty((0, 2))

    def place(self, plan: Placement, theme: Theme) -> None:
        """Everything has moved: look for free places again."""
        self.plan = plan
        self.forget()
        wide, high = theme.metrics.port_px
        ports = [QRectF(x - wide / 2, y - high / 2, wide, high) for x, y, _, _ in plan.ports]
        room = CARD_ROOM_PX
        cards = [box.adjusted(-room, -room, room, room) for box in plan.boxes.values()]
        self._fixed = [*cards, plan.database, *ports]
        self._clear_px = theme.metrics.packet_px + PACKET_ROOM_PX
        self._within = plan.bounds.adjusted(-EDGE_PX, -EDGE_PX, EDGE_PX, EDGE_PX)
        if self.seen.contains(plan.bounds):
            self._within = self.seen
        lines = [lane for path in plan.paths.values() for lane in (path.request, path.reply)]
        self._points = np.concatenate(lines) if lines else np.empty((0, 2))

    def forget(self) -> None:
        """Other plates than before: all look for their places anew."""
        self._found.clear()
        self.kept.clear()

    def forget_graves(self) -> None:
        """Another grave than before: they look for their places anew."""
        for key in [key for key in self.kept if isinstance(key, tuple) and key[0] == "grave"]:
            del self.kept[key]

    def find(
        self,
        key: object,
        boxes: list[QRectF],
        extra: Sequence[float] = (),
    ) -> int:
        """Which of the boxes a plate takes; the same one as long as nothing moves."""
        if key not in self._found:
            self._found[key] = first_free(
                boxes, self.obstacles, self._points, self._within, self._clear_px, extra
            )
        return self._found[key]

    def free(self, boxes: list[QRectF], extra: Sequence[float] = ()) -> int:
        """The first of the boxes that covers nothing at all, -1 for none."""
        return first_free(
            boxes, self.obstacles, self._points, self._within, self._clear_px, extra, or_none=True
        )

    @property
    def obstacles(self) -> list[QRectF]:
        """Cards, ports, the database, and the plates that stand already."""
        return [*self._fixed, *self.taken]

    def beside(
        self, path: LinkPath, size: Size, gap: float, key: object, side: float
    ) -> QRectF | None:
        """A box beside a link: on one side (1: requests, -1: replies), else on the other.

        None where every place would cover something.
        """
        boxes = [box for out in OUTS_PX for box in boxes_beside(path, size, gap + out, side)]
        if key not in self.kept:
            self.kept[key] = self.free(boxes)
        index = self.kept[key]
        return boxes[index] if index >= 0 else None

    def draw(
        self, pencil: Pencil, box: QRectF, fact: str, rest: str, edge: str, colour: str
    ) -> None:
        """A plate: the fact in bold, then the rest."""
        theme = pencil.theme
        self.taken.append(box)
        pencil.box(box, SLOT_RADIUS_PX, theme.panel, edge, theme.metrics.plate_stroke_px)
        x, y = box.left() + 8, box.center().y()
        x += pencil.text(x, y, fact, "fact", colour) + 6
        if rest:
            pencil.text(x, y, rest, "label", theme.ink)

    def draw_stacked(
        self, pencil: Pencil, box: QRectF, fact: str, rest: str, edge: str, colour: str
    ) -> None:
        """A plate with the rest under the fact, where the room is narrow."""
        self.draw(pencil, box, "", "", edge, colour)
        x, y, half = box.center().x(), box.center().y(), line_px(pencil) / 2
        pencil.text(x, y - half, fact, "fact", colour, CENTRE)
        pencil.text(x, y + half, rest, "label", pencil.theme.ink, CENTRE)


def boxes_beside(path: LinkPath, size: Size, gap: float, side: float) -> list[QRectF]:
    """Where a plate may stand beside a link, the best place first."""
    boxes = []
    for turn in (side, -side):
        for share in SHARES:
            i = round(share * (len(path.middle) - 1))
            (x, y), (nx, ny) = path.middle[i], path.normals[i]
            reach = gap + abs(nx) * size[0] / 2 + abs(ny) * size[1] / 2
            x, y = x + turn * reach * nx, y + turn * reach * ny
            boxes.append(QRectF(x - size[0] / 2, y - size[1] / 2, *size))
    return boxes


def line_px(ruler: Ruler) -> float:
    """From one line on a plate to the next."""
    return ruler.kind("label").size_px + 4.0


def stacked_size(ruler: Ruler, fact: str, rest: str) -> Size:
    """How large a plate of two lines must be."""
    wide = 12 + max(ruler.width(fact, "fact"), ruler.width(rest, "label"))
    return wide, plate_size(ruler, fact, rest)[1] + line_px(ruler) - 3


def plate_size(ruler: Ruler, fact: str, rest: str) -> Size:
    """How large a plate must be for its words."""
    wide = 16 + ruler.width(fact, "fact") + (6 + ruler.width(rest, "label") if rest else 0)
    return wide, ruler.kind("label").size_px + 11.0
