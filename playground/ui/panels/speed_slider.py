"""How fast does virtual time run? A logarithmic slider with a stop at each decade."""

from math import log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QWidget

from playground.ui.panels.surface import smooth
from playground.ui.theme import Theme

SLOWEST, FASTEST = -2, 3
"""Decades: 1/100× to 1000×."""
TENTHS = 10
SNAP = 2
"""Within so many tenths of a decade a drag holds at its stop."""


def to_position(speed: float) -> int:
    """The slider's place for a speed, in tenths of a decade."""
    return round(log10(speed) * TENTHS)


def to_speed(position: int) -> float:
    """The speed at a place of the slider; at the stops exactly a power of ten."""
    decade, rest = divmod(position, TENTHS)
    return float(10**decade) if not rest else 10 ** (position / TENTHS)


def next_decade(speed: float, direction: int) -> float:
    """The next stop in a direction, within the slider's ends."""
    position = to_position(speed)
    decade = position // TENTHS + 1 if direction > 0 else -((-position) // TENTHS) - 1
    return float(10 ** min(max(decade, SLOWEST), FASTEST))


class SpeedSlider(QSlider):
    """Keys and the wheel go from stop to stop; a drag may rest between them."""

    speed_chosen = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setRange(SLOWEST * TENTHS, FASTEST * TENTHS)
        self.setSingleStep(TENTHS)
        self.setPageStep(TENTHS)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(32)
        self.setToolTip("Speed (+ and −)")
        self.setAccessibleName("Speed")
        self.valueChanged.connect(self._on_value)
        self._is_told = False

    def set_theme(self, theme: Theme) -> None:
        """Other ink."""
        self._theme = theme
        self.update()

    def show_speed(self, speed: float) -> None:
        """Stand where the run is, without asking for anything."""
        if self.isSliderDown():
            return
        self._is_told = True
        self.setValue(to_position(speed))
        self._is_told = False

    def _on_value(self, position: int) -> None:
        if not self._is_told:
            self.speed_chosen.emit(to_speed(position))

    def sizeHint(self) -> QSize:
        return QSize(168, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(110, 32)

    def _x(self, position: float) -> float:
        span = self.maximum() - self.minimum()
        return 9 + (self.width() - 18) * (position - self.minimum()) / span

    def _at(self, x: float) -> int:
        share = (x - 9) / max(1, self.width() - 18)
        position = round(self.minimum() + share * (self.maximum() - self.minimum()))
        nearest = round(position / TENTHS) * TENTHS
        return nearest if abs(position - nearest) <= SNAP else position

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme, middle = self._theme, self.height() / 2
        painter.setPen(QPen(QColor(theme.edge), 2))
        painter.drawLine(
            QPointF(self._x(self.minimum()), middle), QPointF(self._x(self.maximum()), middle)
        )
        painter.setPen(QPen(QColor(theme.edge), 1.5))
        for decade in range(SLOWEST, FASTEST + 1):
            x = self._x(decade * TENTHS)
            painter.drawLine(QPointF(x, middle - 4), QPointF(x, middle + 4))
        painter.setPen(QPen(QColor(theme.panel), 2))
        painter.setBrush(QColor(theme.ink))
        at = QPointF(self._x(self.value()), middle)
        painter.drawEllipse(at, 9, 9)
        if self.hasFocus():
            pen = QPen(QColor(theme.ink), 2, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([2.0, 1.5])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = QRectF(at.x() - 12, at.y() - 12, 24, 24)
            painter.drawEllipse(box)
        painter.end()
