"""What did a run do, in lines that a person can read and compare?

A line has a time, what happened, where, and to which message; no numbering of records or flights,
so that only a change of behaviour changes a line.
"""

from collections.abc import Callable
from typing import Any

from playground.engine import records as r
from playground.engine.records import Record
from playground.engine.simulator import Simulator
from playground.engine.summary import summary

_COUNTERS = (
    "produced",
    "applied_once",
    "applied_many",
    "in_doubt",
    "dead_lettered",
    "in_flight",
    "lost",
    "deliveries",
    "duplicate_deliveries",
    "duplicate_effects",
    "duplicate_side_effects",
    "aborted",
    "fenced",
    "suppressed",
    "reexecuted",
    "regress",
    "stale_final",
)

_DETAILS: dict[type, Callable[[Any], str]] = {
    r.PacketDied: lambda it: f"{it.packet} {it.source} to {it.target} {it.reason}",
    r.Deduplicated: lambda it: it.queue,
    r.Refused: lambda it: f"{it.queue} {it.reason}",
    r.GaveUp: lambda it: f"{it.producer} {it.reason}",
    r.Forgotten: lambda it: it.producer,
    r.Applied: lambda it: f"{it.consumer} ×{it.times}",
    r.Reexecuted: lambda it: it.consumer,
    r.Suppressed: lambda it: it.consumer,
    r.Fenced: lambda it: it.consumer,
    r.Torn: lambda it: it.consumer,
    r.SideEffect: lambda it: f"{it.consumer} ×{it.times}",
    r.TransactionDecided: lambda it: f"{it.coordinator} {it.verdict} {it.reason}",
    r.TransactionFenced: lambda it: f"{it.place} {it.consumer} {it.reason}",
    r.BranchCommitted: lambda it: f"{it.place} for {it.group}",
    r.BranchAborted: lambda it: f"{it.place} for {it.group} {it.reason}",
    r.HandlerFailed: lambda it: it.consumer,
    r.StaleAck: lambda it: f"{it.queue} for {it.group}",
    r.Requeued: lambda it: f"{it.queue} for {it.group} {it.reason}",
    r.Expired: lambda it: f"{it.queue} {it.reason}",
    r.DeadLettered: lambda it: f"{it.queue} for {it.group}",
    r.Lost: lambda it: f"{it.group} {it.reason}",
    r.NodeCrashed: lambda it: " ".join(filter(None, (it.node, it.point))),
    r.NodeRestarted: lambda it: it.node,
    r.NodePaused: lambda it: it.node,
    r.NodeResumed: lambda it: it.node,
    r.Disconnected: lambda it: f"{it.queue} from {it.consumer}",
    r.Connected: lambda it: f"{it.queue} to {it.consumer}",
    r.LinkCut: lambda it: f"{it.source} to {it.target} {it.direction}",
    r.LinkHealed: lambda it: f"{it.source} to {it.target}",
    r.ParametersSet: lambda it: f"{it.place} {it.text}",
    r.Settling: lambda it: "",
    r.CommandRejected: lambda it: it.reason,
    r.LimitMet: lambda it: it.reason,
}
"""What is told of each record; of the others (sends, appends, acks) there are too many to read."""


def told(record: Record, name_of: Callable[[int], str]) -> str | None:
    """``0.340 s  Applied billing ×1 shop#1``, or None where it is not worth a line."""
    detail = _DETAILS.get(type(record))
    if detail is None:
        return None
    message = getattr(record, "message", -1)
    words = (type(record).__name__, detail(record), name_of(message) if message >= 0 else "")
    return f"{record.at_us / 1_000_000:.3f} s  {' '.join(filter(None, words))}"


class Listener:
    """Collects the first lines of a run."""

    def __init__(self, simulator: Simulator, most: int) -> None:
        self.lines: list[str] = []
        self._most = most
        self._world = simulator.world
        self._world.trace.sinks.append(self._hear)

    def _hear(self, records: list[Record]) -> None:
        for record in records:
            if len(self.lines) >= self._most:
                return
            line = told(record, self._world.ledger.name_of)
            if line is not None:
                self.lines.append(line)

    def finish(self) -> list[str]:
        """The lines, with those of the block that was not full yet."""
        self._hear(self._world.trace.tail())
        return self.lines


def totals(simulator: Simulator) -> list[str]:
    """One line a group, with its counters that are not zero."""
    lines = []
    for group, row in summary(simulator.world)["groups"].items():
        counters = ", ".join(f"{key} {row[key]}" for key in _COUNTERS if row[key])
        lines.append(f"{group}: {counters}")
    return lines
