"""What happens when somebody presents: on and off the stage, from cue to cue, the curtain?

On the stage only canvas and scoreboard are left, in the projector's theme. Leaving brings back the
desk as it was: theme, window, selection and page.
"""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from playground.ui.panels.faults import Selection
from playground.ui.stage import cues
from playground.ui.stage.card import CueCard
from playground.ui.stage.curtain import Curtain
from playground.ui.stage.stops import CueStops
from playground.ui.system_look import system_theme
from playground.ui.theme import PROJECTOR, Theme

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow


class Desk(NamedTuple):
    """How the window stood before it went on the stage."""

    theme: Theme
    window: Qt.WindowState
    selection: Selection


class Presenter:
    """The stage side of the window."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.stops: CueStops = window.bridge.stops
        self.card = CueCard(window.theme, window.canvas, self.stops)
        self.curtain = Curtain(window)
        self.curtain.lifted.connect(self.blank)
        self._desk: Desk | None = None
        self._ran_before = False

    # ------------------------------------------------------------------ on and off

    def toggle(self) -> None:
        """On the stage, or back to the desk."""
        if self._window.is_presenting:
            self._leave()
        else:
            self._enter()

    def _enter(self) -> None:
        window = self._window
        self._desk = Desk(window.theme, window.windowState(), window.selection)
        window.select(None)
        window.showFullScreen()
        window.set_theme(PROJECTOR)
        self._show_anew()

    def _leave(self) -> None:
        window, desk = self._window, self._desk
        self._desk = None
        if self.curtain.isVisible():
            self.blank()
        if desk is None:  # it was on the stage from the first
            window.showNormal()
            window.set_theme(system_theme(_application()))
        else:
            window.setWindowState(desk.window & ~Qt.WindowState.WindowFullScreen)
            window.set_theme(desk.theme)
            window.select(self._still_there(desk.selection))
        self._show_anew()

    def wear(self, theme: Theme) -> None:
        """Another theme at the desk, now or after presenting; the projector's is the stage."""
        window = self._window
        if theme.is_stage:
            if not window.is_presenting:
                self._enter()
        elif not window.is_presenting:
            if theme is not window.theme:
                window.set_theme(theme)
        elif self._desk is not None:
            self._desk = self._desk._replace(theme=theme)

    def _show_anew(self) -> None:
        window = self._window
        window.panes.board.forget()
        window.show_frame(window.bridge.last)
        window.canvas.fit()
        window.canvas.setFocus()

    def _still_there(self, selection: Selection) -> Selection:
        """What was selected, unless it has been removed on the stage."""
        if selection is None or selection[0] == "packet":
            return None
        frame = self._window.bridge.last
        nodes = {view.id for view in frame.nodes}
        return selection if all(str(part) in nodes for part in selection[1:]) else None

    # ------------------------------------------------------------------ from cue to cue

    def next_cue(self) -> None:
        """Play until the next card and rest there; pressed on the way, be there at once."""
        bridge = self._window.bridge
        cue = cues.following(self.stops.cues_of(bridge.scenario), bridge.last.now_us)
        if cue is not None:
            self.stops.aim(cue.at_us)
        bridge.set_running(True)

    def last_cue(self) -> None:
        """Back to the beginning of this card, or of the one before it."""
        bridge = self._window.bridge
        cue = cues.preceding(self.stops.cues_of(bridge.scenario), bridge.last.now_us)
        at_us = cue.at_us if cue is not None else 0
        bridge.set_running(False)
        if at_us < bridge.last.now_us:
            self._window.hands.go_to(at_us)

    def blank(self) -> None:
        """The curtain falls and the run rests; or it rises and the run goes on."""
        bridge = self._window.bridge
        if self.curtain.isVisible():
            self.curtain.hide()
            self._window.canvas.setFocus()
            if self._ran_before:
                bridge.set_running(True)
            return
        self._ran_before = bridge.is_running
        bridge.set_running(False)
        self.curtain.fall()

    def toggle_cues(self) -> None:
        """Cue cards at the desk, and waiting at them: on or off."""
        has_cues = not self.stops.waits_at_cues
        self._window.companions.preferences.choose(has_cues=has_cues)
        rest = "The run waits where a card asks for it." if has_cues else ""
        self._window.toasts.say(f"Cue cards {'shown' if has_cues else 'hidden'}", rest)

    # ------------------------------------------------------------------ frames

    def show_frame(self) -> None:
        """The card of this moment."""
        bridge = self._window.bridge
        before = self.card.geometry(), self.card.isHidden()
        self.card.show_frame(bridge.last, self.stops.cues_of(bridge.scenario))
        if before != (self.card.geometry(), self.card.isHidden()):
            self._window.toasts.arrange()  # they stand above it

    def set_theme(self, theme: Theme) -> None:
        """Another look."""
        self.card.set_theme(theme)


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
