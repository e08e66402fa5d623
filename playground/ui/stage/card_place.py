"""How wide is a cue card on the stage, and where does it stand so that it covers no node?

Pure: a sentence, the room and what stands in it, in; lines and a box out. Wide and low in a lower
corner first, then narrower and higher, then elsewhere.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF

from playground.ui.canvas.free_place import covered
from playground.ui.format import balanced

SHARES = (0.6, 0.44, 0.3, 0.92)
"""Of the canvas's width; the last one is for a strip of its own."""
MOST_LINES = 4
EDGE_PX = 16.0
TOP_PX, FOOT_PX = 10.0, 6.0


class Type(NamedTuple):
    """The measures of a card's writing."""

    line_px: float
    inset_px: float  # on either side
    padding_px: float  # above and below, together
    width_of: Callable[[str], float]


class Placed(NamedTuple):
    """A card that has found its place."""

    lines: tuple[str, ...]
    box: QRectF
    covered_px2: float  # of other things


def set_in(text: str, wide_px: float, kind: Type) -> tuple[tuple[str, ...], QRectF]:
    """The lines in at most so much width, and the size of the card around them."""
    lines = balanced(text, wide_px - 2 * kind.inset_px, kind.width_of, MOST_LINES)
    widest = max((kind.width_of(line) for line in lines), default=0.0)
    high = kind.line_px * len(lines) + kind.padding_px
    return tuple(lines), QRectF(0, 0, widest + 2 * kind.inset_px, high)


def best(text: str, whole: QRectF, others: Sequence[QRectF], kind: Type) -> Placed:
    """The first place that covers nothing; where there is none, the one that covers least."""
    found: Placed | None = None
    for share in SHARES:
        lines, size = set_in(text, share * whole.width(), kind)
        for corner in _corners(whole, size):
            box = size.translated(*corner)
            placed = Placed(lines, box, covered(box, others, None))
            if placed.covered_px2 <= 0:
                return placed
            if found is None or placed.covered_px2 < found.covered_px2:
                found = placed
    assert found is not None
    return found


def strip_px(texts: Sequence[str], whole: QRectF, others: Sequence[QRectF], kind: Type) -> float:
    """How high a strip must be kept free below everything: 0 where every card finds a place."""
    if all(best(text, whole, others, kind).covered_px2 <= 0 for text in texts):
        return 0.0
    heights = [set_in(text, SHARES[-1] * whole.width(), kind)[1].height() for text in texts]
    return max(heights) + FOOT_PX + 4


def _corners(whole: QRectF, size: QRectF) -> list[tuple[float, float]]:
    left = whole.left() + EDGE_PX
    right = whole.right() - EDGE_PX - size.width()
    bottom = whole.bottom() - FOOT_PX - size.height()
    columns = (left, (left + right) / 2, right)
    return [(x, y) for y in (bottom, whole.top() + TOP_PX) for x in columns]
