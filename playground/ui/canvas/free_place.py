"""Where can a plate stand so that it covers nothing?

Candidates are tried in order; the first free one wins, and where none is free the one that covers
least.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF


def covered(box: QRectF, boxes: Iterable[QRectF], points: NDArray[np.float64] | None) -> float:
    """How much of others a box covers: pixels of boxes, and 40 for each point of a line."""
    total = 0.0
    for other in boxes:
        common = box.intersected(other)
        if not common.isEmpty():
            total += common.width() * common.height()
    if points is not None and len(points):
        inside = (
            (points[:, 0] > box.left())
            & (points[:, 0] < box.right())
            & (points[:, 1] > box.top())
            & (points[:, 1] < box.bottom())
        )
        total += 40.0 * float(np.count_nonzero(inside))
    return total


def first_free(
    candidates: Sequence[QRectF],
    boxes: Sequence[QRectF],
    points: NDArray[np.float64] | None = None,
    within: QRectF | None = None,
) -> int:
    """The index of the first candidate that covers nothing, else of the best.

    What reaches out of ``within`` counts as covering.
    """
    best, least = 0, float("inf")
    for index, box in enumerate(candidates):
        cost = covered(box, boxes, points)
        if within is not None:
            seen = box.intersected(within)
            cost += box.width() * box.height() - seen.width() * seen.height()
        if cost <= 0:
            return index
        if cost < least:
            best, least = index, cost
    return best
