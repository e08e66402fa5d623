"""What came of a step, by what its ledger had to answer?

The outcomes of one step on equal parts are kept in a tree: each fork is a question, each branch one
answer. A ledger that answers as an earlier one did finds what was remembered for that one, however
much else it says.
"""

from typing import Any, Generic, TypeVar

from playground.checker.any_timing.ledger_reading import Question, answer, value_of
from playground.engine.ledger import Ledger

T = TypeVar("T")


class _Fork:
    __slots__ = ("after", "asks_value", "cell", "question")

    def __init__(self, question: Question) -> None:
        self.question = question
        self.cell, self.asks_value = question.cell, question.asks == "value"
        self.after: dict[Any, Any] = {}  # by answer: the next fork, or what is remembered


class Cases(Generic[T]):
    """What is remembered, by the ledger's answers."""

    __slots__ = ("_root",)

    def __init__(self) -> None:
        self._root: dict[Any, Any] = {}

    def find(self, ledger: Ledger) -> T | None:
        """What is remembered for a ledger like this; None: nothing yet."""
        at = self._root.get(None)
        while type(at) is _Fork:
            if at.asks_value:
                at = at.after.get(value_of(ledger, at.cell))
            else:
                at = at.after.get(answer(ledger, at.question))
        found: T | None = at
        return found

    def add(self, asked: dict[Question, Any], what: T) -> None:
        """Remember it for all ledgers that answer like this."""
        branches, given = self._root, None
        for question, reply in asked.items():
            fork = branches.setdefault(given, _Fork(question))
            assert fork.question == question, "equal answers led to another question"
            branches, given = fork.after, reply
        branches[given] = what
