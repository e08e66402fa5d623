"""How is work kept that is in no file yet, and what is left of it after a kill?

Every few seconds the edited document goes to a file of this window's own, whole or not at all. A
lock beside it says that the window lives. A file whose lock nobody holds was left behind.
"""

import json
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QLockFile, QObject, QSaveFile, QTimer

from playground.scenario.load import load_text
from playground.scenario.model import Scenario
from playground.scenario.problem import ScenarioError
from playground.scenario.save import to_text
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.panels.file_desk import FileDesk

EVERY_MS = 5_000
ENDING = ".unsaved"
UNREADABLE = ".unreadable"


class LeftOver(NamedTuple):
    """Work that a window has left behind; ``scenario`` is None where it cannot be read."""

    file: Path
    lock: QLockFile
    scenario: Scenario | None
    document: Document
    kept_at: datetime

    def discard(self) -> None:
        """It is not wanted, or is in safe hands."""
        self.file.unlink(missing_ok=True)
        self.lock.unlock()

    def leave(self) -> None:
        """Let it lie, for the next start."""
        self.lock.unlock()

    def set_aside(self) -> Path:
        """Keep what cannot be read where it is never offered again; returns that place."""
        place = self.file.with_suffix(UNREADABLE)
        self.file.replace(place)
        self.lock.unlock()
        return place


class Autosave(QObject):
    """Keeps the open document while it has unsaved edits."""

    def __init__(
        self,
        folder: Path,
        files: FileDesk,
        bridge: Bridge,
        say: Callable[[str, list[str]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        self.file = folder / f"{uuid.uuid4().hex}{ENDING}"
        self._files, self._bridge, self._say = files, bridge, say
        self._lock: QLockFile | None = None
        self._kept: tuple[Scenario, Document] | None = None
        self._has_complained = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.keep)
        self._timer.start()

    def keep(self) -> None:
        """Write what has changed since the last time; what is saved needs no keeping."""
        if not self._files.is_modified:
            self._forget()
            return
        scenario, document = self._bridge.scenario, self._files.document
        if self._kept is not None and self._kept[0] is scenario and self._kept[1] is document:
            return
        fault = self._write(text_of(scenario, document))
        if not fault:
            self._kept = scenario, document
            self._has_complained = False
        elif not self._has_complained:
            self._has_complained = True
            lines = [f"{self.folder}: {fault}.", "Save with Ctrl+S to be on the safe side."]
            self._say("Unsaved edits are not being kept", lines)

    def stop(self) -> None:
        """The window has been closed in an orderly way: nothing is left behind."""
        self._timer.stop()
        self._forget()

    def _write(self, text: str) -> str:
        """Returns what went wrong, or nothing."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return error.strerror or str(error)
        if self._lock is None:
            self._lock = lock_of(self.file)
            self._lock.tryLock(0)
        file = QSaveFile(str(self.file))
        if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
            return file.errorString()
        file.write(text.encode())
        return "" if file.commit() else file.errorString()

    def _forget(self) -> None:
        if self._kept is not None:
            self.file.unlink(missing_ok=True)
            self._kept = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None


def lock_of(file: Path) -> QLockFile:
    """Held by the window that writes the file; free again once its process is gone."""
    lock = QLockFile(f"{file}.lock")
    lock.setStaleLockTime(0)
    return lock


def text_of(scenario: Scenario, document: Document) -> str:
    """The scenario as a file's text, and where it belongs."""
    found = {
        "format": 1,
        "path": str(document.path) if document.path else "",
        "preset": document.preset,
        "stamp": document.stamp,
        "text": to_text(scenario),
    }
    return json.dumps(found)


def left_overs(folder: Path) -> list[LeftOver]:
    """What windows that are gone have left in the folder, the newest first."""
    found: list[LeftOver] = []
    for file in sorted(folder.glob(f"*{ENDING}")):
        lock = lock_of(file)
        if lock.tryLock(0):
            found.append(_read(file, lock))
    return sorted(found, key=lambda each: each.kept_at, reverse=True)


def _read(file: Path, lock: QLockFile) -> LeftOver:
    kept_at = datetime.fromtimestamp(file.stat().st_mtime)
    scenario, document = None, Document()
    try:
        found = json.loads(file.read_text("utf-8"))
        scenario = load_text(found["text"], file.name)
        path = Path(found["path"]) if found["path"] else None
        document = Document(path, str(found["preset"]), stamp=tuple(found["stamp"] or ()) or None)
    except (OSError, ValueError, TypeError, KeyError, ScenarioError):
        scenario = None  # half of it is no use to anybody
    return LeftOver(file, lock, scenario, document, kept_at)
