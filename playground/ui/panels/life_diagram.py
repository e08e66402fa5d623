"""How does the life of one message look? Lanes, packets between them, and where a promise broke."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from playground.session.story import Story, StoryEvent
from playground.ui.canvas.pencil import CENTRE, Pencil
from playground.ui.fonts import width_px
from playground.ui.format import clock, elided
from playground.ui.panels.life_layout import HEADER_PX, LifeLayout, lay_out
from playground.ui.panels.life_signs import has, packet_words, paint_packet, paint_stop
from playground.ui.theme import GUARANTEE_SIGNS, Theme

TICK_GAP_PX = 14.0
ENDS_OF_WORK = ("applied", "again", "suppressed", "crash", "lost", "step")


class LifeDiagram(QWidget):
    """Paints one story; the scroll area around it shows what does not fit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.story: Story | None = None
        self.group = ""
        self.room = (600.0, 150.0)
        self.layout_: LifeLayout | None = None
        self.setAccessibleName("The life of a message")

    def show_story(self, story: Story | None, group: str, room: tuple[float, float]) -> None:
        """Lay the story out in this room and paint it."""
        if (story, group, room) == (self.story, self.group, self.room):
            return
        self.story, self.group, self.room = story, group, room
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Other colours and type."""
        self.theme = theme
        self._arrange()

    def _arrange(self) -> None:
        self.layout_ = None
        if self.story is not None and self.story.events:
            kind = self.theme.role("axis")
            self.layout_ = lay_out(
                self.story, self.group, self.room, lambda text: width_px(text, kind)
            )
            self.setFixedSize(
                round(self.layout_.width), round(max(self.layout_.height, self.room[1]))
            )
        else:
            self.setFixedSize(round(self.room[0]), round(self.room[1]))
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def texts(self) -> list[str]:
        """Everything that is written on the lanes and at the arrows, from left to right."""
        if self.layout_ is None:
            return []
        placed = [(stop.x, stop.text) for stop in self.layout_.stops if stop.text]
        placed += [(arrow.x1, packet_words(arrow.event)) for arrow in self.layout_.arrows]
        return [text for _, text in sorted(placed, key=lambda each: each[0])]

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        layout = self.layout_
        if layout is not None and self.story is not None:
            pencil = Pencil(painter, self.theme)
            self._lanes(pencil, layout)
            self._outages(pencil, layout)
            self._work(pencil, layout, self.story.number)
            self._breaks(pencil, layout)
            for arrow in layout.arrows:
                paint_packet(pencil, layout, arrow, self.story.number)
            for stop in layout.stops:
                paint_stop(pencil, layout, stop, self.story.number)
            self._ticks(pencil, layout)
        painter.end()

    def _lanes(self, pencil: Pencil, layout: LifeLayout) -> None:
        theme = self.theme
        for index, lane in enumerate(layout.lanes):
            y = layout.y(index)
            pencil.line(HEADER_PX, y, layout.width - 16, y, theme.rail, 1.25)
            sign = GUARANTEE_SIGNS.get(lane.guarantee, "")
            room = HEADER_PX - 26 - (pencil.width(sign, "stage_current") + 6 if sign else 0)
            kind = theme.role("label_strong")
            name = elided(lane.node, room, lambda text: width_px(text, kind))  # noqa: B023
            x = 16 + pencil.text(16, y, name, "label_strong", theme.ink)
            if sign:
                colour = theme.guarantee(lane.guarantee).text
                pencil.text(x + 6, y, sign, "stage_current", colour)

    def _outages(self, pencil: Pencil, layout: LifeLayout) -> None:
        """A crash breaks the lifeline until the restart; a pause only dots it."""
        for index in range(len(layout.lanes)):
            y = layout.y(index)
            down_x, kind = -1.0, ""
            for x, event in _of_lane(layout, index, ("crash", "restart", "pause", "resume")):
                if event.kind in ("crash", "pause"):
                    down_x, kind = x, event.kind
                elif down_x >= 0:
                    self._outage(pencil, kind, down_x, x, y)
                    down_x = -1.0
            if down_x >= 0:
                self._outage(pencil, kind, down_x, layout.width - 16, y)

    def _outage(self, pencil: Pencil, kind: str, x1: float, x2: float, y: float) -> None:
        theme = self.theme
        pencil.line(x1, y, x2, y, theme.panel, 4)
        if kind == "crash":
            pencil.line(x1, y, x2, y, theme.status("lost").fill, 2, (6, 4))
        else:
            pencil.line(x1, y, x2, y, theme.ink2, 2, (2, 4))

    def _work(self, pencil: Pencil, layout: LifeLayout, number: int) -> None:
        """A bar in the message's hue while a consumer works on it."""
        for index in range(len(layout.lanes)):
            y, from_x = layout.y(index), -1.0
            for x, event in _of_lane(layout, index, ("begun", *ENDS_OF_WORK)):
                if event.kind == "begun":
                    from_x = x
                elif from_x >= 0:
                    box = QRectF(from_x, y - 4, max(3.0, x - from_x), 8)
                    pencil.box(box, 3, self.theme.identity(number))
                    from_x = -1.0
            if from_x >= 0:
                box = QRectF(from_x, y - 4, layout.width - 16 - from_x, 8)
                pencil.box(box, 3, self.theme.identity(number))

    def _breaks(self, pencil: Pencil, layout: LifeLayout) -> None:
        """A line through all lanes where the promise broke."""
        for stop in layout.stops:
            if any(event.breaks for event in stop.events):
                status = "lost" if has(stop.events, "lost") else "twice"
                colour = self.theme.status(status).text
                bottom = layout.y(len(layout.lanes) - 0.5)
                pencil.line(stop.x, 4, stop.x, bottom, colour, 1.25, (4, 3))

    def _ticks(self, pencil: Pencil, layout: LifeLayout) -> None:
        y = layout.y(len(layout.lanes) - 0.5) + 8
        free = 0.0
        for x, at_us in layout.ticks:
            text = clock(at_us)
            wide = pencil.width(text, "axis")
            if x - wide / 2 >= free:
                pencil.text(x, y, text, "axis", self.theme.ink2, CENTRE)
                free = x + wide / 2 + TICK_GAP_PX


def _of_lane(layout: LifeLayout, lane: int, kinds: Sequence[str]) -> list[tuple[float, StoryEvent]]:
    found = [
        (stop.x, event)
        for stop in layout.stops
        if stop.lane == lane
        for event in stop.events
        if event.kind in kinds
    ]
    return sorted(found, key=lambda each: (each[0], each[1].seq))
