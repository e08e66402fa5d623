"""What is the weather on a link, and where is there room to say so?

Two lines at most, the shortest way of saying it last. The words stand where they cover no card, no
port, no plate and no packet's way; where there is no such place they wait for the pointer.
"""

import numpy as np
from PySide6.QtCore import QRectF

from playground.session.frame import LinkView
from playground.ui.canvas.geometry import LinkPath
from playground.ui.canvas.pencil import CENTRE, Pencil, Ruler
from playground.ui.canvas.plates import Plates, boxes_beside
from playground.ui.canvas.words import latency_words, weather_facts
from playground.ui.metrics import SLOT_RADIUS_PX

OUT_PX = 12.5  # from the reply lane to the text's box: its middle is 20 px away
OUTS_PX = ((OUT_PX, 22.0), (34.0, 48.0, 60.0))
LINE_EM = 1.25
SIDE_PX = 3.0
APART_PX = 8.0  # between the words of two links
Lines = tuple[str, ...]


def draw(
    pencil: Pencil, plates: Plates, path: LinkPath, link: LinkView, *, is_hovered: bool
) -> None:
    """The weather of a link, or under the pointer how long its packets travel."""
    forms = forms_of(link)
    if not forms and is_hovered:
        forms = ((latency_words(link),),)
    if not forms:
        return
    key = ("weather", link.source, link.target, forms, round(pencil.zoom, 2))
    if key not in plates.kept:
        plates.kept[key] = _place(pencil, plates, path, forms)
    place = plates.kept[key]
    if place is not None:
        _write(pencil, plates, *place)
    elif is_hovered:
        _over_everything(pencil, plates, path, forms[0])


def boxes(plates: Plates) -> list[QRectF]:
    """Where the words stand that have found a place."""
    return [
        place[0]
        for key, place in plates.kept.items()
        if isinstance(key, tuple) and key[0] == "weather" and place is not None
    ]


def forms_of(link: LinkView) -> tuple[Lines, ...]:
    """Ways to say it: in one line, in two, and both without the latency."""
    facts = weather_facts(link)
    if not facts:
        return () if link.distribution == "fixed" else ((latency_words(link),),)
    whole = (latency_words(link), *facts)
    forms = [(" · ".join(whole),), (latency_words(link), " · ".join(facts))]
    if len(whole) > 2:
        forms.insert(1, (" · ".join(whole[:2]), " · ".join(whole[2:])))
    forms.append((" · ".join(facts),))
    if len(facts) > 1:
        forms.append((facts[0], " · ".join(facts[1:])))
    elif ", " in facts[0]:
        first, _, second = facts[0].partition(", ")
        forms.append((f"{first},", second))
    return tuple(forms)


def size_of(ruler: Ruler, lines: Lines) -> tuple[float, float]:
    """How much room the lines take."""
    kind = ruler.kind("label")
    wide = max(ruler.width(line, kind) for line in lines) + 2 * SIDE_PX
    return wide, LINE_EM * kind.size_px * len(lines)


def _place(
    pencil: Pencil, plates: Plates, path: LinkPath, forms: tuple[Lines, ...]
) -> tuple[QRectF, Lines] | None:
    """Near the link first, in as many words as fit; then farther away."""
    metrics = pencil.theme.metrics
    base = metrics.lane_px + metrics.packet_px - 10
    for outs in OUTS_PX:
        for lines in forms:
            for out_px in outs:
                boxes = boxes_beside(path, size_of(pencil, lines), base + out_px, -1.0)
                extra = [0.0 if _is_clear(plates, path, box) else 1.0 for box in boxes]
                index = plates.free(boxes, extra)
                if index >= 0:
                    return boxes[index], lines
    return None


def _is_clear(plates: Plates, path: LinkPath, box: QRectF) -> bool:
    """Whether the words can only be read of this link, and not on from another's."""
    alone = box.adjusted(-APART_PX, -APART_PX, APART_PX, APART_PX)
    if any(alone.intersects(other) for other in plates.words):
        return False
    return _is_nearest(plates, path, box)


def _is_nearest(plates: Plates, path: LinkPath, box: QRectF) -> bool:
    """Whether no other link could be meant."""
    centre = np.array((box.center().x(), box.center().y()))
    own = float(np.min(np.hypot(*(path.middle - centre).T)))
    return all(
        float(np.min(np.hypot(*(other.middle - centre).T))) > own
        for other in plates.plan.paths.values()
        if other is not path
    )


def _write(pencil: Pencil, plates: Plates, box: QRectF, lines: Lines) -> None:
    plates.taken.append(box)
    plates.words.append(box)
    step = box.height() / len(lines)
    for index, line in enumerate(lines):
        middle = box.top() + step * (index + 0.5)
        pencil.text(box.center().x(), middle, line, "label", pencil.theme.ink2, CENTRE)


def _over_everything(pencil: Pencil, plates: Plates, path: LinkPath, lines: Lines) -> None:
    """Under the pointer: on a plate of its own, whatever is beneath."""
    theme = pencil.theme
    wide, high = size_of(pencil, lines)
    box = boxes_beside(path, (wide + 10, high + 8), theme.metrics.lane_px + OUT_PX, -1.0)[0]
    pencil.box(box, SLOT_RADIUS_PX, theme.panel, theme.edge, theme.metrics.plate_stroke_px)
    _write(pencil, plates, box, lines)
