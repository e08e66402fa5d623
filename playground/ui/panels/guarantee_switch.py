"""Which promise does this consumer make? Three signs, the chosen one filled with its colour."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.ui.panels.surface import smooth, write
from playground.ui.theme import GUARANTEE_SIGNS, Theme

HEIGHT_PX = 56
WORDS: tuple[tuple[str, str], ...] = (
    ("at-most-once", "at most once"),
    ("at-least-once", "at least once"),
    ("exactly-once", "exactly once"),
)
EXPLAINED: dict[str, str] = {
    "at-most-once": "Acks before the effect: never twice, but a crash loses what it held.",
    "at-least-once": "Acks after the effect: nothing is lost, but a repeat may be applied again.",
    "exactly-once": "Effect and offset are one, by inbox, transaction or two-phase commit: "
    "deliveries repeat, effects do not.",
}


class GuaranteeSwitch(QWidget):
    """A segmented control; arrow keys move, a press chooses."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.value = ""
        self._under = -1
        self.setFixedHeight(HEIGHT_PX)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Guarantee")

    def show_value(self, guarantee: str) -> None:
        """Show what holds now."""
        if guarantee != self.value:
            self.value = guarantee
            self.setAccessibleDescription(guarantee)
            self.update()

    def _index_at(self, x: float) -> int:
        return min(2, max(0, int(x / max(1, self.width()) * 3)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self._index_at(event.position().x())
        if under != self._under:
            self._under = under
            self.setToolTip(EXPLAINED[WORDS[under][0]])
            self.update()

    def leaveEvent(self, event: object) -> None:
        self._under = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self._choose(self._index_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        index = [key for key, _ in WORDS].index(self.value) if self.value else 0
        self._choose(min(2, max(0, index + step)))

    def _choose(self, index: int) -> None:
        if WORDS[index][0] != self.value:
            self.chosen.emit(WORDS[index][0])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme = self.theme
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        clip = QPainterPath()
        clip.addRoundedRect(box, 8, 8)
        painter.fillPath(clip, QColor(theme.well))
        third = self.width() / 3
        for index, (key, words) in enumerate(WORDS):
            cell = QRectF(index * third, 0, third, self.height())
            colours = theme.guarantee(key)
            is_chosen = key == self.value
            if is_chosen:
                painter.setBrush(QColor(colours.fill))
                painter.drawRoundedRect(cell, 8, 8)
            elif index == self._under:
                painter.setClipPath(clip)
                painter.fillRect(cell, QColor(theme.hover))
                painter.setClipping(False)
            middle = cell.center().x()
            sign_colour = colours.on if is_chosen else colours.text
            sign = GUARANTEE_SIGNS[key]
            write(painter, theme, "toggle_sign", sign, middle, 21, sign_colour, "centre")
            role = "stage_current" if is_chosen else "stage"
            colour = colours.on if is_chosen else theme.ink2
            write(painter, theme, role, words, middle, 41, colour, "centre")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.edge), 1))
        self._paint_contour(painter, box, third)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.ink), 2))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()

    def _paint_contour(self, painter: QPainter, box: QRectF, third: float) -> None:
        """The edge, interrupted where the chosen cell is filled."""
        if self.value:
            index = [key for key, _ in WORDS].index(self.value)
            rest = QPainterPath()
            rest.addRect(QRectF(self.rect()))
            cell = QPainterPath()
            cell.addRect(QRectF(index * third, 0, third, self.height()))
            painter.setClipPath(rest.subtracted(cell))
        painter.drawRoundedRect(box, 8, 8)
        painter.setClipping(False)
