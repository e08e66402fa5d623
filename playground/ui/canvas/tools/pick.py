"""What does a click on a packet, on a link, on a gate or on a button of a card do?

It picks the packet, selects the link, arms or disarms the crash, opens the choices.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from playground.engine.commands import ArmCrash, Disarm
from playground.ui.canvas import consumer_boxes
from playground.ui.canvas.finding import Found
from playground.ui.canvas.tools.gesture import STARTS_AFTER_PX

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView


class Pick:
    """A click on something that is not dragged."""

    def __init__(self, found: Found, at: QPointF) -> None:
        self._found, self._press = found, at

    def move(self, view: "CanvasView", at: QPointF) -> None:
        """A click stays where it is."""

    def end(self, view: "CanvasView", at: QPointF) -> None:
        """Do what the thing under the press is for."""
        if (at - self._press).manhattanLength() > 3 * STARTS_AFTER_PX:
            return
        found = self._found
        if found.spot == "gate":
            toggle_gate(view, found)
        elif found.spot == "pill":
            view.wishes.open_guarantees(str(found.target[1]))  # type: ignore[index]
        elif found.spot == "shield":
            view.wishes.open_idempotencies(str(found.target[1]))  # type: ignore[index]
        elif found.spot == "grave":
            view.wishes.tell_of_grave(found.place)
        else:
            view.select(found.target)

    def cancel(self, view: "CanvasView") -> None:
        """Nothing has happened yet."""


def toggle_gate(view: "CanvasView", found: Found) -> None:
    """Arm a crash at the gate, or disarm the node where one waits there."""
    assert found.target is not None
    node = str(found.target[1])
    consumer = view.canvas.consumer(node)
    if consumer is None or not 0 <= found.gate < len(consumer.gates):
        return
    armed = {consumer_boxes.gate_of(consumer, point) for point in consumer.armed}
    if found.gate in armed:
        view.command_requested.emit(Disarm(node))
    else:
        view.command_requested.emit(ArmCrash(node, consumer.gates[found.gate]))
