"""What does the canvas know about a thing: its verbs, its tooltip, its message?

Pure questions to a scene.
"""

import numpy as np

from playground.session.frame import ConsumerView, DatabaseView
from playground.ui.canvas import consumer_boxes, verbs
from playground.ui.canvas.choices import IDEMPOTENCIES, is_locked, lock_of, promise_of
from playground.ui.canvas.finding import Found
from playground.ui.canvas.placement import DATABASE
from playground.ui.canvas.scene import CanvasScene, Target
from playground.ui.canvas.verbs import Verb
from playground.ui.canvas.words import point_words

MOST_REASONS = 6
MOST_WORDS = 5  # on a toolbar; what is rarer stands under the last of them
MORE = "More"
BUILDING: dict[str, tuple[tuple[str, str, str], ...]] = {
    "node": (
        ("Link from here", "link", "Ctrl+L"),
        ("Rename", "rename", "F2"),
        ("Duplicate", "double", "Ctrl+D"),
        ("Delete", "delete", "Del"),
    ),
    "link": (("Delete", "delete", "Del"),),
}
"""What can be built with a thing: the word, the window's action, its key."""


def is_packet(target: Target) -> bool:
    """Whether a target is a packet."""
    return target is not None and target[0] == "packet"


def verbs_of(scene: CanvasScene, target: Target) -> tuple[Verb, ...]:
    """What can be done to a thing now."""
    if target is None:
        return ()
    if target[0] == "node":
        view = scene.view_of(str(target[1]))
        return verbs.node_verbs(view) if view is not None else ()
    if target[0] == "link":
        link = scene.link_of((str(target[1]), str(target[2])))  # type: ignore[misc]
        if link is None:
            return ()
        ends = scene.view_of(link.source), scene.view_of(link.target)
        return verbs.link_verbs(link, *ends)
    flight = int(target[1])
    key = link_under(scene, flight)
    link = scene.link_of(key) if key is not None else None
    return verbs.packet_verbs(flight, link.transport) if link is not None else ()


def toolbar_verbs(scene: CanvasScene, target: Target) -> tuple[Verb, ...]:
    """The same as words beside a thing: at most five, with what can be built under *More*."""
    found = verbs_of(scene, target)
    is_node = target is not None and target[0] == "node" and target[1] in scene.nodes
    if target is not None and isinstance(scene.view_of(str(target[-1])), DatabaseView):
        return found  # no document names it: it comes and goes with its group
    if target is None or not (is_node or target[0] == "link") or scene.theme.is_stage:
        return found
    built = tuple(
        Verb(word, None, key, action=action) for word, action, key in BUILDING[str(target[0])]
    )
    last = found[-1] if found and found[-1].word == MORE else None
    plain = found[:-1] if last is not None else found
    shown, rest = plain[: MOST_WORDS - 1], plain[MOST_WORDS - 1 :]
    return (*shown, Verb(MORE, choices=(*rest, *(last.choices if last else ()), *built)))


def _row(scene: CanvasScene, flight: int) -> int:
    table = scene.packets.table
    if table is None:
        return -1
    found = np.flatnonzero(table.flight == flight)
    return int(found[0]) if len(found) else -1


def link_under(scene: CanvasScene, flight: int) -> tuple[str, str] | None:
    """The link that a packet travels, None once it is gone."""
    row = _row(scene, flight)
    table = scene.packets.table
    return scene.packets.link_of(2 * int(table.link[row])) if row >= 0 and table else None


def message_of(scene: CanvasScene, flight: int) -> int:
    """The message of a packet, -1 once it is gone."""
    row = _row(scene, flight)
    table = scene.packets.table
    return int(table.message[row]) if row >= 0 and table is not None else -1


def newest_lost(scene: CanvasScene, place: str) -> int:
    """The message that died last at a place, -1 for none."""
    deaths = scene.frame.deaths if scene.frame is not None else ()
    lost = [each.message for each in deaths if each.kind == "message" and each.place == place]
    return lost[-1] if lost else -1


def hovered_thing(scene: CanvasScene, found: Found) -> Target:
    """What lights up: a packet's link, for packets run away under the pointer."""
    if is_packet(found.target):
        assert found.target is not None
        key = link_under(scene, int(found.target[1]))
        return ("link", *key) if key is not None else None
    return found.target if found.spot != "grave" else None


def tooltip(scene: CanvasScene, found: Found) -> str:
    """What resting on a thing explains."""
    if found.spot == "grave":
        deaths = scene.frame.deaths if scene.frame is not None else ()
        here = [d.text for d in deaths if d.kind == "message" and d.place == found.place]
        return "\n".join(reversed(here[-MOST_REASONS:]))
    if found.target is None or found.target[0] != "node" or found.target[1] == DATABASE:
        return ""
    node = str(found.target[1])
    view = scene.consumer(node)
    if found.spot == "port":
        return "Drag to another node to link them"
    if view is None or not found.spot:
        return ""
    return consumer_tooltip(view, found.spot, found.gate)


def consumer_tooltip(view: ConsumerView, spot: str, gate: int) -> str:
    """What a button of a consumer's card explains."""
    if spot == "pill":
        return promise_of(view)
    if spot == "shield":
        if is_locked(view):
            locked = lock_of(view)
            return locked[0].upper() + locked[1:]
        return next(f"{key}: {why}" for key, why in IDEMPOTENCIES if key == view.idempotency)
    if spot == "warning":
        return "\n".join(view.warnings)
    armed = {consumer_boxes.gate_of(view, point) for point in view.armed}
    if gate in armed:
        return "A crash waits here; click to disarm"
    return f"Crash {point_words(view.gates[gate])}, once"
