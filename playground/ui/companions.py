"""How does the window do without a mouse, and as its user likes it?

The command palette, the outline and the settings of one window, and what they have to do with the
rest of it.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from playground.ui.canvas.view import CanvasView
from playground.ui.commands.entries import entries
from playground.ui.commands.thing_menu import thing_menu
from playground.ui.panels.command_palette import CommandPalette
from playground.ui.panels.one_of_a_kind import show_one
from playground.ui.panels.settings_dialog import SettingsDialog
from playground.ui.preferences import Preferences, read
from playground.ui.system_look import system_theme, theme_named, wants_calm

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow

OUTLINE = "Outline"


class Companions:
    """Opens them and lets them act."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.preferences = Preferences(parent=window)
        self.preferences.changed.connect(self.obey)
        self._theme_wish = self.preferences.choices.theme
        self.palette = CommandPalette(window.theme, window, window.canvas)
        outline = window.panes.outline
        outline.set_source(lambda target, host: thing_menu(window, target, host))
        outline.selected.connect(window.select)
        hints = _application().styleHints()
        hints.colorSchemeChanged.connect(self._on_system_colours)

    def use(self, settings: QSettings) -> None:
        """Keep the choices there. The window wears its theme already."""
        self._theme_wish = read(settings).theme
        self.preferences.use(settings)

    # ------------------------------------------------------------------ opening

    def open_palette(self) -> None:
        """Everything that can be done, by a few letters of it."""
        window = self._window
        if self.palette.isVisible():
            self.palette.close_up()
            return
        self.palette.open(entries(window, window.situation()), window.theme)

    def open_outline(self) -> None:
        """The canvas as a list, with the keys in it."""
        self._window.open_page(OUTLINE)
        tree = self._window.panes.outline.tree
        if not tree.currentIndex().isValid() and tree.model().rowCount():
            tree.setCurrentIndex(tree.model().index(0, 0))
        tree.setFocus()

    def open_settings(self) -> None:
        """Theme, size, motion, cue cards."""
        window = self._window
        show_one(SettingsDialog, window, lambda: SettingsDialog(self.preferences, window))

    # ------------------------------------------------------------------ preferences

    def obey(self) -> None:
        """Let the window be as it is liked."""
        choices, window = self.preferences.choices, self._window
        if choices.theme != self._theme_wish:
            self._theme_wish = choices.theme
            window.presenter.wear(theme_named(_application(), choices.theme))
        self._move_as_wished()
        if window.presenter.stops.waits_at_cues != choices.has_cues:
            window.presenter.stops.waits_at_cues = choices.has_cues
            window.show_frame(window.bridge.last)

    def _move_as_wished(self) -> None:
        motion = self.preferences.choices.motion
        canvas = self._window.canvas
        if isinstance(canvas, CanvasView):
            is_asked = motion == "system" and wants_calm(_application())
            canvas.reduces_motion = motion == "reduced" or is_asked

    def _on_system_colours(self) -> None:
        if self.preferences.choices.theme == "system":
            self._window.presenter.wear(system_theme(_application()))


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
