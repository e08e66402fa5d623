"""How does each sign look, wherever it stands?

A ring is a timer, a bolt a crash or a waiting fault, a thin cross on a dashed ring a dead packet,
a white cross on a full disc a lost message. One function a sign: it looks the same everywhere.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPolygonF

from playground.ui import format
from playground.ui.canvas.pencil import CENTRE, Colour, Pencil, Ruler, pen
from playground.ui.canvas.stamps import Stamps
from playground.ui.theme import GUARANTEE_SIGNS, Theme

BOLT = ((0.12, -0.5), (-0.34, 0.08), (-0.02, 0.08), (-0.12, 0.5), (0.34, -0.1), (0.02, -0.1))


def short_number(number: int) -> str:
    """What fits on a disc: the last two digits."""
    return str(number) if number < 100 else f"{number % 100:02d}"


def disc(pencil: Pencil, x: float, y: float, number: int, radius: float | None = None) -> None:
    """A message: a full disc in its hue with its number and a thin rim."""
    theme = pencil.theme
    r = theme.metrics.packet_px if radius is None else radius
    pencil.circle(x, y, r + 0.75, theme.rim)
    pencil.circle(x, y, r, theme.identity(number))
    pencil.text(x, y, short_number(number), "digits", theme.on_identity, CENTRE)


def reply(pencil: Pencil, x: float, y: float, number: int, *, is_good: bool) -> None:
    """A reply: a hollow disc with a tick or a cross."""
    theme = pencil.theme
    hue, r = theme.identity(number), theme.metrics.reply_px
    pencil.circle(x, y, r, theme.canvas, hue, theme.metrics.reply_stroke_px)
    size = r * 0.42
    if is_good:
        tick(pencil, x, y, size, hue, r * 0.24)
    else:
        cross(pencil, x, y, size * 0.8, hue, r * 0.24)


def tick(pencil: Pencil, x: float, y: float, size: float, colour: Colour, width: float) -> None:
    """A check mark about ``2 · size`` wide."""
    path = QPainterPath()
    add_tick(path, x, y, size)
    pencil.path(path, None, colour, width)


def add_tick(path: QPainterPath, x: float, y: float, size: float) -> None:
    """A check mark as one more part of a path."""
    path.moveTo(x - size, y + 0.05 * size)
    path.lineTo(x - 0.25 * size, y + 0.75 * size)
    path.lineTo(x + size, y - 0.7 * size)


def cross(pencil: Pencil, x: float, y: float, size: float, colour: Colour, width: float) -> None:
    """Two strokes, ``2 · size`` wide."""
    pencil.line(x - size, y - size, x + size, y + size, colour, width)
    pencil.line(x - size, y + size, x + size, y - size, colour, width)


def lost_disc(pencil: Pencil, x: float, y: float, radius: float, rim: Colour | None = None) -> None:
    """A lost message: a white cross on a full vermillion disc."""
    theme = pencil.theme
    if rim is not None:
        pencil.circle(x, y, radius + 1, rim)
    pencil.circle(x, y, radius, theme.status("lost").fill)
    cross(
        pencil, x, y, radius * 0.36, theme.node if not theme.is_dark else theme.inv, radius * 0.236
    )


def dead_packet(pencil: Pencil, x: float, y: float, number: int) -> None:
    """A dropped packet: an ink cross on a dashed ring in its hue."""
    theme = pencil.theme
    r = theme.metrics.reply_px + 1
    pencil.circle(x, y, r, theme.canvas, theme.identity(number), 1.75, (3.2, 2.4))
    cross(pencil, x, y, r * 0.5, theme.ink, 1.75)


def ring(
    pencil: Pencil, x: float, y: float, radius: float, left: float, colour: Colour, width: float
) -> None:
    """A timer: what is left of it, emptying clockwise from 12 o'clock."""
    painter = pencil.painter
    pencil.circle(x, y, radius, None, pencil.theme.hair, width)
    stroke = pen(colour, width)
    stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(stroke)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    box = QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
    span = round(min(max(left, 0.0), 1.0) * 360 * 16)
    # What has gone lies after 12 o'clock, clockwise; what is left reaches back up to it.
    painter.drawArc(box, 90 * 16, span)


def bolt(pencil: Pencil, x: float, y: float, height: float, colour: Colour) -> None:
    """The bolt alone."""
    points = [QPointF(x + dx * height, y + dy * height) for dx, dy in BOLT]
    painter = pencil.painter
    painter.setPen(pen(colour, height * 0.06))
    painter.setBrush(QColor(colour))
    painter.drawPolygon(QPolygonF(points))


def bolt_disc(pencil: Pencil, x: float, y: float, diameter: float, *, is_hollow: bool) -> None:
    """A crash or a waiting fault; hollow where a click would set it."""
    theme = pencil.theme
    lost = theme.status("lost")
    if is_hollow:
        pencil.circle(x, y, diameter / 2 - 0.75, theme.node, lost.fill, 1.5)
        bolt(pencil, x, y, diameter * 0.6, lost.fill)
    else:
        pencil.circle(x, y, diameter / 2 + 0.75, theme.node)
        pencil.circle(x, y, diameter / 2, lost.fill)
        bolt(pencil, x, y, diameter * 0.6, lost.on)


def lock(pencil: Pencil, x: float, y: float, high: float = 10.0) -> None:
    """A padlock on a small plate: nobody else may have this now."""
    theme = pencil.theme
    high *= 1.4 if theme.is_stage else 1.0
    pencil.circle(x, y, high * 0.68, theme.node)
    body = QRectF(x - high * 0.36, y - high * 0.08, high * 0.72, high * 0.5)
    bow = QRectF(x - high * 0.22, y - high * 0.45, high * 0.44, high * 0.6)
    painter = pencil.painter
    painter.setPen(pen(theme.ink, high * 0.14))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(bow, 0, 180 * 16)
    pencil.box(body, 1, theme.ink)


def warning(pencil: Pencil, x: float, y: float, side: float) -> None:
    """The triangle of a promise that the path cannot keep."""
    colours = pencil.theme.warning
    half = side / 2
    path = QPainterPath(QPointF(x, y - half * 0.82))
    path.lineTo(x + half * 0.92, y + half * 0.76)
    path.lineTo(x - half * 0.92, y + half * 0.76)
    path.closeSubpath()
    pencil.path(path, colours.fill, colours.edge, side * 0.075)
    pencil.line(x, y - side * 0.13, x, y + side * 0.12, colours.on, side * 0.09)
    pencil.circle(x, y + side * 0.25, side * 0.058, colours.on)


def cut_sign(pencil: Pencil, x: float, y: float, size: float, colour: Colour) -> None:
    """An interrupted line."""
    pencil.line(x - size, y, x - size * 0.45, y, colour, 1.6)
    pencil.line(x + size * 0.45, y, x + size, y, colour, 1.6)
    for shift in (-0.25, 0.25):
        pencil.line(x + size * (shift - 0.12), y + size * 0.5, x + size * (shift + 0.12),
                    y - size * 0.5, colour, 1.6)  # fmt: skip


def copies_width(theme: Theme, copies: int) -> float:
    """How wide the pill of a repeated delivery is."""
    high = copies_height(theme)
    return max(high * 1.25, high * 0.55 + 0.62 * theme.role("digits").size_px * len(f"×{copies}"))


def copies_height(theme: Theme) -> float:
    """How high the pill of a repeated delivery is."""
    return 18.0 if theme.is_stage else 14.0


def copies(pencil: Pencil, x: float, y: float, count: int) -> None:
    """``×n``: an ink pill centred on a point, from the second delivery on."""
    theme = pencil.theme
    wide, high = copies_width(theme, count), copies_height(theme)
    box = QRectF(x - wide / 2, y - high / 2, wide, high)
    pencil.box(box.adjusted(-0.75, -0.75, 0.75, 0.75), high / 2 + 0.75, theme.rim)
    pencil.box(box, high / 2, theme.ink)
    pencil.text(x, y, f"×{format.number(count)}", "digits", theme.inv, CENTRE)


def stamped_copies(pencil: Pencil, stamps: Stamps, x: float, y: float, count: int) -> None:
    """The same, from pixels that are kept."""
    size = copies_width(pencil.theme, count), copies_height(pencil.theme)

    def paint(inside: Pencil, at_x: float, at_y: float) -> None:
        copies(inside, at_x, at_y, count)

    stamps.put(pencil, x, y, size, f"×{count}", paint)


def pill_width(ruler: Ruler, guarantee: str, floor_px: float = 0.0) -> float:
    """How wide a guarantee's pill is."""
    metrics = ruler.theme.metrics
    text = GUARANTEE_SIGNS[guarantee]
    kind = ruler.kind("pill", floor_px)
    high = pill_height(ruler, floor_px)
    padding = metrics.pill_padding_px * high / metrics.pill_height_px
    return max(ruler.width(text, kind) + 2 * padding, high * 1.27)


def pill_height(ruler: Ruler, floor_px: float = 0.0) -> float:
    """How high a guarantee's pill is; it grows with its text."""
    metrics = ruler.theme.metrics
    grown = ruler.kind("pill", floor_px).size_px / ruler.theme.role("pill").size_px
    return metrics.pill_height_px * min(grown, 1.4)


def pill(pencil: Pencil, box: QRectF, guarantee: str, floor_px: float = 0.0) -> None:
    """A guarantee: its sign on its colour."""
    colours = pencil.theme.guarantee(guarantee)
    pencil.box(box, box.height() / 2, colours.fill)
    centre = box.center()
    text = GUARANTEE_SIGNS[guarantee]
    pencil.text(centre.x(), centre.y(), text, pencil.kind("pill", floor_px), colours.on, CENTRE)
