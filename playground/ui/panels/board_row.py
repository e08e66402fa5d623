"""How is one consumer group's equation drawn?"""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from playground.session.frame import GroupRow
from playground.ui.fonts import width_px
from playground.ui.format import elided, number, percent
from playground.ui.metrics import BUTTON_RADIUS_PX, SEGMENT_RADIUS_PX
from playground.ui.panels.board_columns import Columns, Place, bar_parts, size_for
from playground.ui.panels.board_words import sum_fails, tooltip
from playground.ui.panels.number_button import NumberButton
from playground.ui.panels.surface import smooth, write
from playground.ui.patterns import pattern_brush, pattern_contour
from playground.ui.theme import GUARANTEE_SIGNS, Theme


class BoardRow(QWidget):
    """Pill, name, produced = bar, buckets, tick, and the repeats."""

    number_clicked = Signal(str, str)
    """The group and the key of the count."""
    picked = Signal(str)
    """The group whose name was clicked."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row: GroupRow | None = None
        self._columns: Columns | None = None
        self._stand: tuple[Theme, Columns, int] | None = None
        self._is_picked = False
        self._buttons: dict[str, NumberButton] = {}
        self._changed_us: dict[str, int] = {}

    @property
    def row(self) -> GroupRow | None:
        """What is shown."""
        return self._row

    def button(self, key: str) -> NumberButton:
        """The number of this count."""
        return self._buttons[key]

    def set_columns(self, theme: Theme, columns: Columns) -> None:
        """Stand where the whole board stands."""
        stand = (theme, columns, self.height())
        if stand == self._stand:
            return  # the board is arranged several times on its way to another size
        self._stand = stand
        self._theme, self._columns = theme, columns
        places = (columns.produced, *columns.buckets, *columns.repeats)
        keys = {place.of.key for place in places}
        for key in [key for key in self._buttons if key not in keys]:
            self._buttons.pop(key).deleteLater()
        for place in places:
            self._place(place, columns)
        if self._row is not None:
            self._fill(self._row)
        self.update()

    def _place(self, place: Place, columns: Columns) -> None:
        is_small = columns.is_small or place in columns.repeats
        button = self._buttons.get(place.of.key)
        if button is None:
            button = NumberButton(self._theme, place.of, is_small, self)
            button.clicked.connect(self._on_button)
            self._buttons[place.of.key] = button
            button.show()
        button.set_look(self._theme, is_small, self._is_picked)
        padding = button.padding_px
        height = size_for(self._theme).row_px - 4
        left = min(place.left_px, place.right_px - 24) - padding
        button.setGeometry(
            round(left),
            (self.height() - height) // 2,
            round(place.right_px + padding - left),
            height,
        )

    def _on_button(self) -> None:
        button = self.sender()
        if isinstance(button, NumberButton) and self._row is not None:
            self.number_clicked.emit(self._row.group, button.count.key)

    def show_row(self, row: GroupRow, is_picked: bool, now_us: int, speed: float) -> None:
        """Show this group's numbers at this moment."""
        if row != self._row or is_picked != self._is_picked:
            self._row, self._is_picked = row, is_picked
            for key in self._fill(row):
                self._changed_us[key] = now_us
            self.update()
        if speed > 10:
            self._changed_us.clear()
        for key, changed_us in list(self._changed_us.items()):
            age_ms = (now_us - changed_us) / speed / 1_000
            if key in self._buttons:
                self._buttons[key].set_age(age_ms if age_ms >= 0 else 1_000.0)
            if age_ms > 1_000 or age_ms < 0:
                del self._changed_us[key]

    def _fill(self, row: GroupRow) -> list[str]:
        grown: list[str] = []
        for key, button in self._buttons.items():
            before = button.value
            button.set_look(self._theme, button._is_small, self._is_picked)
            if button.set_value(row.group, getattr(row, button.count.field)):
                button.setToolTip(tooltip(row, button.count))
                if button.count.is_bad and before:
                    grown.append(key)
        return grown

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._row is None or self._columns is None:
            return
        painter = smooth(QPainter(self))
        if self._is_picked:
            painter.setBrush(QColor(self._theme.row))
            box = QRectF(8, 1, self.width() - 16, self.height() - 2)
            painter.drawRoundedRect(box, BUTTON_RADIUS_PX, BUTTON_RADIUS_PX)
        painter.fillRect(
            QRectF(self._columns.rule_px, 0, 1, self.height()), QColor(self._theme.hair)
        )
        self._paint_name(painter, self._row)
        self._paint_bar(painter, self._row)
        self._paint_signs(painter, self._row)
        painter.end()

    def _paint_name(self, painter: QPainter, row: GroupRow) -> None:
        size = size_for(self._theme)
        middle = self.height() / 2
        width, height = size.pill_px
        colours = self._theme.guarantee(row.guarantee)
        pill = QRectF(size.margin_px, middle - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.fill))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        sign = GUARANTEE_SIGNS[row.guarantee]
        x = pill.center().x()
        write(painter, self._theme, "board_pill", sign, x, middle, colours.on, "centre")
        write(painter, self._theme, "name", self.shown_name, size.name_px, middle, self._theme.ink)

    @property
    def shown_name(self) -> str:
        """The group's name as there is room for it."""
        assert self._row is not None
        assert self._columns is not None
        room = self._columns.produced.left_px - size_for(self._theme).name_px - 8
        role = self._theme.role("name")
        return elided(self._row.group, room, lambda text: width_px(text, role), "middle")

    def _bar(self) -> QRectF:
        assert self._columns is not None
        height = size_for(self._theme).bar_height_px
        left, right = self._columns.bar_left_px, self._columns.bar_right_px
        return QRectF(left, (self.height() - height) / 2, right - left, height)

    def _paint_bar(self, painter: QPainter, row: GroupRow) -> None:
        bar = self._bar()
        smallest = size_for(self._theme).smallest_part_px
        if not row.produced:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.well))
            painter.drawRoundedRect(bar, SEGMENT_RADIUS_PX, SEGMENT_RADIUS_PX)
        for count, left, width in bar_parts(row, bar.width(), smallest):
            pen = pattern_contour(self._theme, count.status)
            half = pen.widthF() / 2
            box = QRectF(bar.left() + left, bar.top(), width, bar.height())
            painter.setBrushOrigin(QPointF(box.left(), box.top()))
            painter.setPen(pen)
            painter.setBrush(pattern_brush(self._theme, count.status))
            inner = box.adjusted(half, half, -half, -half)
            painter.drawRoundedRect(inner, SEGMENT_RADIUS_PX, SEGMENT_RADIUS_PX)

    def _paint_signs(self, painter: QPainter, row: GroupRow) -> None:
        assert self._columns is not None
        theme, columns, middle = self._theme, self._columns, self.height() / 2
        role = "body"
        write(
            painter, theme, "board_right_zero", "=", columns.equals_px, middle, theme.ink3, "centre"
        )
        for place in columns.buckets:
            if place.plus_px is not None:
                write(painter, theme, role, "+", place.plus_px, middle, theme.ink3, "centre")
        scale = 2.0 if theme.is_stage else 1.0
        if row.adds_up:
            pen = QPen(QColor(theme.status("once").text), 2.4 * scale)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            x, y = columns.tick_px, middle
            painter.drawPolyline(
                [
                    QPointF(x - 6 * scale, y + 0.5 * scale),
                    QPointF(x - 2 * scale, y + 4.5 * scale),
                    QPointF(x + 6 * scale, y - 4.5 * scale),
                ]
            )
            return
        words = f"✕ {sum_fails(row)}"
        left = columns.bar_left_px
        box = QRectF(left - 6, 4, width_px(words, theme.role("name")) + 12, self.height() - 8)
        painter.fillRect(box, QColor(theme.panel))
        write(painter, theme, "name", words, left, middle, theme.ink)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self._bar_words(QPointF(event.pos()))
            if text:
                QToolTip.showText(event.globalPos(), text, self)
                return True
        return super().event(event)

    def _bar_words(self, at: QPointF) -> str:
        if self._row is None or self._columns is None or not self._bar().contains(at):
            return ""
        bar = self._bar()
        smallest = size_for(self._theme).smallest_part_px
        for count, left, width in bar_parts(self._row, bar.width(), smallest):
            if left <= at.x() - bar.left() <= left + width:
                value = getattr(self._row, count.field)
                return f"{count.heading}: {number(value)}, {percent(value / self._row.produced)}"
        return ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row, columns = self._row, self._columns
        if row and columns and event.position().x() < columns.produced.left_px:
            self.picked.emit(row.group)
        super().mouseReleaseEvent(event)
