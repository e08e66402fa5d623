"""How large are things, on the desktop and on the projector?

Logical pixels at 100 % and zoom 1. ``DESKTOP`` and ``STAGE`` are the only two sets; a length that
is the same in both stands here once, as a constant.
"""

from dataclasses import dataclass

SEGMENT_RADIUS_PX = 3
CELL_RADIUS_PX = 5
BUTTON_RADIUS_PX = 6
SLOT_RADIUS_PX = 7
TOOLBAR_RADIUS_PX = 8
SELECT_GAP_PX = 4  # between an object and the ring that says it is selected
SMALLEST_TEXT_PX = 11
SMALLEST_STAGE_TEXT_PX = 16
GRID_PX = 24
HIT_PX = 24  # no target is smaller
PACKET_HIT_PX = 16  # radius
PORT_HIT_PX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """The lengths that the projector draws larger."""

    node_stroke_px: float
    crash_stroke_px: float
    crash_dash_px: tuple[float, float]
    select_stroke_px: float
    rail_px: float
    timer_px: float
    countdown_px: float
    slot_stroke_px: float
    plate_stroke_px: float
    node_radius_px: float
    lane_px: float  # from the middle of a link to each of its lanes
    packet_px: float  # radius of a request
    reply_px: float  # radius of a reply
    reply_stroke_px: float
    lost_px: float  # radius of the disc of a lost message
    icon_px: float
    shield_px: float
    band_px: float  # the guarantee's colour at the left of a card
    pill_height_px: float
    pill_padding_px: float
    header_middle_px: float
    name_left_px: float
    producer_px: tuple[float, float]
    line_px: float  # one more line on a producer
    queue_width_px: float
    queue_head_px: float
    queue_foot_px: float
    queue_lane_px: float
    slot_px: float
    slot_gap_px: float
    slots: int
    consumer_px: tuple[float, float]
    stage_top_px: float
    stage_height_px: float
    stage_gap_px: float
    stage_label_px: float  # from the bar's bottom to the middle of its labels
    countdown_radius_px: float
    database_width_px: float
    lid_px: float

    @property
    def port_px(self) -> tuple[float, float]:
        """Width and height of the capsule at a node's edge."""
        return 8.0, 2 * self.lane_px + 12

    def queue_height_px(self, lanes: int) -> float:
        """The height of a queue's card with that many groups."""
        return self.queue_head_px + self.queue_lane_px * max(lanes, 1) + self.queue_foot_px


DESKTOP = Metrics(
    node_stroke_px=1.25,
    crash_stroke_px=2,
    crash_dash_px=(6, 4),
    select_stroke_px=2,
    rail_px=1.75,
    timer_px=2.25,
    countdown_px=2.75,
    slot_stroke_px=1.25,
    plate_stroke_px=1.25,
    node_radius_px=10,
    lane_px=9.5,
    packet_px=10,
    reply_px=7,
    reply_stroke_px=2.2,
    lost_px=11,
    icon_px=20,
    shield_px=18,
    band_px=6,
    pill_height_px=22,
    pill_padding_px=9,
    header_middle_px=20,
    name_left_px=40,
    producer_px=(140, 116),
    line_px=24,
    queue_width_px=236,
    queue_head_px=44,
    queue_foot_px=8,
    queue_lane_px=44,
    slot_px=32,
    slot_gap_px=4,
    slots=6,
    consumer_px=(264, 124),
    stage_top_px=58,
    stage_height_px=20,
    stage_gap_px=10,
    stage_label_px=11,
    countdown_radius_px=17,
    database_width_px=136,
    lid_px=28,
)

STAGE = Metrics(
    node_stroke_px=2.5,
    crash_stroke_px=3.5,
    crash_dash_px=(9, 6),
    select_stroke_px=2.5,
    rail_px=2.5,
    timer_px=4,
    countdown_px=4.5,
    slot_stroke_px=2,
    plate_stroke_px=2,
    node_radius_px=12,
    lane_px=14,
    packet_px=15,
    reply_px=12,
    reply_stroke_px=2.75,
    lost_px=15,
    icon_px=30,
    shield_px=28,
    band_px=9,
    pill_height_px=37,
    pill_padding_px=15,
    header_middle_px=28,
    name_left_px=57,
    producer_px=(176, 128),
    line_px=36,
    queue_width_px=274,
    queue_head_px=47,
    queue_foot_px=7,
    queue_lane_px=52,
    slot_px=42,
    slot_gap_px=6,
    slots=5,
    consumer_px=(380, 128),
    stage_top_px=66,
    stage_height_px=28,
    stage_gap_px=14,
    stage_label_px=16,
    countdown_radius_px=24,
    database_width_px=172,
    lid_px=28,
)
