"""What does the canvas offer to a person who builds?

Where things stand, what is selected, a field for a new name, the parts that can be added and the
nodes that can be linked. What is wished for leaves as a signal of the view.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from playground.ui import icons
from playground.ui.canvas import layout, placement
from playground.ui.canvas.finding import find, node_at
from playground.ui.canvas.menus import fill
from playground.ui.canvas.name_field import NameField
from playground.ui.canvas.open_place import open_place
from playground.ui.canvas.scene import Target
from playground.ui.canvas.tools.link_nodes import link_between, possible_targets
from playground.ui.theme import LIGHT

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView

Place = tuple[float, float]
Box = tuple[float, float, float, float]
PARTS: tuple[tuple[str, str], ...] = (
    ("producer", "Producer"),
    ("queue", "Queue"),
    ("consumer", "Consumer"),
    ("coordinator", "Coordinator"),
)
OF_A_NODE = ("rename", "link", "double", "copy", "cut-out", "delete")
OF_A_LINK = ("delete",)
OF_THE_PAPER = ("paste", "select-all", "arrange", "fit")
"""Which of the window's actions stand in a context menu."""


class Building:
    """The builder's side of one view."""

    def __init__(self, view: "CanvasView") -> None:
        self._view = view
        self.actions: Mapping[str, QAction] = {}
        self.fault_of_name: Callable[[str, str], str] = lambda node, name: ""
        self.field: NameField | None = None

    # ---------------------------------------------------------------- what is there

    def selected_nodes(self) -> tuple[str, ...]:
        """All selected nodes."""
        return self._view.canvas.selected_nodes()

    def select_nodes(self, nodes: tuple[str, ...]) -> None:
        """Select these, as far as they are there."""
        there = tuple(node for node in nodes if node in self._view.canvas.nodes)
        self._view.canvas.select_nodes(there)

    def places(self) -> dict[str, Place]:
        """Where every node stands on the desktop, placed by the document or not."""
        return {node: (x, y) for node, (x, y, _, _) in self.desk_boxes().items()}

    def desk_boxes(self) -> dict[str, Box]:
        """Every node's box on the desktop."""
        scene = self._view.canvas
        if scene.frame is None:
            return {}
        places = scene.positions.on_the_desk(scene.frame)
        sizes = {view.id: placement.size_of(view, LIGHT) for view in scene.frame.nodes}
        return {node: (*place, *sizes[node]) for node, place in places.items() if node in sizes}

    def automatic_places(self) -> dict[str, Place]:
        """A place in its column for every node."""
        frame = self._view.canvas.frame
        if frame is None:
            return {}
        sizes = {view.id: placement.size_of(view, LIGHT) for view in frame.nodes}
        return layout.automatic(frame, sizes)

    def forget_database(self) -> None:
        """The database goes back beside its consumers."""
        self._view.canvas.positions.forget_database()

    # ---------------------------------------------------------------- adding

    def open_place(self, kind: str) -> Place:
        """Where a new part stands when nobody points: near the middle of what is seen."""
        plan = self._view.canvas.plan
        glass = self._view.viewport().rect()
        seen = self._view.mapToScene(glass).boundingRect()
        cards = [box for box in (*plan.boxes.values(), plan.database) if not box.isEmpty()]
        lanes = [lane for path in plan.paths.values() for lane in (path.request, path.reply)]
        points = np.concatenate(lanes) if lanes else None
        return open_place(kind, placement.first_size(kind, LIGHT), seen, cards, points)

    def drop(self, kind: str, at: QPointF) -> None:
        """A new part, its middle at a point of the scene."""
        width, height = placement.first_size(kind, LIGHT)
        place = layout.snapped(at.x() - width / 2, at.y() - height / 2)
        self._view.part_dropped.emit(kind, *place)

    def begin_at(self, at: QPointF, on_screen: QPoint) -> bool:
        """A double-click: rename on a name, choose a part on empty paper; False elsewhere."""
        scene = self._view.canvas
        if scene.theme.is_stage:
            return False
        found = find(scene, at)
        if found.target is None and not found.spot:
            self._popup(self.part_menu(at), on_screen)
            return True
        node = node_at(scene, at)
        if found.target == ("node", node) and not found.spot and node in scene.nodes:
            head = scene.theme.metrics.header_middle_px * 2
            if at.y() - scene.plan.boxes[node].top() <= head:
                self.begin_rename(node)
                return True
        return False

    def part_menu(self, at: QPointF) -> QMenu:
        """The kinds of node that can be added at a point of the scene."""
        menu = QMenu(self._view)
        self._add_parts(menu, at)
        return menu

    def _add_parts(self, menu: QMenu, at: QPointF) -> None:
        ink = self._view.canvas.theme.ink2
        for kind, text in PARTS:
            action = menu.addAction(icons.icon(kind, ink, 18), text)
            action.setToolTip(f"Add a {kind} here")
            action.triggered.connect(lambda _=False, kind=kind: self.drop(kind, at))

    # ---------------------------------------------------------------- naming and linking

    def begin_rename(self, node: str) -> None:
        """A line edit over the name."""
        self._view.hovering.close()
        self._view.camera.show(("node", node))
        field = NameField(self._view, node, self.name_box(node), self.fault_of_name)
        field.named.connect(self._view.rename_requested)
        self.field = field
        field.begin()

    def name_box(self, node: str) -> QRectF:
        """Where a card's name stands, in pixels of the viewport."""
        scene = self._view.canvas
        box, metrics = scene.plan.boxes[node], scene.theme.metrics
        left = box.left() + metrics.name_left_px
        name = QRectF(left, box.top(), box.right() - left, 2 * metrics.header_middle_px)
        return self._view.viewportTransform().mapRect(name)

    def offer_links(self, node: str) -> None:
        """A menu of the nodes that this one can be linked to."""
        scene = self._view.canvas
        if scene.frame is None or node not in scene.nodes:
            return
        corner = self.name_box(node).bottomLeft().toPoint()
        self._popup(self.link_menu(node), self._view.viewport().mapToGlobal(corner))

    def link_menu(self, node: str) -> QMenu:
        """One line for each sensible target; a word where there is none."""
        view = self._view
        assert view.canvas.frame is not None
        menu = QMenu(view)
        possible = possible_targets(view.canvas.frame, node)
        for other in (each for each, is_possible in possible.items() if is_possible):
            wish = link_between(view, node, other)
            action = menu.addAction(other.replace("&", "&&"))
            action.triggered.connect(lambda _=False, wish=wish: view.command_requested.emit(wish))
        if menu.isEmpty():
            menu.addAction(f"Nothing here can be linked to {node}").setEnabled(False)
        return menu

    # ---------------------------------------------------------------- menus

    def open_menu(self, target: Target, at: QPoint) -> None:
        """The verbs of a thing and what can be done with it; on the paper what can be added."""
        view = self._view
        view.hovering.close()
        if target is not None and target[0] != "packet" and not self._is_in_group(target):
            view.select(target)
        self._popup(self.menu_of(target, view.mapToScene(view.viewport().mapFromGlobal(at))), at)

    def menu_of(self, target: Target, at: QPointF) -> QMenu:
        """What a right click on this offers."""
        view = self._view
        menu = QMenu(view)
        menu.setToolTipsVisible(True)
        if not self._is_in_group(target):
            fill(menu, view.verbs_of(target), lambda verb: view.wishes.choose(verb, target))
        kind = "" if target is None else str(target[0])
        names = {"node": OF_A_NODE, "link": OF_A_LINK, "": OF_THE_PAPER}.get(kind, ())
        if target is None and not view.canvas.theme.is_stage:
            self._add_parts(menu, at)
        if (
            target is None
            or (kind == "node" and str(target[1]) in view.canvas.nodes)
            or (kind == "link")
        ):
            menu.addSeparator()
            for name in names:
                if name in self.actions:
                    menu.addAction(self.actions[name])
        return menu

    def _is_in_group(self, target: Target) -> bool:
        return target is not None and target[0] == "node" and target[1] in self._view.canvas.group

    def _popup(self, menu: QMenu, at: QPoint) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        if not menu.isEmpty():
            menu.popup(at)
