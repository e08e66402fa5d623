"""What does a test of the window start with? A fake run, and a window over it."""

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
    """Without a screen Qt says of every window that it cannot hint its size: no news."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


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
