"""What do all pages of the inspector share?

A title, fields two a row, buttons that break things, and what is armed.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playground.engine.commands import Command
from playground.engine.parameters import LinkParameters, NodeParameters
from playground.scenario.model import Scenario
from playground.session.frame import Frame
from playground.ui.fonts import width_px
from playground.ui.format import elided
from playground.ui.forms import Field, FieldEditor, change_for, fields_of, value_of
from playground.ui.panels.faults import Selection, armed_texts, disarm, verbs_for
from playground.ui.panels.how_choice import HowEditor, is_how
from playground.ui.panels.inspector_words import ELSEWHERE, FIRST
from playground.ui.panels.labels import plain
from playground.ui.panels.small_signs import KindIcon, Rule
from playground.ui.panels.strips import ArmedStrip
from playground.ui.panels.verb_grid import place
from playground.ui.theme import Theme

TITLE_PX = 204.0  # for the name and the kind behind it
ScenarioSource = Callable[[], Scenario]


class Page(QWidget):
    """A column of controls with the inspector's insets."""

    command_requested = Signal(object)
    witness_requested = Signal(str, str)
    """A consumer, and the code of the precondition that is to be seen failing."""

    def __init__(self, theme: Theme, selection: Selection, scenario: ScenarioSource) -> None:
        super().__init__()
        self.theme = theme
        self.selection = selection
        self.scenario = scenario
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(19, 16, 20, 16)
        self.box.setSpacing(0)
        self.editors: dict[str, FieldEditor] = {}
        self.verbs: dict[str, QPushButton] = {}
        self._armed: tuple[str, ...] = ()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self.theme = theme
        for child in self.findChildren(QWidget):
            if isinstance(getattr(child, "theme", None), Theme):
                child.theme = theme  # type: ignore[attr-defined]
                child.update()

    def show_frame(self, frame: Frame) -> bool:
        """Follow the run; False when the subject is gone."""
        raise NotImplementedError

    def add_title(self, icon: str, name: str, kind: str) -> None:
        """Icon, name and kind."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(KindIcon(self.theme, icon))
        room = TITLE_PX - width_px(kind, self.theme.role("label"))
        role = self.theme.role("title")
        title = plain(elided(name, room, lambda text: width_px(text, role), "middle"), "title")
        title.setToolTip(name)
        title.setAccessibleName(name)
        row.addWidget(title, 1)
        row.addWidget(plain(kind, "label"))
        self.box.addLayout(row)

    def add_heading(self, text: str, above_px: int = 14, below_px: int = 4) -> QLabel:
        """A label above a control."""
        self.box.addSpacing(above_px)
        label = plain(text, "label")
        self.box.addWidget(label)
        self.box.addSpacing(below_px)
        return label

    def add_rule(self) -> None:
        """A hair line between two parts."""
        self.box.addSpacing(20)
        self.box.addWidget(Rule(self.theme))

    def add_fields(self, cls: type, kind: str) -> None:
        """The fields in sight two a row; the others unfold."""
        every = [f for f in fields_of(cls) if f.name not in ELSEWHERE]
        first = [next(f for f in every if f.name == name) for name in FIRST[kind]]
        self.box.addLayout(self._grid(first))
        rest = [field for field in every if field not in first]
        if not rest:
            return
        more = QPushButton("More")
        more.setProperty("button", "link")
        more.setCheckable(True)
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        body = QWidget()
        body.setLayout(self._grid(rest))
        body.hide()

        def unfold(is_open: bool) -> None:
            body.setVisible(is_open)
            more.setText("Less" if is_open else "More")

        more.toggled.connect(unfold)
        self.box.addSpacing(4)
        self.box.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(body)

    def _grid(self, fields: Sequence[Field]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 100)
        for index, field in enumerate(fields):
            editor = HowEditor(field) if is_how(field) else FieldEditor(field)
            editor.changed.connect(self._on_changed)
            self.editors[field.name] = editor
            grid.addWidget(editor, index // 2, index % 2)
        return grid

    def _on_changed(self, path: tuple[str, ...], value: object) -> None:
        parameters = self.parameters()
        if parameters is not None:
            self.ask(self.change((change_for(parameters, path, value),)))

    def parameters(self) -> NodeParameters | LinkParameters | None:
        """What is set on the subject, as the document has it now."""
        return None

    def change(self, changes: tuple[tuple[str, object], ...]) -> Command | None:
        """The command that makes these changes."""
        return None

    def ask(self, command: Command | None) -> None:
        """Send a wish."""
        if command is not None:
            self.command_requested.emit(command)

    def show_fields(self) -> None:
        """Every editor shows what holds now."""
        parameters = self.parameters()
        if parameters is not None:
            for editor in self.editors.values():
                editor.show_value(value_of(parameters, editor.field.path))

    def add_break(self) -> None:
        """Room for the buttons that break things."""
        self.add_rule()
        self.add_heading("Break it", 16, 6)
        self._verb_grid = QGridLayout()
        self._verb_grid.setHorizontalSpacing(12)
        self._verb_grid.setVerticalSpacing(8)
        for column in (0, 1):
            self._verb_grid.setColumnStretch(column, 1)
        self.box.addLayout(self._verb_grid)
        self.box.addSpacing(12)
        self.strip = ArmedStrip(self.theme)
        self.strip.disarm.clicked.connect(lambda: self.ask(disarm(self.selection)))
        self.box.addWidget(self.strip)

    def show_verbs(self, frame: Frame) -> None:
        """Buttons say what they would do now, and why not."""
        is_new = False
        for verb in verbs_for(self.selection, frame):
            button = self.verbs.get(verb.id)
            if button is None:
                button = QPushButton()
                button.setObjectName(verb.id)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.setMinimumWidth(60)
                button.clicked.connect(self._on_verb)
                self.verbs[verb.id] = button
                button.ensurePolished()  # its width is that of the font it will have
            if button.text() != verb.text:
                button.setText(verb.text)
                is_new = True
            button.setEnabled(verb.command is not None)
            button.setToolTip(verb.why_not or verb.tip)
        if is_new:
            place(self._verb_grid, list(self.verbs.values()))
        armed = armed_texts(self.selection, frame)
        self.strip.setVisible(bool(armed))
        self.strip.set_text(", ".join(armed))

    def _on_verb(self) -> None:
        name = self.sender().objectName()
        for verb in verbs_for(self.selection, self.last_frame):
            if verb.id == name:
                self.ask(verb.command)

    last_frame: Frame
