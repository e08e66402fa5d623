"""What has happened until now, what is due next, and where does a click lead?

The past fills 74 % of the width, the next six seconds the rest. Causes stand above the rail,
outcomes on it.
"""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.engine.units import US_PER_S
from playground.session.frame import Chart, FaultMark, Frame, Going, QueueView
from playground.ui.fonts import width_px
from playground.ui.format import clock, decimal
from playground.ui.panels.fault_marks import grouped, mark_colour, paint_mark
from playground.ui.panels.surface import Surface, smooth, write
from playground.ui.theme import Theme, faded

HEIGHT_PX = 46
PAST = 0.74
FUTURE_US = 6 * US_PER_S
INSET_PX = 24
RAIL_Y, CAUSE_Y, LABEL_Y = 24, 11, 38
MOST_OUTCOMES = 300
SHORTEST_US = US_PER_S


class Due(NamedTuple):
    """Something that will happen if nobody interferes."""

    at_us: int
    text: str


class Outcome(NamedTuple):
    """A message was lost, or an effect was applied again."""

    at_us: int
    is_loss: bool


def due_from(frame: Frame) -> list[Due]:
    """Restarts, heals and leases of the next six seconds, the next first."""
    due: list[Due] = []
    for node in frame.nodes:
        if node.restarts_us is not None:
            due.append(Due(node.restarts_us, f"{node.id} back"))
        if isinstance(node, QueueView):
            for lane in node.lanes:
                due += [
                    Due(slot.until_us, f"lease {slot.number}")
                    for slot in lane.slots
                    if slot.state == "leased" and slot.until_us is not None
                ]
    for link in frame.links:
        if link.heals_us is not None:
            due.append(Due(link.heals_us, f"{link.target} heals"))
    end = frame.now_us + FUTURE_US
    return sorted({each for each in due if frame.now_us < each.at_us <= end})


def outcomes_from(charts: tuple[Chart, ...]) -> list[Outcome]:
    """Every rise of the two counts that matter."""
    found: list[Outcome] = []
    for chart in charts:
        if chart.key not in ("lost", "applied_again"):
            continue
        for curve in chart.curves:
            rises = np.flatnonzero(np.diff(curve.y) > 0)[-MOST_OUTCOMES:] + 1
            found += [Outcome(int(at * US_PER_S), chart.key == "lost") for at in curve.x_s[rises]]
    return sorted(found)[-MOST_OUTCOMES:]


class Timeline(Surface):
    """A strip along the bottom of the window."""

    time_clicked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "top", parent)
        self.setObjectName("timeline")
        self.setAccessibleName("Timeline")
        self.setFixedHeight(HEIGHT_PX)
        self.setToolTip("Click in the past to go there; End plays on to where you were")
        self._now_us = 0
        self._end_us = 0
        self._going: Going | None = None
        self._marks: tuple[FaultMark, ...] = ()
        self._outcomes: list[Outcome] = []
        self._due: list[Due] = []

    def show_frame(self, frame: Frame) -> None:
        """The strip at this moment."""
        due = due_from(frame)
        if frame.charts is not None:
            self._outcomes = outcomes_from(frame.charts)
        before = (self._now_us, self._marks, self._due, self._end_us, self._going)
        self._now_us, self._marks, self._due = frame.now_us, frame.marks, due
        self._end_us, self._going = frame.end_us, frame.going
        same = before == (self._now_us, self._marks, self._due, self._end_us, self._going)
        if not same or frame.charts is not None:
            self.update()

    @property
    def now_text(self) -> str:
        """The pill's text."""
        return f"{self._now_us / US_PER_S:.2f}"

    @property
    def going_text(self) -> str:
        """What is said while the run is on its way to another moment, or nothing."""
        if self._going is None:
            return ""
        return f"going to {clock(self._going.at_us)}: {self._going.share:.0%}"

    def x_of(self, at_us: int) -> float:
        """Where a moment stands."""
        width = self.width() - 2 * INSET_PX
        if at_us <= self._now_us:
            return INSET_PX + width * PAST * at_us / max(self._now_us, SHORTEST_US)
        return INSET_PX + width * (PAST + (1 - PAST) * (at_us - self._now_us) / FUTURE_US)

    @property
    def _now_x(self) -> float:
        return INSET_PX + (self.width() - 2 * INSET_PX) * PAST

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at_us = self._time_at(event.position().x())
        if 0 <= at_us <= max(self._now_us, self._end_us):
            self.time_clicked.emit(at_us)

    def _time_at(self, x: float) -> int:
        """The moment that stands there; negative left of the beginning."""
        share = (x - INSET_PX) / max(1.0, self._now_x - INSET_PX)
        if share <= 1:
            return round(share * max(self._now_us, SHORTEST_US))
        ahead = (x - self._now_x) / max(1.0, self.width() - INSET_PX - self._now_x)
        return self._now_us + round(ahead * FUTURE_US)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        smooth(painter)
        self._paint_rail(painter)
        self._paint_ticks(painter)
        self._paint_past(painter)
        self._paint_future(painter)
        self._paint_now(painter)
        painter.end()

    def _past_x(self, at_us: int) -> float:
        return min(self.x_of(min(at_us, self._now_us)), self._now_x)

    def _paint_rail(self, painter: QPainter) -> None:
        theme = self.theme
        end = self._past_x(self._now_us)
        painter.fillRect(QRectF(INSET_PX, RAIL_Y - 1.5, end - INSET_PX, 3), QColor(theme.ink2))
        for mark in self._marks:
            if mark.until_us > mark.at_us:
                left, right = self._past_x(mark.at_us), self._past_x(mark.until_us)
                colour = theme.ink2
                if mark.kind == "crash":
                    colour = theme.status("lost").fill
                painter.fillRect(
                    QRectF(left, RAIL_Y - 3, max(2.0, right - left), 6), QColor(colour)
                )
        pen = QPen(QColor(theme.ink3), 1.5, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(end, RAIL_Y), QPointF(self.width() - INSET_PX, RAIL_Y))
        painter.setPen(Qt.PenStyle.NoPen)
        if self._end_us > self._now_us:
            # What has been played already stands as a thinner line of the same kind.
            known = min(self.x_of(self._end_us), self.width() - INSET_PX) - self._now_x
            painter.fillRect(QRectF(self._now_x, RAIL_Y - 1, known, 2), QColor(theme.ink3))

    def _paint_ticks(self, painter: QPainter) -> None:
        theme = self.theme
        now_s = max(self._now_us, SHORTEST_US) / US_PER_S
        step = nice_step(now_s, 9)
        pill = width_px(self.now_text, theme.role("digits")) / 2 + 24
        for at_s in np.arange(0.0, now_s + step / 2, step):
            x = self.x_of(int(at_s * US_PER_S)) if at_s <= now_s else self.width()
            if x > self._past_x(self._now_us) or abs(x - self._past_x(self._now_us)) < pill:
                continue
            painter.fillRect(QRectF(x - 0.5, RAIL_Y + 5, 1, 4), QColor(theme.edge))
            text = decimal(float(at_s), 2)
            write(painter, theme, "axis", text, x, LABEL_Y, theme.ink2, "centre")

    def _paint_past(self, painter: QPainter) -> None:
        theme = self.theme
        for group in grouped(self._marks, self._past_x):
            paint_mark(painter, theme, group, CAUSE_Y, end_px=self._past_x(self._now_us))
        last_x = -100.0
        for outcome in self._outcomes:
            x = self._past_x(outcome.at_us)
            if x - last_x < 3:
                continue
            last_x = x
            self._paint_outcome(painter, QPointF(x, RAIL_Y), outcome.is_loss)

    def _paint_outcome(self, painter: QPainter, at: QPointF, is_loss: bool) -> None:
        theme = self.theme
        painter.setPen(QPen(QColor(theme.panel), 2))
        painter.setBrush(QColor(theme.status("lost" if is_loss else "twice").fill))
        if not is_loss:
            painter.drawPolygon([at + QPointF(x, y) for x, y in ((0, -7), (7, 0), (0, 7), (-7, 0))])
            painter.setPen(Qt.PenStyle.NoPen)
            return
        painter.drawEllipse(at, 7, 7)
        painter.setPen(QPen(QColor(theme.status("lost").on), 1.6))
        for sign in (1, -1):
            painter.drawLine(at + QPointF(-2.4, -2.4 * sign), at + QPointF(2.4, 2.4 * sign))
        painter.setPen(Qt.PenStyle.NoPen)

    def _paint_future(self, painter: QPainter) -> None:
        theme = self.theme
        edge = self._now_x + 10
        last_ring, is_first = -100.0, True
        for due in self._due:
            x = self.x_of(due.at_us)
            if x - last_ring < 10:
                continue
            last_ring = x
            painter.setPen(QPen(QColor(theme.ink2), 1.5))
            painter.setBrush(QColor(theme.panel))
            painter.drawEllipse(QPointF(x, RAIL_Y), 4.5, 4.5)
            painter.setPen(Qt.PenStyle.NoPen)
            half = width_px(due.text, theme.role("axis")) / 2
            # Over its ring; the first a little to the right of it, where the line of now is near.
            middle, is_first = max(x, edge + half) if is_first else x, False
            if middle - x > half or middle - half < edge or middle + half > self.width() - 4:
                continue
            edge = middle + half + 10
            write(painter, theme, "axis", due.text, middle, CAUSE_Y, theme.ink2, "centre")

    def _paint_now(self, painter: QPainter) -> None:
        theme = self.theme
        x = self._past_x(self._now_us)
        painter.fillRect(QRectF(x - 1, 4, 2, 26), QColor(theme.ink))
        width = width_px(self.now_text, theme.role("digits")) + 20
        pill = QRectF(x - width / 2, 28, width, 16)
        painter.setBrush(QColor(theme.ink))
        painter.drawRoundedRect(pill, 8, 8)
        middle = pill.center()
        write(painter, theme, "digits", self.now_text, middle.x(), middle.y(), theme.inv, "centre")
        ahead = self.going_text
        if not ahead and self._end_us > self._now_us:
            ahead = f"played to {clock(self._end_us)}"
        write(painter, theme, "axis", ahead, pill.right() + 10, LABEL_Y, theme.ink2)


def nice_step(span: float, most: int) -> float:
    """The smallest of 1, 2, 5 times a power of ten that parts a span into at most so many."""
    step = 10.0 ** np.floor(np.log10(max(span, 1e-6) / most))
    for factor in (1, 2, 5, 10, 20):
        if span / (step * factor) <= most:
            return float(step * factor)
    return float(step * 50)


def band_colour(theme: Theme, kind: str) -> QColor:
    """An outage behind the curves."""
    return faded(theme.status("lost").fill if kind == "crash" else mark_colour(theme, kind), 0.09)
