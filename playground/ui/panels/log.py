"""What has happened, in one sentence a line, newest last?

It can be narrowed to a kind, a place and a message. A line leads to its place on the canvas, and
with Enter or a double click to the story of its message.
"""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from playground.session.frame import Frame, LogLine
from playground.ui.panels.log_model import LINE_ROLE, LineFilter, LogModel, Wanted
from playground.ui.panels.log_rows import NOT_HERE, QUIET, ROW_PX, LogRows, QuietList
from playground.ui.panels.segments import Segments
from playground.ui.panels.surface import Surface
from playground.ui.theme import Theme

KINDS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("all", "All", frozenset()),
    ("fault", "Faults", frozenset({"fault", "rejected", "limit"})),
    ("loss", "Losses", frozenset({"loss"})),
    ("duplicate", "Repeats", frozenset({"duplicate"})),
)
EVERYWHERE, SELECTION = "Everywhere", "At the selection"
Place = tuple[str, ...]


class LogPanel(Surface):
    """The lines, and what narrows them."""

    line_pointed = Signal(object)
    """A line was chosen: show where that was."""
    line_chosen = Signal(object)
    """A line was entered: tell the story of its message."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.model = LogModel()
        self.shown = LineFilter()
        self.shown.setSourceModel(self.model)
        self._message = -1
        self._selection: Place = ()
        self._nodes: tuple[str, ...] = ()
        self.filters = QWidget(self)
        """They stand in the line of the tabs: a page of six lines has none to spare."""
        self._make_controls(theme)
        self._make_view(theme)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 2)
        box.setSpacing(2)
        box.addWidget(self.view, 1)

    def _make_controls(self, theme: Theme) -> None:
        self.kinds = Segments(theme, tuple((key, text) for key, text, _ in KINDS), self.filters)
        self.kinds.chosen.connect(self._on_kind)
        self.place = QComboBox(self.filters)
        self.place.setAccessibleName("Where")
        self.place.setToolTip("Only what happened there")
        self.place.addItems([EVERYWHERE, SELECTION])
        self.place.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.place.setProperty("field", "small")
        self.place.currentTextChanged.connect(self._filter)
        self.name = QLineEdit(self.filters)
        self.name.setAccessibleName("Message")
        self.name.setPlaceholderText("message, e.g. 17")
        self.name.setToolTip("Only lines about this message: its number, or its name")
        self.name.setClearButtonEnabled(True)
        self.name.setProperty("field", "small")
        self.name.setFixedWidth(150)
        self.name.textChanged.connect(self._on_name)
        row = QHBoxLayout(self.filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for control in (self.kinds, self.place, self.name):
            row.addWidget(control)

    def _make_view(self, theme: Theme) -> None:
        self.view = QuietList(theme, self)
        self.view.setModel(self.shown)
        self.view.setAccessibleName("Log")
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._rows = LogRows(theme, self.view)
        self.view.setItemDelegate(self._rows)
        self.view.clicked.connect(self._on_pointed)
        self.view.activated.connect(self._on_activated)
        self.view.doubleClicked.connect(self._on_activated)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._rows.theme = theme
        self.view.theme = theme
        self.kinds.set_theme(theme)
        self.view.viewport().update()

    # ------------------------------------------------------------------ lines

    def show_frame(self, frame: Frame) -> None:
        """Take this tick's lines, and the names of the places there are."""
        self._offer(tuple(view.id for view in frame.nodes))
        if not frame.log:
            return
        bar = self.view.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - ROW_PX
        self.model.append(frame.log)
        if at_end:
            self.view.scrollToBottom()

    def _offer(self, nodes: tuple[str, ...]) -> None:
        if nodes == self._nodes:
            return
        self._nodes = nodes
        chosen = self.place.currentText()
        self.place.blockSignals(True)
        self.place.clear()
        self.place.addItems([EVERYWHERE, SELECTION, *nodes])
        self.place.setCurrentText(chosen if self.place.findText(chosen) >= 0 else EVERYWHERE)
        self.place.blockSignals(False)
        self._filter()

    def add(self, lines: tuple[LogLine, ...]) -> None:
        """Lines that are not the run's."""
        self.model.append(lines)

    def forget_run(self) -> None:
        """The run is at another moment, and tells its lines again."""
        self.model.forget_run()

    def clear(self) -> None:
        """Another run begins."""
        self._message = -1
        self.model.clear()
        self._filter()

    # ------------------------------------------------------------------ what is shown

    def show_message(self, message: int) -> None:
        """Only the lines about one message; the switch brings back the others."""
        self.kinds.choose("all")
        self._message = message
        self._filter()

    def show_selection(self, place: Place) -> None:
        """What is selected on the canvas: a node, or the two ends of a link."""
        self._selection = place
        if self.place.currentText() == SELECTION:
            self._filter()

    def texts(self) -> list[str]:
        """The sentences that are shown, oldest first."""
        return [
            self.shown.index(row, 0).data(LINE_ROLE).text for row in range(self.shown.rowCount())
        ]

    def _on_kind(self, key: str) -> None:
        self._message = -1
        self._filter()
        self.view.scrollToBottom()

    def _on_name(self, text: str) -> None:
        self._message = -1
        self._filter()

    def _filter(self) -> None:
        where = self.place.currentText()
        place: Place = (where,) if self.place.currentIndex() > 1 else ()
        if where == SELECTION:
            place = self._selection
        kinds = next(kinds for key, _, kinds in KINDS if key == self.kinds.key)
        wanted = Wanted(kinds, place, self._message, self.name.text().strip())
        self.shown.want(wanted)
        self.view.quiet = QUIET if wanted == Wanted() else NOT_HERE

    # ------------------------------------------------------------------ where lines lead

    def _on_pointed(self, index: QModelIndex) -> None:
        self.line_pointed.emit(index.data(LINE_ROLE))

    def _on_activated(self, index: QModelIndex) -> None:
        self.line_chosen.emit(index.data(LINE_ROLE))
