"""What does the window consist of, and who answers to whom?

It hands every frame to its panels and every wish to its hands. It holds no world and counts
nothing.
"""

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QMainWindow, QWidget

from playground.scenario.model import Scenario
from playground.session.frame import ConsumerView, Frame, LogLine
from playground.ui import actions
from playground.ui.action_spec import Situation
from playground.ui.bridge import Bridge
from playground.ui.canvas.in_use import in_use
from playground.ui.canvas.scene import Target
from playground.ui.choosing import Choosing
from playground.ui.companions import Companions
from playground.ui.document import Document
from playground.ui.dressing import dress
from playground.ui.exception_net import Mistake
from playground.ui.hands import Hands
from playground.ui.panels.faults import Selection, node_view
from playground.ui.panels.mistake_dialog import MistakeDialog
from playground.ui.panels.notices import Notices
from playground.ui.panels.panes import CHARTS, MakeCanvas, Panes
from playground.ui.panels.presets import Preset
from playground.ui.panels.stage import NARROW_PX, SHORT_PX
from playground.ui.panels.toast import Toasts
from playground.ui.past import Past
from playground.ui.proving import Proving
from playground.ui.reader import Reader
from playground.ui.situations import first_consumer, situation_of
from playground.ui.stage.presenter import Presenter
from playground.ui.theme import DARK, LIGHT, Theme
from playground.ui.weather import Weather
from playground.ui.wiring import connect

TITLE = "Delivery Playground"


class MainWindow(QMainWindow):
    """The whole window."""

    closed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        make_canvas: MakeCanvas,
        presets: Sequence[Preset] = (),
        theme: Theme = LIGHT,
        document: Document | None = None,
    ) -> None:
        super().__init__()
        self.bridge = bridge
        self.presets = tuple(presets)
        self.theme = theme
        self.selection: Selection = None
        self._page = CHARTS
        self._was_short = False
        self._was_narrow = False
        self._is_drawer_open = False
        self._layout: object = None
        self._situation: Situation | None = None
        self._mistakes: MistakeDialog | None = None
        self.actions_by_id = actions.install(lambda: self.hands, self)
        body = QWidget(self)
        body.setProperty("ground", "panel")
        self.setCentralWidget(body)
        self.panes = Panes(theme, self.actions_by_id, presets, make_canvas, body)
        self.canvas = self.panes.canvas
        self.toasts = Toasts(theme, self.canvas)
        self.notices = Notices(self.toasts)
        self.hands = Hands(self, document or Document())
        self.reader = Reader(self)
        self.past: Past = Past(self)
        self.weather: Weather = Weather(self)
        self.choosing = Choosing(self)
        self.presenter: Presenter = Presenter(self)
        self.toasts.in_use = partial(in_use, self.canvas)
        self.toasts.foot = self.presenter.card
        self.companions: Companions = Companions(self)
        self.proving: Proving = Proving(self)
        connect(self)
        self.setMinimumSize(760, 560)
        self.resize(1600, 900)
        self.set_theme(theme)
        self.on_opened(bridge.scenario)
        self.show_frame(bridge.last)
        self.canvas.setFocus()

    # ------------------------------------------------------------------ frames

    def show_frame(self, frame: Frame) -> None:
        """Everything shows this moment."""
        layout = self.bridge.scenario.layout
        if layout is not self._layout:
            self._layout = layout
            self.canvas.set_layout(dict(layout))
        if self.panes.show_frame(frame):
            self._arrange()
        self.notices.show_frame(frame)
        self.past.show_frame(frame)
        self.weather.show_frame(frame)
        self.presenter.show_frame()
        self.refresh_actions()
        self.show_title()

    def show_title(self) -> None:
        """Name, and whether there is something to save."""
        title = f"{self.bridge.last.name}[*] — {TITLE}"
        if self.windowTitle() != title:
            self.setWindowTitle(title)
        if self.isWindowModified() != self.hands.files.is_modified:
            self.setWindowModified(self.hands.files.is_modified)

    def situation(self) -> Situation:
        """What the possible actions depend on, as it is now."""
        return situation_of(self)

    def refresh_actions(self) -> None:
        situation = self.situation()
        if situation != self._situation:
            self._situation = situation
            actions.refresh(self.actions_by_id, situation)

    def on_opened(self, scenario: Scenario) -> None:
        self.hands.editor.stack.clear()
        self._layout = None
        self.select(None)
        self.toasts.clear()
        self.on_restarted()
        if not self._is_narrow:
            self.select(first_consumer(self.bridge.last))
        self.panes.dock.show_scenario(scenario, self.hands.files.document.preset)

    def on_restarted(self) -> None:
        self.panes.board.forget()
        self.panes.log.clear()

    # ------------------------------------------------------------------ place and look

    @property
    def _is_narrow(self) -> bool:
        return self.width() < NARROW_PX

    @property
    def is_presenting(self) -> bool:
        """Whether only canvas and scoreboard are shown."""
        return self.theme.is_stage

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_short = self.height() < SHORT_PX
        if self._is_narrow != self._was_narrow:
            self._was_narrow = self._is_narrow
            self._is_drawer_open = False
        if is_short != self._was_short:
            self._was_short = is_short
            self._page = "" if is_short else CHARTS
        self._arrange()

    def _arrange(self) -> None:
        self.panes.arrange(self._page, self.is_presenting, self._is_drawer_open)
        self.toasts.arrange()

    def set_theme(self, theme: Theme) -> None:
        """Dress the whole window."""
        self.theme = theme
        dress(theme)
        self.panes.set_theme(theme)
        self.toasts.set_theme(theme)
        self.choosing.set_theme(theme)
        self.weather.set_theme(theme)
        self.presenter.set_theme(theme)
        self._arrange()

    def toggle_theme(self) -> None:
        """Light or dark; the projector is always light."""
        if not self.is_presenting:
            theme = LIGHT if self.theme.is_dark else DARK
            self.presenter.wear(theme)
            self.companions.preferences.choose(theme=theme.name)

    def present(self) -> None:
        """Canvas and scoreboard only, on the whole screen; again: back."""
        self.presenter.toggle()

    def open_page(self, page: str) -> None:
        """Show a page below the board, or none."""
        self._page = page
        self._arrange()
        self.panes.charts.refresh()

    # ------------------------------------------------------------------ selection

    def select(self, selection: Selection) -> None:
        """Select something, on the canvas too."""
        self.canvas.select(cast(Target, selection))
        self.on_selection(selection)

    def on_selection(self, selection: Selection) -> None:
        self.selection = selection
        frame = self.bridge.last
        self.panes.inspector.select(selection, frame)
        self.panes.outline.select(selection)
        view = node_view(frame, str(selection[1])) if selection and selection[0] == "node" else None
        self.panes.board.set_picked(view.group if isinstance(view, ConsumerView) else "")
        self.panes.board.show_frame(frame)
        if self._is_drawer_open != (selection is not None):
            self._is_drawer_open = selection is not None
            self._arrange()
        self.refresh_actions()

    def on_group_of_nodes(self, nodes: tuple[str, ...]) -> None:
        self.panes.inspector.show_many(len(nodes))
        self.refresh_actions()

    def on_group(self, group: str) -> None:
        row = next((row for row in self.bridge.last.groups if row.group == group), None)
        if row is not None and row.consumers:
            self.select(("node", row.consumers[0]))

    # ------------------------------------------------------------------ messages

    def say_error(self, title: str, lines: list[str]) -> None:
        """An error stays until it is closed; all its lines go to the log."""
        at_us = self.bridge.last.now_us
        self.panes.log.add(tuple(LogLine(0, at_us, "error", "", -1, line) for line in lines))
        self.choosing.say(title, lines)

    def show_mistake(self, mistake: Mistake) -> None:
        """A mistake of ours: dialog and log, and the window lives on."""
        at_us = self.bridge.last.now_us
        self.panes.log.add((LogLine(0, at_us, "error", "", -1, mistake.sentence),))
        if self._mistakes is None:
            self._mistakes = MistakeDialog(self)
        self._mistakes.add(mistake)

    # ------------------------------------------------------------------ Qt

    def event(self, event: QEvent) -> bool:
        """Let Space press the button that the Tab key has led to, and not the run."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and isinstance(self.focusWidget(), QAbstractButton | QComboBox)
        ):
            event.accept()
            return True
        return super().event(event)

    def keep_work(self) -> None:
        """Write down what is unsaved, for the next start, and change nothing any more."""
        if self.choosing.autosave is not None:
            self.choosing.autosave.keep()
        self.hands.editor.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.hands.files.may_leave():
            event.ignore()
            return
        self.bridge.frame_ready.disconnect(self.show_frame)
        self.hands.editor.end()
        self.toasts.clear()
        event.accept()
        self.closed.emit()
