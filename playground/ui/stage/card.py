"""How is a cue card drawn, and where on the canvas does it stand?

On the stage a bar of ink and large lines, legible from the back row, where they cover no node; at
the desk one small line over the legend, which goes once it has been read.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from playground.scenario.model import Cue
from playground.session.frame import Frame
from playground.ui.canvas.motion import wall_ms
from playground.ui.canvas.view import CanvasView
from playground.ui.fonts import width_px
from playground.ui.panels.surface import smooth, write
from playground.ui.stage import card_place, cues
from playground.ui.stage.card_place import Placed, Type
from playground.ui.stage.stops import CueStops
from playground.ui.theme import Theme, faded

GOES_ON = "Paused here, Space goes on."
ELSE = "Without your changes: "
"""Before a card that was written for a run which somebody has changed before its moment."""
DESK_LEFT_PX, DESK_FOOT_PX = 16.0, 4.0
ZOOM_BUTTONS_PX = 130  # at the right end of the legend's line
STAGE_BAR_PX, DESK_BAR_PX = 5, 3
GROUND = 0.92  # how much of what is behind a card its ground hides


class CueCard(QWidget):
    """The card of this moment over the canvas, or nothing."""

    def __init__(self, theme: Theme, canvas: QWidget, stops: CueStops) -> None:
        super().__init__(canvas)
        self.setObjectName("cue card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.theme = theme
        self.cue: Cue | None = None
        self.text = ""
        self.lines: tuple[str, ...] = ()
        self._canvas = canvas
        self._stops = stops
        self._key: object = None
        self._room_key: object = None
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Other colours, other type."""
        self.theme = theme
        self._key = self._room_key = None

    def show_frame(self, frame: Frame, all_cues: tuple[Cue, ...]) -> None:
        """The card of this moment, if there is one and it has not been read yet."""
        cue = cues.shown(all_cues, frame.now_us)
        if cue is not None and not self.theme.is_stage:
            age_ms = wall_ms(frame.now_us - cue.at_us, frame.speed)
            is_wanted = self._stops.waits_at_cues and age_ms <= cues.READING_MS
            cue = cue if is_wanted else None
        is_waiting = cue is not None and cue.pause and frame.now_us == cue.at_us
        has_note = is_waiting and not frame.is_running and not self.theme.is_stage
        self._keep_room(all_cues)
        is_past = cue is not None and 0 <= frame.changed_us < cue.at_us
        key = (cue, has_note, is_past, self._canvas.size(), self.obstacles(), self._labels())
        if key == self._key:
            return
        is_news = cue is not self.cue
        self._key, self.cue = key, cue
        self._cover_legend(is_covered=cue is not None and not self.theme.is_stage)
        if cue is None:
            self.hide()
            return
        said = (ELSE if is_past else "") + " ".join(cue.say.split())
        self.text = said + (f"  {GOES_ON}" if has_note else "")
        self._settle()
        if is_news:
            self._announce(said)

    def _cover_legend(self, *, is_covered: bool) -> None:
        if isinstance(self._canvas, CanvasView):
            self._canvas.overlays.cover(is_covered)

    def _announce(self, said: str) -> None:
        """Say it to a screen reader."""
        self.setAccessibleName(f"Cue: {said}")
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    # ------------------------------------------------------------------ size and place

    def _keep_room(self, all_cues: tuple[Cue, ...]) -> None:
        """On the stage the scene moves up a little where some card would cover a node."""
        canvas = self._canvas
        if not isinstance(canvas, CanvasView):
            return
        key = (all_cues, canvas.size(), canvas.canvas.plan.bounds, len(canvas.canvas.nodes))
        if key == self._room_key or not canvas.camera.is_fitted:
            return
        self._room_key = key
        camera = canvas.camera
        before = camera.foot_px
        camera.foot_px = 0.0
        if self.theme.is_stage:
            camera.refit()
            texts = [cue.say for cue in all_cues]
            whole = QRectF(canvas.rect())
            camera.foot_px = card_place.strip_px(texts, whole, self.obstacles(), self._type())
        if camera.foot_px != before or self.theme.is_stage:
            camera.refit()

    def _type(self) -> Type:
        is_stage = self.theme.is_stage
        kind = self.theme.role(self._role)
        inset, padding = (24.0, 12.0) if is_stage else (14.0, 8.0)
        return Type(36.0 if is_stage else 20.0, inset, padding, lambda text: width_px(text, kind))

    @property
    def _role(self) -> str:
        return "title" if self.theme.is_stage else "body_strong"

    def _settle(self) -> None:
        whole = QRectF(self._canvas.rect())
        if self.theme.is_stage:
            placed = card_place.best(
                self.text, whole, [*self.obstacles(), *self._labels()], self._type()
            )
            if placed.covered_px2 > 0:
                placed = card_place.best(self.text, whole, self.obstacles(), self._type())
        else:
            placed = self._at_the_desk(whole)
        self.lines = placed.lines
        self.setGeometry(placed.box.toAlignedRect())
        self.show()
        self.raise_()
        self.update()

    def _at_the_desk(self, whole: QRectF) -> Placed:
        """In the line of the legend, which the scene leaves free, or beside its button."""
        left = DESK_LEFT_PX
        if isinstance(self._canvas, CanvasView) and self._canvas.overlays.button.isVisible():
            left = self._canvas.overlays.button.geometry().right() + 8.0
        room = whole.width() - ZOOM_BUTTONS_PX - (left - DESK_LEFT_PX)
        lines, size = card_place.set_in(self.text, room, self._type())
        bottom = whole.bottom() - DESK_FOOT_PX - size.height()
        return Placed(lines, size.translated(left, bottom), 0.0)

    def obstacles(self) -> list[QRectF]:
        """What is not to be covered."""
        if not isinstance(self._canvas, CanvasView):
            return []
        plan = self._canvas.canvas.plan
        seen = self._canvas.viewportTransform()
        return [seen.mapRect(box) for box in (*plan.boxes.values(), plan.database)]

    def _labels(self) -> list[QRectF]:
        """What is better not covered: the words beside the links."""
        if not (self.theme.is_stage and isinstance(self._canvas, CanvasView)):
            return []
        seen = self._canvas.viewportTransform()
        return [seen.mapRect(box) for box in self._canvas.canvas.plates.weather]

    # ------------------------------------------------------------------ picture

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, kind = self.theme, self._type()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if theme.is_stage:
            painter.setBrush(faded(theme.canvas, GROUND))
        else:
            painter.setBrush(QColor(theme.toolbar))
            painter.setPen(QColor(theme.edge))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ink))
        wide = STAGE_BAR_PX if theme.is_stage else DESK_BAR_PX
        left = 1.0 if theme.is_stage else 5.0
        bar = QRectF(left, 6, wide, self.height() - 12)
        painter.drawRoundedRect(bar, wide / 2, wide / 2)
        y = kind.padding_px / 2 + kind.line_px / 2
        for line in self.lines:
            write(painter, theme, self._role, line, kind.inset_px, y, theme.ink)
            y += kind.line_px
        painter.end()
