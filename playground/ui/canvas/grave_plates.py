"""How are the dead drawn: the fresh ones where they fell, the others in their graves?"""

from PySide6.QtCore import QPointF, QRectF

from playground.session.frame import Death
from playground.ui.canvas import geometry, signs
from playground.ui.canvas.graves import Grave, Mark, grave_words
from playground.ui.canvas.pencil import CENTRE, Detail, Pencil
from playground.ui.canvas.placement import Placement
from playground.ui.canvas.plates import Plates, plate_size
from playground.ui.metrics import SLOT_RADIUS_PX

AWAY_PX = 62.0
LINE_PX = 16.0
HEIGHT_PX, STAGE_HEIGHT_PX = 26.0, 38.0
DISC_PX, STAGE_DISC_PX = 14.0, 20.0
STEP = 9 / 14  # from one disc to the next, of its diameter
OVERHANG_PX = 30.0  # how far the plate reaches beyond its leader
MOST_REASON_PX = 300.0
ON_CARD_PX = 9.0  # how far a plate on a card reaches into it
WIDEST_PX = 330.0  # what a grave needs room for, so that it never moves


def point_of(plan: Placement, place: str, fraction: float, is_reply: bool) -> QPointF | None:
    """Where a place of death is in the scene; on a card near its upper left corner."""
    if place in plan.boxes:
        box = plan.boxes[place]
        return QPointF(box.left() + 14, box.top())
    source, _, target = place.partition(">")
    path = plan.paths.get((source, target)) or plan.paths.get((target, source))
    if path is None:
        return None
    return QPointF(*geometry.place(path.lane(is_reply), fraction))


def draw_mark(
    pencil: Pencil, plan: Placement, mark: Mark, graves: list[tuple[str, QRectF]]
) -> None:
    """A fresh death: a packet's cross, a message's disc on its way to its grave."""
    death = mark.death
    at = point_of(plan, death.place, death.fraction, death.is_reply)
    if at is None:
        return
    theme = pencil.theme
    if death.kind != "message":
        signs.dead_packet(pencil, at.x(), at.y(), death.number)
        return
    goal = next((box.center() for place, box in graves if place == death.place), at)
    at += (goal - at) * mark.travelled
    signs.lost_disc(pencil, at.x(), at.y(), theme.metrics.lost_px, theme.rim)


def box_of(plan: Placement, mark: Mark) -> QRectF | None:
    """What a mark covers."""
    death = mark.death
    at = point_of(plan, death.place, death.fraction, death.is_reply)
    return None if at is None else QRectF(at.x() - 9, at.y() - 9, 18, 18)


def draw_dropped(pencil: Pencil, plates: Plates, mark: Mark) -> None:
    """What died and how, beside its cross."""
    death = mark.death
    at = point_of(plates.plan, death.place, death.fraction, death.is_reply)
    has_room = pencil.detail >= Detail.FULL and not pencil.theme.is_stage
    if at is not None and has_room and death.text:
        _dropped(pencil, plates, at, death)


def _dropped(pencil: Pencil, plates: Plates, at: QPointF, death: Death) -> None:
    """Below the reply lane, above the request lane; in two lines where the link is short."""
    theme = pencil.theme
    fact, _, rest = death.text.rpartition(" ")
    source, _, target = death.place.partition(">")
    path = plates.plan.paths.get((source, target)) or plates.plan.paths.get((target, source))
    room = path.length_px if path is not None else 0.0
    wide, high = plate_size(pencil, fact, rest)
    is_stacked = wide > room
    if is_stacked:
        wide, high = pencil.width(fact, "fact") + 12, high + LINE_PX - 3
    below = 15.0 + high / 2
    middle = at.x() if path is None else float(path.middle[len(path.middle) // 2][0])
    boxes = [
        QRectF(x - wide / 2, at.y() + turn - high / 2, wide, high)
        for turn in ((below, -below) if death.is_reply else (-below, below))
        for x in (at.x() + 12, at.x() - 30, middle, at.x() + 40, at.x() - 60)
    ]
    key = ("dropped", death.place, death.at_us, death.text)
    box = boxes[plates.find(key, boxes, keeps_off_lines=False)]
    if not is_stacked:
        plates.draw(pencil, box, fact, rest, theme.edge, theme.ink)
        return
    plates.draw(pencil, box, "", "", theme.edge, theme.ink)
    x, y = box.center().x(), box.center().y()
    pencil.text(x, y - LINE_PX / 2, fact, "fact", theme.ink, CENTRE)
    pencil.text(x, y + LINE_PX / 2, rest, "label", theme.ink, CENTRE)


def draw_grave(pencil: Pencil, plates: Plates, grave: Grave) -> QRectF | None:
    """The plate with its leader; says where it stands."""
    at = point_of(plates.plan, grave.place, grave.fraction, grave.is_reply)
    if at is None:
        return None
    if ">" not in grave.place:
        return _on_card(pencil, plates, grave)
    theme = pencil.theme
    lost = theme.status("lost")
    stroke = theme.metrics.plate_stroke_px
    reason = "" if theme.is_stage or pencil.detail < Detail.FULL else grave.reason
    reason = pencil.fitted(reason, "label", MOST_REASON_PX) if reason else ""
    box = _box(pencil, plates, grave, at, reason)
    plates.taken.append(box)
    x = min(max(at.x() - 8, box.left() + 10), box.right() - 10)
    y = box.bottom() if box.center().y() < at.y() else box.top()
    pencil.line(x, y, at.x(), at.y(), lost.edge, stroke)
    pencil.box(box, SLOT_RADIUS_PX, theme.panel, lost.edge, stroke)
    signs.lost_disc(pencil, at.x(), at.y(), theme.metrics.lost_px, theme.rim)
    _words(pencil, box, grave, reason)
    return box


def _on_card(pencil: Pencil, plates: Plates, grave: Grave) -> QRectF:
    """Lost by a node itself: the plate sits on the upper edge of its card, over no text."""
    theme = pencil.theme
    card = plates.plan.boxes[grave.place]
    lost = theme.status("lost")
    least = _width(pencil, grave, "")
    reason = "" if theme.is_stage or pencil.detail < Detail.FULL else grave.reason
    room = card.width() - 24 - least - 17
    reason = pencil.fitted(reason, "label", room) if reason and room > 60 else ""
    wide = _width(pencil, grave, reason)
    high = pencil.kind("fact").size_px + (4.0 if theme.is_stage else 9.0)
    left = card.left() + (card.width() - wide) / 2
    top = max(card.top() + ON_CARD_PX - high, plates.plan.bounds.top())
    box = QRectF(left, top, wide, high)
    plates.taken.append(box)
    pencil.box(box, SLOT_RADIUS_PX, theme.panel, lost.edge, theme.metrics.plate_stroke_px)
    _words(pencil, box, grave, reason)
    return box


def _width(pencil: Pencil, grave: Grave, reason: str) -> float:
    is_stage = pencil.theme.is_stage
    disc = STAGE_DISC_PX if is_stage else DISC_PX
    words = grave_words(grave, is_stage=is_stage)
    wide = 28 + disc + (min(grave.lost, 3) - 1) * disc * STEP + pencil.width(words, "fact")
    return wide + (17 + pencil.width(reason, "label") if reason else 0)


def _words(pencil: Pencil, box: QRectF, grave: Grave, reason: str) -> None:
    theme = pencil.theme
    disc = STAGE_DISC_PX if theme.is_stage else DISC_PX
    middle = box.center().y()
    x = box.left() + 10 + disc / 2
    shown = min(grave.lost, 3)
    for index in range(shown):
        signs.lost_disc(pencil, x + index * disc * STEP, middle, disc / 2, theme.panel)
    x += (shown - 1) * disc * STEP + disc / 2 + 8
    words = grave_words(grave, is_stage=theme.is_stage)
    x += pencil.text(x, middle, words, "fact", theme.status("lost").text)
    if reason:
        pencil.line(x + 8, middle - 6, x + 8, middle + 6, theme.edge, 1)
        pencil.text(x + 17, middle, reason, "label", theme.ink)


def _box(pencil: Pencil, plates: Plates, grave: Grave, at: QPointF, reason: str) -> QRectF:
    """Above left, above right, below left, below right; the first that covers nothing."""
    is_stage = pencil.theme.is_stage
    wide = _width(pencil, grave, reason)
    high = STAGE_HEIGHT_PX if is_stage else max(HEIGHT_PX, pencil.kind("fact").size_px + 10)
    widest = wide if is_stage else max(wide, WIDEST_PX)
    key = ("grave", grave.place)
    found = plates.find(key, _candidates(at, widest, high), keeps_off_lines=False)
    return _candidates(at, wide, high)[found]


def _candidates(at: QPointF, wide: float, high: float) -> list[QRectF]:
    boxes = []
    for reach in (AWAY_PX, AWAY_PX * 1.5, AWAY_PX * 0.6, AWAY_PX * 2.2):
        for turn in (-1, 1):
            y = at.y() + turn * reach - high / 2
            boxes.append(QRectF(at.x() + OVERHANG_PX - wide, y, wide, high))
            boxes.append(QRectF(at.x() - OVERHANG_PX, y, wide, high))
    return boxes
