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
        self._is_new = True

    @property
    def before(self) -> Scenario:
        """The document without it."""
        return self._before

    @property
    def after(self) -> Scenario:
        """The document with it."""
        return self._after

    def redo(self) -> None:
        """The document after it; what the run cannot follow the first time is no step."""
        is_refused = bool(self._edit(self._after, self._rename))
        self.setObsolete(is_refused and self._is_new)
        self._is_new = False

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
        self._is_editing = self._is_following = False
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

    @property
    def unsaved(self) -> int:
        """How many edits lie between the document and the saved one; 0 where nobody can say."""
        clean = self.stack.cleanIndex()
        return abs(self.stack.index() - clean) if clean >= 0 else 0

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

    def follow(self) -> None:
        """The run has gone to another moment: edits that lie ahead of it can be made again.

        Of the steps that lead to the document of that moment it is the nearest one.
        """
        if self._is_editing:
            return
        now = self.document
        stack, steps = self.stack, [self.stack.command(i) for i in range(self.stack.count())]
        documents = [step.before for step in steps[:1] if isinstance(step, Step)]
        documents += [step.after for step in steps if isinstance(step, Step)]
        places = [
            index
            for index, each in enumerate(documents)
            if (each.nodes, each.links) == (now.nodes, now.links)
        ]
        if not places or stack.index() in places:
            return
        self._stand_at(min(places, key=lambda index: abs(index - stack.index())))

    def _stand_at(self, index: int) -> None:
        """Move in the list of steps without changing the document."""
        self._is_following = True
        self.stack.setIndex(index)
        self._is_following = False

    def _edit(self, after: Scenario, rename: Rename | None) -> str:
        if self._is_following:
            return ""
        self._is_editing = True
        try:
            self._refusal = self._bridge.edit(after, rename)
        finally:
            self._is_editing = False
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
        if after == before and self._is_set_otherwise(command):
            self._bridge.submit(command)  # back to what the document says: nothing to undo
            return True
        return self.do(edit_name(command, before), after)

    def _is_set_otherwise(self, command: Command) -> bool:
        """Whether the run's script has set it to something else than the document."""
        now = self._bridge.in_force
        return now != self.document and edited(now, command) != now

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

    def end(self) -> None:
        """Let go of every step, in silence, before the window goes.

        Left to the collector, the stack may come after the steps that it still wants to delete.
        """
        self.stack.blockSignals(True)
        self.stack.clear()

    def undo(self) -> str:
        """Take the last edit back; its name, or "" where there is none."""
        name, index = self.stack.undoText(), self.stack.index()
        self._refusal = ""
        self.stack.undo()
        if self._is_refused(f"undo: {name}"):
            self._stand_at(index)
            return ""
        return name

    def redo(self) -> str:
        """Make the edit again that was taken back last; its name, or ""."""
        name, index = self.stack.redoText(), self.stack.index()
        self._refusal = ""
        self.stack.redo()
        if self._is_refused(f"redo: {name}"):
            self._stand_at(index)
            return ""
        return name
