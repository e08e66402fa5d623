"""Do links run from port to port, never fold over, and carry packets at the right place?"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.ui.canvas import geometry
from playground.ui.canvas.geometry import Port, Span, link_path, middle_line, smallest_radius

DESKTOP_LANE, STAGE_LANE = 9.5, 14.0


def port_right(x: float, y: float) -> Port:
    return Port(x, y, 1.0, 0.0)


def port_left(x: float, y: float) -> Port:
    return Port(x, y, -1.0, 0.0)


@given(
    dx=st.floats(geometry.AHEAD_PX, 2_000),
    dy=st.floats(-1_500, 1_500),
    lane=st.sampled_from((DESKTOP_LANE, STAGE_LANE)),
)
def test_no_curve_is_so_tight_that_a_lane_folds_over(dx: float, dy: float, lane: float) -> None:
    line = middle_line(port_right(0, 0), port_left(dx, dy), lane)
    # Beyond these the handles have reached their longest; the bends are wide there anyway.
    least = 14 if lane == DESKTOP_LANE else 14.5
    assert smallest_radius(line) >= least


@given(dx=st.floats(-1_500, geometry.AHEAD_PX - 1), dy=st.floats(-900, 900))
def test_a_detour_starts_and_ends_square_to_its_ports(dx: float, dy: float) -> None:
    around = (Span(-50, 50), Span(dy - 50, dy + 50))
    path = link_path(port_right(0, 0), port_left(dx, dy), DESKTOP_LANE, around)
    assert np.allclose(path.middle[0], (0, 0), atol=1e-6)
    assert np.allclose(path.middle[-1], (dx, dy), atol=1e-6)
    assert np.allclose(path.normals[0], (0, -1))
    assert np.allclose(path.normals[-1], (0, -1))


def test_requests_run_above_and_replies_below_from_left_to_right() -> None:
    path = link_path(port_right(0, 0), port_left(200, 0), DESKTOP_LANE)
    assert np.allclose(path.request[[0, -1]], ((0, -9.5), (200, -9.5)))
    assert np.allclose(path.reply[[0, -1]], ((200, 9.5), (0, 9.5)))


def test_each_lane_is_to_the_left_of_its_own_travel() -> None:
    path = link_path(port_right(0, 0), port_left(300, 240), DESKTOP_LANE)
    for line in (path.request, path.reply):
        middle = path.middle if line is path.request else path.middle[::-1]
        along = middle[49] - middle[47]
        away = line[48] - middle[48]
        assert along[0] * away[1] - along[1] * away[0] < 0  # y points down


def test_lanes_are_sampled_evenly() -> None:
    path = link_path(port_right(0, 0), port_left(260, 180), DESKTOP_LANE)
    steps = np.hypot(*np.diff(path.request, axis=0).T)
    assert steps.max() / steps.min() < 1.01


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_a_packet_has_gone_its_share_of_the_way(share: float) -> None:
    path = link_path(port_right(0, 0), port_left(400, 160), DESKTOP_LANE)
    x, y = geometry.place(path.request, share)
    until = [math.dist((x, y), point) for point in path.request]
    way = geometry.arc_length(path.request)
    assert way[int(np.argmin(until))] == pytest.approx(share * way[-1], abs=way[-1] / 95)


def test_many_places_at_once_are_the_same_as_each_alone() -> None:
    path = link_path(port_right(0, 0), port_left(400, 160), DESKTOP_LANE)
    lanes = np.stack((path.request, path.reply))
    lane, share = np.array((0, 1, 0)), np.array((0.1, 0.5, 0.99))
    many = geometry.places(lanes, lane, share)
    for i in range(3):
        assert many[i] == pytest.approx(geometry.place(lanes[lane[i]], share[i]))


def test_a_link_back_passes_between_two_nodes_that_leave_room() -> None:
    upper, lower = Span(0, 100), Span(200, 300)
    line = middle_line(port_right(140, 50), port_left(0, 250), DESKTOP_LANE, (upper, lower))
    level = line[len(line) // 2]
    assert level[1] == pytest.approx(150, abs=1)


def test_a_link_back_passes_below_where_there_is_no_room_between() -> None:
    spans = (Span(0, 100), Span(20, 160))
    line = middle_line(port_right(140, 50), port_left(0, 90), DESKTOP_LANE, spans)
    assert line[:, 1].max() == pytest.approx(160 + geometry.BELOW_PX, abs=1)


def test_the_distance_to_a_link_is_measured_from_its_middle() -> None:
    path = link_path(port_right(0, 0), port_left(200, 0), DESKTOP_LANE)
    gap, share = geometry.distance_to(path.middle, 100, 30)
    assert gap == pytest.approx(30, abs=0.1)
    assert share == pytest.approx(0.5, abs=0.01)
