"""What do the mouse and the Space bar mean on the canvas?

A press begins a gesture, moves feed it, the release ends it; between gestures the pointer tells
what it is over. Space is held to push the paper and tapped to run and pause.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from playground.ui.canvas import hints
from playground.ui.canvas.finding import NOTHING, Found, find
from playground.ui.canvas.tools import starting
from playground.ui.canvas.tools.gesture import Gesture
from playground.ui.canvas.tools.pan import Pan

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView


class Pointer:
    """The hand on one view."""

    def __init__(self, view: "CanvasView") -> None:
        self._view = view
        self._gesture: Gesture | None = None
        self._has_space_panned = False
        self.found: Found = NOTHING  # what it is over
        self.is_space_down = False
        self.held_keys = Qt.KeyboardModifier.NoModifier  # while it was moved last

    # ---------------------------------------------------------------- gestures

    def press(self, event: QMouseEvent) -> None:
        """Begin the gesture that the press means."""
        at = event.position()
        if event.button() == Qt.MouseButton.MiddleButton or self.is_space_down:
            self._has_space_panned = self.is_space_down
            self._gesture = Pan(at, deselects=False)
        elif event.button() == Qt.MouseButton.LeftButton:
            found = self._find(at)
            self._gesture = starting.gesture_for(self._view, found, at, event.modifiers())

    def move(self, event: QMouseEvent) -> None:
        """Follow the gesture, or say what is under the pointer."""
        self.held_keys = event.modifiers()
        if self._gesture is not None:
            self._gesture.move(self._view, event.position())
        else:
            self._look_at(self._find(event.position()))

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.end(self._view, event.position())

    def cancel(self) -> bool:
        """Give the gesture up; whether there was one."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel(self._view)
        return gesture is not None

    # ---------------------------------------------------------------- looking

    def leave(self) -> None:
        """It is over nothing any more, unless it holds something."""
        if self._gesture is None:
            self._look_at(NOTHING)

    def _find(self, at: QPointF) -> Found:
        return find(self._view.canvas, self._view.mapToScene(at.toPoint()))

    def _look_at(self, found: Found) -> None:
        self.found = found
        view = self._view
        target = hints.hovered_thing(view.canvas, found)
        view.canvas.hover(target)
        view.canvas.touch(found)
        is_button = found.spot not in ("", "port") or hints.is_packet(found.target)
        shape = Qt.CursorShape.PointingHandCursor if is_button else Qt.CursorShape.ArrowCursor
        if found.spot == "port":
            shape = Qt.CursorShape.CrossCursor
        if view.viewport().cursor().shape() != shape:
            view.viewport().setCursor(shape)
        view.hovering.point_at(target)

    # ---------------------------------------------------------------- Space

    def hold_space(self) -> None:
        """From now on a drag pushes the paper."""
        self.is_space_down, self._has_space_panned = True, False

    def let_go_of_space(self) -> bool:
        """Whether it was only tapped."""
        self.is_space_down = False
        return not self._has_space_panned
