"""Small scenes to prove something about: shop → orders → billing, all latencies fixed."""

from dataclasses import replace
from random import Random
from typing import Any

from playground.checker.bounds import Bounds
from playground.engine.parameters import (
    ConsumerParameters,
    CoordinatorParameters,
    LinkParameters,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
    Retry,
    Spread,
)
from playground.scenario.coordinators import supplied
from playground.scenario.model import Link, Scenario

MS = 1_000
S = 1_000_000

EXACTLY_ONCE: dict[str, dict[str, Any]] = {
    "producer": {"identity": "message-id", "outbox": True},
    "queue": {"deduplicate": "message-id"},
    "consumer": {"guarantee": "exactly-once", "how": "inbox"},
}
AT_MOST_ONCE: dict[str, dict[str, Any]] = {
    "producer": {"publish": "fire-and-forget"},
    "consumer": {"guarantee": "at-most-once"},
}


def chain(
    producer: dict[str, Any] | None = None,
    queue: dict[str, Any] | None = None,
    consumer: dict[str, Any] | None = None,
    *,
    consumers: tuple[str, ...] = ("billing",),
    link: dict[str, Any] | None = None,
    seed: int = 1,
) -> Scenario:
    """The chain with everything at its default but these."""
    weather = LinkParameters(latency=Spread(mean_us=20 * MS), **(link or {}))
    nodes: dict[str, NodeParameters] = {
        "shop": replace(ProducerParameters(rate_per_s=2), **(producer or {})),
        "orders": replace(QueueParameters(), **(queue or {})),
    }
    ends = [("shop", "orders")]
    for name in consumers:
        worker = ConsumerParameters(group="billing", work=Spread(mean_us=100 * MS))
        nodes[name] = replace(worker, **(consumer or {}))
        ends.append(("orders", name))
    return Scenario(
        name="chain",
        seed=seed,
        nodes=nodes,
        links=tuple(Link(source=a, target=b, parameters=weather) for a, b in ends),
    )


def exactly_once(**options: Any) -> Scenario:
    """Dedup by message id at the queue, an inbox at the consumer."""
    return chain(**EXACTLY_ONCE, **options)


def with_stream_to_consumers(scenario: Scenario) -> Scenario:
    """No packet between the queue and its consumers comes to grief."""
    links = tuple(
        replace(each, parameters=replace(each.parameters, transport="stream"))
        if each.source == "orders"
        else each
        for each in scenario.links
    )
    return replace(scenario, links=links)


def committed(
    how: str,
    queue: dict[str, Any] | None = None,
    consumer: dict[str, Any] | None = None,
    *,
    producer: dict[str, Any] | None = None,
    coordinator: dict[str, Any] | None = None,
    consumers: tuple[str, ...] = ("billing",),
    link: dict[str, Any] | None = None,
    seed: int = 1,
) -> Scenario:
    """The chain whose consumers commit through a coordinator."""
    scenario = supplied(
        chain(
            producer or EXACTLY_ONCE["producer"],
            {**EXACTLY_ONCE["queue"], **(queue or {})},
            {"guarantee": "exactly-once", "how": how, **(consumer or {})},
            consumers=consumers,
            link=link,
            seed=seed,
        )
    )
    nodes = {
        name: replace(each, **(coordinator or {}))
        if isinstance(each, CoordinatorParameters)
        else each
        for name, each in scenario.nodes.items()
    }
    return replace(scenario, nodes=nodes)


def random_scene(number: int) -> tuple[Scenario, Bounds]:
    """The n-th of many scenes, each with bounds small enough to be searched whole."""
    draw = Random(number)
    hows = ["auto-ack", "ack-first", "commit-first", "ack-after", "double-ack", "inbox"]
    how = draw.choice(hows)
    guarantee = "at-most-once" if hows.index(how) < 3 else "at-least-once"
    guarantee = "exactly-once" if how == "inbox" else guarantee
    memories = ["none", "natural", "memory", "claim-first", "effect-first", "inbox"]
    identity = draw.choice(["none", "sequence", "message-id"])
    spread = draw.choice(["fixed", "exponential", "uniform"])
    scenario = chain(
        producer={
            "identity": identity,
            "outbox": draw.random() < 0.5,
            "window": draw.choice([1, 3]),
            "retry": Retry(
                timeout_us=draw.choice([200, 500]) * MS, attempts=draw.choice([None, 2])
            ),
        },
        queue={
            "deduplicate": identity,
            "order": draw.choice(["competing", "fifo", "keyed"]),
            "lease_us": draw.choice([1, 3]) * S,
            "on_disconnect": draw.choice(["requeue", "wait-for-lease"]),
            "max_deliveries": draw.choice([None, None, 2]),
        },
        consumer={
            "guarantee": guarantee,
            "how": how,
            "idempotency": "none" if how == "inbox" else draw.choice(memories),
            "prefetch": draw.choice([1, 4]),
            "fencing": draw.random() < 0.3,
        },
        consumers=draw.choice([("anna",), ("anna", "bert")]),
        link={"transport": draw.choice(["datagram", "datagram", "stream"])},
        seed=number,
    )
    latency = Spread(mean_us=30 * MS, distribution=spread)  # type: ignore[arg-type]
    links = tuple(
        replace(each, parameters=replace(each.parameters, latency=latency))
        for each in scenario.links
    )
    kinds = ("drop", "late", "duplicate", "crash", "pause", "broker-crash")
    catalogue = tuple(draw.sample(kinds, draw.choice([2, 3])))
    messages, faults = draw.choice([(1, 2), (2, 1), (1, 3)])
    if faults == 3:
        catalogue = ("crash",)
    bounds = Bounds(messages=messages, faults=faults, catalogue=catalogue)  # type: ignore[arg-type]
    return replace(scenario, links=links), bounds
