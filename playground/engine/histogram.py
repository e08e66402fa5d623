"""How long did it take: mean, median, p95 and p99, in constant space?"""


class Histogram:
    """Counts of non-negative integers, exact in the mean, within 1 % in every percentile.

    Values below 128 have a bin each; above, 64 bins for every doubling, so that a bin's middle is
    at most 0.8 % away from any value in it.
    """

    __slots__ = ("bins", "count", "total")

    def __init__(self) -> None:
        self.count = 0
        self.total = 0
        self.bins: dict[int, int] = {}

    def add(self, value: int) -> None:
        """Count one value."""
        self.count += 1
        self.total += value
        if value < 128:
            key = value
        else:
            shift = value.bit_length() - 7
            key = (shift << 7) + (value >> shift)
        bins = self.bins
        bins[key] = bins.get(key, 0) + 1

    @property
    def mean(self) -> float:
        """The exact mean; 0 where nothing was counted."""
        return self.total / self.count if self.count else 0.0

    def percentile(self, share: float) -> int:
        """The nearest-rank percentile, ``share`` between 0 and 1; 0 where nothing was counted."""
        if not self.count:
            return 0
        rank = max(1, -(-self.count * round(share * 1000) // 1000))
        for key in sorted(self.bins):
            rank -= self.bins[key]
            if rank <= 0:
                break
        if key < 128:
            return key
        shift = key >> 7
        return ((key & 127) << shift) + (1 << shift >> 1)

    def fork(self) -> "Histogram":
        """An independent copy."""
        twin = Histogram()
        twin.count, twin.total, twin.bins = self.count, self.total, self.bins.copy()
        return twin
