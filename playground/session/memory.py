"""Which records of a message are still kept?

A ring of the newest records. Taking them in costs next to nothing; they are searched when somebody
asks, and for the message asked about last only the new ones are looked at.
"""

from collections import deque
from itertools import takewhile

from playground.engine import records as r

MOST_RECORDS = 50_000
"""About 4 000 messages of a chain without faults."""

_LIVES = (
    r.NodeCrashed,
    r.NodeRestarted,
    r.NodePaused,
    r.NodeResumed,
    r.NodeRenamed,
    r.PacketRescheduled,
)
"""What has no message and still may belong to a message's life."""


class RecordMemory:
    """The newest records of a run."""

    def __init__(self) -> None:
        self._records: deque[r.Record] = deque(maxlen=MOST_RECORDS)
        self._last_seq = 0
        self._asked: frozenset[int] = frozenset()
        self._found: list[r.Record] = []
        self._found_to = 0

    def read(self, records: list[r.Record]) -> None:
        """Keep these; those that are kept already are passed over."""
        if not records or records[-1].seq <= self._last_seq:
            return
        if records[0].seq <= self._last_seq:
            records = [record for record in records if record.seq > self._last_seq]
        self._records.extend(records)
        self._last_seq = records[-1].seq

    def forget_after(self, seq: int) -> None:
        """The run has gone back: what came after this record has not happened."""
        while self._records and self._records[-1].seq > seq:
            self._records.pop()
        self._last_seq = self._records[-1].seq if self._records else 0
        self._asked, self._found, self._found_to = frozenset(), [], 0

    def about(self, messages: frozenset[int]) -> list[r.Record]:
        """What is kept about these messages, and every crash and pause, oldest first."""
        if messages != self._asked:
            self._asked, self._found, self._found_to = messages, [], 0
        elif self._found and self._records and self._found[0].seq < self._records[0].seq:
            self._found = [each for each in self._found if each.seq >= self._records[0].seq]
        seen = self._found_to
        fresh = takewhile(lambda record: record.seq > seen, reversed(self._records))
        found = [
            record
            for record in fresh
            if getattr(record, "message", -1) in messages or isinstance(record, _LIVES)
        ]
        self._found += reversed(found)
        self._found_to = self._last_seq
        return self._found

    def by_message(self, messages: frozenset[int]) -> dict[int, list[r.Record]]:
        """What is kept about each of many messages, found in one pass."""
        found: dict[int, list[r.Record]] = {message: [] for message in messages}
        for record in self._records:
            message = getattr(record, "message", -1)
            if message in found:
                found[message].append(record)
        return found

    def messages_with(self, kind: type, groups: dict[str, str], group: str) -> list[int]:
        """The messages of which a consumer of this group wrote such a record, newest first.

        ``groups`` says to which group a consumer belongs.
        """
        found = {
            getattr(record, "message", -1): None
            for record in reversed(self._records)
            if isinstance(record, kind) and groups.get(getattr(record, "consumer", ""), "") == group
        }
        return list(found)
