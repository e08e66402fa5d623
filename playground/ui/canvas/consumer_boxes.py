"""Where on a consumer's card are its cells, its gates and its buttons?

One answer for the painter and for the pointer. All boxes are in the card's own coordinates.
"""

from typing import NamedTuple

from PySide6.QtCore import QRectF

from playground.session.frame import ConsumerView
from playground.ui.canvas import signs
from playground.ui.canvas.card import EYE_LIMIT_PX
from playground.ui.canvas.choices import shield_of
from playground.ui.canvas.pencil import Detail, Ruler
from playground.ui.metrics import HIT_PX
from playground.ui.theme import Theme

BAR_LEFT_PX, BAR_RIGHT_PX = 20.0, 12.0
GATE_HIT_PX = (20.0, 36.0)
LAST_GATE_PX = 5.0  # behind the last cell
GAP_PX = 8.0

SAME_PLACE: tuple[frozenset[str], ...] = (
    frozenset(("after-effect", "before-mark")),
    frozenset(("after-dedup", "before-effect")),
    frozenset(("after-mark", "before-effect", "after-dedup")),
    frozenset(("after-effect", "after-mark")),
    frozenset(("after-effect", "before-ack")),
    frozenset(("after-mark", "before-ack")),
    frozenset(("received", "before-effect")),
    frozenset(("received", "before-ack")),
    frozenset(("after-ack", "before-effect")),
    frozenset(("after-ack", "awaiting-reply")),
)
"""Points that some program reaches at one instant, so that they share a gate there."""


class Header(NamedTuple):
    """The right end of the header, and what is left for the name."""

    pill: QRectF
    shield: QRectF  # the sign alone
    shield_button: QRectF  # sign and word
    warning: QRectF
    has_word: bool
    name_room: float


def cells(view: ConsumerView, theme: Theme) -> list[QRectF]:
    """The cells of the stage bar, in the program's order."""
    metrics = theme.metrics
    count = max(len(view.stages), 1)
    room = metrics.consumer_px[0] - BAR_LEFT_PX - BAR_RIGHT_PX
    wide = (room - metrics.stage_gap_px * (count - 1)) / count
    pitch = wide + metrics.stage_gap_px
    return [
        QRectF(BAR_LEFT_PX + i * pitch, metrics.stage_top_px, wide, metrics.stage_height_px)
        for i in range(count)
    ]


def gate_x(view: ConsumerView, theme: Theme, index: int) -> float:
    """Where a gate stands: in the middle of the gap behind its cell."""
    bar = cells(view, theme)
    if index >= len(bar) - 1:
        return bar[-1].right() + LAST_GATE_PX
    return (bar[index].right() + bar[index + 1].left()) / 2


def gate_boxes(view: ConsumerView, theme: Theme) -> list[tuple[int, QRectF]]:
    """The gates that can be armed, each with the box that takes a click."""
    wide, high = GATE_HIT_PX
    middle = theme.metrics.stage_top_px + theme.metrics.stage_height_px / 2
    return [
        (i, QRectF(gate_x(view, theme, i) - wide / 2, middle - high / 2, wide, high))
        for i, point in enumerate(view.gates)
        if point
    ]


def gate_of(view: ConsumerView, point: str) -> int:
    """The gate that stands for a point; -1 where none does."""
    if point in view.gates:
        return view.gates.index(point)
    for index, gate in enumerate(view.gates):
        if gate and any(point in same and gate in same for same in SAME_PLACE):
            return index
    return -1


def header(ruler: Ruler, view: ConsumerView, name_width: float) -> Header:
    """The boxes of pill, warning and shield; the shield's word goes before the name is cut."""
    theme = ruler.theme
    metrics = theme.metrics
    width = metrics.consumer_px[0]
    middle = metrics.header_middle_px
    wide = signs.pill_width(ruler, view.guarantee, EYE_LIMIT_PX)
    high = signs.pill_height(ruler, EYE_LIMIT_PX)
    pill = QRectF(width - BAR_RIGHT_PX - wide, middle - high / 2, wide, high)
    right = pill.left() - (6 if view.warnings and view.is_up else GAP_PX)
    side = metrics.shield_px
    warning = QRectF()
    if view.warnings and view.is_up:
        warning = QRectF(right - side, middle - side / 2, side, side)
        right = warning.left() - 5
    start = metrics.name_left_px + 6
    if theme.is_stage:
        room = right - start - side - 12 - GAP_PX
        left = start + min(name_width, room) + 12
        box = QRectF(left, middle - side / 2, side, side)
        return Header(pill, box, _tall(box), warning, False, room)
    word = ruler.width(shield_of(view)[1], "label")
    needed = side + 4 + word
    has_word = ruler.detail >= Detail.FULL and start + name_width + 7 + needed <= right
    left = right - (needed if has_word else side)
    box = QRectF(left, middle - side / 2, side, side)
    button = QRectF(left, middle - side / 2, right - left, side)
    return Header(pill, box, _tall(button), warning, has_word, left - start - 6)


def _tall(box: QRectF) -> QRectF:
    """The box, at least as high and wide as a target must be."""
    more_y = max(0.0, HIT_PX - box.height()) / 2
    more_x = max(0.0, HIT_PX - box.width()) / 2
    return box.adjusted(-more_x, -more_y, more_x, more_y)


def button_boxes(ruler: Ruler, view: ConsumerView, name_width: float) -> dict[str, QRectF]:
    """What on the header takes a click or explains itself."""
    boxes = header(ruler, view, name_width)
    result = {"pill": _tall(boxes.pill), "shield": boxes.shield_button}
    if not boxes.warning.isNull():
        result["warning"] = _tall(boxes.warning)
    return result
