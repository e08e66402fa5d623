"""How is a window over a true run and a true canvas made, and closed behind a test?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from playground.catalogue import find
from playground.paths import preset_files
from playground.scenario.load import load_file
from playground.scenario.model import Cue
from playground.session.session import Session
from playground.ui.application import application, make_canvas
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.main_window import MainWindow
from playground.ui.panels.presets import presets_from
from playground.ui.theme import LIGHT, Theme

S = 1_000_000


@contextmanager
def real_window(
    name: str = "05-payment-charged-twice",
    cues: tuple[Cue, ...] | None = None,
    theme: Theme = LIGHT,
    presets: tuple[Path, ...] | None = None,
) -> Iterator[MainWindow]:
    """The window as it is started, at rest at 0 s."""
    application()
    scenario = load_file(find(name))
    if cues is not None:
        scenario = replace(scenario, cues=cues)
    bridge = Bridge(Session, scenario)
    bridge.set_running(False)
    shipped = presets_from(preset_files() if presets is None else presets)
    window = MainWindow(bridge, make_canvas, shipped, theme, Document())
    window.show()
    QApplication.processEvents()
    try:
        yield window
    finally:
        window.hands.editor.stack.setClean()  # nobody is there to be asked whether to save
        window.close()
        window.deleteLater()


def ticks(window: MainWindow, wall_s: float, count: int = 1) -> None:
    """So many frames, as the pump would ask for them."""
    for _ in range(count):
        window.bridge.tick(wall_s, lambda: False)


def go(window: MainWindow, at_us: int) -> None:
    """Rest at a moment, however many frames the way takes."""
    window.bridge.go_to(at_us)
    for _ in range(10_000):
        if not window.bridge.is_going:
            break
        window.bridge.tick(0.016, lambda: False)
    assert window.bridge.last.now_us == at_us
