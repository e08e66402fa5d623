"""Which parts can be dragged onto the canvas?"""

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QDrag, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from playground.ui import icons
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import Theme

PART_MIME = "application/x-delivery-playground-part"
PARTS: tuple[tuple[str, str], ...] = (
    ("producer", "Producer"),
    ("queue", "Queue"),
    ("consumer", "Consumer"),
    ("coordinator", "Coordinator"),
)


WELL_PX = (85, 44)
IN_A_ROW = 2


class PartWell(QAbstractButton):
    """A part that can be dragged onto the canvas, or pressed to be added."""

    def __init__(self, theme: Theme, kind: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.theme = theme
        self.setText(text)
        self.setAccessibleName(f"Add a {kind}")
        self.setToolTip(f"Drag a {kind} onto the canvas, or press to add one")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(*WELL_PX)
        self._pressed_at: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = self._pressed_at is not None and (
            (event.position().toPoint() - self._pressed_at).manhattanLength() > 8
        )
        if not far:
            super().mouseMoveEvent(event)
            return
        self._pressed_at = None
        self.setDown(False)
        drag = QDrag(self)
        data = QMimeData()
        data.setData(PART_MIME, self.kind.encode())
        data.setText(self.kind)
        drag.setMimeData(data)
        drag.setPixmap(icons.pixmap(self.kind, self.theme.ink, 32, self.devicePixelRatioF()))
        drag.exec(Qt.DropAction.CopyAction)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme = self.theme
        painter.setBrush(QColor(theme.hover if self.underMouse() else theme.well))
        well = QRectF(self.rect()).adjusted(2.5, 0, -2.5, 0)
        painter.drawRoundedRect(well, 6, 6)
        icons.draw(painter, self.kind, theme.ink2, QRectF(self.width() / 2 - 10, 6, 20, 20))
        write(painter, theme, "stage", self.text(), self.width() / 2, 34, theme.ink2, "centre")
        if self.hasFocus():
            painter.setPen(QColor(theme.ink))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(well.adjusted(1, 1, -1, -1), 6, 6)
        painter.end()
