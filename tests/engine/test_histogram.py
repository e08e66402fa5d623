"""Is the mean exact, and is every percentile within one per cent?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.histogram import Histogram

VALUES = st.lists(st.integers(0, 10**13), min_size=1, max_size=60)


def of(values: list[int]) -> Histogram:
    """A histogram of these values."""
    histogram = Histogram()
    for value in values:
        histogram.add(value)
    return histogram


@given(VALUES)
def test_the_mean_is_exact(values: list[int]) -> None:
    assert of(values).mean == sum(values) / len(values)


@given(VALUES, st.sampled_from([0.01, 0.25, 0.5, 0.95, 0.99, 1.0]))
def test_a_percentile_is_the_nearest_rank_within_one_per_cent(
    values: list[int], share: float
) -> None:
    # Nearest rank: the smallest value such that at least this share of all is not above it.
    rank = max(1, -(-len(values) * round(share * 100) // 100))
    exact = sorted(values)[rank - 1]
    assert of(values).percentile(share) == pytest.approx(exact, rel=0.01, abs=0.5)


def test_small_values_are_exact() -> None:
    assert [of([value]).percentile(0.5) for value in (0, 1, 127)] == [0, 1, 127]


def test_the_median_of_two_is_the_smaller_one() -> None:
    assert of([10, 20]).percentile(0.5) == 10


def test_nothing_counted_is_zero() -> None:
    assert (Histogram().mean, Histogram().percentile(0.99)) == (0.0, 0)


def test_a_fork_counts_on_its_own() -> None:
    histogram = of([1, 2])
    twin = histogram.fork()
    twin.add(99)
    assert (histogram.count, twin.count, histogram.mean) == (2, 3, 1.5)


def test_a_month_of_values_takes_little_space() -> None:
    histogram = of([3**n % 10**13 for n in range(5_000)])
    # 64 bins for each doubling, and 44 doublings up to ten to the thirteenth.
    assert len(histogram.bins) <= 128 + 64 * 44
