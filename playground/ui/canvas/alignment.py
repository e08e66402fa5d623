"""Where does a dragged card come to rest: in line with another one, or on the grid?"""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QRectF

from playground.ui.canvas.layout import SNAP_PX
from playground.ui.canvas.sketch_layer import Guide

REACH_PX = 5.0  # on the screen


class Rest(NamedTuple):
    """A corner, and what it lines up with."""

    x: float
    y: float
    guides: tuple[Guide, ...]


def rest_of(box: QRectF, others: Iterable[QRectF], zoom: float) -> Rest:
    """The nearest line that another card's edge or middle gives; else the nearest of the grid."""
    others = list(others)
    x = _nearest(_upright(box), map(_upright, others), REACH_PX / zoom)
    y = _nearest(_level(box), map(_level, others), REACH_PX / zoom)
    left = _on_grid(box.left()) if x is None else box.left() + x
    top = _on_grid(box.top()) if y is None else box.top() + y
    there = QRectF(left, top, box.width(), box.height())
    guides = [] if x is None else _guides(there, others, is_upright=True)
    guides += [] if y is None else _guides(there, others, is_upright=False)
    return Rest(left, top, tuple(guides))


def _on_grid(at: float) -> float:
    return round(at / SNAP_PX) * SNAP_PX


def _upright(box: QRectF) -> tuple[float, float, float]:
    return box.left(), box.center().x(), box.right()


def _level(box: QRectF) -> tuple[float, float, float]:
    return box.top(), box.center().y(), box.bottom()


def _nearest(
    lines: tuple[float, float, float],
    others: Iterable[tuple[float, float, float]],
    reach: float,
) -> float | None:
    """How far to go so that like meets like: edge with the same edge, middle with middle."""
    gaps = [b - a for other in others for a, b in zip(lines, other, strict=True)]
    near = [gap for gap in gaps if abs(gap) <= reach]
    return min(near, key=abs) if near else None


def _guides(box: QRectF, others: list[QRectF], *, is_upright: bool) -> list[Guide]:
    """One line for each edge or middle that meets another one, over all that it meets."""
    lines, across = (_upright, _level) if is_upright else (_level, _upright)
    found: list[Guide] = []
    for index in (0, 2, 1):
        at = lines(box)[index]
        if index == 1 and len(found) == 2:
            break  # both edges say it already
        met = [other for other in others if abs(lines(other)[index] - at) < 0.01]
        if met:
            starts = [across(each)[0] for each in (box, *met)]
            ends = [across(each)[2] for each in (box, *met)]
            found.append(Guide(is_upright, at, min(starts), max(ends)))
    return found
