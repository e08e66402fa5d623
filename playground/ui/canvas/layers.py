"""What lies over and under the cards: rings and ports?

Each layer is one item over the whole scene, so that the order of painting is the same everywhere.
"""

from enum import IntEnum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from playground.ui.canvas.pencil import Detail, Pencil, pen
from playground.ui.canvas.placement import DATABASE, Placement
from playground.ui.metrics import SELECT_GAP_PX
from playground.ui.theme import Theme

PORT_RADIUS_PX = 4.0
HALO_PX = (24.0, 48.0)


class Layer(IntEnum):
    """What covers what, from the bottom up."""

    BAND = 0
    LINK = 1
    WIRE = 2
    NODE = 3
    RING = 4
    FLASH = 5
    PACKET = 6
    PORT = 7
    BADGE = 8
    PLATE = 9
    NAME = 10
    SKETCH = 11


class SceneLayer(QGraphicsItem):
    """An item as large as the scene that paints with a pencil."""

    def __init__(self, layer: Layer, theme: Theme) -> None:
        super().__init__()
        self.setZValue(layer)
        self.theme = theme
        self.plan = Placement()
        self._bounds = QRectF()

    def place(self, plan: Placement, theme: Theme, bounds: QRectF) -> None:
        """Take the new places of everything."""
        self.plan, self.theme = plan, theme
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole scene."""
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Hand a pencil to ``draw``."""
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        self.draw(Pencil(painter, self.theme, zoom))

    def draw(self, pencil: Pencil) -> None:
        """What the layer shows."""
        raise NotImplementedError


class RingLayer(SceneLayer):
    """Which node is selected and which has the keys."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Layer.RING, theme)
        self.selected: tuple[str, ...] = ()
        self.focused = ""

    def show_marks(self, selected: tuple[str, ...], focused: str) -> None:
        """The ids of those selected, and of the one with the keys, "" for none."""
        if (selected, focused) != (self.selected, self.focused):
            self.selected, self.focused = selected, focused
            self.update()

    def box_of(self, node: str) -> QRectF | None:
        """The box of a node or of the database."""
        if node == DATABASE:
            return self.plan.database
        return self.plan.boxes.get(node)

    def draw(self, pencil: Pencil) -> None:
        """A ring in ink 4 px outside; the focus is dashed, and outside of that."""
        theme = self.theme
        scale = 1.0 if pencil.detail > Detail.TILE else 1 / pencil.zoom
        radius = theme.metrics.node_radius_px
        width = theme.metrics.select_stroke_px * scale
        marks: list[tuple[str, tuple[float, float] | None]] = [(n, None) for n in self.selected]
        for node, dash in (*marks, (self.focused, (4 * scale, 3 * scale))):
            box = self.box_of(node)
            if box is None:
                continue
            gap = SELECT_GAP_PX * (2 if dash and node in self.selected else 1)
            ring = box.adjusted(-gap, -gap, gap, gap)
            pencil.box(ring, radius + gap, None, theme.ink, 2 * scale if dash else width, dash)


class PortLayer(SceneLayer):
    """The capsules under which packets leave and arrive."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Layer.PORT, theme)
        self.hovered: tuple[float, float] | None = None
        self.targets: dict[str, bool] | None = None  # while linking: may this node take the link?
        self._rubber: tuple[QPointF, QPointF] | None = None

    def show_hover(self, at: tuple[float, float] | None) -> None:
        """Which port is under the pointer."""
        if at != self.hovered:
            self.hovered = at
            self.update()

    def show_rubber(self, line: tuple[QPointF, QPointF] | None) -> None:
        """The link that is being drawn."""
        self._rubber = line
        self.update()

    def draw(self, pencil: Pencil) -> None:
        """All ports."""
        theme = self.theme
        if self._rubber is not None:
            (start, end), width = self._rubber, theme.metrics.rail_px
            pencil.line(start.x(), start.y(), end.x(), end.y(), theme.ink, width)
        if pencil.detail <= Detail.TILE:
            return
        wide, high = theme.metrics.port_px
        for x, y, guarantee, node in self.plan.ports:
            box = QRectF(x - wide / 2, y - high / 2, wide, high)
            if (x, y) in self.plan.level:
                box = QRectF(x - high / 2, y - wide / 2, high, wide)
            edge = theme.guarantee(guarantee).fill if guarantee else theme.edge
            fill = theme.node
            if self.targets is not None:
                self._target(pencil, box, self.targets.get(node, False))
                continue
            if self.hovered == (x, y):
                fill = edge = theme.ink
            pencil.box(box, PORT_RADIUS_PX, fill, edge, 2 if theme.is_stage else 1.5)

    def _target(self, pencil: Pencil, box: QRectF, is_possible: bool) -> None:
        theme = self.theme
        if not is_possible:
            pencil.box(box, PORT_RADIUS_PX, theme.node, theme.hair, 1.5)
            return
        wide, high = HALO_PX
        centre = box.center()
        halo = QRectF(centre.x() - wide / 2, centre.y() - high / 2, wide, high)
        once = theme.status("once")
        ground = pen(once.fill, 1).color()
        ground.setAlphaF(0.2)
        pencil.box(halo, wide / 2, ground, once.edge, 1.5)
        pencil.box(box, PORT_RADIUS_PX, theme.node, once.edge, 1.5)
