"""What is a step? One thing that may happen at a node, and what it costs."""

from typing import Literal, NamedTuple

from playground.checker.any_timing.packets import Tag

StepKind = Literal[
    "arrive", "drop", "duplicate",
    "produce", "timeout", "send-again", "work", "ack-again", "lease", "delay-over", "flush",
    "restart", "resume", "crash", "crash-mid-effect", "pause",
    "expire", "dead-letter", "forget-queue-dedup", "forget-group-dedup",
    "txn-timeout", "resend", "ask", "heuristic",
]  # fmt: skip

FREE, EARLY, FAULT = 0, 1, 2
"""Costs nothing · costs one fault if somebody would still answer · costs one fault."""


class Step(NamedTuple):
    """One thing that may happen at a node."""

    kind: StepKind
    node: str
    cost: int
    message: int = -1
    offset: int = -1  # of an entry; of a timer of a transaction its number
    number: int = 0  # a token, or what a timer is known by
    group: str = ""
    waits: tuple[Tag, ...] = ()
    held: str = ""  # the consumer that may still be at work on it
