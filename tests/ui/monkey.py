"""Does the whole window live through anything at all, and does every number still add up?

The real session under the real window, driven frame by frame without a clock: a frame is a number
of steps and not of milliseconds. After every event the mistakes are looked at, and the processor
time it took; now and then the laws, the undo stack and the saved text.
"""

import logging
import traceback
from collections import deque
from collections.abc import Callable
from pathlib import Path
from time import thread_time
from typing import NoReturn

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from playground.engine import laws
from playground.scenario.load import load_text
from playground.scenario.model import Scenario
from playground.scenario.problem import ScenarioError
from playground.scenario.save import to_text
from playground.session.session import Session
from playground.ui.application import application, make_window
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.editing import Step
from playground.ui.exception_net import ExceptionNet, Mistake
from playground.ui.frame_pump import FramePump
from playground.ui.main_window import MainWindow
from playground.ui.theme import LIGHT
from tests.ui.monkey_dialogs import files_in
from tests.ui.monkey_hands import Event, Hands
from tests.ui.prompt_job import PromptJob
from tests.ui.stopped_timers import Timers
from tests.ui.yardstick import Yardstick

STALL_S = 0.25
"""On a calm machine; a yardstick says how much of it was the neighbours' doing."""
FRAME_S = 1 / 60
LOOKS_A_FRAME = 6
"""Instead of six milliseconds: so often may the run go on for another 64 steps."""
LOOKS_AT_THE_YARDSTICK = 20  # gestures from one to the next
REMEMBERED = 40
NO_NEWS = "This plugin does not support"


CLOSE = MainWindow.close


class MonkeyError(AssertionError):
    """What went wrong, with the gestures that led to it."""


class Words(logging.Handler):
    """What the net's log was told."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if NO_NEWS not in text:
            self.said.append(text)


class Monkey:
    """A window, hands that know nothing, and everything that must hold all the same."""

    def __init__(
        self, seed: int, scenario: Scenario, folder: Path, timers: Timers, liked: str = ""
    ) -> None:
        """It likes one action, by its id, more than all others."""
        self.seed = seed
        self.yardstick = Yardstick()
        self.done: deque[str] = deque(maxlen=REMEMBERED)
        self.slowest: tuple[float, str] = (0.0, "")
        self.caught: list[Mistake] = []
        self.words = Words()
        self.net = ExceptionNet(None)
        self.net.caught.connect(self.caught.append)
        application()
        self.session: Session
        self.bridge = Bridge(self._open_run, scenario)  # type: ignore[arg-type]
        self.first = self.bridge.scenario
        self.window: MainWindow = make_window(self.bridge, Document(), LIGHT)
        self.window.proving.make_job = PromptJob
        self.bridge.opened.connect(self._on_opened)
        self.pump = FramePump(self._tick)
        self.bridge.asked.connect(self.pump.wake)
        self.window.canvas.reduces_motion = True  # a journey takes wall time
        self.hands = Hands(self.window, seed, files_in(folder), self._beat, timers, liked)

    def _open_run(self, scenario: Scenario, seed: int | None) -> Session:
        self.session = Session(scenario, seed)
        return self.session

    def _on_opened(self, scenario: Scenario) -> None:
        self.first = scenario

    def _tick(self, wall_s: float, out_of_time: Callable[[], bool]) -> bool:
        looks = iter(range(LOOKS_A_FRAME))
        return self.bridge.tick(wall_s, lambda: next(looks, None) is None)

    def _beat(self) -> bool:
        return self.pump.beat(FRAME_S)

    # ------------------------------------------------------------------ running

    def play(self, gestures: int, check_every: int) -> None:
        """So many gestures, each followed by a frame or two."""
        self.net.install()
        logging.getLogger("playground.mistakes").addHandler(self.words)
        self.window.show()
        self.pump.start(by_itself=False)
        try:
            for number in range(1, gestures + 1):
                for event in self.hands.gesture():
                    self._do(event)
                for _ in range(self.hands.chance.randint(1, 2)):
                    self._do(("a frame", self.hands.frame))
                if number % LOOKS_AT_THE_YARDSTICK == 0:
                    self.yardstick.look()
                if number % check_every == 0 or number == gestures:
                    self.check()
        finally:
            self._close()

    def _do(self, event: Event) -> None:
        said, act = event
        self.done.append(said)
        began_s = thread_time()
        try:
            act()
            QApplication.processEvents()
        except Exception:
            self._fail(traceback.format_exc())
        took_s = thread_time() - began_s
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.slowest = max(self.slowest, (took_s, said))
        if self.caught:
            self._fail(self.caught[0].report)
        if self.words.said:
            self._fail("\n".join(self.words.said))
        if took_s > STALL_S and took_s > STALL_S * self.yardstick.slowness():
            self._fail(f"{1_000 * took_s:.0f} ms of processor time for: {said}")

    def _fail(self, why: str) -> NoReturn:
        history = "\n  ".join(self.done)
        raise MonkeyError(f"seed {self.seed}, after …\n  {history}\n{why}")

    def _close(self) -> None:
        self.pump.stop()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self.window.hands.editor.stack.setClean()
        self.window.canvas.hovering.close()
        CLOSE(self.window)
        self.window.deleteLater()
        QApplication.processEvents()
        logging.getLogger("playground.mistakes").removeHandler(self.words)
        self.net.remove()

    # ------------------------------------------------------------------ what must hold

    def check(self) -> None:
        """Ledger, undo and text, now; on the way to another moment, when it is reached."""
        while self.bridge.is_going:
            self.bridge.tick(0.0, lambda: False)
        try:
            laws.check(self.session.simulator.world)
        except AssertionError as error:
            self._fail(f"a law is broken: {error!r}")
        frame = self.bridge.last
        unsound = [row.group for row in frame.groups if not row.adds_up]
        if unsound:
            self._fail(f"the scoreboard of {unsound} does not add up")
        if frame.notice:
            self._fail(frame.notice)
        self._check_text()
        self._check_undo()

    def _check_text(self) -> None:
        text = to_text(self.bridge.scenario)
        try:
            again = to_text(load_text(text))
        except ScenarioError as error:
            self._fail("\n".join(["what is saved cannot be opened:", *error.lines(), text]))
        if again != text:
            self._fail(f"saved, opened and saved again it is another text:\n{text}\n---\n{again}")

    def _is_in_step(self) -> bool:
        """Whether the document is the one of the last step; another branch of the run has its own,
        to which no list of steps leads."""
        stack, document = self.window.hands.editor.stack, self.bridge.scenario
        last = stack.command(max(0, stack.index() - 1))
        if not isinstance(last, Step):
            return True
        wanted = last.after if stack.index() else last.before
        return to_text(wanted) == to_text(document)

    def _check_undo(self) -> None:
        """All back is the first document, all again is this one."""
        stack = self.window.hands.editor.stack
        if not self._is_in_step():
            return
        now, there = to_text(self.bridge.scenario), stack.index()
        names = [stack.text(index) for index in range(there)]
        is_whole = there < stack.undoLimit()
        while stack.canUndo():
            before = stack.index()
            self._do((f"undo {stack.undoText()}", self.window.hands.undo))
            if stack.index() == before:
                self._fail(f"{stack.undoText()!r} cannot be taken back")
        first = to_text(self.bridge.scenario)
        if is_whole and first != to_text(self.first):
            self._fail(f"all undone, of {names}, is not the first document:\n{first}")
        while stack.index() < there:
            before = stack.index()
            self._do((f"redo {stack.redoText()}", self.window.hands.redo))
            if stack.index() == before:
                self._fail(f"{stack.redoText()!r} cannot be made again")
        if to_text(self.bridge.scenario) != now:
            self._fail(f"all undone and made again, of {names}, is another document")
