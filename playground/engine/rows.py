"""How is a record written down while a world runs, and how does it get its names back?

A row is a bare tuple: a code for its kind, ``seq``, ``at_us``, ``cause``, then its fields. What
happens to every message has a code of its own and only integers in it, since the fingerprint is
taken of the rows and a number costs it a seventh of what a name costs (2 µs of a message); the
names are *tags*, counted in the order in which a world first used them. Everything
else is written as it is read. One row may stand for two records that always come together.
"""

from collections.abc import Callable, Iterable
from typing import Any, get_args

from playground.engine.records import (
    Acked,
    Appended,
    Applied,
    Begun,
    Confirmed,
    Delivered,
    PacketSent,
    Produced,
    Record,
)

Row = tuple[Any, ...]
"""A record as it is written and hashed: the code of its kind, then its fields."""

Name = str | tuple[str, ...]

PRODUCED, APPENDED, CONFIRMED, DELIVERED = -2, -3, -4, -5
DELIVERED_AND_BEGUN, BEGUN, APPLIED, ACKED = -6, -7, -8, -9
SENT = 1024
"""And above: a PacketSent, of which the code also says the tag and, in its last digit, the fate."""
FATES_EACH = 8

ARRIVES, COPY_ARRIVES, LOST, COPY_LOST, CUT, COPY_CUT = range(6)
"""How a PacketSent writes ``fate`` and ``is_copy``; those that arrive come first."""
FATES = ("arrives", "lost", "cut")

_KINDS: tuple[type, ...] = get_args(Record)
CODES: dict[type, int] = {kind: code for code, kind in enumerate(_KINDS)}


class Tags(dict[Name, int]):
    """The names used in rows, each with its number; whoever asks for a new one adds it."""

    def __missing__(self, name: Name) -> int:
        self[name] = tag = len(self)
        return tag

    def fork(self) -> "Tags":
        """An independent copy."""
        return Tags(self)


def _packet_sent(row: Row, name: Name) -> tuple[Record, ...]:
    code, seq, at_us, cause, message, number, ends_us = row
    fate = code % FATES_EACH
    assert isinstance(name, tuple)
    source, target, packet = name
    sent = PacketSent(
        seq, at_us, cause, seq, source, target, packet, message, number, ends_us,
        FATES[fate >> 1], bool(fate & 1),
    )  # fmt: skip
    return (sent,)


def _delivered_and_begun(row: Row, name: Name) -> tuple[Record, ...]:
    _, seq, at_us, cause, _, message, number = row
    assert isinstance(name, str)
    return (
        Delivered(seq, at_us, cause, name, message, number),
        Begun(seq + 1, at_us, seq, name, message),
    )


def _acked(row: Row, name: Name) -> tuple[Record, ...]:
    assert isinstance(name, tuple)
    queue, group, how = name
    _, seq, at_us, cause, _, message = row
    return (Acked(seq, at_us, cause, queue, group, message, how),)


def _plain(kind: Callable[..., Record]) -> Callable[[Row, Name], tuple[Record, ...]]:
    return lambda row, name: (kind(*row[1:4], name, *row[5:]),)


_READ: dict[int, Callable[[Row, Name], tuple[Record, ...]]] = {
    PRODUCED: _plain(Produced),
    APPENDED: _plain(Appended),
    CONFIRMED: _plain(Confirmed),
    DELIVERED: _plain(Delivered),
    DELIVERED_AND_BEGUN: _delivered_and_begun,
    BEGUN: _plain(Begun),
    APPLIED: _plain(Applied),
    ACKED: _acked,
}


def records_of(rows: Iterable[Row], tags: Tags) -> list[Record]:
    """The records with names for their fields, for whoever reads them."""
    names = list(tags)
    records: list[Record] = []
    for row in rows:
        code = row[0]
        if code >= SENT:
            records += _packet_sent(row, names[(code - SENT) // FATES_EACH])
        elif code >= 0:
            records.append(tuple.__new__(_KINDS[code], row[1:]))
        else:
            records += _READ[code](row, names[row[4]])
    return records
