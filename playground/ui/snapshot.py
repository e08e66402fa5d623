"""How does the window look at a virtual time, as a picture?"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from playground.scenario.model import Scenario
from playground.session.session import Session
from playground.ui.application import application, make_window
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.main_window import MainWindow
from playground.ui.theme import THEMES
from playground.ui.user_settings import SCALE_VARIABLE

SETTLING_ROUNDS = 3


class SnapshotError(Exception):
    """The picture could not be written; the text says why."""


def snapshot(
    scenario: Scenario,
    at_us: int,
    out: str | Path,
    size: tuple[int, int] = (1600, 900),
    theme: str = "light",
    scale: float = 1.0,
    seed: int | None = None,
    preset: str = "",
) -> None:
    """Write the true window at a virtual time; the file's ending is the format.

    ``scale`` is the number of pixels to a logical one. Raises SnapshotError.
    """
    begin(scale)
    session = Session(scenario, seed)
    session.pause()
    session.run_to(at_us)
    bridge = Bridge(lambda _scenario, _seed: session, scenario, seed)
    look = next(each for each in THEMES if each.name == theme)
    window = make_window(bridge, Document(None, preset), look)
    try:
        picture = render(window, size, scale)
    finally:
        window.close()
        window.deleteLater()
    if not picture.save(str(out)):
        raise SnapshotError(f"{out} cannot be written. Check its folder and its ending: .png")


def render(window: MainWindow, size: tuple[int, int], scale: float = 1.0) -> QPixmap:
    """The window, painted without a screen, ``scale`` pixels to a logical one."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window.resize(*size)
    window.show()
    app.processEvents()
    window.show_frame(window.bridge.last)
    window.canvas.fit()
    for _ in range(SETTLING_ROUNDS):
        app.processEvents()
    window.panes.charts.refresh()
    app.processEvents()
    picture = QPixmap(round(size[0] * scale), round(size[1] * scale))
    picture.setDevicePixelRatio(scale)
    window.render(picture, QPoint(0, 0))
    return picture


def begin(scale: float) -> None:
    """An application without a screen, with so many pixels to a logical one.

    What is kept as pixels, cards and icons, is then as sharp as what is painted anew. Where there
    is an application already it stays as it is.
    """
    is_first = QApplication.instance() is None
    offscreen()
    before = os.environ.get(SCALE_VARIABLE)
    if is_first:
        os.environ[SCALE_VARIABLE] = f"{scale:g}"
    application()
    if is_first:
        del os.environ[SCALE_VARIABLE]
    if is_first and before is not None:
        os.environ[SCALE_VARIABLE] = before


def offscreen() -> None:
    """Let Qt paint without a screen; must come before the first QApplication."""
    if QApplication.instance() is None and sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
