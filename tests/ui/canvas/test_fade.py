"""Does what comes and goes do so in steps, and at once where motion is reduced?"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from playground.ui.canvas.fade import STEP_MS, STEPS, Fade
from playground.ui.canvas.motion import STILL
from playground.ui.canvas.rising import RisingCounts
from tests.ui import samples

MS = 1_000
Fading = tuple[Fade, list[float]]


@pytest.fixture
def fading(qtbot: QtBot) -> Iterator[Fading]:
    """A fade, and the levels it has shown."""
    seen: list[float] = []
    parent = QObject()
    yield Fade(parent, lambda _, level: seen.append(level)), seen
    parent.deleteLater()


def test_it_takes_80_ms() -> None:
    assert STEP_MS * STEPS == 80


def test_it_comes_in_even_steps_and_goes_the_same_way(
    fading: tuple[Fade, list[float]],
) -> None:
    made, seen = fading
    made.aim("card", is_there=True)
    made.finish()
    assert seen == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    seen.clear()
    made.aim("card", is_there=False)
    made.finish()
    assert seen == [1.0, 0.8, 0.6, 0.4, 0.2, 0.0]


def test_who_turns_back_half_way_goes_on_from_there(fading: Fading) -> None:
    made, seen = fading
    made.aim("card", is_there=True)
    made.advance()
    made.advance()
    made.aim("card", is_there=False)
    made.finish()
    assert seen == [0.0, 0.2, 0.4, 0.4, 0.2, 0.0]


def test_calm_it_is_there_at_once(fading: Fading) -> None:
    made, seen = fading
    made.is_calm = True
    made.aim("card", is_there=True)
    made.aim("card", is_there=False)
    assert seen == [1.0, 0.0]


def test_a_plate_of_dead_letters_beats_when_its_count_goes_up() -> None:
    counts, frame = RisingCounts(), samples.frame(speed=1.0)
    at_us = frame.now_us
    scales = [
        counts.pulse("dead", count, frame._replace(now_us=at_us + age_ms * MS)).scale
        for count, age_ms in ((3, 0), (4, 10), (4, 130), (4, 400))
    ]
    assert scales[0] == scales[1] == scales[3] == 1.0
    assert scales[2] > 1.1


def test_calm_it_wears_an_outline_instead() -> None:
    counts, frame = RisingCounts(), samples.frame(speed=1.0)
    counts.is_calm = True
    counts.pulse("dead", 3, frame)
    later = frame._replace(now_us=frame.now_us + 10 * MS)
    assert counts.pulse("dead", 4, later).is_outlined
    assert counts.pulse("dead", 4, later).scale == 1.0


def test_going_back_in_time_is_no_rise() -> None:
    counts, frame = RisingCounts(), samples.frame(speed=1.0)
    counts.pulse("dead", 3, frame)
    earlier = frame._replace(now_us=frame.now_us - 900 * MS)
    assert counts.pulse("dead", 1, earlier) == STILL
    later = earlier._replace(now_us=earlier.now_us + 5 * MS)
    assert counts.pulse("dead", 1, later) == STILL
