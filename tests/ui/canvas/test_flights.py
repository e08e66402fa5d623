"""Is a packet drawn where it is, and are too many drawn as a band?"""

import numpy as np
import pytest

from playground.session.frame import FlightTable
from playground.ui.canvas import flights
from playground.ui.canvas.geometry import Port, link_path
from playground.ui.canvas.packet_layer import packet_name
from playground.ui.canvas.pencil import Detail
from playground.ui.canvas.sprites import SINGLES, codes
from tests.ui.canvas import frames
from tests.ui.canvas.frames import MS, NOW_US

PATH = link_path(Port(0, 0, 1, 0), Port(960, 0, -1, 0), 9.5)
LANES = np.stack((PATH.request, PATH.reply))
LENGTHS = np.array((960.0, 960.0))


def arrange(table: FlightTable, **changes: object) -> flights.Arranged:
    wishes: dict[str, object] = {"speed": 0.1, "is_running": True} | changes
    return flights.arrange(table, NOW_US, LANES, LENGTHS, **wishes)


def test_the_place_is_the_share_of_the_time() -> None:
    found = arrange(frames.flights((0, "DELIVER", 1, 0.25, 1)))
    assert found.at[0] == pytest.approx((240, -9.5))


def test_a_reply_travels_from_target_to_source() -> None:
    found = arrange(frames.flights((0, "ACK", 1, 0.25, 1)))
    assert found.at[0] == pytest.approx((720, 9.5))


def test_a_doomed_packet_stops_where_it_dies() -> None:
    table = frames.flights((0, "DELIVER", 1, 1.0, 1))._replace(travel=np.array((0.4,)))
    assert arrange(table).at[0] == pytest.approx((384, -9.5))


def test_a_packet_is_never_beyond_its_goal_nor_before_its_start() -> None:
    late = frames.flights((0, "DELIVER", 1, 7.0, 1), (0, "DELIVER", 2, -3.0, 1))
    assert flights.fractions(late, NOW_US).tolist() == [1.0, 0.0]


def test_the_packet_nearest_its_goal_lies_on_top() -> None:
    table = frames.flights((0, "DELIVER", 1, 0.9, 1), (0, "DELIVER", 2, 0.1, 1))
    assert arrange(table).row.tolist() == [1, 0]


def test_packets_that_hide_one_another_are_counted_on_the_first() -> None:
    rows = [(0, "DELIVER", n, 0.5 - n / 1500, 1) for n in range(8)]
    found = arrange(frames.flights(*rows))
    assert (found.row.tolist(), found.hidden.tolist()) == ([0], [7])


def test_a_long_queue_of_packets_is_many_bunches_and_not_one() -> None:
    rows = [(0, "DELIVER", n, 0.5 - n / 480, 1) for n in range(12)]  # 2 px apart
    found = arrange(frames.flights(*rows))
    assert sorted(found.row.tolist()) == [0, 3, 6, 9]
    assert found.hidden.tolist() == [2, 2, 2, 2]


def test_one_that_is_followed_is_never_in_a_bunch_nor_in_a_band() -> None:
    rows = [(0, "DELIVER", n, 0.5 - n / 9600, 1) for n in range(100)]
    alone = np.arange(100) == 50
    assert arrange(frames.flights(*rows), alone=alone).row.tolist() == [50]
    bunched = arrange(frames.flights(*rows[:55]), alone=alone[:55])
    assert 50 in bunched.row.tolist()


def test_more_than_sixty_on_a_lane_are_a_band_with_their_number() -> None:
    rows = [(0, "DELIVER", n, n / 61, 1) for n in range(61)]
    found = arrange(frames.flights(*rows))
    assert found.bands == (flights.Band(0, 61, True),)
    assert len(found.row) == 0


def test_flights_too_short_to_see_are_a_band_without_a_number() -> None:
    table = frames.flights((0, "DELIVER", 1, 0.5, 1))
    assert arrange(table, speed=1.0).bands == (flights.Band(0, 1, False),)
    assert len(arrange(table, speed=1.0, is_running=False).row) == 1


def test_packets_on_a_link_that_is_not_drawn_are_left_out() -> None:
    assert len(arrange(frames.flights((3, "DELIVER", 1, 0.5, 1))).row) == 0


def test_ten_thousand_packets_are_arranged_at_once() -> None:
    rng = np.random.default_rng(1)
    count = 10_000
    sent = NOW_US - rng.integers(0, 20 * MS, count)
    table = FlightTable(
        np.arange(count),
        np.zeros(count, np.int32),
        rng.random(count) < 0.5,
        np.full(count, 3, np.int8),
        np.arange(count),
        np.arange(count),
        np.ones(count, np.int32),
        sent,
        sent + 20 * MS,
        np.ones(count),
    )
    found = arrange(table, crowd=count)
    assert found.hidden.sum() + len(found.row) == count


def test_a_packet_is_called_by_its_kind_its_number_and_its_count() -> None:
    table = frames.flights((0, "DELIVER", 46, 0.5, 2), (0, "ACK", 1248, 0.5, 1))
    assert [packet_name(table, row) for row in (0, 1)] == ["DELIVER 46 ×2", "ACK 1\u202f248"]


def test_a_sprite_says_hue_and_last_two_digits() -> None:
    numbers = np.array((7, 107, 1248))
    nowhere = np.zeros(3, np.bool_)
    packet = np.full(3, 3, np.int8)
    found = codes(numbers, nowhere, packet, Detail.FULL)
    assert found.tolist() == [SINGLES + 7, 107, 48]
    assert all(code % 6 == number % 6 for code, number in zip(found[1:], numbers[1:], strict=True))
