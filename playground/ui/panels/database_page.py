"""What does the inspector show for a group's part of the database, no node of the file?"""

from playground.session.frame import DatabaseView, Frame
from playground.ui.canvas.commit_words import database_state
from playground.ui.panels.faults import Selection, node_view
from playground.ui.panels.labels import plain
from playground.ui.panels.page import Page, ScenarioSource
from playground.ui.theme import Theme

WHAT_IT_IS = (
    "It keeps the effects of {group}. What it has prepared it may neither keep nor undo "
    "until the coordinator has told it how it ends."
)


class DatabasePage(Page):
    """One participant of two-phase commit."""

    def __init__(self, theme: Theme, selection: Selection, scenario: ScenarioSource) -> None:
        super().__init__(theme, selection, scenario)
        assert selection is not None
        self.name = str(selection[1])
        self.add_title("database", self.name, "database")
        self.box.addSpacing(8)
        self.facts = plain("", "label", wraps=True)
        self.box.addWidget(self.facts)
        self.add_break()
        self.box.addStretch(1)

    def show_frame(self, frame: Frame) -> bool:
        view = node_view(frame, self.name)
        if not isinstance(view, DatabaseView):
            return False
        self.last_frame = frame
        state = "" if not view.prepared else f"\n{database_state(view, frame.now_us)}."
        text = WHAT_IT_IS.format(group=view.group) + state
        if self.facts.text() != text:
            self.facts.setText(text)
        self.show_verbs(frame)
        return True
