"""What does the preset under the keys teach, and what does it promise?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from playground.ui.panels.gallery_cards import line_px, paint_pills
from playground.ui.panels.gallery_entry import Entry
from playground.ui.panels.labels import plain
from playground.ui.panels.surface import Surface, smooth, write
from playground.ui.theme import Theme

WIDTH_PX, NARROW_PX, STAGE_PX = 336, 272, 480
NOTHING_FOUND = "No preset has these words."


class Promises(QWidget):
    """Each guarantee in its colour, with its name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.guarantees: tuple[str, ...] = ()

    def show_guarantees(self, guarantees: tuple[str, ...]) -> None:
        """Other ones."""
        self.guarantees = guarantees
        self.setAccessibleName(", ".join(guarantees))
        self.setFixedHeight(round((line_px(self.theme, "pill") + 8) * len(guarantees)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        step = line_px(self.theme, "pill") + 8
        for row, each in enumerate(self.guarantees):
            middle = step * (row + 0.5)
            x = paint_pills(painter, self.theme, (each,), 0, middle)
            ink = self.theme.guarantee(each).text
            write(painter, self.theme, "body_strong", each, x + 4, middle, ink)
        painter.end()


class GalleryPage(Surface):
    """Story, *You'll learn*, *Watch for*, *Try*, and the button that opens it."""

    open_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "left", parent)
        self._words = QWidget()
        self._box = QVBoxLayout(self._words)
        self._box.setContentsMargins(0, 0, 12, 0)
        self._box.setSpacing(6)
        self._title = plain("", "title", wraps=True)
        self._promises = Promises(theme)
        self._parts: dict[str, tuple[QLabel, QLabel]] = {}
        self._box.addWidget(self._title)
        self._box.addWidget(self._promises)
        for heading in ("Story", "You'll learn", "Watch for", "Try"):
            pair = plain(heading, "heading"), plain("", "body", wraps=True)
            self._parts[heading] = pair
            self._box.addSpacing(6)
            for label in pair:
                self._box.addWidget(label)
        self._box.addStretch(1)
        self.button = QPushButton("Open")
        self.button.setProperty("button", "primary")
        self.button.setToolTip("Open this preset (Enter)")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.open_asked)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(self._words)
        self._words.setAutoFillBackground(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 8, 12, 16)
        box.setSpacing(12)
        box.addWidget(area, 1)
        row = QHBoxLayout()
        row.addWidget(self.button, 1)
        row.addSpacing(8)
        box.addLayout(row)
        self.show_entry(None)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._promises.theme = theme
        self._promises.show_guarantees(self._promises.guarantees)

    def show_entry(self, entry: Entry | None) -> None:
        """Tell of this preset; of none: that none was found."""
        scenario = entry.scenario if entry is not None else None
        self._title.setText(entry.preset.title if entry is not None else NOTHING_FOUND)
        self._promises.show_guarantees(entry.guarantees if entry is not None else ())
        self.button.setEnabled(entry is not None)
        name = entry.preset.title if entry is not None else ""
        self.button.setAccessibleName(f"Open {name}".strip())
        texts = {
            "Story": entry.story if entry is not None else "",
            "You'll learn": scenario.learn if scenario else "",
            "Watch for": scenario.watch if scenario else "",
            "Try": scenario.try_ if scenario else "",
        }
        for heading, text in texts.items():
            for label in self._parts[heading]:
                label.setVisible(bool(text.strip()))
            self._parts[heading][1].setText(" ".join(text.split()))

    @property
    def says(self) -> str:
        """All its words, one part a line."""
        shown = [pair[1].text() for pair in self._parts.values()]
        return "\n".join([self._title.text(), *filter(None, shown)])
