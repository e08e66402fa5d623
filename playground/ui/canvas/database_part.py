"""How is a group's part of the database drawn while it is not simply well?

It is a process of its own where the group commits in two phases: it can be down or stand still, and
what it has prepared it may neither keep nor undo by itself.
"""

from PySide6.QtCore import QRectF

from playground.session.frame import DatabaseView
from playground.ui.canvas import card, signs
from playground.ui.canvas.card import Touch
from playground.ui.canvas.pencil import CENTRE, Detail, Pencil
from playground.ui.canvas.words import crash_lines, left_share, paused_words
from playground.ui.theme import Theme

INSET_PX = 6.0
FOOT_PX = 13.0


def box_in(part: QRectF) -> QRectF:
    """The part that takes the pointer: a compartment without its walls."""
    return part.adjusted(INSET_PX, 2, -INSET_PX, -2)


def moment(view: DatabaseView, now_us: int) -> tuple[object, ...]:
    """What time alone changes in the picture."""
    if not view.is_up:
        share = left_share(view.crashed_us, view.restarts_us, now_us)
        return (round(share, 3), *crash_lines(view, now_us))
    return (paused_words(view, now_us),) if view.is_paused else ()


def paint(pencil: Pencil, rect: QRectF, view: DatabaseView, now_us: int, touch: Touch) -> None:
    """Over the compartment: an outage, or one line at its foot."""
    theme = pencil.theme
    if not view.is_up:
        _down(pencil, rect, view, now_us)
        return
    if touch.glow and pencil.detail >= Detail.MIDDLE:
        pencil.box(rect, theme.metrics.node_radius_px, None, theme.ink, 1.0)
    if pencil.detail < Detail.FULL:
        return
    if view.armed:
        signs.bolt_disc(pencil, rect.right() - 10, rect.top() + 14, 16, is_hollow=False)
    if not view.is_paused:
        return
    # Over the figures' foot: what is prepared is among what they say is in doubt.
    middle = rect.bottom() - FOOT_PX
    kind = "label" if theme.is_stage else "stage_current"
    text = pencil.fitted(paused_words(view, now_us), kind, rect.width() - 40)
    half = pencil.width(text, kind) / 2 + 24
    plate = QRectF(rect.center().x() - half, middle - 11, 2 * half, 22)
    pencil.box(plate, 6, theme.node)
    pencil.icon("pause", plate.left() + 12, middle, 14, theme.ink)
    pencil.text(rect.center().x() + 8, middle, text, kind, theme.ink, CENTRE)


def _down(pencil: Pencil, rect: QRectF, view: DatabaseView, now_us: int) -> None:
    theme = pencil.theme
    card.body(pencil, rect, Touch(), is_up=False)
    if pencil.detail <= Detail.TILE:
        signs.bolt_disc(pencil, rect.right(), rect.top(), 16 / pencil.zoom, is_hollow=False)
        return
    radius = theme.metrics.countdown_radius_px
    share = left_share(view.crashed_us, view.restarts_us, now_us)
    lost = theme.status("lost")
    middle = rect.center()
    y = middle.y() - 16
    signs.ring(pencil, middle.x(), y, radius, share, lost.fill, theme.metrics.countdown_px)
    pencil.text(middle.x(), y + radius + 16, "Crashed", "state", lost.text, CENTRE)
    if pencil.detail >= Detail.FULL and not theme.is_stage:
        text = pencil.fitted(crash_lines(view, now_us)[-1], "label", rect.width() - 8)
        pencil.text(middle.x(), y + radius + 37, text, "label", theme.ink2, CENTRE)


def size_px(theme: Theme) -> tuple[float, float]:
    """As wide as the cylinder; its height is its compartment's."""
    return theme.metrics.database_width_px, theme.metrics.lid_px
