"""Which lines of the log are kept, and which of them are shown?

A line is shown where it is of a chosen kind, at a chosen place and about a chosen message.
"""

import re
from collections import deque
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from playground.session.frame import LogLine
from playground.ui.format import clock

MOST_LINES = 5_000
FORGET_AT_ONCE = 500
LINE_ROLE = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex


class LogModel(QAbstractListModel):
    """A bounded list of lines; the oldest go first."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: deque[LogLine] = deque()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{clock(line.at_us)}  {line.text}"
        return None

    def roleNames(self) -> dict[int, QByteArray]:
        return {LINE_ROLE: QByteArray(b"line"), **super().roleNames()}

    def append(self, lines: tuple[LogLine, ...]) -> None:
        """Newest last; beyond the bound the oldest are forgotten in blocks."""
        lines = lines[-MOST_LINES:]
        if not lines:
            return
        if len(self._lines) + len(lines) > MOST_LINES:
            gone = min(len(self._lines), len(lines) + FORGET_AT_ONCE)
            self.beginRemoveRows(QModelIndex(), 0, gone - 1)
            for _ in range(gone):
                self._lines.popleft()
            self.endRemoveRows()
        first = len(self._lines)
        self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
        self._lines.extend(lines)
        self.endInsertRows()

    def forget_run(self) -> None:
        """Only lines that are not the run's stay."""
        self.beginResetModel()
        self._lines = deque(line for line in self._lines if not line.seq)
        self.endResetModel()

    def clear(self) -> None:
        """Another run begins."""
        self.beginResetModel()
        self._lines.clear()
        self.endResetModel()


class Wanted(NamedTuple):
    """What a line must be; nothing given: anything."""

    kinds: frozenset[str] = frozenset()
    place: tuple[str, ...] = ()  # a node, or both ends of a link
    message: int = -1
    name: str = ""  # a message's name or number, as somebody wrote it

    def has(self, line: LogLine) -> bool:
        """Whether a line is wanted."""
        if self.kinds and line.kind not in self.kinds:
            return False
        if self.place and not _is_at(line.node, self.place):
            return False
        if self.message >= 0 and line.message != self.message:
            return False
        return not self.name or names_message(line.text, self.name)


def _is_at(node: str, place: tuple[str, ...]) -> bool:
    """At this very node, on a link that it ends, or on this link in either direction."""
    ends = tuple(node.split(">"))
    if len(place) == 1:
        return place[0] in ends
    return set(ends) == set(place)


def names_message(text: str, name: str) -> bool:
    """Whether a sentence speaks of ``shop#17``, or of any message 17."""
    name = name.strip()
    wanted = re.escape(name) if "#" in name else rf"#{re.escape(name.removeprefix('#'))}"
    return re.search(rf"{wanted}(?!\d)", text) is not None


class LineFilter(QSortFilterProxyModel):
    """Only the lines that are wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted = Wanted()

    def want(self, wanted: Wanted) -> None:
        """Show other lines."""
        if wanted != self.wanted:
            self.wanted = wanted
            self.invalidate()

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:
        if self.wanted == Wanted():
            return True
        return self.wanted.has(self.sourceModel().index(row, 0, parent).data(LINE_ROLE))
