"""What does a test of the window start with? A fake run, and a window over it."""

import asyncio
import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from playground.ui.application import application
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.main_window import MainWindow
from playground.ui.theme import LIGHT
from tests.ui.fakes import FakeCanvas, FakeRun

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a screen Qt says what it cannot do: hint sizes, raise, grab the keys. No news."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not", extend=True))


@pytest.fixture(autouse=True)
def nothing_left_in_the_process() -> Iterator[None]:
    """Fail a test that leaves a task, a process or a socket behind; threads, timers and windows
    are watched for every test."""
    before = {*children(), *sockets()}
    yield
    left = [name for name in (*children(), *sockets(), *tasks()) if name not in before]
    assert not left, f"this test left behind: {', '.join(left)}"


def tasks() -> list[str]:
    """Tasks of asyncio that nobody has awaited or cancelled."""
    known = getattr(asyncio.tasks, "_all_tasks", None)  # until 3.11
    known = getattr(asyncio.tasks, "_scheduled_tasks", ()) if known is None else known
    return [repr(task) for task in list(known) if not task.done()]


def children() -> list[str]:
    """Processes that were started here and still run."""
    return [f"process {child.name}" for child in multiprocessing.active_children()]


def sockets() -> list[str]:
    """Open sockets, where the system tells."""
    names = []
    for descriptor in Path("/proc/self/fd").glob("*"):
        try:
            names.append(os.readlink(descriptor))
        except OSError:
            continue  # it was the one that listed the others
    return [name for name in names if name.startswith("socket:")]


@pytest.fixture
def run() -> FakeRun:
    """A run that stands still at the reference moment."""
    return FakeRun()


@pytest.fixture
def window(qtbot: QtBot, run: FakeRun) -> Iterator[MainWindow]:
    """The whole window over a fake run and a fake canvas, as large as in the pictures."""
    application()
    bridge = Bridge(run.opened, run.scenario)
    made = MainWindow(bridge, FakeCanvas, (), LIGHT, Document())
    made.show()
    yield made
    made.hands.editor.stack.setClean()  # nobody is there to be asked whether to save
    made.close()
    made.deleteLater()
