"""Which way do dead letters take: an arrow from each queue to the one that takes what it gave up?

Nothing travels there: a queue hands over by itself, as a consumer writes to its database, and the
two lines look alike.
"""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from playground.session.frame import Frame, QueueView

INSET = 0.25  # of the shorter card: graves stand over its left end, coordinators below its middle
OFF_PX = 4.0  # from a card to the line
LEAST_PX = 20.0


class Drain(NamedTuple):
    """An arrow from a queue's edge to the edge of its dead-letter queue, in scene pixels."""

    source: str
    start: QPointF
    end: QPointF


def drains(frame: Frame, boxes: Mapping[str, QRectF]) -> list[Drain]:
    """An arrow for each queue that has a dead-letter queue with room between the two cards."""
    pairs = (
        (source, view.id)
        for view in frame.nodes
        if isinstance(view, QueueView)
        for source in view.dead_from
        if source in boxes and view.id in boxes
    )
    found = (_between(source, boxes[source], boxes[target]) for source, target in pairs)
    return [each for each in found if each is not None]


def _between(source: str, box: QRectF, target: QRectF) -> Drain | None:
    """Straight down or up where they stand over one another, otherwise straight across."""
    left, right = max(box.left(), target.left()), min(box.right(), target.right())
    if right > left:
        x = left + (right - left) * INSET
        is_below = target.top() >= box.bottom()
        start = QPointF(x, box.bottom() + OFF_PX if is_below else box.top() - OFF_PX)
        end = QPointF(x, target.top() - OFF_PX if is_below else target.bottom() + OFF_PX)
        room = end.y() - start.y() if is_below else start.y() - end.y()
    else:
        is_right = target.left() >= box.right()
        y = (box.center().y() + target.center().y()) / 2
        if not (box.top() < y < box.bottom() and target.top() < y < target.bottom()):
            return None
        start = QPointF(box.right() + OFF_PX if is_right else box.left() - OFF_PX, y)
        end = QPointF(target.left() - OFF_PX if is_right else target.right() + OFF_PX, y)
        room = end.x() - start.x() if is_right else start.x() - end.x()
    return Drain(source, start, end) if room >= LEAST_PX else None


def trace(drain: Drain, head: float, line: QPainterPath, heads: QPainterPath) -> None:
    """Add the line to one path and its arrow head to the other."""
    way = drain.end - drain.start
    along = way / max((way.x() ** 2 + way.y() ** 2) ** 0.5, 1e-6)
    across = QPointF(-along.y(), along.x()) * head
    line.moveTo(drain.start)
    line.lineTo(drain.end - along * head)
    back = drain.end - along * (1.6 * head)
    heads.addPolygon(QPolygonF([drain.end, back + across, back - across, drain.end]))
