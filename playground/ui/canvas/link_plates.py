"""What is written beside a link: its weather, its cut, the fault that waits on it?"""

from playground.session.frame import LinkView
from playground.ui.canvas import geometry, signs
from playground.ui.canvas.geometry import LinkPath
from playground.ui.canvas.pencil import CENTRE, Detail, Pencil, Ruler
from playground.ui.canvas.plates import Plates, plate_size
from playground.ui.canvas.words import armed_link_words, cut_words, latency_words, weather_words

ARMED_AT = 0.16
BOLT_PX = 18.0
LINE_PX = 16.0
LEAST_ROOM_PX = 80.0
WEATHER_OUT_PX = 12.0  # from the reply lane to the text's box
REPLIES = ("CONFIRM", "REFUSE", "ACK", "NACK", "EXTEND")


def kinds(link: LinkView) -> tuple[object, ...]:
    """Which plates a link has, without their countdowns."""
    is_cut = link.cut_request or link.cut_reply
    return link.source, link.target, is_cut, link.armed, weather_words(link)


def draw(pencil: Pencil, plates: Plates, link: LinkView, now_us: int, *, is_hovered: bool) -> None:
    """All plates of one link."""
    path = plates.plan.paths[link.source, link.target]
    if link.cut_request or link.cut_reply:
        _cut(pencil, plates, path, link, now_us)
    elif pencil.detail >= Detail.FULL and not pencil.theme.is_stage:
        text = weather_words(link) or (latency_words(link) if is_hovered else "")
        if text:
            _weather(pencil, plates, path, link, text)
    for fault, packet in link.armed:
        _armed(pencil, plates, path, link, fault, packet)


def _cut(pencil: Pencil, plates: Plates, path: LinkPath, link: LinkView, now_us: int) -> None:
    if pencil.detail < Detail.FULL:
        return
    theme = pencil.theme
    fact, rest = cut_words(link, now_us)
    gap = theme.metrics.lane_px + 8
    key = ("cut", link.source, link.target)
    box = plates.beside(path, plate_size(pencil, fact, rest), gap, key, -1.0)
    plates.draw(pencil, box, fact, rest, theme.edge, theme.ink)


def _weather(pencil: Pencil, plates: Plates, path: LinkPath, link: LinkView, text: str) -> None:
    theme = pencil.theme
    lines = wrapped(pencil, text, max(LEAST_ROOM_PX, _gap_px(path) - 24))
    width = max(pencil.width(line, "label") for line in lines) + 6
    gap = theme.metrics.lane_px + WEATHER_OUT_PX
    key = ("weather", link.source, link.target, text)
    box = plates.beside(path, (width, LINE_PX * len(lines)), gap, key, -1.0)
    plates.taken.append(box)
    for index, line in enumerate(lines):
        middle = box.top() + LINE_PX * (index + 0.5)
        pencil.text(box.center().x(), middle, line, "label", theme.ink2, CENTRE)


def _armed(
    pencil: Pencil, plates: Plates, path: LinkPath, link: LinkView, fault: str, packet: str
) -> None:
    theme = pencil.theme
    is_reply = packet in REPLIES
    x, y = geometry.place(path.lane(is_reply), ARMED_AT)
    signs.bolt_disc(pencil, x, y, BOLT_PX * (1.25 if theme.is_stage else 1), is_hollow=False)
    if pencil.detail < Detail.FULL:
        return
    text = armed_link_words(fault, packet)
    lost = theme.status("lost")
    gap = theme.metrics.lane_px + 8
    key = ("armed", link.source, link.target, fault, packet)
    side = -1.0 if is_reply else 1.0
    box = plates.beside(path, plate_size(pencil, "armed", text), gap, key, side)
    plates.draw(pencil, box, "armed", text, lost.edge, lost.text)


def _gap_px(path: LinkPath) -> float:
    """How far apart its ends are, measured along its wider side."""
    dx, dy = path.middle[-1] - path.middle[0]
    return float(max(abs(dx), abs(dy)))


def wrapped(ruler: Ruler, text: str, room: float) -> list[str]:
    """A text in as many lines as it needs, broken at its dots, else between words."""
    lines: list[str] = []
    for part in text.split(" · "):
        if ruler.width(part, "label") > room:
            lines.extend(_by_words(ruler, part, room))
            continue
        joined = f"{lines[-1]} · {part}" if lines else part
        if lines and ruler.width(joined, "label") <= room:
            lines[-1] = joined
        else:
            lines.append(part)
    return lines


def _by_words(ruler: Ruler, text: str, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and ruler.width(joined, "label") <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines
