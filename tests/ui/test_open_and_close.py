"""Is everything gone that was opened and closed, over and over again?"""

import gc
from collections import Counter

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.catalogue import find
from playground.scenario.load import load_file
from playground.session.session import Session
from playground.ui.application import application, make_window
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.main_window import MainWindow
from playground.ui.theme import LIGHT

TIMES, MANY_TIMES = 50, 200
WINDOWS, MANY_WINDOWS = 4, 40
MOST_GROWTH_BYTES = 8_000_000
"""Of all of them; a session that stays alive has about a megabyte."""
MOST_A_WINDOW_BYTES = 600_000
"""What Qt and the allocator keep of a window, whose objects are all gone: 0.4 MB were measured."""
FRAME_S = 0.1


@pytest.fixture
def open_window(qtbot: QtBot) -> MainWindow:
    """The real window over a real run."""
    return a_window()


def a_window() -> MainWindow:
    application()
    bridge = Bridge(Session, load_file(find("1")))  # type: ignore[arg-type]
    window = make_window(bridge, Document(), LIGHT)
    window.show()
    settle()
    return window


def close(window: MainWindow) -> None:
    window.close()
    window.deleteLater()
    settle()


def settle() -> None:
    """What has been put off happens now."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def visit(window: MainWindow, number: int) -> None:
    """Open a preset and see a little of it."""
    window.hands.open_preset(window.presets[number % len(window.presets)])
    window.bridge.set_running(True)
    window.bridge.tick(FRAME_S, lambda: False)
    settle()


def census(window: MainWindow) -> dict[str, int]:
    """How many there are of what could pile up, with the first preset open."""
    window.hands.open_preset(window.presets[0])
    settle()
    gc.collect()
    ours = Counter(
        f"{type(each).__module__}.{type(each).__qualname__}"
        for each in gc.get_objects()
        if str(type(each).__module__).startswith("playground.")
    )
    return {
        **ours,
        "QObjects in the window": len(window.findChildren(QObject)),
        "items of the scene": len(window.canvas.canvas.items()),
        "top-level widgets": len(QApplication.topLevelWidgets()),
        "widgets": len(QApplication.allWidgets()),
    }


def resident_bytes() -> int:
    """The memory of this process, where the system tells."""
    try:
        with open("/proc/self/statm", encoding="ascii") as told:
            return int(told.read().split()[1]) * 4096
    except OSError:
        return 0


@pytest.mark.parametrize("times", [TIMES, pytest.param(MANY_TIMES, marks=pytest.mark.long)])
def test_after_many_documents_there_is_no_more_of_anything(
    open_window: MainWindow, times: int
) -> None:
    window = open_window
    for number in range(len(window.presets) + 5):
        visit(window, number)
    before, bytes_before = census(window), resident_bytes()
    for number in range(times):
        visit(window, number)
    after, grown = census(window), resident_bytes() - bytes_before
    close(window)
    # A caption of a curve is drawn once for each name that it has had, up to the longest list.
    more = {
        name: (before.get(name, 0), count)
        for name, count in after.items()
        if count > before.get(name, 0) + 2
    }
    assert more == {}
    assert grown < MOST_GROWTH_BYTES


def windows_opened_and_closed(times: int) -> dict[str, int]:
    for _ in range(times):
        window = a_window()
        window.bridge.tick(FRAME_S, lambda: False)
        close(window)
        del window
    gc.collect()
    kept = (MainWindow, Session, Bridge)
    found = Counter(type(each).__name__ for each in gc.get_objects() if type(each) in kept)
    return {**found, "widgets": len(QApplication.allWidgets())}


def test_a_closed_window_is_gone_and_so_is_its_run(qtbot: QtBot) -> None:
    before = windows_opened_and_closed(1)
    assert windows_opened_and_closed(WINDOWS) == before


@pytest.mark.long
def test_many_closed_windows_leave_no_memory_behind(qtbot: QtBot) -> None:
    windows_opened_and_closed(10)
    before = resident_bytes()
    windows_opened_and_closed(MANY_WINDOWS)
    assert resident_bytes() - before < MANY_WINDOWS * MOST_A_WINDOW_BYTES
