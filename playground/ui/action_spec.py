"""What is an action: its words and keys, what it does, and when it is possible?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from playground.ui.hands import Hands


class Situation(NamedTuple):
    """What an action's being possible depends on."""

    is_presenting: bool = False
    selected: str = ""  # "node", "link", "packet" or ""
    verbs: tuple[str, ...] = ()  # ids of the faults that are possible now
    nodes: int = 0  # how many are selected
    has_cues: bool = False
    has_end: bool = False  # whether the run has been played farther than now
    has_branch: bool = False
    is_broken: bool = False  # whether there is something to heal
    undo: str = ""  # the names of the edits, "" where there is none
    redo: str = ""


def always(now: Situation) -> bool:
    """At any time."""
    return True


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing a person can do."""

    id: str
    section: str
    text: str
    keys: tuple[str, ...]
    tip: str
    does: "Callable[[Hands], object]"
    when: Callable[[Situation], bool] = always

    @property
    def key(self) -> str:
        """The first key as it is written on a keyboard, or nothing."""
        if not self.keys:
            return ""
        return QKeySequence(self.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)

    @property
    def tooltip(self) -> str:
        """The sentence that names the key."""
        return f"{self.tip} ({self.key})" if self.keys else self.tip


def fault(verb: str) -> "Callable[[Hands], object]":
    """Strike what is selected."""
    return lambda hands: hands.strike(verb)


def can(verb: str) -> Callable[[Situation], bool]:
    """The fault is possible now."""
    return lambda now: verb in now.verbs


def has_nodes(now: Situation) -> bool:
    """Nodes are selected."""
    return now.nodes > 0


def can_line_up(now: Situation) -> bool:
    """Several nodes are selected and may be moved."""
    return now.nodes > 1 and not now.is_presenting


def is_at_the_desk(now: Situation) -> bool:
    """Nobody presents."""
    return not now.is_presenting


def is_on_the_stage(now: Situation) -> bool:
    """Somebody presents."""
    return now.is_presenting


def has_cues(now: Situation) -> bool:
    """The scenario has cue cards."""
    return now.has_cues
