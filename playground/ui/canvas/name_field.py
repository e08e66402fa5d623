"""How is a name changed in place?

A line edit over the card: Enter takes the name, Esc leaves the old one. A name that cannot be stays
in the field, with the reason beside it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip

from playground.scenario.forms import LONGEST_NAME
from playground.ui.fonts import font

if TYPE_CHECKING:
    from playground.ui.canvas.view import CanvasView

LEAST_PX = (120.0, 26.0)
OUT_PX = 4.0


class NameField(QLineEdit):
    """One change of one name."""

    named = Signal(str, str)

    def __init__(
        self,
        view: "CanvasView",
        node: str,
        box: QRectF,
        fault_of: Callable[[str, str], str],
    ) -> None:
        super().__init__(node, view.viewport())
        self._view, self._node = view, node
        self._fault_of = fault_of
        self._is_over = False
        self.setMaxLength(LONGEST_NAME)
        self.setAccessibleName(f"New name of {node}")
        self.setFont(font(view.canvas.theme, "name"))
        width, height = max(box.width(), LEAST_PX[0]), LEAST_PX[1]
        top = box.center().y() - height / 2
        self.setGeometry(QRectF(box.left() - OUT_PX, top, width, height).toRect())
        self.textEdited.connect(lambda _: QToolTip.hideText())

    def begin(self) -> None:
        """Take the keys, with the whole name marked."""
        self.show()
        self.selectAll()
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Esc is the field's, not the window's, as long as it is open."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc end it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(is_left=False)
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A click elsewhere takes a good name and leaves a bad one."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take(is_left=True)

    def _take(self, *, is_left: bool) -> None:
        if self._is_over:
            return
        fault = self._fault_of(self._node, self.text())
        if fault and not is_left:
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), fault, self)
            return
        name = self.text()
        self._close()
        if not fault:
            self.named.emit(self._node, name)

    def _close(self) -> None:
        if self._is_over:
            return
        self._is_over = True
        self._view.building.field = None
        # Before it hides, else Qt would hand the keys to whatever comes next.
        self._view.setFocus()
        self.hide()
        self.deleteLater()
