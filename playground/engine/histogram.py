"""How long did it take: mean, median, p95 and p99, in constant space?"""

from collections import Counter
from collections.abc import Callable
from operator import add, rshift

_SHIFTS = [max(0, bits - 7) for bits in range(129)]
_BASES = [shift << 7 for shift in _SHIFTS]
"""By a value's number of bits: how many of them its bin leaves out, and the first such bin."""


class Histogram:
    """Counts of non-negative integers, exact in the mean, within 1 % in every percentile.

    Values below 128 have a bin each; above, 64 bins for every doubling, so that a bin's middle is
    at most 0.8 % away from any value in it.
    """

    __slots__ = ("_bins", "_count", "_fresh", "_total", "add")

    def __init__(self) -> None:
        self._count = 0
        self._total = 0
        self._bins: Counter[int] = Counter()
        self._fresh: list[int] = []  # not counted yet: many at a time cost a third of one by one
        self.add: Callable[[int], None] = self._fresh.append
        """Count one value; whoever adds for ever calls ``count_fresh`` now and then."""

    def count_fresh(self) -> None:
        """Put what was added lately into its bins."""
        fresh = self._fresh
        self._count += len(fresh)
        self._total += sum(fresh)
        # Without a loop of our own, which would take twice as long.
        bits = list(map(int.bit_length, fresh))
        tops = map(rshift, fresh, map(_SHIFTS.__getitem__, bits))
        self._bins.update(map(add, map(_BASES.__getitem__, bits), tops))
        fresh.clear()

    def restore(self, bins: dict[int, int]) -> None:
        """Only what lies in these bins, whose sum is not known."""
        self._bins = Counter(bins)
        self._fresh.clear()
        self._count, self._total = sum(bins.values()), 0

    @property
    def count(self) -> int:
        """How many values there were."""
        return self._count + len(self._fresh)

    @property
    def total(self) -> int:
        """Their sum."""
        return self._total + sum(self._fresh)

    @property
    def bins(self) -> Counter[int]:
        """How many values lie in each bin."""
        if self._fresh:
            self.count_fresh()
        return self._bins

    @property
    def mean(self) -> float:
        """The exact mean; 0 where nothing was counted."""
        return self.total / self.count if self.count else 0.0

    def percentile(self, share: float) -> int:
        """The nearest-rank percentile, ``share`` between 0 and 1; 0 where nothing was counted."""
        if not self.count:
            return 0
        rank = max(1, -(-self.count * round(share * 1000) // 1000))
        bins = self.bins
        for key in sorted(bins):
            rank -= bins[key]
            if rank <= 0:
                break
        if key < 128:
            return key
        shift = key >> 7
        return ((key & 127) << shift) + (1 << shift >> 1)

    def fork(self) -> "Histogram":
        """An independent copy."""
        twin = Histogram()
        if bins := self.bins:
            twin._bins = bins.copy()
        twin._count, twin._total = self._count, self._total
        return twin
