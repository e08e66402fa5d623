"""How is the window put together and run?

The composition root: the only file that knows every layer. The window runs on a Qt event loop that
is an asyncio loop as well, for what is truly asynchronous; closing is awaited, not torn down.
"""

import asyncio
import sys
from pathlib import Path

import PySide6.QtCore  # noqa: F401 - before qasync, which takes the binding it finds

# isort: split
import qasync
from platformdirs import user_config_path, user_log_path
from PySide6.QtCore import QSize

from playground.catalogue import find, presets
from playground.scenario.load import load_file
from playground.scenario.model import Scenario
from playground.scenario.problem import ScenarioError
from playground.session.session import Session
from playground.ui.application import APP_NAME, application, chosen_theme, make_window
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.exception_net import ExceptionNet
from playground.ui.file_names import preset_of
from playground.ui.frame_pump import FramePump
from playground.ui.guard import refuse_no_display
from playground.ui.main_window import MainWindow
from playground.ui.preferences import read
from playground.ui.signals import ended_by_signals
from playground.ui.snapshot import SnapshotError, snapshot
from playground.ui.system_look import theme_named
from playground.ui.user_settings import enlarge, user_settings

FIRST_PRESET = "04-three-side-by-side"
WITHOUT_DISPLAY = (
    "'delivery-playground run SCENARIO' plays it here in the terminal, "
    "'delivery-playground snapshot SCENARIO --at 12s --out FILE.png' draws it."
)


def open_window(
    name: str | None = None,
    seed: int | None = None,
    speed: float | None = None,
    present: bool = False,
    theme: str | None = None,
) -> int:
    """Open the window on a preset's name or a file and run it; the value is the exit code."""
    refusal = refuse_no_display()
    if refusal is not None:
        return _refuse(f"{refusal} {WITHOUT_DISPLAY}")
    try:
        scenario, document = opened(name)
    except ScenarioError as error:
        return _refuse("\n".join(error.lines()))
    settings = user_settings(user_config_path(APP_NAME, appauthor=False))
    enlarge(settings)
    app = application()
    net = ExceptionNet(user_log_path(APP_NAME, appauthor=False) / "mistakes.log")
    net.install()
    try:
        bridge = Bridge(Session, scenario, seed)
        if speed is not None:
            bridge.set_speed(speed)
        liked = theme_named(app, read(settings).theme)
        window = make_window(bridge, document, chosen_theme(app, theme, liked))
        window.companions.use(settings)
        window.choosing.remember(settings, Path(settings.fileName()).parent / "unsaved")
        net.caught.connect(window.show_mistake)
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
            net.watch_loop(runner.get_loop())
            return runner.run(live(window, bridge, present))
    finally:
        net.remove()


TITLE_BAR_PX = 40
"""Room for the frame that a desktop puts around a window."""


def size_on_screen(wanted: QSize, room: QSize) -> QSize:
    """How large it begins: on a small screen smaller, so that nothing stands below the edge.

    ``room`` is what the desktop leaves free, in logical pixels.
    """
    return wanted.boundedTo(QSize(room.width(), room.height() - TITLE_BAR_PX))


def _fit_to_screen(window: MainWindow) -> None:
    window.resize(size_on_screen(window.size(), window.screen().availableSize()))


async def live(window: MainWindow, bridge: Bridge, present: bool = False) -> int:
    """Show the window, drive it until it is closed, and clean up."""
    closed = asyncio.Event()
    window.closed.connect(closed.set)
    pump = FramePump(bridge.tick, is_waited_for=lambda: bridge.is_going)
    bridge.asked.connect(pump.wake)
    _fit_to_screen(window)
    window.show()
    if present:
        window.present()
    pump.start()

    def end() -> None:
        """Without a question; what is unsaved waits for the next start."""
        window.keep_work()
        closed.set()

    try:
        with ended_by_signals(end):
            await closed.wait()
    finally:
        pump.stop()
        window.proving.close()
        window.deleteLater()
        await asyncio.sleep(0)
    return 0


def opened(name: str | None) -> tuple[Scenario, Document]:
    """The scenario of a preset's name or a file, by default the first demo.

    Raises ScenarioError.
    """
    stems = [preset.name for preset in presets()]
    if name is None and FIRST_PRESET not in stems:
        if not stems:
            empty = Scenario(name="Untitled")
            return empty, Document()
        name = stems[0]
    path = find(name or FIRST_PRESET)
    scenario = load_file(path)
    preset = preset_of(path)
    return scenario, Document(None if preset else path.absolute(), preset)


def take_snapshot(
    scenario: Scenario,
    at_us: int,
    out: str | Path,
    size: tuple[int, int] = (1600, 900),
    theme: str = "light",
    scale: float = 1.0,
    seed: int | None = None,
) -> int:
    """Draw the window at a virtual time into a file; the value is the exit code."""
    try:
        snapshot(scenario, at_us, out, size, theme, scale, seed)
    except SnapshotError as error:
        return _refuse(str(error))
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 - the command's own words
    return 2
