"""What does the menu of a thing offer, wherever it is opened?"""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from playground.ui.canvas.building import OF_A_LINK, OF_A_NODE
from playground.ui.canvas.menus import fill
from playground.ui.canvas.verbs import FOLLOW, Verb
from playground.ui.canvas.view import CanvasView
from playground.ui.commands.things import settings_of, verbs_of
from playground.ui.panels.faults import Selection, node_view

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow


def thing_menu(window: "MainWindow", target: Selection, host: QWidget) -> QMenu:
    """Every verb of a thing, what can be set on it, and how it can be edited."""
    menu = QMenu(host)
    menu.setToolTipsVisible(True)
    if target is None:
        return menu
    frame = window.bridge.last
    found = verbs_of(frame, target)
    kind = str(target[0])
    view = node_view(frame, str(target[1])) if kind == "node" else None
    if view is not None:
        found += settings_of(view)
    if kind == "packet" and found:
        found += (Verb(FOLLOW),)
    fill(menu, found, lambda verb: _do(window, verb, target))
    names = {"node": OF_A_NODE, "link": OF_A_LINK}.get(kind, ())
    if names and not window.is_presenting:
        menu.addSeparator()
        for name in names:
            menu.addAction(window.actions_by_id[name])
    return menu


def _do(window: "MainWindow", verb: Verb, target: Selection) -> None:
    if verb.command is not None:
        window.hands.submit(verb.command)
    elif isinstance(window.canvas, CanvasView):
        window.canvas.wishes.choose(verb, target)  # type: ignore[arg-type]
