"""What is open, has it been saved, and how is an edit taken back?

An edit is a command in the run's journal and an entry on the undo stack: taking it back submits
the opposite command, so that undo acts on the running engine too.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QUndoCommand, QUndoStack

from playground.engine.commands import (
    AddLink,
    AddNode,
    Command,
    RemoveLink,
    RemoveNode,
    SetLink,
    SetNode,
)
from playground.scenario.model import Scenario

MOST_UNDO = 500
Submit = Callable[[Command], None]
Move = Callable[[str, float, float], None]


class Document:
    """The open scenario's file, and whether the run's copy of it has been changed."""

    def __init__(self, scenario: Scenario, path: Path | None = None, preset: str = "") -> None:
        self.path = path
        self.preset = preset
        """The stem of the preset, or nothing."""
        self._saved = scenario
        self._seen = scenario
        self._is_modified = False

    def is_modified(self, now: Scenario) -> bool:
        """Whether saving would write something else; cheap while nothing is edited."""
        if now is not self._seen:
            self._seen = now
            self._is_modified = now != self._saved
        return self._is_modified

    def note_saved(self, scenario: Scenario, path: Path) -> None:
        """It has been written to a file, which is from now on its own."""
        self.path, self.preset = path, ""
        self._saved = self._seen = scenario
        self._is_modified = False


def opposite(command: Command, scenario: Scenario) -> tuple[Command, ...]:
    """What takes an edit back, seen from the scenario before it."""
    if isinstance(command, SetNode):
        before = scenario.nodes[command.node]
        names = [name for name, _ in command.changes]
        if "guarantee" in names and "how" not in names:
            names.append("how")
        return (SetNode(command.node, tuple((name, getattr(before, name)) for name in names)),)
    if isinstance(command, SetLink):
        link = next(
            link
            for link in scenario.links
            if (link.source, link.target) == (command.source, command.target)
        )
        old = tuple((name, getattr(link.parameters, name)) for name, _ in command.changes)
        return (SetLink(command.source, command.target, old),)
    if isinstance(command, AddNode):
        return (RemoveNode(command.node),)
    if isinstance(command, AddLink):
        return (RemoveLink(command.source, command.target),)
    if isinstance(command, RemoveNode):
        links = [each for each in scenario.links if command.node in (each.source, each.target)]
        again = tuple(AddLink(each.source, each.target, each.parameters) for each in links)
        return (AddNode(command.node, scenario.nodes[command.node]), *again)
    if isinstance(command, RemoveLink):
        link = next(
            each
            for each in scenario.links
            if (each.source, each.target) == (command.source, command.target)
        )
        return (AddLink(command.source, command.target, link.parameters),)
    return ()


def edit_text(command: Command) -> str:
    """What the edit is called in the menu: ``set prefetch of billing``."""
    if isinstance(command, SetNode | SetLink):
        place = command.node if isinstance(command, SetNode) else command.target
        names = ", ".join(name.removesuffix("_us").replace("_", " ") for name, _ in command.changes)
        return f"set {names} of {place}"
    if isinstance(command, AddNode):
        return f"add {command.node}"
    if isinstance(command, RemoveNode):
        return f"remove {command.node}"
    if isinstance(command, AddLink):
        return f"link {command.source} to {command.target}"
    if isinstance(command, RemoveLink):
        return f"unlink {command.source} from {command.target}"
    return type(command).__name__


class Edit(QUndoCommand):
    """One edit with its opposite."""

    def __init__(self, command: Command, before: Scenario, submit: Submit) -> None:
        super().__init__(edit_text(command))
        self._there: Sequence[Command] = (command,)
        self._back = opposite(command, before)
        self._submit = submit

    def redo(self) -> None:
        for command in self._there:
            self._submit(command)

    def undo(self) -> None:
        for command in self._back:
            self._submit(command)


class MoveEdit(QUndoCommand):
    """A card stands somewhere else."""

    def __init__(
        self, node: str, before: tuple[float, float] | None, after: tuple[float, float], move: Move
    ) -> None:
        super().__init__(f"move {node}")
        self._node, self._before, self._after, self._move = node, before, after, move

    def redo(self) -> None:
        self._move(self._node, *self._after)

    def undo(self) -> None:
        if self._before is not None:
            self._move(self._node, *self._before)


def undo_stack() -> QUndoStack:
    """An empty, bounded history of edits."""
    stack = QUndoStack()
    stack.setUndoLimit(MOST_UNDO)
    return stack
