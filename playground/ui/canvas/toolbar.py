"""How do the verbs of a thing appear beside it, as words?

A bar over the canvas that keeps its size at every zoom. It takes verbs and emits the one that was
clicked; it knows nothing of what the words do.
"""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from playground.ui.canvas.pencil import CENTRE, Pencil, Ruler
from playground.ui.canvas.verbs import Verb
from playground.ui.metrics import BUTTON_RADIUS_PX, TOOLBAR_RADIUS_PX
from playground.ui.theme import LIGHT, Theme

HEIGHT_PX = 34.0
PADDING_PX = 12.0
EDGE_PX = 3.0
SHADOW_PX = 16
AWAY_PX = 14.0


class Toolbar(QWidget):
    """The words; ``chosen`` carries the verb, ``left`` says that the pointer is gone."""

    chosen = Signal(object)
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.verbs: tuple[Verb, ...] = ()
        self._boxes: list[QRectF] = []
        self._hovered = -1
        self._level = 1.0
        self.setMouseTracking(True)
        self.hide()

    def set_level(self, level: float) -> None:
        """How far it has appeared, 0 to 1."""
        self._level = level
        self.update()

    def set_verbs(self, verbs: tuple[Verb, ...], theme: Theme) -> None:
        """Show these words; the widget takes their size."""
        if verbs == self.verbs and theme is self.theme:
            return
        self.verbs, self.theme = verbs, theme
        ruler = Ruler(theme)
        self._boxes = []
        x = SHADOW_PX + EDGE_PX
        for verb in verbs:
            wide = ruler.width(_label(verb), "body") + 2 * PADDING_PX
            self._boxes.append(QRectF(x, SHADOW_PX + EDGE_PX, wide, HEIGHT_PX - 2 * EDGE_PX))
            x += wide
        self._hovered = -1
        self.resize(round(x + EDGE_PX) + SHADOW_PX, round(HEIGHT_PX) + 2 * SHADOW_PX)
        self.update()

    def bar(self) -> QRectF:
        """The bar without its shadow, in its own coordinates."""
        return QRectF(self.rect()).adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)

    def place(self, corner: QPointF) -> None:
        """Put the bar's upper left corner there."""
        self.move(QPoint(round(corner.x()) - SHADOW_PX, round(corner.y()) - SHADOW_PX))

    def word_box(self, word: str) -> QRectF:
        """Where a word is, in the widget's coordinates."""
        return next(
            box for verb, box in zip(self.verbs, self._boxes, strict=True) if verb.word == word
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Panel, hair lines, words; the hovered word on ink."""
        painter = QPainter(self)
        painter.setOpacity(self._level)
        pencil = Pencil(painter, self.theme)
        theme = self.theme
        bar = self.bar()
        pencil.shadow(bar, TOOLBAR_RADIUS_PX, is_raised=True)
        pencil.box(bar.adjusted(0.5, 0.5, -0.5, -0.5), TOOLBAR_RADIUS_PX, theme.toolbar, theme.edge)
        for index, (verb, box) in enumerate(zip(self.verbs, self._boxes, strict=True)):
            is_hot = index == self._hovered and verb.is_enabled
            if is_hot:
                pencil.box(box, BUTTON_RADIUS_PX, theme.ink)
            colour = theme.inv if is_hot else theme.ink if verb.is_enabled else theme.ink3
            kind = "body_strong" if is_hot else "body"
            text = pencil.fitted(_label(verb), kind, box.width() - 4)
            pencil.text(box.center().x(), box.center().y(), text, kind, colour, CENTRE)
            is_beside_hot = self._hovered in (index, index + 1)
            if index < len(self.verbs) - 1 and not is_beside_hot:
                x = box.right()
                pencil.line(x, box.top() + 8, x, box.bottom() - 8, theme.hair, 1)
        painter.end()

    def _at(self, point: QPointF) -> int:
        return next((i for i, box in enumerate(self._boxes) if box.contains(point)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the word under the pointer."""
        hovered = self._at(event.position())
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the bar is not one on the canvas under it."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the word."""
        index = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            verb = self.verbs[index]
            if verb.is_enabled:
                self.chosen.emit(verb)
            else:
                QToolTip.showText(event.globalPosition().toPoint(), verb.reason, self)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer has reached the bar."""
        self.entered.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer has left the bar."""
        self._hovered = -1
        self.update()
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Tooltips: the key of a verb, or why it cannot be done."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._at(QPointF(event.pos()))
            text = tooltip(self.verbs[index]) if index >= 0 else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)


def tooltip(verb: Verb) -> str:
    """What hovering a verb says."""
    if verb.reason:
        return verb.reason[0].upper() + verb.reason[1:]
    return f"{verb.word} ({verb.key})" if verb.key else verb.word


def _label(verb: Verb) -> str:
    return f"{verb.word} ▾" if verb.choices else verb.word
