"""Where does a grave stand, and how does its leader run?

Above left, above right, below left, below right of the place of death, farther away where that is
taken; the first place that covers no card, no port, no plate and no packet's way, with a leader
that crosses none of them; behind words without a plate it is interrupted. There is room for the
reason as well, or it is never written there.
"""

from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF

from playground.ui.canvas.plates import Plates, Size

AWAY_PX = 62.0
OVERHANG_PX = 30.0  # how far the plate reaches beyond its leader
FOOT_PX = 40.0  # from the left edge of a card to the foot of its grave's leader
NEAR_CARD_PX, CLOSE_TO_CARD_PX = 22.0, 4.0
CROSSING = 400.0  # what each point of a leader costs that lies on something


class Spot(NamedTuple):
    """Which of the candidates, how large it may be, and the form of its words."""

    place: int
    size: Size
    form: int  # the index of the size among those that were asked for


Placed = tuple[QRectF, QLineF]


def find(plates: Plates, place: str, at: QPointF, sizes: tuple[Size, ...]) -> Spot | None:
    """The spot of a grave, the same one as long as nothing moves; None: on its card.

    ``sizes`` are what it would like to have room for, the last one what it needs.
    """
    key = ("grave", place)
    if key not in plates.kept:
        plates.kept[key] = _search(plates, plates.plan.boxes.get(place), at, sizes)
    found: Spot | None = plates.kept[key]
    return found


def placed(spot: Spot, at: QPointF, card: QRectF | None, size: Size) -> Placed:
    """The plate and its leader at a spot, as wide as its words are now."""
    return candidates(at, card, size)[spot.place]


def _search(
    plates: Plates, card: QRectF | None, at: QPointF, sizes: tuple[Size, ...]
) -> Spot | None:
    for form, size in enumerate(sizes):
        options = candidates(at, card, size)
        solid = [box for box in plates.obstacles if box not in plates.words]
        extra = [_crossed(leader, solid) for _, leader in options]
        index = plates.free([box for box, _ in options], extra)
        if index >= 0:
            return Spot(index, size, form)
    if card is not None:
        return None
    place = plates.find(("grave", at.x(), at.y()), [box for box, _ in options], extra)
    return Spot(place, size, form)


def candidates(at: QPointF, card: QRectF | None, size: Size) -> list[Placed]:
    """Every place for a plate of this size, the best first."""
    if card is not None:
        return [(box, _leader_to_card(box, card)) for box in _beside_card(card, *size)]
    wide, high = size
    boxes = []
    for reach in (AWAY_PX, AWAY_PX * 0.7, AWAY_PX * 1.5, AWAY_PX * 2.2):
        for turn in (-1, 1):
            y = at.y() + turn * reach - high / 2
            boxes.append(QRectF(at.x() + OVERHANG_PX - wide, y, wide, high))
            boxes.append(QRectF(at.x() - OVERHANG_PX, y, wide, high))
    for reach in (OVERHANG_PX, AWAY_PX, 2 * AWAY_PX):
        for up in (0.0, 20.0, -20.0, 36.0, -36.0):
            y = at.y() - up - high / 2
            boxes.append(QRectF(at.x() - reach - wide, y, wide, high))
            boxes.append(QRectF(at.x() + reach, y, wide, high))
    return [(box, _leader(box, at)) for box in boxes]


def _beside_card(card: QRectF, wide: float, high: float) -> list[QRectF]:
    """Above a card, before or below it."""
    before, near = card.left() - NEAR_CARD_PX - wide, NEAR_CARD_PX
    boxes = [
        QRectF(x, card.top() - away - high, wide, high)
        for x in (card.left() + 60 - wide, card.left() + 16, card.right() - wide)
        for away in (near, 48.0, CLOSE_TO_CARD_PX)
    ]
    boxes.append(QRectF(before, card.top() - 6, wide, high))
    boxes.append(QRectF(before, card.bottom() + 6 - high, wide, high))
    boxes.append(QRectF(card.left() + 60 - wide, card.bottom() + near, wide, high))
    boxes.append(QRectF(card.left() + 16, card.bottom() + near, wide, high))
    boxes.append(QRectF(card.left(), card.bottom() + CLOSE_TO_CARD_PX, wide, high))
    return boxes


def _leader(box: QRectF, at: QPointF) -> QLineF:
    """From a plate to the place of death."""
    if box.top() < at.y() < box.bottom():
        return QLineF(box.right() if box.right() < at.x() else box.left(), at.y(), at.x(), at.y())
    x = min(max(at.x() - 8, box.left() + 10), box.right() - 10)
    y = box.bottom() if box.center().y() < at.y() else box.top()
    return QLineF(x, y, at.x(), at.y())


def _leader_to_card(box: QRectF, card: QRectF) -> QLineF:
    """From a plate to the edge of the card that lost the message."""
    if box.right() < card.left():
        y = min(max(box.center().y(), card.top() + 8), card.bottom() - 8)
        return QLineF(box.right(), box.center().y(), card.left(), y)
    x = min(max(card.left() + FOOT_PX, box.left() + 14), box.right() - 14)
    if box.bottom() < card.top():
        return QLineF(x, box.bottom(), x, card.top())
    return QLineF(x, box.top(), x, card.bottom())


def around(leader: QLineF, words: list[QRectF]) -> list[QLineF]:
    """The parts of a leader that cross no words: it runs on behind them."""
    steps = max(1, round(leader.length()))
    parts: list[QLineF] = []
    begin: QPointF | None = None
    for step in range(steps + 1):
        point = leader.pointAt(step / steps)
        if any(box.contains(point) for box in words):
            if begin is not None:
                parts.append(QLineF(begin, leader.pointAt((step - 1) / steps)))
            begin = None
        elif begin is None:
            begin = point
    if begin is not None:
        parts.append(QLineF(begin, leader.p2()))
    return parts


def _crossed(leader: QLineF, boxes: list[QRectF]) -> float:
    """What a leader costs that runs over others; its ends may touch what they belong to."""
    points = [leader.pointAt(share) for share in (0.1, 0.25, 0.4, 0.55, 0.65)]
    return CROSSING * sum(box.contains(point) for box in boxes for point in points)
