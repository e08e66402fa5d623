"""How does a fault look on a time axis, and which faults share one sign?"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.session.frame import FaultMark
from playground.ui import icons
from playground.ui.panels.surface import Align, write
from playground.ui.theme import Theme

APART_PX = 12
COUNT_PX = 11  # what the count behind a sign takes
MOST_MARKS = 400
"""Older marks are still in the run; on the screen they would be a grey smear."""

_STROKES: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "drop": ((-4.5, -4.5, 4.5, 4.5), (-4.5, 4.5, 4.5, -4.5)),
    "cut": ((-2.6, 3.2, -0.4, -3.2), (0.4, 3.2, 2.6, -3.2), (-6.5, 0, -2.8, 0), (2.8, 0, 6.5, 0)),
    "pause": ((-2, -4.5, -2, 4.5), (2, -4.5, 2, 4.5)),
    "duplicate": ((-4.5, 0, 4.5, 0), (0, -4.5, 0, 4.5)),
    "delay": ((-1, -4.5, -1, 1.5), (-1, 1.5, 4, 1.5)),
}
"""What is not a bolt, as strokes around its middle."""


class MarkGroup(NamedTuple):
    """One sign: the first of its faults, where it stands, and how many there are."""

    x_px: float
    mark: FaultMark
    faults: int


def mark_colour(theme: Theme, kind: str) -> str:
    """Crashes are death; everything else is weather."""
    return theme.status("lost").text if kind == "crash" else theme.ink2


def grouped(marks: Iterable[FaultMark], x_of: Callable[[int], float]) -> list[MarkGroup]:
    """Faults closer than 12 px become one sign with a count; a crash leads its group.

    A count needs room of its own before the next sign.
    """
    groups: list[MarkGroup] = []
    for mark in sorted(marks, key=lambda mark: mark.at_us)[-MOST_MARKS:]:
        x = x_of(mark.at_us)
        room = APART_PX + (COUNT_PX if groups and groups[-1].faults > 1 else 0)
        if groups and x - groups[-1].x_px < room:
            first = groups[-1]
            leader = mark if mark.kind == "crash" != first.mark.kind else first.mark
            groups[-1] = MarkGroup(first.x_px, leader, first.faults + 1)
        else:
            groups.append(MarkGroup(x, mark, 1))
    return groups


def outages(marks: Iterable[FaultMark]) -> list[FaultMark]:
    """The outages, those of a kind that overlap as one: a storm over three is one band."""
    joined: dict[str, list[FaultMark]] = {}
    for mark in sorted(marks, key=lambda mark: mark.at_us):
        if mark.until_us <= mark.at_us:
            continue
        kind = joined.setdefault(mark.kind, [])
        if kind and mark.at_us <= kind[-1].until_us:
            until_us = max(kind[-1].until_us, mark.until_us)
            kind[-1] = kind[-1]._replace(until_us=until_us)
        else:
            kind.append(mark)
    return [mark for kind in joined.values() for mark in kind]


def paint_mark(
    painter: QPainter,
    theme: Theme,
    group: MarkGroup,
    y_px: float,
    ground: str = "",
    end_px: float = float("inf"),
) -> None:
    """The sign of a fault, 14 px, perhaps on a disc of the ground, and its count.

    The count stands behind the sign, before it where that would reach over ``end_px``.
    """
    if ground:
        painter.setBrush(QColor(ground))
        painter.drawEllipse(QPointF(group.x_px, y_px), 8.5, 8.5)
    _paint_glyph(painter, theme, group.mark.kind, QPointF(group.x_px, y_px))
    if group.faults > 1:
        x, side = count_place(group.x_px, end_px)
        write(painter, theme, "axis", str(group.faults), x, y_px, theme.ink2, side)


def count_place(x_px: float, end_px: float) -> tuple[float, Align]:
    """Where the count of a sign begins, or ends, and which of the two."""
    if x_px + 9 + COUNT_PX > end_px:
        return x_px - 9, "right"
    return x_px + 9, "left"


def _paint_glyph(painter: QPainter, theme: Theme, kind: str, middle: QPointF) -> None:
    colour = QColor(mark_colour(theme, kind))
    if kind == "crash":
        box = QRectF(middle.x() - 7, middle.y() - 7, 14, 14)
        icons.draw(painter, "bolt", colour.name(), box)
        return
    pen = QPen(colour, 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for x1, y1, x2, y2 in _STROKES.get(kind, _STROKES["drop"]):
        painter.drawLine(middle + QPointF(x1, y1), middle + QPointF(x2, y2))
    painter.setPen(Qt.PenStyle.NoPen)
