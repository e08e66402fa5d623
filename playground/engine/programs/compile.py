"""Which steps does a consumer take for each message, and where between them can it crash?

A program is *how × idempotency*: ``how`` places the ack, the idempotency wraps the effect. It is a
tuple of steps; each step names the points that lie directly before it. Where the ack stands is the
whole difference between the guarantees, so nothing here sorts it away.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from playground.engine.parameters import Effect, How, Idempotency

Op = Literal[
    "check", "claim", "look-up", "work", "mark", "ack", "await", "end",
    "begin", "write", "commit", "outcome",
]  # fmt: skip
Store = Literal["none", "memory", "marks", "inbox"]

ACK_POINTS = frozenset({"before-ack", "after-ack", "awaiting-reply"})


class Step(NamedTuple):
    """One step, and the points at which the process can be made to die right before it."""

    op: Op
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """What a consumer does with one delivery; made once for each how, idempotency and effect."""

    how: How
    idempotency: Idempotency
    effect: Effect
    steps: tuple[Step, ...]
    store: Store  # where it remembers what it has seen
    after_effect: int  # index of the step with which a suppressed delivery goes on
    awaits_reply: bool
    is_atomic: bool  # id and effect commit together
    points: frozenset[str]
    ops: tuple[Op, ...]  # of the steps, without their points
    is_auto_ack: bool  # the queue forgets at dispatch; no ACK is sent
    acks_after: bool  # the lease still stands when the work ends: a failure is told by a NACK
    is_transaction: bool = False  # the effect is committed by a coordinator, not at once


_STORE: dict[Idempotency, Store] = {
    "none": "none",
    "natural": "none",
    "memory": "memory",
    "claim-first": "marks",
    "effect-first": "marks",
    "inbox": "inbox",
}

# The steps around the effect, each with the points before it; "" stands for what follows them.
_AROUND: dict[str, tuple[tuple[Op | Literal[""], tuple[str, ...]], ...]] = {
    "plain": (("work", ("before-effect",)), ("", ("after-effect",))),
    "check": (
        ("check", ()),
        ("work", ("after-dedup", "before-effect")),
        ("mark", ("after-effect", "before-mark")),
        ("", ("after-mark",)),
    ),
    "claim": (
        ("claim", ("before-mark",)),
        ("work", ("after-mark", "after-dedup", "before-effect")),
        ("", ("after-effect",)),
    ),
    "inbox": (
        ("look-up", ()),
        ("work", ("after-dedup", "before-effect")),
        ("", ("after-effect", "after-mark")),
    ),
}


# With a coordinator: the effect is pending until the outcome is known. "ack" in these points is the
# wish to commit, which takes the input's ack along.
_COMMITTED: dict[str, tuple[Step, ...]] = {
    "transaction": (
        Step("work", ("received", "before-effect")),
        Step("begin", ("after-effect",)),
        Step("write", ()),
        Step("commit", ("before-ack",)),
        Step("outcome", ("after-ack", "awaiting-reply")),
        Step("end", ()),
    ),
    "two-phase": (
        Step("work", ("received", "before-effect")),
        Step("commit", ("after-effect", "before-ack")),
        Step("outcome", ("after-ack", "awaiting-reply")),
        Step("end", ()),
    ),
}


def _shape(idempotency: Idempotency, effect: Effect) -> str:
    if idempotency in ("none", "natural"):
        return "plain"
    if idempotency == "claim-first":
        return "claim"
    if idempotency == "inbox" and effect != "call":
        return "inbox"
    # A call cannot share a transaction with the inbox: the id is written after it, on its own.
    return "check"


@cache
def compile_program(how: How, idempotency: Idempotency, effect: Effect) -> Program:
    """The program of this how, idempotency and effect; all combinations are legal."""
    if how == "inbox":
        idempotency = "inbox"
    if idempotency == "natural":
        effect = "set"
    if how in _COMMITTED:
        return _of_transaction(how, idempotency, effect)
    shape = _shape(idempotency, effect)
    steps: list[Step] = []
    pending: tuple[str, ...] = ("received",)
    awaits = how in ("commit-first", "double-ack")

    def ack(before: tuple[str, ...]) -> tuple[str, ...]:
        steps.append(Step("ack", (*before, "before-ack")))
        if not awaits:
            return ("after-ack",)
        steps.append(Step("await", ("after-ack", "awaiting-reply")))
        return ()

    if how in ("ack-first", "commit-first"):
        pending = ack(pending)
    for op, points in _AROUND[shape]:
        if op:
            steps.append(Step(op, pending + points))
            pending = ()
        else:
            pending = points
    after_effect = len(steps)
    if how in ("ack-after", "double-ack", "inbox"):
        pending = ack(pending)
    steps.append(Step("end", pending))
    named = {point for step in steps for point in step.points} | {"mid-effect"}
    return Program(
        how,
        idempotency,
        effect,
        tuple(steps),
        _STORE[idempotency],
        after_effect,
        awaits,
        shape == "inbox",
        frozenset(named),
        tuple(step.op for step in steps),
        how == "auto-ack",
        how in ("ack-after", "double-ack", "inbox"),
    )


def _of_transaction(how: How, idempotency: Idempotency, effect: Effect) -> Program:
    steps = _COMMITTED[how]
    return Program(
        how,
        idempotency,
        effect,
        steps,
        "none",
        1,
        True,
        True,
        frozenset({point for step in steps for point in step.points} | {"mid-effect"}),
        tuple(step.op for step in steps),
        False,
        True,
        True,
    )


PRODUCER_POINTS: tuple[str, ...] = ("before-send", "after-send")
DATABASE_POINTS: tuple[str, ...] = ("prepare-received", "prepared", "verdict-received", "decided")
"""Where a participant in a commit can die: around its promise, and around carrying it out."""
QUEUE_POINTS: tuple[str, ...] = ("received", "appended", "confirmed", "ack-received", "acked",
                                 *DATABASE_POINTS)  # fmt: skip
COORDINATOR_POINTS: tuple[str, ...] = (
    "received",
    "before-log",
    "after-log",
    "mid-decide",
    "decided",
)
