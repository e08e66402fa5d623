"""Where does a new card stand, when nobody has pointed at a place?

As near the middle of what is looked at as it can without touching a card; off the lanes and inside
the view rather than nearer. Pure: boxes in, a place out, all in scene pixels.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from playground.ui.canvas.layout import SNAP_PX, Position, Size, snapped

CLEAR_PX = 24.0  # between two cards
STEP_PX = 2 * SNAP_PX
REACH_PX = 1280.0  # how far from the middle it is looked for
WIDE_PX = 1400.0
ASIDE = {"producer": -0.25, "consumer": 0.25}
"""How far beside the middle a kind prefers to stand, of the view's width: left to right they read
as they are linked."""
OUT_OF_SIGHT_PX, ON_A_LANE_PX = 4000.0, 400.0  # what these weigh, as a way from the middle


def open_place(
    kind: str,
    size: Size,
    seen: QRectF,
    cards: Sequence[QRectF],
    lanes: NDArray[np.float64] | None = None,
) -> Position:
    """The top left corner for a card of this size; ``lanes`` are points (n, 2) of the links."""
    width, height = size
    middle = seen.center().x() + ASIDE.get(kind, 0.0) * min(seen.width(), WIDE_PX)
    x, y = snapped(middle - width / 2, seen.center().y() - height / 2)
    steps = np.arange(-REACH_PX, REACH_PX + 1, STEP_PX)
    across, down = (each.ravel() for each in np.meshgrid(steps, steps))
    cost = np.hypot(across, down)
    left, top = x + across, y + down
    for box in cards:
        cost[_touching(left, top, size, box, CLEAR_PX)] = np.inf
    if not np.isfinite(cost).any():
        return snapped(x, max(box.bottom() for box in cards) + CLEAR_PX)
    is_in = (left >= seen.left()) & (left + width <= seen.right())
    is_in &= (top >= seen.top()) & (top + height <= seen.bottom())
    cost[~is_in] += OUT_OF_SIGHT_PX
    if lanes is not None and len(lanes):
        near = lanes[(abs(lanes - (x, y)) < REACH_PX + width).all(axis=1)]
        cells = {snapped(*point) for point in near.tolist()}
        crossed = np.zeros(len(cost), bool)
        for at_x, at_y in sorted(cells):
            crossed |= _touching(left, top, size, QRectF(at_x, at_y, 1, 1), SNAP_PX)
        cost[crossed] += ON_A_LANE_PX
    best = int(np.argmin(cost))
    return float(left[best]), float(top[best])


def _touching(
    left: NDArray[np.float64], top: NDArray[np.float64], size: Size, box: QRectF, clear_px: float
) -> NDArray[np.bool_]:
    return np.asarray(
        (left < box.right() + clear_px)
        & (left + size[0] > box.left() - clear_px)
        & (top < box.bottom() + clear_px)
        & (top + size[1] > box.top() - clear_px)
    )
