"""How often is something sent, delivered, applied, lost, when chances decide?

Each tolerance is four standard errors of the estimate, the formula beside it. The seeds are fixed.
"""

from math import sqrt

import pytest

from playground.engine.ledger import GroupLedger
from playground.engine.parameters import ConsumerParameters, LinkParameters, Loss, Retry, Spread
from playground.engine.records import PacketSent

from .tiny import MS, Tiny, billing, link, orders, retry, shop

NOW = LinkParameters(latency=Spread(mean_us=0))


def lossy(p: float, q: float) -> LinkParameters:
    """10 ms, with a loss of p with the arrow and of q against it."""
    return link(loss=Loss(request=p, reply=q))


@pytest.mark.parametrize("p", [0.1, 0.3])
def test_sends_until_a_confirm_are_geometric(p: float) -> None:
    # An attempt succeeds with s = (1−p)²: 1/s SENDs a message, with the variance (1−s)/s².
    # Of these the share 1−p arrives, so there are 1/(1−p) entries a message.
    count, success = 4_000, (1 - p) ** 2
    tiny = Tiny(
        shop(rate_per_s=500, limit=count, window=200, retry=retry(30)),
        consumer=billing(0, prefetch=999),
        up=lossy(p, p),
    ).until(60_000)
    error = sqrt((1 - success) / success**2 / count)
    assert tiny.shop.attempts / count == pytest.approx(1 / success, abs=4 * error)
    assert tiny.orders.appended / count == pytest.approx(1 / (1 - p), abs=4 * error)
    assert tiny.book().applied_once + tiny.book().applied_many == count


@pytest.mark.parametrize("p", [0.1, 0.3])
def test_redeliveries_and_duplicate_effects_by_lost_acks_are_geometric(p: float) -> None:
    # Out go 1/(1−p)² copies of a message, 1/(1−p) arrive, and each of them has its effect.
    count, success = 4_000, (1 - p) ** 2
    tiny = Tiny(
        shop(rate_per_s=500, limit=count, publish="fire-and-forget"),
        orders(lease_us=30 * MS),
        billing(0, prefetch=999),
        down=lossy(p, p),
    ).until(60_000)
    book = tiny.book()
    error = sqrt((1 - success) / success**2 / count)
    assert len(tiny.packets("DELIVER")) / count == pytest.approx(1 / success, abs=4 * error)
    assert book.deliveries / count == pytest.approx(1 / (1 - p), abs=4 * error)
    assert book.duplicate_effects / count == pytest.approx(p / (1 - p), abs=4 * error)
    # A message is applied more than once unless its first ACK that leaves comes through.
    assert book.applied_many / count == pytest.approx(p, abs=4 * sqrt(p * (1 - p) / count))


def test_losses_of_fire_and_forget_are_binomial() -> None:
    p, count = 0.1, 10_000
    tiny = Tiny(
        shop(rate_per_s=1_000, limit=count, publish="fire-and-forget"),
        consumer=billing(0, guarantee="at-most-once"),
        up=lossy(p, 0),
        down=lossy(p, 0),
    ).until(20_000)
    error = 4 * sqrt(count * p * (1 - p))
    assert tiny.lost()["send-lost"] == pytest.approx(count * p, abs=error)
    assert tiny.lost()["deliver-lost"] == pytest.approx(count * (1 - p) * p, abs=error)


def test_network_copies_are_binomial() -> None:
    tiny = Tiny(
        shop(rate_per_s=1_000, limit=10_000, publish="fire-and-forget"),
        consumer=billing(0, guarantee="at-most-once"),
        up=link(duplicate=0.2),
    ).until(20_000)
    error = 4 * sqrt(10_000 * 0.2 * 0.8)
    assert tiny.book().duplicate_effects == pytest.approx(2_000, abs=error)


def test_crashes_are_binomial_over_deliveries() -> None:
    # Each delivery that reaches the point dies with p: 1/(1−p) deliveries a message.
    p, count = 0.2, 3_000
    tiny = Tiny(
        shop(rate_per_s=20, limit=count, publish="fire-and-forget"),
        consumer=billing(1, crash_chance=p, crash_at="received", restart_after_us=0),
        up=NOW,
        down=NOW,
    ).until(200_000)
    error = sqrt(p / (1 - p) ** 2 / count)
    assert tiny.book().deliveries / count == pytest.approx(1 / (1 - p), abs=4 * error)
    assert tiny.book().applied_once == count


def test_dead_letters_of_a_failing_handler_are_geometric() -> None:
    # All k deliveries fail with the chance f^k.
    f, k, count = 0.5, 3, 6_000
    tiny = Tiny(
        shop(rate_per_s=200, limit=count, publish="fire-and-forget"),
        orders(max_deliveries=k, dead_letter="dead"),
        billing(1, failure_chance=f),
        nodes={"dead": orders()},
        up=NOW,
        down=NOW,
    ).until(60_000)
    share = f**k
    error = sqrt(share * (1 - share) / count)
    assert tiny.book().dead_lettered / count == pytest.approx(share, abs=4 * error)


def test_full_jitter_waits_half_the_backoff_on_average() -> None:
    # U(0, b) has the mean b/2 and the deviation b/√12.
    count, b_ms = 1_000, 400
    schedule = Retry(
        timeout_us=100 * MS, attempts=2, backoff_us=b_ms * MS, factor=1.0, jitter="full"
    )
    tiny = Tiny(
        shop(rate_per_s=100, limit=count, window=count, retry=schedule), up=lossy(1, 1)
    ).until(60_000)
    sent = tiny.all(PacketSent)
    first = {each.message: each.at_us for each in sent if each.number == 1}
    waits = [(each.at_us - first[each.message]) / MS - 100 for each in sent if each.number == 2]
    assert (len(waits), min(waits) >= 0, max(waits) <= b_ms) == (count, True, True)
    error = b_ms / sqrt(12 * count)
    assert sum(waits) / count == pytest.approx(b_ms / 2, abs=4 * error)


# ---------------------------------------------------------------------- latency


@pytest.mark.parametrize(
    ("shape", "deviation"), [("exponential", 1.0), ("uniform", 0.578), ("lognormal", 1.311)]
)
def test_the_latency_of_a_message_is_the_sum_of_its_ways_and_its_work(
    shape: str, deviation: float
) -> None:
    # Three independent durations of 10 ms each; deviation of one of them in units of its mean.
    count = 4_000
    spread = Spread(mean_us=10 * MS, distribution=shape)  # type: ignore[arg-type]
    way = LinkParameters(latency=spread)
    tiny = Tiny(
        shop(rate_per_s=1, limit=count, publish="fire-and-forget"),
        consumer=ConsumerParameters(guarantee="at-most-once", work=spread),
        up=way,
        down=way,
    ).until(count * 1_001)
    book: GroupLedger = tiny.book()
    assert book.latency.count == count
    error = deviation * 10 * sqrt(3 / count)
    assert book.latency.mean / MS == pytest.approx(30, abs=4 * error)


def test_packets_a_message_of_each_promise() -> None:
    def packets(publish: str, **consumer: object) -> float:
        tiny = Tiny(
            shop(rate_per_s=50, limit=100, publish=publish), consumer=billing(5, **consumer)
        ).until(9_000)
        return sum(row[0] for row in tiny.world.wire.values()) / 100

    assert packets("fire-and-forget", guarantee="at-most-once") == 2
    assert packets("fire-and-forget") == 3
    assert packets("confirmed", guarantee="at-most-once") == 3
    assert packets("confirmed") == 4
    assert packets("confirmed", how="double-ack") == 5
    assert packets("confirmed", guarantee="at-most-once", how="commit-first") == 5
