"""What is selected, what is set on it, and how can it be broken?"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from playground.scenario.model import Scenario
from playground.session.frame import DatabaseView, Frame
from playground.ui.panels.database_page import DatabasePage
from playground.ui.panels.faults import Selection, link_view, node_view
from playground.ui.panels.inspector_words import EMPTY
from playground.ui.panels.labels import plain
from playground.ui.panels.node_page import NodePage
from playground.ui.panels.page import Page
from playground.ui.panels.surface import Surface
from playground.ui.panels.way_pages import LinkPage, PacketPage
from playground.ui.theme import Theme

WIDTH_PX = 288


class Inspector(Surface):
    """One page for what is selected; it follows every frame and asks by commands."""

    command_requested = Signal(object)
    witness_requested = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "left", parent)
        self.setObjectName("inspector")
        self.setAccessibleName("Inspector")
        self.setFixedWidth(WIDTH_PX)
        self.selection: Selection = None
        self.page: Page | None = None
        self._scenario: Callable[[], Scenario] = lambda: Scenario(name="")
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setAutoFillBackground(False)
        self._empty = plain(EMPTY, "label", wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(20, 20, 20, 20)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._empty)
        box.addWidget(self._area)
        self._area.hide()

    def set_source(self, scenario: Callable[[], Scenario]) -> None:
        """Where the document, edits included, is read from."""
        self._scenario = scenario

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        if self.page is not None:
            self.page.set_theme(theme)

    def select(self, selection: Selection, frame: Frame) -> None:
        """Show the page of what is selected."""
        if selection == self.selection and self.page is not None:
            return
        self.selection = selection
        old = self._area.takeWidget()
        self.page = self._page(selection, frame)
        if old is not None:
            old.deleteLater()
        self._area.setVisible(self.page is not None)
        self._empty.setVisible(self.page is None)
        if self.page is not None:
            self.page.setAutoFillBackground(False)
            self.page.command_requested.connect(self.command_requested)
            self.page.witness_requested.connect(self.witness_requested)
            self._area.setWidget(self.page)
            self.page.setAutoFillBackground(False)
            self.page.show_frame(frame)

    def _page(self, selection: Selection, frame: Frame) -> Page | None:
        if selection is None:
            return None
        scenario = self._scenario
        kind, *names = selection
        if kind == "packet":
            return PacketPage(self.theme, selection, scenario)
        name = str(names[0])
        if kind == "node" and node_view(frame, name) and name in scenario().nodes:
            return NodePage(self.theme, selection, scenario)
        if kind == "node" and isinstance(node_view(frame, name), DatabaseView):
            return DatabasePage(self.theme, selection, scenario)
        if kind == "link" and link_view(frame, name, str(names[1])):
            return LinkPage(self.theme, selection, scenario)
        return None

    def show_many(self, count: int) -> None:
        """Several nodes are selected: a page is about one thing."""
        self._empty.setText(f"{count} nodes are selected." if count else EMPTY)

    def show_frame(self, frame: Frame) -> None:
        """Follow the run; a page whose subject is gone closes."""
        if self.page is not None and not self.page.show_frame(frame):
            self.select(None, frame)
