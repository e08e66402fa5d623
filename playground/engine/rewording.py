"""How does a wish read after the node that it speaks of has got another name?"""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from playground.engine.commands import Command, SetNode

NODES = ("node", "source", "target", "queue")
"""The fields of a command that name a node."""

Reword = Callable[[str], str]


def reworded(command: Command, node: Reword, message: Reword, group: Reword) -> Command:
    """The same wish with its names replaced."""
    changes: dict[str, Any] = {}
    for each in fields(command):
        value = getattr(command, each.name)
        if each.name in NODES:
            changes[each.name] = node(value)
        elif each.name == "message" and value is not None:
            changes[each.name] = message(value)
    if isinstance(command, SetNode):
        changes["changes"] = tuple(
            (name, _reworded_value(name, value, node, group)) for name, value in command.changes
        )
    return replace(command, **changes)


def _reworded_value(name: str, value: object, node: Reword, group: Reword) -> object:
    if name == "dead_letter" and isinstance(value, str):
        return node(value)
    if name == "group" and isinstance(value, str):
        return group(value)
    return value


def of_message(old: str, new: str) -> Reword:
    """``shop#20`` under the producer's new name; a bare number stays."""

    def reword(message: str) -> str:
        producer, mark, number = str(message).rpartition("#")
        return f"{new}{mark}{number}" if mark and producer == old else message

    return reword


def of_name(old: str, new: str) -> Reword:
    """One name for another; all others stay."""
    return lambda name: new if name == old else name
