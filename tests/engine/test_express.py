"""Is the short way only shorter? The same worlds with and without it: not one record differs."""

import pytest
from hypothesis import given, settings

from playground.engine.build import new_simulator
from playground.engine.chance import Drawn, KeyedChance, Odds
from playground.engine.commands import Settle
from playground.engine.parameters import LinkParameters
from tests.bench.scenes import SCENES

from .clicks import wish_of
from .worlds import Plan, plans

STEPS = 400


def played(plan: Plan, takes_express: bool) -> str:
    """The fingerprint of a world, its script and its clicks."""
    simulator = new_simulator(plan.nodes, plan.links, plan.seed)
    simulator = new_simulator(
        plan.nodes,
        plan.links,
        plan.seed,
        tuple((at_us, wish_of(simulator.world, click, plan)) for at_us, click in plan.script),
    )
    simulator.world.takes_express = takes_express
    for wait, click in plan.clicks:
        simulator.play(wait)
        simulator.apply(wish_of(simulator.world, click, plan))
    simulator.play(STEPS)
    simulator.apply(Settle())
    simulator.play(STEPS)
    return simulator.world.trace.sha256()


@settings(max_examples=100)
@given(plans())
def test_the_short_way_writes_the_same_records_whatever_is_clicked(plan: Plan) -> None:
    assert played(plan, takes_express=True) == played(plan, takes_express=False)


@pytest.mark.parametrize("scene", SCENES)
def test_the_short_way_writes_the_same_records_in_a_busy_chain(scene: str) -> None:
    short, long = SCENES[scene](), SCENES[scene]()
    long.world.takes_express = False
    for simulator in (short, long):
        simulator.run_until(10_000_000)
    assert short.world.trace.sha256() == long.world.trace.sha256()
    assert short.world.wire == long.world.wire


class Asked:
    """Another answerer: it is asked for each packet, and says what the keyed one says."""

    def __init__(self, seed: int) -> None:
        self.keyed = KeyedChance(seed)
        self.strikes = self.keyed.strikes
        self.duration_us = self.keyed.duration_us
        self.names: list[tuple[str, str, int]] = []

    def odds(self, weather: LinkParameters, storm: str, is_reply: bool, packet: str) -> "AskedOdds":
        """Who answers for this kind of packet."""
        return AskedOdds(self, self.keyed.odds(weather, storm, is_reply, packet), packet)


class AskedOdds:
    """Notes what it is asked for."""

    def __init__(self, chance: Asked, odds: Odds, packet: str) -> None:
        self.chance, self.keyed, self.packet = chance, odds, packet

    def draw(self, name: str, ordinal: int) -> Drawn:
        """What becomes of it."""
        self.chance.names.append((self.packet, name, ordinal))
        return self.keyed.draw(name, ordinal)


@pytest.mark.parametrize("scene", SCENES)
def test_pages_say_what_an_answerer_says_that_is_asked_for_each_packet(scene: str) -> None:
    paged, asked = SCENES[scene](), SCENES[scene]()
    chance = asked.world.chance = Asked(1)
    for simulator in (paged, asked):
        simulator.run_until(5_000_000)
    assert paged.world.trace.sha256() == asked.world.trace.sha256()
    assert len(chance.names) > 1_000
