"""How does a person go to other moments of the run, and keep the run as a file?"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from playground.scenario.model import Scenario
from playground.scenario.save import save_file
from playground.session.frame import Frame
from playground.ui.file_names import file_name_for, why_not_to
from playground.ui.format import clock
from playground.ui.panels.file_desk import FILTER

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow

ANOTHER_BRANCH = "Ctrl+Shift+B goes back to the other one."


class Past:
    """Goes back and forth in one window's run."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._bridge = window.bridge
        self._document = window.bridge.scenario
        self._bridge.moved.connect(self._on_moved)

    # ------------------------------------------------------------------ other moments

    def go_to(self, at_us: int) -> None:
        """To another moment of this run, and rest there."""
        self._bridge.go_to(at_us)
        self._tell_what_lies_ahead()

    def go_before(self) -> None:
        """Just before the last fault, loss or repeat."""
        if not self._bridge.last.has_past:
            self._window.toasts.say("Nothing has gone wrong yet", icon="help")
            return
        self._bridge.go_before()
        self._tell_what_lies_ahead()

    def go_to_end(self) -> None:
        """As far as this run has been played."""
        self._bridge.go_to_end()

    def go_to_branch(self) -> None:
        """To the end of the other branch."""
        self._bridge.go_to_branch()
        frame = self._bridge.last
        if frame.going is None:
            self._window.toasts.say(f"The other branch, at {clock(frame.now_us)}", ANOTHER_BRANCH)

    def _tell_what_lies_ahead(self) -> None:
        ahead = self._bridge.last.ahead
        if ahead and self._bridge.last.going is None:
            clicks = "One click lies" if ahead == 1 else f"{ahead} clicks lie"
            self._window.toasts.say(
                f"{clicks} ahead",
                "Run repeats what was done. A new click begins another branch.",
                "help",
            )

    def _on_moved(self) -> None:
        """What is known of the run is told again."""
        panes = self._window.panes
        panes.log.forget_run()
        panes.board.forget()
        panes.story.restart()

    def show_frame(self, frame: Frame) -> None:
        """Say that a branch has begun; the edits follow the document of the moment."""
        document = self._bridge.scenario
        if frame.going is None and document is not self._document:
            self._document = document
            self._window.hands.editor.follow()
        for line in frame.log:
            if line.kind == "branch":
                self._window.toasts.say(line.text.removesuffix("."), ANOTHER_BRANCH, "help")

    # ------------------------------------------------------------------ the run as a file

    def ask_save_run(self) -> None:
        """Tell what happened, then let a place be chosen for it."""
        made = self._bridge.run_script()
        at = clock(self._bridge.last.now_us)
        count = len(made.happened)
        clicks = {0: "without a click", 1: "with one click"}.get(count, f"with {count} clicks")
        lines = [*made.notes, *made.happened]
        if made.scenario is None:
            self._window.choosing.say("This run cannot be saved as a scenario", lines)
            return
        if made.is_exact:
            lines.insert(0, f"Run for {at} it comes to the same counters, and claims so.")
        scenario = made.scenario
        self._window.choosing.say(
            f"Save this run, {clicks}, as a scenario?",
            lines,
            (("Save…", lambda: self._ask_where(scenario)), ("Cancel", lambda: None)),
            "save",
        )

    def _ask_where(self, scenario: Scenario) -> None:
        path = self._window.hands.files.document.path
        name = file_name_for(f"{scenario.name} run")
        start = path.with_name(name) if path is not None else Path(name)
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "Save this run as a scenario", str(start), FILTER
        )
        if chosen:
            self.save_run(scenario, Path(chosen))

    def save_run(self, scenario: Scenario, path: Path) -> bool:
        """Write it beside the open document, which stays open; says whether that went well."""
        path = path.absolute()
        if not path.suffix:
            path = path.with_name(path.name + ".yaml")
        refusal = why_not_to(path)
        if not refusal:
            try:
                save_file(path, scenario)
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or str(error)
                refusal = f"{path.parent}: {reason}. Save it in another folder."
        if refusal:
            self._window.choosing.say(f"{path.name} was not saved", [refusal])
            return False
        self._window.toasts.say(f"Saved {path.name}", "The open scenario is unchanged.", "save")
        return True
