"""How does a window prove something about its scene, and what becomes of the proof?

The search runs in a process of its own; a timer asks every 100 ms what has come. At most one
proof is under way, and it ends with the window and with the document that it is about.
"""

from collections.abc import Callable
from dataclasses import replace
from os import cpu_count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from playground.checker.bounds import Bounds
from playground.checker.explore import Progress
from playground.checker.job import Failure, ProofJob
from playground.checker.properties import TITLES
from playground.checker.verdict import FaultSet, Proof, Verdict
from playground.scenario.model import Scenario
from playground.scenario.topology import groups
from playground.session.frame import Frame
from playground.ui.panels.panes import PROVE
from playground.ui.panels.prove import words
from playground.ui.showing import Showing

if TYPE_CHECKING:
    from playground.ui.main_window import MainWindow

POLL_MS = 100
PROVING = "Proving…"
NOTHING_CHOSEN = "Choose at least one promise to prove."
NOTHING_TO_PLAY = "There is no counterexample to play"
MakeJob = Callable[..., Any]


def workers() -> int:
    """One processor is left to the window."""
    return max(1, min(4, (cpu_count() or 2) - 1))


class Proving(QObject):
    """The proof of one window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._bridge = window.bridge
        self.panel = window.panes.prove
        self.make_job: MakeJob = ProofJob
        self.job: Any = None
        self.proof: Proof | None = None
        self.proved: Scenario | None = None
        """The scene that the verdicts are about."""
        self.showing = Showing(window)
        self._bounds = Bounds()
        self._seen: tuple[Scenario | None, int] = (None, 0)
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.poll)
        self.panel.prove_wished.connect(self.prove)
        self.panel.cancel_wished.connect(self.cancel)
        self.panel.results.wished.connect(self._on_wish)
        self.panel.results.back_wished.connect(self.go_back)
        self._bridge.opened.connect(self._on_opened)
        self._bridge.frame_ready.connect(self.show_frame)
        window.closed.connect(self.close)
        self._on_opened(self._bridge.scenario)

    @property
    def is_running(self) -> bool:
        """Whether a proof is under way."""
        return self.job is not None

    # ------------------------------------------------------------------ asking

    def open_page(self) -> None:
        """The page, with the keys on its button."""
        self._window.open_page(PROVE)
        self.panel.button.setFocus()

    def toggle(self) -> None:
        """Prove, or cancel what is being proved."""
        if self.is_running:
            self.cancel()
            return
        if not self._window.is_presenting:
            self._window.open_page(PROVE)
        self.prove()

    def prove(self) -> None:
        """Begin with the scene as it is on the canvas."""
        if self.is_running:
            return
        scenario = replace(self._bridge.scenario, seed=self._bridge.last.seed)
        bounds = self.panel.question.bounds()
        refusal = "" if groups(scenario.nodes) else words.NO_GROUP
        if not bounds.properties:
            refusal = NOTHING_CHOSEN
        self._forget()
        if refusal:
            self.panel.say(refusal, scenario)
            self._say("Nothing to prove", refusal, "help")
            return
        method = self.panel.question.chosen_method
        self._bounds, self.proved = bounds, scenario
        self.job = self.make_job(scenario, bounds, workers=workers(), method=method)
        self.job.start()
        self.panel.say(words.SEARCHING, scenario)
        self.panel.show_running(True)
        self._timer.start()
        self._say(PROVING, "Ctrl+Return cancels.", "clock")

    def cancel(self) -> None:
        """Ask it to stop; its verdicts so far come within half a second."""
        if self.job is not None:
            self.job.cancel()

    def close(self) -> None:
        """Stop at once, whatever is under way."""
        self._timer.stop()
        if self.job is not None:
            self.job.close()
            self.job = None
            self.panel.show_running(False)

    # ------------------------------------------------------------------ answers

    def poll(self) -> None:
        """Take what has come."""
        for message in self.job.poll() if self.job is not None else ():
            if isinstance(message, Progress):
                self.panel.show_progress(message, self._bounds)
            elif isinstance(message, Failure):
                self._end()
                self._fail(message)
            else:
                self._end()
                self._show(message)

    def _end(self) -> None:
        self._timer.stop()
        if self.job is not None:
            self.job.close()
        self.job = None
        self.panel.show_running(False)

    def _show(self, proof: Proof) -> None:
        assert self.proved is not None
        self.proof = proof
        self.panel.show_proof(proof, self.proved)
        self._mark()
        if QAccessible.isActive():
            said = QAccessibleAnnouncementEvent(self.panel, words.counted(proof))
            QAccessible.updateAccessibility(said)
        plainest = self._plainest()
        if plainest is None:
            self._say(words.counted(proof), "", "check")
        else:
            self._say(words.counted(proof), f"{told(plainest[0])}. Shift+V plays it.", "bolt")

    def _fail(self, failure: Failure) -> None:
        scenario = self._bridge.scenario
        self.proved = None
        self.panel.say(failure.sentence, scenario)
        if failure.details:
            self._window.say_error(failure.sentence, failure.details.splitlines()[-6:])
        else:
            self._say(failure.sentence, "", "help")

    def _say(self, title: str, body: str, icon: str) -> None:
        """Where the page is not in sight, the canvas tells; the last word is the only one."""
        for toast in [each for each in self._window.toasts.shown if each.title == PROVING]:
            toast.dismiss()
        if self.panel.isHidden():
            self._window.toasts.say(title, body, icon)

    # ------------------------------------------------------------------ whose verdicts they are

    def show_frame(self, frame: Frame) -> None:
        """Look only when the document is another one."""
        scenario = self._bridge.scenario
        if scenario is not self._seen[0] or frame.seed != self._seen[1]:
            self._seen = (scenario, frame.seed)
            self.panel.question.offer_groups(groups(scenario.nodes))
            self._mark()
            if self.proof is None:
                self.panel.show_table(None, scenario)

    def _mark(self) -> None:
        results, proved = self.panel.results, self.proved
        if proved is None or self.proof is None:
            return
        if is_same_scene(proved, replace(self._bridge.scenario, seed=self._bridge.last.seed)):
            results.note("")
        elif self.showing.is_on_canvas:
            results.note(words.ON_CANVAS, f"Back to {proved.name}")
        else:
            results.note(words.CHANGED)

    def _on_opened(self, scenario: Scenario) -> None:
        """Another document: its own counterexamples and the way back keep the verdicts."""
        if self.showing.is_opening:
            return
        self._forget()
        self.panel.clear(scenario)
        self._seen = (None, 0)
        self.show_frame(self._bridge.last)

    def _forget(self) -> None:
        self.close()
        self.proof = self.proved = None
        self.showing.forget()

    # ------------------------------------------------------------------ counterexamples

    def _plainest(self) -> tuple[Verdict, FaultSet] | None:
        """The counterexample with the fewest faults of all that can be played."""
        shown = [
            (each, each.minimal[0])
            for each in (self.proof.verdicts if self.proof is not None else ())
            if each.minimal and each.minimal[0].scenario
        ]
        return min(shown, key=lambda each: len(each[1].faults), default=None)

    def play_first(self) -> None:
        """The plainest counterexample of all."""
        plainest = self._plainest()
        if plainest is None:
            self._window.toasts.say(NOTHING_TO_PLAY, "Ctrl+Return proves the scene.", "help")
        else:
            self._on_wish("play", *plainest)

    def _on_wish(self, wish: str, verdict: Verdict | None, found: FaultSet | None) -> None:
        assert self.proof is not None
        assert self.proved is not None
        if verdict is None or found is None:
            self.showing.hand_on(wish, self.proof, self.proved)
        elif wish == "play":
            self.showing.play(verdict, found)
            self._mark()
        else:
            self.showing.keep(wish, verdict, found)

    def go_back(self) -> None:
        """From a counterexample to the scene that was proved."""
        self.showing.go_back()
        self._mark()


def told(verdict: Verdict) -> str:
    """``billing: applied twice, with 1 fault``."""
    many = words.faults(verdict.faults) if verdict.faults else "no fault at all"
    return f"{verdict.claim.group}: {TITLES[verdict.claim.property]}, with {many}"


def is_same_scene(a: Scenario, b: Scenario) -> bool:
    """Whether what was proved of the one holds of the other: places and cards do not matter."""
    return (a.nodes, a.links, a.seed) == (b.nodes, b.links, b.seed)
