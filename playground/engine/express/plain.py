"""Which parameters leave the straight way open? Those without influence on it, and defaults."""

from dataclasses import replace
from typing import Any

from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.parameters import ConsumerParameters, ProducerParameters, QueueParameters

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


def judge(node: Node) -> bool:
    """Whether this node's parameters are plain; remembered until it gets other ones.

    A handler asks with ``node.is_plain if node.judged is node.parameters else judge(node)``.
    """
    parameters: Any = node.parameters
    plain, indifferent = _INDIFFERENT[type(node)]
    same = replace(parameters, **{name: getattr(plain, name) for name in indifferent})
    is_plain = same == plain or (
        isinstance(node, Producer) and replace(same, arrivals=plain.arrivals) == plain
        and parameters.arrivals == "poisson"
    )  # fmt: skip
    if isinstance(node, Producer):
        is_plain = is_plain and parameters.retry.attempts is None
    elif isinstance(node, Consumer):
        program = node.program
        is_plain = is_plain and program.ops in _PROGRAMS and program.effect != "set"
    node.judged, node.is_plain = parameters, is_plain
    return is_plain
