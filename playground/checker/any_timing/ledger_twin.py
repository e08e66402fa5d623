"""What does the engine work on, so that it is noted what it asks of the ledger?

A ledger whose columns, tables and counters all lead to a reading. What stands in no key and is
asked by no handler is written anywhere.
"""

from collections.abc import Iterator
from typing import Any

from playground.checker.any_timing.ledger_part import fork_ledger
from playground.checker.any_timing.ledger_reading import (
    COUNT,
    Copies,
    Reading,
    UnreadableError,
)
from playground.engine.ledger import GroupLedger, Ledger, MessageTable


class _Column:
    """A column of which the values may be known."""

    __slots__ = ("_field", "_group", "_reading")

    def __init__(self, reading: Reading, group: str, field: str) -> None:
        self._reading, self._group, self._field = reading, group, field

    def __getitem__(self, row: int) -> Any:
        return self._reading.value((self._group, self._field, row))

    def __setitem__(self, row: int, value: Any) -> None:
        self._reading.written[self._group, self._field, row] = value

    def __iter__(self) -> Iterator[Any]:
        raise UnreadableError

    def __len__(self) -> int:
        raise UnreadableError


class _Copies(_Column):
    """A column of numbers of copies."""

    __slots__ = ()

    def __getitem__(self, row: int) -> Any:
        return self._reading.copies((self._group, self._field, row))


class _Table(_Column):
    """A table of which some rows are there and others are not."""

    __slots__ = ()

    def __getitem__(self, row: int) -> Any:
        found = super().__getitem__(row)
        if found is None:
            raise KeyError(row)
        return found

    def get(self, row: int, default: Any = None) -> Any:
        """As of a dict."""
        found = super().__getitem__(row)
        return default if found is None else found

    def __contains__(self, row: int) -> bool:
        return self.get(row) is not None

    def __delitem__(self, row: int) -> None:
        self[row] = None

    def pop(self, row: int, default: Any = None) -> Any:
        """As of a dict."""
        found = self.get(row, default)
        self[row] = None
        return found

    def __iter__(self) -> Iterator[int]:
        count = self._reading.value(COUNT)
        return iter([row for row in range(count) if row in self])

    def __bool__(self) -> bool:
        return any(True for _ in self)


class _Book(GroupLedger):
    """The book of a group; its counters are numbers of copies, too."""

    __slots__ = ("reading",)


class _Ledger(Ledger):
    """All books."""

    __slots__ = ("reading",)

    def grow(self) -> None:
        """A twin has no rows of its own to add: the ledger itself is asked."""
        raise UnreadableError


def _counter(field: str) -> property:
    def count(book: Any) -> Copies:
        found: Copies = book.reading.copies((book.group, field, -1))
        return found

    def enter(book: Any, value: Copies) -> None:
        book.reading.written[book.group, field, -1] = value

    return property(count, enter)


def _count(ledger: Any) -> int:
    found: int = ledger.reading.value(COUNT)
    return found


def _enter_count(ledger: Any, count: int) -> None:
    ledger.reading.written[COUNT] = count


_BLANK = GroupLedger("", "", 0)
_COUNTERS = [field for field in GroupLedger.__slots__ if type(getattr(_BLANK, field)) is int]
for _field in _COUNTERS:
    setattr(_Book, _field, _counter(_field))
setattr(_Ledger, "count", property(_count, _enter_count))  # noqa: B010

_OF_BOOK: dict[str, type[_Column]] = {
    "state": _Column, "held": _Copies, "effects": _Column, "cause": _Column,
    "parked": _Table, "ended_by": _Table, "doubts": _Table, "sides": _Table,
}  # fmt: skip
_OF_LEDGER: dict[str, type[_Column]] = {
    "producer": _Column, "number": _Column, "key": _Column, "queue": _Column,
    "upstream": _Copies, "status": _Column, "origin": _Table, "child_alive": _Table,
}  # fmt: skip


def readable(ledger: Ledger, reading: Reading, sees_deliveries: bool) -> Ledger:
    """The ledger of one pool for the engine to work on, with its groups and their queues."""
    twin = fork_ledger(ledger, keeps_order=False)
    found: Any = _Ledger.__new__(_Ledger)
    found.reading = reading
    for field in MessageTable.__slots__:
        if field != "count":
            setattr(found, field, getattr(twin, field))
    for field, kind in _OF_LEDGER.items():
        setattr(found, field, kind(reading, "", field))
    of_book = dict(_OF_BOOK, delivered=_Column) if sees_deliveries else _OF_BOOK
    for group, plain in twin.groups.items():
        book: Any = _Book.__new__(_Book)
        book.reading = reading
        for field in GroupLedger.__slots__:
            if field not in _COUNTERS:
                setattr(book, field, getattr(plain, field))
        for field, kind in of_book.items():
            setattr(book, field, kind(reading, group, field))
        found.groups[group] = book
    found.groups_of = {
        queue: [found.groups[book.group] for book in books]
        for queue, books in twin.groups_of.items()
    }
    reading.written = {}
    return found  # type: ignore[no-any-return]
