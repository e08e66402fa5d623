"""How is the document changed, and how is a change taken back?

Every change of the document goes through here: a name, the document before it and the one after.
The session makes the running world follow either way, so that undo acts on the engine too.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QUndoCommand, QUndoStack

from playground.engine.commands import AddLink, Command
from playground.scenario.edit import EDITS, edited
from playground.scenario.model import Scenario
from playground.scenario.rename import name_fault, renamed
from playground.scenario.soundness import first_fault
from playground.ui.bridge import Bridge
from playground.ui.edit_words import edit_name

MOST_UNDO = 500
Rename = tuple[str, str]


class Refusal(NamedTuple):
    """What could not be done, and why."""

    title: str
    reason: str


class Step(QUndoCommand):
    """One edit of the document."""

    def __init__(
        self,
        name: str,
        before: Scenario,
        after: Scenario,
        edit: Callable[[Scenario, Rename | None], str],
        rename: Rename | None = None,
        merge: int = -1,
    ) -> None:
        super().__init__(name)
        self._before, self._after = before, after
        self._edit, self._rename, self._merge = edit, rename, merge

    def redo(self) -> None:
        """The document after it; what the run cannot follow is no step."""
        self.setObsolete(bool(self._edit(self._after, self._rename)))

    def undo(self) -> None:
        """The document before it."""
        back = None if self._rename is None else (self._rename[1], self._rename[0])
        self._edit(self._before, back)

    def id(self) -> int:
        """Steps of one kind that follow each other are one step; -1: never."""
        return self._merge

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a later step of the same name into this one."""
        if not isinstance(other, Step) or other.text() != self.text():
            return False
        self._after = other._after
        return True


class Editor:
    """The one hand on the document, and its memory of 500 edits."""

    def __init__(self, bridge: Bridge, refuse: Callable[[Refusal], None]) -> None:
        self._bridge = bridge
        self._refuse = refuse
        self._refusal = ""
        self.stack = QUndoStack()
        self.stack.setUndoLimit(MOST_UNDO)

    @property
    def document(self) -> Scenario:
        """As it is now."""
        return self._bridge.scenario

    @property
    def is_modified(self) -> bool:
        """Whether it differs from what was saved or opened."""
        return not self.stack.isClean()

    def do(
        self,
        name: str,
        after: Scenario,
        rename: Rename | None = None,
        merge: int = -1,
    ) -> bool:
        """One edit; says whether it was made. What changes nothing is no edit."""
        before = self.document
        if after == before:
            return False
        fault = first_fault(after)
        if fault:
            self._refuse(Refusal(f"Cannot {name}", fault))
            return False
        self.stack.push(Step(name, before, after, self._edit, rename, merge))
        return not self._is_refused(name)

    def _edit(self, after: Scenario, rename: Rename | None) -> str:
        self._refusal = self._bridge.edit(after, rename)
        return self._refusal

    def _is_refused(self, name: str) -> bool:
        """Whether the run could not follow the last step; says so."""
        if self._refusal:
            self._refuse(Refusal(f"Cannot {name}", self._refusal))
        return bool(self._refusal)

    def submit(self, command: Command) -> bool:
        """A wish; one that changes the document becomes an edit with a name."""
        if not isinstance(command, EDITS):
            self._bridge.submit(command)
            return True
        before = self.document
        try:
            after = edited(before, command)
        except KeyError:
            return False  # what it speaks of has gone since it was asked
        if isinstance(command, AddLink):
            fault = first_fault(after)
            if fault:
                self._refuse(Refusal(f"{command.source} and {command.target} stay apart", fault))
                return False
        return self.do(edit_name(command, before), after)

    def rename(self, old: str, new: str) -> bool:
        """Another name for a node; it keeps everything else."""
        new = new.strip()
        if new == old or old not in self.document.nodes:
            return False
        fault = name_fault(self.document, new)
        if fault:
            self._refuse(Refusal(f"{old} keeps its name", fault))
            return False
        return self.do(f"rename {old} to {new}", renamed(self.document, old, new), (old, new))

    def undo(self) -> str:
        """Take the last edit back; its name, or "" where there is none."""
        name = self.stack.undoText()
        self._refusal = ""
        self.stack.undo()
        return "" if self._is_refused(f"undo: {name}") else name

    def redo(self) -> str:
        """Make the edit again that was taken back last; its name, or ""."""
        name = self.stack.redoText()
        self._refusal = ""
        self.stack.redo()
        return "" if self._is_refused(f"redo: {name}") else name
