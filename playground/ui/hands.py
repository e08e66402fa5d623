"""What does the window do when a person asks for something?

One method a wish. Actions, menus and panels call these; they turn the wish into a command, a call
of the bridge, or a change of what is shown.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog

from playground.engine.commands import Command
from playground.ui import actions
from playground.ui.builder import Builder
from playground.ui.document import Document
from playground.ui.editing import Editor, Refusal
from playground.ui.panels.faults import disarm, verbs_for
from playground.ui.panels.file_desk import FileDesk
from playground.ui.panels.key_sheet import KeySheet
from playground.ui.panels.one_of_a_kind import show_one
from playground.ui.panels.presets import Preset
from playground.ui.panels.speed_slider import next_decade

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow

LARGEST_SEED = 2**31 - 1


class Hands:
    """Acts for the person in front of the window."""

    def __init__(self, window: "MainWindow", document: Document) -> None:
        self.window: MainWindow = window
        self.bridge = window.bridge
        self.editor: Editor = Editor(window.bridge, self.refuse)
        self.files = FileDesk(window, window.bridge, document, self.editor, window.say_error)
        self.build: Builder = Builder(window, self.editor)

    # ------------------------------------------------------------------ wishes to the run

    def submit(self, command: Command) -> None:
        """Ask for something; an edit can be taken back."""
        self.window.notices.note(command)
        self.editor.submit(command)

    def refuse(self, refusal: Refusal) -> None:
        """Say what could not be done, and why."""
        self.window.toasts.say(refusal.title, refusal.reason, "warning")

    def strike(self, verb: str) -> None:
        """Do a fault to what is selected."""
        for each in verbs_for(self.window.selection, self.bridge.last):
            if each.id == verb and each.command is not None:
                self.submit(each.command)

    def disarm(self) -> None:
        """Drop what is armed on the selection."""
        command = disarm(self.window.selection)
        if command is not None:
            self.submit(command)

    def undo(self) -> None:
        """Take the last edit back, and say which it was."""
        name = self.editor.undo()
        if name:
            self.window.toasts.say(f"Undone: {name}", icon="undo")

    def redo(self) -> None:
        """Make it again."""
        name = self.editor.redo()
        if name:
            self.window.toasts.say(f"Done again: {name}", icon="redo")

    # ------------------------------------------------------------------ time

    def toggle_running(self) -> None:
        """Run or pause."""
        self.bridge.toggle_running()

    def step(self) -> None:
        """To the next thing that happens."""
        self.bridge.step()

    def to_start(self) -> None:
        """Back to 0 s."""
        self.bridge.to_start()

    def reset(self) -> None:
        """Back to the start, with everything as in the file."""
        self.bridge.reset()

    def change_speed(self, direction: int) -> None:
        """To the next decade."""
        self.bridge.set_speed(next_decade(self.bridge.speed, direction))

    def go_to(self, at_us: int) -> None:
        """To another moment of this run."""
        self.window.past.go_to(at_us)

    def copy_seed(self) -> None:
        """The seed to the clipboard."""
        seed = str(self.bridge.last.seed)
        QGuiApplication.clipboard().setText(seed)
        self.window.toasts.say(f"Seed {seed} copied", icon="copy")

    def ask_seed(self) -> None:
        """Run again with another seed."""
        seed, is_given = QInputDialog.getInt(
            self.window,
            "Another seed",
            "Run again with seed",
            self.bridge.last.seed,
            0,
            LARGEST_SEED,
        )
        if is_given:
            self.bridge.reset(seed)

    # ------------------------------------------------------------------ documents

    def new(self) -> None:
        """An empty scenario."""
        self.files.new()

    def ask_open(self) -> None:
        """Choose a file to open."""
        self.files.ask_open()

    def open_file(self, path: Path) -> bool:
        """Open a file."""
        return self.files.open(path)

    def open_preset(self, preset: Preset) -> None:
        """Open one of the shipped scenarios."""
        self.files.open(preset.path, preset.stem)

    def save(self) -> None:
        """Save to the document's file."""
        self._after_save(self.files.save())

    def ask_save_as(self) -> None:
        """Save to another file."""
        self._after_save(self.files.ask_save_as())

    def _after_save(self, is_saved: bool) -> None:
        if is_saved and self.files.document.path is not None:
            self.window.toasts.say(f"Saved {self.files.document.path.name}", icon="save")
        self.window.show_title()

    # ------------------------------------------------------------------ view

    def show_presets(self) -> None:
        """Every preset with its picture."""
        self.window.choosing.open_gallery()

    def fit(self) -> None:
        """The whole scene."""
        self.window.canvas.fit(glides=True)

    def zoom(self, factor: float) -> None:
        """Nearer or farther, in the middle of the canvas."""
        self.window.canvas.zoom_by(factor)

    def toggle_theme(self) -> None:
        """Light or dark."""
        self.window.toggle_theme()

    def present(self) -> None:
        """Canvas and scoreboard only; again: back."""
        self.window.present()

    def leave(self) -> None:
        """One step out: a gesture or the selection, a card, the presentation."""
        window = self.window
        if window.choosing.leave() or window.canvas.let_go():
            return
        if window.is_presenting:
            window.present()
            return
        if window.toasts.shown:
            window.toasts.shown[-1].dismiss()

    def show_keys(self) -> None:
        """Every key."""
        show_one(KeySheet, self.window, lambda: KeySheet(actions.ACTIONS, self.window))

    def quit(self) -> None:
        """Close the window."""
        self.window.close()
