"""Is garbage collected when no frame waits for it?"""

import gc
from collections.abc import Iterator

import pytest

from playground.ui.garbage import LONGEST_S, NEVER, Housekeeping


@pytest.fixture
def house() -> Iterator[Housekeeping]:
    keeping = Housekeeping()
    yield keeping
    keeping.end()


def collections() -> int:
    return int(gc.get_stats()[2]["collections"])


def test_while_frames_are_painted_only_the_young_are_looked_through(house: Housekeeping) -> None:
    usual = gc.get_threshold()
    house.begin()
    assert gc.get_threshold()[2] == NEVER
    house.end()
    assert gc.get_threshold() == usual
    assert gc.get_freeze_count() == 0


def test_a_run_that_comes_to_rest_is_a_good_moment_once(house: Housekeeping) -> None:
    house.begin()
    before = collections()
    house.frame_done(0.016, is_running=True)
    assert collections() == before
    house.frame_done(0.1, is_running=False)
    house.frame_done(0.1, is_running=False)
    assert collections() == before + 1


def test_a_run_that_never_rests_is_looked_through_every_ten_minutes(house: Housekeeping) -> None:
    house.begin()
    before = collections()
    for _ in range(12):
        house.frame_done(LONGEST_S / 10, is_running=True)
    assert collections() == before + 1


def test_what_was_never_begun_is_never_collected(house: Housekeeping) -> None:
    before = collections()
    house.frame_done(LONGEST_S * 2, is_running=True)
    house.frame_done(1.0, is_running=False)
    assert collections() == before
