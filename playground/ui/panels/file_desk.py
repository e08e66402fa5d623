"""How is a scenario opened and saved, and what is said when that fails?

Whatever goes wrong, the open document stays as it is.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from playground.scenario.load import load_file
from playground.scenario.model import Scenario
from playground.scenario.problem import ScenarioError
from playground.scenario.save import save_file
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.editing import Editor

FILTER = "Scenarios (*.yaml *.yml)"
Say = Callable[[str, list[str]], None]
"""Shows a title and its lines until they are closed."""


class FileDesk:
    """Opens and saves on behalf of the window."""

    def __init__(
        self, window: QWidget, bridge: Bridge, document: Document, editor: Editor, say: Say
    ) -> None:
        self._window = window
        self._bridge = bridge
        self._editor = editor
        self._say = say
        self.document = document

    @property
    def is_modified(self) -> bool:
        """Whether there is something to lose."""
        return self._editor.is_modified

    def new(self) -> None:
        """An empty scenario."""
        if self.may_leave():
            self._swap(Scenario(name="Untitled"), Document())

    def ask_open(self) -> None:
        """Let a file be chosen."""
        folder = str(self.document.path.parent) if self.document.path else ""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a scenario", folder, FILTER)
        if name:
            self.open(Path(name))

    def open(self, path: Path, preset: str = "") -> bool:
        """Open a file; says whether that went well."""
        if not self.may_leave():
            return False
        try:
            scenario = load_file(path)
        except ScenarioError as error:
            lines = [*error.lines(8), "The open scenario is unchanged."]
            self._say(f"{path.name} was not opened", lines)
            return False
        self._swap(scenario, Document(None if preset else path, preset))
        return True

    def show(self, scenario: Scenario) -> bool:
        """Open what is in no file yet; says whether the open scenario could be left."""
        if not self.may_leave():
            return False
        self._swap(scenario, Document())
        return True

    def _swap(self, scenario: Scenario, document: Document) -> None:
        self.document = document
        self._editor.stack.clear()
        self._bridge.open(scenario)

    def save(self) -> bool:
        """Write to the document's own file, or ask for one."""
        if self.document.path is None:
            return self.ask_save_as()
        return self.save_to(self.document.path)

    def ask_save_as(self) -> bool:
        """Let a place be chosen."""
        start = self.document.path or Path(f"{self._bridge.scenario.name}.yaml")
        name, _ = QFileDialog.getSaveFileName(self._window, "Save the scenario", str(start), FILTER)
        return bool(name) and self.save_to(Path(name))

    def save_to(self, path: Path) -> bool:
        """Write the file whole or not at all."""
        scenario = self._bridge.scenario
        try:
            save_file(path, scenario)
        except OSError as error:
            reason = error.strerror or str(error)
            self._say(f"{path.name} was not saved", [f"{reason}. Your edits are still here."])
            return False
        self.document.note_saved(path)
        self._editor.stack.setClean()
        return True

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved edits, if there are any."""
        if not self.is_modified:
            return True
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setText(f"Save the edits of {self._bridge.scenario.name}?")
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        answer = box.exec()
        if answer == buttons.Save:
            return self.save()
        return answer == buttons.Discard
