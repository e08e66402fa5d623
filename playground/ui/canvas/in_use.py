"""What on the canvas is somebody busy with, so that nothing had better be laid over it?"""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from playground.ui.canvas.view import CanvasView


def in_use(canvas: QWidget) -> list[QRect]:
    """The open toolbar and the selected node, in pixels of the canvas."""
    if not isinstance(canvas, CanvasView):
        return []
    found = []
    toolbar = canvas.hovering.toolbar
    if toolbar.isVisible():
        found.append(QRect(toolbar.mapTo(canvas, toolbar.rect().topLeft()), toolbar.size()))
    selected = canvas.canvas.selected
    if selected is not None and selected[0] == "node":
        box = canvas.canvas.plan.boxes.get(str(selected[1]))
        if box is not None:
            found.append(canvas.mapFromScene(box).boundingRect())
    return found
