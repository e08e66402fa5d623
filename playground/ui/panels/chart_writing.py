"""What is written around the curves of a chart: its title, its axes, the faults, the values?

Everything is painted to the pixel, in the coordinates of the widget.
"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.engine.units import US_PER_S
from playground.session.frame import FaultMark, Series
from playground.ui.fonts import width_px
from playground.ui.format import decimal
from playground.ui.panels.chart_data import Subject, seconds, value_at
from playground.ui.panels.chart_scale import UNDER_PX, Scale
from playground.ui.panels.fault_marks import grouped, mark_colour, paint_mark
from playground.ui.panels.surface import write
from playground.ui.panels.timeline import band_colour, nice_step
from playground.ui.patterns import pattern_brush, pattern_contour
from playground.ui.theme import Theme, faded

HOVER_LINE_PX = 17


def paint_title(painter: QPainter, theme: Theme, subject: Subject) -> None:
    """The swatch of its status, what it is, and since when."""
    x = 20.0
    if subject.status:
        painter.setPen(pattern_contour(theme, subject.status))
        painter.setBrushOrigin(QPointF(x, 10))
        painter.setBrush(pattern_brush(theme, subject.status))
        painter.drawRoundedRect(QRectF(x + 0.5, 10.5, 11, 11), 2.5, 2.5)
        x += 18
    x += write(painter, theme, "body_strong", subject.title, x, 16, theme.ink) + 8
    write(painter, theme, "label", subject.subtitle, x, 16, theme.ink2)


def paint_ground(
    painter: QPainter, theme: Theme, scale: Scale, outages: Sequence[FaultMark]
) -> None:
    """Hair lines at the ticks, and a band for each time that something was away."""
    box = scale.box
    for value in scale.ticks:
        y = round(scale.y_of(value)) + 0.5
        painter.fillRect(QRectF(box.left(), y - 0.5, box.width(), 1), QColor(theme.hair))
    for mark in outages:
        until_s = min(mark.until_us / US_PER_S, scale.now_s)
        if until_s > scale.start_s:
            left = scale.x_of(max(mark.at_us / US_PER_S, scale.start_s))
            band = QRectF(left, box.top(), scale.x_of(until_s) - left, box.height() - UNDER_PX)
            painter.fillRect(band, band_colour(theme, mark.kind))


def paint_axes(painter: QPainter, theme: Theme, scale: Scale) -> None:
    """Numbers at the left, seconds below."""
    box = scale.box
    for value in scale.ticks:
        y = scale.y_of(value)
        write(painter, theme, "axis", decimal(value, 2), box.left() - 7, y, theme.ink2, "right")
    step = nice_step(scale.end_s - scale.start_s, 8)
    for at_s in np.arange(np.ceil(scale.start_s / step) * step, scale.now_s + 1e-9, step):
        if at_s > 0:
            x, y = scale.x_of(float(at_s)), box.bottom() + 12
            write(painter, theme, "axis", seconds(float(at_s)), x, y, theme.ink2, "centre")


def paint_quiet(painter: QPainter, theme: Theme, scale: Scale, words: str) -> None:
    """What is said where nothing has happened yet; over the lines of the faults."""
    x, y = scale.x_of(scale.start_s) + 12, scale.y_of(scale.top * 0.38)
    width = width_px(words, theme.role("label"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.panel))
    painter.drawRoundedRect(QRectF(x - 6, y - 9, width + 12, 18), 4, 4)
    write(painter, theme, "label", words, x, y, theme.ink2)


def paint_marks(painter: QPainter, theme: Theme, scale: Scale, marks: Sequence[FaultMark]) -> None:
    """What was done to the run, when."""
    box = scale.box
    start_us = round(scale.start_s * US_PER_S)
    shown = [mark for mark in marks if mark.at_us >= start_us]
    for group in grouped(shown, lambda at_us: scale.x_of(at_us / US_PER_S)):
        colour = faded(mark_colour(theme, group.mark.kind), 0.6)
        pen = QPen(colour, 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        x = round(group.x_px) + 0.5
        painter.drawLine(QPointF(x, box.top() + 16), QPointF(x, box.bottom() - UNDER_PX))
        painter.setPen(Qt.PenStyle.NoPen)
        end_px = scale.x_of(scale.now_s)
        paint_mark(painter, theme, group, box.top() + 9, theme.panel, end_px)


def paint_hover(
    painter: QPainter,
    theme: Theme,
    scale: Scale,
    x: float,
    series: Sequence[Series],
    subject: Subject,
) -> None:
    """A line at the pointer, and a plate with the values of that moment; x in pixels."""
    box = scale.box
    at_s = scale.time_at(x)
    painter.fillRect(QRectF(round(x), box.top(), 1, box.height() - UNDER_PX), QColor(theme.ink3))
    lines = [seconds(round(at_s, 2))]
    unit = f"\u00a0{subject.unit}" if subject.unit else ""
    lines += [f"{s.name}  {decimal(value_at(s, at_s), subject.places)}{unit}" for s in series]
    kind = theme.role("label")
    width = max(width_px(line, kind) for line in lines) + 16
    height = HOVER_LINE_PX * len(lines) + 8
    left = x + 10 if x + 10 + width < painter.viewport().width() else x - 10 - width
    plate = QRectF(left, max(2.0, box.center().y() - height / 2), width, height)
    painter.setPen(QPen(QColor(theme.edge), 1))
    painter.setBrush(QColor(theme.toolbar))
    painter.drawRoundedRect(plate, 6, 6)
    for index, line in enumerate(lines):
        y = plate.top() + 12.5 + HOVER_LINE_PX * index
        colour = theme.ink2 if not index else theme.ink
        write(painter, theme, "label", line, plate.left() + 8, y, colour)
