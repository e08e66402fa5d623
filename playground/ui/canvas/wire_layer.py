"""How do consumers reach their database, and dead letters their queue?

A line with an arrow each, dashed where its sender is down.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from playground.ui.canvas import drains
from playground.ui.canvas.layers import Layer, SceneLayer
from playground.ui.canvas.pencil import Detail, Pencil, pen
from playground.ui.canvas.placement import Placement
from playground.ui.theme import Theme

WIRE_PX, STAGE_WIRE_PX = 2.8, 3.5


class WireLayer(SceneLayer):
    """The lines to the database and to dead-letter queues."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Layer.WIRE, theme)
        self.down: frozenset[str] = frozenset()
        self._lines: dict[object, tuple[QPainterPath, QPainterPath, QPainterPath]] = {}

    def show_down(self, down: frozenset[str]) -> None:
        """Which nodes are crashed: their lines are dashed."""
        if down != self.down:
            self.down = down
            self.update()

    def place(self, plan: Placement, theme: Theme, bounds: QRectF) -> None:
        """Everything has moved."""
        super().place(plan, theme, bounds)
        self._lines.clear()

    def draw(self, pencil: Pencil) -> None:
        """A line with an arrow each; all whole ones in one stroke, all dashed ones in another."""
        theme = self.theme
        width = STAGE_WIRE_PX if theme.is_stage else WIRE_PX
        if pencil.detail <= Detail.TILE:
            width = min(width, 1.5 / pencil.zoom)
        key = (width, self.down)
        if key not in self._lines:
            self._lines.clear()
            self._lines[key] = self._traced(5.0 * max(width / WIRE_PX, 0.6))
        whole, dashed, heads = self._lines[key]
        painter = pencil.painter
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for path, dash in ((whole, None), (dashed, (5.0, 3.5))):
            if not path.isEmpty():
                stroke = pen(theme.rail, width, dash)
                stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
                painter.setPen(stroke)
                painter.drawPath(path)
        pencil.path(heads, theme.rail)

    def _traced(self, head: float) -> tuple[QPainterPath, QPainterPath, QPainterPath]:
        whole, dashed, heads = QPainterPath(), QPainterPath(), QPainterPath()
        heads.setFillRule(Qt.FillRule.WindingFill)
        for node, x1, y1, x2, y2 in self.plan.wires:
            start, end = QPointF(x1 + 4, y1), QPointF(x2 - 4, y2)
            stop = QPointF(end.x() - head, end.y())
            path = dashed if node in self.down else whole
            bend = (stop.x() - start.x()) / 2
            path.moveTo(start)
            path.cubicTo(QPointF(start.x() + bend, y1), QPointF(stop.x() - bend, y2), stop)
            back = end.x() - 1.6 * head
            corners = [end, QPointF(back, y2 - head), QPointF(back, y2 + head), end]
            heads.addPolygon(QPolygonF(corners))
        for each in self.plan.drains:
            drains.trace(each, head, dashed if each.source in self.down else whole, heads)
        return whole, dashed, heads
