"""What stands on the glass of the canvas: legend, zoom buttons, and a word where it is empty?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from playground.ui import icons
from playground.ui.canvas.camera import ZOOM_STEP
from playground.ui.canvas.legend import NARROW_PX, EmptyNotice, LegendLine
from playground.ui.theme import LIGHT, Theme

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView

IN_PX, UP_PX = 24, 18
BUTTON_PX = 28


class Overlays:
    """Widgets over the viewport; they keep their size at every zoom."""

    def __init__(self, view: "CanvasView") -> None:
        self._view = view
        self._theme: Theme = LIGHT
        glass = view.viewport()
        self.line = LegendLine(glass)
        self.column = LegendLine(glass, is_column=True)
        self.column.hide()
        self.button = QPushButton("Legend", glass)
        self.button.setCheckable(True)
        self.button.toggled.connect(self.column.setVisible)
        self.empty = EmptyNotice(glass, view.open_preset_requested.emit)
        self.empty.hide()
        self._is_covered = False
        self.tools: list[tuple[str, QToolButton]] = []
        for name, text, act in (
            ("minus", "Zoom out (Ctrl+−)", lambda: view.zoom_by(1 / ZOOM_STEP)),
            ("plus", "Zoom in (Ctrl++)", lambda: view.zoom_by(ZOOM_STEP)),
            ("fit", "Show everything (F)", lambda: view.fit(glides=True)),
        ):
            tool = QToolButton(glass)
            tool.setToolTip(text)
            tool.setAccessibleName(text)
            tool.setAutoRaise(True)
            tool.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the other way
            tool.setFixedSize(BUTTON_PX, BUTTON_PX)
            tool.setIconSize(QSize(18, 18))
            tool.clicked.connect(act)
            self.tools.append((name, tool))

    def set_theme(self, theme: Theme) -> None:
        """Their colours."""
        self._theme = theme
        self.empty.set_theme(theme)
        for line in (self.line, self.column):
            line.set_theme(theme)
        for name, tool in self.tools:
            tool.setIcon(icons.icon(name, theme.ink2, 18))
        self.arrange()

    def show_empty(self, is_empty: bool) -> None:
        """The word on an empty canvas."""
        if self.empty.isHidden() == is_empty:
            self.empty.setVisible(is_empty)
            self.arrange()

    def show_transactions(self, has_transactions: bool) -> None:
        """Explain the signs of transactions where there are any."""
        is_new = [each.show_transactions(has_transactions) for each in (self.line, self.column)]
        if any(is_new):
            self.arrange()

    def cover(self, is_covered: bool) -> None:
        """Whether a card stands where the legend's line is."""
        if is_covered != self._is_covered:
            self._is_covered = is_covered
            self.arrange()

    def arrange(self) -> None:
        """Everything in its corner; the projector needs none of it."""
        size = self._view.viewport().size()
        is_stage = self._theme.is_stage
        tools_x = size.width() - IN_PX + 8 - BUTTON_PX * len(self.tools)
        self.line.use_room(tools_x - IN_PX - 4)
        is_narrow = size.width() < max(NARROW_PX, self.line.width() + 2 * IN_PX)
        bottom = size.height() - UP_PX
        self.line.setVisible(not is_stage and not is_narrow and not self._is_covered)
        self.line.move(IN_PX, bottom - self.line.height() // 2)
        self.button.setVisible(not is_stage and is_narrow)
        self.button.adjustSize()
        self.button.move(IN_PX - 12, bottom - self.button.height() // 2)
        self.column.setVisible(self.button.isVisibleTo(self._view) and self.button.isChecked())
        self.column.move(IN_PX - 12, self.button.y() - self.column.height() - 6)
        y = bottom - BUTTON_PX // 2
        if not is_narrow and self.line.geometry().right() > tools_x:
            y -= BUTTON_PX  # above the legend's line, where both do not fit on one
        for index, (_, tool) in enumerate(self.tools):
            tool.move(tools_x + index * BUTTON_PX, y)
            tool.setVisible(not is_stage)
        centre = self._view.viewport().rect().center()
        self.empty.move(centre.x() - self.empty.width() // 2, centre.y() - self.empty.height() // 2)
