"""Which small scene is the oracle checked in? One message, two consumers, timers well tuned.

Well tuned means that a timer fires only where nothing relevant can still arrive: the retry
timeout and the ack timeout are far longer than a round trip, the lease is far longer than
delivery, work and ack. Retries are unlimited, consumers restart, links are datagram links.
A consumer's crash requeues its leases (the closing travels behind its last packets), a stale ack
is rejected, acks are on the disk at once.

The rest is chosen so that each order of events that the oracle may think of is one of ours:

* *work takes longer than the retry timeout*: a second entry is worked on while the first one is;
* *anna is far and quick, bert is near and slow*: anna is served first, after a crash of the queue
  bert is connected first, so a redelivery meets another consumer's empty memory; and a zombie
  anna can commit before bert does, which no fencing token stops;
* *two paces*: prompt, where delivery follows the append at once, and late, where the consumers
  start when the message lies there. The oracle lets a delivery wait as long as it likes; an entry
  that nobody was given is what retention, dead-lettering and a lazy disk can take for good.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from playground.engine.build import new_simulator
from playground.engine.commands import CrashNode
from playground.engine.parameters import (
    TRANSACTIONS,
    ConsumerParameters,
    CoordinatorParameters,
    LinkParameters,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
    Retry,
    Spread,
)
from playground.engine.simulator import Simulator

MS = 1_000
S = 1_000_000

RETRY = Retry(timeout_us=200 * MS, backoff_us=100 * MS)
RETRY_US = 300 * MS  # when the second SEND leaves: the timeout and the backoff
LEASE_US = 10 * S
FLUSH_US = 25 * MS  # between the append and the first ack there is always one
LATE_US = 1_500 * MS  # when late consumers start

Transport = Literal["datagram", "stream"]
Pace = Literal["prompt", "late"]
PACES: tuple[Pace, ...] = ("prompt", "late")


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to publish and to consume: what differs from the defaults."""

    producer: dict[str, Any] = field(default_factory=dict)
    queue: dict[str, Any] = field(default_factory=dict)
    consumer: dict[str, Any] = field(default_factory=dict)


_FIRES = {"publish": "fire-and-forget"}
_OUTBOX = {"outbox": True}
_BY_SEQUENCE = {"identity": "sequence"}, {"deduplicate": "sequence"}
_BY_ID = {"identity": "message-id", "outbox": True}, {"deduplicate": "message-id"}
_DOUBLE_ACK = {"how": "double-ack"}

# The call is what repeats outside the transaction, the output is the effect.
_TXN = {"guarantee": "exactly-once", "how": "transaction", "effect": "call"}

MODES: dict[str, Mode] = {
    "AMO auto-ack": Mode(_FIRES, {}, {"guarantee": "at-most-once", "how": "auto-ack"}),
    "AMO ack-first": Mode(_FIRES, {}, {"guarantee": "at-most-once", "how": "ack-first"}),
    "AMO commit-first": Mode(_FIRES, {}, {"guarantee": "at-most-once", "how": "commit-first"}),
    "ALO none": Mode(),
    "ALO outbox": Mode(_OUTBOX),
    "ALO sequence": Mode(*_BY_SEQUENCE),
    "ALO sequence+outbox": Mode({**_BY_SEQUENCE[0], **_OUTBOX}, _BY_SEQUENCE[1]),
    "ALO natural": Mode({}, {}, {"idempotency": "natural", "effect": "set"}),
    "ALO memory": Mode({}, {}, {"idempotency": "memory"}),
    "ALO claim-first": Mode({}, {}, {"idempotency": "claim-first"}),
    "ALO effect-first": Mode({}, {}, {"idempotency": "effect-first"}),
    "ALO inbox": Mode({}, {}, {"idempotency": "inbox"}),
    "EO inbox": Mode(*_BY_ID, {"guarantee": "exactly-once", "how": "inbox"}),
    "EO txn fenced": Mode(*_BY_ID, {**_TXN, "fencing": True}),
    "EO txn": Mode(*_BY_ID, _TXN),
    "T-EO ack-after": Mode(*_BY_ID),
    "T-EO double-ack": Mode(*_BY_ID, _DOUBLE_ACK),
    "T-EO double-ack fenced": Mode(*_BY_ID, {**_DOUBLE_ACK, "fencing": True}),
}

BROKERS: dict[str, dict[str, Any]] = {
    "2c sync": {"durability": "sync"},
    "2c async": {"durability": "lazy", "flush_us": FLUSH_US},
    "2c memory": {"durability": "memory"},
}


def link(latency_us: int, transport: Transport = "datagram") -> LinkParameters:
    """A link without weather: what goes wrong on it is put there by a test."""
    return LinkParameters(latency=Spread(mean_us=latency_us), transport=transport)


def new_scene(
    mode: Mode,
    broker: dict[str, Any],
    pace: Pace = "prompt",
    consumers: tuple[str, ...] = ("anna", "bert"),
    transport: Transport = "datagram",
    coordinator: dict[str, Any] | None = None,
    **queue: Any,
) -> Simulator:
    """The scene at time 0; ``queue`` sets what a fault needs on the queue."""
    shop = ProducerParameters(rate_per_s=2, limit=1, retry=RETRY)
    orders = {"lease_us": LEASE_US, **broker, **mode.queue, **queue}
    anna = ConsumerParameters(group="g", work=Spread(mean_us=1 * S), **mode.consumer)
    all_consumers = {"anna": anna, "bert": replace(anna, work=Spread(mean_us=3 * S))}
    latency_us = {"anna": 30 * MS, "bert": 15 * MS}
    nodes: dict[str, NodeParameters] = {
        "shop": replace(shop, **mode.producer),
        "orders": QueueParameters(**orders),
        **{name: all_consumers[name] for name in consumers},
    }
    if mode.consumer.get("how") in TRANSACTIONS:
        nodes["judge"] = CoordinatorParameters(**(coordinator or {}))
    if "dead_letter" in queue:
        nodes[queue["dead_letter"]] = QueueParameters()
    links = [
        ("shop", "orders", link(20 * MS, transport)),
        *(("orders", name, link(latency_us[name], transport)) for name in consumers),
    ]
    if "judge" in nodes:
        links += [(name, "judge", link(latency_us[name], transport)) for name in consumers]
        links.append(("judge", "orders", link(20 * MS, transport)))
    simulator = new_simulator(nodes, links, seed=1)
    if pace == "late":
        for name in consumers:
            simulator.apply(CrashNode(name, for_us=LATE_US))
    return simulator
