"""How does one look at the canvas, and with what hands?

Wheel zooms at the pointer, middle-drag or Space-drag pans, F fits. Pointer and keys go to gestures;
what they wish leaves as a signal. The viewport is a plain raster widget.
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmapCache,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip, QWidget

from playground.session.frame import CoordinatorView, Frame
from playground.ui.canvas import drops, hints, keys
from playground.ui.canvas.building import Building
from playground.ui.canvas.camera import Camera
from playground.ui.canvas.finding import find
from playground.ui.canvas.follow import NOBODY
from playground.ui.canvas.hovering import Hovering
from playground.ui.canvas.overlays import Overlays
from playground.ui.canvas.pointer import Pointer
from playground.ui.canvas.scene import CanvasScene, Target
from playground.ui.canvas.surroundings import Surroundings
from playground.ui.canvas.verbs import Verb
from playground.ui.canvas.wishes import Wishes
from playground.ui.theme import LIGHT, Theme

CACHE_KB = 160 * 1024
WHEEL_STEP = 1.0015


class CanvasView(QGraphicsView):
    """The canvas: frames in, commands and selections out."""

    command_requested = Signal(object)
    nodes_moved = Signal(object, bool)
    """New places by node, and whether it was a nudge of the keys."""
    selection_changed = Signal(object)
    group_changed = Signal(tuple)
    rename_requested = Signal(str, str)
    story_requested = Signal(int)
    open_preset_requested = Signal()
    part_dropped = Signal(str, float, float)

    def __init__(self, theme: Theme = LIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        QPixmapCache.setCacheLimit(max(QPixmapCache.cacheLimit(), CACHE_KB))
        self.canvas = CanvasScene(theme)
        self.setScene(self.canvas)
        self.camera = Camera(self, self.canvas)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setRenderHints(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setAccessibleName("Canvas")
        self.pointer = Pointer(self)
        self.wishes = Wishes(self)
        self.hovering = Hovering(self.viewport(), self.toolbar_verbs, self.wishes.choose)
        around = Surroundings(self)
        self.hovering.measure(around.box, around.others, around.points)
        self.overlays = Overlays(self)
        self.building = Building(self)
        self.canvas.selection_changed.connect(self._on_selected)
        self.canvas.group_changed.connect(self.group_changed)
        self.set_theme(theme)

    # ---------------------------------------------------------------- state in

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self.canvas.set_theme(theme)
        self.resetCachedContent()
        self.hovering.set_theme(theme)
        self.overlays.set_theme(theme)
        self.camera.refit()

    def show_frame(self, frame: Frame) -> None:
        """Draw this moment."""
        before = self.canvas.plan.bounds
        self.canvas.show_frame(frame)
        if self.canvas.plan.bounds != before:
            self.camera.refit()
        self.camera.keep_in_sight(self.canvas.followed_at())
        self.overlays.show_empty(not frame.nodes)
        has_transactions = any(isinstance(node, CoordinatorView) for node in frame.nodes)
        self.overlays.show_transactions(has_transactions)
        self.hovering.refresh()

    @property
    def reduces_motion(self) -> bool:
        """Whether things appear where they go instead of going there."""
        return self.camera.is_calm

    @reduces_motion.setter
    def reduces_motion(self, is_calm: bool) -> None:
        self.camera.is_calm = self.hovering.fade.is_calm = is_calm
        self.canvas.set_calm(is_calm)

    def set_layout(self, positions: Mapping[str, tuple[float, float]]) -> None:
        """Where the document puts the nodes; missing ones find a place."""
        self.canvas.set_layout(positions)
        self.camera.refit()

    def select(self, target: Target | str = None) -> None:
        """Select a node, a link, a packet or nothing; a plain text is a node's id."""
        self.canvas.select(("node", target) if isinstance(target, str) else target)

    # ---------------------------------------------------------------- looking

    @property
    def zoom(self) -> float:
        """Screen pixels for one of the scene."""
        return self.camera.zoom

    def fit(self, *, glides: bool = False) -> None:
        """Show everything, at once or after a short journey."""
        self.camera.fit(glides=glides)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Closer or farther, at a point of the viewport or in its middle."""
        self.camera.zoom_by(factor, at)

    # ---------------------------------------------------------------- wishes out

    def verbs_of(self, target: Target) -> tuple[Verb, ...]:
        """What can be done to a thing now."""
        return hints.verbs_of(self.canvas, target)

    def toolbar_verbs(self, target: Target) -> tuple[Verb, ...]:
        """What its toolbar offers."""
        return hints.toolbar_verbs(self.canvas, target)

    def let_go(self) -> bool:
        """Esc: end what is going on, else close the toolbar, else select nothing."""
        if self.pointer.cancel():
            return True
        has_some = self.canvas.selected is not None or bool(self.canvas.group)
        is_following = self.canvas.packets.followed != NOBODY
        if has_some or is_following or self.hovering.target is not None:
            self.hovering.close()
            self.select(None)
            self.canvas.follow(NOBODY)
            return True
        return False

    def _on_selected(self, target: Target) -> None:
        is_packet = target is not None and target[0] == "packet"
        self.hovering.pin(target if is_packet else None)
        self.selection_changed.emit(target)

    # ---------------------------------------------------------------- pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self.pointer.press(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow it, or say what is under the pointer."""
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On a name it renames, on empty paper it adds; elsewhere a second press is a press."""
        at = self.mapToScene(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and self.building.begin_at(at, event.globalPosition().toPoint()):
            event.accept()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        self.zoom_by(WHEEL_STEP ** event.angleDelta().y(), event.position())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same verbs a second way; from the keyboard for what has the keys."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            target = self.canvas.focused or self.canvas.selected
            at = self.viewport().mapToGlobal(QPoint(20, 20))
        else:
            target = find(self.canvas, self.mapToScene(event.pos())).target
            at = event.globalPos()
        self.building.open_menu(target, at)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips, and the pointer that leaves."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = hints.tooltip(self.canvas, self.pointer.found)
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self.pointer.leave()
        return super().viewportEvent(event)

    # ---------------------------------------------------------------- keys

    def event(self, event: QEvent) -> bool:
        """Space is ours while the canvas has the keys: held it pans, tapped it runs and pauses."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the canvas; others go on to the window."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            if not event.isAutoRepeat():
                self.pointer.hold_space()
            event.accept()
        elif keys.press(self, event.key(), event.modifiers()):
            event.accept()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space without a drag is the window's."""
        is_ours = event.key() == Qt.Key.Key_Space and self.pointer.is_space_down
        if is_ours and not event.isAutoRepeat():
            if self.pointer.let_go_of_space():
                keys.trigger_space(self)
            event.accept()
        else:
            event.ignore()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes through the things on the canvas before it leaves."""
        return keys.step_focus(self, 1 if is_next else -1) or super().focusNextPrevChild(is_next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        self.pointer.let_go_of_space()
        is_for_a_menu = event.reason() == Qt.FocusReason.PopupFocusReason
        if not is_for_a_menu:
            self.canvas.focus(None)
        super().focusOutEvent(event)

    # ---------------------------------------------------------------- size and drops

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep everything in view, and the legend in its corner."""
        super().resizeEvent(event)
        self.camera.refit()
        self.overlays.arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more: nothing is on its way."""
        self.hovering.close()
        self.canvas.fade.finish()
        self.camera.arrive()
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A part from the left dock may be dropped."""
        drops.consider(self, event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere on the paper."""
        drops.consider(self, event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A part was dropped."""
        drops.drop(self, event)
