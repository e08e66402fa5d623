"""How does one walk over the cards: arrows, Enter, letters that search?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView

from playground.ui.panels.gallery_shelf import Shelf

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CardView(QListView):
    """Cards in columns; what is typed goes to the search."""

    typed = Signal(str)

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.setAccessibleName("Presets")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView, QListView:focus { border: none; padding: 0; }")
        self.setModel(shelf)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters search, Enter opens, arrows walk."""
        text = event.text()
        if event.key() in ENTER:
            self.activated.emit(self.currentIndex())
        elif text.strip() and text.isprintable() and not _is_command(event):
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)


def _is_command(event: QKeyEvent) -> bool:
    keys = Qt.KeyboardModifier
    return bool(event.modifiers() & (keys.ControlModifier | keys.AltModifier | keys.MetaModifier))
