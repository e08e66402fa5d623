"""Which things are on the canvas, and which of them are selected, focused, hovered or followed?

The items of the newest frame and the layers over them, made once; marks are handed to the items,
which paint only what looks different.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QGraphicsScene

from playground.session.frame import ConsumerView, Frame, LinkView
from playground.ui.canvas import follow
from playground.ui.canvas.badge_layer import BadgeLayer
from playground.ui.canvas.fade import Fade
from playground.ui.canvas.flash_layer import FlashLayer
from playground.ui.canvas.layers import Layer, PortLayer, RingLayer
from playground.ui.canvas.link_item import LinkItem
from playground.ui.canvas.name_layer import NameLayer
from playground.ui.canvas.node_item import DatabaseItem, NodeItem
from playground.ui.canvas.packet_layer import PacketLayer
from playground.ui.canvas.placement import DATABASE, LinkKey, Placement
from playground.ui.canvas.plate_layer import PlateLayer
from playground.ui.canvas.sketch_layer import SketchLayer
from playground.ui.canvas.wire_layer import WireLayer
from playground.ui.canvas.words import NodeView
from playground.ui.theme import Theme

if TYPE_CHECKING:
    from playground.ui.canvas.finding import Found

Target = tuple[str, str] | tuple[str, str, str] | tuple[str, int] | None
"""("node", id), ("link", source, target), ("packet", flight) or None."""


class MarkedScene(QGraphicsScene):
    """Items and their marks; where they stand and what they show is the canvas scene's."""

    selection_changed = Signal(object)
    group_changed = Signal(tuple)
    """The nodes that are selected together: none, or two and more."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.theme = theme
        self.frame: Frame | None = None
        self.plan = Placement()
        self.nodes: dict[str, NodeItem] = {}
        self.links: dict[LinkKey, LinkItem] = {}
        self.selected: Target = None
        self.group: tuple[str, ...] = ()
        self.focused: Target = None
        self.hovered: Target = None
        self.zoom = 1.0
        self.fade = Fade(self, self._show_hover)
        self.database = DatabaseItem(theme)
        self.database.setZValue(Layer.NODE)
        self.wires = WireLayer(theme)
        self.rings = RingLayer(theme)
        self.flashes = FlashLayer(theme)
        self.ports = PortLayer(theme)
        self.packets = PacketLayer(theme)
        self.badges = BadgeLayer(theme, self.packets)
        self.plates = PlateLayer(theme)
        self.names = NameLayer(theme, self.packets, self.plates)
        self.sketch = SketchLayer(theme)
        self.layers = (
            self.wires,
            self.rings,
            self.flashes,
            self.packets,
            self.ports,
            self.badges,
            self.plates,
            self.names,
            self.sketch,
        )
        for item in (self.database, *self.layers):
            self.addItem(item)

    # ---------------------------------------------------------------- packets

    def show_flights(self) -> None:
        """Packets where they are now, crowds, and the place of the followed message."""
        if self.frame is not None:
            self.packets.show_flights(self.frame, zoom=self.zoom)
            crowded = self.packets.crowded()
            for index, link in enumerate(self.frame.links):
                item = self.links.get((link.source, link.target))
                if item is not None:
                    item.show_crowds((2 * index in crowded, 2 * index + 1 in crowded))
            resting = follow.at_rest(self.frame, self.plan.boxes, self.theme, self.packets.followed)
            self.badges.show_resting(resting)
            self.badges.update()

    def follow(self, message: int) -> None:
        """Mark a message (its ledger row) wherever it goes; -1: none."""
        self.packets.followed = message
        self.show_flights()

    def followed_at(self) -> QPointF | None:
        """Where the followed message is, its newest packet first; None where it is not seen."""
        flying = follow.in_the_air(self.packets, self.packets.followed)
        return next(iter((*reversed(flying), *self.badges.resting)), None)

    # ---------------------------------------------------------------- marks

    def select(self, target: Target) -> None:
        """Mark one thing, or nothing."""
        if target == self.selected and not self.group:
            return
        self._set_group(())
        self.selected = target
        self.packets.picked = int(target[1]) if target is not None and target[0] == "packet" else 0
        self.show_flights()
        self.show_marks()
        self.selection_changed.emit(target)

    def select_nodes(self, nodes: tuple[str, ...]) -> None:
        """Mark several nodes; one or none are an ordinary selection."""
        if len(nodes) < 2:
            self.select(("node", nodes[0]) if nodes else None)
            return
        self.select(None)
        self._set_group(nodes)
        self.show_marks()

    def _set_group(self, nodes: tuple[str, ...]) -> None:
        if nodes != self.group:
            self.group = nodes
            self.group_changed.emit(nodes)

    def selected_nodes(self) -> tuple[str, ...]:
        """All selected nodes, the database apart."""
        if self.group:
            return self.group
        node = node_in(self.selected)
        return (node,) if node in self.nodes else ()

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
                on_link = link_in(target)
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
            is_hovered = self.hovered == ("node", node)
            if is_hovered != card.touch.is_hovered:
                card.set_touch(card.touch._replace(is_hovered=is_hovered))
                self.fade.aim(node, is_there=is_hovered)
        self.database.set_hovered(self.hovered == ("node", DATABASE))
        node = node_in(self.selected)
        chosen = self.group or ((node,) if node else ())
        self.rings.show_marks(chosen, node_in(self.focused))

    def _show_hover(self, node: str, level: float) -> None:
        """How far the hover of a card has come; at its end the card is plainly hovered or not."""
        if node in self.nodes:
            card = self.nodes[node]
            is_there = level == float(card.touch.is_hovered)
            card.set_touch(card.touch._replace(level=-1.0 if is_there else level))

    def drop_stale_marks(self) -> None:
        """What is gone can be neither selected nor hovered."""
        for name in ("selected", "focused", "hovered"):
            target = getattr(self, name)
            if target is not None and not self.exists(target):
                setattr(self, name, None)
                if name == "selected":
                    self.selection_changed.emit(None)
        if any(node not in self.nodes for node in self.group):
            self.select_nodes(tuple(node for node in self.group if node in self.nodes))
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


def link_in(target: Target) -> LinkKey | None:
    """The link that is meant, if one is."""
    return (str(target[1]), str(target[-1])) if target is not None and target[0] == "link" else None


def node_in(target: Target) -> str:
    """The node that is meant, "" for none."""
    return str(target[1]) if target is not None and target[0] == "node" else ""
