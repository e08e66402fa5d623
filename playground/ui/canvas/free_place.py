"""Where can a plate stand so that it covers nothing?

Candidates are tried in order; the first free one wins, and where none is free the one that covers
least.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

WORDS_COST = 10.0  # covering words is worse than covering a packet for a moment


def covered(
    box: QRectF,
    boxes: Iterable[QRectF],
    points: NDArray[np.float64] | None,
    clear_px: float = 0.0,
) -> float:
    """How much of others a box covers: pixels of boxes, and 40 for each point of a line.

    ``clear_px`` is how far lines must stay away.
    """
    total = 0.0
    for other in boxes:
        common = box.intersected(other)
        if not common.isEmpty():
            total += common.width() * common.height()
    if points is not None and len(points):
        inside = (
            (points[:, 0] > box.left() - clear_px)
            & (points[:, 0] < box.right() + clear_px)
            & (points[:, 1] > box.top() - clear_px)
            & (points[:, 1] < box.bottom() + clear_px)
        )
        total += 40.0 * float(np.count_nonzero(inside))
    return total


def first_free(
    candidates: Sequence[QRectF],
    boxes: Sequence[QRectF],
    points: NDArray[np.float64] | None = None,
    within: QRectF | None = None,
    clear_px: float = 0.0,
    extra: Sequence[float] = (),
    *,
    or_none: bool = False,
) -> int:
    """The index of the first candidate that covers nothing, else of the best, or -1.

    What reaches out of ``within`` counts as covering, and so does what each candidate costs
    ``extra``.
    """
    best, least = 0, float("inf")
    for index, box in enumerate(candidates):
        cost = WORDS_COST * covered(box, boxes, None) + covered(box, (), points, clear_px)
        cost += extra[index] if extra else 0.0
        if within is not None:
            seen = box.intersected(within)
            cost += box.width() * box.height() - seen.width() * seen.height()
        if cost <= 0:
            return index
        if cost < least:
            best, least = index, cost
    return -1 if or_none else best
