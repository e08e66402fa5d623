"""How is the outside world drawn?

One cylinder with a compartment per group: what should be there, what is, and both differences,
never netted.
"""

from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from playground.session.frame import GroupRow
from playground.ui import format
from playground.ui.canvas import signs
from playground.ui.canvas.pencil import CENTRE, RIGHT, Detail, Pencil, pen
from playground.ui.patterns import pattern_brush
from playground.ui.theme import faded

INSET_PX = 16.0
TOP_PX = 23.0  # from the top of a group's part, which sags, to the middle of its first line
FOOT_PX = 0.0  # how far its last line may reach into the sag of the next part's top
FACT_PX = 17.0
SUMS_PX = 27.0  # from *should be* to *is*
STEP_PX, LEAST_STEP_PX = 20.0, 15.0
STAGE_SUMS_PX = 31.0
STAGE_FOOT_PX = 10.0  # large letters stay above the curve of the bottom, and above a port on it
STAGE_STEP_PX, STAGE_LEAST_STEP_PX = 26.0, 20.0
LEAST_ROOM_PX = 112.0
MOST_ROOMY = 8  # groups; with more of them each has one line
LEAST_LINE_PX = 26.0


class Difference(NamedTuple):
    """One line under *is*: its sign, its words, the status whose colour it has."""

    sign: str  # "less", "more", "equal" or "wait"
    words: str
    status: str


class Compartment(NamedTuple):
    """A group's part of the cylinder, in the cylinder's own coordinates."""

    top: float
    bottom: float
    middle: float


def differences(row: GroupRow) -> tuple[Difference, ...]:
    """What is missing, what is too much and what is out of date; each where it is so."""
    lines: list[Difference] = []
    if row.money_lost:
        lines.append(Difference("less", f"{format.signed(-row.money_lost)} lost", "lost"))
    if row.money_dead:
        lines.append(Difference("less", f"{format.signed(-row.money_dead)} dead", "dead"))
    if row.money_twice:
        lines.append(Difference("more", f"{format.signed(row.money_twice)} twice", "twice"))
    if row.stale_final:
        lines.append(Difference("more", f"{row.stale_final} out of date", "twice"))
    if not lines:
        lines.append(Difference("equal", "equal", "once"))
    return tuple(lines)


def commit_numbers(row: GroupRow) -> tuple[object, ...]:
    """What transactions add to a compartment."""
    return row.in_doubt, row.pending, row.blocked, row.stable, row.calls, row.calls_twice


def open_ends(row: GroupRow) -> tuple[Difference, ...]:
    """What is neither there nor away: undecided outputs, committed ones that wait behind them."""
    lines: list[Difference] = []
    if row.calls_twice:
        lines.append(Difference("more", f"{format.signed(row.calls_twice)} calls", "twice"))
    if row.in_doubt:
        lines.append(Difference("wait", f"{format.number(row.in_doubt)} in doubt", "in_doubt"))
    undecided = row.pending - row.in_doubt
    if undecided > 0:
        lines.append(Difference("wait", f"{format.number(undecided)} pending", "in_doubt"))
    if row.blocked:
        lines.append(Difference("wait", f"{format.number(row.blocked)} behind", "in_doubt"))
    return tuple(lines)


def facts(row: GroupRow) -> tuple[tuple[str, str], ...]:
    """What a reader of committed output sees, and the calls that no transaction takes back."""
    found = []
    if row.stable is not None:
        found.append(("readable", format.number(row.stable)))
    if row.calls is not None:
        found.append(("calls", format.number(row.calls)))
    return tuple(found)


def room_px(groups: int) -> float:
    """How high the cylinder must be at least, without its lid, for so many groups."""
    return max(LEAST_ROOM_PX * min(groups, MOST_ROOMY), LEAST_LINE_PX * groups)


def compartments(middles: list[float], height: float, lid_px: float) -> list[Compartment]:
    """Where each group's part lies; ``middles`` are its consumers', from the top down."""
    edges = [lid_px]
    edges += [(a + b) / 2 for a, b in pairwise(middles)]
    edges.append(height - 8)
    least = LEAST_ROOM_PX - 8 if len(middles) <= MOST_ROOMY else LEAST_LINE_PX
    if not all(b - a >= least for a, b in pairwise(edges)):
        part = (height - lid_px - 8) / max(len(middles), 1)
        edges = [lid_px + i * part for i in range(len(middles) + 1)]
        middles = [(a + b) / 2 for a, b in pairwise(edges)]
    return [Compartment(edges[i], edges[i + 1], middle) for i, middle in enumerate(middles)]


def cylinder(rect: QRectF, lid_px: float) -> QPainterPath:
    """The outline of the body."""
    half = lid_px / 2
    path = QPainterPath(QPointF(rect.left(), rect.top() + half))
    path.arcTo(QRectF(rect.left(), rect.top(), rect.width(), lid_px), 180, -180)
    path.lineTo(rect.right(), rect.bottom() - half)
    path.arcTo(QRectF(rect.left(), rect.bottom() - lid_px, rect.width(), lid_px), 0, -180)
    path.closeSubpath()
    return path


def paint(
    pencil: Pencil,
    rect: QRectF,
    rows: tuple[GroupRow, ...],
    parts: list[Compartment],
    *,
    is_hovered: bool,
) -> None:
    """The cylinder with all its compartments; ``rows`` and ``parts`` belong together."""
    theme = pencil.theme
    lid = theme.metrics.lid_px
    body = cylinder(rect, lid)
    if theme.has_shadow and pencil.detail >= Detail.MIDDLE:
        for grow in range(5):
            colour = faded(theme.shadow, 5 / 255)
            pencil.path(body.translated(0, 2 + grow * 0.6), None, colour, 1 + grow)
    edge = theme.ink if is_hovered else theme.edge
    width = theme.metrics.node_stroke_px
    pencil.path(body, theme.node, edge, width)
    pencil.painter.setPen(pen(theme.hair, width))
    pencil.painter.setBrush(Qt.BrushStyle.NoBrush)
    for part in parts[:-1]:
        y = rect.top() + part.bottom
        sag = min(lid, part.bottom - part.top)
        inner = QRectF(rect.left() + 1, y - sag / 2, rect.width() - 2, sag)
        pencil.painter.drawArc(inner, 180 * 16, 180 * 16)
    pencil.painter.setPen(pen(edge, width))
    pencil.painter.setBrush(Qt.BrushStyle.NoBrush)
    top = QRectF(rect.left(), rect.top(), rect.width(), lid)
    pencil.painter.drawArc(top, 180 * 16, 180 * 16)
    if pencil.detail >= Detail.MIDDLE:
        kind = pencil.kind("stage" if theme.is_stage else "label")
        centre = top.center()
        pencil.text(centre.x(), centre.y(), "database", kind, theme.ink2, CENTRE)
        for row, part in zip(rows, parts, strict=True):
            _compartment(pencil, rect, row, part)
    elif pencil.detail == Detail.TILE:
        _far(pencil, rect, rows, parts)


def _compartment(pencil: Pencil, rect: QRectF, row: GroupRow, part: Compartment) -> None:
    """A group's figures around the middle of its part, closer together where they are many."""
    theme = pencil.theme
    left, right = rect.left() + INSET_PX, rect.right() - INSET_PX
    lines = (*differences(row), *open_ends(row))
    extra = () if theme.is_stage else facts(row)
    top, middle = rect.top() + part.top + TOP_PX, rect.top() + part.middle
    step = step_px(part, len(extra), len(lines), is_stage=theme.is_stage)
    lift = 2 + step / 2 * (len(lines) - 1) + FACT_PX / 2 * len(extra)
    first = middle - 24 - lift + 2 - (4 if theme.is_stage else 0)
    if part.bottom - part.top < LEAST_ROOM_PX - 8:
        _one_line(pencil, rect, row, part, lines[0])
        return
    middle += max(0.0, top - first)
    first = max(first, top)
    second = middle + 3 - lift + 2
    should = "should" if theme.is_stage else "should be"
    if pencil.detail >= Detail.FULL:
        wide = pencil.text(right, first, format.number(row.should_be), "sum", theme.ink2, RIGHT)
        if pencil.width(should, "label") + 6 > right - left - wide:
            should = "should"
    value = format.number(row.really_is)
    kind = pencil.kind("value", 12)
    room = right - left - pencil.width("is", "label") - 8
    if pencil.width(value, kind) > room:
        kind = kind._replace(size_px=max(13, int(kind.size_px * room / pencil.width(value, kind))))
    pencil.text(right, second, value, kind, theme.ink, RIGHT)
    if pencil.detail < Detail.FULL:
        x = left + 6 / pencil.zoom
        sign = lines[0]
        draw_sign(pencil, x, second, 5 / pencil.zoom, sign.sign, theme.status(sign.status).text)
        return
    pencil.text(left, first, should, "label", theme.ink2)
    pencil.text(left, second, "is", "label", theme.ink2)
    for index, (name, count) in enumerate(extra):
        y = second + 21 + index * FACT_PX
        pencil.text(left, y, name, "label", theme.ink2)
        pencil.text(right, y, count, "label_strong", theme.ink, RIGHT)
    below = second + FACT_PX * len(extra)
    for index, line in enumerate(lines):
        _difference(pencil, right, below + step * (1.25 + index), line)


def _one_line(
    pencil: Pencil, rect: QRectF, row: GroupRow, part: Compartment, worst: Difference
) -> None:
    """What is, and the sign of what is wrong with it: more does not go into a narrow part."""
    theme, middle = pencil.theme, rect.top() + part.middle
    kind = pencil.kind("value", 12)
    high = 0.8 * (part.bottom - part.top)
    kind = kind._replace(size_px=min(kind.size_px, int(high)))
    colour = theme.status(worst.status).text
    right = rect.right() - INSET_PX
    value = format.number(row.really_is)
    pencil.text(right, middle, value, kind, theme.ink, RIGHT)
    draw_sign(pencil, rect.left() + INSET_PX, middle, 0.25 * high, worst.sign, colour)


def step_px(part: Compartment, facts_count: int, lines_count: int, *, is_stage: bool) -> float:
    """From one difference to the next."""
    if is_stage:
        room = part.bottom - STAGE_FOOT_PX - part.top - TOP_PX - STAGE_SUMS_PX
        return min(STAGE_STEP_PX, max(STAGE_LEAST_STEP_PX, room / (lines_count + 0.25)))
    room = part.bottom + FOOT_PX - part.top - TOP_PX - SUMS_PX - FACT_PX * facts_count
    return min(STEP_PX, max(LEAST_STEP_PX, room / (lines_count + 0.25)))


def _difference(pencil: Pencil, right: float, middle: float, line: Difference) -> None:
    theme = pencil.theme
    colour = theme.status(line.status).text
    kind = "label_strong"
    x = right - pencil.text(right, middle, line.words, kind, colour, RIGHT)
    size = theme.role(kind).size_px * 0.42
    if line.sign == "wait":
        swatch = QRectF(x - 2 * size - 6, middle - size, 2 * size, 2 * size)
        fill, edge = pattern_brush(theme, line.status), theme.status(line.status).edge
        pencil.box(swatch, 2, fill, None if theme.is_dark else edge, 1.0)
        return
    draw_sign(pencil, x - size - 6, middle, size, line.sign, colour)


def draw_sign(pencil: Pencil, x: float, y: float, size: float, sign: str, colour: str) -> None:
    """Less: a triangle that points down; more: up; equal: a tick."""
    if sign == "equal":
        signs.tick(pencil, x, y, size, colour, size * 0.4)
        return
    turn = 1 if sign == "less" else -1
    path = QPainterPath(QPointF(x - size, y - turn * size * 0.7))
    path.lineTo(x + size, y - turn * size * 0.7)
    path.lineTo(x, y + turn * size * 0.8)
    path.closeSubpath()
    pencil.path(path, colour)


def _far(
    pencil: Pencil, rect: QRectF, rows: tuple[GroupRow, ...], parts: list[Compartment]
) -> None:
    """Far away only the sign of the difference is left."""
    theme = pencil.theme
    x, ticks, colour, size = rect.center().x(), QPainterPath(), "", 0.0
    for row, part in zip(rows, parts, strict=True):
        size = min(6 / pencil.zoom, 0.4 * (part.bottom - part.top))
        worst = differences(row)[0]
        y = rect.top() + part.middle
        if worst.sign == "equal":
            colour = theme.status(worst.status).text
            signs.add_tick(ticks, x, y, size)
        else:
            draw_sign(pencil, x, y, size, worst.sign, theme.status(worst.status).text)
    if colour:  # all in one stroke: there may be dozens, and each stroke costs as much as all
        pencil.path(ticks, None, colour, size * 0.4)
