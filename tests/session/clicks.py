"""A rich run: everything that can be clicked, at odd moments."""

import random

from playground.engine import commands as c
from playground.engine.parameters import (
    ConsumerParameters,
    LinkParameters,
    Loss,
    ProducerParameters,
    QueueParameters,
    Spread,
)
from playground.scenario.model import Link, Scenario, ScriptEntry
from playground.session.session import Session


def in_time() -> bool:
    return False


def two_groups() -> Scenario:
    """A producer, a queue, a confirmed and an auto-acking consumer, exponential links, a script."""
    weather = LinkParameters(latency=Spread(mean_us=30_000, distribution="exponential"))
    return Scenario(
        name="two groups",
        seed=5,
        nodes={
            "shop": ProducerParameters(rate_per_s=10),
            "orders": QueueParameters(lease_us=1_000_000),
            "billing": ConsumerParameters(work=Spread(mean_us=60_000), prefetch=2),
            "metrics": ConsumerParameters(guarantee="at-most-once"),
        },
        links=(
            Link(source="shop", target="orders", parameters=weather),
            Link(source="orders", target="billing", parameters=weather),
            Link(source="orders", target="metrics", parameters=weather),
        ),
        script=(
            ScriptEntry(at_us=700_000, command=c.CrashNode("metrics", for_us=200_000)),
            ScriptEntry(at_us=9_000_000, command=c.CutLink("orders", "metrics", for_us=300_000)),
        ),
        layout={"shop": (0.0, 0.0), "orders": (320.0, 0.0)},
    )


def click_around(session: Session, seconds: float, seed: int = 1, clicks: int = 40) -> None:
    """Many different clicks, at moments that no tick of a clock would choose."""
    dice = random.Random(seed)
    for _ in range(clicks):
        for _ in range(dice.randrange(1, 6)):
            session.tick(seconds / clicks / 3 * dice.random(), in_time)
        session.submit(_any_click(session, dice))
        if dice.random() < 0.3:
            session.submit(_any_click(session, dice))
        if dice.random() < 0.2:
            session.step()
    session.tick(0.0, in_time)


def _any_click(session: Session, dice: random.Random) -> c.Command:
    frame = session.frame()
    flights = [int(each) for each in frame.flights.flight]
    wishes: list[c.Command] = [
        c.CrashNode(dice.choice(["shop", "orders", "billing", "metrics"]), for_us=300_000),
        c.PauseNode(dice.choice(["orders", "billing"]), for_us=400_000),
        c.RestartNode("billing"),
        c.ArmCrash("billing", "before-ack"),
        c.ArmPacketFault("drop", "billing", "orders", "ACK"),
        c.ArmPacketFault("delay", "orders", "billing", "DELIVER", by_us=1_300_000),
        c.CutLink("orders", "billing", "reply", for_us=250_000),
        c.HealLink("orders", "billing"),
        c.FailNext("billing"),
        c.Burst("shop", 5),
        c.Disarm("billing"),
        c.ForgetDedup("billing"),
        c.SetNode("billing", (("guarantee", dice.choice(["at-least-once", "exactly-once"])),)),
        c.SetNode("orders", (("lease_us", dice.choice([500_000, 2_000_000])),)),
        c.SetLink("orders", "billing", (("loss", Loss(reply=dice.choice([0.0, 0.3]))),)),
    ]
    if flights:
        flight = dice.choice(flights)
        wishes += [c.DropPacket(flight), c.DuplicatePacket(flight), c.DelayPacket(flight, 700_000)]
    return dice.choice(wishes)


def trace(session: Session) -> str:
    """The fingerprint of the run so far, with whatever is due at this very moment."""
    session.simulator.run_until(session.now_us)
    return session.simulator.world.trace.sha256()
