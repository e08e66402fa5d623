"""How are thousands of sprites drawn in one call?

``QPainter.drawPixmapFragments`` takes a raw pointer and a count; this is the only place that hands
them over, from the memory of one numpy array, and the count is taken from that array.
"""

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtGui import QPainter, QPixmap

FIELDS = 10  # x, y, source left and top, width, height, scale x and y, rotation, opacity
LEAST_ROWS = 256


class Fragments:
    """Rows of fragments in memory that Qt reads; kept and grown, never per frame anew."""

    def __init__(self) -> None:
        self._rows = np.zeros((LEAST_ROWS, FIELDS))
        self._rows[:, 9] = 1.0
        self._first = self._wrapped()

    def _wrapped(self) -> QPainter.PixmapFragment:
        first = shiboken6.wrapInstance(self._rows.ctypes.data, QPainter.PixmapFragment)
        assert isinstance(first, QPainter.PixmapFragment)
        return first

    def draw(
        self,
        painter: QPainter,
        pixmap: QPixmap,
        centres: NDArray[np.float64],
        corners: NDArray[np.float64],
        side: float,
        scale: float,
    ) -> int:
        """Draw square sprites of ``side`` pixels at scene ``centres``; say how many."""
        count = len(centres)
        assert corners.shape == (count, 2), "one source corner for each sprite"
        if count == 0:
            return 0
        if count > len(self._rows):
            self._rows = np.zeros((max(count, 2 * len(self._rows)), FIELDS))
            self._rows[:, 9] = 1.0
            self._first = self._wrapped()
        rows = self._rows
        rows[:count, 0:2] = centres
        rows[:count, 2:4] = corners
        rows[:count, 4:6] = side
        rows[:count, 6:8] = scale
        assert 0 < count <= len(rows)
        assert rows.flags.c_contiguous
        painter.drawPixmapFragments(self._first, count, pixmap)
        return count
