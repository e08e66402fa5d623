"""What holds for every test? No display, nothing left running, the same examples each time."""

import os
import tempfile

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt
# The user's own settings and logs are not ours to change.
os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp("-playground")

import atexit
import shutil
import sys
import threading
import traceback
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

atexit.register(shutil.rmtree, os.environ["XDG_CONFIG_HOME"], ignore_errors=True)
LONGEST_GOODBYE_S = 2.0

# A slow machine is not a failing test, and a failure must be there again the next time.
settings.register_profile(
    "same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "long", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(autouse=True)
def no_thread_left_alive() -> Iterator[None]:
    """Fail a test that leaves a thread alive, and name the thread."""
    before = set(threading.enumerate())
    yield
    started = [thread for thread in threading.enumerate() if thread not in before]
    for thread in started:
        thread.join(LONGEST_GOODBYE_S)
    alive = [thread.name for thread in started if thread.is_alive()]
    assert not alive, f"this test left threads alive: {', '.join(alive)}"


@pytest.fixture(autouse=True)
def nothing_left_in_the_window(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Fail a test of the ui that leaves a window open or a timer running; say where it began."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("qapp")
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import isValid

    started: list[tuple[weakref.ref[QTimer], str]] = []
    start: Callable[..., None] = QTimer.start

    def start_and_remember(timer: QTimer, *arguments: Any) -> None:
        caller = traceback.extract_stack(sys._getframe(1), limit=1)[0]
        started.append((weakref.ref(timer), f"{caller.filename}:{caller.lineno}"))
        start(timer, *arguments)

    monkeypatch.setattr(QTimer, "start", start_and_remember)
    yield
    # What was handed to deleteLater goes only when it is asked to, outside an event loop.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    running = [
        place
        for reference, place in started
        if (timer := reference()) is not None and isValid(timer) and timer.isActive()
    ]
    windows = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    names = [f"{type(widget).__name__} {widget.windowTitle()!r}" for widget in windows]
    for widget in windows:  # one test's fault is not the next one's
        widget.close()
    assert not running, f"this test left timers running, started at {', '.join(running)}"
    assert not names, f"this test left windows open: {', '.join(names)}"
