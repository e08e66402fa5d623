"""How is one quantity drawn over time?

pyqtgraph draws the curves; title, ticks, fault marks and end labels are written over them, to the
pixel. The plot is made once and only ever gets new data.
"""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from playground.engine.units import US_PER_S
from playground.session.frame import Chart, FaultMark, Series
from playground.ui.panels.chart_data import Subject, last_value, stepped
from playground.ui.panels.chart_names import NameBox, name_at, names_px, paint_ends, paint_hidden
from playground.ui.panels.chart_scale import HEADROOM, UNDER_PX, Scale
from playground.ui.panels.chart_writing import (
    paint_axes,
    paint_ground,
    paint_hover,
    paint_marks,
    paint_quiet,
    paint_title,
)
from playground.ui.panels.end_labels import EndLabel, end_labels
from playground.ui.panels.fault_marks import outages
from playground.ui.panels.surface import smooth
from playground.ui.theme import Theme, faded

LEFT_PX, TOP_PX, RIGHT_PX, BOTTOM_PX = 40, 27, 16, 22
RESERVED, MOST_RESERVED = 0.18, 0.38
ROOM_FOR_NAMES_PX = 120.0
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
        room = max(ROOM_FOR_NAMES_PX, names_px(chart.curves, self.theme))
        reserved = max(RESERVED, min(MOST_RESERVED, room / max(1.0, self.box.width())))
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
        # pyqtgraph's pens count the pixels of the screen, not ours.
        pen: QPen = pg.mkPen(self.colour(series), width=LINE_PX * self.devicePixelRatioF())
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

    @property
    def scale_now(self) -> Scale:
        """Where moments and values are."""
        return Scale(self.box, *self._span, self._now_s, self._top)

    def _arrange(self) -> None:
        box = self.box
        if box.height() <= UNDER_PX or box.width() <= 0:
            return
        low = -self._top * UNDER_PX / (box.height() - UNDER_PX)
        self.plot.setGeometry(box)
        self.plot.setRange(
            xRange=self._span, yRange=(low, self._top), padding=0, disableAutoRange=True
        )
        self.labels = end_labels(self._series, self.scale_now.y_of, box)

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        painter.save()
        painter.resetTransform()
        painter.fillRect(QRectF(self.viewport().rect()), QColor(self.theme.panel))
        paint_ground(painter, self.theme, self.scale_now, self._outages)
        painter.restore()

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        painter.save()
        painter.resetTransform()
        smooth(painter)
        theme, scale, subject = self.theme, self.scale_now, self.subject
        has_news = any(last_value(series) for series in self._series)
        paint_title(painter, theme, subject)
        paint_axes(painter, theme, scale)
        paint_marks(painter, theme, scale, self._marks)
        if not has_news:
            paint_quiet(painter, theme, scale, subject.quiet)
        right, now_x = self.viewport().width() - 4.0, scale.x_of(self._now_s)
        colour, places = self.colour, subject.places
        ends = paint_ends(painter, theme, self.labels, now_x, right, scale.y_of, colour, places)
        names = [series.name for series in self._every if series.name in self._hidden]
        self.name_boxes = ends + paint_hidden(painter, theme, names, right)
        if self._hover_x is not None:
            paint_hover(painter, theme, scale, self._hover_x, self._series, subject)
        painter.restore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        is_name = bool(name_at(self.name_boxes, event.position()))
        shape = Qt.CursorShape.PointingHandCursor if is_name else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self._hover_x = x if self.box.left() <= x <= self.scale_now.x_of(self._now_s) else None
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
            self.time_clicked.emit(round(self.scale_now.time_at(event.position().x()) * US_PER_S))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QEvent) -> None:
        event.ignore()
