"""How is a counterexample put on the canvas, and how is it kept?

It is a scenario whose script strikes the faults. Before it is shown it is run once, within some
milliseconds: it must come to the same hash as in the search, and the moment of the break becomes a
cue at which the run waits.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from playground.checker.breaking import breaking
from playground.checker.certificate import certificate
from playground.checker.certificate_text import certificate_text
from playground.checker.mermaid import mermaid
from playground.checker.verdict import FaultSet, Proof, Verdict
from playground.scenario.load import load_text
from playground.scenario.model import Cue, Scenario
from playground.scenario.topology import members_of
from playground.session.frame import Frame
from playground.ui.document import Document
from playground.ui.file_names import file_name_for, why_not_to
from playground.ui.panels.file_desk import FILTER
from playground.ui.panels.prove.fault_words import broken_line, fault_lines, names_in, sentence
from playground.ui.panels.stage import SHORT_PX
from playground.ui.reader import SPEEDS

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow

SHOWN_IN_S = 12.0
JSON_FILTER = "Certificates (*.json)"
NOWHERE = -1


class Staged(NamedTuple):
    """A counterexample as it is shown."""

    scenario: Scenario
    break_us: int
    faults: str
    broken: str


class Home(NamedTuple):
    """What was open when the first counterexample was played, and how fast it ran."""

    scenario: Scenario
    document: Document
    speed: float


def staged(verdict: Verdict, found: FaultSet) -> Staged:
    """The counterexample with a cue where its promise breaks."""
    scenario = load_text(found.scenario)
    moment = breaking(scenario, verdict.claim)
    assert moment.trace_sha256 == found.trace_sha256, "the counterexample runs otherwise here"
    names = names_in(scenario)
    faults = sentence(fault_lines(found, names))
    broken = broken_line(verdict, replace(found, messages=moment.messages), names)
    says = f"Here the promise breaks: {broken}."
    cues = (Cue(at_us=0, say=f"{faults}."), Cue(at_us=moment.at_us, say=says, pause=True))
    return Staged(replace(scenario, cues=cues), moment.at_us, faults, broken)


def pace(break_us: int) -> float:
    """Slow enough to be followed, and never faster than twice the true speed."""
    wanted = break_us / 1e6 / SHOWN_IN_S
    return max((speed for speed in SPEEDS if speed <= min(wanted, 2.0)), default=SPEEDS[0])


class Showing:
    """The counterexample of one window, and the scene that it is from."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._bridge = window.bridge
        self.is_opening = False
        """While a document is opened from here."""
        self._home: Home | None = None
        self._break_us = NOWHERE
        self._broken = ""
        self._bridge.frame_ready.connect(self._on_frame)

    @property
    def is_on_canvas(self) -> bool:
        """Whether a counterexample is the open document."""
        return self._home is not None

    def forget(self) -> None:
        """The open document has nothing to do with a proof any more."""
        self._home, self._break_us = None, NOWHERE

    # ------------------------------------------------------------------ on the canvas

    def play(self, verdict: Verdict, found: FaultSet) -> bool:
        """Open it and play it slowly up to the break; says whether the scene could be left."""
        shown = staged(verdict, found)
        window, files = self._window, self._window.hands.files
        home = self._home or Home(self._bridge.scenario, files.document, self._bridge.speed)
        self.is_opening = True
        try:
            if not files.show(shown.scenario):
                return False
        finally:
            self.is_opening = False
        self._home, self._break_us, self._broken = home, shown.break_us, shown.broken
        if window.height() < SHORT_PX:
            window.open_page("")  # the canvas needs the room
        self._bridge.set_running(False)
        self._bridge.set_speed(pace(shown.break_us))
        members = members_of(shown.scenario, verdict.claim.group)
        window.select(("node", members[0]) if members and not window.is_presenting else None)
        if not self._bridge.stops.waits_at_cues:  # else the first card says it
            window.toasts.say(shown.scenario.name, f"{shown.faults}.", "bolt")
        self._bridge.show()
        window.canvas.setFocus()  # Space goes on, and does not press the button again
        window.reader.starter.start()
        return True

    def go_back(self) -> None:
        """To the scene that was proved; what was unsaved in it is unsaved again."""
        if self._home is None:
            return
        scenario, document, speed = self._home
        self.is_opening = True
        try:
            if self._window.hands.files.recover(scenario, document):
                self.forget()
                self._bridge.set_speed(speed)
        finally:
            self.is_opening = False

    def _on_frame(self, frame: Frame) -> None:
        """Without cue cards the run stops at the break all the same, and that is told."""
        stops = self._bridge.stops
        if self._break_us == NOWHERE or stops.waits_at_cues:
            return
        if frame.now_us == self._break_us:
            self._window.toasts.say("Here the promise breaks", f"{self._broken}.", "warning")
        elif frame.is_running and frame.now_us < self._break_us and stops.goal_us == NOWHERE:
            stops.aim(self._break_us)

    # ------------------------------------------------------------------ kept

    def keep(self, wish: str, verdict: Verdict, found: FaultSet) -> None:
        """Save it as a scenario, or copy it as a diagram or as steps."""
        if wish == "save":
            self._save(verdict, found)
        elif wish == "copy":
            text = mermaid(load_text(found.scenario), verdict.claim)
            self._copy(text, "Copied as Mermaid", "Paste it into a document that draws diagrams.")
        else:
            self._copy("\n".join((*found.steps, "")), "Steps copied")

    def _save(self, verdict: Verdict, found: FaultSet) -> None:
        scenario = staged(verdict, found).scenario
        start = self._beside(file_name_for(f"{scenario.name} {verdict.claim.group}"))
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "Save the counterexample as a scenario", start, FILTER
        )
        if chosen:
            self._window.past.save_run(scenario, Path(chosen))

    def hand_on(self, wish: str, proof: Proof, proved: Scenario) -> None:
        """The whole certificate as text, or as a file."""
        if wish == "text":
            self._copy(certificate_text(proof), "Certificate copied")
            return
        start = self._beside(f"{Path(file_name_for(proof.scenario)).stem}.certificate.json")
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "Save the certificate", start, JSON_FILTER
        )
        if chosen:
            self.save_certificate(proof, proved, Path(chosen))

    def save_certificate(self, proof: Proof, proved: Scenario, path: Path) -> bool:
        """Write it; says whether that went well."""
        path = path.absolute()
        if not path.suffix:
            path = path.with_name(f"{path.name}.json")
        refusal = why_not_to(path)
        if not refusal:
            text = json.dumps(certificate(proof, proved), indent=1, ensure_ascii=False)
            try:
                path.write_text(text + "\n", encoding="utf-8")
            except OSError as error:
                refusal = f"{path.parent}: {error.strerror}. Save it in another folder."
        if refusal:
            self._window.choosing.say(f"{path.name} was not saved", [refusal])
            return False
        again = f"delivery-playground prove --verify {path.name} runs it again."
        self._window.toasts.say(f"Saved {path.name}", again, "save")
        return True

    def _beside(self, name: str) -> str:
        path = self._window.hands.files.document.path
        return str(path.with_name(name) if path is not None else Path(name))

    def _copy(self, text: str, title: str, body: str = "") -> None:
        QGuiApplication.clipboard().setText(text)
        self._window.toasts.say(title, body, "copy")
