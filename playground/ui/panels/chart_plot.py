"""How is one quantity drawn over time?

pyqtgraph draws the curves; title, ticks, fault marks and end labels are written over them, to the
pixel. The plot is made once and only ever gets new data.
"""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from playground.engine.units import US_PER_S
from playground.session.frame import Chart, FaultMark, Series
from playground.ui.fonts import width_px
from playground.ui.format import decimal
from playground.ui.panels.chart_data import (
    Subject,
    last_value,
    seconds,
    stepped,
    value_at,
    value_step,
)
from playground.ui.panels.chart_names import NameBox, name_at, paint_ends, paint_hidden
from playground.ui.panels.end_labels import EndLabel, end_labels
from playground.ui.panels.fault_marks import grouped, mark_colour, outages, paint_mark
from playground.ui.panels.surface import smooth, write
from playground.ui.panels.timeline import band_colour, nice_step
from playground.ui.patterns import pattern_brush, pattern_contour
from playground.ui.theme import Theme, faded

LEFT_PX, TOP_PX, RIGHT_PX, BOTTOM_PX = 40, 27, 16, 22
UNDER_PX = 5  # below zero, so that a line at zero is seen whole
RESERVED, MOST_RESERVED = 0.18, 0.38
ROOM_FOR_NAMES_PX = 120.0
HEADROOM = 1.3
WINDOW_S = 60.0
SHORTEST_S = 5.0
MOST_POINTS = 600
LINE_PX = 2.5
DASHES: tuple[tuple[float, ...], ...] = ((), (8, 4), (2, 4))


class ChartPlot(pg.GraphicsView):  # type: ignore[misc]
    """One chart. Click: the window goes to that moment.

    A bare view box and no ``PlotItem``, which would bring a hundred hidden widgets for its menus,
    and every change of theme would dress them.
    """

    time_clicked = Signal(int)
    name_clicked = Signal(str)
    """The name of a curve at its end, or of a hidden one."""

    def __init__(self, theme: Theme, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self.theme = theme
        self.subject = subject
        self.setObjectName(f"chart {subject.key}")
        self.setAccessibleName(subject.title)
        self.setFrameShape(self.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCacheMode(self.CacheModeFlag.CacheNone)  # the ground changes with every frame
        self.plot = pg.ViewBox(enableMouse=False, enableMenu=False)
        self.addItem(self.plot)
        self._curves: dict[str, pg.PlotCurveItem] = {}
        self._series: tuple[Series, ...] = ()
        self._marks: tuple[FaultMark, ...] = ()
        self._outages: list[FaultMark] = []
        self._now_s = 0.0
        self._span = (0.0, SHORTEST_S)
        self._top = 1.0
        self._hover_x: float | None = None
        self.labels: tuple[EndLabel, ...] = ()
        self._every: tuple[Series, ...] = ()
        self._hidden: frozenset[str] = frozenset()
        self.name_boxes: list[NameBox] = []

    def set_theme(self, theme: Theme) -> None:
        """Other colours; curves keep their data."""
        self.theme = theme
        self._draw_curves()
        self.viewport().update()

    def show_chart(self, chart: Chart, marks: tuple[FaultMark, ...], now_us: int) -> None:
        """New data, the same plot."""
        self._every, self._marks = chart.curves, marks
        self._series = tuple(s for s in chart.curves if s.name not in self._hidden)
        self._outages = outages(marks)
        self._now_s = now_us / US_PER_S
        start = max(0.0, self._now_s - WINDOW_S)
        length = max(self._now_s - start, SHORTEST_S)
        # Where three charts share the width, a name and a number still need their room.
        reserved = max(RESERVED, min(MOST_RESERVED, ROOM_FOR_NAMES_PX / max(1.0, self.box.width())))
        self._span = (start, start + length / (1 - reserved))
        highest = max((float(s.y.max()) for s in self._series if len(s.y)), default=0.0)
        self._top = HEADROOM * max(highest, 1.0)
        self._draw_curves()
        self._arrange()
        self.scene().update()  # with the curves, so that all is painted once

    def set_hidden(self, names: frozenset[str]) -> None:
        """Curves that are not drawn; their names stay, to bring them back."""
        self._hidden = names

    def _draw_curves(self) -> None:
        names = [series.name for series in self._series]
        for name in [name for name in self._curves if name not in names]:
            self.plot.removeItem(self._curves.pop(name))
        leader = max(self._series, key=last_value, default=None)
        seen: dict[str, int] = {}
        for series in self._every:  # a dash belongs to its curve, whoever else is hidden
            turn = seen.get(series.guarantee, 0)
            seen[series.guarantee] = turn + 1
            if series.name in self._hidden:
                continue
            curve = self._curves.get(series.name)
            if curve is None:
                curve = pg.PlotCurveItem(antialias=True)
                self.plot.addItem(curve)
                self._curves[series.name] = curve
            curve.setPen(self._pen(series, turn))
            is_leading = series is leader and last_value(series) > 0
            curve.setFillLevel(0 if is_leading else None)
            curve.setBrush(faded(self.colour(series), 0.13) if is_leading else None)
            x, y = series.x_s[-MOST_POINTS:], series.y[-MOST_POINTS:]
            if self.subject.is_count:
                x, y = stepped(x, y, self._now_s)
            curve.setData(x, y)

    def _pen(self, series: Series, turn: int) -> QPen:
        pen: QPen = pg.mkPen(self.colour(series), width=LINE_PX)
        dashes = DASHES[min(turn, 2)]
        if dashes:
            pen.setDashPattern([length / LINE_PX for length in dashes])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        return pen

    def colour(self, series: Series) -> str:
        """A line has its guarantee's colour, a queue's is ink."""
        return self.theme.guarantee(series.guarantee).text if series.guarantee else self.theme.ink2

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "labels"):
            self._arrange()

    @property
    def box(self) -> QRectF:
        """Where the curves are, in pixels."""
        width, height = self.viewport().width(), self.viewport().height()
        return QRectF(LEFT_PX, TOP_PX, width - LEFT_PX - RIGHT_PX, height - TOP_PX - BOTTOM_PX)

    def _arrange(self) -> None:
        box = self.box
        if box.height() <= UNDER_PX or box.width() <= 0:
            return
        low = -self._top * UNDER_PX / (box.height() - UNDER_PX)
        self.plot.setGeometry(box)
        self.plot.setRange(
            xRange=self._span, yRange=(low, self._top), padding=0, disableAutoRange=True
        )
        self.labels = end_labels(self._series, self.y_of, box)

    def x_of(self, at_s: float) -> float:
        """Pixels from the left for a moment."""
        start, end = self._span
        return self.box.left() + self.box.width() * (at_s - start) / (end - start)

    def y_of(self, value: float) -> float:
        """Pixels from the top for a value."""
        zero = self.box.bottom() - UNDER_PX
        return zero - (zero - self.box.top()) * value / self._top

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        painter.save()
        painter.resetTransform()
        theme, box = self.theme, self.box
        painter.fillRect(QRectF(self.viewport().rect()), QColor(theme.panel))
        for value in self._ticks():
            y = round(self.y_of(value)) + 0.5
            painter.fillRect(QRectF(box.left(), y - 0.5, box.width(), 1), QColor(theme.hair))
        start = self._span[0]
        for mark in self._outages:
            until_s = min(mark.until_us / US_PER_S, self._now_s)
            if until_s > start:
                left = self.x_of(max(mark.at_us / US_PER_S, start))
                band = QRectF(left, box.top(), self.x_of(until_s) - left, box.height() - UNDER_PX)
                painter.fillRect(band, band_colour(theme, mark.kind))
        painter.restore()

    def _ticks(self) -> list[float]:
        highest = self._top / HEADROOM
        step = value_step(highest)
        return [float(value) for value in np.arange(0.0, highest + step * 0.01, step)]

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        painter.save()
        painter.resetTransform()
        smooth(painter)
        self._paint_title(painter)
        self._paint_axes(painter)
        self._paint_marks(painter)
        right = self.viewport().width() - 4.0
        ends = paint_ends(
            painter,
            self.theme,
            self.labels,
            self.x_of(self._now_s),
            right,
            self.y_of,
            self.colour,
            self.subject.places,
        )
        names = [series.name for series in self._every if series.name in self._hidden]
        self.name_boxes = ends + paint_hidden(painter, self.theme, names, right)
        if self._hover_x is not None:
            self._paint_hover(painter, self._hover_x)
        painter.restore()

    def _paint_title(self, painter: QPainter) -> None:
        theme, subject, x = self.theme, self.subject, 20.0
        if subject.status:
            painter.setPen(pattern_contour(theme, subject.status))
            painter.setBrushOrigin(QPointF(x, 10))
            painter.setBrush(pattern_brush(theme, subject.status))
            painter.drawRoundedRect(QRectF(x + 0.5, 10.5, 11, 11), 2.5, 2.5)
            x += 18
        x += write(painter, theme, "body_strong", subject.title, x, 16, theme.ink) + 8
        write(painter, theme, "label", subject.subtitle, x, 16, theme.ink2)

    def _paint_axes(self, painter: QPainter) -> None:
        theme, box = self.theme, self.box
        for value in self._ticks():
            text = decimal(value, 2)
            write(
                painter, theme, "axis", text, box.left() - 7, self.y_of(value), theme.ink2, "right"
            )
        start, end = self._span
        step = nice_step(end - start, 8)
        for at_s in np.arange(np.ceil(start / step) * step, self._now_s + 1e-9, step):
            if at_s > 0:
                x, y = self.x_of(float(at_s)), box.bottom() + 12
                text = seconds(float(at_s))
                write(painter, theme, "axis", text, x, y, theme.ink2, "centre")
        if not any(last_value(series) for series in self._series) and self._now_s >= 0:
            x, y = self.x_of(start) + 12, self.y_of(self._top * 0.38)
            width = width_px(self.subject.quiet, theme.role("label"))
            painter.fillRect(QRectF(x - 6, y - 9, width + 12, 18), QColor(theme.panel))
            write(painter, theme, "label", self.subject.quiet, x, y, theme.ink2)

    def _paint_marks(self, painter: QPainter) -> None:
        theme, box = self.theme, self.box
        start_us = round(self._span[0] * US_PER_S)
        shown = [mark for mark in self._marks if mark.at_us >= start_us]
        for group in grouped(shown, lambda at_us: self.x_of(at_us / US_PER_S)):
            colour = faded(mark_colour(theme, group.mark.kind), 0.6)
            pen = QPen(colour, 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            x = round(group.x_px) + 0.5
            painter.drawLine(QPointF(x, box.top() + 16), QPointF(x, box.bottom() - UNDER_PX))
            painter.setPen(Qt.PenStyle.NoPen)
            paint_mark(painter, theme, group, box.top() + 9, theme.panel)

    def _paint_hover(self, painter: QPainter, x: float) -> None:
        theme, box = self.theme, self.box
        at_s = self._time_at(x)
        painter.fillRect(
            QRectF(round(x), box.top(), 1, box.height() - UNDER_PX), QColor(theme.ink3)
        )
        lines = [seconds(round(at_s, 2))]
        unit = f"\u00a0{self.subject.unit}" if self.subject.unit else ""
        lines += [
            f"{s.name}  {decimal(value_at(s, at_s), self.subject.places)}{unit}"
            for s in self._series
        ]
        kind = theme.role("label")
        width = max(width_px(line, kind) for line in lines) + 16
        height = 17 * len(lines) + 8
        left = x + 10 if x + 10 + width < self.viewport().width() else x - 10 - width
        plate = QRectF(left, max(2.0, box.center().y() - height / 2), width, height)
        painter.setPen(QPen(QColor(theme.edge), 1))
        painter.setBrush(QColor(theme.toolbar))
        painter.drawRoundedRect(plate, 6, 6)
        for index, line in enumerate(lines):
            y = plate.top() + 12.5 + 17 * index
            colour = theme.ink2 if not index else theme.ink
            write(painter, theme, "label", line, plate.left() + 8, y, colour)

    def _time_at(self, x: float) -> float:
        start, end = self._span
        at_s = start + (x - self.box.left()) / max(1.0, self.box.width()) * (end - start)
        return min(max(at_s, start), self._now_s)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        is_name = bool(name_at(self.name_boxes, event.position()))
        shape = Qt.CursorShape.PointingHandCursor if is_name else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self._hover_x = x if self.box.left() <= x <= self.x_of(self._now_s) else None
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover_x = None
        self.viewport().update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        name = name_at(self.name_boxes, event.position())
        if event.button() == Qt.MouseButton.LeftButton and name:
            self.name_clicked.emit(name)
        elif event.button() == Qt.MouseButton.LeftButton and self._hover_x is not None:
            self.time_clicked.emit(round(self._time_at(event.position().x()) * US_PER_S))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QEvent) -> None:
        event.ignore()
