"""What has just happened to a node: a ring outwards for a crash, a popping ring for a duplicate?"""

from PySide6.QtCore import QRectF

from playground.session.frame import ConsumerView, Frame
from playground.ui.canvas import consumer_card, motion
from playground.ui.canvas.layers import Layer, SceneLayer
from playground.ui.canvas.motion import Flash
from playground.ui.canvas.pencil import Detail, Pencil
from playground.ui.theme import Theme, faded

RING_PX = 3.0


class FlashLayer(SceneLayer):
    """The rings of this moment."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Layer.FLASH, theme)
        self.is_calm = False  # motion is reduced
        self.flashes: tuple[Flash, ...] = ()
        self._rhythm = motion.Rhythm()
        self._views: dict[str, ConsumerView] = {}

    def show_frame(self, frame: Frame) -> None:
        """Take what flashes; nothing is painted while nothing does."""
        before = self.flashes
        self.flashes = tuple(
            flash
            for flash in motion.flashes(frame, is_calm=self.is_calm)
            if self._rhythm.admits((flash.node, flash.kind, flash.at_us), frame.now_us, frame.speed)
        )
        if self.flashes:
            self._views = {v.id: v for v in frame.nodes if isinstance(v, ConsumerView)}
        if self.flashes != before:
            self.update()

    def draw(self, pencil: Pencil) -> None:
        """Each ring at its age."""
        for flash in self.flashes:
            box = self.plan.boxes.get(flash.node)
            if box is None:
                continue
            if flash.kind == "crash":
                self._ripple(pencil, box, flash.share)
            elif flash.node in self._views and pencil.detail >= Detail.FULL:
                self._pop(pencil, box, self._views[flash.node], flash.share)

    def _ripple(self, pencil: Pencil, box: QRectF, share: float) -> None:
        theme = self.theme
        scale = 1.0 if pencil.detail > Detail.TILE else 1 / pencil.zoom
        out = motion.RIPPLE_PX * share * scale
        ring = box.adjusted(-out, -out, out, out)
        colour = faded(theme.status("lost").fill, 1 - share)
        radius = theme.metrics.node_radius_px + out
        pencil.box(ring, radius, None, colour, RING_PX * scale)

    def _pop(self, pencil: Pencil, box: QRectF, view: ConsumerView, share: float) -> None:
        assert view.suppressed is not None
        theme = self.theme
        least, most = (r * theme.metrics.packet_px / 10 for r in motion.POP_PX)
        centre = box.topLeft() + consumer_card.pop_place(view, theme)
        colour = faded(theme.identity(view.suppressed), 1 - share)
        pencil.circle(centre.x(), centre.y(), least + (most - least) * share, None, colour, 2)
