"""How did loss, repetition and load develop, group by group?"""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.session.frame import Chart, FaultMark, Frame
from playground.ui.panels.chart_data import SUBJECTS
from playground.ui.panels.chart_plot import ChartPlot
from playground.ui.panels.segments import Segments
from playground.ui.panels.surface import Surface
from playground.ui.theme import Theme

HEIGHT_PX = 132
REFRESH_MS = 100
"""10 Hz each, one after the other: thick antialiased lines are the dearest thing in the window."""
WIDE_PX = 1_900
PAGES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("ledger", "Lost and repeated", ("lost", "applied_again"), ("depth", "throughput")),
    ("repeats", "Repeats", ("delivered_again", "applied_again"), ("price",)),
    ("load", "Load", ("depth", "throughput"), ("price",)),
    ("latency", "Latency", ("latency_p50", "latency_p95", "latency_p99"), ()),
    ("price", "Price", ("price", "throughput"), ("latency_p50",)),
)
"""Key, word, the charts of the page, and those that join them where the window is wide."""


class ChartsPanel(Surface):
    """A page of charts; a name that is hidden in one is hidden in all."""

    time_clicked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.setAccessibleName("Charts")
        self.plots = {subject.key: ChartPlot(theme, subject, self) for subject in SUBJECTS}
        self.switch = Segments(theme, tuple((key, text) for key, text, *_ in PAGES))
        self.switch.chosen.connect(self._choose)
        self._charts: dict[str, Chart] = {}
        self._marks: tuple[FaultMark, ...] = ()
        self._now_us = 0
        self._shown = PAGES[0]
        self.hidden: frozenset[str] = frozenset()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self._refresh_next)
        self._due: list[str] = []
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for plot in self.plots.values():
            box.addWidget(plot, 1)
            plot.time_clicked.connect(self.time_clicked)
            plot.name_clicked.connect(self.toggle_name)
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 60)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.switch.set_theme(theme)
        for plot in self.plots.values():
            plot.set_theme(theme)

    def show_frame(self, frame: Frame) -> None:
        """Note the newest charts; they are drawn a few times a second."""
        is_new = frame.charts is not None or frame.now_us != self._now_us
        if frame.charts is not None:
            self._charts = {chart.key: chart for chart in frame.charts}
        self._marks, self._now_us = frame.marks, frame.now_us
        if is_new and self.isVisible():
            shown = [key for key, plot in self.plots.items() if not plot.isHidden()]
            self._due += [key for key in shown if key not in self._due]
            if not self._timer.isActive() and shown:
                self._timer.start(REFRESH_MS // len(shown))

    def refresh(self) -> None:
        """Draw what was noted, now."""
        self._timer.stop()
        self._due.clear()
        for key in self.plots:
            self._refresh(key)

    def _refresh_next(self) -> None:
        """One chart at a time: no frame has to wait for all of them."""
        if self._due:
            self._refresh(self._due.pop(0))
        if self._due:
            self._timer.start(REFRESH_MS // (len(self._due) + 1))

    def _refresh(self, key: str) -> None:
        chart, plot = self._charts.get(key), self.plots[key]
        if chart is not None and not plot.isHidden():
            plot.show_chart(chart, self._marks, self._now_us)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def _choose(self, key: str) -> None:
        self._shown = next(page for page in PAGES if page[0] == key)
        self._arrange()
        self.refresh()

    def toggle_name(self, name: str) -> None:
        """Hide the curves of this name, or show them again."""
        self.hidden ^= {name}
        for plot in self.plots.values():
            plot.set_hidden(self.hidden)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @property
    def is_wide(self) -> bool:
        """Whether further charts have room."""
        return self.width() >= WIDE_PX

    def _arrange(self) -> None:
        keys = self._shown[2] + (self._shown[3] if self.is_wide else ())
        for key, plot in self.plots.items():
            plot.setVisible(key in keys)
