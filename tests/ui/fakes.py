"""What stands in for the session and the canvas in tests of the window?"""

from collections.abc import Callable

import samples
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.engine.commands import Command
from playground.scenario.model import Scenario
from playground.session.frame import Frame


class FakeRun:
    """Shows one frame for ever and notes what it is asked for."""

    def __init__(self, scenario: Scenario | None = None, seed: int | None = None) -> None:
        self.scenario = scenario or samples.scenario()
        self.shown = samples.frame(log=())
        self.asked: list[object] = []

    def opened(self, scenario: Scenario, seed: int | None = None) -> "FakeRun":
        """The same run with another document."""
        self.scenario = scenario
        return self

    @property
    def is_running(self) -> bool:
        return self.shown.is_running

    @property
    def speed(self) -> float:
        return self.shown.speed

    @property
    def now_us(self) -> int:
        return self.shown.now_us

    def tick(self, wall_s: float, out_of_time: Callable[[], bool]) -> Frame:
        return self.shown

    def frame(self) -> Frame:
        return self.shown

    def submit(self, command: Command) -> None:
        self.asked.append(command)

    def play(self) -> None:
        self.shown = self.shown._replace(is_running=True)

    def pause(self) -> None:
        self.shown = self.shown._replace(is_running=False)

    def step(self) -> None:
        self.asked.append("step")

    def reset(self, seed: int | None = None) -> None:
        self.asked.append(("reset", seed))

    def set_speed(self, speed: float) -> None:
        self.shown = self.shown._replace(speed=speed)

    def run_to(self, at_us: int) -> None:
        self.asked.append(("run_to", at_us))

    def move_node(self, node: str, x: float, y: float) -> None:
        self.asked.append(("move", node, x, y))


class FakeCanvas(QWidget):
    """Has the canvas's signals and remembers what it is told."""

    command_requested = Signal(object)
    node_moved = Signal(str, float, float)
    selection_changed = Signal(object)
    story_requested = Signal(int)
    open_preset_requested = Signal()
    part_dropped = Signal(str, float, float)

    def __init__(self, theme: object = None) -> None:
        super().__init__()
        self.told: list[object] = []
        self.selected: object = None

    def set_theme(self, theme: object) -> None:
        self.told.append("theme")

    def show_frame(self, frame: Frame) -> None:
        self.told.append("frame")

    def set_layout(self, layout: dict[str, tuple[float, float]]) -> None:
        self.told.append(("layout", layout))

    def let_go(self) -> bool:
        was_selected = self.selected is not None
        self.select(None)
        return was_selected

    def fit(self) -> None:
        self.told.append("fit")

    def select(self, *selection: object) -> None:
        self.told.append(("select", *selection))
        if selection[0] != self.selected:
            self.selected = selection[0]
            self.selection_changed.emit(self.selected)
