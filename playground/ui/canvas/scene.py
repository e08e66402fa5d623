"""What is on the canvas at this moment?

The scene takes one frame after another, places what is new, and lets every item compare: only what
looks different is painted. It holds no truth but where the nodes stand and what is selected.
"""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem

from playground.session.frame import Frame, QueueView
from playground.ui.canvas import follow, paper, placement
from playground.ui.canvas.drains import drains
from playground.ui.canvas.flights import CALM_CROWD, CROWD
from playground.ui.canvas.layers import Layer
from playground.ui.canvas.link_item import LinkItem
from playground.ui.canvas.marked_scene import MarkedScene, Target, link_in
from playground.ui.canvas.node_item import NodeItem
from playground.ui.canvas.pencil import detail_at
from playground.ui.canvas.placement import Placement
from playground.ui.canvas.positions import Positions
from playground.ui.canvas.rising import RisingCounts
from playground.ui.canvas.sameness import is_akin, shape, with_ordered_lanes
from playground.ui.theme import Theme

__all__ = ["CanvasScene", "Target"]

MARGIN_PX = 400.0
MANY_CARDS = 12
MOST_REPAINTS, MOST_REPAINTS_OF_MANY = 8, 4  # cards in sight in one frame of a run
FAINT = 0.4  # what can take no part in the link that is being drawn
MOST_CACHED_LINKS = 60  # a link kept as pixels takes the room of its box


class CanvasScene(MarkedScene):
    """Frames in; every thing in its place."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._shape: tuple[object, ...] = ()
        self._turn = 0  # the node that is painted first, where not all can be
        self.positions = Positions()
        self.rising = RisingCounts()

    # ---------------------------------------------------------------- frames

    def show_frame(self, frame: Frame) -> None:
        """Draw this moment."""
        frame = with_ordered_lanes(frame, self.plan.boxes)
        before, self.frame = self.frame, frame
        if before is not None and not is_akin(before, frame):
            self.positions.forget()
            self.packets.followed = follow.NOBODY
        was, self._shape = self._shape, shape(frame, self.theme)
        is_new = before is None or was != self._shape
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
        self.show_flights()
        self.flashes.show_frame(frame)
        self.plates.show_frame(frame, link_in(self.hovered))

    def _show_nodes(self, frame: Frame) -> None:
        """Hand every card its view; of many that change at once some are painted a frame later."""
        links = {link.target: link for link in frame.links}
        detail = detail_at(self.zoom, self.theme)
        seen = self._seen()
        count = len(frame.nodes)
        left = count
        if frame.is_running:
            left = MOST_REPAINTS if count <= MANY_CARDS else MOST_REPAINTS_OF_MANY
        after = 0
        for step in range(count):
            index = (self._turn + step) % count
            view = frame.nodes[index]
            item, link = self.nodes[view.id], links.get(view.id)
            # What is out of sight costs nothing to paint.
            is_seen = seen is None or seen.intersects(self.plan.boxes.get(view.id, seen))
            may_paint = left > 0 or not is_seen
            if isinstance(view, QueueView) and view.dead_from:
                item.set_beat(self.rising.pulse(view.id, view.held, frame))
            if item.show_view(view, frame.now_us, link, detail, may_paint=may_paint) and is_seen:
                left -= 1
                after = index + 1
        self._turn = after if left <= 0 else 0

    def _seen(self) -> QRectF | None:
        """The part of the scene that the first view shows."""
        views = self.views()
        if not views:
            return None
        return views[0].mapToScene(views[0].viewport().rect()).boundingRect()

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
        self.drop_stale_marks()

    def set_calm(self, is_calm: bool) -> None:
        """Whether motion is reduced: fewer single packets, no rings that grow, no journeys."""
        self.flashes.is_calm = self.plates.is_calm = self.fade.is_calm = is_calm
        self.rising.is_calm = is_calm
        self.packets.crowd = CALM_CROWD if is_calm else CROWD
        if self.frame is not None:
            self.show_frame(self.frame)

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
            self._shape = shape(self.frame, theme)  # the next frame need not do it again
        self.update()

    def place_all(self) -> None:
        """Boxes, ports, lines and the database, from the positions."""
        frame = self.frame
        if frame is None:
            return
        positions = self.positions.all_for(frame, self.theme)
        self.plan = Placement(boxes=placement.boxes_of(frame, positions, self.theme))
        given = self.positions.database(self.theme)
        placement.place_database(self.plan, frame, self.theme, given)
        self.plan.drains = drains(frame, self.plan.boxes)
        placement.place_links(self.plan, frame, self.theme)
        for view in frame.nodes:
            item = self.nodes[view.id]
            item.setVisible(view.id in self.plan.boxes)
            item.place(self.plan.boxes.get(view.id, QRectF()), self.theme)
        self._place_links(frame)
        self._show_places()
        self.packets.trace(self.plan, tuple((link.source, link.target) for link in frame.links))
        self.show_flights()

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

    def _show_places(self) -> None:
        """The cylinder, and all that lies over the whole scene."""
        self.plan.measure()
        self.database.place(self.plan, self.theme)
        bounds = self.plan.bounds.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX)
        for layer in self.layers:
            layer.place(self.plan, self.theme, bounds)
        if bounds != self.sceneRect():
            self.setSceneRect(bounds)

    def move_live(self, places: Mapping[str, tuple[float, float]]) -> None:
        """A drag under way: the nodes and their links follow the pointer."""
        for node, place in places.items():
            self.positions.move(node, *place)
        if self.frame is not None:
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
        beside = (self.database, self.wires, self.packets, self.badges, self.plates)
        for other in (*beside, *self.links.values()):
            other.setOpacity(1.0 if targets is None else FAINT)

    def show_rubber(self, start: QPointF | None, end: QPointF | None) -> None:
        """The line to the pointer."""
        self.ports.show_rubber(None if start is None or end is None else (start, end))

    # ---------------------------------------------------------------- looking

    def set_zoom(self, zoom: float) -> None:
        """How near one looks; packets that touch on the screen are gathered."""
        self.zoom = zoom
        if self.frame is not None:
            self._show_nodes(self.frame)
        self.show_flights()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paper."""
        paper.draw(painter, QRectF(rect), self.theme, self.zoom)
