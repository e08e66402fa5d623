"""Which gesture does a press begin?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from playground.ui.canvas.finding import Found
from playground.ui.canvas.tools.drag_node import DragNodes
from playground.ui.canvas.tools.gesture import Gesture
from playground.ui.canvas.tools.link_nodes import LinkNodes
from playground.ui.canvas.tools.pan import Pan
from playground.ui.canvas.tools.pick import Pick
from playground.ui.canvas.tools.pick_more import PickMore
from playground.ui.canvas.tools.rubber_band import RubberBand

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView

MORE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


def gesture_for(
    view: "CanvasView", found: Found, at: QPointF, modifiers: Qt.KeyboardModifier
) -> Gesture:
    """Ports link, cards are dragged, the rest is clicked, and empty paper takes a rubber band.

    On the projector nothing is built: there empty paper is pushed.
    """
    target, has_more = found.target, bool(modifiers & MORE)
    if target is None and found.spot == "grave":
        return Pick(found, at)
    if target is None and view.canvas.theme.is_stage:
        return Pan(at, deselects=True)
    if target is None:
        return RubberBand(view, at, adds=has_more)
    if target[0] == "node" and has_more:
        return PickMore(str(target[1]), at)
    if found.spot == "port":
        return LinkNodes(view, str(target[1]), at)
    if target[0] == "node" and found.spot in ("", "warning"):
        return DragNodes(view, str(target[1]), at)
    return Pick(found, at)
