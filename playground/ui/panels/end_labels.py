"""Where do the names of the curves stand at the right end of a chart?

There is no legend box: each line is named where it ends. Equal lines share a label, and labels
keep 16 px apart.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF

from playground.session.frame import Series

APART_PX = 16.0
MOST_LABELS = 6


class EndLabel(NamedTuple):
    """The name of the curves that end at one value."""

    value: float
    series: tuple[Series, ...]
    y_px: float
    is_all: bool = False

    @property
    def names(self) -> str:
        """``billing, payouts``; where all curves end alike, ``all 3``."""
        if len(self.series) > 2:
            return f"all {len(self.series)}" if self.is_all else f"{len(self.series)} others"
        return ", ".join(series.name for series in self.series)


def end_labels(
    curves: Sequence[Series], y_of: Callable[[float], float], box: QRectF
) -> tuple[EndLabel, ...]:
    """A label for each value that some curve ends at, the highest first."""
    ends: dict[float, list[Series]] = {}
    for series in curves:
        if len(series.y):
            ends.setdefault(round(float(series.y[-1]), 1), []).append(series)
    values = sorted(ends, reverse=True)[:MOST_LABELS]
    places = spread_out([y_of(value) for value in values], box.top() + 6, box.bottom() - 4)
    return tuple(
        EndLabel(value, tuple(ends[value]), y, len(ends) == 1)
        for value, y in zip(values, places, strict=True)
    )


def spread_out(wanted: Sequence[float], top: float, bottom: float) -> list[float]:
    """The same places, in order, moved just so far that each two are 16 px apart."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + APART_PX if placed else top))
    for index in range(len(placed) - 1, -1, -1):
        limit = bottom if index == len(placed) - 1 else placed[index + 1] - APART_PX
        placed[index] = min(placed[index], limit)
    return placed
