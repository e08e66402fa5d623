"""Does the scene on the canvas keep its promises? The page that asks and shows the answers.

At the left the question, in the middle the verdicts, at the right the table of the guarantees;
in a narrow window the table stands below the verdicts.
"""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from playground.checker.bounds import Bounds
from playground.checker.explore import Progress
from playground.checker.verdict import Proof
from playground.scenario.model import Scenario
from playground.ui.panels.labels import plain
from playground.ui.panels.prove import taught, words
from playground.ui.panels.prove.question import Question
from playground.ui.panels.prove.results import Results
from playground.ui.panels.prove.table import GuaranteeTable
from playground.ui.panels.surface import Surface
from playground.ui.theme import Theme

HEIGHT_PX = 276
QUESTION_PX = 404
TABLE_PX = 440
WIDE_PX = 1_250
PROVE_TIP = "Run every schedule of faults within these bounds (Ctrl+Return)"
CANCEL_TIP = "Stop; what is known by then is shown (Ctrl+Return)"


class ProvePanel(Surface):
    """Controls and verdicts. It runs nothing itself."""

    prove_wished = Signal()
    cancel_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.setAccessibleName("Prove it")
        self.is_running = False
        self.question = Question(theme)
        self.button = QPushButton("Prove")
        self.button.setProperty("button", "primary")
        self.button.setFixedWidth(84)
        self.button.setToolTip(PROVE_TIP)
        self.button.clicked.connect(self._on_button)
        self.progress_words = plain("", "label")
        self.found_words = plain("", "label")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName("Progress of the proof")
        self.results = Results(theme)
        self.table = GuaranteeTable(theme)
        self._is_wide: bool | None = None
        self._arrange()
        self.show_running(False)

    def _arrange(self) -> None:
        left = QWidget(self)
        left.setFixedWidth(QUESTION_PX)
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 8, 12, 6)
        column.setSpacing(4)
        column.addWidget(self._scrolled(self.question), 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        told = QVBoxLayout()
        told.setSpacing(1)
        told.addWidget(self.progress_words)
        told.addWidget(self.bar)
        told.addWidget(self.found_words)
        row.addLayout(told, 1)
        column.addLayout(row)
        self._side = QWidget(self)
        self._side.setFixedWidth(TABLE_PX)
        self._side_box = QVBoxLayout(self._side)
        self._side_box.setContentsMargins(16, 10, 12, 8)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 1, 0, 1)
        box.setSpacing(1)
        box.addWidget(left)
        box.addWidget(self.results, 1)
        box.addWidget(self._side)
        self._place_table()

    def _scrolled(self, inside: QWidget) -> QScrollArea:
        """In a low window the question scrolls, and the button stays in sight."""
        made = QScrollArea()
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setWidgetResizable(True)
        inside.setProperty("ground", "panel")
        made.setWidget(inside)
        return made

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for part in (self.question, self.results, self.table):
            part.set_theme(theme)

    def _on_button(self) -> None:
        (self.cancel_wished if self.is_running else self.prove_wished).emit()

    # ------------------------------------------------------------------ while it runs

    def show_running(self, is_running: bool) -> None:
        """Whether the button proves or cancels."""
        self.is_running = is_running
        self.button.setText("Cancel" if is_running else "Prove")
        self.button.setToolTip(CANCEL_TIP if is_running else PROVE_TIP)
        self.question.setEnabled(not is_running)
        for part in (self.progress_words, self.bar, self.found_words):
            part.setVisible(is_running)
        if is_running:
            self.progress_words.setText(words.BEGINS)
            self.found_words.setText("")
            self.bar.setRange(0, 0)

    def show_progress(self, progress: Progress, bounds: Bounds) -> None:
        """Where the search stands, in words and as a bar of this number of faults."""
        self.progress_words.setText(words.progress_words(progress, bounds))
        self.found_words.setText(words.found_words(progress))
        self.bar.setRange(0, progress.of)
        self.bar.setValue(progress.done if progress.of else 0)

    # ------------------------------------------------------------------ what came of it

    def clear(self, scenario: Scenario) -> None:
        """Nothing has been proved about this scene yet."""
        self.say(words.EMPTY, scenario)

    def say(self, sentence: str, scenario: Scenario) -> None:
        """A sentence instead of verdicts."""
        self._take_table_out()
        self.results.say(sentence)
        self.show_table(None, scenario)

    def show_proof(self, proof: Proof, scenario: Scenario) -> None:
        """The verdicts about this scene."""
        self._take_table_out()
        self.results.show_proof(proof, scenario, taught.guarantees(scenario))
        self.show_table(proof, scenario)

    def show_table(self, proof: Proof | None, scenario: Scenario) -> None:
        """What is taught, and beside it what is proved."""
        self.table.show_rows(taught.rows(proof, scenario))
        self._place_table()

    # ------------------------------------------------------------------ places

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (self.width() >= WIDE_PX) != self._is_wide:
            self._place_table()

    def _take_table_out(self) -> None:
        """Before the sheet goes on which it may stand."""
        self.table.setParent(self._side)

    def _place_table(self) -> None:
        self._is_wide = self.width() >= WIDE_PX
        self._side.setVisible(self._is_wide)
        room = self._side_box if self._is_wide else self.results.table_room
        if self._is_wide or self.results.views:
            room.addWidget(self.table, 0, Qt.AlignmentFlag.AlignTop)
            self.table.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        hair = QColor(self.theme.hair)
        painter.fillRect(QRectF(QUESTION_PX, 8, 1, self.height() - 16), hair)
        if self._is_wide:
            left = self.width() - TABLE_PX - 1
            painter.fillRect(QRectF(left, 8, 1, self.height() - 16), hair)
        painter.end()
