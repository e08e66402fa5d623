"""How do hundreds of small badges get onto the canvas without being drawn anew?

A badge is painted once for its words, its size and its theme, kept as pixels, and stamped wherever
it is needed, on whole pixels of the screen.
"""

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from playground.ui.canvas.pencil import Pencil

MOST_STAMPS = 400
EDGE_PX = 2.0

Draw = Callable[[Pencil, float, float], None]
"""Paints a badge centred on a point."""


class Stamps:
    """The kept pixels."""

    def __init__(self) -> None:
        self._kept: dict[object, QPixmap] = {}

    def put(
        self, pencil: Pencil, x: float, y: float, size: tuple[float, float], key: str, draw: Draw
    ) -> None:
        """Stamp the badge called ``key``; ``draw`` paints it if it is new."""
        ratio = pencil.painter.device().devicePixelRatioF()
        scale = pencil.zoom * ratio
        full = (key, pencil.theme.name, round(pencil.zoom, 4), ratio)
        pixmap = self._kept.get(full)
        if pixmap is None:
            if len(self._kept) >= MOST_STAMPS:
                self._kept.clear()
            pixmap = self._kept[full] = self._painted(pencil, size, scale, draw)
        wide, high = pixmap.width() / scale, pixmap.height() / scale
        seen = pencil.painter.worldTransform()
        shift_x, shift_y = seen.dx() * ratio, seen.dy() * ratio
        left = (round((x - wide / 2) * scale + shift_x) - shift_x) / scale
        top = (round((y - high / 2) * scale + shift_y) - shift_y) / scale
        pencil.painter.drawPixmap(QRectF(left, top, wide, high), pixmap, QRectF(pixmap.rect()))

    def _painted(
        self, pencil: Pencil, size: tuple[float, float], scale: float, draw: Draw
    ) -> QPixmap:
        wide, high = (math.ceil((side + 2 * EDGE_PX) * scale) for side in size)
        result = QPixmap(wide, high)
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        painter.scale(scale, scale)
        centre = QPointF(wide / scale / 2, high / scale / 2)
        draw(Pencil(painter, pencil.theme, pencil.zoom), centre.x(), centre.y())
        painter.end()
        return result
