"""How is a queue drawn?

A lane per group, its head at the right; ready entries hold a full disc, leased ones a dashed slot
with what is left of the lease.
"""

from PySide6.QtCore import QRectF

from playground.session.frame import Lane, QueueView
from playground.ui import format
from playground.ui.canvas import card, queue_slots
from playground.ui.canvas.card import Touch
from playground.ui.canvas.motion import STILL, Pulse
from playground.ui.canvas.pencil import CENTRE, RIGHT, Detail, Pencil
from playground.ui.canvas.stamps import Stamps
from playground.ui.canvas.words import (
    FACT,
    LOST,
    QUIET,
    crash_lines,
    in_doubt_since,
    left_share,
    queue_fact,
)
from playground.ui.metrics import SLOT_RADIUS_PX
from playground.ui.theme import Theme

RING_STEPS = 240  # a quarter of a pixel of a ring


def size_px(view: QueueView, theme: Theme) -> tuple[float, float]:
    """Wide enough for its slots, high enough for its lanes."""
    metrics = theme.metrics
    return metrics.queue_width_px, metrics.queue_height_px(len(view.lanes))


def lane_middle_px(theme: Theme, index: int) -> float:
    """How far below the top of the card a lane's middle is."""
    metrics = theme.metrics
    return metrics.queue_head_px + (index + 0.5) * metrics.queue_lane_px


def slot_box(theme: Theme, lane: int, place: int) -> QRectF:
    """Where a slot is on the card; place 0 is the head, at the right."""
    metrics = theme.metrics
    pitch = metrics.slot_px + metrics.slot_gap_px
    wide = metrics.slots * pitch - metrics.slot_gap_px
    right = (metrics.queue_width_px + wide) / 2
    top = lane_middle_px(theme, lane) - metrics.slot_px / 2
    return QRectF(right - metrics.slot_px - place * pitch, top, metrics.slot_px, metrics.slot_px)


def moment(view: QueueView, now_us: int) -> tuple[object, ...]:
    """What time alone changes in the picture."""
    if not view.is_up:
        share = left_share(view.crashed_us, view.restarts_us, now_us)
        return (round(share, 3), *crash_lines(view, now_us))
    rings = tuple(
        round(left_share(slot.since_us, slot.until_us, now_us) * RING_STEPS)
        for lane in view.lanes
        for slot in lane.slots
        if slot.state == "leased"
    )
    return rings if queue_is_still(view) else (queue_fact(view, now_us), rings)


def queue_is_still(view: QueueView) -> bool:
    """Whether time changes no word of its header."""
    return not view.is_paused and in_doubt_since(view) < 0


def paint(
    pencil: Pencil,
    rect: QRectF,
    view: QueueView,
    now_us: int,
    touch: Touch,
    stamps: Stamps,
    beat: Pulse = STILL,
) -> None:
    """The whole card."""
    if pencil.detail <= Detail.TILE:
        card.tile(pencil, rect, view, touch)
        return
    theme = pencil.theme
    metrics = theme.metrics
    card.body(pencil, rect, touch, is_up=view.is_up)
    room = _facts(pencil, rect, view, now_us, beat)
    card.header(pencil, rect, view, "queue", room)
    if not view.is_up:
        middle = (rect.top() + metrics.queue_head_px + rect.bottom()) / 2 - 2
        ring_x = rect.left() + metrics.countdown_radius_px + 14
        card.crashed(pencil, view, now_us, ring_x, middle, rect.right() - 8)
        return
    for index, lane in enumerate(view.lanes):
        _lane(pencil, rect, view, index, lane, now_us, stamps)
    if not view.lanes:
        text = "no consumer yet"
        middle = rect.top() + lane_middle_px(theme, 0)
        pencil.text(rect.center().x(), middle, text, "label", theme.ink3, CENTRE)


def _facts(
    pencil: Pencil, rect: QRectF, view: QueueView, now_us: int, beat: Pulse = STILL
) -> float:
    """The right end of the header; says how much room is left for the name."""
    theme = pencil.theme
    metrics = theme.metrics
    middle = rect.top() + metrics.header_middle_px
    right = rect.right() - 12
    full = right - rect.left() - metrics.name_left_px
    if view.dead_from and view.is_up:
        return full - _dead_plate(pencil, right, middle, view.held, beat) - 8
    if not view.is_up or theme.is_stage or pencil.detail < Detail.FULL:
        return full
    text, tone = queue_fact(view, now_us)
    colour = {LOST: theme.status("lost").text, FACT: theme.ink, QUIET: theme.ink3}.get(
        tone, theme.ink2
    )
    kind = "label_strong" if tone == FACT else "label"
    room = full - min(card.name_width(pencil, view), 90) - 10
    if pencil.width(text, kind) > room:
        text = pencil.fitted(text.partition(" · ")[0], kind, room)
    return full - pencil.text(right, middle, text, kind, colour, RIGHT) - 10


def _dead_plate(
    pencil: Pencil, right: float, middle: float, count: int, beat: Pulse = STILL
) -> float:
    """How many dead letters there are, on their plate; larger just after it went up."""
    theme = pencil.theme
    text = format.number(count)
    kind = pencil.kind("name")
    if not count:
        return pencil.text(right, middle, text, kind, theme.ink3, RIGHT)
    high = (1.3 if theme.is_stage else 1.55) * kind.size_px
    wide = max(pencil.width(text, kind) + 0.64 * kind.size_px + 8, high * 1.2)
    box = QRectF(right - wide, middle - high / 2, wide, high)
    dead = theme.status("dead")
    painter = pencil.painter
    painter.save()
    painter.translate(box.center())
    painter.scale(beat.scale, beat.scale)
    painter.translate(-box.center())
    pencil.box(box, 6, dead.fill, None if theme.is_dark else dead.edge, 1.25)
    if beat.is_outlined:
        pencil.box(box, 6, None, theme.ink, 2)
    pencil.text(box.center().x(), middle, text, kind, dead.on, CENTRE)
    painter.restore()
    return wide


def _lane(
    pencil: Pencil,
    rect: QRectF,
    view: QueueView,
    index: int,
    lane: Lane,
    now_us: int,
    stamps: Stamps,
) -> None:
    theme = pencil.theme
    metrics = theme.metrics
    hidden = lane.more + max(0, len(lane.slots) - metrics.slots)
    for place in range(metrics.slots):
        box = slot_box(theme, index, place).translated(rect.topLeft())
        is_leftmost = place == metrics.slots - 1
        if is_leftmost and hidden:
            _more(pencil, box, hidden + (1 if len(lane.slots) >= metrics.slots else 0))
        elif place < len(lane.slots):
            slot, is_dead = lane.slots[place], bool(view.dead_from)
            queue_slots.draw(pencil, stamps, box, slot, now_us, is_dead=is_dead)
        else:
            queue_slots.empty(pencil, stamps, box)


def _more(pencil: Pencil, box: QRectF, count: int) -> None:
    theme = pencil.theme
    pencil.box(box, SLOT_RADIUS_PX, theme.well)
    if pencil.detail < Detail.FULL:
        return
    text = f"+{count}" if count < 1000 else f"+{count // 1000}k"
    centre = box.center()
    pencil.text(centre.x(), centre.y(), text, "stage_current", theme.ink2, CENTRE)
