"""How is a coordinator drawn?

Its log, line by line: a message each, how far its transaction is and whom it waits for; below them
what it has decided so far.
"""

from PySide6.QtCore import QRectF

from playground.session.commit_frames import CoordinatorView, OpenTransaction
from playground.ui.canvas import card, signs
from playground.ui.canvas.card import Touch
from playground.ui.canvas.commit_words import (
    coordinator_fact,
    counted_words,
    open_words,
    transaction_rest,
    transaction_words,
)
from playground.ui.canvas.pencil import LEFT, RIGHT, Detail, Pencil
from playground.ui.canvas.words import FACT, LOST, QUIET, crash_lines, left_share
from playground.ui.metrics import CELL_RADIUS_PX
from playground.ui.patterns import pattern_brush
from playground.ui.theme import Theme

HEIGHT_PX, STAGE_HEIGHT_PX = 124.0, 128.0
ROW_PX, STAGE_ROW_PX = 27.0, 38.0
MOST_ROWS = 2
INSET_PX = 14.0
DISC_PX = 8.5


def size_px(theme: Theme) -> tuple[float, float]:
    """As wide as a queue, as high as a consumer: its log has room for two lines."""
    return theme.metrics.queue_width_px, STAGE_HEIGHT_PX if theme.is_stage else HEIGHT_PX


def moment(view: CoordinatorView, now_us: int) -> tuple[object, ...]:
    """What time alone changes in the picture."""
    if not view.is_up:
        share = left_share(view.crashed_us, view.restarts_us, now_us)
        return (round(share, 3), *crash_lines(view, now_us))
    rests = tuple(transaction_rest(each, now_us) for each in view.open[:MOST_ROWS])
    return (coordinator_fact(view, now_us), rests)


def paint(pencil: Pencil, rect: QRectF, view: CoordinatorView, now_us: int, touch: Touch) -> None:
    """The whole card."""
    if pencil.detail <= Detail.TILE:
        card.tile(pencil, rect, view, touch)
        return
    theme = pencil.theme
    card.body(pencil, rect, touch, is_up=view.is_up)
    room = _fact(pencil, rect, view, now_us)
    card.header(pencil, rect, view, "coordinator", room)
    if not view.is_up:
        metrics = theme.metrics
        middle = (rect.top() + metrics.queue_head_px + rect.bottom()) / 2 - 2
        ring_x = rect.left() + metrics.countdown_radius_px + 14
        card.crashed(pencil, view, now_us, ring_x, middle, rect.right() - 8)
        return
    top = rect.top() + theme.metrics.queue_head_px
    high = STAGE_ROW_PX if theme.is_stage else ROW_PX
    for index in range(MOST_ROWS):
        row = QRectF(rect.left() + 8, top + index * high, rect.width() - 16, high - 3)
        if index < len(view.open):
            _row(pencil, row, view.open[index], now_us)
        else:
            pencil.box(row, CELL_RADIUS_PX, theme.well)
    if pencil.detail >= Detail.FULL and not theme.is_stage:
        _foot(pencil, rect, view)


def _fact(pencil: Pencil, rect: QRectF, view: CoordinatorView, now_us: int) -> float:
    """The right end of the header; says how much room is left for the name."""
    theme = pencil.theme
    metrics = theme.metrics
    right = rect.right() - 12
    full = right - rect.left() - metrics.name_left_px
    if not view.is_up or theme.is_stage or pencil.detail < Detail.FULL:
        return full
    text, tone = coordinator_fact(view, now_us)
    colours = {LOST: theme.status("lost").text, FACT: theme.ink, QUIET: theme.ink3}
    kind = "label_strong" if tone == FACT else "label"
    text = pencil.fitted(text, kind, full - min(card.name_width(pencil, view), 96) - 10)
    middle = rect.top() + metrics.header_middle_px
    colour = colours.get(tone, theme.ink2)
    return full - pencil.text(right, middle, text, kind, colour, RIGHT) - 10


def _row(pencil: Pencil, row: QRectF, entry: OpenTransaction, now_us: int) -> None:
    """One line of the log: what is decided and not yet everywhere is striped like all doubt."""
    theme = pencil.theme
    is_decided = entry.state in ("committing", "aborting")
    pencil.box(row, CELL_RADIUS_PX, theme.well, theme.edge, 1.0)
    if is_decided:
        mark = QRectF(row.left(), row.top(), 6, row.height())
        pencil.box(mark, 2, pattern_brush(theme, "in_doubt"), theme.status("in_doubt").edge, 1.0)
    middle = row.center().y()
    scale = theme.metrics.packet_px / 10
    x = row.left() + 12 + DISC_PX * scale
    hue = theme.identity(entry.message_number)
    if pencil.detail < Detail.FULL:
        pencil.circle(x, middle, min(7 / pencil.zoom, row.height() / 2 - 2), hue)
        return
    signs.disc(pencil, x, middle, entry.message_number, DISC_PX * scale)
    left, right = x + DISC_PX * scale + 7, row.right() - 8
    words = transaction_words(entry)
    kind = "label_strong" if is_decided else "label"
    used = pencil.text(left, middle, words, kind, theme.ink, LEFT)
    rest = transaction_rest(entry, now_us)
    room = right - left - used - 8
    if rest and room > 40:
        text = pencil.fitted(rest, "label", room, "middle")
        pencil.text(right, middle, text, "label", theme.ink2, RIGHT)


def _foot(pencil: Pencil, rect: QRectF, view: CoordinatorView) -> None:
    theme = pencil.theme
    middle, left, right = rect.bottom() - 14, rect.left() + INSET_PX, rect.right() - INSET_PX
    hidden = view.open_total - min(len(view.open), MOST_ROWS)
    more = open_words(view.open_total) if hidden else ""
    used = pencil.text(right, middle, more, "label", theme.ink, RIGHT) + 8 if more else 0.0
    text = pencil.fitted(counted_words(view), "label", right - left - used)
    pencil.text(left, middle, text, "label", theme.ink2, LEFT)
