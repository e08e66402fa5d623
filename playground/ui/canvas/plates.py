"""How is a plate drawn, and where does each stand so that it covers nothing?

``Plates`` remembers the place that each plate has found, so that plates stand still while their
texts count down.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from playground.ui.canvas.free_place import first_free
from playground.ui.canvas.geometry import LinkPath
from playground.ui.canvas.pencil import Pencil, Ruler
from playground.ui.canvas.placement import Placement
from playground.ui.metrics import SLOT_RADIUS_PX
from playground.ui.theme import Theme

EDGE_PX = 14.0  # a plate may reach this far beyond everything else
SHARES = (0.5, 0.38, 0.62, 0.28, 0.72)
Size = tuple[float, float]


class Plates:
    """The places of all plates, and what they must keep clear of."""

    def __init__(self) -> None:
        self.plan = Placement()
        self.taken: list[QRectF] = []
        self._found: dict[object, int] = {}
        self._fixed: list[QRectF] = []
        self._within = QRectF()
        self._points: NDArray[np.float64] = np.empty((0, 2))

    def place(self, plan: Placement, theme: Theme) -> None:
        """Everything has moved: look for free places again."""
        self.plan = plan
        self.forget()
        wide, high = theme.metrics.port_px
        ports = [QRectF(x - wide / 2, y - high / 2, wide, high) for x, y, _, _ in plan.ports]
        cards = [box.adjusted(-3, -3, 3, 3) for box in plan.boxes.values()]
        self._fixed = [*cards, plan.database, *ports]
        self._within = plan.bounds.adjusted(-EDGE_PX, -EDGE_PX, EDGE_PX, EDGE_PX)
        lines = [lane for path in plan.paths.values() for lane in (path.request, path.reply)]
        self._points = np.concatenate(lines) if lines else np.empty((0, 2))

    def forget(self) -> None:
        """Other plates than before: all look for their places anew."""
        self._found.clear()

    def find(self, key: object, boxes: list[QRectF], *, keeps_off_lines: bool) -> int:
        """Which of the boxes a plate takes; the same one as long as nothing moves."""
        if key not in self._found:
            points = self._points if keeps_off_lines else None
            self._found[key] = first_free(boxes, [*self._fixed, *self.taken], points, self._within)
        return self._found[key]

    def beside(self, path: LinkPath, size: Size, gap: float, key: object, side: float) -> QRectF:
        """A box beside a link: on one side (1: requests, -1: replies), else on the other."""
        boxes = []
        for turn in (side, -side):
            for share in SHARES:
                i = round(share * (len(path.middle) - 1))
                (x, y), (nx, ny) = path.middle[i], path.normals[i]
                reach = gap + abs(nx) * size[0] / 2 + abs(ny) * size[1] / 2
                x, y = x + turn * reach * nx, y + turn * reach * ny
                boxes.append(QRectF(x - size[0] / 2, y - size[1] / 2, *size))
        return boxes[self.find(key, boxes, keeps_off_lines=True)]

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


def plate_size(ruler: Ruler, fact: str, rest: str) -> Size:
    """How large a plate must be for its words."""
    wide = 16 + ruler.width(fact, "fact") + (6 + ruler.width(rest, "label") if rest else 0)
    return wide, ruler.kind("label").size_px + 11.0
