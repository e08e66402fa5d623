"""How does a speaker make the screen dark, so that everybody looks at the speaker?"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget


class Curtain(QWidget):
    """Black over everything; any key or click lifts it."""

    lifted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("curtain")
        self.setAccessibleName("The screen is blank. Press any key to go on.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def fall(self) -> None:
        """Cover everything, and take the keys."""
        self.setGeometry(self.window().rect())
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.show()
        self.raise_()
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Every key is meant for the curtain while it is down."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (
            Qt.Key.Key_Shift,
            Qt.Key.Key_Control,
            Qt.Key.Key_Alt,
            Qt.Key.Key_Meta,
        ):
            self.lifted.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.lifted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        painter.end()
