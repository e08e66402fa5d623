"""What does a step ask of the ledger, and what does it write there?

The engine works on a ledger that answers from a real one and notes every answer. Numbers of copies
are never told: a step may only compare them, so that all that is noted of them is whether there was
none left, or more than one. Two ledgers that give the same answers let the step do the same; what
it has written is noted as additions and new values, to be entered into any such ledger.
"""

from typing import Any, NamedTuple

from playground.checker.any_timing.ledger_part import book_of_its_own, shared_twin
from playground.engine.ledger import Ledger

Cell = tuple[str, str, int]
"""Group ("": of no group), field, row (-1: the field is one number)."""

COUNT: Cell = ("", "count", -1)

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


def entered(ledger: Ledger, change: Change) -> Ledger:
    """The ledger with the change entered: another one, that shares with it what stays the same."""
    owners: dict[str, Any] = {}
    copied: set[tuple[str, str]] = set()
    twin = owners[""] = shared_twin(ledger)
    for (group, field, row), is_added, value in change:
        owner = owners.get(group)
        if owner is None:
            owner = owners[group] = book_of_its_own(twin, group)
        column = getattr(owner, field)
        if row < 0:
            setattr(owner, field, column + value if is_added else value)
            continue
        if (group, field) not in copied:
            copied.add((group, field))
            column = column.copy() if type(column) is dict else column[:]
            setattr(owner, field, column)
        if is_added:
            column[row] += value
        elif value is None:
            column.pop(row, None)
        else:
            column[row] = value
    return twin


class Reading:
    """The answers that one ledger gave to one or several runs; what the last one has written."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.twin = self.ledger  # that the engine works on; see ``ledger_twin``
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
        return not self._reading.ask(Question(self.cell, "is", -self.more))

    def __gt__(self, other: int) -> bool:
        return bool(self._reading.ask(Question(self.cell, "above", other - self.more)))

    def __ge__(self, other: int) -> bool:
        return self > other - 1

    def __lt__(self, other: int) -> bool:
        return not self > other - 1

    def __le__(self, other: int) -> bool:
        return not self > other
