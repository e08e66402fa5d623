"""Is the short way only shorter? The same worlds with and without it: not one record differs."""

import pytest
from hypothesis import given, settings

from playground.engine import commands as c
from playground.engine.build import new_simulator
from playground.engine.chance import Drawn, KeyedChance, Odds
from playground.engine.parameters import ConsumerParameters, LinkParameters
from playground.engine.records import CommandRejected
from tests.bench.scenes import LOSSY, PRODUCER, QUEUE, QUICK_WORK, SCENES

from .clicks import wish_of
from .worlds import Plan, plans

STEPS = 400
CONSUMER = ConsumerParameters(idempotency="memory", prefetch=50, work=QUICK_WORK)


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
    simulator.apply(c.Settle())
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


INTERRUPTIONS: tuple[c.Command, ...] = (
    c.CrashNode("billing", 200_000),
    c.PauseNode("billing", 200_000),
    c.CrashNode("orders", 200_000),
    c.PauseNode("orders", 300_000),
    c.CrashNode("shop", 200_000),
    c.PauseNode("shop", 200_000),
    c.ArmCrash("billing", "after-effect"),
    c.ArmCrash("billing", "mid-effect"),
    c.ArmPause("billing", "before-effect", for_us=100_000),
    c.ArmCrash("orders", "appended"),
    c.ArmCrash("shop", "after-send"),
    c.ArmPacketFault("drop", "orders", "billing", "DELIVER"),
    c.ArmPacketFault("duplicate", "shop", "orders", "SEND"),
    c.CutLink("orders", "billing", for_us=300_000),
    c.CutLink("shop", "orders", "reply", for_us=300_000),
    c.ForgetDedup("billing"),
    c.FailNext("billing"),
    c.Burst("shop", 5),
    c.SetNode("shop", (("rate_per_s", 150.0),)),
    c.SetNode("orders", (("lease_us", 300_000),)),
    c.SetNode("billing", (("prefetch", 3),)),
    c.SetNode("billing", (("idempotency", "effect-first"),)),
    c.SetLink("shop", "orders", (("transport", "stream"),)),
    c.AddNode("second", ConsumerParameters(group="billing")),
    c.AddLink("orders", "second", LOSSY),
    c.RemoveNode("second"),
    c.RenameNode("billing", "invoices"),
    c.RenameNode("orders", "jobs"),
    c.RenameNode("shop", "till"),
    c.Settle(),
)


def test_a_short_way_ends_where_something_happens_to_its_ends() -> None:
    script = tuple(((1 + at) * 700_000, wish) for at, wish in enumerate(INTERRUPTIONS))
    links = [("shop", "orders", LOSSY), ("orders", "billing", LOSSY)]
    prints = []
    for takes_express in (True, False):
        nodes = {"shop": PRODUCER, "orders": QUEUE, "billing": CONSUMER}
        simulator = new_simulator(nodes, links, 1, script)
        simulator.world.takes_express = takes_express
        simulator.run_until(len(script) * 700_000 + 2_000_000)
        assert simulator.world.ledger.count > 1_000
        prints.append(simulator.world.trace.sha256())
    assert prints[0] == prints[1]


def test_what_a_script_interrupts_is_what_it_can_interrupt() -> None:
    rejected = []
    for at, wish in enumerate(INTERRUPTIONS):
        if isinstance(wish, c.AddLink | c.RemoveNode | c.RenameNode | c.AddNode):
            continue  # they lean on each other
        nodes = {"shop": PRODUCER, "orders": QUEUE, "billing": CONSUMER}
        links = [("shop", "orders", LOSSY), ("orders", "billing", LOSSY)]
        simulator = new_simulator(nodes, links, 1 + at)
        simulator.run_until(300_000)
        simulator.apply(wish)
        last = simulator.world.trace.last()
        if isinstance(last, CommandRejected):
            rejected.append((wish, last.reason))
    assert not rejected


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
