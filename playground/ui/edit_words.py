"""What is an edit called? *Undo: set billing's guarantee to exactly-once.*"""

from collections.abc import Sequence

from playground.engine.commands import (
    AddLink,
    AddNode,
    Command,
    RemoveLink,
    RemoveNode,
    RenameNode,
    SetLink,
    SetNode,
)
from playground.engine.parameters import LinkParameters
from playground.scenario.forms import parameter_named
from playground.scenario.model import Scenario
from playground.scenario.save import write_value

LONGEST_VALUE = 40
MOST_NAMES = 2


def edit_name(command: Command, before: Scenario) -> str:
    """The name of one wish."""
    match command:
        case SetNode():
            kind = type(before.nodes[command.node])
            return f"set {whose(command.node)} {_changes(command.changes, kind)}"
        case SetLink():
            changes = _changes(command.changes, LinkParameters)
            return f"set the link {command.source} to {command.target}: {changes}"
        case AddNode():
            return f"add {command.node}"
        case RemoveNode():
            return f"delete {command.node}"
        case RenameNode():
            return f"rename {command.old} to {command.new}"
        case AddLink():
            return f"link {command.source} to {command.target}"
        case RemoveLink():
            return f"unlink {command.source} from {command.target}"
    raise AssertionError(f"{type(command).__name__} is not an edit")


def whose(name: str) -> str:
    """``billing's``, ``orders'``."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _changes(changes: tuple[tuple[str, object], ...], kind: type) -> str:
    """What is set to what; a place of the ack that only follows its guarantee is not said."""
    told = [(name, value) for name, value in changes if (name, value) != ("how", None)]
    return " and ".join(_change(name, value, kind) for name, value in told or changes)


def _change(name: str, value: object, kind: type) -> str:
    parameter = parameter_named(kind, name)
    text = write_value(value, parameter)
    if len(text) > LONGEST_VALUE:
        text = f"{text[: LONGEST_VALUE - 1]}…"
    return f"{parameter.key.replace('_', ' ')} to {text}"


def listed(nodes: Sequence[str]) -> str:
    """``billing``, ``billing and shop``, ``5 nodes``."""
    if len(nodes) > MOST_NAMES:
        return f"{len(nodes)} nodes"
    return " and ".join(nodes)
