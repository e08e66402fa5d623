"""How long is a death marked, and who lies in which grave?"""

from PySide6.QtCore import QLineF, QRectF

from playground.ui.canvas import grave_places
from playground.ui.canvas.graves import grave_words, graves, marks
from tests.ui.canvas import frames
from tests.ui.canvas.frames import MS, NOW_US


def lost(place: str = "orders>metrics", age_ms: int = 20, number: int = 43) -> frames.Death:
    return frames.death("message", place, 0.4, number, "why", at_us=NOW_US - age_ms * MS)


def dropped(age_ms: int = 20, number: int = 45) -> frames.Death:
    return frames.death(
        "packet", "billing>orders", 0.5, number, "ACK 45 dropped", at_us=NOW_US - age_ms * MS
    )


def test_a_lost_message_stays_600_ms_and_then_travels_to_its_grave() -> None:
    ages = {age: marks((lost(age_ms=age),), NOW_US, 1.0) for age in (500, 720, 900)}
    assert [m.travelled for m in ages[500]] == [0.0]
    assert 0.4 < ages[720][0].travelled < 0.6
    assert ages[900] == ()


def test_slow_motion_keeps_a_mark_for_as_long_on_the_wall() -> None:
    assert len(marks((lost(age_ms=70),), NOW_US, 0.1)) == 1
    assert len(marks((lost(age_ms=90),), NOW_US, 0.1)) == 0


def test_above_ten_times_nothing_flashes() -> None:
    assert marks((lost(), dropped()), NOW_US, 20.0) == ()


def test_only_the_newest_dropped_packet_of_a_lane_has_a_plate() -> None:
    found = marks((dropped(200, 44), dropped(20, 45)), NOW_US, 1.0)
    assert [(mark.death.number, mark.has_plate) for mark in found] == [(44, False), (45, True)]


def test_there_is_one_grave_a_place_and_it_counts() -> None:
    found = graves((lost(number=1), lost(number=2), lost("billing", number=3)), NOW_US, 1.0)
    assert {(grave.place, grave.lost) for grave in found} == {
        ("orders>metrics", 2),
        ("billing", 1),
    }


def test_a_grave_says_why_for_four_seconds() -> None:
    assert graves((lost(age_ms=3900),), NOW_US, 1.0)[0].reason == "why"
    assert graves((lost(age_ms=4100),), NOW_US, 1.0)[0].reason == ""


def test_at_most_three_graves_say_why() -> None:
    places = tuple(lost(f"q>c{i}") for i in range(5))
    assert sum(bool(grave.reason) for grave in graves(places, NOW_US, 1.0)) == 3


def test_the_projector_says_it_shorter() -> None:
    grave = graves((lost(),), NOW_US, 1.0)[0]
    assert grave_words(grave, is_stage=False) == "1 lost here"
    assert grave_words(grave, is_stage=True) == "1 lost"


def test_a_leader_runs_on_behind_words() -> None:
    leader, words = QLineF(0, 0, 0, 100), QRectF(-30, 40, 60, 20)
    parts = grave_places.around(leader, [words])
    assert [(round(part.y1()), round(part.y2())) for part in parts] == [(0, 39), (61, 100)]


def test_a_leader_that_crosses_no_words_is_whole() -> None:
    leader = QLineF(0, 0, 80, 60)
    assert grave_places.around(leader, [QRectF(200, 0, 60, 20)]) == [leader]
