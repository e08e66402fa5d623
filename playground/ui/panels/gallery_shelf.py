"""Which presets answer to the words that were typed, and what is known of each by now?

Files and pictures are read one at a time, whenever nothing else is to do: the gallery opens at once
and fills within moments.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QPixmap

from playground.ui.panels.gallery_entry import Entry, words_of
from playground.ui.panels.presets import Preset
from playground.ui.preset_pictures import picture_file

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class Shelf(QAbstractListModel):
    """The presets that are shown, in teaching order."""

    def __init__(self, presets: Iterable[Preset], parent: QObject) -> None:
        super().__init__(parent)
        self._all = [
            Entry(preset, words=words_of(preset.number, preset.title)) for preset in presets
        ]
        self._shown = list(self._all)
        self._words: tuple[str, ...] = ()
        self._is_dark = False
        self._pictures: dict[str, QPixmap] = {}
        self._wanted: list[Entry] = []
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._read_one)

    # ------------------------------------------------------------------ what is asked

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def entry(self, row: int) -> Entry | None:
        """What stands in a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, stem: str) -> int:
        """The row of a preset, or -1 where it is not shown."""
        stems = [entry.preset.stem for entry in self._shown]
        return stems.index(stem) if stem in stems else -1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index.row())
        if entry is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.preset.title
            case Qt.ItemDataRole.UserRole:
                return entry
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(
                    (f"{entry.preset.number} {entry.preset.title}".strip(), *entry.guarantees)
                )
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return entry.story
        return None

    def picture(self, entry: Entry) -> QPixmap | None:
        """The picture; None until it has been read. A preset without one has a null picture."""
        found = self._pictures.get(entry.preset.stem)
        if found is None and entry not in self._wanted:
            self._wanted.append(entry)
            self.resume()
        return found

    # ------------------------------------------------------------------ what changes

    def look_for(self, text: str) -> None:
        """Show only presets in which all these words occur."""
        self._words = tuple(sorted(words_of(text)))
        self._show(self._found())

    def set_dark(self, is_dark: bool) -> None:
        """Other pictures."""
        if is_dark != self._is_dark:
            self._is_dark = is_dark
            self._pictures.clear()
            self._changed(self._shown)

    def _found(self) -> list[Entry]:
        """Those that are called so come first."""
        found = [entry for entry in self._all if entry.answers_to(self._words)]
        return sorted(found, key=lambda entry: not entry.is_called(self._words))

    def _show(self, found: list[Entry]) -> None:
        if found != self._shown:
            self.beginResetModel()
            self._shown = found
            self.endResetModel()

    def _changed(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            row = self.row_of(entry.preset.stem)
            if row >= 0:
                self.dataChanged.emit(self.index(row), self.index(row))

    # ------------------------------------------------------------------ in idle moments

    def resume(self) -> None:
        """Read what has not been read yet."""
        self._idle.start()

    def rest(self) -> None:
        """Nobody looks: read nothing."""
        self._idle.stop()

    def _read_one(self) -> None:
        """One picture that is in sight, or else one file."""
        if self._wanted:
            entry = self._wanted.pop(0)
            file = picture_file(entry.preset.stem, self._is_dark)
            self._pictures[entry.preset.stem] = QPixmap(str(file)) if file.is_file() else QPixmap()
            self._changed([entry])
            return
        unread = next((entry for entry in self._all if not entry.is_read), None)
        if unread is None:
            self._idle.stop()
            return
        unread.read()
        self._changed([unread])
        if self._words:
            self._show(self._found())
