"""One set of faults that breaks a promise: its words, and what can be done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from playground.checker.verdict import FaultSet, Verdict
from playground.ui.panels.labels import plain
from playground.ui.panels.prove.fault_words import Names, broken_line, fault_lines, sentence
from playground.ui.panels.prove.words import NOT_DRAWN

PLAY_TIP = "On the canvas, slowed, up to where the promise breaks"
FIRST_PLAY_TIP = f"{PLAY_TIP} (Shift+V)"
SAVE_TIP = "A file whose script strikes these faults"
COPY_TIP = "A sequence diagram as Mermaid text"
COPY_STEPS_TIP = "The steps up to the break, as text"


class SetRow(QWidget):
    """The faults in words, what they break, and what can be done with them."""

    wished = Signal(str, object, object)
    """"play", "save", "copy" or "steps", then the verdict and the set."""

    def __init__(
        self, verdict: Verdict, found: FaultSet, number: int, names: Names, is_first: bool
    ) -> None:
        super().__init__()
        lines = fault_lines(found, names)
        self.words = f"{sentence(lines)} → {broken_line(verdict, found, names)}"
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 1, 0, 1)
        column.setSpacing(0)
        text = plain(f"{number}.  {self.words}", "body", wraps=True)
        column.addWidget(text)
        if found.steps:
            column.addWidget(plain("\n".join(found.steps), "label", wraps=True))
        if found.unplayable:
            column.addWidget(plain(f"{found.unplayable}.", "label", wraps=True))
        wishes = QHBoxLayout()
        wishes.setSpacing(12)
        self.buttons: dict[str, QPushButton] = {}
        play_tip = FIRST_PLAY_TIP if is_first else PLAY_TIP
        missing = "" if found.scenario else found.unplayable or NOT_DRAWN
        steps = (("steps", "Copy steps", COPY_STEPS_TIP),) if found.steps else ()
        for key, word, tip in (
            ("play", "▸ Play", play_tip),
            ("save", "Save as scenario…", SAVE_TIP),
            ("copy", "Copy as Mermaid", COPY_TIP),
            *steps,
        ):
            button = QPushButton(word)
            button.setProperty("button", "link")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(f"{word.lstrip('▸ ')}: {self.words}")
            is_possible = bool(found.scenario) or key == "steps"
            button.setEnabled(is_possible)
            button.setToolTip(tip if is_possible else missing)
            button.clicked.connect(lambda _=False, k=key: self.wished.emit(k, verdict, found))
            wishes.addWidget(button)
            self.buttons[key] = button
        wishes.addStretch(1)
        column.addLayout(wishes)
