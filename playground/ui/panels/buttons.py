"""Which buttons does the window have that no style sheet can draw?"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget

from playground.ui import icons
from playground.ui.fonts import font, width_px
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import Theme


class IconButton(QToolButton):
    """An icon that does an action; its tooltip names the key."""

    def __init__(
        self, theme: Theme, icon: str, action: QAction | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(20, 20))
        self.setFixedSize(32, 32)
        if action is not None:
            bind(self, action)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Tint the icon."""
        side = 30 if theme.is_stage else 20
        self.setIconSize(QSize(side, side))
        self.setIcon(icons.icon(self._icon_name, theme.ink2, side, theme.ink3))

    def set_icon(self, theme: Theme, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self.set_theme(theme)


def bind(button: QAbstractButton, action: QAction) -> None:
    """Let a button do an action, without taking over its text and icon."""
    button.clicked.connect(action.trigger)
    button.setToolTip(action.toolTip())
    button.setAccessibleName(action.text())

    def follow() -> None:
        button.setEnabled(action.isEnabled())

    action.enabledChanged.connect(button.setEnabled)
    follow()


class RunButton(QAbstractButton):
    """The one filled disc: run or pause."""

    def __init__(self, theme: Theme, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_running = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(46, 46)
        bind(self, action)
        self.set_running(False)

    def set_theme(self, theme: Theme) -> None:
        """Other ink."""
        self._theme = theme
        self.update()

    def set_running(self, is_running: bool) -> None:
        """Show what a press would do."""
        if is_running != self._is_running or not self.text():
            self._is_running = is_running
            self.setText("Pause" if is_running else "Run")
            self.setAccessibleName(self.text())
            self.setToolTip(f"{self.text()} (Space)")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme = self._theme
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setBrush(QColor(theme.ink2 if self.underMouse() else theme.ink))
        painter.drawEllipse(middle, 19, 19)
        painter.setBrush(QColor(theme.inv))
        if self._is_running:
            for left in (-5.5, 1.5):
                painter.drawRoundedRect(QRectF(middle.x() + left, middle.y() - 6.5, 4, 13), 1, 1)
        else:
            x, y = middle.x(), middle.y()
            painter.drawPolygon(
                [QPointF(x - 4.5, y - 7.5), QPointF(x + 8, y), QPointF(x - 4.5, y + 7.5)]
            )
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = QPen(QColor(theme.ink), 2, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([2.0, 1.5])
            painter.setPen(pen)
            painter.drawEllipse(middle, 22, 22)
        painter.end()


class WordButton(QAbstractButton):
    """Words, perhaps with an icon before or after: ``Three side by side ▾``, ``seed 42 ⧉``."""

    def __init__(
        self, theme: Theme, role: str = "label", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._icon_name = icon
        self._quiet = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(font(theme, role))

    def set_theme(self, theme: Theme, role: str | None = None) -> None:
        """Other colours and type."""
        self._theme = theme
        self._role = role or self._role
        self.setFont(font(theme, self._role))
        self.updateGeometry()
        self.update()

    def set_words(self, strong: str, quiet: str = "") -> None:
        """The text; what is quiet stands before it in secondary ink."""
        if (strong, quiet) != (self.text(), self._quiet):
            self._quiet = quiet
            self.setText(strong)
            self.updateGeometry()
            self.update()

    def set_icon(self, icon: str) -> None:
        """An icon behind the words, or none."""
        if icon != self._icon_name:
            self._icon_name = icon
            self.updateGeometry()
            self.update()

    def _quiet_width(self) -> float:
        return width_px(f"{self._quiet} ", self._theme.role(self._role)) if self._quiet else 0.0

    def sizeHint(self) -> QSize:
        words = width_px(self.text(), self._theme.role(self._strong_role()))
        icon = 24 if self._icon_name else 0
        return QSize(round(12 + self._quiet_width() + words + icon), 32)

    def _strong_role(self) -> str:
        return "body_strong" if self._quiet else self._role

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme = self._theme
        if self.underMouse():
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        middle = self.height() / 2
        x = 6.0
        if self._quiet:
            write(painter, theme, self._role, self._quiet, x, middle, theme.ink2)
            x += self._quiet_width()
        role = self._strong_role()
        room = self.width() - x - (26 if self._icon_name else 4)
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, round(room) + 6
        )
        x += write(painter, theme, role, words, x, middle, theme.ink)
        if self._icon_name:
            side = 16
            icons.draw(
                painter, self._icon_name, theme.ink2, QRectF(x + 6, middle - side / 2, side, side)
            )
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = QPen(QColor(theme.ink), 2, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([2.0, 1.5])
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()
