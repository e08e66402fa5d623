"""What is said that has more than two lines, or that wants an answer, without stopping the run?

A card at the top of the window. It takes the keys but no choice: Enter presses its first button,
Esc its last one, everything else stays the window's.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playground.ui import icons
from playground.ui.panels.labels import plain
from playground.ui.panels.surface import smooth
from playground.ui.theme import Theme

WIDTH_PX = 620
LIST_PX = 220
ROW_CHARACTERS = 80  # about as many as fit on a line of the list
ICON_PX = 20
INSET_PX = 16
Choice = tuple[str, Callable[[], object]]
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoticeCard(QWidget):
    """A title, its lines, and a button for each choice; the last one is to do nothing."""

    gone = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        lines: Sequence[str],
        choices: Sequence[Choice],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._icon = icon
        self.title, self.lines = title, tuple(lines)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(lines))
        self.buttons: list[QPushButton] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(INSET_PX + ICON_PX + 12, 14, INSET_PX, INSET_PX)
        box.setSpacing(10)
        box.addWidget(plain(title, "strong", wraps=True))
        box.addWidget(self._list() if len(lines) > 2 else self._words())
        row = QHBoxLayout()
        row.addStretch(1)
        for index, (text, act) in enumerate(choices):
            button = QPushButton(text)
            button.setAutoDefault(False)
            if index == 0:
                button.setProperty("button", "primary")
            button.clicked.connect(self._answer(act))
            row.addWidget(button)
            self.buttons.append(button)
        box.addLayout(row)

    def _words(self) -> QWidget:
        words = plain("\n".join(self.lines), "body", wraps=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return words

    def _list(self) -> QWidget:
        """All lines, to be scrolled, selected and copied."""
        text = QPlainTextEdit("\n".join(self.lines))
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(self.title)
        text.setFrameShape(QFrame.Shape.NoFrame)
        rows = sum(1 + len(line) // ROW_CHARACTERS for line in self.lines)
        text.setFixedHeight(min(LIST_PX, 28 + text.fontMetrics().lineSpacing() * (rows + 1)))
        return text

    def _answer(self, act: Callable[[], object]) -> Callable[[], None]:
        def answer() -> None:
            self.close_card()
            act()

        return answer

    def close_card(self) -> None:
        """Go."""
        self.hide()
        self.gone.emit()
        self.deleteLater()

    def dismiss(self) -> None:
        """As Esc does: the last choice."""
        self.buttons[-1].click()

    def arrange(self, top_px: int) -> None:
        """Stand in the middle of the parent, below its bar."""
        parent = self.parentWidget()
        if parent is None:
            return
        width = min(WIDTH_PX, parent.width() - 32)
        layout = self.layout()
        assert layout is not None
        has_words = layout.hasHeightForWidth()
        height = layout.heightForWidth(width) if has_words else layout.sizeHint().height()
        self.resize(width, height)
        self.move((parent.width() - width) // 2, top_px + 12)

    # ------------------------------------------------------------------ Qt

    def event(self, event: QEvent) -> bool:
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and event.key() in (Qt.Key.Key_Escape, *ENTER):  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in ENTER:
            focused = [button for button in self.buttons if button.hasFocus()]
            (focused or self.buttons)[0].click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme = self.theme
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(theme.ink if self.hasFocus() else theme.edge), 1.5))
        painter.setBrush(QColor(theme.toolbar))
        painter.drawRoundedRect(box, 10, 10)
        place = QRectF(INSET_PX, 14, ICON_PX, ICON_PX)
        icons.draw(painter, self._icon, theme.ink, place)
        painter.end()
