"""Everything that came of a proof, to be scrolled through."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from playground.checker.certificate import not_covered
from playground.checker.verdict import Proof, Verdict
from playground.scenario.model import Scenario
from playground.ui.panels.labels import plain
from playground.ui.panels.prove import words
from playground.ui.panels.prove.chip import GuaranteePill
from playground.ui.panels.prove.fault_words import Names, names_in
from playground.ui.panels.prove.verdict_view import VerdictView
from playground.ui.panels.small_signs import Themed
from playground.ui.panels.strips import paint_warning
from playground.ui.panels.surface import smooth
from playground.ui.theme import Theme

AT_ONCE = 3
"""So many verdicts are drawn up before the next frame; each further one waits for a free moment."""


class Notice(Themed):
    """That these verdicts are not about what is on the canvas, and the way back."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.label = plain("", "body", wraps=True)
        self.back = QPushButton()
        self.back.setProperty("button", "link")
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box = QHBoxLayout(self)
        box.setContentsMargins(34, 3, 10, 3)
        box.addWidget(self.label, 1)
        box.addWidget(self.back)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        painter.setBrush(QColor(self.theme.doubt_row))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        paint_warning(painter, self.theme, QPointF(18, self.height() / 2))
        painter.end()


class Results(QScrollArea):
    """Head, notice, a part for every group, and what is not covered."""

    wished = Signal(str, object, object)
    """"play", "save", "copy", "steps" with a verdict and a set; "certificate", "text" with None."""
    back_wished = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName("Verdicts")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.views: list[VerdictView] = []
        self._waiting: list[Verdict] = []
        self._builder = QTimer(self)
        self._builder.timeout.connect(self._build_next)
        self._list = QVBoxLayout()
        self._add: Callable[[Verdict], None] = lambda verdict: None
        self.notice = Notice(theme)
        self.notice.back.clicked.connect(self.back_wished)
        self.table_room = QVBoxLayout()
        """Where the table stands in a window that is too narrow for it beside the verdicts."""
        self.state = ""
        self._show_nothing()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self.theme = theme
        for child in self.findChildren(Themed):
            child.theme = theme
            child.update()

    # ------------------------------------------------------------------ what is shown

    def _fresh(self) -> QVBoxLayout:
        """An empty sheet; notice and room for the table move over to it."""
        sheet = QWidget()
        sheet.setProperty("ground", "panel")
        box = QVBoxLayout(sheet)
        box.setContentsMargins(16, 8, 12, 8)
        box.setSpacing(2)
        self.views, self._waiting = [], []
        self._builder.stop()
        box.addWidget(self.notice)
        self.notice.hide()
        old = self.takeWidget()
        self.setWidget(sheet)
        if old is not None:
            old.deleteLater()
        return box

    def _show_nothing(self) -> None:
        self.say(words.EMPTY)

    def say(self, text: str) -> None:
        """A sentence instead of verdicts."""
        self.state = text
        box = self._fresh()
        label = plain(text, "body", wraps=True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(label, 1)

    def show_proof(self, proof: Proof, scenario: Scenario, guarantees: dict[str, str]) -> None:
        """All verdicts about this scene; ``guarantees`` of its groups."""
        self.state = words.counted(proof)
        box = self._fresh()
        box.addWidget(plain(words.head_words(proof), "label", wraps=True))
        head = QHBoxLayout()
        head.addWidget(plain(self.state, "strong", wraps=True), 1)
        for key, word, tip in (
            ("text", "Copy as text", "The whole certificate as text"),
            ("certificate", "Save certificate…", "A JSON file that can be run and compared again"),
        ):
            button = QPushButton(word)
            button.setProperty("button", "link")
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, k=key: self.wished.emit(k, None, None))
            head.addWidget(button)
        box.addLayout(head)
        self._list = QVBoxLayout()
        box.addLayout(self._list)
        self._add = partial(self._add_view, proof, names_in(scenario), guarantees)
        self._waiting = list(proof.verdicts)
        for _ in range(AT_ONCE):
            self._build_next()
        self._builder.start(0)
        box.addWidget(plain("Not covered", "strong"))
        lines = "\n".join(f"–  {line}" for line in not_covered(proof))
        box.addWidget(plain(lines, "label", wraps=True))
        self.table_room = QVBoxLayout()
        self.table_room.setContentsMargins(0, 12, 0, 0)
        box.addLayout(self.table_room)
        box.addStretch(1)

    def finish(self) -> None:
        """Draw up what still waits, now."""
        while self._waiting:
            self._build_next()

    def _build_next(self) -> None:
        if self._waiting:
            self._add(self._waiting.pop(0))
        else:
            self._builder.stop()

    def _add_view(
        self, proof: Proof, names: Names, guarantees: dict[str, str], verdict: Verdict
    ) -> None:
        group = verdict.claim.group
        if not self.views or self.views[-1].verdict.claim.group != group:
            self._list.addWidget(self._heading(group, guarantees.get(group, "")))
        view = VerdictView(self.theme, verdict, proof, names)
        view.wished.connect(self.wished)
        self.views.append(view)
        self._list.addWidget(view)

    def _heading(self, group: str, guarantee: str) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 8, 0, 2)
        row.setSpacing(8)
        if guarantee:
            row.addWidget(GuaranteePill(self.theme, guarantee))
        row.addWidget(plain(group, "title"), 1)
        return made

    def note(self, text: str, back: str = "") -> None:
        """Mark these verdicts as being about another scene, or no longer."""
        if (self.notice.label.text() if not self.notice.isHidden() else "") != text:
            self.notice.label.setText(text)
            self.notice.setVisible(bool(text))
        self.notice.back.setText(back)
        self.notice.back.setToolTip("The scene that was proved, as it was" if back else "")
        self.notice.back.setVisible(bool(back))
