"""Where are the names of a chart's curves written, and which one is under the pointer?

There is no legend box: a name stands where its line ends, and is a button that hides it. Hidden
ones stand in the line of the title, and a click brings them back.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.session.frame import Series
from playground.ui.fonts import width_px
from playground.ui.format import decimal, elided
from playground.ui.panels.end_labels import EndLabel
from playground.ui.panels.surface import write
from playground.ui.theme import Theme

HIDDEN_Y = 16.0
BOX_PX = 20.0
DOT_GAP_PX, NAME_GAP_PX = 13.0, 8.0  # from the end of a line to its value, or to its name


class NameBox(NamedTuple):
    """A name, and where it can be clicked."""

    name: str
    box: QRectF


def name_at(boxes: Sequence[NameBox], at: QPointF) -> str:
    """The name under a point, or nothing."""
    return next((each.name for each in boxes if each.box.contains(at)), "")


def names_px(curves: Sequence[Series], theme: Theme) -> float:
    """Room for the two longest names in one line: more are counted, not named."""
    kind = theme.role("label")
    widths = sorted(width_px(f"{series.name}, ", kind) for series in curves)
    return NAME_GAP_PX + sum(widths[-2:])


def paint_ends(
    painter: QPainter,
    theme: Theme,
    labels: Sequence[EndLabel],
    now_x: float,
    right_px: float,
    y_of: Callable[[float], float],
    colour_of: Callable[[Series], str],
    places: int = 1,
) -> list[NameBox]:
    """Dot, value and names at the end of each line."""
    boxes: list[NameBox] = []
    for label in labels:
        x = now_x + (DOT_GAP_PX if label.value else NAME_GAP_PX)
        colour = colour_of(label.series[0])
        if label.value:
            painter.setPen(QPen(QColor(theme.panel), 1.5))
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QPointF(now_x, y_of(label.value)), 5.5, 5.5)
            painter.setPen(Qt.PenStyle.NoPen)
            x += (
                write(painter, theme, "state", decimal(label.value, places), x, label.y_px, colour)
                + 7
            )
        boxes += _names(painter, theme, label, x, right_px)
    return boxes


def _names(
    painter: QPainter, theme: Theme, label: EndLabel, x: float, right_px: float
) -> list[NameBox]:
    role = "label_strong" if label.value else "label"
    ink = theme.ink if label.value else theme.ink2
    measure = partial(width_px, kind=theme.role(role))
    words = [series.name for series in label.series]
    if label.names != ", ".join(words):  # too many to be named one by one
        write(painter, theme, role, elided(label.names, right_px - x, measure), x, label.y_px, ink)
        return []
    boxes = []
    for index, word in enumerate(words):
        text = word if index == len(words) - 1 else f"{word}, "
        shown = elided(text, right_px - x, measure)
        wide = write(painter, theme, role, shown, x, label.y_px, ink)
        boxes.append(NameBox(word, QRectF(x - 2, label.y_px - BOX_PX / 2, wide + 4, BOX_PX)))
        x += wide
        if shown != text:
            break
    return boxes


def paint_hidden(
    painter: QPainter, theme: Theme, names: Sequence[str], right_px: float
) -> list[NameBox]:
    """The names that are not drawn, from the right, each with an empty ring."""
    boxes = []
    x = right_px
    for name in reversed(names):
        wide = width_px(name, theme.role("label"))
        x -= wide
        write(painter, theme, "label", name, x, HIDDEN_Y, theme.ink3)
        painter.setPen(QPen(QColor(theme.ink3), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x - 10, HIDDEN_Y), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(x - 16, HIDDEN_Y - BOX_PX / 2, wide + 18, BOX_PX)
        boxes.append(NameBox(name, box))
        x -= 28
    return boxes
