"""How does one choose one of a few words that are all in sight?"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from playground.ui.fonts import width_px
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import Theme


class Segment(QAbstractButton):
    """One of the words."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(round(width_px(self.text(), self.theme.role("body_strong"))) + 20, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme = self.theme
        box = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.setBrush(QColor(theme.hover if self.isChecked() else theme.row))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.ink), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        role = "label_strong" if self.isChecked() else "label"
        colour = theme.ink if self.isChecked() else theme.ink2
        middle = box.center()
        write(painter, theme, role, self.text(), middle.x(), middle.y(), colour, "centre")
        painter.end()


class Segments(QWidget):
    """A row of words; exactly one is chosen."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, choices: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._keys = [key for key, _ in choices]
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self.buttons: list[Segment] = []
        for index, (_, text) in enumerate(choices):
            button = Segment(theme, text, self)
            self._group.addButton(button, index)
            box.addWidget(button)
            self.buttons.append(button)
        self.buttons[0].setChecked(True)
        self._group.idClicked.connect(self._on_clicked)

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        for button in self.buttons:
            button.theme = theme
            button.update()

    @property
    def key(self) -> str:
        """What is chosen."""
        return self._keys[self._group.checkedId()]

    def choose(self, key: str) -> None:
        """Choose without a click."""
        self.buttons[self._keys.index(key)].setChecked(True)
        self.chosen.emit(key)

    def _on_clicked(self, index: int) -> None:
        self.chosen.emit(self._keys[index])
