"""Which gesture does a press begin?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from playground.ui.canvas.finding import Found
from playground.ui.canvas.tools.drag_node import DragNode
from playground.ui.canvas.tools.gesture import Gesture
from playground.ui.canvas.tools.link_nodes import LinkNodes
from playground.ui.canvas.tools.pan import Pan
from playground.ui.canvas.tools.pick import Pick

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView


def gesture_for(view: "CanvasView", found: Found, at: QPointF) -> Gesture:
    """Ports link, cards are dragged, the rest is clicked, and empty paper is pushed."""
    target = found.target
    if target is None:
        return Pick(found, at) if found.spot == "grave" else Pan(at, deselects=True)
    if found.spot == "port":
        return LinkNodes(view, str(target[1]), at)
    if target[0] == "node" and found.spot in ("", "warning"):
        return DragNode(view, str(target[1]), at)
    return Pick(found, at)
