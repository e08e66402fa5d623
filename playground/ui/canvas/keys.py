"""What do the keys do on the canvas?

Tab goes from thing to thing, Enter selects and Shift+Enter joins, arrows nudge, letters are the
verbs of what is selected or, where nothing is, of what has the keys or the pointer.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeySequence

from playground.ui.canvas.layout import SNAP_PX, snapped
from playground.ui.canvas.placement import DATABASE
from playground.ui.canvas.scene import CanvasScene, Target
from playground.ui.canvas.tools.pick_more import toggle
from playground.ui.canvas.verbs import by_key

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView

LETTERS: dict[int, str] = {
    Qt.Key.Key_C: "C",
    Qt.Key.Key_P: "P",
    Qt.Key.Key_X: "X",
    Qt.Key.Key_D: "D",
    Qt.Key.Key_L: "L",
}
ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def stops(scene: CanvasScene) -> list[Target]:
    """What Tab visits: every node from left to right, after it the links that leave it."""
    order = sorted(scene.plan.boxes, key=lambda n: _corner(scene, n))
    result: list[Target] = []
    for node in order:
        result.append(("node", node))
        targets = [key for key in scene.links if key[0] == node]
        targets.sort(key=lambda key: _corner(scene, key[1]))
        result.extend(("link", *key) for key in targets)
    return result


def _corner(scene: CanvasScene, node: str) -> tuple[float, float]:
    box = scene.plan.boxes[node]
    return box.left(), box.top()


def step_focus(view: "CanvasView", turn: int) -> bool:
    """Give the keys to the next thing; False past the last, so that Tab leaves the canvas."""
    visits = stops(view.canvas)
    if not visits:
        return False
    now = view.canvas.focused
    index = visits.index(now) + turn if now in visits else (0 if turn > 0 else len(visits) - 1)
    if not 0 <= index < len(visits):
        view.canvas.focus(None)
        return False
    view.canvas.focus(visits[index])
    view.camera.show(visits[index])
    return True


def press(view: "CanvasView", key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """Handle a key; say whether it was one of the canvas."""
    scene = view.canvas
    if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return False
    subject = None if scene.group else scene.selected or scene.focused or scene.hovered
    if key in LETTERS:
        verb = by_key(view.verbs_of(subject), LETTERS[key])
        if verb is None:
            return False
        if verb.is_enabled:
            view.wishes.choose(verb, subject)
        else:
            view.wishes.say(verb.reason)
        return True
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and scene.focused is not None:
        if modifiers & Qt.KeyboardModifier.ShiftModifier and scene.focused[0] == "node":
            toggle(view, str(scene.focused[1]))
        else:
            view.select(scene.focused)
        return True
    if key == Qt.Key.Key_Escape:
        return view.let_go()
    if key == Qt.Key.Key_F:
        view.fit(glides=True)
        return True
    if key in ARROWS:
        return nudge(view, *ARROWS[key])
    return False


def nudge(view: "CanvasView", dx: int, dy: int) -> bool:
    """Move the selected nodes by one step of the grid."""
    scene = view.canvas
    target = scene.selected
    is_database = target is not None and target[:2] == ("node", DATABASE)
    nodes = (DATABASE,) if is_database else scene.selected_nodes()
    if not nodes or scene.theme.is_stage:
        return False
    boxes = {**scene.plan.boxes, DATABASE: scene.plan.database}
    before = {node: (boxes[node].left(), boxes[node].top()) for node in nodes}
    by = dx * SNAP_PX, dy * SNAP_PX
    scene.move_live({node: snapped(x + by[0], y + by[1]) for node, (x, y) in before.items()})
    view.camera.is_fitted = False
    places = {node: scene.settle(node, at) for node, at in before.items()}
    moved = {node: at for node, at in places.items() if at is not None and node != DATABASE}
    if moved:
        view.nodes_moved.emit(moved, True)
    return True


def trigger_space(view: "CanvasView") -> None:
    """Space was tapped, not held for a drag: it is the window's run and pause again."""
    wanted = QKeySequence(QKeyCombination(Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Space))
    for action in view.window().findChildren(QAction):
        if wanted in action.shortcuts() and action.isEnabled():
            action.trigger()
            return
