"""Is there a storm, how strong is it, and where does one ask for one?"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from playground.session.frame import Frame
from playground.session.storm import Storm
from playground.ui import icons
from playground.ui.fonts import width_px
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import Theme

HEIGHT_PX = 24
ICON_PX = 16
INSET_PX = 8
IDLE = "Storm"


class StormButton(QAbstractButton):
    """A bolt and a word; while a storm blows, its strength on a plate."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.storm: Storm | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._say()

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self.theme = theme
        self.updateGeometry()
        self.update()

    def show_frame(self, frame: Frame) -> None:
        """Follow the storm."""
        if (frame.storm is None, frame.storm and frame.storm.word) != (
            self.storm is None,
            self.storm and self.storm.word,
        ):
            self.storm = frame.storm
            self._say()

    def _say(self) -> None:
        storm = self.storm
        self.setText(IDLE if storm is None else f"{IDLE}: {storm.word}")
        often = f", {storm.faults_a_minute} faults a minute" if storm is not None else ""
        self.setAccessibleName(f"{self.text()}{often}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = width_px(self.text(), self.theme.role("label_strong"))
        return QSize(round(words) + ICON_PX + 20 + INSET_PX, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, box = self.theme, QRectF(self.rect()).adjusted(INSET_PX, 0, 0, 0)
        lost = theme.status("lost")
        colour = theme.ink if self.underMouse() else theme.ink2
        if self.storm is not None:
            painter.setBrush(QColor(lost.fill))
            painter.drawRoundedRect(box, 6, 6)
            colour = lost.on
        elif self.underMouse():
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(box, 6, 6)
        middle = self.height() / 2
        icons.draw(
            painter, "bolt", colour, QRectF(box.left() + 6, middle - ICON_PX / 2, ICON_PX, ICON_PX)
        )
        write(
            painter, theme, "label_strong", self.text(), box.left() + ICON_PX + 10, middle, colour
        )
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.ink), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        painter.end()
