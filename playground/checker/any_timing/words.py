"""How is a step told? One line each, in the order in which they lead to the break."""

from collections.abc import Callable

from playground.checker.any_timing.bench import Gate
from playground.checker.any_timing.step import Step
from playground.engine.records import (
    Applied,
    BranchAborted,
    Deduplicated,
    Lost,
    PacketSent,
    Record,
    Suppressed,
    TransactionDecided,
)

FAULT_MARK = "fault: "
"""What the line of a fault begins with."""
RESULT_MARK = " → "
"""What stands before that which came of a step."""


def said(
    step: Step, packet: str, is_early: bool, gate: Gate | None, pauses: bool,
    records: list[Record], name_of: Callable[[int], str],
) -> str:  # fmt: skip
    """The line for this step: what happened, and what came of it."""
    line = _what(step, packet, name_of(step.message) if step.message >= 0 else "")
    if is_early:
        line = f"{FAULT_MARK}{line}, although the answer can still come"
    if gate is not None:
        verb = "stops" if pauses else "crashes"
        at = f"{FAULT_MARK}{gate.node} {verb} at {gate.point}"
        line = f"{at}, when {line}" if gate.name else at
    results = [result for each in records if (result := _result(each, name_of))]
    return line + (RESULT_MARK + ", ".join(results) if results else "")


def _what(step: Step, packet: str, name: str) -> str:
    node = step.node
    lines = {
        "arrive": f"{packet} reaches {node}",
        "drop": f"{FAULT_MARK}{packet} is lost",
        "duplicate": f"{FAULT_MARK}{packet} is doubled",
        "produce": f"{node} produces a message",
        "timeout": f"{node} waits no longer for the confirm of {name}",
        "send-again": f"{node} sends {name} again",
        "work": f"{node} has done the work on {name}",
        "ack-again": f"{node} repeats the ACK of {name}",
        "lease": f"the lease of {name} at {node} ends",
        "delay-over": f"{name} may go out again at {node}",
        "flush": f"{node} writes its disk",
        "restart": f"{node} starts again",
        "resume": f"{node} goes on",
        "crash": f"{FAULT_MARK}{node} crashes",
        "crash-mid-effect": f"{FAULT_MARK}{node} crashes in the middle of the work on {name}",
        "pause": f"{FAULT_MARK}{node} stops",
        "expire": f"{node} drops {name}: too old",
        "dead-letter": f"{FAULT_MARK}{node} gives up on {name}",
        "forget-queue-dedup": f"{node} no longer knows that it has seen {name}",
        "txn-timeout": f"{node} aborts a transaction that was open for too long",
        "resend": f"{node} tells again what was not answered",
        "ask": f"{node} asks what has become of a transaction",
        "heuristic": f"{node} releases a message whose transaction has no outcome yet",
        "forget-group-dedup": f"the group of {node} no longer knows what it has applied",
    }
    return lines[step.kind]


def _result(record: Record, name_of: Callable[[int], str]) -> str:
    if isinstance(record, PacketSent):
        return f"{record.packet} of {name_of(record.message)} leaves"
    if isinstance(record, Applied):
        again = " a second time" if record.times > 1 else ""
        return f"{name_of(record.message)} takes effect{again}"
    if isinstance(record, TransactionDecided):
        return f"the transaction of {name_of(record.message)} is decided: {record.verdict}"
    if isinstance(record, BranchAborted):
        return f"{record.place} undoes its part of {name_of(record.message)}"
    if isinstance(record, Suppressed):
        return f"{name_of(record.message)} is suppressed"
    if isinstance(record, Deduplicated):
        return f"{name_of(record.message)} is known already"
    if isinstance(record, Lost):
        return f"{name_of(record.message)} is lost"
    return ""
