"""What has been wished for in this run, when, and what lies ahead after going back?

A run is its scenario, its seed and this. Going back does not shorten it: played again, the same
wishes are granted at the same times, until somebody wishes for something else; then the rest is
laid aside as the other branch.
"""

from itertools import islice
from typing import NamedTuple

from playground.engine.commands import Command
from playground.scenario.model import Scenario
from playground.session.storm import Blow, Still

Wish = Command | Blow | Still

HAND, EDIT, STORM = "hand", "edit", "storm"
MOST_STRIKES = 50_000
"""A storm calms down when its run has as many entries."""


class Entry(NamedTuple):
    """One wish at its virtual time."""

    at_us: int
    wish: Wish
    by: str = HAND
    after: Scenario | None = None  # the document that it led to; None: as before
    is_granted: bool = True


class Branch(NamedTuple):
    """A way that this run has also taken."""

    entries: tuple[Entry, ...]
    end_us: int


class Journal:
    """The entries of one run; those before ``head`` have been granted."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.head = 0
        self.end_us = 0
        """The farthest moment that this branch has been played to."""
        self.other: Branch | None = None

    @property
    def is_at_end(self) -> bool:
        """Whether nothing that is known lies ahead."""
        return self.head == len(self.entries)

    @property
    def next(self) -> Entry | None:
        """What is to be granted next, when its time has come."""
        return None if self.is_at_end else self.entries[self.head]

    @property
    def changed_us(self) -> int:
        """When the first wish up to now was granted; -1: the run goes as it was written."""
        granted = islice(self.entries, self.head)
        return next((entry.at_us for entry in granted if entry.is_granted), -1)

    def note(self, entry: Entry) -> None:
        """One more at the end, granted just now."""
        assert self.is_at_end
        self.entries.append(entry)
        self.head += 1

    def is_leaving(self, now_us: int) -> bool:
        """Whether a new wish at this moment would make another branch of a known one."""
        return not self.is_at_end or now_us < self.end_us

    def leave(self, now_us: int) -> int:
        """Another branch begins here; how many entries the one that is laid aside goes on with."""
        dropped = len(self.entries) - self.head
        if dropped:
            self.other = Branch(tuple(self.entries), self.end_us)
        del self.entries[self.head :]
        self.end_us = now_us
        return dropped

    def swap(self, now_us: int) -> tuple[int, int]:
        """Take the other branch.

        Returns how many entries both have in common, and the time up to which both are the same.
        """
        other = self.other
        assert other is not None
        mine, theirs = self.entries, other.entries
        self.other = Branch(tuple(mine), max(self.end_us, now_us))
        common = 0
        while common < min(len(mine), len(theirs)) and mine[common] == theirs[common]:
            common += 1
        parts = [entries[common].at_us for entries in (mine, theirs) if common < len(entries)]
        self.entries, self.end_us = list(theirs), other.end_us
        return common, min(parts, default=min(self.end_us, other.end_us))
