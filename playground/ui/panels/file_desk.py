"""How is a scenario opened and saved, and what is said when that fails?

Whatever goes wrong, the open document stays as it is. A file is read before the question what
becomes of unsaved edits: a file that cannot be opened costs nobody an answer. The presets that are
shipped are never written to.
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
from playground.ui.file_names import ENDING, file_name_for, preset_of, why_not_to
from playground.ui.panels.questions import ask_to_replace, ask_to_save
from playground.ui.recent import RecentFiles

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
        self.recent = RecentFiles()
        self.document = document
        if document.saved is None:
            document.saved = bridge.scenario

    @property
    def is_modified(self) -> bool:
        """Whether there is something to lose: edits that were all taken back are nothing."""
        return self._editor.is_modified and self.document.differs(self._bridge.scenario)

    # ------------------------------------------------------------------ opening

    def new(self) -> None:
        """An empty scenario."""
        self.show(Scenario(name="Untitled"))

    def ask_open(self) -> None:
        """Let a file be chosen."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Open a scenario", self._folder(), FILTER
        )
        if name:
            self.open(Path(name))

    def open(self, path: Path, preset: str = "") -> bool:
        """Open a file; says whether that went well."""
        try:
            path = path.absolute()
            scenario = load_file(path)
        except ScenarioError as error:
            named = ScenarioError(path.name, error.problems)  # the folder would fill every line
            lines = [*named.lines(), "The open scenario is unchanged."]
            self._say(f"{path.name} was not opened", lines)
            return False
        if not self.may_leave():
            return False
        preset = preset or preset_of(path)
        self._swap(scenario, Document(None if preset else path, preset, scenario))
        if not preset:
            self.recent.note(path)
        return True

    def open_recent(self, path: Path) -> bool:
        """Open a file of the list; one that is gone leaves the list, and that is said."""
        if not path.exists():
            self.recent.forget(path)
            lines = [f"It is no longer in {path.parent}. It has been taken off the list."]
            self._say(f"{path.name} is not there", lines)
            return False
        return self.open(path)

    def show(self, scenario: Scenario) -> bool:
        """Open what is in no file yet; says whether the open scenario could be left."""
        if not self.may_leave():
            return False
        self._swap(scenario, Document(saved=scenario))
        return True

    def recover(self, scenario: Scenario, document: Document) -> bool:
        """Open what was never saved: it stays unsaved; says whether the open one could be left."""
        if not self.may_leave():
            return False
        self._swap(scenario, document)
        self._editor.stack.resetClean()
        return True

    def _swap(self, scenario: Scenario, document: Document) -> None:
        before, self.document = self.document, document
        try:
            self._bridge.open(scenario)
        except BaseException:
            self.document = before
            raise
        self._editor.stack.clear()

    # ------------------------------------------------------------------ saving

    def save(self) -> bool:
        """Write to the document's own file, or ask for one."""
        path = self.document.path
        if path is None:
            return self.ask_save_as()
        if self.document.is_overtaken and not ask_to_replace(
            self._window,
            f"Replace {path.name}?",
            "Another program has changed this file since it was opened here.",
        ):
            return False
        return self.save_to(path)

    def ask_save_as(self) -> bool:
        """Let a place be chosen."""
        name = file_name_for(self._bridge.scenario.name)
        start = self.document.path or Path(self._folder()) / name
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "Save the scenario", str(start), FILTER
        )
        if not chosen:
            return False
        path = Path(chosen)
        if not path.suffix:
            # The dialog has asked about the name as it was typed, not about this one.
            path = path.with_name(path.name + ENDING)
            if path.exists() and not ask_to_replace(
                self._window, f"Replace {path.name}?", f"There is such a file in {path.parent}."
            ):
                return False
        return self.save_to(path)

    def save_to(self, path: Path) -> bool:
        """Write the file whole or not at all."""
        scenario = self._bridge.scenario
        try:
            path = path.absolute()
            refusal = why_not_to(path)
            if not refusal:
                save_file(path, scenario)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            refusal = f"{path.parent}: {reason}. Save it in another folder."
        if refusal:
            self._say(f"{path.name} was not saved", [refusal, "Your edits are still here."])
            return False
        self.document.note_saved(path, scenario)
        self._editor.stack.setClean()
        self.recent.note(path)
        return True

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved edits, if there are any."""
        if not self.is_modified:
            return True
        name = self._bridge.scenario.name
        answer = ask_to_save(self._window, name, self._editor.unsaved)
        if answer == QMessageBox.StandardButton.Save:
            return self.save()
        return answer == QMessageBox.StandardButton.Discard

    def _folder(self) -> str:
        folder = self.document.path.parent if self.document.path else self.recent.folder
        return str(folder) if folder is not None else ""
