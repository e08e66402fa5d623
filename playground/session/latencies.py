"""How long did messages take lately, from the producer's submit to the first effect?

The ledger's histograms only grow. A copy of their bins each virtual second makes the difference
between two moments a histogram of what came in between; percentiles are worked out when asked for.
"""

from collections import deque
from typing import NamedTuple

from playground.engine.histogram import Histogram
from playground.engine.ledger import GroupLedger

WINDOW_S = 5
KEPT_S = 60
SHARES: tuple[tuple[str, float], ...] = (
    ("latency_p50", 0.50),
    ("latency_p95", 0.95),
    ("latency_p99", 0.99),
)
US_PER_MS = 1_000


class Snapshot(NamedTuple):
    """The bins of a group's histogram at the end of a virtual second."""

    at_us: int
    total: int
    bins: dict[int, int]


class Latencies:
    """One group's snapshots, and the percentiles of each window that has been asked for."""

    def __init__(self) -> None:
        self._snapshots: deque[Snapshot] = deque(maxlen=KEPT_S + WINDOW_S + 1)
        self._percentiles: dict[int, tuple[float, ...]] = {}

    def fork(self) -> "Latencies":
        """An independent copy; a snapshot is never written to again."""
        twin = Latencies()
        twin._snapshots, twin._percentiles = self._snapshots.copy(), self._percentiles.copy()
        return twin

    def sample(self, at_us: int, book: GroupLedger) -> None:
        """Copy the bins, unless nothing has been applied since: the last copy holds on."""
        latency = book.latency
        last = self._snapshots[-1] if self._snapshots else None
        bins = last.bins if last and last.total == latency.count else latency.bins.copy()
        self._snapshots.append(Snapshot(at_us, latency.count, bins))

    def points(self) -> tuple[list[int], list[tuple[float, ...]]]:
        """A moment a second, and its percentiles in ms; a window without an effect repeats them."""
        xs: list[int] = []
        ys: list[tuple[float, ...]] = []
        every = list(self._snapshots)
        for index, snapshot in enumerate(every):
            known = self._percentiles.get(snapshot.at_us)
            if known is None:
                before = every[max(0, index - WINDOW_S)]
                known = _between(before, snapshot) or (ys[-1] if ys else ())
                self._percentiles[snapshot.at_us] = known
            if known:
                xs.append(snapshot.at_us)
                ys.append(known)
        while len(self._percentiles) > 2 * (KEPT_S + WINDOW_S):
            del self._percentiles[next(iter(self._percentiles))]
        return xs, ys


def _between(before: Snapshot, after: Snapshot) -> tuple[float, ...]:
    """The percentiles of what was counted between two moments; nothing where that is nothing."""
    if before.total == after.total:
        return ()
    histogram = Histogram()
    old = before.bins if before.total < after.total else {}  # a group can begin anew
    left = {key: count - old.get(key, 0) for key, count in after.bins.items()}
    histogram.restore({key: count for key, count in left.items() if count})
    return tuple(histogram.percentile(share) / US_PER_MS for _, share in SHARES)
