"""Which parameters leave the straight way open? Those without influence on it, and defaults."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from playground.engine.links import Lane, LinkState
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.parameters import ConsumerParameters, ProducerParameters, QueueParameters
from playground.engine.programs.compile import Program

_INDIFFERENT: dict[type[Node], tuple[Any, tuple[str, ...]]] = {
    Producer: (
        ProducerParameters(rate_per_s=1.0),
        ("rate_per_s", "keys", "amount", "window", "outbox", "restart_after_us", "retry"),
    ),
    Queue: (
        QueueParameters(),
        (
            "durability",
            "flush_us",
            "dedup_window_us",
            "lease_us",
            "on_disconnect",
            "stale_ack",
            "max_deliveries",
            "dead_letter",
            "redelivery_delay_us",
            "overflow",
            "restart_after_us",
        ),
    ),
    Consumer: (
        ConsumerParameters(),
        (
            "group",
            "guarantee",
            "how",
            "idempotency",
            "effect",
            "work",
            "prefetch",
            "crash_at",
            "restart_after_us",
            "ack_timeout_us",
            "dedup_window_us",
            "storm",
        ),
    ),
}
"""By kind of node: all defaults, and what may differ from them."""

_PROGRAMS = (("check", "work", "mark", "ack", "end"), ("work", "ack", "end"))


def is_plain(node: Node) -> bool:
    """Whether this node's parameters are plain; remembered until it gets other ones."""
    if node.judged is not node.parameters:
        program = node.program if isinstance(node, Consumer) else None
        kind: Any = type(node)
        node.judged, node.is_plain = node.parameters, _is_plain(kind, node.parameters, program)
    return node.is_plain


def clear_lane(link: LinkState | None, packet: str) -> Lane | None:
    """The lane of this packet, if it has been used before and nothing waits for it."""
    if link is None or link.armed or link.is_cut:
        return None
    return link.lanes.get(packet)


def take_long_way(*_: object) -> bool:
    """The way of everything that is not plain."""
    return False


@lru_cache(maxsize=256)
def _is_plain(kind: type[Node], parameters: Any, program: Program | None) -> bool:
    """Kept, since each of thousands of forks asks for the first time."""
    plain, indifferent = _INDIFFERENT[kind]
    same = replace(parameters, **{name: getattr(plain, name) for name in indifferent})
    if kind is Producer:
        if parameters.arrivals == "poisson":
            same = replace(same, arrivals=plain.arrivals)
        return bool(same == plain and parameters.retry.attempts is None)
    if program is not None and (program.ops not in _PROGRAMS or program.effect == "set"):
        return False
    return bool(same == plain)
