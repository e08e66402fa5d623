"""What time is it in the run, how fast does it go, and what is open?"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from playground.session.frame import Frame
from playground.ui import icons
from playground.ui.fonts import font, width_px
from playground.ui.format import clock, decimal, speed
from playground.ui.panels.buttons import IconButton, RunButton, WordButton
from playground.ui.panels.speed_slider import SpeedSlider
from playground.ui.panels.surface import Surface, smooth, write
from playground.ui.theme import Theme

HEIGHT_PX = 52
STAGE_HEIGHT_PX = 56
BEHIND_TIP = "This machine cannot keep up at {speed}; time slips, results do not change."


class TopBar(Surface):
    """Menu and name, transport and speed, seed and clock, Present."""

    menu_asked = Signal()
    names_asked = Signal()
    seed_asked = Signal()
    speed_chosen = Signal(float)

    def __init__(self, theme: Theme, actions: Mapping[str, QAction], parent: QWidget) -> None:
        super().__init__(theme, "bottom", parent)
        self.setObjectName("top bar")
        self._frame: Frame | None = None
        self._shown: tuple[object, ...] = ()
        self.menu = IconButton(theme, "menu", None, self)
        self.menu.setToolTip("Menu")
        self.menu.setAccessibleName("Menu")
        self.menu.clicked.connect(self.menu_asked)
        self.name = WordButton(theme, "name", "chevron-down", self)
        self.name.clicked.connect(self.names_asked)
        self.reset = IconButton(theme, "reset", actions["reset"], self)
        self.start = IconButton(theme, "start", actions["start"], self)
        self.before = IconButton(theme, "before", actions["before"], self)
        self.run = RunButton(theme, actions["run"], self)
        self.step = IconButton(theme, "step", actions["step"], self)
        self.slider = SpeedSlider(theme, self)
        self.slider.speed_chosen.connect(self.speed_chosen)
        self.seed = WordButton(theme, "body", "copy", self)
        self.seed.setToolTip("Copy the seed; double-click to run with another one (Ctrl+E)")
        self.seed.clicked.connect(actions["copy-seed"].trigger)
        self.present = QPushButton("Present", self)
        self.present.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.present.setToolTip(actions["present"].toolTip())
        self.present.setAccessibleName("Present")
        self.present.clicked.connect(actions["present"].trigger)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        transport = (self.reset, self.start, self.before, self.run, self.step)
        for button in (self.menu, *transport, self.slider):
            button.set_theme(theme)
        self.name.set_theme(theme, "name")
        self.seed.set_theme(theme, "body")
        self.present.setIcon(icons.icon("present", theme.ink, 20))
        self.present.setIconSize(QSize(20, 20))
        self.present.setFont(font(theme, "body"))
        self.setFixedHeight(STAGE_HEIGHT_PX if theme.is_stage else HEIGHT_PX)
        for widget in self._desk_only():
            widget.setVisible(not theme.is_stage)
        self._arrange()

    def _desk_only(self) -> tuple[QWidget, ...]:
        return (
            self.menu,
            self.name,
            self.reset,
            self.start,
            self.before,
            self.run,
            self.step,
            self.slider,
            self.seed,
            self.present,
        )

    def show_frame(self, frame: Frame) -> None:
        """The time, the speed and what is open."""
        self._frame = frame
        self.name.set_words(frame.name)
        self.name.setAccessibleName(f"Scenario: {frame.name}")
        self.seed.set_words(str(frame.seed), "seed")
        self.seed.setAccessibleName(f"Seed {frame.seed}")
        self.run.set_running(frame.is_running)
        self.slider.show_speed(frame.speed)
        shown = (self.clock_text, self.speed_text, self.behind_text, frame.name, frame.seed)
        if shown != self._shown:
            is_other = shown[1:] != self._shown[1:] or len(shown[0]) != len(str(self._shown[0]))
            self._shown = shown
            if is_other:
                self._arrange()
            self.update()

    @property
    def clock_text(self) -> str:
        """Virtual time, as it is written in the bar."""
        return clock(self._frame.now_us) if self._frame else ""

    @property
    def speed_text(self) -> str:
        """The speed in words: ``1/10×``."""
        return speed(self._frame.speed) if self._frame else ""

    @property
    def behind_text(self) -> str:
        """How far time has slipped, or nothing when it has not."""
        if self._frame is None or self._frame.behind_s < 0.05 or self.theme.is_stage:
            return ""
        return f"{decimal(self._frame.behind_s, 1)}\u00a0s behind"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @property
    def is_narrow(self) -> bool:
        """Whether words give way to icons."""
        return self.width() < 1200

    def _arrange(self) -> None:
        if self.theme.is_stage:
            return
        middle = (self.height() - 1) // 2
        self.present.setText("" if self.is_narrow else "Present")
        self.name.set_icon("" if self.is_narrow else "chevron-down")
        self.seed.set_icon("" if self.is_narrow else "copy")
        self.seed.setVisible(self.width() >= 800)
        present = 40 if self.is_narrow else 98
        self._put(self.present, self.width() - 16 - present, middle, present, 32)
        clock_right = self.width() - 16 - present - 22
        self._clock_right = clock_right
        time_width = width_px(self.clock_text, self.theme.role("clock"))
        seed = self.seed.sizeHint().width()
        seed_left = clock_right - time_width - (22 if self.is_narrow else 48) - seed
        self._put(self.seed, seed_left, middle, seed, 32)
        self._behind_right = seed_left - 18
        self._put(self.menu, 11 if not self.is_narrow else 8, middle, 32, 32)
        slider, word = (120, 88) if self.is_narrow else (169, 79)
        group = 32 + 12 + 32 + 5 + 32 + 5 + 46 + 5 + 32 + word + slider
        left = (self.width() - group) / 2 + (-12 if self.is_narrow else 4)
        left = max(min(left, seed_left - 8 - group), 150)
        x = left
        for widget, width, gap in (
            (self.reset, 32, 12),
            (self.start, 32, 5),
            (self.before, 32, 5),
            (self.run, 46, 5),
            (self.step, 32, 0),
        ):
            self._put(widget, x, middle, width, widget.height())
            x += width + gap
        self._speed_right = x + word - 3
        self._put(self.slider, x + word, middle, slider, 32)
        name = min(self.name.sizeHint().width(), round(left - 50))
        self._put(self.name, 46, middle, max(name, 60), 32)

    @staticmethod
    def _put(widget: QWidget, x: float, middle: float, width: float, height: float) -> None:
        widget.setGeometry(round(x), round(middle - height / 2), round(width), round(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        smooth(painter)
        if self._frame is not None:
            if self.theme.is_stage:
                self._paint_stage(painter, self._frame)
            else:
                self._paint_desk(painter)
        painter.end()

    def _paint_desk(self, painter: QPainter) -> None:
        theme, middle = self.theme, (self.height() - 1) / 2
        write(
            painter, theme, "name", self.speed_text, self._speed_right, middle, theme.ink, "right"
        )
        width = write(
            painter, theme, "clock", self.clock_text, self._clock_right, middle, theme.ink, "right"
        )
        if not self.is_narrow:
            x = self._clock_right - width - 14
            write(painter, theme, "label", "t", x, middle, theme.ink2, "right")
        if self.behind_text and self._behind_right > self.slider.geometry().right() + 110:
            width = write(
                painter,
                theme,
                "label",
                self.behind_text,
                self._behind_right,
                middle,
                theme.ink2,
                "right",
            )
            box = QRectF(self._behind_right - width - 22, middle - 8, 16, 16)
            icons.draw(painter, "clock", theme.ink2, box)

    def _paint_stage(self, painter: QPainter, frame: Frame) -> None:
        theme, middle = self.theme, (self.height() - 1) / 2
        write(painter, theme, "title", frame.name, 20, middle, theme.ink)
        right = self.width() - 20.0
        right -= write(painter, theme, "clock", self.clock_text, right, middle, theme.ink, "right")
        right -= 30
        right -= write(
            painter, theme, "board_pill", self.speed_text, right, middle, theme.ink2, "right"
        )
        if not frame.is_running:
            write(painter, theme, "state", "Paused", right - 30, middle, theme.ink, "right")
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(theme.hair))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._frame is not None:
            tip = BEHIND_TIP.format(speed=self.speed_text) if self.behind_text else ""
            if self.toolTip() != tip:
                self.setToolTip(tip)
        return super().event(event)
