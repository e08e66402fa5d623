"""Is motion a function of the moment, and is there never too much of it?"""

import pytest

from playground.session.frame import FaultMark, Frame
from playground.ui.canvas import motion
from playground.ui.canvas.graves import marks
from playground.ui.canvas.motion import STILL, Pulse, Rhythm
from playground.ui.canvas.view import CanvasView
from tests.ui.canvas import frames
from tests.ui.canvas.frames import MS, NOW_US


def crash(age_ms: float, place: str = "metrics") -> FaultMark:
    at_us = round(NOW_US - age_ms * MS)
    return FaultMark(at_us, NOW_US + 1_000 * MS, "crash", place)


def moment(*faults: FaultMark, speed: float = 1.0) -> Frame:
    return frames.frame(marks=faults, speed=speed)


def test_a_crash_is_a_ring_that_grows_fast_and_then_slowly() -> None:
    shares = [motion.flashes(moment(crash(age)))[0].share for age in (0, 60, 120, 180)]
    assert shares == pytest.approx([0.0, 0.4375, 0.75, 0.9375])
    assert motion.flashes(moment(crash(250))) == ()


def test_slow_motion_makes_the_ring_last_as_long_on_the_wall() -> None:
    assert motion.flashes(moment(crash(12), speed=0.1))[0].share == pytest.approx(0.75)
    assert motion.flashes(moment(crash(30), speed=0.1)) == ()


def test_nothing_flashes_above_ten_times_life() -> None:
    assert motion.flashes(moment(crash(0), speed=10.0)) != ()
    assert motion.flashes(moment(crash(0), speed=10.1)) == ()


def test_a_node_that_crashes_twice_within_400_ms_has_one_ring() -> None:
    assert motion.flashes(moment(crash(450), crash(100))) == ()
    assert len(motion.flashes(moment(crash(510), crash(100)))) == 1


def test_reduced_motion_leaves_a_crash_its_outline() -> None:
    assert motion.flashes(moment(crash(0)), is_calm=True) == ()


def test_a_suppressed_duplicate_pops_and_where_motion_is_reduced_it_stays() -> None:
    view = frames.exactly_once(suppressed=43, suppressed_us=NOW_US - 120 * MS)
    frame = frames.frame(view, speed=1.0)
    assert [(f.kind, f.share) for f in motion.flashes(frame)] == [("pop", 0.75)]
    later = frames.frame(view._replace(suppressed_us=NOW_US - 500 * MS), speed=1.0)
    assert motion.flashes(later) == ()
    assert [f.share for f in motion.flashes(later, is_calm=True)] == [0.0]


def test_a_plate_swells_by_an_eighth_and_back() -> None:
    assert motion.pulse(0) == Pulse(1.0, False)
    assert motion.pulse(120).scale == pytest.approx(1.12)
    assert motion.pulse(240) == STILL
    assert motion.pulse(900, is_calm=True) == Pulse(1.0, True)


def test_never_more_than_three_flashes_a_second() -> None:
    rhythm = Rhythm()
    starts = [100 * i * MS for i in range(20)]
    seen = [at for at in starts if rhythm.admits(("n", "crash", at), at, 1.0)]
    assert len(seen) == 6
    assert all(sum(0 <= at - other < 1_000 * MS for other in seen) <= 3 for at in seen)


def test_a_flash_that_was_admitted_stays_admitted() -> None:
    rhythm = Rhythm()
    key = ("n", "crash", 0)
    assert [rhythm.admits(key, now, 1.0) for now in (0, 50 * MS, 200 * MS)] == [True] * 3


def test_reduced_motion_lets_no_lost_message_travel() -> None:
    lost = frames.death("message", "orders>metrics", 0.4, 43, "why", at_us=NOW_US - 700 * MS)
    assert len(marks((lost,), NOW_US, 1.0)) == 1
    assert marks((lost,), NOW_US, 1.0, is_calm=True) == ()


def test_a_fit_glides_and_arrives_where_a_jump_does(made: list[CanvasView]) -> None:
    view = CanvasView()
    made.append(view)
    view.resize(1112, 480)
    view.show()
    view.set_layout(frames.REFERENCE_LAYOUT)
    view.show_frame(frames.reference())
    there = view.zoom, view.mapToScene(0, 0)
    view.zoom_by(2.0)
    view.fit(glides=True)
    assert view.zoom == pytest.approx(2.0)
    view.camera.arrive()
    assert view.zoom == pytest.approx(there[0])
    assert (view.mapToScene(0, 0) - there[1]).manhattanLength() < 2
    view.zoom_by(2.0)
    view.reduces_motion = True
    view.fit(glides=True)
    assert view.zoom == pytest.approx(there[0])
