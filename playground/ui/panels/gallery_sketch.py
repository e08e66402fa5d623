"""What stands in the place of a picture that is missing?

The scene itself, as a few strokes: where its nodes are, how they are linked, what they promise.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.engine.parameters import (
    ConsumerParameters,
    CoordinatorParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.model import Scenario
from playground.ui.theme import Theme

SIZES = {
    ProducerParameters: (140.0, 116.0),
    QueueParameters: (236.0, 96.0),
    CoordinatorParameters: (236.0, 124.0),
}
LARGEST = (264.0, 124.0)
COLUMNS = {ProducerParameters: 24.0, QueueParameters: 268.0, CoordinatorParameters: 268.0}
LAST_COLUMN = 648.0
ROW = 144.0
MARGIN = 0.09  # of the picture's width


def boxes_of(scenario: Scenario) -> dict[str, QRectF]:
    """Where each node stands, in the scene's own lengths; without a layout in columns."""
    boxes: dict[str, QRectF] = {}
    rows: dict[float, int] = {}
    for node, parameters in scenario.nodes.items():
        kind = type(parameters)
        width, height = SIZES.get(kind, LARGEST)
        column = COLUMNS.get(kind, LAST_COLUMN)
        row = rows[column] = rows.get(column, -1) + 1
        x, y = scenario.layout.get(node, (column, 32.0 + ROW * row))
        boxes[node] = QRectF(x, y, width, height)
    return boxes


def sketch(painter: QPainter, theme: Theme, scenario: Scenario | None, place: QRectF) -> None:
    """Draw it into a place; before its file has been read, an empty ground."""
    painter.fillRect(place, QColor(theme.canvas))
    boxes = boxes_of(scenario) if scenario else {}
    if scenario is None or not boxes:
        return
    whole = QRectF()
    for box in boxes.values():
        whole = whole.united(box)
    margin = place.width() * MARGIN
    room = place.adjusted(margin, margin, -margin, -margin)
    share = min(room.width() / whole.width(), room.height() / whole.height())
    painter.save()
    painter.translate(room.center())
    painter.scale(share, share)
    painter.translate(-whole.center())
    painter.setPen(QPen(QColor(theme.rail), 1.75 / share))
    for link in scenario.links:
        if link.source in boxes and link.target in boxes:
            start, end = boxes[link.source], boxes[link.target]
            painter.drawLine(_side(start, end), _side(end, start))
    for node, box in boxes.items():
        painter.setPen(QPen(QColor(theme.edge), 1.25 / share))
        painter.setBrush(QColor(theme.node))
        painter.drawRoundedRect(box, 10, 10)
        parameters = scenario.nodes[node]
        if isinstance(parameters, ConsumerParameters):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.guarantee(parameters.guarantee).fill))
            painter.drawRoundedRect(QRectF(box.left(), box.top(), 16, box.height()), 8, 8)
    painter.restore()


def _side(box: QRectF, other: QRectF) -> QPointF:
    """The middle of the edge that looks towards the other box."""
    x = box.right() if other.center().x() >= box.center().x() else box.left()
    return QPointF(x, box.center().y())
