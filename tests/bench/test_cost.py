"""What does time cost in which nothing happens, and what does each further message cost?"""

import pytest

from playground.engine.build import new_simulator
from playground.engine.parameters import ConsumerParameters, ProducerParameters
from playground.engine.simulator import Simulator
from tests.bench.scenes import LOSSY, QUEUE, chain, produced_by, run_headless, say, seconds_of

DAY_S = 24 * 3600
PASSES = 5
MOST_SECONDS_IDLE = 0.02
MOST_DEPARTURE = 0.25

pytestmark = pytest.mark.bench


def quiet_world(producer: ProducerParameters) -> Simulator:
    """A chain in which little happens."""
    return new_simulator(
        {"shop": producer, "orders": QUEUE, "billing": ConsumerParameters()},
        [("shop", "orders", LOSSY), ("orders", "billing", LOSSY)],
        seed=1,
    )


def test_a_day_without_messages_costs_nothing() -> None:
    world = quiet_world(ProducerParameters(rate_per_s=10, limit=10))
    run_headless(world, 60)
    cost = seconds_of(lambda: run_headless(world, DAY_S))
    say(f"\na day after the last message: {1e3 * cost:.2f} ms")
    assert produced_by(world) == 10
    assert cost <= MOST_SECONDS_IDLE


def test_a_day_at_one_message_a_minute_costs_what_its_messages_cost() -> None:
    quiet = busy = float("inf")
    for _ in range(PASSES):
        slow = quiet_world(ProducerParameters(rate_per_s=1 / 60))
        quiet = min(quiet, _cost_of_each(slow, DAY_S))
        busy = min(busy, _cost_of_each(chain(), 15))
    say(
        f"\na day at a message a minute: {1e6 * quiet:.1f} µs a message, "
        f"{1e3 * quiet * 1440:.0f} ms in all; at 100 a second {1e6 * busy:.1f} µs a message"
    )
    assert quiet <= busy * (1 + MOST_DEPARTURE)


def test_cost_grows_linearly_with_messages() -> None:
    lengths = (75, 150, 300)
    best = dict.fromkeys(lengths, float("inf"))
    for _ in range(PASSES):
        for seconds in lengths:
            best[seconds] = min(best[seconds], _cost_of_each(chain(), seconds))
    told = ", ".join(f"{s * 100:,} messages {1e6 * cost:.1f} µs" for s, cost in best.items())
    say(f"\neach of {told}")
    assert max(best.values()) <= min(best.values()) * (1 + MOST_DEPARTURE)


def _cost_of_each(simulator: Simulator, seconds: int) -> float:
    cost = seconds_of(lambda: run_headless(simulator, seconds))
    return cost / produced_by(simulator)
