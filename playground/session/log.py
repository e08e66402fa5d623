"""Which records are worth a line in the log, and what does the line say?

Faults, losses, duplicates, refused wishes and limits; the ordinary traffic is not news.
"""

from collections.abc import Callable
from typing import Any

from playground.engine import records as r
from playground.engine.ledger import Ledger
from playground.engine.units import format_us
from playground.session.commit_sentences import (
    aborted_sentence,
    refused_sentence,
    released_sentence,
)
from playground.session.frame import LogLine
from playground.session.words import lost_sentence, lost_what, times_word, twice_sentence

MAX_MEMORIES = 20_000


class LogWriter:
    """Turns records into sentences. It remembers why a message came again, for a bounded time."""

    def __init__(self, ledger: Callable[[], Ledger], group_of: Callable[[str], str]) -> None:
        self._ledger = ledger
        self._group_of = group_of
        self._applied_us: dict[tuple[str, int], int] = {}
        self._again: dict[int, str] = {}
        self._last_death = 0  # of a packet, as the number of its record

    def fork(self) -> "LogWriter":
        """An independent copy, which remembers the same."""
        twin = LogWriter(self._ledger, self._group_of)
        twin._applied_us, twin._again = self._applied_us.copy(), self._again.copy()
        twin._last_death = self._last_death
        return twin

    def lines(self, records: list[r.Record]) -> list[LogLine]:
        """The lines of these records, in order."""
        lines = []
        for record in records:
            write = _WRITE.get(type(record))
            if write is not None:
                line = write(self, record)
                if line is not None:
                    lines.append(line)
        for memory in (self._applied_us, self._again):
            while len(memory) > MAX_MEMORIES:
                del memory[next(iter(memory))]  # type: ignore[arg-type]
        return lines

    def _name(self, message: int) -> str:
        return self._ledger().name_of(message)

    def _names(self, messages: tuple[int, ...]) -> str:
        shown = ", ".join(str(self._ledger().number[message]) for message in messages[:3])
        return shown + (f" and {len(messages) - 3} more" if len(messages) > 3 else "")

    # ------------------------------------------------------------------ what becomes of messages

    def _sent(self, record: r.PacketSent) -> None:
        if record.is_copy:
            self._again[record.message] = "copy"

    def _requeued(self, record: r.Requeued) -> None:
        self._again[record.message] = record.reason

    def _applied(self, record: r.Applied) -> LogLine | None:
        key = (self._group_of(record.consumer), record.message)
        if record.times == 1:
            self._applied_us[key] = record.at_us
            return None
        text = twice_sentence(
            self._name(record.message),
            key[0],
            self._applied_us.get(key),
            record.at_us,
            self._again.get(record.message, "append"),
        )
        return LogLine(record.seq, record.at_us, "duplicate", record.consumer, record.message, text)

    def _lost(self, record: r.Lost) -> LogLine:
        what = lost_what(
            record.reason, record.place, is_at_the_door=record.cause == self._last_death
        )
        name = self._name(record.message)
        text = lost_sentence(name, record.group, record.at_us, record.reason, what)
        return LogLine(record.seq, record.at_us, "loss", record.place, record.message, text)

    def _torn(self, record: r.Torn) -> LogLine:
        text = (
            f"{record.consumer} died in the middle of {self._name(record.message)}: "
            "half of its effect is there."
        )
        return LogLine(record.seq, record.at_us, "fault", record.consumer, record.message, text)

    def _packet_died(self, record: r.PacketDied) -> LogLine | None:
        self._last_death = record.seq
        if record.reason not in ("dropped", "cut"):
            return None
        name = self._name(record.message)
        way = f"{record.source}>{record.target}"
        verb = "dropped" if record.reason == "dropped" else "lost in the cut"
        text = f"{record.packet} {name} from {record.source} to {record.target} was {verb}."
        return LogLine(record.seq, record.at_us, "fault", way, record.message, text)

    def _dead_lettered(self, record: r.DeadLettered) -> LogLine:
        where = f"moved to {record.target}" if record.target else "dropped"
        text = f"{record.queue} gave up on {self._name(record.message)}: {where}."
        return LogLine(record.seq, record.at_us, "info", record.queue, record.message, text)

    def _gave_up(self, record: r.GaveUp) -> LogLine:
        text = (
            f"{record.producer} gave up on {self._name(record.message)}; "
            "whether it arrived, it does not know."
        )
        return LogLine(record.seq, record.at_us, "info", record.producer, record.message, text)

    # ------------------------------------------------------------------ transactions

    def _decided(self, record: r.TransactionDecided) -> LogLine | None:
        if record.verdict == "commit":
            return None
        text = aborted_sentence(
            record.coordinator, record.consumer, self._name(record.message), record.reason
        )
        return LogLine(record.seq, record.at_us, "info", record.coordinator, record.message, text)

    def _refused(self, record: r.TransactionFenced) -> LogLine:
        text = refused_sentence(
            record.place, record.consumer, self._name(record.message), record.reason
        )
        return LogLine(record.seq, record.at_us, "info", record.place, record.message, text)

    def _undone(self, record: r.BranchAborted) -> LogLine | None:
        if record.reason == "abort":
            return None
        text = released_sentence(record.place, self._name(record.message), record.reason)
        return LogLine(record.seq, record.at_us, "fault", record.place, record.message, text)

    def _called_again(self, record: r.SideEffect) -> LogLine | None:
        if record.times == 1:
            return None
        text = (
            f"{record.consumer} has called outside once more for {self._name(record.message)}: "
            f"{times_word(record.times)} by now. No transaction takes a call back."
        )
        return LogLine(record.seq, record.at_us, "duplicate", record.consumer, record.message, text)

    # ------------------------------------------------------------------ what becomes of nodes

    def _crashed(self, record: r.NodeCrashed) -> LogLine:
        where = f" at {record.point}" if record.point else ""
        took = f" It took {self._names(record.took)} with it." if record.took else ""
        text = f"{record.node} crashed{where}.{took} It is back at {format_us(record.restart_us)}."
        return LogLine(record.seq, record.at_us, "fault", record.node, -1, text)

    def _plain(self, kind: str, place: str, text: str) -> Callable[[Any], LogLine]:
        return lambda record: LogLine(record.seq, record.at_us, kind, place, -1, text)

    def _restarted(self, record: r.NodeRestarted) -> LogLine:
        return self._plain("info", record.node, f"{record.node} is up again.")(record)

    def _paused(self, record: r.NodePaused) -> LogLine:
        until = f" until {format_us(record.resume_us)}" if record.resume_us >= 0 else ""
        text = f"{record.node} is paused{until}; its connections live and nobody notices."
        return self._plain("fault", record.node, text)(record)

    def _resumed(self, record: r.NodeResumed) -> LogLine:
        return self._plain("info", record.node, f"{record.node} goes on.")(record)

    def _cut(self, record: r.LinkCut) -> LogLine:
        which = "" if record.direction == "both" else f" ({record.direction} direction)"
        text = f"The link from {record.source} to {record.target} is cut{which}."
        return self._plain("fault", f"{record.source}>{record.target}", text)(record)

    def _healed(self, record: r.LinkHealed) -> LogLine:
        text = f"The link from {record.source} to {record.target} has healed."
        return self._plain("info", f"{record.source}>{record.target}", text)(record)

    def _armed(self, record: r.FaultArmed) -> LogLine:
        return self._plain("fault", record.place, f"Armed at {record.place}: {record.what}.")(
            record
        )

    def _struck(self, record: r.FaultStruck) -> LogLine:
        name = self._name(record.message)
        text = f"The armed fault has struck at {record.place}: {record.what} {name}."
        return LogLine(record.seq, record.at_us, "fault", record.place, record.message, text)

    def _set(self, record: r.ParametersSet) -> LogLine:
        return self._plain("info", record.place, f"{record.place} is set: {record.text}.")(record)

    def _renamed(self, record: r.NodeRenamed) -> LogLine:
        text = f"{record.old} is called {record.new} now."
        return self._plain("info", record.new, text)(record)

    def _forgotten(self, record: r.DedupForgotten) -> LogLine:
        what = "everything" if record.message < 0 else self._name(record.message)
        text = f"The dedup memory of {record.node} has forgotten {what}."
        return self._plain("fault", record.node, text)(record)

    def _rejected(self, record: r.CommandRejected) -> LogLine:
        return self._plain("rejected", "", record.reason)(record)

    def _limit(self, record: r.LimitMet) -> LogLine:
        text = f"The run has stopped: {record.reason}."
        return self._plain("limit", "", text)(record)


_WRITE: dict[type, Callable[[LogWriter, Any], LogLine | None]] = {
    r.PacketSent: LogWriter._sent,
    r.Requeued: LogWriter._requeued,
    r.Applied: LogWriter._applied,
    r.Lost: LogWriter._lost,
    r.Torn: LogWriter._torn,
    r.TransactionDecided: LogWriter._decided,
    r.TransactionFenced: LogWriter._refused,
    r.BranchAborted: LogWriter._undone,
    r.SideEffect: LogWriter._called_again,
    r.PacketDied: LogWriter._packet_died,
    r.DeadLettered: LogWriter._dead_lettered,
    r.GaveUp: LogWriter._gave_up,
    r.NodeCrashed: LogWriter._crashed,
    r.NodeRestarted: LogWriter._restarted,
    r.NodePaused: LogWriter._paused,
    r.NodeResumed: LogWriter._resumed,
    r.LinkCut: LogWriter._cut,
    r.LinkHealed: LogWriter._healed,
    r.FaultArmed: LogWriter._armed,
    r.FaultStruck: LogWriter._struck,
    r.ParametersSet: LogWriter._set,
    r.NodeRenamed: LogWriter._renamed,
    r.DedupForgotten: LogWriter._forgotten,
    r.CommandRejected: LogWriter._rejected,
    r.LimitMet: LogWriter._limit,
}
