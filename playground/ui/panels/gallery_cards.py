"""How does a preset look as a card: picture, number, title, story in one line, guarantees?"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from playground.ui.fonts import width_px
from playground.ui.format import elided
from playground.ui.panels.gallery_entry import Entry
from playground.ui.panels.gallery_shelf import Index, Shelf
from playground.ui.panels.gallery_sketch import sketch
from playground.ui.panels.surface import smooth, write
from playground.ui.theme import GUARANTEE_SIGNS, Theme

GAP_PX = 16
RADIUS_PX = 10
INSET_PX = 12
NARROWEST_PX, NARROWEST_STAGE_PX = 272, 340
PILL_GAP_PX = 6
OPEN = "open now"


def line_px(theme: Theme, role: str) -> float:
    """The height of a line of this kind of text."""
    return round(theme.role(role).size_px * 1.5)


def cell_size(theme: Theme, width: int) -> QSize:
    """The size of a card and the gap after it, where so much width is to be filled evenly."""
    narrowest = NARROWEST_STAGE_PX if theme.is_stage else NARROWEST_PX
    columns = max(1, width // (narrowest + GAP_PX))
    cell = max(120, width // columns)
    words = line_px(theme, "body_strong") + line_px(theme, "label") + line_px(theme, "pill") + 8
    return QSize(cell, round((cell - GAP_PX) / 2 + words + 2 * INSET_PX + GAP_PX))


def paint_pills(
    painter: QPainter, theme: Theme, guarantees: tuple[str, ...], x: float, middle: float
) -> float:
    """The signs of these guarantees in their colours; returns where the last one ends."""
    role = theme.role("pill")
    height = round(role.size_px * 1.6)
    for each in guarantees:
        colours = theme.guarantee(each)
        width = width_px(GUARANTEE_SIGNS[each], role) + height * 0.8
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.fill))
        box = QRectF(x, middle - height / 2, width, height)
        painter.drawRoundedRect(box, height / 2, height / 2)
        centre = box.center().x()
        write(painter, theme, "pill", GUARANTEE_SIGNS[each], centre, middle, colours.on, "centre")
        x = box.right() + PILL_GAP_PX
    return x


class Cards(QStyledItemDelegate):
    """Paints one card; the current one has an ink ring."""

    def __init__(self, theme: Theme, shelf: Shelf, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._shelf, self._host = shelf, parent
        self._small: dict[str, tuple[object, QPixmap]] = {}
        self.size = QSize(300, 240)
        self.open_stem = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(entry, Entry):
            return
        painter.save()
        smooth(painter)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        half = GAP_PX / 2
        card = QRectF(option.rect).adjusted(half, half, -half, -half)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        self._paint_ground(painter, card, is_under)
        place = QRectF(card.left(), card.top(), card.width(), round(card.width() / 2))
        self._paint_picture(painter, entry, card, place)
        self._paint_words(painter, entry, card.adjusted(INSET_PX, place.height(), -INSET_PX, 0))
        self._paint_outline(painter, card, is_current, is_under)
        painter.restore()

    def _paint_ground(self, painter: QPainter, card: QRectF, is_under: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.hover if is_under else self.theme.node))
        painter.drawRoundedRect(card, RADIUS_PX, RADIUS_PX)

    def _paint_picture(self, painter: QPainter, entry: Entry, card: QRectF, place: QRectF) -> None:
        picture = self._shelf.picture(entry)
        painter.save()
        outline = QPainterPath()
        outline.addRoundedRect(card, RADIUS_PX, RADIUS_PX)
        painter.setClipPath(outline)
        if picture is None or picture.isNull():
            sketch(painter, self.theme, entry.scenario, place)
        else:
            painter.drawPixmap(place.topLeft(), self._fitted(entry, picture, place))
        painter.fillRect(
            QRectF(place.left(), place.bottom() - 1, place.width(), 1), QColor(self.theme.hair)
        )
        painter.restore()

    def _fitted(self, entry: Entry, picture: QPixmap, place: QRectF) -> QPixmap:
        """A picture in the pixels of its place, each the mean of those that it stands for.

        A painter that makes it smaller would look at four of them only, and letters would fray.
        """
        ratio = self._host.devicePixelRatioF()
        key = (picture.cacheKey(), place.size().toSize(), ratio)
        kept = self._small.get(entry.preset.stem)
        if kept is None or kept[0] != key:
            small = picture.scaled(
                (place.size() * ratio).toSize(),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            small.setDevicePixelRatio(ratio)
            kept = self._small[entry.preset.stem] = (key, small)
        return kept[1]

    def _paint_words(self, painter: QPainter, entry: Entry, box: QRectF) -> None:
        theme = self.theme
        title, label, pill = (line_px(theme, role) for role in ("body_strong", "label", "pill"))
        y = box.top() + INSET_PX + title / 2
        number = entry.preset.number
        x = box.left()
        if number:
            x += write(painter, theme, "body_strong", number, x, y, theme.ink3) + 8
        kind = theme.role("body_strong")
        words = elided(entry.preset.title, box.right() - x, lambda text: width_px(text, kind))
        write(painter, theme, "body_strong", words, x, y, theme.ink)
        y += title / 2 + 2 + label / 2
        small = theme.role("label")
        story = elided(entry.story, box.width(), lambda text: width_px(text, small))
        write(painter, theme, "label", story, box.left(), y, theme.ink2)
        y += label / 2 + 6 + pill / 2
        paint_pills(painter, theme, entry.guarantees, box.left(), y)
        if entry.preset.stem == self.open_stem:
            write(painter, theme, "label_strong", OPEN, box.right(), y, theme.ink2, "right")

    def _paint_outline(
        self, painter: QPainter, card: QRectF, is_current: bool, is_under: bool
    ) -> None:
        theme = self.theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        width = 2.5 if is_current else 1.0
        colour = theme.ink if is_current else theme.edge if is_under else theme.hair
        painter.setPen(QPen(QColor(colour), width))
        inner = card.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(inner, RADIUS_PX, RADIUS_PX)
