"""Small scenes for the session's tests."""

from playground.engine.parameters import (
    ConsumerParameters,
    LinkParameters,
    Loss,
    ProducerParameters,
    QueueParameters,
    Spread,
)
from playground.scenario.model import Link, Scenario


def chain(**consumer: object) -> Scenario:
    """One producer, one queue, one consumer; 10 messages a second, 20 ms links."""
    return Scenario(
        name="chain",
        seed=3,
        nodes={
            "shop": ProducerParameters(rate_per_s=10),
            "orders": QueueParameters(),
            "billing": ConsumerParameters(work=Spread(mean_us=50_000), **consumer),  # type: ignore[arg-type]
        },
        links=(Link(source="shop", target="orders"), Link(source="orders", target="billing")),
    )


def lossy() -> Scenario:
    """The same chain without a confirm, on a link that loses every third packet."""
    weather = LinkParameters(loss=Loss(request=0.33))
    return Scenario(
        name="lossy",
        nodes={
            "shop": ProducerParameters(rate_per_s=10, publish="fire-and-forget"),
            "orders": QueueParameters(),
            "billing": ConsumerParameters(guarantee="at-most-once"),
        },
        links=(
            Link(source="shop", target="orders", parameters=weather),
            Link(source="orders", target="billing"),
        ),
    )
