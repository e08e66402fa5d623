"""How does a node's card get onto the canvas, and when is it painted anew?

Its picture is kept as pixels; it is painted again only when its view, what time changes in it, or
the pointer on it differs from what is on the screen.
"""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from playground.session.frame import (
    ConsumerView,
    CoordinatorView,
    DatabaseView,
    LinkView,
    ProducerView,
    QueueView,
)
from playground.ui.canvas import (
    card,
    consumer_boxes,
    consumer_card,
    coordinator_card,
    database_card,
    database_part,
    producer_card,
    queue_card,
    queue_slots,
)
from playground.ui.canvas.card import Touch
from playground.ui.canvas.motion import STILL, Pulse
from playground.ui.canvas.pencil import Detail, Pencil, Ruler
from playground.ui.canvas.placement import Placement
from playground.ui.canvas.stamps import Stamps
from playground.ui.canvas.words import NodeView
from playground.ui.theme import Theme

MARGIN_PX = 20.0  # for shadows and for the flags of tiles


def moment_of(view: NodeView, now_us: int, link: LinkView | None) -> tuple[object, ...]:
    """What time alone changes in a card."""
    if isinstance(view, ProducerView):
        return producer_card.moment(view, now_us)
    if isinstance(view, QueueView):
        return queue_card.moment(view, now_us)
    if isinstance(view, CoordinatorView):
        return coordinator_card.moment(view, now_us)
    if isinstance(view, DatabaseView):
        return database_part.moment(view, now_us)
    return consumer_card.moment(view, now_us, link)


class NodeItem(QGraphicsItem):
    """One node's card; ``paints`` counts how often it was painted."""

    def __init__(self, view: NodeView, theme: Theme) -> None:
        super().__init__()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.view, self._theme = view, theme
        self.touch = Touch()
        self._stamps = Stamps()
        self.paints = 0
        self.size = (0.0, 0.0)
        self._now_us = 0
        self._link: LinkView | None = None
        self._shown: tuple[object, ...] = ()
        self._beat = STILL

    def set_beat(self, beat: Pulse) -> None:
        """How the plate of its bad count shows that it has gone up."""
        if beat != self._beat:
            self._beat = beat
            self.update()

    def show_view(
        self,
        view: NodeView,
        now_us: int,
        link: LinkView | None,
        detail: Detail = Detail.FULL,
        *,
        may_paint: bool = True,
    ) -> bool:
        """Take the state of a moment; paint only if it looks different at this distance.

        Says whether it will; where it may not, the next moment that lets it shows the newest state.
        """
        self.view, self._now_us, self._link = view, now_us, link
        if not may_paint:
            return False
        shown: tuple[object, ...]
        if detail <= Detail.TILE:
            shown = (view.id, view.is_up, getattr(view, "guarantee", ""))
        else:
            shown = (view, moment_of(view, now_us, link))
            if detail >= Detail.CLOSE and isinstance(view, QueueView):
                shown = (*shown, queue_slots.ages(view, now_us))
        if shown == self._shown:
            return False
        self._shown = shown
        self.update()
        return True

    def place(self, box: QRectF, theme: Theme) -> None:
        """Move it, resize it, or dress it in another theme."""
        size = (box.width(), box.height())
        if size != self.size or theme is not self._theme:
            self.prepareGeometryChange()
            self.size, self._theme = size, theme
            self.update()
        if self.pos() != box.topLeft():
            self.setPos(box.topLeft())

    def set_touch(self, touch: Touch) -> None:
        """What the pointer does to it."""
        if touch != self.touch:
            self.touch = touch
            self.update()

    def rect(self) -> QRectF:
        """The card, in its own coordinates."""
        return QRectF(0, 0, *self.size)

    def boundingRect(self) -> QRectF:
        """The card with its shadow."""
        return self.rect().adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """The card."""
        self.paints += 1
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        pencil = Pencil(painter, self._theme, zoom)
        view = self.view
        if isinstance(view, ProducerView):
            producer_card.paint(pencil, self.rect(), view, self._now_us, self.touch)
        elif isinstance(view, QueueView):
            queue_card.paint(
                pencil, self.rect(), view, self._now_us, self.touch, self._stamps, self._beat
            )
        elif isinstance(view, CoordinatorView):
            coordinator_card.paint(pencil, self.rect(), view, self._now_us, self.touch)
        elif isinstance(view, DatabaseView):
            database_part.paint(pencil, self.rect(), view, self._now_us, self.touch)
        else:
            consumer_card.paint(pencil, self.rect(), view, self._now_us, self.touch, self._link)
        if self.touch.is_faint:
            painter.setOpacity(0.6)
            pencil.box(self.rect(), self._theme.metrics.node_radius_px, self._theme.canvas)

    def spot_at(self, point: QPointF, zoom: float) -> tuple[str, int]:
        """The button or gate under a point of the card: ``("gate", 2)``, ``("pill", -1)``."""
        view = self.view
        if not isinstance(view, ConsumerView):
            return "", -1
        ruler = Ruler(self._theme, zoom)
        if ruler.detail < Detail.MIDDLE:
            return "", -1
        boxes = consumer_boxes.button_boxes(ruler, view, card.name_width(ruler, view))
        for spot, box in boxes.items():
            if box.contains(point):
                return spot, -1
        if view.is_up:
            for index, box in consumer_boxes.gate_boxes(view, self._theme):
                if box.contains(point):
                    return "gate", index
        return "", -1


class DatabaseItem(QGraphicsItem):
    """The cylinder at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self._theme = theme
        self._plan = Placement()
        self.is_hovered = False
        self._shown: tuple[object, ...] = ()

    def place(self, plan: Placement, theme: Theme) -> None:
        """Take its box, its compartments and their numbers."""
        box = plan.database
        money = tuple(
            (
                row.group, row.should_be, row.really_is, row.money_lost, row.money_twice,
                row.money_dead, row.stale_final, database_card.commit_numbers(row),
            )
            for row in plan.rows
        )  # fmt: skip
        shown = (money, tuple(plan.parts), box.width(), box.height(), theme.name)
        if shown != self._shown:
            self.prepareGeometryChange()
            self._shown, self._theme = shown, theme
            self.update()
        self._plan = plan
        self.setVisible(bool(plan.rows))
        if self.pos() != box.topLeft():
            self.setPos(box.topLeft())

    def set_hovered(self, is_hovered: bool) -> None:
        """Whether the pointer is on it."""
        if is_hovered != self.is_hovered:
            self.is_hovered = is_hovered
            self.update()

    def boundingRect(self) -> QRectF:
        """The cylinder with its shadow."""
        box = self._plan.database
        return QRectF(-8, -8, box.width() + 16, box.height() + 20)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """The cylinder."""
        box = self._plan.database
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        pencil = Pencil(painter, self._theme, zoom)
        rect = QRectF(0, 0, box.width(), box.height())
        rows, parts = self._plan.rows, self._plan.parts
        database_card.paint(pencil, rect, rows, parts, is_hovered=self.is_hovered)
