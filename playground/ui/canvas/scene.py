"""What is on the canvas at this moment?

The scene takes one frame after another, places what is new, and lets every item compare: only what
looks different is painted. It holds no truth but where the nodes stand and what is selected.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from playground.session.frame import ConsumerView, Frame, LinkView
from playground.ui.canvas import paper, placement
from playground.ui.canvas.layers import Layer, PortLayer, RingLayer, WireLayer
from playground.ui.canvas.link_item import LinkItem
from playground.ui.canvas.name_layer import NameLayer
from playground.ui.canvas.node_item import DatabaseItem, NodeItem
from playground.ui.canvas.packet_layer import BadgeLayer, PacketLayer
from playground.ui.canvas.pencil import detail_at
from playground.ui.canvas.placement import DATABASE, LinkKey, Placement
from playground.ui.canvas.plate_layer import PlateLayer
from playground.ui.canvas.positions import Positions
from playground.ui.canvas.sameness import is_akin, shape, with_ordered_lanes
from playground.ui.canvas.words import NodeView
from playground.ui.theme import Theme

if TYPE_CHECKING:
    from playground.ui.canvas.finding import Found

MARGIN_PX = 400.0
MOST_CACHED_LINKS = 60  # a link kept as pixels takes the room of its box
Target = tuple[str, str] | tuple[str, str, str] | tuple[str, int] | None
"""("node", id), ("link", source, target), ("packet", flight) or None."""


class CanvasScene(QGraphicsScene):
    """Items for the nodes and links of the newest frame, and the layers over them."""

    selection_changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.theme = theme
        self.frame: Frame | None = None
        self.plan = Placement()
        self.nodes: dict[str, NodeItem] = {}
        self.links: dict[LinkKey, LinkItem] = {}
        self.positions = Positions()
        self.selected: Target = None
        self.focused: Target = None
        self.hovered: Target = None
        self.zoom = 1.0
        self.database = DatabaseItem(theme)
        self.database.setZValue(Layer.NODE)
        self.wires = WireLayer(theme)
        self.rings = RingLayer(theme)
        self.ports = PortLayer(theme)
        self.packets = PacketLayer(theme)
        self.badges = BadgeLayer(theme, self.packets)
        self.plates = PlateLayer(theme)
        self.names = NameLayer(theme, self.packets, self.plates)
        self.layers = (
            self.wires,
            self.rings,
            self.packets,
            self.ports,
            self.badges,
            self.plates,
            self.names,
        )
        for item in (self.database, *self.layers):
            self.addItem(item)

    # ---------------------------------------------------------------- frames

    def show_frame(self, frame: Frame) -> None:
        """Draw this moment."""
        frame = with_ordered_lanes(frame, self.plan.boxes)
        before, self.frame = self.frame, frame
        if before is not None and not is_akin(before, frame):
            self.positions.forget()
        is_new = before is None or shape(before, self.theme) != shape(frame, self.theme)
        if is_new:
            self._rebuild(frame)
        self._show_nodes(frame)
        for link in frame.links:
            if (link.source, link.target) in self.links:
                self.links[link.source, link.target].show_view(link)
        if not is_new and before is not None and before.groups != frame.groups:
            placement.take_rows(self.plan, frame)
            self.database.place(self.plan, self.theme)
        self.wires.show_down(frozenset(view.id for view in frame.nodes if not view.is_up))
        self._show_flights()
        hovered = self.hovered
        on_link = _link_in(hovered)
        self.plates.show_frame(frame, on_link)

    def _show_nodes(self, frame: Frame) -> None:
        links = {link.target: link for link in frame.links}
        detail = detail_at(self.zoom)
        for view in frame.nodes:
            self.nodes[view.id].show_view(view, frame.now_us, links.get(view.id), detail)

    def _show_flights(self) -> None:
        if self.frame is not None:
            self.packets.show_flights(self.frame, zoom=self.zoom)
            self.badges.update()

    def _rebuild(self, frame: Frame) -> None:
        """Nodes or links came or went, or a card changed its size."""
        views = {view.id: view for view in frame.nodes}
        for gone in self.nodes.keys() - views.keys():
            self.removeItem(self.nodes.pop(gone))
        for view in frame.nodes:
            if view.id not in self.nodes:
                item = self.nodes[view.id] = NodeItem(view, self.theme)
                item.setZValue(Layer.NODE)
                self.addItem(item)
        keys = {(link.source, link.target) for link in frame.links}
        for lost in self.links.keys() - keys:
            self.removeItem(self.links.pop(lost))
        self.place_all()
        ordered = with_ordered_lanes(frame, self.plan.boxes)
        if ordered.nodes != frame.nodes:
            self.frame = ordered
            self.place_all()
        self._drop_stale_marks()

    def _drop_stale_marks(self) -> None:
        """What is gone can be neither selected nor hovered."""
        for name in ("selected", "focused", "hovered"):
            target = getattr(self, name)
            if target is not None and not self.exists(target):
                setattr(self, name, None)
                if name == "selected":
                    self.selection_changed.emit(None)
        self.show_marks()

    def exists(self, target: Target) -> bool:
        """Whether a node or link is on the canvas; packets come and go by themselves."""
        if target is None:
            return False
        if target[0] == "node":
            return target[1] in self.nodes or target[1] == DATABASE
        if target[0] == "link":
            return target[1:] in self.links
        return True

    # ---------------------------------------------------------------- places

    def set_layout(self, positions: Mapping[str, tuple[float, float]]) -> None:
        """The document's places of the nodes; missing ones are found."""
        self.positions.take(positions, self.theme)
        self.place_all()

    def set_theme(self, theme: Theme) -> None:
        """Dress everything anew."""
        self.theme = theme
        self.positions.let_go()
        if self.frame is not None:
            self._rebuild(self.frame)
        self.update()

    def place_all(self) -> None:
        """Boxes, ports, lines and the database, from the positions."""
        frame = self.frame
        if frame is None:
            return
        positions = self.positions.all_for(frame, self.theme)
        self.plan = Placement(boxes=placement.boxes_of(frame, positions, self.theme))
        placement.place_links(self.plan, frame, self.theme)
        for view in frame.nodes:
            self.nodes[view.id].place(self.plan.boxes[view.id], self.theme)
        self._place_links(frame)
        self._place_database()
        self.packets.trace(self.plan, tuple((link.source, link.target) for link in frame.links))
        self._show_flights()

    def _place_links(self, frame: Frame) -> None:
        for link in frame.links:
            key = (link.source, link.target)
            path = self.plan.paths.get(key)
            if path is None:
                continue
            if key in self.links:
                self.links[key].place(path, self.theme)
            else:
                item = self.links[key] = LinkItem(link, path, self.theme)
                item.setZValue(Layer.LINK)
                if len(frame.links) <= MOST_CACHED_LINKS:
                    item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
                self.addItem(item)

    def _place_database(self) -> None:
        assert self.frame is not None
        given = self.positions.database(self.theme)
        placement.place_database(self.plan, self.frame, self.theme, given)
        self.plan.measure()
        self.database.place(self.plan, self.theme)
        bounds = self.plan.bounds.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX)
        for layer in self.layers:
            layer.place(self.plan, self.theme, bounds)
        if bounds != self.sceneRect():
            self.setSceneRect(bounds)

    def move_live(self, node: str, x: float, y: float) -> None:
        """A drag under way: the node and its links follow the pointer."""
        self.positions.move(node, x, y)
        if self.frame is not None:
            if node == DATABASE:
                self._place_database()
                return
            self.place_all()
            self.show_frame(self.frame)

    def settle(self, node: str, before: tuple[float, float]) -> tuple[float, float] | None:
        """The end of a drag that began at ``before``: where the document should put the node."""
        return self.positions.settle(node, before, self.theme)

    # ---------------------------------------------------------------- linking

    def show_targets(self, targets: Mapping[str, bool] | None, source: str) -> None:
        """While a link is drawn: which nodes can take it; all others step back."""
        self.ports.targets = None if targets is None else dict(targets)
        self.ports.update()
        for node, item in self.nodes.items():
            is_faint = targets is not None and node != source and not targets.get(node, False)
            item.set_touch(item.touch._replace(is_faint=is_faint))

    def show_rubber(self, start: QPointF | None, end: QPointF | None) -> None:
        """The line to the pointer."""
        self.ports.show_rubber(None if start is None or end is None else (start, end))

    # ---------------------------------------------------------------- marks

    def select(self, target: Target) -> None:
        """Mark one thing, or nothing."""
        if target == self.selected:
            return
        self.selected = target
        self.badges.picked = int(target[1]) if target is not None and target[0] == "packet" else 0
        self.badges.update()
        self.show_marks()
        self.selection_changed.emit(target)

    def focus(self, target: Target) -> None:
        """Where the keys are."""
        self.focused = target
        self.show_marks()

    def hover(self, target: Target) -> None:
        """What is under the pointer."""
        if target != self.hovered:
            self.hovered = target
            self.show_marks()
            if self.frame is not None:
                on_link = _link_in(target)
                self.plates.show_frame(self.frame, on_link)

    def touch(self, found: "Found") -> None:
        """Which gate, which button or which port is under the pointer."""
        node = found.target[1] if found.target is not None and found.target[0] == "node" else ""
        for each, item in self.nodes.items():
            is_here = each == node
            gate = found.gate if is_here and found.spot == "gate" else -1
            spot = found.spot if is_here and found.spot in ("pill", "shield") else ""
            item.set_touch(item.touch._replace(gate=gate, spot=spot))
        self.ports.show_hover(found.port)

    def set_zoom(self, zoom: float) -> None:
        """How near one looks; packets that touch on the screen are gathered."""
        self.zoom = zoom
        if self.frame is not None:
            self._show_nodes(self.frame)
        self._show_flights()

    def show_marks(self) -> None:
        """Hand selection, focus and hover to the items."""
        for key, item in self.links.items():
            target = ("link", *key)
            is_hovered = self.hovered == target
            item.mark(
                hovered=is_hovered,
                selected=self.selected == target,
                focused=self.focused == target,
            )
            item.setZValue(Layer.BAND if is_hovered else Layer.LINK)
        for node, card in self.nodes.items():
            card.set_touch(card.touch._replace(is_hovered=self.hovered == ("node", node)))
        self.database.set_hovered(self.hovered == ("node", DATABASE))
        self.rings.show_marks(_node_in(self.selected), _node_in(self.focused))

    # ---------------------------------------------------------------- finding

    def view_of(self, node: str) -> NodeView | None:
        """The newest view of a node."""
        return self.nodes[node].view if node in self.nodes else None

    def link_of(self, key: LinkKey) -> LinkView | None:
        """The newest view of a link."""
        return self.links[key].view if key in self.links else None

    def consumer(self, node: str) -> ConsumerView | None:
        """The newest view of a consumer."""
        view = self.view_of(node)
        return view if isinstance(view, ConsumerView) else None

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paper."""
        paper.draw(painter, QRectF(rect), self.theme, self.zoom)


def _link_in(target: Target) -> LinkKey | None:
    return (str(target[1]), str(target[-1])) if target is not None and target[0] == "link" else None


def _node_in(target: Target) -> str:
    return str(target[1]) if target is not None and target[0] == "node" else ""
