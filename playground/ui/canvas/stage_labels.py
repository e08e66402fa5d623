"""Which words stand under the cells of a stage bar, and where, so that none runs into another?

The word of the current cell always stands; the others in their order, each as long as all of them
find room by stepping a little aside.
"""

from collections.abc import Sequence
from typing import NamedTuple

GAP_PX = 4.0  # at least so much between two words
MOST_ASIDE_PX = 10.0  # from the middle of its cell, so that it is clear whose word it is


class Word(NamedTuple):
    """What one cell would like to have under it, in the card's coordinates."""

    centre: float  # of its cell
    width: float


def centres(words: Sequence[Word], current: int, left: float, right: float) -> dict[int, float]:
    """The middle of each word that stands, by its cell, all of them between two edges.

    ``current`` is the cell at work, -1 for none.
    """
    chosen: list[int] = []
    result: dict[int, float] = {}
    for index in sorted(range(len(words)), key=lambda index: (index != current, index)):
        wanted = sorted((*chosen, index))
        placed = _placed([words[i] for i in wanted], left, right)
        if placed is not None:
            chosen = wanted
            result = dict(zip(wanted, placed, strict=True))
    return result


def _placed(words: Sequence[Word], left: float, right: float) -> list[float] | None:
    """Each word pushed aside no farther than its neighbours need; None where they have no room."""
    places: list[float] = []
    edge = left
    for word in words:
        places.append(max(word.centre, edge + word.width / 2))
        edge = places[-1] + word.width / 2 + GAP_PX
    edge = right
    for index in range(len(words) - 1, -1, -1):
        places[index] = min(places[index], edge - words[index].width / 2)
        edge = places[index] - words[index].width / 2 - GAP_PX
    aside = [abs(place - word.centre) for place, word in zip(places, words, strict=True)]
    is_inside = not words or places[0] - words[0].width / 2 >= left - 0.01
    return places if is_inside and max(aside, default=0.0) <= MOST_ASIDE_PX else None
