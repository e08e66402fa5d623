"""Small scenes in which a coordinator commits, and sessions that have come to a moment of them."""

from playground.engine.commands import ArmCrash, Command, CrashNode
from playground.engine.parameters import (
    ConsumerParameters,
    CoordinatorParameters,
    How,
    LinkParameters,
    ProducerParameters,
    QueueParameters,
    Spread,
)
from playground.scenario.coordinators import supplied
from playground.scenario.model import Link, Scenario, ScriptEntry
from playground.session.session import Session

MS, S = 1_000, 1_000_000


def scene(how: How, *wishes: tuple[int, Command], **consumer: object) -> Scenario:
    """A producer, a queue, a coordinator, ``billing`` that commits, ``metrics`` that acks after."""
    way = LinkParameters(latency=Spread(mean_us=40 * MS))
    return supplied(
        Scenario(
            name=str(how),
            seed=7,
            nodes={
                "shop": ProducerParameters(rate_per_s=4),
                "orders": QueueParameters(lease_us=3 * S),
                "coordinator": CoordinatorParameters(),
                "billing": ConsumerParameters(
                    guarantee="exactly-once",
                    how=how,
                    work=Spread(mean_us=120 * MS),
                    **{"fencing": True, **consumer},  # type: ignore[arg-type]
                ),
                "metrics": ConsumerParameters(work=Spread(mean_us=120 * MS)),
            },
            links=(
                Link(source="shop", target="orders", parameters=way),
                Link(source="orders", target="billing", parameters=way),
                Link(source="orders", target="metrics", parameters=way),
            ),
            script=tuple(ScriptEntry(at_us=at_us, command=wish) for at_us, wish in wishes),
        )
    )


def at(scenario: Scenario, at_us: int) -> Session:
    """A session at rest at a moment."""
    session = Session(scenario)
    session.pause()
    session.run_to(at_us)
    while session.now_us < at_us:
        session.tick(0.1, lambda: False)
    return session


def in_doubt() -> Session:
    """Both have voted, and the coordinator has died before it wrote the verdict."""
    scenario = scene("two-phase", (3 * S, ArmCrash("coordinator", "before-log")))
    return at(scenario, 4_300 * MS)


def committed_and_not_marked() -> Session:
    """The commit is in the log; the queue has not heard of it."""
    scenario = scene("transaction", (3 * S, ArmCrash("coordinator", "after-log")))
    return at(scenario, 4_300 * MS)


def down(how: How) -> Session:
    """The coordinator is down while its client asks."""
    return at(scene(how, (3 * S, CrashNode("coordinator", for_us=3 * S))), 4_300 * MS)
