"""Where in a chart is a moment, and where is a value?"""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QRectF

from playground.ui.panels.chart_data import value_step

UNDER_PX = 5  # below zero, so that a line at zero is seen whole
HEADROOM = 1.3


class Scale(NamedTuple):
    """The pixels of one chart: ``box`` is where its curves are."""

    box: QRectF
    start_s: float
    end_s: float  # the right edge; later than now, for the names at the ends
    now_s: float
    top: float  # the value at the upper edge

    def x_of(self, at_s: float) -> float:
        """Pixels from the left for a moment."""
        share = (at_s - self.start_s) / (self.end_s - self.start_s)
        return self.box.left() + self.box.width() * share

    def y_of(self, value: float) -> float:
        """Pixels from the top for a value."""
        zero = self.box.bottom() - UNDER_PX
        return zero - (zero - self.box.top()) * value / self.top

    def time_at(self, x_px: float) -> float:
        """The moment under a pixel, in seconds, none that is still to come."""
        share = (x_px - self.box.left()) / max(1.0, self.box.width())
        at_s = self.start_s + share * (self.end_s - self.start_s)
        return min(max(at_s, self.start_s), self.now_s)

    @property
    def ticks(self) -> list[float]:
        """The values that are written at the left."""
        highest = self.top / HEADROOM
        step = value_step(highest)
        return [float(value) for value in np.arange(0.0, highest + step * 0.01, step)]
