"""Random scenes from everything that a file can say, commits through a coordinator included."""

from dataclasses import replace
from random import Random
from typing import Any

from playground.checker.bounds import CATALOGUE, PROPERTIES, Bounds
from playground.engine.parameters import QueueParameters, Retry, Spread
from playground.scenario.model import Scenario

from .scenes import MS, S, chain, committed

HOWS = {
    "auto-ack": "at-most-once",
    "ack-first": "at-most-once",
    "commit-first": "at-most-once",
    "ack-after": "at-least-once",
    "double-ack": "at-least-once",
    "inbox": "exactly-once",
}
COMMITS = ("transaction", "two-phase")


def wild_scene(number: int, how: str = "") -> tuple[Scenario, Bounds]:
    """The n-th scene, and bounds within which it can be searched whole; ``how`` is fixed or any."""
    draw = Random(f"wild {number}")
    how = how or draw.choice([*HOWS, *COMMITS])
    identity = draw.choice(["none", "sequence", "message-id"])
    producer = {
        "identity": identity,
        "outbox": draw.random() < 0.5,
        "window": draw.choice([1, 2]),
        "rate_per_s": draw.choice([2, 20]),
        "retry": Retry(timeout_us=draw.choice([200, 500]) * MS, attempts=draw.choice([None, 1, 2])),
    }
    if draw.random() < 0.15:
        producer = {"publish": "fire-and-forget", "rate_per_s": 2}
        identity = "none"
    scenario = _with(draw, how, producer, identity, number)
    if draw.random() < 0.2:
        scenario = _with_dead_letters(scenario)
    latency = Spread(mean_us=draw.choice([0, 10, 30]) * MS)
    links = tuple(
        replace(each, parameters=replace(each.parameters, latency=latency))
        for each in scenario.links
    )
    catalogue = tuple(sorted(draw.sample(CATALOGUE, draw.choice([2, 3, 4]))))
    messages, faults = draw.choice([(1, 1), (2, 1), (1, 2)])
    bounds = Bounds(
        messages=messages, faults=faults, catalogue=catalogue, properties=PROPERTIES
    )  # fmt: skip
    return replace(scenario, links=links), bounds


def _with(draw: Random, how: str, producer: dict[str, Any], identity: str, number: int) -> Scenario:
    queue = {
        "deduplicate": identity,
        "durability": draw.choice(["sync", "sync", "lazy", "memory"]),
        "ack_durability": draw.choice(["sync", "sync", "lazy"]),
        "flush_us": draw.choice([25, 1_000]) * MS,
        "order": draw.choice(["competing", "fifo", "keyed"]),
        "lease_us": draw.choice([1 * S, 3 * S, None]),
        "on_disconnect": draw.choice(["requeue", "wait-for-lease"]),
        "stale_ack": draw.choice(["reject", "accept"]),
        "max_deliveries": draw.choice([None, None, 1, 2]),
        "capacity": draw.choice([None, None, None, 1]),
        "overflow": draw.choice(["reject", "drop-oldest"]),
    }
    consumer = {
        "prefetch": draw.choice([1, 2]),
        "fencing": draw.random() < 0.4,
        "effect": draw.choice(["add", "set", "call"]),
    }
    consumers = draw.choice([("anna",), ("anna", "bert")])
    link = {"transport": draw.choice(["datagram", "datagram", "stream"])}
    if how in COMMITS:
        log = {"log": draw.choice(["sync", "sync", "memory"])}
        return committed(
            how, queue, consumer, producer=producer, coordinator=log, consumers=consumers,
            link=link, seed=number,
        )  # fmt: skip
    memories = ["none", "natural", "memory", "claim-first", "effect-first", "inbox"]
    memory = "none" if how == "inbox" else draw.choice(memories)
    if memory == "natural":
        consumer["effect"] = "set"
    consumer |= {"guarantee": HOWS[how], "how": how, "idempotency": memory}
    if draw.random() < 0.2:
        consumer["renew_lease_us"] = 300 * MS
    return chain(producer, queue, consumer, consumers=consumers, link=link, seed=number)


def _with_dead_letters(scenario: Scenario) -> Scenario:
    orders = scenario.nodes["orders"]
    assert isinstance(orders, QueueParameters)
    nodes = {
        **scenario.nodes,
        "orders": replace(orders, max_deliveries=1, dead_letter="morgue"),
        "morgue": QueueParameters(),
    }
    return replace(scenario, nodes=nodes)
