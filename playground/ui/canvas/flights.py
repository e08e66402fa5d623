"""Which packets are where, which hide one another, and where are too many to tell apart?

Pure numpy: a flight table, a moment and the lanes of the links in; places, bands and badges out.
The place is (now − sent) / (ends − sent) of the way, linear: it is the truth.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.session.frame import FlightTable
from playground.ui.canvas.geometry import places

CROWD = 60  # more than this on one lane are a band
CALM_CROWD = 20  # the same, where motion is reduced
SHORT_US = 80_000  # of wall time; shorter flights would flicker
TOGETHER_PX = 6.0
FAR_TOGETHER_PX = 2.0  # on the screen, where packets are plain dots


class Band(NamedTuple):
    """A lane with more packets than can be told apart."""

    lane: int  # 2 · link, + 1 for replies
    packets: int
    is_counted: bool


class Arranged(NamedTuple):
    """The packets to draw, farthest from their goal first; all arrays have the same length."""

    row: NDArray[np.intp]  # index into the flight table
    at: NDArray[np.float64]  # (n, 2) scene pixels
    fraction: NDArray[np.float64]
    lane: NDArray[np.intp]
    hidden: NDArray[np.intp]  # how many others this one stands for
    bands: tuple[Band, ...]


def fractions(table: FlightTable, now_us: int) -> NDArray[np.float64]:
    """How much of its way each packet has gone."""
    whole = np.maximum(table.ends_us - table.sent_us, 1)
    share = np.clip((now_us - table.sent_us) / whole, 0.0, 1.0)
    return np.asarray(share * table.travel, dtype=np.float64)


def arrange(
    table: FlightTable,
    now_us: int,
    lanes: NDArray[np.float64],
    lengths_px: NDArray[np.float64],
    *,
    speed: float,
    is_running: bool,
    crowd: int = CROWD,
    together_px: float = TOGETHER_PX,
    alone: NDArray[np.bool_] | None = None,
) -> Arranged:
    """``lanes`` is (2 · links, samples, 2) and ``lengths_px`` (2 · links,); NaN where unplaced.

    Packets that stand ``alone`` are drawn one by one, however many others there are.
    """
    lane = table.link.astype(np.intp) * 2 + table.is_reply
    known = (lane >= 0) & (lane < len(lanes))
    known[known] &= np.isfinite(lengths_px[lane[known]])
    counts = np.bincount(lane[known], minlength=len(lanes))
    is_short = np.zeros(len(lane), dtype=np.bool_)
    if is_running and speed > 0:
        is_short = (table.ends_us - table.sent_us) < SHORT_US * speed
    is_dense = counts > crowd
    shown = known & ~is_short
    shown[known] &= ~is_dense[lane[known]]
    own = np.zeros(len(lane), dtype=np.bool_) if alone is None else alone
    shown |= known & own
    fast = np.bincount(lane[known & is_short], minlength=len(lanes)) > 0
    bands = tuple(
        Band(int(i), int(counts[i]), bool(is_dense[i])) for i in np.flatnonzero(is_dense | fast)
    )
    row = np.flatnonzero(shown)
    share = fractions(table, now_us)[row]
    lane = lane[row]
    row, share, lane, hidden = _gathered(row, share, lane, lengths_px, together_px, own)
    order = np.argsort(share, kind="stable")
    row, share, lane, hidden = row[order], share[order], lane[order], hidden[order]
    at = places(lanes, lane, share) if len(row) else np.empty((0, 2))
    return Arranged(row, at, share, lane, hidden, bands)


def _gathered(
    row: NDArray[np.intp],
    share: NDArray[np.float64],
    lane: NDArray[np.intp],
    lengths_px: NDArray[np.float64],
    together_px: float,
    own: NDArray[np.bool_],
) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.intp], NDArray[np.intp]]:
    """Of packets closer than ``together_px`` on one lane only the one nearest its goal."""
    if not len(row):
        return row, share, lane, np.empty(0, dtype=np.intp)
    way = share * lengths_px[lane]
    order = np.lexsort((-way, lane))
    way, lane, row, share = way[order], lane[order], row[order], share[order]
    starts = np.ones(len(row), dtype=np.bool_)
    starts[1:] = (lane[1:] != lane[:-1]) | (way[:-1] - way[1:] >= together_px)
    # A long queue of packets is as many bunches as it is long: each reaches that far, no farther.
    first = np.maximum.accumulate(np.where(starts, np.arange(len(row)), 0))
    bunch = ((way[first] - way) // together_px).astype(np.intp)
    starts[1:] |= bunch[1:] != bunch[:-1]
    starts |= own[row]
    firsts = np.flatnonzero(starts)
    hidden = np.diff(np.append(firsts, len(row))) - 1
    return row[firsts], share[firsts], lane[firsts], hidden
