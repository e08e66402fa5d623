"""Does the window survive an animal at the keyboard? The same animals every time, or others.

``MONKEY_SEED`` and ``MONKEY_GESTURES`` choose one's own: a failure prints the seed that it had.
"""

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from playground.catalogue import find
from playground.scenario.load import load_file
from playground.scenario.model import Scenario
from tests.bench.frames import chains
from tests.ui.monkey import Monkey
from tests.ui.monkey_dialogs import answer_dialogs
from tests.ui.stopped_timers import Timers

SEED = int(os.environ.get("MONKEY_SEED", "1"))
GESTURES = int(os.environ.get("MONKEY_GESTURES", "250"))
CHECK_EVERY = 60
LONG_GESTURES = 6_000
HUNDRED = "a hundred nodes"
STARTS = (
    ("04", "presets"),
    ("03", "theme"),
    ("13", "storm"),
    ("20", "present"),
    ("21", "prove"),
    ("08", "palette"),
    (HUNDRED, "storm-on"),
)
"""A scene, and the action that the animal likes best there."""


@pytest.fixture(autouse=True)
def own_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever is written down for the next start is written elsewhere."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


def scene(name: str) -> Scenario:
    return chains(25, 2, 4.0, 200_000, 10) if name == HUNDRED else load_file(find(name))


def play(
    start: int, seed: int, gestures: int, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> Monkey:
    name, liked = STARTS[start % len(STARTS)]
    answer_dialogs(monkeypatch, seed, folder)
    timers = Timers()
    timers.install(monkeypatch)
    monkey = Monkey(seed, scene(name), folder, timers, liked)
    monkey.play(gestures, CHECK_EVERY)
    return monkey


@pytest.mark.parametrize(
    "start", range(len(STARTS)), ids=[f"{name}-{liked}" for name, liked in STARTS]
)
def test_nothing_that_hands_can_do_breaks_the_window(
    start: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkey = play(start, SEED + start, GESTURES, monkeypatch, tmp_path)
    assert monkey.hands.liked in monkey.hands.done


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 110))
def test_nor_do_many_hands(
    seed: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    play(seed, seed, LONG_GESTURES, monkeypatch, tmp_path)
