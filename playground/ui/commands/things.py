"""Which things are there in a frame, what are they called, and what can be done to each?

Pure: the outline and the command palette read these lists; they are the canvas's own verbs.
"""

from collections.abc import Iterator

import numpy as np

from playground.session.frame import PACKETS, ConsumerView, Frame, LinkView
from playground.ui.canvas import verbs
from playground.ui.canvas.choices import (
    guarantee_choices,
    how_choices,
    idempotency_choices,
)
from playground.ui.canvas.verbs import FOLLOW, Verb
from playground.ui.canvas.words import NodeView
from playground.ui.panels.faults import Selection, link_view, node_view

MOST_PACKETS = 12  # that are listed of one link


def verbs_of(frame: Frame, target: Selection) -> tuple[Verb, ...]:
    """What can be done to a thing now, without what only a canvas can do."""
    if target is None:
        return ()
    if target[0] == "node":
        view = node_view(frame, str(target[1]))
        return verbs.node_verbs(view) if view is not None else ()
    if target[0] == "link":
        link = link_view(frame, str(target[1]), str(target[2]))
        return verbs_of_link(frame, link) if link is not None else ()
    link = link_under(frame, int(target[1]))
    if link is None:
        return ()
    found = verbs.packet_verbs(int(target[1]), link.transport)
    return tuple(verb for verb in found if verb.word != FOLLOW)


def verbs_of_link(frame: Frame, link: LinkView) -> tuple[Verb, ...]:
    """The verbs of a link between what stands at its ends."""
    ends = node_view(frame, link.source), node_view(frame, link.target)
    return verbs.link_verbs(link, *ends)


def settings_of(view: NodeView) -> tuple[Verb, ...]:
    """The promises and idempotencies that a consumer can be given; nothing for others."""
    if not isinstance(view, ConsumerView):
        return ()
    promises = tuple(
        Verb(choice.word.partition("   ")[2], choice.command, "", _current(choice.is_current))
        for choice in guarantee_choices(view)
    )
    shields = tuple(
        Verb(choice.word, choice.command, "", _current(choice.is_current))
        for choice in idempotency_choices(view)
    )
    ways = tuple(
        Verb(choice.word, choice.command, "", _current(choice.is_current))
        for choice in how_choices(view)
    )
    found = [Verb("Guarantee", choices=promises), Verb("Kept", choices=ways)]
    if shields:
        found.append(Verb("Idempotency", choices=shields))
    return tuple(found)


def _current(is_current: bool) -> str:
    return "it is that already" if is_current else ""


def spelled(found: tuple[Verb, ...]) -> Iterator[tuple[str, Verb]]:
    """Every verb that does something, with the words that lead to it: ``Arm crash: before ack``."""
    for verb in found:
        if verb.choices:
            for choice in verb.choices:
                lead = "" if verb.word == "More" else f"{verb.word}: "
                reason = choice.reason or verb.reason
                yield f"{lead}{choice.word}", choice._replace(reason=reason)
        else:
            yield verb.word, verb


# ------------------------------------------------------------------ packets


def link_under(frame: Frame, flight: int) -> LinkView | None:
    """The link that a packet travels; None once it is gone."""
    found = np.flatnonzero(frame.flights.flight == flight)
    if not len(found):
        return None
    return frame.links[int(frame.flights.link[found[0]])]


def packets_on(frame: Frame, link: int) -> tuple[tuple[int, str], ...]:
    """Flight and name of the packets on one link, those that arrive first first."""
    table = frame.flights
    rows = np.flatnonzero(table.link == link)
    rows = rows[np.argsort(table.ends_us[rows], kind="stable")][:MOST_PACKETS]
    return tuple((int(table.flight[row]), packet_name(frame, int(row))) for row in rows)


def packet_name(frame: Frame, row: int) -> str:
    """``DELIVER 46``, with its copy from the second one on."""
    table = frame.flights
    name = f"{PACKETS[int(table.packet[row])]} {int(table.number[row])}"
    copies = int(table.copies[row])
    return f"{name} ×{copies}" if copies > 1 else name
