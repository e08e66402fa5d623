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
REFRESH_MS = 80
"""12 Hz: thick antialiased lines are the dearest thing in the window."""
WIDE_PX = 1_900
PAIRS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("ledger", "Lost and repeated", ("lost", "applied_again")),
    ("load", "Load", ("depth", "throughput")),
)


class ChartsPanel(Surface):
    """Two charts, four where the window is wide."""

    time_clicked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.setAccessibleName("Charts")
        self.plots = {subject.key: ChartPlot(theme, subject, self) for subject in SUBJECTS}
        self.switch = Segments(theme, tuple((key, text) for key, text, _ in PAIRS))
        self.switch.chosen.connect(self._choose)
        self._charts: dict[str, Chart] = {}
        self._marks: tuple[FaultMark, ...] = ()
        self._now_us = 0
        self._pair = PAIRS[0]
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.refresh)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for plot in self.plots.values():
            box.addWidget(plot, 1)
            plot.time_clicked.connect(self.time_clicked)
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
        if is_new and self.isVisible() and not self._timer.isActive():
            self._timer.start(REFRESH_MS)

    def refresh(self) -> None:
        """Draw what was noted, now."""
        self._timer.stop()
        for key, plot in self.plots.items():
            chart = self._charts.get(key)
            if chart is not None and not plot.isHidden():
                plot.show_chart(chart, self._marks, self._now_us)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    def _choose(self, key: str) -> None:
        self._pair = next(pair for pair in PAIRS if pair[0] == key)
        self._arrange()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @property
    def is_wide(self) -> bool:
        """Whether all four charts have room."""
        return self.width() >= WIDE_PX

    def _arrange(self) -> None:
        for key, plot in self.plots.items():
            plot.setVisible(self.is_wide or key in self._pair[2])
