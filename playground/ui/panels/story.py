"""What happened to the messages behind a number, and to one of them?

At the left the messages of the number that was clicked, at the right the life of the chosen one.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from playground.session.frame import Frame
from playground.session.story import MessageLine, Story
from playground.ui.fonts import width_px
from playground.ui.format import elided
from playground.ui.format import number as written
from playground.ui.panels.board_columns import BUCKETS, PRODUCED, REPEATS, Count
from playground.ui.panels.life_diagram import LifeDiagram
from playground.ui.panels.story_list import MessageList
from playground.ui.panels.story_words import StoryWords
from playground.ui.panels.surface import Surface, smooth, write
from playground.ui.theme import Theme

HEIGHT_PX = 212
REFRESH_MS = 250
"""A life that goes on is told anew four times a second."""
LIST_PX, NARROW_LIST_PX = 380, 260
NARROW_PX = 1_100
HEAD_PX = 28
MOST_LINES = 200
EMPTY = "Click any number on the scoreboard."
NOBODY = "No message stands behind this number."
NOT_KEPT = "The records that would say which are no longer kept."
GONE = "There is no such message."
COUNTS: dict[str, Count] = {count.key: count for count in (PRODUCED, *BUCKETS, *REPEATS)}

AskList = Callable[[str, str, int], tuple[MessageLine, ...]]
AskStory = Callable[[int], Story | None]


class Question(NamedTuple):
    """Which number was clicked."""

    group: str
    key: str  # of a Count


class StoryPanel(Surface):
    """A list and a life. It asks for both, and again while the run goes on."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.setAccessibleName("Story")
        self.question: Question | None = None
        self.message = -1
        self.story: Story | None = None
        self._group = ""
        self._now_us = -1
        self._total = -1
        self._ask_list: AskList = lambda group, bucket, limit: ()
        self._ask_story: AskStory = lambda message: None
        self.list = MessageList(theme, self)
        self.list.message_chosen.connect(self._choose)
        self.words = StoryWords(theme, self)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.area.setAccessibleName("The life of a message")
        self.diagram = LifeDiagram(theme)
        self.area.setWidget(self.diagram)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.refresh)
        self._arrange()

    def set_source(self, ask_list: AskList, ask_story: AskStory) -> None:
        """Who knows the messages of a number, and the story of a message."""
        self._ask_list, self._ask_story = ask_list, ask_story

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for part in (self.list, self.words, self.diagram):
            part.set_theme(theme)

    # ------------------------------------------------------------------ what is asked

    def show_number(self, group: str, key: str) -> None:
        """The messages behind a number; the newest one's life."""
        self.question = Question(group, key)
        self.message, self._group, self._total = -1, group, -1
        self.refresh()

    def show_message(self, message: int, group: str = "") -> None:
        """One message's life, whichever number it stands behind."""
        if self.question is not None and message not in self._listed():
            self.question = None
        self.message, self._group = message, group or self._group_of(message)
        self.refresh()

    def _group_of(self, message: int) -> str:
        """The group of the list, where the message is in it."""
        return self.question.group if self.question and message in self._listed() else ""

    def _listed(self) -> set[int]:
        return {line.message for line in self.list.model_.lines}

    def clear(self) -> None:
        """Another run: what was asked about is gone."""
        self.question, self.message, self.story = None, -1, None
        self.list.show_lines((), -1)
        self._arrange()

    def restart(self) -> None:
        """The same scenario begins again: the same number, other messages."""
        self.message, self.story = -1, None
        if self.question is not None and self.isVisible():
            self.refresh()
        else:
            self.clear()

    def _choose(self, message: int) -> None:
        self.message = message
        self._group = self.question.group if self.question else ""
        self.refresh()

    # ------------------------------------------------------------------ following the run

    def show_frame(self, frame: Frame) -> None:
        """Note that time has moved; while the page is open it is told anew in a while."""
        if frame.now_us == self._now_us:
            return
        self._now_us = frame.now_us
        is_asked = self.question is not None or self.message >= 0
        if is_asked and self.isVisible() and not self._timer.isActive():
            self._timer.start(REFRESH_MS)

    def refresh(self) -> None:
        """Ask again, now. A list under the pointer keeps still, so that a line can be hit."""
        self._timer.stop()
        if self.question is not None and not self.list.viewport().underMouse():
            bucket = COUNTS[self.question.key].field
            lines = self._ask_list(self.question.group, bucket, MOST_LINES)
            if self.message < 0 and lines:
                self.message = lines[0].message
            self.list.show_lines(lines, self.message)
        elif self.question is None:
            self.list.show_lines((), -1)
        self.story = self._ask_story(self.message) if self.message >= 0 else None
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    # ------------------------------------------------------------------ places and paint

    @property
    def _list_px(self) -> int:
        if self.question is None:
            return 0
        return NARROW_LIST_PX if self.width() < NARROW_PX else LIST_PX

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        left = self._list_px
        self.list.setGeometry(0, HEAD_PX, left, max(0, self.height() - HEAD_PX - 2))
        self.list.setVisible(bool(left))
        room = max(200, self.width() - left - 1)
        self.words.show_story(self.story, self._group, room)
        self.words.setGeometry(left + 1, 0, room, self.words.height())
        top = self.words.height()
        high = max(40, self.height() - top - 2)
        self.area.setGeometry(left + 1, top, room, high)
        bar_px = self.area.horizontalScrollBar().sizeHint().height()
        self.diagram.show_story(self.story, self._group, (room - 2.0, high - 2.0))
        if self.diagram.width() > room:
            self.diagram.show_story(self.story, self._group, (room - 2.0, high - 2.0 - bar_px))
        is_told = self.story is not None
        self.words.setVisible(is_told)
        self.area.setVisible(is_told)
        self.update()

    @property
    def heading(self) -> str:
        """``metrics · lost · 4 messages``."""
        if self.question is None:
            return ""
        count = len(self.list.model_.lines)
        many = f"the newest {MOST_LINES}" if count == MOST_LINES else written(count)
        noun = "message" if count == 1 else "messages"
        word = COUNTS[self.question.key].heading
        return f"{self.question.group} · {word} · {many} {noun}"

    @property
    def quiet(self) -> str:
        """What is said instead of a life."""
        if self.question is None:
            return GONE if self.message >= 0 else EMPTY
        is_from_records = self.question.key in ("suppressed", "set_again")
        return NOT_KEPT if is_from_records else NOBODY

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        smooth(painter)
        theme, left = self.theme, self._list_px
        if left:
            kind = theme.role("label_strong")
            text = elided(self.heading, left - 28, lambda words: width_px(words, kind))
            write(painter, theme, "label_strong", text, 16, HEAD_PX / 2 + 1, theme.ink2)
            painter.fillRect(QRectF(left, 8, 1, self.height() - 16), QColor(theme.hair))
        if self.story is None:
            x, y = left + (self.width() - left) / 2, self.height() / 2
            write(painter, theme, "body", self.quiet, x, y, theme.ink2, "centre")
        painter.end()
