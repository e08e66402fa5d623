"""What came of one question: the verdict, what it rests on, and the sets of faults against it?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from playground.checker.properties import DEFINITIONS, PROMISES
from playground.checker.verdict import Proof, Verdict
from playground.ui.format import number
from playground.ui.panels.labels import plain
from playground.ui.panels.prove.chip import VerdictChip
from playground.ui.panels.prove.fault_words import Names
from playground.ui.panels.prove.set_row import SetRow
from playground.ui.panels.prove.words import CHIPS, honest_words
from playground.ui.theme import Theme

FIRST_SETS, MORE_SETS = 2, 10


class VerdictView(QWidget):
    """A chip, the promise, the honest sentence, and the minimal sets, the plainest first."""

    wished = Signal(str, object, object)

    def __init__(self, theme: Theme, verdict: Verdict, proof: Proof, names: Names) -> None:
        super().__init__()
        self.verdict = verdict
        self._names = names
        self.rows: list[SetRow] = []
        promise = PROMISES[verdict.claim.property]
        self.honest = honest_words(verdict, proof)
        said = f"{verdict.claim.group}: {promise}: {CHIPS[verdict.word]}"
        self.setAccessibleName(said)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 2, 0, 6)
        self._box.setSpacing(1)
        self.chip = VerdictChip(theme, verdict.word, promise[:1].upper() + promise[1:])
        self.chip.setToolTip(f"{self.chip.promise}. {DEFINITIONS[verdict.claim.property]}")
        self._box.addWidget(self.chip)
        if self.honest:
            text = plain(self.honest, "label", wraps=True)
            text.setContentsMargins(4, 0, 0, 0)
            self._box.addWidget(text)
        self.more: QPushButton | None = None
        self._show_sets(FIRST_SETS)

    def _show_sets(self, many: int) -> None:
        """So many further ones."""
        found = self.verdict.minimal
        begin = len(self.rows)
        for index in range(begin, min(begin + many, len(found))):
            row = SetRow(self.verdict, found[index], index + 1, self._names, index == 0)
            row.wished.connect(self.wished)
            self.rows.append(row)
            self._box.insertWidget(self._box.count() - (self.more is not None), row)
        self._offer_more(len(found) - len(self.rows))

    def _offer_more(self, left: int) -> None:
        """A button for what is not shown yet."""
        if self.more is None and left:
            self.more = QPushButton()
            self.more.setProperty("button", "link")
            self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.more.setToolTip("Further sets of faults that break this promise")
            self.more.clicked.connect(lambda: self._show_sets(MORE_SETS))
            self._box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        if self.more is not None:
            self.more.setVisible(left > 0)
            self.more.setText(f"Show more ({number(left)} left)")
