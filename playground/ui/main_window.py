"""What does the window consist of, and who answers to whom?

It hands every frame to its panels and every wish to its hands. It holds no world and counts
nothing.
"""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QMainWindow, QWidget

from playground.scenario.model import Scenario
from playground.session.frame import ConsumerView, Frame, LogLine
from playground.ui import actions
from playground.ui.bridge import Bridge
from playground.ui.canvas.scene import Target
from playground.ui.document import Document
from playground.ui.exception_net import Mistake
from playground.ui.fonts import font
from playground.ui.hands import Hands
from playground.ui.palette import palette, stylesheet
from playground.ui.panels.faults import Selection, node_view, verbs_for
from playground.ui.panels.labels import label_rules
from playground.ui.panels.menus import drop_down, main_menu, names_menu
from playground.ui.panels.mistake_dialog import MistakeDialog
from playground.ui.panels.notices import Notices
from playground.ui.panels.panes import CHARTS, MakeCanvas, Panes
from playground.ui.panels.presets import Preset
from playground.ui.panels.stage import NARROW_PX, SHORT_PX
from playground.ui.panels.toast import Toasts
from playground.ui.reader import Reader
from playground.ui.theme import DARK, LIGHT, PROJECTOR, Theme

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
        self._desk_theme = theme
        self._page = CHARTS
        self._was_short = False
        self._was_narrow = False
        self._is_drawer_open = False
        self._layout: object = None
        self._situation: actions.Situation | None = None
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
        self._connect()
        self.setMinimumSize(760, 560)
        self.resize(1600, 900)
        self.set_theme(theme)
        self._on_opened(bridge.scenario)
        self.show_frame(bridge.last)
        self.canvas.setFocus()

    def _connect(self) -> None:
        panes, hands = self.panes, self.hands
        self.bridge.frame_ready.connect(self.show_frame)
        self.bridge.opened.connect(self._on_opened)
        self.bridge.restarted.connect(self._on_restarted)
        panes.top.menu_asked.connect(lambda: drop_down(main_menu(self), panes.top.menu))
        panes.top.names_asked.connect(lambda: drop_down(names_menu(self), panes.top.name))
        panes.top.speed_chosen.connect(self.bridge.set_speed)
        panes.dock.preset_chosen.connect(hands.open_preset)
        panes.dock.part_wanted.connect(hands.build.add_part)
        panes.rail.part_wanted.connect(hands.build.add_part)
        panes.rail.presets_asked.connect(hands.show_presets)
        panes.board.group_picked.connect(self._on_group)
        panes.tabs.chosen.connect(self.open_page)
        panes.charts.time_clicked.connect(hands.go_to)
        panes.timeline.time_clicked.connect(hands.go_to)
        panes.inspector.set_source(lambda: self.bridge.scenario)
        panes.inspector.command_requested.connect(hands.submit)
        self.canvas.command_requested.connect(hands.submit)
        self.canvas.nodes_moved.connect(hands.build.move)
        self.canvas.rename_requested.connect(hands.build.rename)
        self.canvas.selection_changed.connect(self._on_selection)
        self.canvas.group_changed.connect(self._on_group_of_nodes)
        self.canvas.part_dropped.connect(hands.build.drop_part)
        self.canvas.building.actions = self.actions_by_id
        self.canvas.building.fault_of_name = hands.build.fault_of_name
        self.canvas.open_preset_requested.connect(hands.show_presets)
        hands.editor.stack.indexChanged.connect(self._refresh_actions)
        hands.editor.stack.cleanChanged.connect(self.show_title)

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
        self._refresh_actions()
        self.show_title()

    def show_title(self) -> None:
        """Name, and whether there is something to save."""
        title = f"{self.bridge.last.name}[*] — {TITLE}"
        if self.windowTitle() != title:
            self.setWindowTitle(title)
        if self.isWindowModified() != self.hands.files.is_modified:
            self.setWindowModified(self.hands.files.is_modified)

    def _refresh_actions(self) -> None:
        frame = self.bridge.last
        possible = (v.id for v in verbs_for(self.selection, frame) if v.command is not None)
        situation = actions.Situation(
            is_presenting=self.is_presenting,
            selected=str(self.selection[0]) if self.selection else "",
            verbs=tuple(possible),
            nodes=len(self.canvas.building.selected_nodes()),
            undo=self.hands.editor.stack.undoText(),
            redo=self.hands.editor.stack.redoText(),
        )
        if situation != self._situation:
            self._situation = situation
            actions.refresh(self.actions_by_id, situation)

    def _on_opened(self, scenario: Scenario) -> None:
        self.hands.editor.stack.clear()
        self._layout = None
        self.select(None)
        self.toasts.clear()
        self._on_restarted()
        if not self._is_narrow:
            self.select(first_consumer(self.bridge.last))
        self.panes.dock.show_scenario(scenario, self.hands.files.document.preset)

    def _on_restarted(self) -> None:
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
        app = _application()
        app.setPalette(palette(theme))
        app.setFont(font(theme, "body"))
        app.setStyleSheet(f"{stylesheet(theme)}\n{label_rules(theme)}")
        self.panes.set_theme(theme)
        self.toasts.set_theme(theme)
        self._arrange()

    def toggle_theme(self) -> None:
        """Light or dark; the projector is always light."""
        if not self.is_presenting:
            self.set_theme(LIGHT if self.theme.is_dark else DARK)

    def present(self) -> None:
        """Canvas and scoreboard only, on the whole screen; again: back."""
        if self.is_presenting:
            self.showNormal()
            self.set_theme(self._desk_theme)
        else:
            self._desk_theme = self.theme
            self.showFullScreen()
            self.set_theme(PROJECTOR)
        self.panes.board.forget()
        self.show_frame(self.bridge.last)
        self.canvas.fit()

    def open_page(self, page: str) -> None:
        """Show a page below the board, or none."""
        self._page = page
        self._arrange()
        self.panes.charts.refresh()

    # ------------------------------------------------------------------ selection

    def select(self, selection: Selection) -> None:
        """Select something, on the canvas too."""
        self.canvas.select(cast(Target, selection))
        self._on_selection(selection)

    def _on_selection(self, selection: Selection) -> None:
        self.selection = selection
        frame = self.bridge.last
        self.panes.inspector.select(selection, frame)
        view = node_view(frame, str(selection[1])) if selection and selection[0] == "node" else None
        self.panes.board.set_picked(view.group if isinstance(view, ConsumerView) else "")
        self.panes.board.show_frame(frame)
        if self._is_drawer_open != (selection is not None):
            self._is_drawer_open = selection is not None
            self._arrange()
        self._refresh_actions()

    def _on_group_of_nodes(self, nodes: tuple[str, ...]) -> None:
        self.panes.inspector.show_many(len(nodes))
        self._refresh_actions()

    def _on_group(self, group: str) -> None:
        row = next((row for row in self.bridge.last.groups if row.group == group), None)
        if row is not None and row.consumers:
            self.select(("node", row.consumers[0]))

    # ------------------------------------------------------------------ messages

    def say_error(self, title: str, lines: list[str]) -> None:
        """An error stays until it is closed; all its lines go to the log."""
        at_us = self.bridge.last.now_us
        self.panes.log.add(tuple(LogLine(0, at_us, "error", "", -1, line) for line in lines))
        self.toasts.say(title, "\n".join(lines), "warning", stays=True)

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

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.hands.files.may_leave():
            event.ignore()
            return
        self.bridge.frame_ready.disconnect(self.show_frame)
        self.toasts.clear()
        event.accept()
        self.closed.emit()


def first_consumer(frame: Frame) -> Selection:
    """What the inspector shows of a scene that has just been opened."""
    for view in frame.nodes:
        if isinstance(view, ConsumerView) and view.guarantee != "at-most-once":
            return ("node", view.id)
    return None


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
