"""Do draws have the right distributions, and do their keys name the thing and nothing else?"""

import math
from collections.abc import Callable
from statistics import mean, median, stdev

import pytest

from playground.engine.chance import KeyedChance, spread_us
from playground.engine.parameters import LinkParameters, Loss, Spread

N = 4_000
US = 1_000_000


def draws(spread: Spread, purpose: str = "work") -> list[int]:
    """Many independent durations."""
    chance = KeyedChance(7)
    return [chance.duration_us(spread, "billing", purpose, f"shop#{n}", 1) for n in range(N)]


# mean m, standard deviation: exponential m; uniform on [0, 2m] m/√3; lognormal m·√(e^σ² − 1).
SHAPES: list[tuple[Spread, float]] = [
    (Spread(mean_us=US, distribution="fixed"), 0.0),
    (Spread(mean_us=US, distribution="exponential"), 1.0),
    (Spread(mean_us=US, distribution="uniform"), 1 / math.sqrt(3)),
    (Spread(mean_us=US, distribution="lognormal"), math.sqrt(math.e - 1)),
    (Spread(mean_us=US, distribution="lognormal", sigma=0.5), math.sqrt(math.exp(0.25) - 1)),
]


@pytest.mark.parametrize(("spread", "deviation"), SHAPES)
def test_mean_and_deviation_of_a_distribution(spread: Spread, deviation: float) -> None:
    values = draws(spread)
    # Four standard errors of the mean: 4·s/√N.
    assert mean(values) == pytest.approx(US, abs=4 * deviation * US / math.sqrt(N) + 1)
    # The lognormal's fourth moment is large, so its deviation wanders more.
    assert stdev(values) == pytest.approx(deviation * US, rel=0.15, abs=1)


@pytest.mark.parametrize(
    ("spread", "share"),
    [
        (Spread(mean_us=US, distribution="exponential"), math.log(2)),
        (Spread(mean_us=US, distribution="uniform"), 1.0),
        (Spread(mean_us=US, distribution="lognormal"), math.exp(-0.5)),
    ],
)
def test_the_median_is_the_inverse_transform_of_one_half(spread: Spread, share: float) -> None:
    assert spread_us(spread, 0.5) == round(share * US)
    assert median(draws(spread)) == pytest.approx(share * US, rel=0.06)


def test_a_uniform_one_stays_within_twice_its_mean() -> None:
    values = draws(Spread(mean_us=500, distribution="uniform"))
    assert 0 <= min(values) <= 5
    assert 995 <= max(values) <= 1_000


def test_nothing_takes_no_time_in_every_distribution() -> None:
    for spread, _ in SHAPES:
        zero = Spread(mean_us=0, distribution=spread.distribution)
        assert set(draws(zero)) == {0}


@pytest.mark.parametrize("chance", [0.0, 0.01, 0.3, 0.97, 1.0])
def test_something_with_a_chance_happens_that_often(chance: float) -> None:
    keyed = KeyedChance(3)
    hits = sum(keyed.strikes(chance, "billing", "crash", f"shop#{n}", 1) for n in range(N))
    # Binomial: four standard deviations are 4·√(N·p·(1−p)).
    assert abs(hits - N * chance) <= 4 * math.sqrt(N * chance * (1 - chance))


def fate(
    seed: int = 1,
    storm: str = "a→b",
    reply: bool = False,
    packet: str = "SEND",
    name: str = "shop#1",
    ordinal: int = 1,
) -> int:
    """The latency of one packet, drawn from its key."""
    weather = LinkParameters(latency=Spread(mean_us=US, distribution="exponential"))
    return KeyedChance(seed).fate(weather, storm, reply, packet, name, ordinal).latency_us


KEYS: list[Callable[[], int]] = [
    lambda: fate(seed=2),
    lambda: fate(storm="a→c"),
    lambda: fate(reply=True),
    lambda: fate(packet="DELIVER"),
    lambda: fate(name="shop#11"),
    lambda: fate(ordinal=2),
]


def test_the_same_key_gives_the_same_draw_and_every_part_of_it_matters() -> None:
    assert fate() == fate()
    assert len({fate(), *(key() for key in KEYS)}) == 1 + len(KEYS)


def test_what_is_drawn_does_not_depend_on_what_was_drawn_before() -> None:
    weather = LinkParameters(latency=Spread(mean_us=US, distribution="uniform"))
    fresh, used = KeyedChance(5), KeyedChance(5)
    for ordinal in range(50):
        used.fate(weather, "x", False, "SEND", "shop#9", ordinal)
    assert fresh.fate(weather, "a", False, "SEND", "shop#1", 1) == used.fate(
        weather, "a", False, "SEND", "shop#1", 1
    )


def test_request_and_reply_have_chances_of_their_own() -> None:
    weather = LinkParameters(loss=Loss(request=0.0, reply=1.0))
    keyed = KeyedChance(1)
    assert not keyed.fate(weather, "a", False, "SEND", "shop#1", 1).is_lost
    assert keyed.fate(weather, "a", True, "CONFIRM", "shop#1", 1).is_lost


def test_turning_a_chance_up_only_adds_to_what_is_lost() -> None:
    keyed = KeyedChance(1)

    def lost(chance: float) -> set[int]:
        weather = LinkParameters(loss=Loss(request=chance))
        return {
            n for n in range(500) if keyed.fate(weather, "a", False, "SEND", f"s#{n}", 1).is_lost
        }

    assert lost(0.1) < lost(0.3)


def test_the_draws_of_one_packet_are_independent_of_each_other() -> None:
    # Loss and latency come from different words of one hash: their correlation is about 0 ± 1/√N.
    weather = LinkParameters(
        latency=Spread(mean_us=US, distribution="uniform"), reorder=0.5, duplicate=0.5
    )
    keyed = KeyedChance(11)
    fates = [keyed.fate(weather, "a", False, "SEND", f"shop#{n}", 1) for n in range(N)]
    plain = [each.latency_us for each in fates if each.copy_us < 0]
    doubled = [each.latency_us for each in fates if each.copy_us >= 0]
    # Both have the mean of half held back: (1 + 4) / 2; the error of each is about 0.04.
    assert mean(plain) == pytest.approx(2.5 * US, rel=0.07)
    assert mean(doubled) == pytest.approx(2.5 * US, rel=0.07)
