"""How is one number of the scoreboard drawn and pressed?

Zero is quiet, a good count is coloured, a bad one stands on a plate; a click lists its messages.
"""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from playground.ui.fonts import width_px
from playground.ui.format import number
from playground.ui.panels.board_columns import Count
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import Theme

PLATE_HEIGHT_EM = 1.36
PLATE_PADDING_EM = 0.32
PLATE_RADIUS_EM = 0.26
BUMP_MS = 240.0
BUMP = 0.12


class NumberButton(QAbstractButton):
    """A count that can be pressed."""

    def __init__(self, theme: Theme, count: Count, is_small: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = count
        self.value = 0
        self._theme = theme
        self._is_small = is_small
        self._is_on_row = False
        self._age_ms = BUMP_MS
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setText("0")

    def set_look(self, theme: Theme, is_small: bool, is_on_row: bool) -> None:
        """Another theme, another size of digits, or a highlighted row below."""
        look = (theme, is_small, is_on_row)
        if look != (self._theme, self._is_small, self._is_on_row):
            self._theme, self._is_small, self._is_on_row = look
            self.update()

    def set_value(self, group: str, value: int) -> bool:
        """Show this number; says whether it is another one."""
        if value == self.value and self.accessibleName():
            return False
        self.value = value
        self.setText(number(value))
        self.setAccessibleName(f"{group}: {self.count.heading} {value}")
        self.update()
        return True

    def set_age(self, age_ms: float) -> None:
        """How long ago a bad count changed, for its short swelling."""
        if age_ms < BUMP_MS or self._age_ms < BUMP_MS:
            self._age_ms = age_ms
            self.update()

    @property
    def padding_px(self) -> float:
        """From the digits to the plate's edge."""
        return PLATE_PADDING_EM * self._theme.role(self._role).size_px

    @property
    def _role(self) -> str:
        side = "board_right" if self._is_small else "board"
        if not self.value:
            return f"{side}_zero"
        return f"{side}_plate" if self.count.is_bad else side

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        size = self._theme.role(self._role).size_px
        digits = width_px(self.text(), self._theme.role(self._role))
        middle = self.height() / 2
        right = self.width() - self.padding_px
        box = QRectF(
            right - digits - self.padding_px,
            middle - PLATE_HEIGHT_EM * size / 2,
            digits + 2 * self.padding_px,
            PLATE_HEIGHT_EM * size,
        )
        radius = PLATE_RADIUS_EM * size
        if self.underMouse() and self.isEnabled():
            ground = self._theme.hover if self._is_on_row else self._theme.row
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box, radius, radius)
        if self.value and self.count.is_bad:
            self._swell(painter, box)
            painter.setBrush(QColor(self._theme.status(self.count.status).fill))
            painter.drawRoundedRect(box, radius, radius)
        colour = self._colour()
        write(painter, self._theme, self._role, self.text(), right, middle, colour, "right")
        if self.underMouse() and self.isEnabled():
            line = QRectF(right - digits, middle + 0.5 * size, digits, max(1.0, size / 16))
            painter.fillRect(line, QColor(colour))
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def _colour(self) -> str:
        if not self.value:
            return self._theme.ink3
        if self.count.is_bad:
            return self._theme.status(self.count.status).on
        if self.count.status:
            return self._theme.status(self.count.status).text
        return self._theme.ink

    def _swell(self, painter: QPainter, box: QRectF) -> None:
        if self._age_ms >= BUMP_MS:
            return
        part = self._age_ms / BUMP_MS
        scale = 1 + BUMP * (1 - abs(2 * part - 1))
        painter.translate(box.center())
        painter.scale(scale, scale)
        painter.translate(-box.center())

    def _paint_focus(self, painter: QPainter) -> None:
        pen = QPen(QColor(self._theme.ink), 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([2.0, 1.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
