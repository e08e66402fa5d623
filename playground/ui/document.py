"""Which file or preset is open, and does the scenario differ from it?"""

import os
from pathlib import Path

from playground.scenario.model import Scenario

Stamp = tuple[int, int]
"""When a file was last written (ns), and its size (bytes)."""


class Document:
    """Where the open scenario is from, where it is saved to, and how it looked there."""

    def __init__(
        self,
        path: Path | None = None,
        preset: str = "",
        saved: Scenario | None = None,
        stamp: Stamp | None = None,
    ) -> None:
        self.path = path
        self.preset = preset
        """The stem of the preset, or nothing."""
        self.saved = saved
        """What is in the file, or was shown first; None: it has never been in one."""
        self.stamp = stamp or stamp_of(path)
        """Of the file, when it was read or written here."""

    def differs(self, scenario: Scenario) -> bool:
        """Whether this scenario would be lost if it were not saved."""
        return scenario is not self.saved and scenario != self.saved

    def note_saved(self, path: Path, scenario: Scenario) -> None:
        """It has been written to a file, which is from now on its own."""
        self.path, self.preset, self.saved = path, "", scenario
        self.stamp = stamp_of(path)

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody else has written to the file since it was read or saved."""
        now = stamp_of(self.path)
        return now is not None and now != self.stamp


def stamp_of(path: Path | None) -> Stamp | None:
    """The stamp of a file, or None where there is none."""
    if path is None:
        return None
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size
