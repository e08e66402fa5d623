"""How is a producer drawn?

How much it has produced, how it publishes, and one line for each message it waits for.
"""

from PySide6.QtCore import QRectF

from playground.session.frame import ProducerView
from playground.ui import format
from playground.ui.canvas import card, signs
from playground.ui.canvas.card import Touch
from playground.ui.canvas.pencil import CENTRE, RIGHT, Detail, Pencil
from playground.ui.canvas.words import (
    FACT,
    LOST,
    PLAIN,
    left_share,
    paused_words,
    producer_line,
    producer_short,
    waiting_left,
    waiting_words,
)
from playground.ui.theme import Theme

MOST_LINES = 2
RING_PX = 10
INSET_PX = 14


def size_px(view: ProducerView, theme: Theme) -> tuple[float, float]:
    """The card grows by one line for a second message that waits."""
    width, height = theme.metrics.producer_px
    extra = 0 if theme.is_stage else max(0, line_count(view) - 1)
    return width, height + extra * theme.metrics.line_px


def line_count(view: ProducerView) -> int:
    """How many lines the card has room for: its window's, so that it does not breathe."""
    wanted = min(view.window, MOST_LINES) if view.publish == "confirmed" else 1
    return max(1, wanted)


def moment(view: ProducerView, now_us: int) -> tuple[object, ...]:
    """What time alone changes in the picture."""
    if not view.is_up:
        share = left_share(view.crashed_us, view.restarts_us, now_us)
        left_us = (view.restarts_us or now_us) - now_us
        return (round(share, 3), format.seconds_left(left_us))
    rings = tuple(
        (round(left_share(w.since_us, w.until_us, now_us), 3), waiting_words(w, now_us))
        for w in view.waiting
    )
    return (paused_words(view, now_us), rings) if view.is_paused else rings


def paint(pencil: Pencil, rect: QRectF, view: ProducerView, now_us: int, touch: Touch) -> None:
    """The whole card."""
    if pencil.detail <= Detail.TILE:
        card.tile(pencil, rect, view, touch)
        return
    theme = pencil.theme
    card.body(pencil, rect, touch, is_up=view.is_up)
    room = rect.width() - theme.metrics.name_left_px - 10
    card.header(pencil, rect, view, "producer", room)
    if not view.is_up:
        _crashed(pencil, rect, view, now_us)
        return
    if theme.is_stage:
        _stage_face(pencil, rect, view, now_us)
        return
    left = rect.left() + INSET_PX
    value = format.number(view.produced)
    wide = pencil.text(left, rect.top() + 50, value, "value", theme.ink)
    has_room = pencil.width("produced", "label") <= rect.right() - left - wide - 14
    if has_room and pencil.detail >= Detail.FULL:
        pencil.text(left + wide + 8, rect.top() + 51.5, "produced", "label", theme.ink2)
    if pencil.detail < Detail.FULL:
        return
    text, tone = producer_line(view, now_us)
    colour = (
        theme.status("lost").text if tone == LOST else theme.ink if tone == FACT else theme.ink2
    )
    room = rect.width() - INSET_PX - 6
    if tone == PLAIN and pencil.width(text, "label") > room:
        text = producer_short(view)
    text = pencil.fitted(text, "label", room)
    pencil.text(left, rect.top() + 74, text, "label", colour)
    _lines(pencil, rect, view, now_us)


def _crashed(pencil: Pencil, rect: QRectF, view: ProducerView, now_us: int) -> None:
    metrics = pencil.theme.metrics
    middle = (rect.top() + metrics.header_middle_px * 1.6 + rect.bottom()) / 2
    if pencil.theme.is_stage:
        card.crashed(pencil, view, now_us, rect.left() + 32, middle, rect.right() - 6, 7)
        return
    card.crashed(pencil, view, now_us, rect.left() + 29, middle, rect.right() - 4, 9)


def _stage_face(pencil: Pencil, rect: QRectF, view: ProducerView, now_us: int) -> None:
    theme = pencil.theme
    value = format.number(view.produced)
    pencil.text(rect.left() + 15, rect.top() + 70, value, "value", theme.ink)
    pencil.text(rect.left() + 15, rect.top() + 104, "produced", "label", theme.ink2)
    if view.waiting and pencil.width(value, "value") < rect.width() - 80:
        first = view.waiting[0]
        share = left_share(first.since_us, first.until_us, now_us)
        _ring(pencil, rect.right() - 36, rect.top() + 78, first.number, share, 17)


def _lines(pencil: Pencil, rect: QRectF, view: ProducerView, now_us: int) -> None:
    theme = pencil.theme
    middle = rect.top() + 97
    x = rect.left() + INSET_PX + RING_PX
    shown = view.waiting[: line_count(view)]
    for row, waiting in enumerate(shown):
        y = middle + row * theme.metrics.line_px
        share = left_share(waiting.since_us, waiting.until_us, now_us)
        _ring(pencil, x, y, waiting.number, share, RING_PX)
        text = waiting_words(waiting, now_us)
        is_last = row == len(shown) - 1
        more = view.waiting_total - len(shown)
        if is_last and more > 0:
            right = rect.right() - 8
            wide = pencil.text(right, y, f"+{format.number(more)}", "label", theme.ink2, RIGHT)
            room = right - wide - 6 - (x + RING_PX + 8)
            if pencil.width(text, "label") > room:
                text = pencil.fitted(waiting_left(waiting, now_us), "label", room)
        pencil.text(x + RING_PX + 8, y, text, "label", theme.ink2)
    if not shown and view.gave_up:
        lost = theme.status("lost").text
        signs.cross(pencil, rect.left() + INSET_PX + 5, middle, 4, lost, 1.8)
        text = f"gave up on {format.number(view.gave_up[0])}"
        pencil.text(rect.left() + INSET_PX + 18, middle, text, "label", theme.ink2)


def _ring(pencil: Pencil, x: float, y: float, number: int, share: float, radius: float) -> None:
    theme = pencil.theme
    signs.ring(pencil, x, y, radius, share, theme.ink, theme.metrics.timer_px)
    text = signs.short_number(number)
    pencil.text(x, y, text, "digits", theme.identity(number), CENTRE)
