"""Where on the scoreboard does each number stand?

A row is an equation: produced = the six buckets; to the right of the rule, what the deliveries
tell. Columns grow with the widest number of the run and never jump back; the bar takes the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from playground.session.frame import GroupRow
from playground.ui.fonts import width_px
from playground.ui.format import number
from playground.ui.theme import Role, Theme

BIG_NUMBER = 100_000
PLATE_ROOM_PX = 6.0  # so that a plate in the last column stays within its row
NAME_GAP_PX = 20.0  # between the longest name and the first number
"""From here on digits are set smaller."""


class Count(NamedTuple):
    """One number of a row: what it is called, where it comes from, how it is coloured."""

    key: str  # "once", "lost", "deliveries"
    heading: str
    field: str  # of GroupRow
    status: str  # key of a status colour, or ""
    is_bad: bool  # stands on a plate when it is not zero


BUCKETS: tuple[Count, ...] = (
    Count("once", "once", "applied_once", "once", False),
    Count("twice", "twice+", "applied_many", "twice", True),
    Count("in_flight", "in flight", "in_flight", "in_flight", False),
    Count("in_doubt", "in doubt", "in_doubt", "in_doubt", True),
    Count("dead", "dead", "dead_lettered", "dead", True),
    Count("lost", "lost", "lost", "lost", True),
)

REPEATS: tuple[Count, ...] = (
    Count("deliveries", "deliveries", "deliveries", "", False),
    Count("delivered_again", "delivered again", "duplicate_deliveries", "", False),
    Count("applied_again", "applied again", "duplicate_effects", "twice", True),
    Count("suppressed", "suppressed", "suppressed", "", False),
    Count("set_again", "set again", "reexecuted", "", False),
)

PRODUCED = Count("produced", "produced", "produced", "", False)
ALWAYS = ("delivered_again", "applied_again")
"""What the right block keeps when there is little room: their difference is the lesson."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSize:
    """The lengths of the board that the projector draws larger."""

    head_px: int
    first_row_px: int
    row_px: int
    heading_px: float
    margin_px: float
    pill_px: tuple[float, float]
    name_px: float
    most_name_px: float
    produced_px: float
    equals_px: float
    bar_px: float
    bar_height_px: float
    smallest_part_px: float
    bucket_px: tuple[float, ...]
    repeat_px: tuple[float, ...]
    tick_px: float
    rule_px: float
    foot_px: float
    room_px: float  # a number's column is at least this much wider than its digits
    first_room_px: float  # the same for the column beside the bar, which has no plus


DESK = BoardSize(
    head_px=44,
    first_row_px=39,
    row_px=38,
    heading_px=22,
    margin_px=16,
    pill_px=(50, 24),
    name_px=78,
    most_name_px=130,
    produced_px=240,
    equals_px=18,
    bar_px=36,
    bar_height_px=24,
    smallest_part_px=8,
    bucket_px=(46, 72, 74, 74, 66, 60),
    repeat_px=(66, 104, 88, 74, 66),
    tick_px=26,
    rule_px=22,
    foot_px=14,
    room_px=40,
    first_room_px=16,
)

STAGE = BoardSize(
    head_px=58,
    first_row_px=51,
    row_px=58,
    heading_px=39,
    margin_px=16,
    pill_px=(84, 40),
    name_px=114,
    most_name_px=210,
    produced_px=284,
    equals_px=20,
    bar_px=42,
    bar_height_px=40,
    smallest_part_px=12,
    bucket_px=(67, 110, 132, 120, 110, 99),
    repeat_px=(130, 93, 111, 140, 110),
    tick_px=50,
    rule_px=28,
    foot_px=18,
    room_px=54,
    first_room_px=16,
)


class Place(NamedTuple):
    """A column: its count, its left and right edge, and where the plus before it stands."""

    of: Count
    left_px: float
    right_px: float
    plus_px: float | None


class Columns(NamedTuple):
    """The whole board from left to right."""

    produced: Place
    equals_px: float
    bar_left_px: float
    bar_right_px: float
    buckets: tuple[Place, ...]
    tick_px: float
    rule_px: float
    repeats: tuple[Place, ...]
    is_small: bool  # digits of 18 instead of 22


def size_for(theme: Theme) -> BoardSize:
    """The board's lengths in this theme."""
    return STAGE if theme.is_stage else DESK


def shown_counts(
    rows: tuple[GroupRow, ...], is_narrow: bool, is_stage: bool
) -> tuple[tuple[Count, ...], tuple[Count, ...]]:
    """The buckets and repeats that are worth their room."""
    if not (is_narrow or is_stage):
        is_set_again = any(row.reexecuted for row in rows)
        return BUCKETS, REPEATS if is_set_again else REPEATS[:-1]
    buckets = tuple(
        count
        for count in BUCKETS
        if count.key in ("once", "lost") or any(getattr(row, count.field) for row in rows)
    )
    return buckets, tuple(count for count in REPEATS if count.key in ALWAYS)


def lay_out(
    theme: Theme,
    width: float,
    buckets: tuple[Count, ...],
    repeats: tuple[Count, ...],
    widest: Mapping[str, int],
    names_px: float = 0.0,
) -> Columns:
    """Place every column; ``widest`` has the largest number so far for each count's key.

    ``names_px`` is how wide the widest name is: up to a limit it is not cut.
    """
    size = size_for(theme)
    is_small = max(widest.values(), default=0) >= BIG_NUMBER and not theme.is_stage
    big = theme.role("board_right" if is_small else "board")
    right = theme.role("board_right")
    name_px = max(90.0, min(names_px, size.most_name_px) + NAME_GAP_PX)
    produced_px = max(size.produced_px, size.name_px + name_px + _digits(widest, "produced", big))
    bucket_px = [_width(size.bucket_px[BUCKETS.index(c)], widest, c, big, size) for c in buckets]
    repeat_px = [_width(size.repeat_px[REPEATS.index(c)], widest, c, right, size) for c in repeats]
    foot_px = size.foot_px + (PLATE_ROOM_PX if repeats and repeats[-1].is_bad else 0.0)
    right_px = size.tick_px + size.rule_px + sum(repeat_px) + foot_px
    bar_left = produced_px + size.bar_px
    bar_right = max(bar_left + 60, width - right_px - sum(bucket_px))
    places, edge = _run(buckets, bucket_px, bar_right, widest, big, is_sum=True)
    tick = edge + size.tick_px
    rule = tick + size.rule_px
    beside, _ = _run(repeats, repeat_px, rule, widest, right, is_sum=False)
    return Columns(
        Place(PRODUCED, produced_px - _digits(widest, "produced", big) - 8, produced_px, None),
        produced_px + size.equals_px,
        bar_left,
        bar_right,
        places,
        tick,
        rule,
        beside,
        is_small,
    )


def _run(
    counts: tuple[Count, ...],
    widths: list[float],
    start: float,
    widest: Mapping[str, int],
    role: Role,
    *,
    is_sum: bool,
) -> tuple[tuple[Place, ...], float]:
    places: list[Place] = []
    edge = start
    for count, width in zip(counts, widths, strict=True):
        digits = max(_digits(widest, count.key, role), 26.0)
        before, edge = edge, edge + width
        plus = (before + edge - digits) / 2 if is_sum and places else None
        places.append(Place(count, edge - digits, edge, plus))
    return tuple(places), edge


def _width(
    base: float, widest: Mapping[str, int], count: Count, role: Role, size: BoardSize
) -> float:
    room = size.first_room_px if count.key == "once" else size.room_px
    return max(base, _digits(widest, count.key, role) + room)


def _digits(widest: Mapping[str, int], key: str, role: Role) -> float:
    return width_px(number(widest.get(key, 0)), role)


def bar_parts(
    row: GroupRow, width: float, smallest_px: float, gap_px: float = 2.0
) -> tuple[tuple[Count, float, float], ...]:
    """The non-zero buckets of a row as (count, left, width); small ones stay visible."""
    parts = [(count, getattr(row, count.field)) for count in BUCKETS]
    parts = [(count, value) for count, value in parts if value > 0]
    if not parts:
        return ()
    room = width - gap_px * (len(parts) - 1)
    total = sum(value for _, value in parts)
    raised = {count.key for count, value in parts if room * value / total < smallest_px}
    rest = sum(value for count, value in parts if count.key not in raised)
    free = room - smallest_px * len(raised)
    placed: list[tuple[Count, float, float]] = []
    left = 0.0
    for count, value in parts:
        share = smallest_px if count.key in raised or not rest else free * value / rest
        placed.append((count, left, share))
        left += share + gap_px
    return tuple(placed)
