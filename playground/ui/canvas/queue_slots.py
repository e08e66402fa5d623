"""How is one entry of a queue drawn?

Ready: a full disc. Given out: a dashed slot, the number without a disc, and a ring for what is left
of the lease. Held by a transaction: a lock. All but the rings looks alike for alike numbers and is
stamped.
"""

import math

from PySide6.QtCore import QPointF, QRectF

from playground.engine.units import US_PER_S
from playground.session.frame import QueueView, Slot
from playground.ui import format
from playground.ui.canvas import signs
from playground.ui.canvas.pencil import CENTRE, Detail, Pencil
from playground.ui.canvas.stamps import Stamps
from playground.ui.canvas.words import left_share
from playground.ui.metrics import SLOT_RADIUS_PX, SMALLEST_TEXT_PX
from playground.ui.patterns import pattern_brush
from playground.ui.theme import MEDIUM, Role

RING_PX = 10.75
STAGE_RING_PX = 14.5
AGE_BELOW_PX = 5.5
EXACT_US = 10 * US_PER_S  # younger ones are told to a tenth of a second


def empty(pencil: Pencil, stamps: Stamps, box: QRectF) -> None:
    """Nothing there."""

    def paint(inside: Pencil, x: float, y: float) -> None:
        inside.box(_around(x, y, box), SLOT_RADIUS_PX, inside.theme.well)

    centre = box.center()
    stamps.put(pencil, centre.x(), centre.y(), (box.width(), box.height()), "empty", paint)


def draw(
    pencil: Pencil, stamps: Stamps, box: QRectF, slot: Slot, now_us: int, *, is_dead: bool
) -> None:
    """One entry."""
    theme, centre = pencil.theme, box.center()
    is_leased = slot.state == "leased"

    def paint(inside: Pencil, x: float, y: float) -> None:
        if slot.state == "held":
            _held(inside, x, y, box, slot.number, is_in_doubt=slot.is_in_doubt)
        elif is_leased:
            _leased(inside, x, y, box, slot.number)
        else:
            _ready(inside, x, y, box, slot.number, is_dead)

    state = f"{slot.state} {slot.is_in_doubt} {is_dead}"
    look = f"{state} {signs.short_number(slot.number)} {slot.number % 6}"
    stamps.put(pencil, centre.x(), centre.y(), (box.width(), box.height()), look, paint)
    if is_leased:
        _time_left(pencil, centre, slot, now_us)
    if pencil.detail >= Detail.CLOSE and not theme.is_stage:
        draw_age(pencil, box, slot, now_us)
    if slot.deliveries > 1 and pencil.detail >= Detail.FULL:
        wide = signs.copies_width(theme, slot.deliveries)
        x, y = box.right() + (10 if theme.is_stage else 7) - wide / 2, box.top() + 4.5
        signs.stamped_copies(pencil, stamps, x, y, slot.deliveries)


def age_words(slot: Slot, now_us: int) -> str:
    """How long an entry has been here: ``1.4 s``, ``12 s``."""
    if slot.born_us is None:
        return ""
    age_us = max(0, now_us - slot.born_us)
    return format.seconds_left(age_us) if age_us < EXACT_US else format.duration(age_us)


def ages(view: QueueView, now_us: int) -> tuple[str, ...]:
    """The ages that are written from near by, so that a card knows when they have changed."""
    return tuple(age_words(slot, now_us) for lane in view.lanes for slot in lane.slots)


def draw_age(pencil: Pencil, box: QRectF, slot: Slot, now_us: int) -> None:
    """Below the entry, in the gap to the next lane."""
    kind = Role(max(1, math.ceil(SMALLEST_TEXT_PX / pencil.zoom - 0.01)), MEDIUM)
    middle = box.bottom() + AGE_BELOW_PX
    words = age_words(slot, now_us)
    pencil.text(box.center().x(), middle, words, kind, pencil.theme.ink2, CENTRE)


def _around(x: float, y: float, box: QRectF) -> QRectF:
    return QRectF(x - box.width() / 2, y - box.height() / 2, box.width(), box.height())


def _ready(pencil: Pencil, x: float, y: float, box: QRectF, number: int, is_dead: bool) -> None:
    theme, metrics = pencil.theme, pencil.theme.metrics
    edge = theme.status("dead").edge if is_dead else theme.edge
    width = metrics.slot_stroke_px if is_dead else metrics.slot_stroke_px * 0.8
    ground = theme.node if is_dead else theme.well
    pencil.box(_around(x, y, box), SLOT_RADIUS_PX, ground, edge, width)
    if pencil.detail < Detail.FULL:
        pencil.circle(x, y, 7 / pencil.zoom, theme.identity(number))
        return
    radius = metrics.packet_px - (1 if theme.is_stage else 0)
    pencil.circle(x, y, radius, theme.identity(number))
    pencil.text(x, y, signs.short_number(number), "digits", theme.on_identity, CENTRE)


def _held(
    pencil: Pencil, x: float, y: float, box: QRectF, number: int, *, is_in_doubt: bool
) -> None:
    """Locked by a transaction: behind stripes where only the coordinator knows how it ends."""
    theme = pencil.theme
    doubt = theme.status("in_doubt")
    place = _around(x, y, box)
    fill = pattern_brush(theme, "in_doubt") if is_in_doubt else theme.well
    edge = theme.edge if not is_in_doubt else doubt.fill if theme.is_dark else doubt.edge
    pencil.box(place, SLOT_RADIUS_PX, fill, edge, theme.metrics.slot_stroke_px)
    if pencil.detail < Detail.FULL:
        return
    radius = theme.metrics.packet_px - (1 if theme.is_stage else 0)
    pencil.circle(x, y, radius, theme.node, theme.identity(number), 1.75)
    pencil.text(x, y, signs.short_number(number), "digits", theme.identity(number), CENTRE)
    signs.lock(pencil, place.right() - 5, place.bottom() - 6)


def _leased(pencil: Pencil, x: float, y: float, box: QRectF, number: int) -> None:
    theme = pencil.theme
    dash = (3.0, 2.5) if theme.is_stage else (4.0, 3.0)
    width = theme.metrics.slot_stroke_px
    pencil.box(_around(x, y, box), SLOT_RADIUS_PX, None, theme.edge, width, dash)
    if pencil.detail >= Detail.FULL:
        text = signs.short_number(number)
        pencil.text(x, y, text, "digits", theme.identity(number), CENTRE)


def _time_left(pencil: Pencil, centre: QPointF, slot: Slot, now_us: int) -> None:
    theme, x, y = pencil.theme, centre.x(), centre.y()
    share = left_share(slot.since_us, slot.until_us, now_us)
    radius = STAGE_RING_PX if theme.is_stage else RING_PX
    if pencil.detail < Detail.FULL:
        signs.ring(pencil, x, y, radius * 0.85, share, theme.identity(slot.number), 3)
    else:
        signs.ring(pencil, x, y, radius, share, theme.ink, theme.metrics.timer_px)
