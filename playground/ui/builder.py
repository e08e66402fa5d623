"""What does the window do when a person builds: adds, copies, moves, links, names, deletes?

Each wish becomes one edit with a name. What is meant is what is selected on the canvas.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from playground.engine.commands import AddNode, RemoveLink, RemoveNode
from playground.scenario.edit import edited
from playground.scenario.load import load_text
from playground.scenario.model import Scenario
from playground.scenario.piece import duplicated, piece_of, with_piece
from playground.scenario.problem import ScenarioError
from playground.scenario.rename import name_fault
from playground.scenario.save import to_text
from playground.ui.arranging import EDGES, lined_up
from playground.ui.edit_words import listed
from playground.ui.editing import Editor, Refusal
from playground.ui.panels.new_part import default_parameters, new_name

if TYPE_CHECKING:
    from playground.ui.canvas.building import Building
    from playground.ui.main_window import MainWindow

Places = Mapping[str, tuple[float, float]]
BESIDE_PX = 32.0  # a copy stands this far to the right and below
NUDGE = 1
NOT_IN_THE_FILE = "It belongs to a group that commits in two phases, and goes with it."


class Builder:
    """Changes the document for the person in front of the window."""

    def __init__(self, window: "MainWindow", editor: Editor) -> None:
        self._window = window
        self._editor = editor

    @property
    def _canvas(self) -> "Building":
        return self._window.canvas.building

    @property
    def _selected(self) -> tuple[str, ...]:
        """The selected nodes that are in the document, in its order."""
        chosen = set(self._canvas.selected_nodes())
        return tuple(node for node in self._editor.document.nodes if node in chosen)

    # ------------------------------------------------------------------ adding

    def add_part(self, kind: str) -> None:
        """A new, unlinked node where there is room."""
        self.drop_part(kind, *self._canvas.open_place(kind))

    def drop_part(self, kind: str, x: float, y: float) -> None:
        """A new, unlinked node where it was dropped."""
        document = self._editor.document
        name = new_name(kind, document)
        after = edited(document, AddNode(name, default_parameters(kind)))
        after = replace(after, layout={**after.layout, name: (x, y)})
        if self._editor.do(f"add {name}", after):
            self._window.select(("node", name))

    def duplicate(self) -> None:
        """The selection once more, beside itself and linked to the same queues."""
        nodes = self._selected
        if not nodes:
            return
        shift = (BESIDE_PX, BESIDE_PX)
        places = self._canvas.places()
        after, called = duplicated(self._editor.document, nodes, dict(places), shift)
        if self._editor.do(f"duplicate {listed(nodes)}", after):
            self._canvas.select_nodes(tuple(called.values()))

    # ------------------------------------------------------------------ taking away

    def delete(self) -> None:
        """Remove the selected nodes, or the selected link."""
        selection = self._window.selection
        if self._selected:
            self._remove("delete")
        elif selection is not None and selection[0] == "link":
            ends = (str(selection[1]), str(selection[2]))
            if any((link.source, link.target) == ends for link in self._editor.document.links):
                self._editor.submit(RemoveLink(*ends))
            else:
                self._refuse(f"{ends[1]} stays linked", NOT_IN_THE_FILE)
        elif selection is not None and selection[0] == "node":
            self._refuse(f"{selection[1]} stays", NOT_IN_THE_FILE)

    def _remove(self, verb: str) -> None:
        nodes = self._selected
        wishes = [RemoveNode(node) for node in nodes]
        self._editor.do(f"{verb} {listed(nodes)}", reduce(edited, wishes, self._editor.document))

    # ------------------------------------------------------------------ the clipboard

    def copy(self) -> bool:
        """The selection as the text of a scenario."""
        nodes = self._selected
        if not nodes:
            return False
        piece = piece_of(self._editor.document, nodes, dict(self._canvas.places()))
        QGuiApplication.clipboard().setText(to_text(piece))
        return True

    def cut_out(self) -> None:
        """Copy it, then remove it."""
        if self.copy():
            self._remove("cut")

    def paste(self) -> None:
        """Put in what the clipboard's text describes, under names that are free."""
        try:
            piece = load_text(QGuiApplication.clipboard().text(), "clipboard")
        except ScenarioError as error:
            first = error.problems[0]
            reason = f"Line {first.line}: {first.sentence}"
            self._refuse("The clipboard holds no scenario", reason)
            return
        if not piece.nodes:
            self._refuse("There is nothing to paste", "The scenario on the clipboard is empty.")
            return
        self._put(piece)

    def _put(self, piece: Scenario) -> None:
        document = self._editor.document
        shift = self._shift_of(piece)
        after, called = with_piece(document, piece, shift)
        if self._editor.do(f"paste {listed(tuple(called.values()))}", after):
            self._canvas.select_nodes(tuple(called.values()))

    def _shift_of(self, piece: Scenario) -> tuple[float, float]:
        """Beside what stands there already, so that nothing is covered exactly."""
        taken = set(self._canvas.places().values())
        shift = 0.0
        while any((x + shift, y + shift) in taken for x, y in piece.layout.values()):
            shift += BESIDE_PX
        return shift, shift

    def _refuse(self, title: str, reason: str) -> None:
        self._window.hands.refuse(Refusal(title, reason))

    # ------------------------------------------------------------------ selecting, naming

    def select_all(self) -> None:
        """Every node."""
        self._canvas.select_nodes(tuple(self._editor.document.nodes))

    def begin_rename(self) -> None:
        """A line edit over the selected node's name."""
        if len(self._selected) == 1:
            self._canvas.begin_rename(self._selected[0])

    def fault_of_name(self, node: str, name: str) -> str:
        """Why a node cannot be called this, or nothing."""
        same = name.strip() == node
        return "" if same else name_fault(self._editor.document, name.strip())

    def rename(self, node: str, name: str) -> None:
        """Another name; the selection follows it."""
        if self._editor.rename(node, name):
            self._window.select(("node", name.strip()))

    # ------------------------------------------------------------------ places

    def move(self, places: Places, is_nudge: bool = False) -> None:
        """Cards stand somewhere else; nudges that follow each other are one step."""
        known = self._editor.document.nodes
        moved = {node: place for node, place in places.items() if node in known}
        merge = NUDGE if is_nudge else -1
        self._place(f"move {listed(tuple(moved))}", moved, merge)

    def line_up(self, edge: str) -> None:
        """The selected cards in one column or one row."""
        boxes = self._canvas.desk_boxes()
        chosen = {node: boxes[node] for node in self._selected}
        self._place(f"{EDGES[edge]} {listed(tuple(chosen))}", lined_up(chosen, edge))

    def arrange(self) -> None:
        """Every card in its column."""
        self._canvas.forget_database()
        self._place("arrange everything", self._canvas.automatic_places())

    def _place(self, name: str, places: Places, merge: int = -1) -> None:
        document = self._editor.document
        after = replace(document, layout={**document.layout, **places})
        self._editor.do(name, after, merge=merge)

    def link(self) -> None:
        """Choose what the selected node is to be linked to."""
        if len(self._selected) == 1:
            self._canvas.offer_links(self._selected[0])
