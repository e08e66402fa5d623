"""Does a run measure what queueing theory and probability say it must?

Each tolerance is three or four standard errors of the estimate, the formula beside it. The seeds
are fixed: a number that is out of bounds today is out of bounds tomorrow.
"""

from itertools import pairwise
from math import factorial, sqrt

import pytest

from playground.engine.parameters import (
    ConsumerParameters,
    LinkParameters,
    ProducerParameters,
    QueueParameters,
    Spread,
)
from playground.engine.records import Applied, Begun, Produced

from .tiny import Tiny, billing, shop

NOW = LinkParameters(latency=Spread(mean_us=0))
RATE = 100.0  # λ, messages a second


def open_queue(
    rho: float, work: str, count: int, servers: int = 1, capacity: int | None = None
) -> Tiny:
    """Poisson arrivals, no latency, prefetch 1: a queue of the textbook. Work is ρ·c/λ long."""
    consumer = ConsumerParameters(
        group="group",
        work=Spread(mean_us=round(rho * servers / RATE * 1e6), distribution=work),  # type: ignore
    )
    return Tiny(
        ProducerParameters(
            rate_per_s=RATE, arrivals="poisson", limit=count, publish="fire-and-forget"
        ),
        QueueParameters(lease_us=None, capacity=capacity),
        consumers={f"server{index}": consumer for index in range(servers)},
        up=NOW,
        down=NOW,
    ).until(count / RATE * 1_100)


def wait_s(tiny: Tiny) -> float:
    """The mean time from append to the start of the work, in seconds."""
    return tiny.book("group").wait.mean / 1e6


# ---------------------------------------------------------------------- queues


@pytest.mark.parametrize(
    ("work", "second_moment"),
    [("exponential", 2.0), ("fixed", 1.0), ("uniform", 4 / 3), ("lognormal", 2.718_281_8)],
)
def test_the_mean_wait_of_an_m_g_1_queue(work: str, second_moment: float) -> None:
    # Pollaczek and Khinchine: Wq = λ·E[S²] / (2·(1−ρ)). With E[S] = m, E[S²] is 2m² for M/M/1,
    # m² for M/D/1, 4m²/3 for uniform on [0, 2m], e·m² for lognormal with σ = 1.
    rho, count = 0.5, 20_000
    mean_s = rho / RATE
    expected = RATE * second_moment * mean_s**2 / (2 * (1 - rho))
    # M/M/1: the variance constant of the mean wait is ρ(2+5ρ−4ρ²+ρ³)/(1−ρ)⁴ = 29 in units of m²
    # (Whitt 1989), so one standard error is √(29/20 000)·m = 3.8 % of Wq = m. Twice for lognormal.
    tolerance = 0.24 if work == "lognormal" else 0.12
    assert wait_s(open_queue(rho, work, count)) == pytest.approx(expected, rel=tolerance)


@pytest.mark.parametrize("servers", [2, 3])
def test_the_mean_wait_of_an_m_m_c_queue(servers: int) -> None:
    # Erlang C with a = λ/μ: C = B/(1−ρ(1−B)), B = (a^c/c!) / Σ a^k/k!; Wq = C / (c·μ − λ).
    rho, count = 0.7, 20_000
    offered = rho * servers
    terms = [offered**k / factorial(k) for k in range(servers + 1)]
    blocked = terms[-1] / sum(terms)
    queued = blocked / (1 - rho * (1 - blocked))
    expected = queued / (RATE / rho - RATE)
    # At ρ = 0.7 the M/M/1 constant is 276 m'² (m' = 1/(cμ)) and Wq = 2.3·C m': 4 errors ≈ 25 %.
    measured = wait_s(open_queue(rho, "exponential", count, servers))
    assert measured == pytest.approx(expected, rel=0.25)


@pytest.mark.parametrize("rho", [0.8, 1.5])
def test_the_blocking_of_a_bounded_queue(rho: float) -> None:
    # M/M/1/K, the one in work included: P_K = (1−ρ)·ρ^K / (1−ρ^(K+1)).
    capacity, count = 4, 20_000
    expected = (1 - rho) * rho**capacity / (1 - rho ** (capacity + 1))
    tiny = open_queue(rho, "exponential", count, capacity=capacity)
    # Refusals come in runs of about 1/(1−P): four times √(P(1−P)/N)·2 ≈ 0.024 at most.
    assert tiny.orders.rejected / count == pytest.approx(expected, abs=0.024)
    assert tiny.lost("group") == {"overflow": tiny.orders.rejected}


def test_utilisation_and_littles_law() -> None:
    tiny = open_queue(0.6, "exponential", 10_000)
    begun = {each.message: each.at_us for each in tiny.all(Begun)}
    produced = {each.message: each.at_us for each in tiny.all(Produced)}
    applied = {each.message: each.at_us for each in tiny.all(Applied)}
    until_us = max(applied.values())
    # Utilisation: busy time / time = λ·E[S]; its error is about √(2/N)·ρ.
    busy_us = sum(applied[m] - begun[m] for m in applied)
    assert busy_us / until_us == pytest.approx(0.6, abs=4 * 0.6 * sqrt(2 / 10_000))
    # Little: the area under the number of waiting messages is the sum of the waits, exactly.
    events = [(at, 1) for at in produced.values()] + [(at, -1) for at in begun.values()]
    area = waiting = last_us = 0
    for at_us, change in sorted(events):
        area += waiting * (at_us - last_us)
        waiting, last_us = waiting + change, at_us
    book = tiny.book("group")
    assert area == book.wait.total
    assert book.latency.total == sum(applied[m] - produced[m] for m in applied)


def test_the_throughput_of_a_closed_loop_is_window_over_round_trip() -> None:
    # Three unconfirmed ones at once, 20 ms there and back: 150 a second, however fast the shop is.
    tiny = Tiny(shop(rate_per_s=1_000, limit=None, window=3), consumer=billing(0, prefetch=99))
    assert tiny.until(2_001).orders.appended == pytest.approx(150 * 2, abs=3)


# ---------------------------------------------------------------------- arrivals


def test_regular_arrivals_are_exact_for_ever() -> None:
    tiny = Tiny(shop(rate_per_s=7, limit=2_000, publish="fire-and-forget"), up=NOW, down=NOW)
    produced = tiny.until(300_000).all(Produced)
    assert [each.at_us for each in produced] == [round(n * 1e6 / 7) for n in range(1, 2_001)]


def test_poisson_arrivals_have_exponential_gaps() -> None:
    tiny = Tiny(shop(rate_per_s=50, arrivals="poisson", limit=10_000, publish="fire-and-forget"))
    at = [0.0, *tiny.until(300_000).times(Produced)]
    gaps = [later - earlier for earlier, later in pairwise(at)]
    mean_ms = sum(gaps) / len(gaps)
    # Mean 1/λ = 20 ms, error 20/√N; the squared coefficient of variation is 1, error √(8/N).
    assert mean_ms == pytest.approx(20, abs=4 * 20 / sqrt(10_000))
    variance = sum((gap - mean_ms) ** 2 for gap in gaps) / len(gaps)
    assert variance / mean_ms**2 == pytest.approx(1, abs=4 * sqrt(8 / 10_000))


def test_bursts_keep_the_rate() -> None:
    tiny = Tiny(shop(rate_per_s=70, arrivals="burst", burst=7, limit=None), consumer=billing(1))
    assert tiny.until(10_000).shop.produced == 700
