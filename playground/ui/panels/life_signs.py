"""How do a packet and a step look in the life of a message?"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPolygonF

from playground.session.story import StoryEvent
from playground.ui.canvas import signs
from playground.ui.canvas.pencil import CENTRE, LEFT, Pencil
from playground.ui.panels.life_layout import BELOW, HEADER_PX, Arrow, LifeLayout, Stop
from playground.ui.theme import Theme

WORDS_ABOVE_PX = 11.0
DIED = ("lost", "cut", "dropped", "down", "stale", "gone")
DIAMOND_PX = 6.5


def paint_packet(pencil: Pencil, layout: LifeLayout, arrow: Arrow, number: int) -> None:
    theme, event = pencil.theme, arrow.event
    y1, y2 = layout.y(arrow.lane), layout.y(arrow.target)
    part = event.part if event.fate in DIED else 1.0
    part = 0.5 if event.fate == "flying" else part
    x2, y_end = arrow.x2, y1 + (y2 - y1) * part
    is_reply = layout.lanes[arrow.target].kind != "consumer" and (
        layout.lanes[arrow.lane].kind == "consumer" or layout.lanes[arrow.target].kind == "producer"
    )
    colour = theme.identity(number)
    dash = (2.0, 4.0) if is_reply else None
    if event.fate == "flying":
        x2 = (arrow.x1 + arrow.x2) / 2
    pencil.line(arrow.x1, y1, x2, y_end, colour, 1.75, dash)
    if event.fate in DIED:
        signs.cross(pencil, x2, y_end, 4, theme.ink, 1.75)
    elif event.fate == "flying":
        pencil.circle(x2, y_end, 4.5, colour)
    else:
        _head(pencil, QPointF(arrow.x1, y1), QPointF(x2, y_end), colour)
    _packet_name(pencil, layout, arrow)


def _packet_name(pencil: Pencil, layout: LifeLayout, arrow: Arrow) -> None:
    """Right below the upper lane of the gap next to its goal, where no lane has its words."""
    theme = pencil.theme
    y1, y2 = layout.y(arrow.lane), layout.y(arrow.target)
    apart = abs(arrow.target - arrow.lane)
    is_down = arrow.target > arrow.lane
    share = (apart - 1 + BELOW) / max(1, apart) if is_down else 1 - BELOW / max(1, apart)
    x = arrow.x1 + (arrow.x2 - arrow.x1) * share
    y = y1 + (y2 - y1) * share
    text = packet_words(arrow.event)
    wide = pencil.width(text, "axis") + 6
    pencil.box(QRectF(x - wide / 2, y - 7, wide, 14), 3, theme.panel)
    pencil.text(x, y, text, "axis", theme.ink2, CENTRE)


def paint_stop(pencil: Pencil, layout: LifeLayout, stop: Stop, number: int) -> None:
    theme = pencil.theme
    x, y = stop.x, layout.y(stop.lane)
    lost = theme.status("lost")
    colour = theme.ink2
    if has(stop.events, "lost"):
        x, y = _place_of_death(layout, stop, x, y)
        signs.lost_disc(pencil, x, y, 8, theme.panel)
        colour = lost.text
    elif has(stop.events, "again"):
        _diamond(pencil, x, y, theme)
        colour = theme.status("twice").text
    elif has(stop.events, "crash"):
        signs.bolt_disc(pencil, x, y, 16, is_hollow=False)
        colour = lost.text
    elif has(stop.events, "suppressed"):
        pencil.circle(x, y, 6.5, theme.panel, theme.identity(number), 1.75, (3.2, 2.4))
    elif has(stop.events, "applied"):
        pencil.circle(x, y, 6.5, theme.panel, theme.status("once").text, 1.5)
        signs.tick(pencil, x, y, 3, theme.status("once").text, 1.5)
        colour = theme.status("once").text
    elif stop.text:
        pencil.circle(x, y, 2.5, theme.ink2)
    if stop.text:
        kind = "stage_current" if colour != theme.ink2 else "axis"
        _words(pencil, layout.width, stop, x, y, kind, colour)


def _words(
    pencil: Pencil, right: float, stop: Stop, x: float, y: float, kind: str, colour: str
) -> None:
    wide = pencil.width(stop.text, kind)
    wanted = x + 2 if stop.is_met else x - wide / 2
    left = min(max(wanted, HEADER_PX - 14), right - wide - 4)
    box = QRectF(left - 2, y - WORDS_ABOVE_PX - 7, wide + 4, 12)
    pencil.box(box, 2, pencil.theme.panel)
    pencil.text(left, y - WORDS_ABOVE_PX - 1, stop.text, kind, colour, LEFT)


def packet_words(event: StoryEvent) -> str:
    """The packet's name, and how it died."""
    how = {"down": "at a closed door", "stale": "too old", "gone": "nobody there"}
    return f"{event.text}: {how[event.fate]}" if event.fate in how else event.text


def has(events: Sequence[StoryEvent], kind: str) -> bool:
    return any(event.kind == kind for event in events)


def _place_of_death(layout: LifeLayout, stop: Stop, x: float, y: float) -> tuple[float, float]:
    """A message that died with its packet lies where that got to."""
    moment = next(event for event in stop.events if event.kind == "lost")
    for arrow in layout.arrows:
        packet = arrow.event
        is_its = packet.fate in DIED and packet.ends_us == moment.at_us
        if is_its and stop.lane in (arrow.lane, arrow.target):
            y1, y2 = layout.y(arrow.lane), layout.y(arrow.target)
            return arrow.x2, y1 + (y2 - y1) * packet.part
    return x, y


def _head(pencil: Pencil, start: QPointF, end: QPointF, colour: str) -> None:
    way = end - start
    length = max(1.0, (way.x() ** 2 + way.y() ** 2) ** 0.5)
    along = way / length
    across = QPointF(-along.y(), along.x())
    points = [end, end - along * 8 + across * 3.5, end - along * 8 - across * 3.5]
    pencil.painter.setPen(Qt.PenStyle.NoPen)
    pencil.painter.setBrush(QColor(colour))
    pencil.painter.drawPolygon(QPolygonF(points))


def _diamond(pencil: Pencil, x: float, y: float, theme: Theme) -> None:
    twice = theme.status("twice")
    r = DIAMOND_PX
    points = [QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y)]
    pencil.painter.setPen(QColor(twice.edge))
    pencil.painter.setBrush(QColor(twice.fill))
    pencil.painter.drawPolygon(QPolygonF(points))
