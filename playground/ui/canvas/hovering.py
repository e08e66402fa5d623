"""Whose toolbar is open, where does it stand, and when does it go?

It opens 120 ms after the pointer has come to rest on something, stays 400 ms after it has left, and
stands where it covers neither its object nor the object's packets.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from playground.ui.canvas.camera import LEGEND_PX
from playground.ui.canvas.fade import Fade
from playground.ui.canvas.free_place import covered
from playground.ui.canvas.menus import fill
from playground.ui.canvas.scene import Target
from playground.ui.canvas.toolbar import AWAY_PX, HEIGHT_PX, Toolbar
from playground.ui.canvas.verbs import Verb
from playground.ui.theme import Theme

OPEN_MS, STAY_MS, SWITCH_MS = 120, 400, 300
EDGE_PX = 6.0
OWN_COST = 1_000.0  # covering the object itself is a thousand times worse than a neighbour


class Hovering(QObject):
    """Opens, moves and closes the toolbar."""

    def __init__(
        self,
        viewport: QWidget,
        verbs_of: Callable[[Target], tuple[Verb, ...]],
        choose: Callable[[Verb, Target], None],
    ) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self.toolbar = Toolbar(viewport)
        self.fade = Fade(self, lambda _, level: self.toolbar.set_level(level))
        self.target: Target = None
        self._wanted: Target = None
        self._pinned: Target = None  # a picked packet keeps its toolbar
        self._verbs_of, self._choose = verbs_of, choose
        self._theme: Theme | None = None
        self._opening = _single_shot(self, self._open)
        self._closing = _single_shot(self, self.close)
        self.toolbar.entered.connect(self._closing.stop)
        self.toolbar.entered.connect(self._opening.stop)
        self.toolbar.left.connect(self._leave)
        self.toolbar.chosen.connect(self._on_chosen)
        self._box_of: Callable[[Target], QRectF] = lambda target: QRectF()
        self._others: Callable[[Target], list[QRectF]] = lambda target: []
        self._points: Callable[[Target], NDArray[np.float64]] = lambda target: np.empty((0, 2))

    def measure(
        self,
        box_of: Callable[[Target], QRectF],
        others: Callable[[Target], list[QRectF]],
        points: Callable[[Target], NDArray[np.float64]],
    ) -> None:
        """Where things are in the viewport: the object, its neighbours, its own line."""
        self._box_of, self._others, self._points = box_of, others, points

    def set_theme(self, theme: Theme) -> None:
        """Its colours."""
        self._theme = theme
        self.close()

    def point_at(self, target: Target) -> None:
        """The pointer is on something, or on nothing."""
        if self._pinned is not None:
            return
        if target is None:
            self._wanted = None
            self._opening.stop()
            self._leave()
            return
        if target == self.target:
            self._closing.stop()
        if target != self._wanted:
            self._wanted = target
            if target != self.target:
                self._opening.start(SWITCH_MS if self.target is not None else OPEN_MS)

    def pin(self, target: Target) -> None:
        """Open now and stay until told otherwise; None lets go."""
        if target is None:
            if self._pinned is not None:
                self._pinned = None
                self.close()
            return
        self._pinned = self._wanted = target
        self._open()

    def close(self) -> None:
        """Away with it."""
        self._opening.stop()
        self._closing.stop()
        self.target = self._pinned = self._wanted = None
        self.fade.forget()
        self.toolbar.hide()

    def refresh(self) -> None:
        """A new frame: other verbs perhaps, and a packet has moved on."""
        if self.target is None or self._theme is None:
            return
        verbs = self._verbs_of(self.target)
        if not verbs:
            self.close()
            return
        is_same = verbs == self.toolbar.verbs
        self.toolbar.set_verbs(verbs, self._theme)
        if not is_same or (self._pinned is not None and not self.toolbar.underMouse()):
            self._stand()

    def _leave(self) -> None:
        if self._pinned is None and self.target is not None:
            self._closing.start(STAY_MS)

    def _open(self) -> None:
        if self._wanted is None or self._theme is None:
            return
        verbs = self._verbs_of(self._wanted)
        if not verbs:
            return
        self.target = self._wanted
        self._closing.stop()
        self.toolbar.set_verbs(verbs, self._theme)
        self._stand()
        is_new = not self.toolbar.isVisible()
        self.toolbar.show()
        self.toolbar.raise_()
        if is_new:
            self.fade.aim("toolbar", is_there=True)

    def _stand(self) -> None:
        """Above the object, below it where there is no room, slid along where that covers it."""
        box = self._box_of(self.target)
        parent = self._viewport
        is_stage = self._theme is not None and self._theme.is_stage
        foot = EDGE_PX if is_stage else LEGEND_PX  # a cue card would lie over it there
        room = parent.rect().toRectF().adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -foot)
        width = self.toolbar.bar().width()
        others, points = self._others(self.target), self._points(self.target)
        best, least = QPointF(), float("inf")
        for rank, corner in enumerate(_candidates(box, width)):
            x = min(max(corner.x(), room.left()), max(room.left(), room.right() - width))
            y = min(max(corner.y(), room.top()), max(room.top(), room.bottom() - HEIGHT_PX))
            bar = QRectF(x, y, width, HEIGHT_PX)
            own = [] if len(points) else [box]
            cost = OWN_COST * covered(bar, own, points) + covered(bar, others, None) + rank
            if cost < least:
                best, least = bar.topLeft(), cost
        self.toolbar.place(best)

    def _on_chosen(self, verb: Verb) -> None:
        target = self.target
        if verb.choices:
            menu = QMenu(self.toolbar)
            menu.setToolTipsVisible(True)
            fill(menu, verb.choices, lambda each: self._choose(each, target))
            corner = self.toolbar.word_box(verb.word).bottomLeft().toPoint()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.toolbar.mapToGlobal(corner))
            return
        self._choose(verb, target)


def _candidates(box: QRectF, width: float) -> list[QPointF]:
    """Corners for the bar: centred, then slid to either side, above before below."""
    middle = box.center().x() - width / 2
    above = box.top() - AWAY_PX - HEIGHT_PX
    below = box.bottom() + AWAY_PX
    slid = [middle + share * (box.width() + width) / 2 for share in (0, -0.5, 0.5, -1, 1)]
    return [QPointF(x, y) for x in slid for y in (above, below)]


def _single_shot(parent: QObject, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(slot)
    return timer
