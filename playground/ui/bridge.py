"""How do the window and the run talk to each other?

Wishes go down, frames come up: one signal a tick. The bridge owns the session; opening another
document means another session, and nobody else notices.
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from playground.engine.commands import Command
from playground.scenario.model import Scenario
from playground.session.frame import Frame
from playground.session.run_script import RunScript
from playground.session.story import MessageLine, Story
from playground.ui.stage.stops import CueStops


class Run(Protocol):
    """What the window needs of a session."""

    @property
    def scenario(self) -> Scenario: ...
    @property
    def in_force(self) -> Scenario: ...
    @property
    def is_running(self) -> bool: ...
    @property
    def speed(self) -> float: ...
    @property
    def now_us(self) -> int: ...
    @property
    def is_going(self) -> bool: ...

    def tick(self, wall_s: float, out_of_time: Callable[[], bool]) -> Frame: ...
    def frame(self) -> Frame: ...
    def submit(self, command: Command) -> None: ...
    def play(self) -> None: ...
    def pause(self) -> None: ...
    def step(self) -> None: ...
    def reset(self, seed: int | None = None) -> None: ...
    def set_speed(self, x: float) -> None: ...
    def run_to(self, at_us: int) -> None: ...
    def seek(self, at_us: int, out_of_time: Callable[[], bool] = ...) -> bool: ...
    def seek_before(self, out_of_time: Callable[[], bool] = ...) -> bool: ...
    def seek_end(self, out_of_time: Callable[[], bool] = ...) -> bool: ...
    def seek_branch(self, out_of_time: Callable[[], bool] = ...) -> bool: ...
    def note_jump(self) -> bool: ...
    def blow(self, strength: int, seed: int) -> None: ...
    def calm(self) -> None: ...
    def run_script(self) -> RunScript: ...
    def edit(self, after: Scenario, rename: tuple[str, str] | None = None) -> str: ...
    def messages_of(self, group: str, bucket: str, limit: int = 200) -> tuple[MessageLine, ...]: ...
    def story(self, message: int) -> Story | None: ...


LOOKS_AT_ONCE = 60
"""How often a way to another moment looks at its time before it leaves the rest to the ticks."""

OpenRun = Callable[[Scenario, int | None], Run]


class Bridge(QObject):
    """The one owner of the session in the window."""

    frame_ready = Signal(object)
    asked = Signal()
    """Something was wished for; the next frame should not be long in coming."""
    opened = Signal(object)
    """Another scenario has been opened."""
    restarted = Signal()
    """The same scenario begins again: what was counted is gone."""
    moved = Signal()
    """The same run is at another moment: the next lines of the log are all that are known."""

    def __init__(self, open_run: OpenRun, scenario: Scenario, seed: int | None = None) -> None:
        super().__init__()
        self._open_run = open_run
        self._run = open_run(scenario, seed)
        self._frame = self._run.frame()
        self.stops = CueStops()

    @property
    def scenario(self) -> Scenario:
        """The document with every edit made while running."""
        return self._run.scenario

    @property
    def in_force(self) -> Scenario:
        """The document with what its script has set meanwhile."""
        return self._run.in_force

    @property
    def last(self) -> Frame:
        """The newest frame."""
        return self._frame

    @property
    def is_running(self) -> bool:
        """Whether virtual time moves by itself."""
        return self._run.is_running

    @property
    def speed(self) -> float:
        """Virtual seconds a wall second."""
        return self._run.speed

    def open(self, scenario: Scenario, seed: int | None = None) -> None:
        """Swap the document; the old run goes on until the new one stands."""
        run = self._open_run(scenario, seed)
        run.set_speed(self._run.speed)
        self._run = run
        self._frame = run.frame()
        self.stops.restart()
        self.opened.emit(scenario)
        self.frame_ready.emit(self._frame)
        self.asked.emit()

    def tick(self, wall_s: float, out_of_time: Callable[[], bool]) -> bool:
        """One frame onwards; says whether the run moves by itself."""
        self._publish(self.stops.tick(self._run, wall_s, out_of_time))
        return self._run.is_running or self._run.is_going

    def show(self) -> None:
        """Send the present moment, whole, as after opening or a change of place in time."""
        self._publish(self._run.frame())

    def submit(self, command: Command) -> None:
        """Ask for something; what comes of it is in one of the next frames."""
        self._run.submit(command)
        self.asked.emit()

    def set_running(self, is_running: bool) -> None:
        """Run or pause."""
        if is_running:
            self._run.play()
        else:
            self._run.pause()
        self.asked.emit()

    def toggle_running(self) -> None:
        """Run if paused, pause if running."""
        self.set_running(not self._run.is_running)

    def step(self) -> None:
        """To the next thing that happens, then rest."""
        self._run.pause()
        self._run.step()
        self.asked.emit()

    def reset(self, seed: int | None = None) -> None:
        """Back to the start: speed, faults, and the document's seed unless another is given."""
        self._run.reset(seed)
        self.stops.restart()
        self.restarted.emit()
        self.show()
        self.asked.emit()

    def to_start(self) -> None:
        """Back to 0 s with the same seed, at the same speed."""
        speed, is_running = self._run.speed, self._run.is_running
        self._run.reset(self._frame.seed)
        self.stops.restart()
        self._run.set_speed(speed)
        self.set_running(is_running)
        self.restarted.emit()
        self.show()

    def set_speed(self, x: float) -> None:
        """Virtual seconds a wall second from now on."""
        self._run.set_speed(x)
        self.asked.emit()

    def go_to(self, at_us: int) -> bool:
        """Rest at another moment of this run; a long way takes some ticks."""
        self.stops.stand_at(at_us)
        self._move(lambda: self._run.seek(at_us, _after(LOOKS_AT_ONCE)))
        return True

    def go_before(self) -> None:
        """Just before the last fault, loss or repeat."""
        self._move(lambda: self._run.seek_before(_after(LOOKS_AT_ONCE)))

    def go_to_end(self) -> None:
        """The farthest moment that this branch has been played to."""
        self._move(lambda: self._run.seek_end(_after(LOOKS_AT_ONCE)))

    def go_to_branch(self) -> None:
        """The end of the other branch."""
        self._move(lambda: self._run.seek_branch(_after(LOOKS_AT_ONCE)))

    def _move(self, seek: Callable[[], bool]) -> None:
        seek()
        if not self._run.is_going:
            self.stops.stand_at(self._run.now_us)
        if self._run.note_jump():
            self.moved.emit()
        self.show()
        self.asked.emit()

    @property
    def is_going(self) -> bool:
        """Whether the run is on its way to another moment."""
        return self._run.is_going

    def blow(self, strength: int, seed: int) -> None:
        """A storm over the whole scene."""
        self._run.blow(strength, seed)
        self.asked.emit()

    def calm(self) -> None:
        """The storm ends; what it has broken stays."""
        self._run.calm()
        self.asked.emit()

    def run_script(self) -> RunScript:
        """The scenario that plays this run again, up to now."""
        return self._run.run_script()

    def edit(self, after: Scenario, rename: tuple[str, str] | None = None) -> str:
        """Another document, which the run follows and the next frame shows; or why not."""
        refusal = self._run.edit(after, rename)
        if not refusal:
            self.show()
            self.asked.emit()
        return refusal

    def messages_of(self, group: str, bucket: str, limit: int) -> tuple[MessageLine, ...]:
        """The newest messages behind a number of the scoreboard."""
        return self._run.messages_of(group, bucket, limit)

    def story(self, message: int) -> Story | None:
        """The life of a message."""
        return self._run.story(message)

    def _publish(self, frame: Frame) -> None:
        self._frame = frame
        self.frame_ready.emit(frame)


def _after(looks: int) -> Callable[[], bool]:
    """Out of time at the so many-th look: the same on any machine."""
    left = iter(range(looks))
    return lambda: next(left, None) is None
