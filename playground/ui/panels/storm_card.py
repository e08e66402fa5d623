"""How strong shall the storm be, with which seed, and what becomes of what it has broken?"""

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from playground.session.frame import Frame
from playground.session.storm import STRENGTHS
from playground.ui.panels.labels import plain
from playground.ui.panels.segments import Segments
from playground.ui.panels.surface import smooth
from playground.ui.theme import Theme

WIDTH_PX = 580
FIRST_STRENGTH = 2
LARGEST_SEED = 2**31 - 1
WHAT = "Crashes, pauses, cuts, lost, doubled and late packets, anywhere in the scene."
SAME = "The same seed at the same moment brings the same storm. When it ends, nothing is healed."


class StormCard(QWidget):
    """A card over the window that stays while one watches; Esc puts it away."""

    blow_asked = Signal(int, int)
    """A strength, as an index, and a seed."""
    calm_asked = Signal()
    heal_asked = Signal()
    left = Signal()
    """Nothing more is to be chosen for now: started, or put away."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.is_blowing = False
        self._shown: tuple[int, ...] = ()
        self.setAccessibleName("Storm")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.strengths = Segments(theme, tuple((each.word, each.word) for each in STRENGTHS), self)
        self.strengths.choose(STRENGTHS[FIRST_STRENGTH].word)
        for button, strength in zip(self.strengths.buttons, STRENGTHS, strict=True):
            button.setToolTip(f"{strength.faults_a_minute} faults a minute")
        self.often = plain("", "strong")
        self.seed = QSpinBox()
        self.seed.setRange(0, LARGEST_SEED)
        self.seed.setValue(1)
        self.seed.setAccessibleName("Seed of the storm")
        self.seed.setToolTip("Which storm it is; the run keeps its own seed")
        self.start = QPushButton("Start")
        self.start.setProperty("button", "primary")
        self.start.clicked.connect(self._on_start)
        self.heal = QPushButton("Heal everything")
        self.heal.clicked.connect(self.heal_asked)
        self._arrange()
        self.strengths.chosen.connect(self._on_changed)
        self.seed.editingFinished.connect(self._on_changed)
        self._say()
        self.hide()

    def _arrange(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 12, 18, 14)
        box.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.often, 1)
        head.addWidget(self.strengths)
        box.addLayout(head)
        box.addWidget(plain(WHAT, "label", wraps=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        label = plain("Seed", "label")
        label.setMinimumWidth(label.sizeHint().width() + 4)
        row.addWidget(label)
        row.addWidget(self.seed, 1)
        row.addWidget(self.start)
        row.addWidget(self.heal)
        box.addLayout(row)
        box.addWidget(plain(SAME, "label", wraps=True))

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self.theme = theme
        self.strengths.set_theme(theme)
        self.update()

    @property
    def strength(self) -> int:
        """The chosen one, as an index."""
        return next(i for i, each in enumerate(STRENGTHS) if each.word == self.strengths.key)

    def show_frame(self, frame: Frame, *, is_broken: bool) -> None:
        """Follow the run: whether it blows, and whether there is something to heal."""
        self.heal.setEnabled(is_broken)
        storm = frame.storm
        is_another = storm is not None and storm[:3] != self._shown
        if not is_another and self.is_blowing == (storm is not None):
            return
        self.is_blowing = storm is not None
        self._shown = storm[:3] if storm is not None else ()
        if storm is not None:
            self.strengths.buttons[storm.strength].setChecked(True)
            self.seed.setValue(storm.seed)
        self._say()

    def _say(self) -> None:
        strength = STRENGTHS[self.strength]
        word = strength.word.capitalize()
        self.often.setText(f"{word}: {strength.faults_a_minute} faults a minute")
        self.start.setText("Stop" if self.is_blowing else "Start")
        what = "No further fault strikes" if self.is_blowing else "Faults begin to strike"
        self.start.setToolTip(f"{what} (Shift+W)")
        self.heal.setToolTip("Restart, resume, heal and disarm everything (Ctrl+H)")

    def _on_changed(self) -> None:
        self._say()
        if self.is_blowing:
            self.blow_asked.emit(self.strength, self.seed.value())

    def _on_start(self) -> None:
        if self.is_blowing:
            self.calm_asked.emit()
        else:
            self.blow_asked.emit(self.strength, self.seed.value())
        self.left.emit()

    def toggle(self, at: QWidget, clear_of: QWidget) -> None:
        """Open below a button, or where there is no room above what must stay seen; or put away."""
        if self.isVisible():
            self.put_away()
            return
        parent = self.parentWidget()
        assert parent is not None
        width = min(WIDTH_PX, parent.width() - 16)
        layout = self.layout()
        assert layout is not None
        self.resize(width, layout.heightForWidth(width))
        corner = at.mapTo(parent, QPoint(at.width(), at.height()))
        left = max(8, min(corner.x() - width, parent.width() - width - 8))
        top = corner.y() + 4
        if top + self.height() > parent.height() - 4:
            top = max(8, clear_of.mapTo(parent, QPoint(0, 0)).y() - self.height() - 8)
        self.move(left, top)
        self.show()
        self.raise_()
        self.start.setFocus()

    def put_away(self) -> None:
        """Close; a storm blows on."""
        if self.isVisible():
            self.hide()
            self.left.emit()

    # ------------------------------------------------------------------ Qt

    def event(self, event: QEvent) -> bool:
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            (focused if isinstance(focused, QAbstractButton) else self.start).click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        painter.setPen(QPen(QColor(self.theme.edge), 1))
        painter.setBrush(QColor(self.theme.toolbar))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.end()
