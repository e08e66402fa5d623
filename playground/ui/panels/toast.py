"""What should a person know who is looking at the canvas?"""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from playground.ui import icons
from playground.ui.fonts import width_px
from playground.ui.format import elided, wrapped
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import Theme, faded

WIDTH_PX = 480
GAP_PX = 8
SHOWN_MS = 5_000
MOST_TOASTS = 2
PADDING_PX = 48
FOOT_PX = 20


class Toast(QWidget):
    """A card at the bottom of the canvas; a click or Esc closes it, errors stay."""

    def __init__(
        self, theme: Theme, icon: str, title: str, body: str, stays: bool, stack: "Toasts"
    ) -> None:
        super().__init__(stack.parentWidget())
        self.theme = theme
        self._stack = stack
        self.icon, self.title, self.body = icon, title, body
        self.stays = stays
        self.about = ""
        self.setAccessibleName(title)
        self.setAccessibleDescription(body)
        self.setToolTip(body if stays else "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(WIDTH_PX + 16, self._height() + 16)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        if not stays:
            self._timer.start(SHOWN_MS)

    def _lines(self) -> list[str]:
        kind = self.theme.role("label")
        paragraphs = self.body.splitlines()
        if len(paragraphs) > 1:
            return [
                elided(line, WIDTH_PX - PADDING_PX - 16, lambda t: width_px(t, kind))
                for line in paragraphs[:4]
            ]
        return wrapped(self.body, WIDTH_PX - PADDING_PX - 16, lambda t: width_px(t, kind), 2)

    def _height(self) -> int:
        return 42 + (16 * len(self._lines()) + 6 if self.body else 0)

    def dismiss(self) -> None:
        """Go away."""
        self._timer.stop()
        self._stack.forget(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.dismiss()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = smooth(QPainter(self))
        theme = self.theme
        box = QRectF(8, 6, WIDTH_PX, self.height() - 16)
        if theme.has_shadow:
            for grow in range(8):
                painter.setBrush(faded(theme.shadow, 3 / 255))
                painter.drawRoundedRect(
                    box.adjusted(-grow, 4 - grow, grow, 4 + grow), 10 + grow, 10 + grow
                )
        painter.setPen(QPen(QColor(theme.ink if self.hasFocus() else theme.edge), 1))
        painter.setBrush(QColor(theme.toolbar))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        colour = theme.status("lost").text if self.icon == "bolt" else theme.ink
        icons.draw(painter, self.icon, colour, QRectF(box.left() + 16, box.top() + 11, 20, 20))
        x = box.left() + PADDING_PX
        role = theme.role("body_strong")
        title = elided(self.title, WIDTH_PX - PADDING_PX - 16, lambda t: width_px(t, role))
        write(painter, theme, "body_strong", title, x, box.top() + 21, theme.ink)
        for index, line in enumerate(self._lines()):
            write(painter, theme, "label", line, x, box.top() + 43 + 16 * index, theme.ink2)
        painter.end()

    def sizeHint(self) -> QSize:
        return self.size()


class Toasts:
    """At most two, the newest lowest, over the bottom of a widget: in its middle, where that covers
    nothing that is in use."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        self.theme = theme
        self._over = over
        self.shown: list[Toast] = []
        self.in_use: Callable[[], list[QRect]] = list
        """What is better not covered: the toolbar under the hand, what it belongs to."""
        self.foot: QWidget | None = None
        """What they stand above, where it is in sight."""
        self._column = 0.5

    def parentWidget(self) -> QWidget:
        """What they lie on."""
        return self._over

    def set_theme(self, theme: Theme) -> None:
        """Other colours."""
        self.theme = theme
        for toast in self.shown:
            toast.theme = theme
            toast.update()

    def say(
        self,
        title: str,
        body: str = "",
        icon: str = "help",
        stays: bool = False,
        about: str = "",
    ) -> None:
        """Show a card, unless the same one is in sight already.

        ``about`` is a place: the card takes the place of another one about it.
        """
        if any((toast.title, toast.body) == (title, body) for toast in self.shown):
            return
        self.withdraw(about)
        toast = Toast(self.theme, icon, title, body, stays, self)
        toast.about = about
        self.shown.append(toast)
        while len(self.shown) > MOST_TOASTS:
            self.shown[0].dismiss()
        self._column = self._free_column()
        toast.show()
        self.arrange()

    def forget(self, toast: Toast) -> None:
        """A card has been closed."""
        if toast in self.shown:
            self.shown.remove(toast)
        toast.hide()
        toast.deleteLater()
        self.arrange()

    def withdraw(self, about: str) -> None:
        """What was said about a place has passed."""
        for toast in [toast for toast in self.shown if about and toast.about == about]:
            toast.dismiss()

    def clear(self) -> None:
        """All cards go."""
        for toast in list(self.shown):
            toast.dismiss()

    def arrange(self) -> None:
        """Stand where the canvas now is."""
        bottom = self._bottom()
        for toast in reversed(self.shown):
            bottom -= toast.height() - 16
            room = self._over.width() - toast.width()
            toast.move(int(self._column * room), bottom - 6)
            toast.raise_()
            bottom -= GAP_PX

    def _bottom(self) -> int:
        whole, foot = self._over.height(), self.foot
        if foot is None or foot.isHidden() or foot.y() < whole // 2:
            return whole - FOOT_PX
        return min(whole - FOOT_PX, foot.y() - GAP_PX)

    def _free_column(self) -> float:
        """In the middle, at the left or at the right, as a share of the room: what covers least."""
        wide = max(toast.width() for toast in self.shown)
        room = self._over.width() - wide
        high = sum(toast.height() - 16 + GAP_PX for toast in self.shown)
        top = self._bottom() - high
        used = self.in_use()

        def covers(column: float) -> int:
            both = [QRect(int(column * room), top, wide, high) & box for box in used]
            return sum(box.width() * box.height() for box in both if not box.isEmpty())

        return min((0.5, 0.0, 1.0), key=covers)
