"""What became of the message, in a sentence a group?"""

from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from playground.session.story import Ending, Story
from playground.ui.fonts import width_px
from playground.ui.format import wrapped
from playground.ui.panels.surface import smooth, write
from playground.ui.patterns import pattern_brush, pattern_contour
from playground.ui.theme import Theme

LINE_PX = 17
LEFT_PX = 36
MOST_SENTENCES = 4


def endings_for(story: Story, group: str) -> tuple[Ending, ...]:
    """The sentences that are shown: that of the group in question, else the worst first."""
    own = tuple(ending for ending in story.endings if ending.group == group)
    if own:
        return own
    worst = ("lost", "twice", "dead", "in_doubt", "in_flight", "once")
    return tuple(sorted(story.endings, key=lambda ending: worst.index(ending.status)))


class StoryWords(QWidget):
    """The sentences, each with the swatch of its status."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.sentences: tuple[str, ...] = ()
        self._lines: list[tuple[str, str]] = []  # status of a first line, else "", and words
        self._shown: tuple[object, ...] = ()

    def set_theme(self, theme: Theme) -> None:
        """Other colours and type."""
        self.theme = theme
        self.update()

    def show_story(self, story: Story | None, group: str, width_px_: float) -> None:
        """The sentences of this story, in the height that they need."""
        if (story, group, width_px_) == self._shown:
            return
        self._shown = (story, group, width_px_)
        endings = endings_for(story, group)[:MOST_SENTENCES] if story is not None else ()
        self.sentences = tuple(ending.sentence for ending in endings)
        if story is not None and story.note:
            self.sentences += (story.note,)
        measure = partial(width_px, kind=self.theme.role("label_strong"))
        most = 2 if len(endings) == 1 else 1
        self._lines = []
        for ending in endings:
            lines = wrapped(ending.sentence, width_px_ - LEFT_PX - 16, measure, most)
            self._lines += [(ending.status if not n else "", line) for n, line in enumerate(lines)]
        if story is not None and story.note:
            self._lines.append(("", story.note))
        self.setFixedHeight(LINE_PX * len(self._lines) + 8)
        self.setToolTip("\n".join(self.sentences))
        self.setAccessibleName(" ".join(self.sentences))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme = self.theme
        for index, (status, text) in enumerate(self._lines):
            middle = 6 + LINE_PX * (index + 0.5)
            if status:
                box = QRectF(16.5, middle - 5.5, 11, 11)
                painter.setPen(pattern_contour(theme, status))
                painter.setBrushOrigin(box.topLeft())
                painter.setBrush(pattern_brush(theme, status))
                painter.drawRoundedRect(box, 2.5, 2.5)
            write(painter, theme, "label_strong", text, LEFT_PX, middle, theme.ink)
        painter.end()
