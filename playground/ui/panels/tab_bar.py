"""Which page stands below the scoreboard?"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from playground.ui.fonts import width_px
from playground.ui.panels.surface import Surface, smooth, write
from playground.ui.theme import Theme

HEIGHT_PX = 32


class Tab(QAbstractButton):
    """A word, underlined while its page is open."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setToolTip(f"{text}; press again to fold the page away")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(HEIGHT_PX)

    def sizeHint(self) -> QSize:
        return QSize(round(width_px(self.text(), self.theme.role("body_strong"))) + 24, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme = self.theme
        role = "body_strong" if self.isChecked() else "body"
        is_strong = self.isChecked() or self.underMouse()
        colour = theme.ink if is_strong else theme.ink2
        write(painter, theme, role, self.text(), 12, self.height() / 2, colour)
        if self.isChecked():
            painter.fillRect(QRectF(12, self.height() - 2, self.width() - 24, 2), QColor(theme.ink))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.ink), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(5, 4, -5, -5), 6, 6)
        painter.end()


class TabBar(Surface):
    """The words of the pages; pressing the open one folds its page away."""

    chosen = Signal(str)
    """The page to open, or nothing when it was folded away."""

    def __init__(self, theme: Theme, pages: Sequence[str], parent: QWidget) -> None:
        super().__init__(theme, "top bottom", parent)
        self.setObjectName("tabs")
        self.setFixedHeight(HEIGHT_PX)
        self.tabs = [Tab(theme, text, self) for text in pages]
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(4, 0, 12, 0)
        self._box.setSpacing(1)
        for tab in self.tabs:
            self._box.addWidget(tab)
            tab.clicked.connect(self._on_clicked)
        self._box.addStretch(1)

    def add_right(self, widget: QWidget) -> None:
        """A control of the open page, at the right end."""
        self._box.addWidget(widget)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for tab in self.tabs:
            tab.theme = theme
            tab.update()

    def show_page(self, page: str) -> None:
        """Underline the open page."""
        self.edges = "top bottom" if page else "top"
        self.update()
        for tab in self.tabs:
            tab.setChecked(tab.text() == page)

    def _on_clicked(self) -> None:
        tab = self.sender()
        assert isinstance(tab, Tab)
        page = tab.text() if tab.isChecked() else ""
        self.show_page(page)
        self.chosen.emit(page)
