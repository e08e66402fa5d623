"""Which panels does the window have, and how are they made and placed?"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from playground.session.frame import Frame
from playground.ui.canvas.view import CanvasView
from playground.ui.panels import charts, outline, story
from playground.ui.panels.charts import ChartsPanel
from playground.ui.panels.inspector import Inspector
from playground.ui.panels.left_dock import LeftDock
from playground.ui.panels.log import LogPanel
from playground.ui.panels.outline import OutlinePanel
from playground.ui.panels.presets import Preset
from playground.ui.panels.prove import panel as prove
from playground.ui.panels.prove.panel import ProvePanel
from playground.ui.panels.rail import Rail
from playground.ui.panels.scoreboard import Scoreboard
from playground.ui.panels.stage import NARROW_PX, places
from playground.ui.panels.story import StoryPanel
from playground.ui.panels.tab_bar import TabBar
from playground.ui.panels.timeline import Timeline
from playground.ui.panels.top_bar import TopBar
from playground.ui.theme import Theme

CHARTS, STORY, LOG, PROVE, OUTLINE = "Charts", "Story", "Log", "Prove it", "Outline"
PAGE_PX = {
    CHARTS: charts.HEIGHT_PX,
    STORY: story.HEIGHT_PX,
    LOG: charts.HEIGHT_PX,
    PROVE: prove.HEIGHT_PX,
    OUTLINE: outline.HEIGHT_PX,
}
MakeCanvas = Callable[[Theme], CanvasView]


class Panes:
    """The panels over one body, each made once."""

    def __init__(
        self,
        theme: Theme,
        actions: Mapping[str, QAction],
        presets: Sequence[Preset],
        make_canvas: MakeCanvas,
        body: QWidget,
    ) -> None:
        self._body = body
        self.top = TopBar(theme, actions, body)
        self.dock = LeftDock(theme, presets, body)
        self.rail = Rail(theme, body)
        self.canvas = make_canvas(theme)
        self.canvas.setParent(body)
        self.board = Scoreboard(theme, body)
        self.charts = ChartsPanel(theme, body)
        self.story = StoryPanel(theme, body)
        self.log = LogPanel(theme, body)
        self.prove = ProvePanel(theme, body)
        self.outline = OutlinePanel(theme, body)
        self.pages: dict[str, QWidget] = {
            CHARTS: self.charts,
            STORY: self.story,
            LOG: self.log,
            PROVE: self.prove,
            OUTLINE: self.outline,
        }
        self.tabs = TabBar(theme, tuple(self.pages), body)
        self.tabs.add_right(self.charts.switch)
        self.tabs.add_right(self.log.filters)
        self.timeline = Timeline(theme, body)
        self.inspector = Inspector(theme, body)

    def _each(self) -> tuple[QWidget, ...]:
        return (
            self.top,
            self.dock,
            self.rail,
            self.canvas,
            self.board,
            self.charts,
            self.story,
            self.log,
            self.prove,
            self.outline,
            self.tabs,
            self.timeline,
            self.inspector,
        )

    def set_theme(self, theme: Theme) -> None:
        """Dress every panel."""
        for panel in self._each():
            panel.set_theme(theme)  # type: ignore[attr-defined]

    def show_frame(self, frame: Frame) -> bool:
        """Show this moment everywhere; says whether the board has another height now."""
        height = self.board.wanted_height()
        for panel in (
            self.top,
            self.canvas,
            self.board,
            self.charts,
            self.story,
            self.log,
            self.outline,
            self.timeline,
            self.inspector,
        ):
            panel.show_frame(frame)
        return self.board.wanted_height() != height

    def arrange(self, page: str, is_stage: bool, is_drawer_open: bool) -> None:
        """Put everything where it stands in a body of this size."""
        size = self._body.size()
        is_narrow = size.width() < NARROW_PX
        self.board.set_narrow(is_narrow)
        put = places(
            size,
            top_px=self.top.height(),
            board_px=self.board.wanted_height(),
            page_px=PAGE_PX.get(page, 0),
            is_stage=is_stage,
            is_drawer_open=is_drawer_open,
        )
        for widget, box in (
            (self.top, put.top),
            (self.dock, put.left),
            (self.rail, put.left),
            (self.canvas, put.canvas),
            (self.board, put.board),
            (self.tabs, put.tabs),
            (self.timeline, put.timeline),
            (self.inspector, put.inspector),
            *((each, put.page) for each in self.pages.values()),
        ):
            widget.setGeometry(box)
        self.dock.setVisible(not is_stage and not is_narrow)
        self.rail.setVisible(not is_stage and is_narrow)
        self.tabs.setVisible(not is_stage)
        self.timeline.setVisible(not is_stage)
        self.inspector.setVisible(not put.inspector.isEmpty())
        self.inspector.raise_()
        self.tabs.show_page(page)
        self.charts.switch.setVisible(page == CHARTS)
        self.log.filters.setVisible(page == LOG)
        for name, widget in self.pages.items():
            widget.setVisible(name == page and not is_stage)
