"""What is written at a step in the life of a message?"""

from collections.abc import Callable
from typing import Any

from playground.engine import records as r

_REQUEUED = {
    "lease": "lease ended",
    "nack": "back after a nack",
    "disconnect": "back: disconnected",
    "crash": "back after the crash",
    "rebalance": "back: key moved",
    "abort": "back: aborted",
}
_ACKED = {"ack": "done", "stale": "done by a stale ack", "auto": "forgotten",
          "transaction": "done with its transaction"}  # fmt: skip

_WORDS: dict[type, Callable[[Any], str]] = {
    r.Produced: lambda _: "produced",
    r.Appended: lambda _: "kept",
    r.Deduplicated: lambda _: "known: not kept again",
    r.Refused: lambda record: f"refused: {record.reason}",
    r.Confirmed: lambda _: "confirmed",
    r.GaveUp: lambda _: "gives up",
    r.Forgotten: lambda _: "forgotten",
    r.Begun: lambda _: "",
    r.Applied: lambda record: "applied" if record.times == 1 else f"applied ×{record.times}",
    r.Reexecuted: lambda _: "set again",
    r.Suppressed: lambda _: "suppressed",
    r.Fenced: lambda _: "fenced off",
    r.Torn: lambda _: "half an effect",
    r.HandlerFailed: lambda _: "fails",
    r.Acked: lambda record: _ACKED[record.how],
    r.StaleAck: lambda _: "stale ack refused",
    r.Requeued: lambda record: _REQUEUED[record.reason],
    r.Expired: lambda record: "expired" if record.reason == "retention" else "pushed out",
    r.DeadLettered: lambda record: f"to {record.target}" if record.target else "given up",
    r.Lost: lambda _: "lost",
    r.TransactionBegun: lambda record: f"transaction {record.number} begins",
    r.BranchPending: lambda record: "prepared" if record.what == "prepared" else "pending",
    r.TransactionDecided: lambda record: f"{record.verdict} logged",
    r.BranchCommitted: lambda _: "committed",
    r.BranchAborted: lambda record: (
        "aborted" if record.reason == "abort" else f"released: {record.reason}"
    ),
    r.TransactionFenced: lambda record: f"refused: {record.reason}",
    r.OutcomeKnown: lambda record: f"learns: {record.verdict}",
    r.SideEffect: lambda record: "call" if record.times == 1 else f"call ×{record.times}",
}


def step_words(record: Any) -> str | None:
    """A few words; None for what is no step of a message's life."""
    write = _WORDS.get(type(record))
    return write(record) if write is not None else None
