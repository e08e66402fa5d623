"""Where does a link of a coordinator begin and end?

A coordinator stands beside the way that messages take, so its links may enter a card from below,
from above or from the side: whichever lies towards the other end.
"""

from PySide6.QtCore import QRectF

from playground.ui.canvas.geometry import Port
from playground.ui.theme import Theme

APART_PX = 48.0  # nearer cards than this cannot be joined straight
CORNER_PX = 24.0  # a second port at the side of a card, from its bottom


def between(
    kinds: tuple[str, str], source: QRectF, target: QRectF, theme: Theme
) -> tuple[Port, Port]:
    """The ports of a link with a coordinator at one end; ``kinds`` are those of both ends."""
    reach = theme.metrics.port_px[0] / 2
    if kinds[0] == "consumer":
        return _asking(source, target, reach)
    if kinds[1] == "database":
        return _telling_database(source, target, reach)
    return _telling_queue(source, target, reach)


def _asking(consumer: QRectF, coordinator: QRectF, reach: float) -> tuple[Port, Port]:
    """A consumer's request leaves below its deliveries; all consumers share the coordinator's."""
    low = consumer.bottom() - CORNER_PX
    high = coordinator.top() + coordinator.height() * 0.36
    if coordinator.right() + APART_PX <= consumer.left():
        return _left(consumer, low, reach), _right(coordinator, high, reach)
    if consumer.right() + APART_PX <= coordinator.left():
        return _right(consumer, low, reach), _left(coordinator, high, reach)
    return _upright(consumer, coordinator, reach) or (
        _right(consumer, low, reach),
        _left(coordinator, high, reach),
    )


def _telling_queue(coordinator: QRectF, queue: QRectF, reach: float) -> tuple[Port, Port]:
    upright = _upright(coordinator, queue, reach)
    if upright is not None:
        return upright
    low = queue.bottom() - CORNER_PX + 4
    middle = coordinator.center().y()
    if queue.right() + APART_PX <= coordinator.left():
        return _left(coordinator, middle, reach), _right(queue, low, reach)
    return _right(coordinator, middle, reach), _left(queue, low, reach)


def _telling_database(coordinator: QRectF, database: QRectF, reach: float) -> tuple[Port, Port]:
    """Into the foot of the cylinder, or its lid: its side belongs to the consumers."""
    low = coordinator.bottom() - coordinator.height() * 0.2
    is_left = coordinator.center().x() < database.center().x()
    start = _right(coordinator, low, reach) if is_left else _left(coordinator, low, reach)
    if coordinator.bottom() + APART_PX <= database.top():
        return start, _top(database, reach)
    return start, _bottom(database, reach)


def _upright(source: QRectF, target: QRectF, reach: float) -> tuple[Port, Port] | None:
    """From edge to edge where one stands clearly above the other."""
    if target.bottom() + APART_PX <= source.top():
        return _top(source, reach), _bottom(target, reach)
    if source.bottom() + APART_PX <= target.top():
        return _bottom(source, reach), _top(target, reach)
    return None


def _left(box: QRectF, y: float, reach: float) -> Port:
    return Port(box.left() - reach, y, -1.0, 0.0)


def _right(box: QRectF, y: float, reach: float) -> Port:
    return Port(box.right() + reach, y, 1.0, 0.0)


def _top(box: QRectF, reach: float) -> Port:
    return Port(box.center().x(), box.top() - reach, 0.0, -1.0)


def _bottom(box: QRectF, reach: float) -> Port:
    return Port(box.center().x(), box.bottom() + reach, 0.0, 1.0)
