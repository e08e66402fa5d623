"""What do all cards have in common?

The body with its shadow, its band and its outline; the header; the face of a crashed node; and the
tile that stands for a card far away.
"""

import math
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from playground.ui import format
from playground.ui.canvas import signs
from playground.ui.canvas.pencil import CENTRE, LEFT, RIGHT, Detail, Pencil, Ruler
from playground.ui.canvas.words import NodeView, crash_lines, left_share
from playground.ui.theme import GUARANTEE_SIGNS, Role, faded, mix

CRASHED_BAND = 0.43
SMALLER = 0.78  # how small a long name may be, of the usual size
EYE_LIMIT_PX = 12  # names and pills are never smaller on the screen
NARROW_TILE_PX = 60  # on the screen: a tile whose name needs all of its width
CLOSEST_LINES_PX = 11.2  # on the screen, from a tile's name to its guarantee


class Touch(NamedTuple):
    """What the pointer does to a card right now."""

    is_hovered: bool = False
    gate: int = -1  # the gate under the pointer
    spot: str = ""  # "pill", "shield" or "warning" under the pointer
    is_faint: bool = False  # another object is being linked and this one cannot take part
    level: float = -1.0  # how far the hover has come, 0 to 1; below 0: all the way

    @property
    def glow(self) -> float:
        """How much of the hover is seen, 0 to 1."""
        return self.level if self.level >= 0 else float(self.is_hovered)


def body(pencil: Pencil, rect: QRectF, touch: Touch, *, is_up: bool, guarantee: str = "") -> None:
    """Shadow, fill, band and outline."""
    theme = pencil.theme
    metrics = theme.metrics
    radius = metrics.node_radius_px
    scale = 1.0 if pencil.detail >= Detail.MIDDLE else min(1 / pencil.zoom, 6.0)
    if is_up and pencil.detail >= Detail.MIDDLE:
        pencil.shadow(rect, radius, is_raised=touch.glow >= 0.5)
    pencil.box(rect, radius, theme.node if is_up else theme.crash_tint)
    if guarantee and is_up:
        _outline(pencil, rect, touch, scale)
        _band(pencil, rect, guarantee, 1.0, scale)
    elif guarantee:
        _band(pencil, rect, guarantee, CRASHED_BAND, scale)
    if not is_up:
        dash = (metrics.crash_dash_px[0] * scale, metrics.crash_dash_px[1] * scale)
        lost = theme.status("lost").fill
        pencil.box(rect, radius, None, lost, metrics.crash_stroke_px * scale, dash)
    elif not guarantee:
        _outline(pencil, rect, touch, scale)


def _outline(pencil: Pencil, rect: QRectF, touch: Touch, scale: float) -> None:
    theme = pencil.theme
    colour = mix(theme.ink, theme.edge, touch.glow) if touch.glow else theme.edge
    width = theme.metrics.node_stroke_px + 0.25 * touch.glow
    pencil.box(rect, theme.metrics.node_radius_px, None, colour, width * scale)


def _band(pencil: Pencil, rect: QRectF, guarantee: str, share: float, scale: float) -> None:
    theme = pencil.theme
    half = theme.metrics.node_stroke_px * scale / 2
    outer = QPainterPath()
    radius = theme.metrics.node_radius_px + half
    outer.addRoundedRect(rect.adjusted(-half, -half, half, half), radius, radius)
    strip = QPainterPath()
    wide = theme.metrics.band_px * min(scale, 2.5)
    strip.addRect(
        QRectF(rect.left() - half, rect.top() - half, wide + half, rect.height() + 2 * half)
    )
    pencil.path(outer.intersected(strip), faded(theme.guarantee(guarantee).fill, share))


def header(
    pencil: Pencil,
    rect: QRectF,
    view: NodeView,
    icon: str,
    room_px: float,
    shift_px: float = 0.0,
) -> float:
    """Icon and name; ``room_px`` is what the name may take. Says where the name ends."""
    theme = pencil.theme
    metrics = theme.metrics
    middle = rect.top() + metrics.header_middle_px
    left = rect.left() + shift_px
    side = metrics.icon_px
    colour = theme.ink2 if view.is_up else theme.ink3
    x = left + metrics.name_left_px - 7 - side / 2
    if view.is_up and view.is_paused:
        pencil.icon("pause", x, middle, side, theme.ink)
    else:
        pencil.icon(icon, x, middle, side, colour)
    kind = pencil.kind("name", EYE_LIMIT_PX)
    kind, name = _fitted_name(pencil, view.id, kind, room_px)
    start = left + metrics.name_left_px
    return start + pencil.text(start, middle, name, kind, theme.ink, LEFT)


def _fitted_name(pencil: Pencil, name: str, kind: Role, room_px: float) -> tuple[Role, str]:
    """A name in smaller letters where it is long, and only then without its middle."""
    least_px = max(math.ceil(kind.size_px * SMALLER), pencil.kind("stage").size_px)
    while kind.size_px > least_px and pencil.width(name, kind) > room_px:
        kind = kind._replace(size_px=kind.size_px - 1)
    return kind, pencil.fitted(name, kind, room_px, "middle")


def name_width(ruler: Ruler, view: NodeView) -> float:
    """How wide the whole name would be."""
    return ruler.width(view.id, ruler.kind("name", EYE_LIMIT_PX))


def crashed(
    pencil: Pencil,
    view: NodeView,
    now_us: int,
    ring_x: float,
    middle: float,
    right: float,
    gap_px: float = 13.0,
) -> None:
    """The countdown ring, *Crashed*, and what went with it."""
    theme = pencil.theme
    metrics = theme.metrics
    radius = metrics.countdown_radius_px
    lost = theme.status("lost")
    share = left_share(view.crashed_us, view.restarts_us, now_us)
    signs.ring(pencil, ring_x, middle, radius, share, lost.fill, metrics.countdown_px)
    if view.restarts_us is not None:
        left_us = max(0, view.restarts_us - now_us)
        text = format.seconds_left(left_us).removesuffix(f"{format.NO_BREAK_SPACE}s")
        if left_us < 100_000_000 and pencil.detail >= Detail.FULL:
            pencil.text(ring_x, middle, text, _ring_digits(theme.is_stage), lost.text, CENTRE)
    else:
        signs.bolt(pencil, ring_x, middle, radius * 0.9, lost.fill)
    x = ring_x + radius + gap_px
    if theme.is_stage:
        wide = pencil.text(x, middle, "Crashed", "state", lost.text)
        took = crash_lines(view, now_us, is_short=True)[0]
        room = right - x - wide - 15
        if pencil.width(took, "label") > room:
            took = pencil.fitted(took.removesuffix(" with it"), "label", room)
        if pencil.width(took, "label") > room:
            return  # a narrow card is full with *Crashed*
        pencil.text(x + wide + 15, middle, took, "label", theme.ink)
        return
    pencil.text(x, middle - 9, "Crashed", "state", lost.text)
    if pencil.detail < Detail.FULL:
        return
    lines = crash_lines(view, now_us)
    fitting = [line for line in lines if pencil.width(line, "label") <= right - x]
    text = fitting[0] if fitting else pencil.fitted(lines[-1], "label", right - x)
    pencil.text(x, middle + 12.5, text, "label", theme.ink2)


def _ring_digits(is_stage: bool) -> str:
    return "label" if is_stage else "body_strong"


def _tile_name(pencil: Pencil, name: str, kind: Role, room_px: float) -> str:
    """Both ends of a name, as neighbours often differ in the last letter; or its beginning."""
    text = pencil.fitted(name, kind, room_px, "middle")
    return text if len(text) > 2 or text == name else pencil.fitted(name, kind, room_px)


def tile(pencil: Pencil, rect: QRectF, view: NodeView, touch: Touch, guarantee: str = "") -> None:
    """A card far away: band, name, guarantee as coloured text."""
    theme = pencil.theme
    body(pencil, rect, touch, is_up=view.is_up, guarantee=guarantee)
    if pencil.detail <= Detail.SPECK and not touch.is_hovered:
        return
    kind = pencil.kind("name", EYE_LIMIT_PX)._replace(size_px=round(EYE_LIMIT_PX / pencil.zoom))
    is_narrow = rect.width() * pencil.zoom < NARROW_TILE_PX
    edge = (2.5 if is_narrow else 4) / pencil.zoom
    inset = theme.metrics.band_px * 2.5 + edge if guarantee else (1 if is_narrow else 2) * edge
    x = rect.left() + inset
    name = _tile_name(pencil, view.id, kind, rect.right() - x - edge)
    line_px = min(14 / pencil.zoom, rect.height() / 2 - 1 / pencil.zoom)
    middle = rect.center().y()
    if guarantee and line_px >= CLOSEST_LINES_PX / pencil.zoom:
        pencil.text(x, middle - line_px / 2, name, kind, theme.ink)
        sign, colour = GUARANTEE_SIGNS[guarantee], theme.guarantee(guarantee).text
        bold = kind._replace(weight=700)
        pencil.text(x, middle + line_px / 2, sign, bold, colour)
    elif guarantee:
        sign = GUARANTEE_SIGNS[guarantee]
        bold = kind._replace(weight=700)
        wide = pencil.width(sign, bold) + 6 / pencil.zoom
        right = rect.right() - 6 / pencil.zoom
        name = _tile_name(pencil, view.id, kind, right - wide - x)
        pencil.text(x, middle, name, kind, theme.ink)
        pencil.text(right, middle, sign, bold, theme.guarantee(guarantee).text, RIGHT)
    else:
        pencil.text(x, middle, name, kind, theme.ink)
    if not view.is_up:
        signs.bolt_disc(pencil, rect.right(), rect.top(), 16 / pencil.zoom, is_hollow=False)
