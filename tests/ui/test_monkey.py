"""Does the window survive an animal at the keyboard? The same animal every time, or another.

``MONKEY_SEED`` and ``MONKEY_GESTURES`` choose one's own: a failure prints the seed that it had.
"""

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.monkey import Monkey, answer_dialogs
from tests.ui.stopped_timers import Timers

SEED = int(os.environ.get("MONKEY_SEED", "1"))
GESTURES = int(os.environ.get("MONKEY_GESTURES", "350"))
CHECK_EVERY = 60
LONG_GESTURES = 6_000


@pytest.fixture(autouse=True)
def own_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever is written down for the next start is written elsewhere."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


def play(seed: int, gestures: int, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Monkey:
    answer_dialogs(monkeypatch, seed, folder)
    timers = Timers()
    timers.install(monkeypatch)
    monkey = Monkey(seed, folder, timers)
    monkey.play(gestures, CHECK_EVERY)
    return monkey


def test_nothing_that_hands_can_do_breaks_the_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    play(SEED, GESTURES, monkeypatch, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 110))
def test_nor_do_many_hands(
    seed: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    play(seed, LONG_GESTURES, monkeypatch, tmp_path)
