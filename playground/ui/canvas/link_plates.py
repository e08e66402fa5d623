"""What is written beside a link: its weather, its cut, the fault that waits on it?"""

from playground.session.frame import REQUESTS, LinkView
from playground.ui.canvas import geometry, signs, weather
from playground.ui.canvas.geometry import LinkPath
from playground.ui.canvas.pencil import Detail, Pencil
from playground.ui.canvas.plates import Plates, plate_size, stacked_size
from playground.ui.canvas.words import armed_link_short, armed_link_words, cut_words, weather_words

ARMED_AT = 0.16
BOLT_PX = 18.0
OFF_LANE_PX = 13.0  # so that no plate covers a packet


def kinds(link: LinkView) -> tuple[object, ...]:
    """Which plates a link has, without their countdowns."""
    is_cut = link.cut_request or link.cut_reply
    return link.source, link.target, is_cut, link.armed, weather_words(link)


def draw(
    pencil: Pencil,
    plates: Plates,
    links: tuple[LinkView, ...],
    now_us: int,
    hovered: tuple[str, str] | None,
) -> None:
    """All plates of all links: what was done to them before what they are like."""
    placed = [link for link in links if (link.source, link.target) in plates.plan.paths]
    for link in placed:
        path = plates.plan.paths[link.source, link.target]
        if link.cut_request or link.cut_reply:
            _cut(pencil, plates, path, link, now_us)
        for fault, packet in link.armed:
            _armed(pencil, plates, path, link, fault, packet)
    if pencil.detail < Detail.FULL:
        return
    for link in placed:
        if not (link.cut_request or link.cut_reply):
            key = (link.source, link.target)
            path = plates.plan.paths[key]
            weather.draw(pencil, plates, path, link, is_hovered=key == hovered)


def _cut(pencil: Pencil, plates: Plates, path: LinkPath, link: LinkView, now_us: int) -> None:
    if pencil.detail < Detail.FULL:
        return
    theme = pencil.theme
    fact, rest = cut_words(link, now_us)
    gap = theme.metrics.lane_px + OFF_LANE_PX + theme.metrics.packet_px - 10
    key = ("cut", link.source, link.target)
    box = plates.beside(path, plate_size(pencil, fact, rest), gap, key, -1.0)
    if box is not None:
        plates.draw(pencil, box, fact, rest, theme.edge, theme.ink)
        return
    box = plates.beside(path, stacked_size(pencil, fact, rest), gap, (*key, "stacked"), -1.0)
    if box is not None:
        plates.draw_stacked(pencil, box, fact, rest, theme.edge, theme.ink)
        return
    box = plates.beside(path, plate_size(pencil, fact, ""), gap, (*key, "bare"), -1.0)
    if box is not None:
        plates.draw(pencil, box, fact, "", theme.edge, theme.ink)


def _armed(
    pencil: Pencil, plates: Plates, path: LinkPath, link: LinkView, fault: str, packet: str
) -> None:
    theme = pencil.theme
    is_reply = packet not in REQUESTS
    x, y = geometry.place(path.lane(is_reply), ARMED_AT)
    signs.bolt_disc(pencil, x, y, BOLT_PX * (1.25 if theme.is_stage else 1), is_hollow=False)
    if pencil.detail < Detail.FULL:
        return
    text = armed_link_words(fault, packet)
    lost = theme.status("lost")
    gap = theme.metrics.lane_px + OFF_LANE_PX + theme.metrics.packet_px - 10
    key = ("armed", link.source, link.target, fault, packet)
    side = -1.0 if is_reply else 1.0
    box = plates.beside(path, plate_size(pencil, "armed", text), gap, (*key, "line"), side)
    if box is not None:
        plates.draw(pencil, box, "armed", text, lost.edge, lost.text)
        return
    box = plates.beside(path, stacked_size(pencil, "armed", text), gap, (*key, "stacked"), side)
    if box is not None:
        plates.draw_stacked(pencil, box, "armed", text, lost.edge, lost.text)
        return
    for bare in (armed_link_short(fault, packet), "armed"):
        box = plates.beside(path, plate_size(pencil, bare, ""), gap, (*key, bare), side)
        if box is not None:
            plates.draw(pencil, box, bare, "", lost.edge, lost.text)
            return
