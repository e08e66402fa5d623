"""What stands in for the session and the canvas in tests of the window?"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.engine.commands import Command
from playground.scenario.difference import difference
from playground.scenario.model import Scenario
from playground.session.frame import Frame
from playground.session.run_script import RunScript
from playground.session.story import MessageLine, Story
from tests.ui import samples


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
    def in_force(self) -> Scenario:
        return self.scenario

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

    is_going = False

    def note_jump(self) -> bool:
        return False

    def seek(self, at_us: int, out_of_time: object = None) -> bool:
        self.asked.append(("seek", at_us))
        return True

    def seek_before(self, out_of_time: object = None) -> bool:
        self.asked.append("before")
        return True

    def seek_end(self, out_of_time: object = None) -> bool:
        self.asked.append("end")
        return True

    def seek_branch(self, out_of_time: object = None) -> bool:
        self.asked.append("branch")
        return True

    def blow(self, strength: int, seed: int) -> None:
        self.asked.append(("blow", strength, seed))

    def calm(self) -> None:
        self.asked.append("calm")

    def run_script(self) -> RunScript:
        return RunScript(self.scenario, ("1 s  crash billing",), (), is_exact=True)

    def messages_of(self, group: str, bucket: str, limit: int = 200) -> tuple[MessageLine, ...]:
        self.asked.append(("messages_of", group, bucket))
        return samples.lines()

    def story(self, message: int) -> Story | None:
        return samples.story() if message == 42 else None

    def edit(self, after: Scenario, rename: tuple[str, str] | None = None) -> str:
        self.asked += difference(self.scenario, after, rename)
        self.scenario = after
        return ""


class FakeBuilding:
    """Knows which node is selected, and nothing of places."""

    def __init__(self, canvas: "FakeCanvas") -> None:
        self._canvas = canvas

    def selected_nodes(self) -> tuple[str, ...]:
        selected = self._canvas.selected
        is_node = isinstance(selected, tuple) and selected[0] == "node"
        return (str(selected[1]),) if is_node else ()

    def places(self) -> dict[str, tuple[float, float]]:
        return {}

    def open_place(self, kind: str) -> tuple[float, float]:
        return 0.0, 0.0


class FakeCanvas(QWidget):
    """Has the canvas's signals and remembers what it is told."""

    command_requested = Signal(object)
    nodes_moved = Signal(object, bool)
    selection_changed = Signal(object)
    group_changed = Signal(tuple)
    rename_requested = Signal(str, str)
    story_requested = Signal(int)
    open_preset_requested = Signal()
    part_dropped = Signal(str, float, float)

    def __init__(self, theme: object = None) -> None:
        super().__init__()
        self.told: list[object] = []
        self.selected: object = None
        self.building = FakeBuilding(self)

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

    def fit(self, *, glides: bool = False) -> None:
        self.told.append("fit")

    def select(self, *selection: object) -> None:
        self.told.append(("select", *selection))
        if selection[0] != self.selected:
            self.selected = selection[0]
            self.selection_changed.emit(self.selected)
