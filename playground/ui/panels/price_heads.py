"""How are the columns of the price table named, so that each can be told from the others?

Pure: names, a room and a measure in, columns out. A name stays whole where the others leave it
the room; otherwise it is broken at a hyphen, or reaches under the name before it. What finds no
room there is cut at its end, or where names begin alike in the middle.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from playground.ui.format import elided

GAP_PX = 8.0  # between two columns
FIRST_OVER_PX = 60.0  # to the left of the first name nothing is written
Measure = Callable[[str], float]


class Head(NamedTuple):
    """One column: its name in lines, and its width in pixels."""

    lines: tuple[str, ...]
    wide_px: float


def heads(
    names: Sequence[str], least_px: float, room_px: float, measure: Measure
) -> tuple[Head, ...]:
    """The columns, none narrower than a value; together with their gaps as wide as the room."""
    if not names:
        return ()
    free_px = room_px - GAP_PX * (len(names) - 1)
    for broken in (False, True):
        lines = [_broken(name) if broken else (name,) for name in names]
        wide = [max(least_px, *(measure(line) for line in each)) for each in lines]
        if sum(wide) <= free_px:
            return tuple(Head(*each) for each in zip(lines, wide, strict=True))
    wide = _capped(wide, least_px, free_px)
    for where in ("end", "middle"):
        cut = _cut(lines, wide, measure, where)
        if len(set(cut)) == len(set(names)):
            break
    return tuple(Head(*each) for each in zip(cut, wide, strict=True))


def _cut(
    lines: Sequence[tuple[str, ...]], wide: Sequence[float], measure: Measure, where: str
) -> list[tuple[str, ...]]:
    """Names that need more than their columns reach to the left, under a name of one line.

    Those that find no room there are cut.
    """
    result: list[tuple[str, ...]] = []
    for index, (each, px) in enumerate(zip(lines, wide, strict=True)):
        room = px + (GAP_PX + wide[index - 1] if index else FIRST_OVER_PX)
        if any(measure(line) > px for line in each):
            is_free = len(each) == 1 and (not index or len(result[-1]) == 1)
            if is_free and measure(each[0]) <= room:
                result.append(("", *each) if index else each)
                continue
        result.append(tuple(elided(line, px, measure, where) for line in each))
    return result


def _broken(name: str) -> tuple[str, ...]:
    """A name in two lines, the hyphen at the end of the first; whole where there is none."""
    first, hyphen, second = name.rpartition("-")
    return (first + hyphen, second) if first and second else (name,)


def _capped(wide: Sequence[float], least_px: float, free_px: float) -> list[float]:
    """The widest columns made narrower, until all fit or none is wider than a value."""
    most = max(wide)
    while most > least_px and sum(min(each, most) for each in wide) > free_px:
        most -= 1.0
    return [min(each, max(most, least_px)) for each in wide]
