"""What exactly is to be proved? How many messages, how many faults of which kinds, for whom."""

from collections.abc import Sequence
from itertools import pairwise
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from playground.checker.bounds import (
    CATALOGUE,
    DEFAULT_CATALOGUE,
    DEFAULT_PROPERTIES,
    FAULT_WORDS,
    PROPERTIES,
    Bounds,
    FaultKind,
    Property,
)
from playground.checker.properties import DEFINITIONS, PROMISES
from playground.checker.verdict import Method
from playground.ui.panels.labels import plain
from playground.ui.panels.prove import words
from playground.ui.panels.segments import Segments
from playground.ui.theme import Theme

MOST_MESSAGES, MOST_FAULTS = 5, 5
EVERY_GROUP = "Every group"
LABEL_PX = 76
METHODS: tuple[tuple[Method, str, str], ...] = (
    ("these timings", "These timings", "Latencies and work times as drawn from the scene's seed"),
    ("any timing", "Any timing", "Every order in which things can happen, whatever the clocks do"),
)


class Question(QWidget):
    """The bounds as controls."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.messages = _digits(theme, range(1, MOST_MESSAGES + 1), "message", 2)
        self.messages.setToolTip("The first messages of each producer")
        self.faults = _digits(theme, range(MOST_FAULTS + 1), "fault", 2)
        self.faults.setToolTip("At most so many faults in one run")
        self.method = Segments(theme, tuple((key, text) for key, text, _ in METHODS))
        for button, (_, _, tip) in zip(self.method.buttons, METHODS, strict=True):
            button.setToolTip(tip)
        self.kinds: dict[FaultKind, QCheckBox] = {
            kind: _box(words.FAULTS[kind], FAULT_WORDS[kind], kind in DEFAULT_CATALOGUE)
            for kind in CATALOGUE
        }
        self.promises: dict[Property, QCheckBox] = {
            each: _box(
                words.PROMISES[each],
                f"{PROMISES[each]}. {DEFINITIONS[each]}",
                each in DEFAULT_PROPERTIES,
            )
            for each in PROPERTIES
        }
        self.group = QComboBox()
        self.group.setAccessibleName("Group")
        self.group.setToolTip("Whose promises are proved")
        self.group.setProperty("field", "small")
        self.group.addItem(EVERY_GROUP)
        self._groups: tuple[str, ...] = ()
        self._arrange()

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, LABEL_PX)
        grid.setColumnStretch(1, 1)
        lines: tuple[tuple[str, QWidget], ...] = (
            ("Messages", self.messages),
            ("Faults, up to", self.faults),
            ("Packets", _columns([self.kinds[kind] for kind in words.PACKETS], 3)),
            ("Processes", _columns([self.kinds[kind] for kind in words.PROCESSES], 3)),
            ("Promises", _columns(tuple(self.promises.values()), 2)),
            ("Clocks", self.method),
            ("Group", self.group),
        )
        for index, (text, control) in enumerate(lines):
            label = plain(text, "label")
            label.setMinimumHeight(24)
            grid.addWidget(label, index, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(control, index, 1, Qt.AlignmentFlag.AlignLeft)

        grid.setRowStretch(len(lines), 1)
        in_order: list[QWidget] = [*self.messages.buttons, *self.faults.buttons]
        in_order += [*self.kinds.values(), *self.promises.values()]
        in_order += [*self.method.buttons, self.group]
        for before, after in pairwise(in_order):
            self.setTabOrder(before, after)

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        for segments in (self.messages, self.faults, self.method):
            segments.set_theme(theme)

    def offer_groups(self, groups: Sequence[str]) -> None:
        """The groups of the scene; a choice that is still there stays."""
        if tuple(groups) == self._groups:
            return
        self._groups = tuple(groups)
        chosen = self.group.currentIndex() and self.group.currentText()
        self.group.clear()
        self.group.addItems([EVERY_GROUP, *groups])
        if chosen in self._groups:
            self.group.setCurrentIndex(self._groups.index(str(chosen)) + 1)

    @property
    def chosen_method(self) -> Method:
        """These timings, or any."""
        return cast("Method", self.method.key)

    def bounds(self) -> Bounds:
        """What the controls say."""
        index = self.group.currentIndex()
        return Bounds(
            messages=int(self.messages.key),
            faults=int(self.faults.key),
            catalogue=tuple(kind for kind, box in self.kinds.items() if box.isChecked()),
            properties=tuple(each for each, box in self.promises.items() if box.isChecked()),
            groups=(self._groups[index - 1],) if index > 0 else (),
        )


def _digits(theme: Theme, numbers: range, noun: str, chosen: int) -> Segments:
    made = Segments(theme, tuple((str(each), str(each)) for each in numbers))
    for button, each in zip(made.buttons, numbers, strict=True):
        button.setAccessibleName(f"{each} {noun}{'' if each == 1 else 's'}")
    made.choose(str(chosen))
    return made


def _box(text: str, tip: str, is_checked: bool) -> QCheckBox:
    made = QCheckBox(text.removeprefix("packet "))
    made.setAccessibleName(text)
    made.setChecked(is_checked)
    made.setToolTip(tip[:1].upper() + tip[1:])
    made.setAccessibleDescription(tip)
    return made


def _columns(controls: Sequence[QWidget], many: int) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(4, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(0)
    for index, control in enumerate(controls):
        grid.addWidget(control, index // many, index % many)
    grid.setColumnStretch(many, 1)
    return made
