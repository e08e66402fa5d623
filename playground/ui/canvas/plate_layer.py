"""What is written on the canvas beside the links, and when is it written anew?"""

from PySide6.QtCore import QLineF, QRectF

from playground.session.frame import Frame, LinkView
from playground.ui.canvas import grave_plates, link_plates, signs, weather
from playground.ui.canvas.graves import Grave, Mark, graves, marks
from playground.ui.canvas.layers import Layer, SceneLayer
from playground.ui.canvas.motion import (
    FASTEST_WITH_FLASHES,
    STILL,
    Pulse,
    Rhythm,
    pulse,
    wall_ms,
)
from playground.ui.canvas.pencil import Detail, Pencil
from playground.ui.canvas.placement import Placement
from playground.ui.canvas.plates import Plates
from playground.ui.canvas.words import cut_words
from playground.ui.theme import Theme

FAR_DISC_PX = 6.0
MOST_DROPPED = 3  # plates of dropped packets at a time


class PlateLayer(SceneLayer):
    """Plates of links, fresh deaths, graves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Layer.PLATE, theme)
        self._plates = Plates()
        self._now_us = 0
        self._links: tuple[LinkView, ...] = ()
        self._marks: tuple[Mark, ...] = ()
        self._graves: tuple[Grave, ...] = ()
        self._hovered: tuple[str, str] | None = None
        self._shown: tuple[object, ...] = ()
        self._kinds: tuple[object, ...] = ()
        self._pulses: tuple[Pulse, ...] = ()
        self._rhythm = Rhythm()
        self.is_calm = False  # motion is reduced
        self._marked = 0
        self.grave_boxes: list[tuple[str, QRectF]] = []

    @property
    def taken(self) -> list[QRectF]:
        """Where plates stand now."""
        return self._plates.taken

    @property
    def leaders(self) -> list[QLineF]:
        """The lines from the graves to where their messages died."""
        return self._plates.leaders

    @property
    def seen(self) -> QRectF | None:
        """The part of the scene that is seen while everything is in view; None: some is not."""
        seen = self._plates.seen
        return seen if seen.contains(self.plan.bounds) else None

    @property
    def labels(self) -> list[QRectF]:
        """Where words stand: what is taken, but for the marks of the dead."""
        return self._plates.taken[self._marked :]

    @property
    def weather(self) -> list[QRectF]:
        """Where the words about the links' weather stand."""
        return weather.boxes(self._plates)

    def place(self, plan: Placement, theme: Theme, bounds: QRectF) -> None:
        """Everything has moved."""
        super().place(plan, theme, bounds)
        self._plates.place(plan, theme)

    def set_seen(self, seen: QRectF) -> None:
        """The part of the scene that is seen while everything is in view."""
        if seen != self._plates.seen:
            self._plates.seen = seen
            self._plates.place(self.plan, self.theme)
            self.update()

    def show_frame(self, frame: Frame, hovered: tuple[str, str] | None) -> None:
        """Take the state of a moment; paint only if a word or a mark differs."""
        fresh = marks(frame.deaths, frame.now_us, frame.speed, is_calm=self.is_calm)
        buried = graves(frame.deaths, frame.now_us, frame.speed)
        kinds = tuple(link_plates.kinds(link) for link in frame.links)
        cuts = tuple(
            cut_words(link, frame.now_us)
            for link in frame.links
            if link.cut_request or link.cut_reply
        )
        pulses = tuple(self._pulse(grave, frame) for grave in buried)
        shown = (fresh, buried, kinds, cuts, hovered, pulses)
        if shown == self._shown:
            return
        if kinds != self._kinds:
            self._kinds = kinds
            self._plates.forget()
        if {grave.place for grave in buried} != {grave.place for grave in self._graves}:
            self._plates.forget_graves()
        self._shown = shown
        self._now_us, self._links, self._hovered = frame.now_us, frame.links, hovered
        self._marks, self._graves, self._pulses = fresh, buried, pulses
        self.update()

    def _pulse(self, grave: Grave, frame: Frame) -> Pulse:
        """How a grave shows that somebody has just come to it."""
        age_ms = wall_ms(frame.now_us - grave.newest_us, frame.speed)
        result = pulse(age_ms, is_calm=self.is_calm)
        if result == STILL or frame.speed > FASTEST_WITH_FLASHES:
            return STILL
        key = (grave.place, "pulse", grave.newest_us)
        return result if self._rhythm.admits(key, frame.now_us, frame.speed) else STILL

    def draw(self, pencil: Pencil) -> None:
        """Links first, then the dead above them."""
        boxes = [grave_plates.box_of(self.plan, mark) for mark in self._marks]
        self._plates.taken = [box for box in boxes if box is not None]
        self._marked = len(self._plates.taken)
        self._plates.leaders, self._plates.words = [], []
        self.grave_boxes = []
        if pencil.detail <= Detail.TILE:
            self._far(pencil)
            return
        link_plates.draw(pencil, self._plates, self._links, self._now_us, self._hovered)
        for grave, beat in self._in_order():
            box = grave_plates.draw_grave(pencil, self._plates, grave, beat)
            if box is not None:
                self.grave_boxes.append((grave.place, box))
        for mark in self._marks:
            grave_plates.draw_mark(pencil, self.plan, mark, self.grave_boxes)
        plated = [mark for mark in self._marks if mark.has_plate and not self._is_cut(mark)]
        for mark in plated[-MOST_DROPPED:]:
            grave_plates.draw_dropped(pencil, self._plates, mark)

    def _in_order(self) -> list[tuple[Grave, Pulse]]:
        """The graves of cards first: they have fewer places to choose from than those of links."""
        pairs = zip(self._graves, self._pulses, strict=True)
        return sorted(pairs, key=lambda pair: pair[0].place not in self.plan.boxes)

    def _is_cut(self, mark: Mark) -> bool:
        """Whether a packet died on a link that says already that it is cut."""
        ends = mark.death.place.split(">")
        return any(
            (link.cut_request or link.cut_reply) and {link.source, link.target} == set(ends)
            for link in self._links
        )

    def _far(self, pencil: Pencil) -> None:
        """Far away a place of death is one disc."""
        if pencil.detail < Detail.TILE:
            return
        for grave in self._graves:
            at = grave_plates.point_of(self.plan, grave.place, grave.fraction, grave.is_reply)
            if at is not None:
                signs.lost_disc(pencil, at.x(), at.y(), FAR_DISC_PX / pencil.zoom)
