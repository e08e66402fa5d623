"""What does a step ask of the ledger, and what does it write there?

The engine works on a ledger that answers from a real one and notes every answer. Numbers of copies
are never told: a step may only compare them, so that all that is noted of them is whether there was
none left, or more than one. Two ledgers that give the same answers let the step do the same; what
it has written is noted as additions and new values, to be entered into any such ledger.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from playground.checker.any_timing.ledger_part import fork_ledger
from playground.engine.ledger import GroupLedger, Ledger

Cell = tuple[str, str, int]
"""Group ("": of no group), field, row (-1: the field is one number)."""

Entry = tuple[Cell, bool, Any]
"""A cell, whether something is added to it, and what; None: its entry goes."""

Change = tuple[Entry, ...]


class Question(NamedTuple):
    """What is asked of a cell: its value, or whether that ``is`` or is ``above`` a number."""

    cell: Cell
    asks: str = "value"
    number: int = 0


class UnreadableError(Exception):
    """A step asks for what can only be answered by a whole ledger."""


def value_of(ledger: Ledger, cell: Cell) -> Any:
    """What stands in the cell; None where a table has no such row."""
    group, field, row = cell
    value = getattr(ledger.groups[group] if group else ledger, field)
    if row < 0:
        return value
    return value.get(row) if type(value) is dict else value[row]


def answer(ledger: Ledger, question: Question) -> Any:
    """This ledger's answer."""
    cell, asks, number = question
    value = value_of(ledger, cell)
    if asks == "value":
        return value
    return value == number if asks == "is" else value > number


def entered(ledger: Ledger, change: Change, keeps_order: bool) -> Ledger:
    """A copy of the ledger with the change entered."""
    twin = fork_ledger(ledger, keeps_order)
    for (group, field, row), is_added, value in change:
        owner = twin.groups[group] if group else twin
        if row < 0:
            setattr(owner, field, getattr(owner, field) + value if is_added else value)
            continue
        column = getattr(owner, field)
        if is_added:
            column[row] += value
        elif value is None:
            column.pop(row, None)
        else:
            column[row] = value
    return twin


class Reading:
    """The answers that one ledger gave to one or several runs, and what the last run has written."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.twin = self.ledger  # that the engine works on; see ``readable``
        self.asked: dict[Question, Any] = {}
        self.written: dict[Cell, Any] = {}

    def begin(self, ledger: Ledger) -> None:
        """Answers come from this ledger from now on."""
        self.ledger = ledger
        self.asked = {}
        self.begin_run()

    def begin_run(self) -> None:
        """A step is done from the beginning, perhaps once more."""
        self.written = {}
        self.twin.names.clear()
        self.twin.on_lost.clear()

    def ask(self, question: Question) -> Any:
        """The answer, noted."""
        asked = self.asked
        if question in asked:
            return asked[question]
        found = asked[question] = answer(self.ledger, question)
        return found

    def value(self, cell: Cell) -> Any:
        """What stands there now."""
        if cell in self.written:
            return self.written[cell]
        return self.ask(Question(cell))

    def copies(self, cell: Cell) -> "Copies":
        """How many stand there now, without telling."""
        found = self.written.get(cell)
        return Copies(self, cell, 0) if found is None else found

    def change(self) -> Change:
        """What the last run has written, without what it left as it was."""
        found: list[Entry] = []
        for cell, value in self.written.items():
            if type(value) is Copies:
                assert value.cell == cell, f"a count of {value.cell} was entered at {cell}"
                if value.more:
                    found.append((cell, True, value.more))
            elif self.asked.get(Question(cell), self) != value:
                found.append((cell, False, value))
        return tuple(found)


class Copies:
    """A number of copies: it can be added to and compared, and is told to nobody."""

    __slots__ = ("_reading", "cell", "more")

    def __init__(self, reading: Reading, cell: Cell, more: int) -> None:
        self._reading = reading
        self.cell = cell
        self.more = more

    def __add__(self, other: int) -> "Copies":
        return Copies(self._reading, self.cell, self.more + other)

    def __sub__(self, other: int) -> "Copies":
        return Copies(self._reading, self.cell, self.more - other)

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        assert isinstance(other, int)
        return bool(self._reading.ask(Question(self.cell, "is", other - self.more)))

    def __bool__(self) -> bool:
        return not self == 0

    def __gt__(self, other: int) -> bool:
        return bool(self._reading.ask(Question(self.cell, "above", other - self.more)))

    def __ge__(self, other: int) -> bool:
        return self > other - 1

    def __lt__(self, other: int) -> bool:
        return not self > other - 1

    def __le__(self, other: int) -> bool:
        return not self > other


class _Column:
    """A column of which the values may be known."""

    __slots__ = ("_cells", "_reading")

    def __init__(self, reading: Reading, group: str, field: str, rows: int) -> None:
        self._reading = reading
        self._cells: list[Cell] = [(group, field, row) for row in range(rows)]

    def __getitem__(self, row: int) -> Any:
        return self._reading.value(self._cells[row])

    def __setitem__(self, row: int, value: Any) -> None:
        self._reading.written[self._cells[row]] = value

    def __iter__(self) -> Iterator[Any]:
        raise UnreadableError

    def __len__(self) -> int:
        raise UnreadableError


class _Copies(_Column):
    """A column of numbers of copies."""

    def __getitem__(self, row: int) -> Any:
        return self._reading.copies(self._cells[row])


class _Table(_Column):
    """A table of which some rows are there and others are not."""

    def __getitem__(self, row: int) -> Any:
        found = self._reading.value(self._cells[row])
        if found is None:
            raise KeyError(row)
        return found

    def get(self, row: int, default: Any = None) -> Any:
        found = self._reading.value(self._cells[row])
        return default if found is None else found

    def __contains__(self, row: int) -> bool:
        return self._reading.value(self._cells[row]) is not None

    def __delitem__(self, row: int) -> None:
        self._reading.written[self._cells[row]] = None

    def pop(self, row: int, default: Any = None) -> Any:
        found = self.get(row, default)
        del self[row]
        return found

    def __iter__(self) -> Iterator[int]:
        return iter([row for row in range(len(self._cells)) if row in self])

    def __bool__(self) -> bool:
        return any(True for _ in self)


class _Book(GroupLedger):
    """The book of a group; its counters are numbers of copies, too."""

    __slots__ = ("reading",)


class _Ledger(Ledger):
    """All books."""

    __slots__ = ("reading",)

    @staticmethod
    def _grow() -> None:
        raise UnreadableError


def _counter(field: str) -> property:
    def count(book: Any) -> Copies:
        found: Copies = book.reading.copies((book.group, field, -1))
        return found

    def enter(book: Any, value: Copies) -> None:
        book.reading.written[book.group, field, -1] = value

    return property(count, enter)


def _count(ledger: Any) -> int:
    found: int = ledger.reading.value(("", "count", -1))
    return found


def _enter_count(ledger: Any, count: int) -> None:
    ledger.reading.written["", "count", -1] = count


_BLANK = GroupLedger("", "", 0)
_COUNTERS = [field for field in GroupLedger.__slots__ if type(getattr(_BLANK, field)) is int]
for _field in _COUNTERS:
    setattr(_Book, _field, _counter(_field))
_Ledger.count = property(_count, _enter_count)  # type: ignore[assignment]

_OF_BOOK: dict[str, type[_Column]] = {
    "state": _Column, "held": _Copies, "effects": _Column, "cause": _Column,
    "parked": _Table, "ended_by": _Table, "doubts": _Table, "sides": _Table,
}  # fmt: skip
_OF_LEDGER: dict[str, type[_Column]] = {
    "producer": _Column, "number": _Column, "key": _Column, "queue": _Column,
    "upstream": _Copies, "status": _Column, "origin": _Table, "child_alive": _Table,
}  # fmt: skip


def readable(ledger: Ledger, reading: Reading, sees_deliveries: bool) -> Ledger:
    """A ledger for the engine to work on; what no key and no handler asks is written anywhere."""
    rows = ledger.capacity
    twin = fork_ledger(ledger, keeps_order=False)
    found: Any = _Ledger.__new__(_Ledger)
    found.reading = reading
    for field in Ledger.__slots__:
        if field != "count":
            setattr(found, field, getattr(twin, field))
    for field, kind in _OF_LEDGER.items():
        setattr(found, field, kind(reading, "", field, rows))
    of_book = dict(_OF_BOOK, delivered=_Column) if sees_deliveries else _OF_BOOK
    for group, plain in twin.groups.items():
        book: Any = _Book.__new__(_Book)
        book.reading = reading
        for field in GroupLedger.__slots__:
            if field not in _COUNTERS:
                setattr(book, field, getattr(plain, field))
        for field, kind in of_book.items():
            setattr(book, field, kind(reading, group, field, rows))
        found.groups[group] = book
    found.groups_of = {
        queue: [found.groups[book.group] for book in books]
        for queue, books in twin.groups_of.items()
    }
    reading.written = {}
    return found  # type: ignore[no-any-return]
