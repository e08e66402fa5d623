"""Where can a file be dropped, and what is made of it?"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.ui.panels.surface import smooth, write
from playground.ui.theme import Theme, faded

ENTERS = (QEvent.Type.DragEnter, QEvent.Type.DragMove)
VEIL = 0.9
INSET_PX = 20
ONE_ONLY = "Drop one file at a time."
NO_FILE = "Only a file of this computer can be dropped here."


def dropped_file(mime: QMimeData) -> Path | str:
    """The one file that is carried, or why there is none."""
    urls = mime.urls()
    if len(urls) != 1:
        return ONE_ONLY
    if not urls[0].isLocalFile():
        return NO_FILE
    return Path(urls[0].toLocalFile())


class DropSheet(QWidget):
    """A veil over the window while a file is held above it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_words(self, words: str) -> None:
        """Say what dropping would do."""
        self.words = words
        self.setAccessibleName(words)
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme = self.theme
        painter.fillRect(self.rect(), faded(theme.canvas, VEIL))
        box = QRectF(self.rect()).adjusted(INSET_PX, INSET_PX, -INSET_PX, -INSET_PX)
        pen = QPen(QColor(theme.ink), 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 12, 12)
        centre = box.center()
        write(painter, theme, "title", self.words, centre.x(), centre.y(), theme.ink, "centre")
        painter.end()


class FileDrop(QObject):
    """Watches a window for files: shows the veil, then hands the file on."""

    def __init__(
        self,
        window: QWidget,
        sheet: DropSheet,
        take: Callable[[Path], object],
        refuse: Callable[[str], object],
    ) -> None:
        super().__init__(window)
        self.sheet = sheet
        self._take, self._refuse = take, refuse
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files are ours; parts of the left dock and text are not."""
        kind = event.type()
        if kind == QEvent.Type.DragLeave:
            self.sheet.hide()
            return False
        if not isinstance(event, QDropEvent) or not event.mimeData().hasUrls():
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        found = dropped_file(event.mimeData())
        if kind in ENTERS:
            is_file = isinstance(found, Path)
            self.sheet.show_words(f"Drop to open {found.name}" if is_file else str(found))  # type: ignore[union-attr]
            return True
        self.sheet.hide()
        # The other program waits until this event is over, and a question may follow.
        if isinstance(found, Path):
            QTimer.singleShot(0, self, lambda: self._take(found))
        else:
            QTimer.singleShot(0, self, lambda: self._refuse(found))
        return True
