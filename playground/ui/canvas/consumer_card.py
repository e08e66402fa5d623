"""How is a consumer drawn?

Its promise, its shield, the program it runs with the message at work, the gates where it can be
made to crash, and one line that says how it is.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from playground.session.frame import ConsumerView, LinkView
from playground.ui.canvas import card, consumer_boxes, signs, stage_labels
from playground.ui.canvas.card import Touch
from playground.ui.canvas.choices import shield_of
from playground.ui.canvas.pencil import CENTRE, RIGHT, Detail, Pencil
from playground.ui.canvas.stage_labels import Word
from playground.ui.canvas.words import (
    FACT,
    JOINED,
    LOST,
    QUIET,
    Line,
    consumer_line,
    crash_lines,
    left_share,
    progress,
)
from playground.ui.metrics import CELL_RADIUS_PX
from playground.ui.patterns import stripes
from playground.ui.theme import Theme, mix

LABEL_EDGE_PX = 10.0  # the words under the cells keep off the band and the port
POP_RING_PX = 12.8
FRAME_GAP_PX = 4


def size_px(theme: Theme) -> tuple[float, float]:
    """All consumers are one size."""
    return theme.metrics.consumer_px


def moment(view: ConsumerView, now_us: int, link: LinkView | None) -> tuple[object, ...]:
    """What time alone changes in the picture."""
    if not view.is_up:
        share = left_share(view.crashed_us, view.restarts_us, now_us)
        return (round(share, 3), *crash_lines(view, now_us))
    return (round(progress(view, now_us), 3), consumer_line(view, now_us, link))


def paint(
    pencil: Pencil,
    rect: QRectF,
    view: ConsumerView,
    now_us: int,
    touch: Touch,
    link: LinkView | None,
) -> None:
    """The whole card."""
    if pencil.detail <= Detail.TILE:
        card.tile(pencil, rect, view, touch, view.guarantee)
        return
    theme = pencil.theme
    card.body(pencil, rect, touch, is_up=view.is_up, guarantee=view.guarantee)
    _header(pencil, rect, view, touch)
    if not view.is_up:
        middle = rect.top() + (85 if theme.is_stage else 74)
        ring_x = rect.left() + (47 if theme.is_stage else 39)
        card.crashed(pencil, view, now_us, ring_x, middle, rect.right() - 12)
        return
    painter = pencil.painter
    painter.save()
    painter.translate(rect.topLeft())
    _bar(pencil, view, now_us, touch)
    _gates(pencil, view, touch)
    painter.restore()
    if pencil.detail >= Detail.FULL and not theme.is_stage:
        _status(pencil, rect, consumer_line(view, now_us, link))


def _header(pencil: Pencil, rect: QRectF, view: ConsumerView, touch: Touch) -> None:
    theme = pencil.theme
    boxes = consumer_boxes.header(pencil, view, card.name_width(pencil, view))
    card.header(pencil, rect, view, "consumer", boxes.name_room, 6)
    origin = rect.topLeft()
    for spot, box in (("pill", boxes.pill), ("shield", boxes.shield_button)):
        if touch.spot == spot:
            grown = box.translated(origin).adjusted(-3, -1, 3, 1)
            pencil.box(grown, grown.height() / 2 if spot == "pill" else 6, theme.hover)
    signs.pill(pencil, boxes.pill.translated(origin), view.guarantee, card.EYE_LIMIT_PX)
    shield = boxes.shield.translated(origin)
    colour = theme.ink2 if view.is_up else theme.ink3
    if theme.is_stage and view.is_up:
        colour = theme.ink
    centre = shield.center()
    sign, word = shield_of(view)
    pencil.icon(f"shield-{sign}", centre.x(), centre.y(), shield.width(), colour)
    if boxes.has_word:
        pencil.text(shield.right() + 4, centre.y(), word, "label", theme.ink2)
    if not boxes.warning.isNull():
        centre = boxes.warning.translated(origin).center()
        signs.warning(pencil, centre.x(), centre.y(), boxes.warning.width())


def front(view: ConsumerView, now_us: int) -> tuple[int, float]:
    """The cell at work, -1 for none, and how much of it is done."""
    number = view.number
    stage = view.stage if number is not None else -1
    if view.suppressed is not None and (number is None or view.suppressed == number):
        stage = -1  # it will not be worked on: nothing fills, the dashed ring tells
    share = progress(view, now_us) if stage >= 0 else 0.0
    if stage >= 0 and view.work_until_us <= view.work_from_us and not view.is_paused:
        share = max(share, 0.5)  # a cell that takes no time: the disc stands in its middle
    return stage, share


def rider_place(view: ConsumerView, theme: Theme, now_us: int) -> QPointF:
    """Where the message at work is, in the card's coordinates."""
    stage, share = front(view, now_us)
    if stage < 0:
        return pop_place(view, theme)
    box = consumer_boxes.cells(view, theme)[min(stage, len(view.stages) - 1)]
    return QPointF(box.left() + share * box.width(), box.center().y())


def _bar(pencil: Pencil, view: ConsumerView, now_us: int, touch: Touch) -> None:
    theme = pencil.theme
    bar = consumer_boxes.cells(view, theme)
    number = view.number
    stage, share = front(view, now_us)
    labels = _labels(pencil, view, bar, stage)
    for index, box in enumerate(bar):
        edge_width = 1.0 if not theme.is_stage else 1.5
        pencil.box(box, CELL_RADIUS_PX, theme.well, theme.edge, edge_width)
        filled = 1.0 if index < stage else share if index == stage else 0.0
        if filled > 0 and number is not None:
            _fill(pencil, box, filled, number, is_frozen=view.is_paused)
        is_clear = touch.gate < 0 or index not in (touch.gate, touch.gate + 1)
        if is_clear and index in labels:
            middle = box.bottom() + theme.metrics.stage_label_px
            _label(pencil, labels[index], middle, view.stages[index], is_current=index == stage)
    if view.atomic is not None:
        _atomic(pencil, bar, view)
    if stage >= 0 and number is not None:
        box = bar[min(stage, len(bar) - 1)]
        _rider(pencil, box.left() + share * box.width(), box.center().y(), number)
    if view.suppressed is not None and stage < 0:
        _popped(pencil, view)


def _fill(pencil: Pencil, box: QRectF, share: float, number: int, *, is_frozen: bool) -> None:
    theme = pencil.theme
    hue = theme.identity(number)
    fill = stripes(hue, mix(theme.node, hue, 0.45)) if is_frozen else hue
    painter = pencil.painter
    if share >= 1.0:
        pencil.box(box, CELL_RADIUS_PX, fill, hue, 1.0)
        return
    painter.save()
    whole = QPainterPath()
    whole.addRoundedRect(box, CELL_RADIUS_PX, CELL_RADIUS_PX)
    painter.setClipPath(whole, Qt.ClipOperation.IntersectClip)
    pencil.box(QRectF(box.left(), box.top(), box.width() * share, box.height()), 0, fill)
    painter.restore()
    pencil.box(box, CELL_RADIUS_PX, None, hue, 1.25)


def _labels(pencil: Pencil, view: ConsumerView, bar: list[QRectF], stage: int) -> dict[int, float]:
    """Where the words under the cells stand: the current one's, and those that have room."""
    kinds = ["stage_current" if index == stage else "stage" for index in range(len(bar))]
    words = [
        Word(box.center().x(), pencil.width(name, kind))
        for box, name, kind in zip(bar, view.stages, kinds, strict=True)
    ]
    return stage_labels.centres(words, stage, LABEL_EDGE_PX, pencil.theme.metrics.consumer_px[0])


def _label(pencil: Pencil, x: float, y: float, name: str, *, is_current: bool) -> None:
    if pencil.detail < Detail.FULL:
        return
    theme = pencil.theme
    kind, colour = ("stage_current", theme.ink) if is_current else ("stage", theme.ink2)
    pencil.text(x, y, name, kind, colour, CENTRE)


def _rider(pencil: Pencil, x: float, y: float, number: int) -> None:
    theme = pencil.theme
    radius = theme.metrics.packet_px
    pencil.circle(x, y, radius + 1.5, theme.node)
    pencil.circle(x, y, radius, theme.identity(number))
    if pencil.detail >= Detail.FULL:
        text = signs.short_number(number)
        pencil.text(x, y, text, "digits", theme.on_identity, CENTRE)


def _atomic(pencil: Pencil, bar: list[QRectF], view: ConsumerView) -> None:
    assert view.atomic is not None
    first, last = view.atomic
    gap = FRAME_GAP_PX
    frame = bar[first].united(bar[last]).adjusted(-gap, -gap, gap, gap)
    colour = pencil.theme.guarantee("exactly-once").text
    pencil.box(frame, 8, None, colour, 2.0 if pencil.theme.is_stage else 1.5)


def pop_place(view: ConsumerView, theme: Theme) -> QPointF:
    """The middle of the cell in which a duplicate is recognised, in the card's coordinates."""
    cells = consumer_boxes.cells(view, theme)
    found = next((i for i, name in enumerate(view.stages) if name in ("dedup", "mark")), 0)
    return cells[found].center()


def _popped(pencil: Pencil, view: ConsumerView) -> None:
    """A duplicate that was recognised: a dashed ring on the cell that recognised it."""
    assert view.suppressed is not None
    theme = pencil.theme
    centre = pop_place(view, theme)
    hue = theme.identity(view.suppressed)
    radius = POP_RING_PX * theme.metrics.packet_px / 10
    pencil.circle(centre.x(), centre.y(), radius, theme.well, hue, 1.75, (4, 3))
    if pencil.detail >= Detail.FULL:
        text = signs.short_number(view.suppressed)
        pencil.text(centre.x(), centre.y(), text, "digits", hue, CENTRE)


def _gates(pencil: Pencil, view: ConsumerView, touch: Touch) -> None:
    theme = pencil.theme
    top = theme.metrics.stage_top_px
    high = theme.metrics.stage_height_px
    armed = {consumer_boxes.gate_of(view, point) for point in view.armed}
    if "mid-effect" in view.armed and "mid-effect" not in view.gates and "effect" in view.stages:
        cell = consumer_boxes.cells(view, theme)[view.stages.index("effect")]
        _flag(pencil, cell.center().x(), top, high)
    elif -1 in armed and any(point.startswith("after-") for point in view.armed):
        # Behind the last cell nothing follows that a gap could lead to.
        _flag(pencil, consumer_boxes.gate_x(view, theme, len(view.stages) - 1), top, high)
    if pencil.detail < Detail.FULL and not armed - {-1}:
        return
    for index, _ in consumer_boxes.gate_boxes(view, theme):
        x = consumer_boxes.gate_x(view, theme, index)
        if index in armed:
            _flag(pencil, x, top, high)
        elif index == touch.gate:
            _offer(pencil, x, top, high)
        elif pencil.detail >= Detail.FULL and index < len(view.stages) - 1:
            pencil.circle(x, top + high / 2, 1.5, theme.ink3)


def _flag(pencil: Pencil, x: float, top: float, high: float) -> None:
    scale = 1.25 if pencil.theme.is_stage else 1.0
    lost = pencil.theme.status("lost").fill
    pencil.line(x, top - 9, x, top + high + 5, lost, 2.5)
    signs.bolt_disc(pencil, x, top - 12, 18 * scale, is_hollow=False)


def _offer(pencil: Pencil, x: float, top: float, high: float) -> None:
    theme = pencil.theme
    lost = theme.status("lost")
    pencil.line(x, top - 3, x, top + high + 3, lost.fill, 2, (3, 2.5))
    signs.bolt_disc(pencil, x, top - 12, 18, is_hollow=True)
    wide = pencil.width("Crash here", "stage_current") + 12
    left = min(max(x - wide / 2, 8), theme.metrics.consumer_px[0] - wide - 4)
    centre = QPointF(left + wide / 2, top + high + theme.metrics.stage_label_px)
    pencil.text(centre.x(), centre.y(), "Crash here", "stage_current", theme.ink, CENTRE)


def _status(pencil: Pencil, rect: QRectF, line: Line) -> None:
    theme = pencil.theme
    middle = rect.bottom() - 16
    left, right = rect.left() + consumer_boxes.BAR_LEFT_PX, rect.right() - 12
    colours = {
        FACT: theme.ink,
        QUIET: theme.ink2,
        LOST: theme.status("lost").text,
        JOINED: theme.guarantee("exactly-once").text,
    }
    kind = "fact" if line.left_tone == FACT else "label"
    room = right - left
    text = pencil.fitted(line.left, kind, room)
    used = pencil.text(left, middle, text, kind, colours.get(line.left_tone, theme.ink2))
    if line.is_cut:
        signs.cut_sign(pencil, left + used + 15, middle, 7, theme.ink)
        used += 24
    for rest in (line.right, line.short and f"armed: {line.short}", line.short):
        if rest and pencil.width(rest, "label") <= room - used - 10:
            colour = colours.get(line.right_tone, theme.ink2)
            pencil.text(right, middle, rest, "label", colour, RIGHT)
            return
