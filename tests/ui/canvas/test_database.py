"""Has each group its part of the cylinder, however many there are?"""

from itertools import pairwise

import pytest

from playground.ui.canvas.database_card import (
    LEAST_LINE_PX,
    STAGE_SUMS_PX,
    TOP_PX,
    Compartment,
    compartments,
    room_px,
    step_px,
)

LID_PX = 28.0
ROW_PX = 144.0  # from one consumer to the next


@pytest.mark.parametrize("groups", [1, 3, 8, 9, 40, 84])
def test_the_parts_follow_each_other_and_each_has_a_line_at_least(groups: int) -> None:
    height = LID_PX + 8 + room_px(groups)
    middles = [LID_PX + (i + 0.5) * height / groups for i in range(groups)]
    parts = compartments(middles, height, LID_PX)
    assert len(parts) == groups
    assert all(above.bottom == pytest.approx(below.top) for above, below in pairwise(parts))
    assert all(part.bottom - part.top >= LEAST_LINE_PX - 0.01 for part in parts)
    assert all(part.top < part.middle < part.bottom for part in parts)


def test_many_groups_do_not_make_it_higher_than_their_consumers_in_columns() -> None:
    in_a_column = 12
    assert room_px(84) <= 2 * in_a_column * ROW_PX


PORT_PX = 8.0  # how far a port on the bottom reaches up


def test_on_the_stage_what_is_in_doubt_stands_above_the_bottom_of_a_low_part() -> None:
    high = 111.0  # of the only group beside a single consumer
    step = step_px(Compartment(30.0, 30.0 + high, 85.0), 0, 2, is_stage=True)
    last_line = TOP_PX + STAGE_SUMS_PX + 2.25 * step
    assert last_line <= high - PORT_PX
    assert step >= 20
