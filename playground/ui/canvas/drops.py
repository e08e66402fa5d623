"""What may be dropped on the canvas?

A part from the left dock, anywhere on the paper; on the projector nothing is built.
"""

from typing import TYPE_CHECKING

from PySide6.QtGui import QDragMoveEvent, QDropEvent

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView

PART_MIME = "application/x-delivery-playground-part"  # what the left dock drags


def consider(view: "CanvasView", event: QDragMoveEvent) -> None:
    """Say whether it may be dropped here; entering is a move as well."""
    if event.mimeData().hasFormat(PART_MIME) and not view.canvas.theme.is_stage:
        event.acceptProposedAction()
    else:
        event.ignore()


def drop(view: "CanvasView", event: QDropEvent) -> None:
    """Put the part in where it was let go."""
    if event.mimeData().hasFormat(PART_MIME):
        kind = bytes(event.mimeData().data(PART_MIME).data()).decode()
        view.building.drop(kind, view.mapToScene(event.position().toPoint()))
        event.acceptProposedAction()
