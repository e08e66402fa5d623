"""How are the dead drawn: the fresh ones where they fell, the others in their graves?"""

from PySide6.QtCore import QPointF, QRectF

from playground.session.frame import Death
from playground.ui.canvas import geometry, grave_places, signs
from playground.ui.canvas.grave_places import FOOT_PX
from playground.ui.canvas.graves import Grave, Mark, grave_words
from playground.ui.canvas.motion import STILL, Pulse
from playground.ui.canvas.pencil import Detail, Pencil
from playground.ui.canvas.placement import Placement
from playground.ui.canvas.plates import Plates, plate_size, stacked_size
from playground.ui.format import balanced
from playground.ui.metrics import SLOT_RADIUS_PX

HEIGHT_PX, STAGE_HEIGHT_PX = 26.0, 38.0
DISC_PX, STAGE_DISC_PX = 14.0, 20.0
STEP = 9 / 14  # from one disc to the next, of its diameter
REASON_FORMS = ((320.0, 2), (220.0, 3), (150.0, 4), (220.0, 2), (220.0, 1))
"""Room for a reason and its lines, so that the plate never has to move."""
LEADING_PX = 1.0  # between two lines of a reason
REASON_GAP_PX = 17.0
GROWTH_PX = 12.0  # room for more digits
ON_CARD_PX = 9.0  # how far a plate on a card reaches into it


def point_of(plan: Placement, place: str, fraction: float, is_reply: bool) -> QPointF | None:
    """Where a place of death is in the scene; on a card where the leader of its grave stands."""
    if place in plan.boxes:
        box = plan.boxes[place]
        return QPointF(box.left() + FOOT_PX, box.top())
    source, _, target = place.partition(">")
    path = plan.paths.get((source, target)) or plan.paths.get((target, source))
    if path is None:
        return None
    return QPointF(*geometry.place(path.way(is_reply), fraction))


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
    grave = next((box for place, box in graves if place == death.place), None)
    if grave is not None and grave.adjusted(-12, -12, 12, 12).contains(at):
        return  # its grave is where it died
    goal = at if grave is None else grave.center()
    at += (goal - at) * mark.travelled
    if grave is not None and grave.contains(at):
        return  # it has arrived: the plate counts it
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
    """Below the reply lane, above the request lane; in two lines, or not at all, for want of room.

    Its cross says already that it is dead.
    """
    theme = pencil.theme
    fact, _, rest = death.text.rpartition(" ")
    sizes = plate_size(pencil, fact, rest), stacked_size(pencil, fact, rest)
    flat, stacked = (_places(at, size, death.is_reply) for size in sizes)
    key = ("dropped", death.place, death.at_us, death.text)
    if key not in plates.kept:
        plates.kept[key] = plates.free([*flat, *stacked])
    index = plates.kept[key]
    if index < 0:
        return
    if index < len(flat):
        plates.draw(pencil, flat[index], fact, rest, theme.edge, theme.ink)
        return
    plates.draw_stacked(pencil, stacked[index - len(flat)], fact, rest, theme.edge, theme.ink)


def _places(at: QPointF, size: tuple[float, float], is_reply: bool) -> list[QRectF]:
    """Boxes near a cross, the best first."""
    wide, high = size
    return [
        QRectF(at.x() + x - wide / 2, at.y() + turn * (out + high / 2) - high / 2, wide, high)
        for out in (15.0, 30.0, 46.0)
        for turn in ((1, -1) if is_reply else (-1, 1))
        for x in (12.0, -30.0, 0.0, 40.0, -60.0, 70.0)
    ]


def draw_grave(pencil: Pencil, plates: Plates, grave: Grave, pulse: Pulse = STILL) -> QRectF | None:
    """The plate with its leader; says where it stands."""
    at = point_of(plates.plan, grave.place, grave.fraction, grave.is_reply)
    if at is None:
        return None
    theme = pencil.theme
    lost = theme.status("lost")
    card = plates.plan.boxes.get(grave.place)
    high = STAGE_HEIGHT_PX if theme.is_stage else max(HEIGHT_PX, pencil.kind("fact").size_px + 10)
    bare = _width(pencil, grave, ())
    has_words = pencil.detail >= Detail.FULL and not theme.is_stage
    forms = REASON_FORMS if has_words else ()
    sizes = tuple((bare + room, _height(pencil, high, count)) for room, count in forms)
    spot = grave_places.find(plates, grave.place, at, (*sizes, (bare + GROWTH_PX, high)))
    if spot is None:
        assert card is not None
        return _on_card(pencil, plates, grave, card)
    reason = _reason(pencil, grave.reason, *forms[spot.form]) if spot.form < len(forms) else ()
    size = _width(pencil, grave, reason), _height(pencil, high, len(reason))
    box, leader = grave_places.placed(spot, at, card, size)
    plates.taken.append(box)
    plates.leaders.append(leader)
    stroke = theme.metrics.plate_stroke_px
    for part in grave_places.around(leader, plates.words):
        pencil.line(part.x1(), part.y1(), part.x2(), part.y2(), lost.edge, stroke)
    _plate(pencil, box, grave, reason, pulse)
    if card is None:
        signs.lost_disc(pencil, at.x(), at.y(), theme.metrics.lost_px, theme.rim)
    else:
        pencil.circle(leader.x2(), leader.y2(), 3, lost.fill)
    return box


def _height(pencil: Pencil, high: float, lines: int) -> float:
    """The height of a plate whose reason has so many lines."""
    return max(high, 7 + lines * (pencil.kind("label").size_px + LEADING_PX))


def _reason(pencil: Pencil, reason: str, room_px: float, most: int) -> tuple[str, ...]:
    """The reason in the lines there are."""
    wide = room_px - REASON_GAP_PX
    return tuple(balanced(reason, wide, lambda text: pencil.width(text, "label"), most))


def _plate(
    pencil: Pencil, box: QRectF, grave: Grave, reason: tuple[str, ...], pulse: Pulse
) -> None:
    """The plate itself, a little larger just after its number has changed."""
    theme = pencil.theme
    painter = pencil.painter
    painter.save()
    painter.translate(box.center())
    painter.scale(pulse.scale, pulse.scale)
    painter.translate(-box.center())
    stroke = theme.metrics.plate_stroke_px
    pencil.box(box, SLOT_RADIUS_PX, theme.panel, theme.status("lost").edge, stroke)
    if pulse.is_outlined:
        pencil.box(box, SLOT_RADIUS_PX, None, theme.ink, 2)
    _words(pencil, box, grave, reason)
    painter.restore()


def _on_card(pencil: Pencil, plates: Plates, grave: Grave, card: QRectF) -> QRectF:
    """No room anywhere near: the count sits on the upper edge of the card, over no text."""
    high = pencil.kind("fact").size_px + (4.0 if pencil.theme.is_stage else 9.0)
    wide = _width(pencil, grave, ())
    top = max(card.top() + ON_CARD_PX - high, plates.plan.bounds.top())
    box = QRectF(card.center().x() - wide / 2, top, wide, high)
    plates.taken.append(box)
    _plate(pencil, box, grave, (), STILL)
    return box


def _width(pencil: Pencil, grave: Grave, reason: tuple[str, ...]) -> float:
    is_stage = pencil.theme.is_stage
    disc = STAGE_DISC_PX if is_stage else DISC_PX
    words = grave_words(grave, is_stage=is_stage)
    wide = 28 + disc + (min(grave.lost, 3) - 1) * disc * STEP + pencil.width(words, "fact")
    widest = max((pencil.width(line, "label") for line in reason), default=0.0)
    return wide + (REASON_GAP_PX + widest if reason else 0)


def _words(pencil: Pencil, box: QRectF, grave: Grave, reason: tuple[str, ...]) -> None:
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
        pencil.line(x + 8, box.top() + 7, x + 8, box.bottom() - 7, theme.edge, 1)
    step = pencil.kind("label").size_px + LEADING_PX
    y = middle - step * (len(reason) - 1) / 2
    for line in reason:
        pencil.text(x + 17, y, line, "label", theme.ink)
        y += step
