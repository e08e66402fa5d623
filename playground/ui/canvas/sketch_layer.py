"""What is seen only while a hand is at work? Guides on which cards line up, and a rubber band."""

from typing import NamedTuple

from PySide6.QtCore import QRectF

from playground.ui.canvas.layers import Layer, SceneLayer
from playground.ui.canvas.pencil import Pencil
from playground.ui.theme import Theme, faded

BEYOND_PX = 12.0  # a guide reaches past what it joins
BAND_RADIUS_PX = 3


class Guide(NamedTuple):
    """A line on which edges or middles of cards meet."""

    is_upright: bool
    at: float
    start: float
    end: float


class SketchLayer(SceneLayer):
    """Over everything, and gone when the button is released."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Layer.SKETCH, theme)
        self.guides: tuple[Guide, ...] = ()
        self.band: QRectF | None = None

    def show_guides(self, guides: tuple[Guide, ...]) -> None:
        """What lines up right now."""
        if guides != self.guides:
            self.guides = guides
            self.update()

    def show_band(self, band: QRectF | None) -> None:
        """The rectangle that is being drawn."""
        self.band = band
        self.update()

    def draw(self, pencil: Pencil) -> None:
        """Hair-thin on the screen at any zoom."""
        theme, one = self.theme, 1 / pencil.zoom
        for guide in self.guides:
            start, end = guide.start - BEYOND_PX * one, guide.end + BEYOND_PX * one
            x1, y1, x2, y2 = guide.at, start, guide.at, end
            if not guide.is_upright:
                x1, y1, x2, y2 = y1, x1, y2, x2
            pencil.line(x1, y1, x2, y2, theme.ink, one, (4 * one, 3 * one))
        if self.band is not None:
            ground = faded(theme.ink, 0.06)
            pencil.box(self.band, BAND_RADIUS_PX * one, ground, theme.ink, one, (4 * one, 3 * one))
