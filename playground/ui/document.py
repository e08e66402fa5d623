"""Which file or preset is open?"""

from pathlib import Path


class Document:
    """Where the open scenario is from, and where it is saved to."""

    def __init__(self, path: Path | None = None, preset: str = "") -> None:
        self.path = path
        self.preset = preset
        """The stem of the preset, or nothing."""

    def note_saved(self, path: Path) -> None:
        """It has been written to a file, which is from now on its own."""
        self.path, self.preset = path, ""
