"""How is one entry of a queue drawn?

Ready: a full disc. Given out: a dashed slot, the number without a disc, and a ring for what is left
of the lease. All but the rings looks alike for alike numbers and is stamped.
"""

from PySide6.QtCore import QPointF, QRectF

from playground.session.frame import Slot
from playground.ui.canvas import signs
from playground.ui.canvas.pencil import CENTRE, Detail, Pencil
from playground.ui.canvas.stamps import Stamps
from playground.ui.canvas.words import left_share
from playground.ui.metrics import SLOT_RADIUS_PX

RING_PX = 10.75
STAGE_RING_PX = 14.5


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
        if is_leased:
            _leased(inside, x, y, box, slot.number)
        else:
            _ready(inside, x, y, box, slot.number, is_dead)

    look = f"{slot.state} {is_dead} {signs.short_number(slot.number)} {slot.number % 6}"
    stamps.put(pencil, centre.x(), centre.y(), (box.width(), box.height()), look, paint)
    if is_leased:
        _time_left(pencil, centre, slot, now_us)
    if slot.deliveries > 1 and pencil.detail >= Detail.FULL:
        wide = signs.copies_width(theme, slot.deliveries)
        x, y = box.right() + (10 if theme.is_stage else 7) - wide / 2, box.top() + 4.5
        signs.stamped_copies(pencil, stamps, x, y, slot.deliveries)


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
