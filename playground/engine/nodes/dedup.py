"""Has the broker taken this SEND before? By message id, or by the producer session's sequence."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from playground.engine.message import Flight

Answer = Literal["new", "duplicate", "out-of-order"]

BY_MESSAGE_ID = -1
"""The session of a SEND that carries its message's id; 0 is one that carries nothing."""


class Remembered(NamedTuple):
    """A SEND that was appended: what it was known by, and when."""

    at_us: int
    session: tuple[str, int]  # ("", 0) for a message id
    sequence: int
    message: int


class BrokerDedup:
    """The broker's memory of SENDs. The window runs from the append; a duplicate does not renew it.

    A session of which a crash took the newest numbers is taken up at whatever comes next, as Kafka
    does for a producer id without state (ProducerAppendInfo.checkSequence): else the number after
    a confirmed and lost one would be refused for ever. A session that is really new begins at 1,
    so that a first packet that was lost cannot be overtaken.
    """

    __slots__ = ("_appends", "_ids", "_last", "_sequences")

    def __init__(self) -> None:
        self._ids: dict[int, int] = {}  # message -> moment of the append
        self._sequences: dict[tuple[tuple[str, int], int], int] = {}
        self._last: dict[tuple[str, int], int] = {}  # highest number; -1: state was lost
        self._appends: list[Remembered] = []

    def ask(self, mode: str, flight: Flight, now_us: int, window_us: int) -> Answer:
        """What this SEND is."""
        if mode == "message-id" and flight.first == BY_MESSAGE_ID and flight.message in self._ids:
            return "duplicate" if now_us < self._ids[flight.message] + window_us else "new"
        if mode == "sequence" and flight.second:
            session = (flight.source, flight.first)
            moment = self._sequences.get((session, flight.second))
            if moment is not None and now_us < moment + window_us:
                return "duplicate"
            last = self._last.get(session, 0)
            if last >= 0 and flight.second > last + 1:
                return "out-of-order"
        return "new"

    def remember(self, mode: str, flight: Flight, now_us: int, window_us: int) -> None:
        """It was appended."""
        if mode == "none":
            return
        session = (flight.source, flight.first) if mode == "sequence" else ("", 0)
        if mode == "sequence":
            if not flight.second:
                return
            self._last[session] = max(self._last.get(session, 0), flight.second)
            self._sequences[session, flight.second] = now_us
        elif flight.first == BY_MESSAGE_ID:
            self._ids[flight.message] = now_us
        else:
            return
        self._appends.append(Remembered(now_us, session, flight.second, flight.message))
        if (
            len(self._appends) >= 256
            and self._appends[len(self._appends) // 2].at_us + window_us < now_us
        ):
            half = len(self._appends) // 2
            for row in self._appends[:half]:
                self._drop(row)
            del self._appends[:half]

    def _drop(self, row: Remembered) -> None:
        if row.session[0]:
            if self._sequences.get((row.session, row.sequence)) == row.at_us:
                del self._sequences[row.session, row.sequence]
        elif self._ids.get(row.message) == row.at_us:
            del self._ids[row.message]

    def forget(self, message: int | None) -> None:
        """Forget one message, or everything."""
        for row in self._appends:
            if message is None or row.message == message:
                self._drop(row)
        if message is None:
            self._appends = []
            self._last = dict.fromkeys(self._last, -1)
        else:
            self._appends = [row for row in self._appends if row.message != message]

    def forget_since(self, flushed_us: int) -> None:
        """A crash: what was appended after this moment had not reached the disk."""
        kept = [row for row in self._appends if row.at_us <= flushed_us]
        for row in self._appends[len(kept) :]:
            self._drop(row)
            if row.session[0]:
                self._last[row.session] = -1
        self._appends = kept

    def forget_producer(self, producer: str) -> None:
        """It is gone; another one that gets its name begins with sessions of its own."""
        self._appends = [row for row in self._appends if row.session[0] != producer]
        self._last = {key: last for key, last in self._last.items() if key[0] != producer}
        self._sequences = {
            key: at_us for key, at_us in self._sequences.items() if key[0][0] != producer
        }

    def rename(self, renamed: Callable[[str], str]) -> None:
        """Producers have other names; what a removed one of the new name sent is forgotten."""
        moved = {
            (renamed(source), number) for source, number in self._last if renamed(source) != source
        }

        def of(session: tuple[str, int]) -> tuple[str, int]:
            return renamed(session[0]), session[1]

        def stays(session: tuple[str, int]) -> bool:
            return session not in moved

        self._appends = [
            row._replace(session=of(row.session)) for row in self._appends if stays(row.session)
        ]
        self._last = {of(session): last for session, last in self._last.items() if stays(session)}
        self._sequences = {
            (of(session), number): at_us
            for (session, number), at_us in self._sequences.items()
            if stays(session)
        }

    def fork(self) -> "BrokerDedup":
        """An independent copy."""
        twin = BrokerDedup()
        twin._ids, twin._sequences = self._ids.copy(), self._sequences.copy()
        twin._last, twin._appends = self._last.copy(), self._appends.copy()
        return twin
