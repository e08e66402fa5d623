"""Which scenarios are shipped, and how is one of them written in the list?"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from playground.ui.fonts import width_px
from playground.ui.format import elided
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import Theme

ROW_PX = 25
TITLE_X, RIGHT_PX = 40, 3
_TITLE = re.compile(r"^name:\s*(.+?)\s*$", re.MULTILINE)
_NUMBERED = re.compile(r"^(\d+)-")
_Index = QModelIndex | QPersistentModelIndex


class Preset(NamedTuple):
    """One scenario that is shipped."""

    stem: str
    number: str
    title: str
    path: Path


def presets_from(paths: Iterable[Path]) -> tuple[Preset, ...]:
    """Number and title of each file, without reading it as a scenario."""
    found: list[Preset] = []
    for path in paths:
        numbered = _NUMBERED.match(path.stem)
        number = str(int(numbered.group(1))) if numbered else ""
        title = _NUMBERED.sub("", path.stem).replace("-", " ").capitalize()
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                match = _TITLE.search(file.read(2_000))
        except OSError:
            continue
        if match:
            title = match.group(1).strip("'\"")
        found.append(Preset(path.stem, number, title, path))
    return tuple(found)


class PresetRows(QStyledItemDelegate):
    """Number, title; the open one on hover colour."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.current = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        preset = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        smooth(painter)
        theme = self.theme
        box = QRectF(option.rect).adjusted(8, 0, -RIGHT_PX, 0)
        is_current = isinstance(preset, Preset) and preset.stem == self.current
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if is_current or is_under:
            painter.setBrush(QColor(theme.hover if is_current else theme.row))
            painter.drawRoundedRect(box, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.ink))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        middle = box.center().y()
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        role, words = self.fitted(words, box.right() - TITLE_X, is_current=is_current)
        if isinstance(preset, Preset):
            write(painter, theme, "label", preset.number, 29, middle, theme.ink3, "right")
        colour = theme.ink if is_current else theme.ink2
        write(painter, theme, role, words, TITLE_X, middle, colour)
        painter.restore()

    def fitted(self, words: str, room_px: float, *, is_current: bool) -> tuple[str, str]:
        """A title's role and its words: smaller where it is long, and only then without its end."""
        roles = ("body_strong", "label_strong") if is_current else ("body", "label")
        for role in roles:
            kind = self.theme.role(role)
            if width_px(words, kind) <= room_px:
                return role, words
        return roles[-1], elided(words, room_px, lambda text: width_px(text, kind))
