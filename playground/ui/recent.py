"""Which files were open lately?

The list outlives the window where it is given settings to live in; without them it lives in memory,
and nothing of the user's is touched.
"""

import json
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

KEY = "files/recent"
MOST = 10


class RecentFiles(QObject):
    """The newest first, at most ten."""

    changed = Signal()

    def __init__(self, settings: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._paths = _read(settings)

    def use(self, settings: QSettings) -> None:
        """Live in these settings from now on; what was noted before is kept."""
        noted, self._settings = self._paths, settings
        self._paths = _read(settings)
        for path in reversed(noted):
            self.note(path)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The newest first. Nobody has looked whether they are still there."""
        return tuple(self._paths)

    @property
    def folder(self) -> Path | None:
        """Where the last file was."""
        return self._paths[0].parent if self._paths else None

    def note(self, path: Path) -> None:
        """A file has been opened or saved."""
        self._write([path, *(each for each in self._paths if each != path)][:MOST])

    def forget(self, path: Path) -> None:
        """A file is not there any more."""
        self._write([each for each in self._paths if each != path])

    def clear(self) -> None:
        """Forget them all."""
        self._write([])

    def _write(self, paths: list[Path]) -> None:
        if paths == self._paths:
            return
        self._paths = paths
        if self._settings is not None:
            # One string: a settings file of this kind turns a list of one into no list.
            self._settings.setValue(KEY, json.dumps([str(each) for each in paths]))
        self.changed.emit()


def _read(settings: QSettings | None) -> list[Path]:
    """What stands in the settings; what makes no sense there is as good as nothing."""
    if settings is None:
        return []
    try:
        found = json.loads(str(settings.value(KEY, "[]")))
    except ValueError:
        return []
    if not isinstance(found, list):
        return []
    return [Path(each) for each in found if isinstance(each, str) and each][:MOST]
