"""What do the cards and the links say?

Pure texts: a view and the moment in, words out. Nothing here paints.
"""

from typing import NamedTuple

from playground.session.frame import (
    ConsumerView,
    LinkView,
    ProducerView,
    QueueView,
    Waiting,
)
from playground.session.frame import NodeView as NodeView
from playground.ui import format

PLAIN, FACT, QUIET, LOST, JOINED = "plain", "fact", "quiet", "lost", "joined"
"""The tones of a line: joined is the colour of one transaction."""


class Line(NamedTuple):
    """The status line of a card: a fact at the left, what goes with it at the right."""

    left: str
    left_tone: str
    right: str
    right_tone: str
    is_cut: bool = False
    short: str = ""  # what stands at the right where there is less room


def point_words(point: str) -> str:
    """A point of a program: ``before mark``."""
    return point.replace("-", " ")


def armed_words(points: tuple[str, ...]) -> str:
    """What is armed on a node."""
    if len(points) == 1:
        return f"armed: crash {_at(points[0])}"
    return f"{len(points)} armed"


def _at(point: str) -> str:
    words = point_words(point)
    if point.split("-")[-1] in ("received", "appended", "confirmed", "prepared", "decided"):
        return f"when {words}"
    return words if point.split("-")[0] in ("before", "after") else f"at {words}"


def left_share(since_us: int, until_us: int | None, now_us: int) -> float:
    """What is left of a timer, 1 to 0; 1 where it never ends."""
    if until_us is None:
        return 1.0
    return min(max((until_us - now_us) / max(until_us - since_us, 1), 0.0), 1.0)


def paused_words(view: NodeView, now_us: int) -> str:
    """How long a process has stood still."""
    return f"Paused {format.seconds_left(now_us - view.paused_us)}"


def crash_lines(view: NodeView, now_us: int, *, is_short: bool = False) -> tuple[str, ...]:
    """What follows *Crashed*: when it is back and what went with it, the shortest last."""
    back = (
        "until it is restarted"
        if view.restarts_us is None
        else f"back in {format.seconds_left(view.restarts_us - now_us)}"
    )
    took = crash_took(view)
    if is_short and isinstance(view, QueueView):
        took = f"{format.number(view.crash_took)} gone" if view.crash_took else ""
    if is_short:
        return (took, "") if took else ("",)
    return (f"{back} · {took}", took, back) if took else (back,)


def crash_took(view: NodeView) -> str:
    """What a crash took with it."""
    if isinstance(view, ConsumerView) and view.took:
        names = ", ".join(format.number(number) for number in view.took[:3])
        more = len(view.took) - 3
        return f"took {names} with it" if more <= 0 else f"took {names} and {more} more"
    if isinstance(view, QueueView) and view.crash_took:
        noun = "entry" if view.crash_took == 1 else "entries"
        return f"{format.number(view.crash_took)} {noun} gone ({view.durability})"
    return ""


def progress(view: ConsumerView, now_us: int) -> float:
    """How much of the current cell is done."""
    if view.is_paused or view.work_until_us <= view.work_from_us:
        return view.work_done
    spent = (now_us - view.work_from_us) / (view.work_until_us - view.work_from_us)
    return min(max(spent, 0.0), 1.0)


def consumer_line(view: ConsumerView, now_us: int, link: LinkView | None = None) -> Line:
    """The status line of a consumer."""
    line = _consumer_line(view, now_us, link)
    if view.armed and line.right_tone == LOST:
        return line._replace(short=point_words(view.armed[0]))
    return line


def _consumer_line(view: ConsumerView, now_us: int, link: LinkView | None) -> Line:
    right, right_tone = _consumer_right(view)
    if not view.is_connected:
        return Line("not connected", QUIET, right, right_tone)
    if view.is_paused:
        return Line(paused_words(view, now_us), FACT, _lease(view, now_us), PLAIN)
    if view.cut:
        heals = link.heals_us if link is not None else None
        until = "" if heals is None else f"heals in {format.seconds_left(heals - now_us)}"
        return Line("Cut off", FACT, until or right, PLAIN if until else right_tone, is_cut=True)
    if view.refused is not None and not view.awaits:
        number, place = view.refused
        return Line(f"{format.number(number)} refused by {place}", FACT, right, right_tone)
    if view.failed is not None:
        count, limit = view.failed
        text = f"failed {count}" if limit is None else f"failed {count} of {limit}"
        return Line(text, FACT, right if view.armed else "nack", LOST if view.armed else PLAIN)
    if view.number is None or view.stage < 0:
        if view.suppressed is not None:
            return Line(suppressed_words(view.suppressed), FACT, right, right_tone)
        return Line("idle", QUIET, right, right_tone)
    return Line(working_words(view, now_us), FACT, right, right_tone)


def awaiting_words(packets: tuple[str, ...]) -> str:
    """Whose answer a consumer waits for."""
    return "asks the queue" if packets[0].startswith("TXN") else "asks the coordinator"


def suppressed_words(number: int) -> str:
    """A message that was recognised."""
    return f"{format.number(number)} again: suppressed"


def working_words(view: ConsumerView, now_us: int) -> str:
    """The cell it works in, and how far it is."""
    if view.suppressed is not None and view.suppressed == view.number:
        return suppressed_words(view.suppressed)
    if view.awaits:
        return awaiting_words(view.awaits)
    name = view.stages[min(view.stage, len(view.stages) - 1)]
    if view.work_until_us > view.work_from_us:
        share = int(progress(view, now_us) * 100 + 1e-9)
        name = f"{name} again" if view.is_repeat else name
        return f"{name} {share}{format.NO_BREAK_SPACE}%"
    return name


def _consumer_right(view: ConsumerView) -> tuple[str, str]:
    if view.armed:
        return armed_words(view.armed), LOST
    if view.armed_failure:
        return "armed: fails once", LOST
    if view.atomic is not None and (view.number is not None or view.suppressed is not None):
        return "one transaction", JOINED
    if view.how == "auto-ack":
        return (f"holds {format.number(view.held)}", PLAIN) if view.held > 1 else ("", PLAIN)
    return f"prefetch {format.number(view.unacked)} of {format.number(view.prefetch)}", PLAIN


def _lease(view: ConsumerView, now_us: int) -> str:
    if view.lease_until_us is None:
        return ""
    left_us = view.lease_until_us - now_us
    return f"lease ends in {format.seconds_left(left_us)}" if left_us > 0 else "lease has ended"


def queue_fact(view: QueueView, now_us: int) -> tuple[str, str]:
    """The right end of a queue's header, and its tone."""
    if not view.is_connected and not view.dead_from:
        return "not connected", QUIET
    if view.is_paused:
        return paused_words(view, now_us), FACT
    if view.armed:
        return armed_words(view.armed), LOST
    if view.capacity is not None and view.held >= 0.8 * view.capacity:
        return f"{format.number(view.held)} of {format.number(view.capacity)}", FACT
    doubt_us = in_doubt_since(view)
    if doubt_us >= 0:
        return f"in doubt {format.seconds_left(now_us - doubt_us)}", FACT
    lease = "no lease" if view.lease_us is None else f"lease {format.duration(view.lease_us)}"
    return f"{view.durability} · {lease}", PLAIN


def in_doubt_since(view: QueueView) -> int:
    """Since when the first of its entries is locked and undecided here; -1 where none is."""
    locked = (slot for lane in view.lanes for slot in lane.slots if slot.is_in_doubt)
    return min((slot.since_us for slot in locked), default=-1)


def producer_line(view: ProducerView, now_us: int) -> tuple[str, str]:
    """What a producer does, and its tone."""
    if not view.is_connected:
        return "not connected", QUIET
    if view.is_paused:
        return paused_words(view, now_us), FACT
    if view.armed:
        return f"armed: {_at(view.armed[0])}", LOST
    return f"{format.rate(view.rate_per_s)} · {_publishing(view)}", PLAIN


def producer_short(view: ProducerView) -> str:
    """What of the line of a running producer is left where there is less room.

    That nobody confirms is worth more than the rate; that somebody does is seen by what it waits
    for.
    """
    if view.publish == "confirmed":
        return format.rate(view.rate_per_s)
    return _publishing(view)


def _publishing(view: ProducerView) -> str:
    return "confirmed" if view.publish == "confirmed" else "unconfirmed"


def waiting_left(waiting: Waiting, now_us: int) -> str:
    """How long until it is tried again, or given up."""
    return format.seconds_left(waiting.until_us - now_us)


def waiting_words(waiting: Waiting, now_us: int) -> str:
    """What an unconfirmed message waits for."""
    left = waiting_left(waiting, now_us)
    return f"retry in {left}" if waiting.what == "retry" else f"waits {left}"


def weather_words(link: LinkView) -> str:
    """The weather of a link, "" where it is fine: ``20 ms · loses 10 % of replies``."""
    parts = weather_facts(link)
    if not parts and link.distribution == "fixed":
        return ""
    return " · ".join((latency_words(link), *parts))


def weather_facts(link: LinkView) -> tuple[str, ...]:
    """What a link does to packets besides letting them wait."""
    parts = []
    if link.loss_request and link.loss_request == link.loss_reply:
        parts.append(f"loses {format.percent(link.loss_request)}")
    elif link.loss_request and link.loss_reply:
        out, back = format.percent(link.loss_request), format.percent(link.loss_reply)
        parts.append(f"loses {out} out, {back} back")
    else:
        for share, what in ((link.loss_request, "requests"), (link.loss_reply, "replies")):
            if share:
                parts.append(f"loses {format.percent(share)} of {what}")
    if link.duplicate:
        parts.append(f"doubles {format.percent(link.duplicate)}")
    if link.reorder:
        parts.append(f"reorders {format.percent(link.reorder)}")
    return tuple(parts)


def latency_words(link: LinkView) -> str:
    """How long packets travel: ``20 ms``, ``about 20 ms``."""
    text = format.duration(link.latency_us)
    return text if link.distribution == "fixed" else f"about {text}"


def cut_words(link: LinkView, now_us: int) -> tuple[str, str]:
    """The plate of a cut link: the fact, and when it ends."""
    if link.cut_request and link.cut_reply:
        fact = "cut"
    else:
        fact = "requests cut" if link.cut_request else "replies cut"
    if link.heals_us is None:
        return fact, "until it is healed"
    return fact, f"heals in {format.seconds_left(link.heals_us - now_us)}"


def armed_link_words(fault: str, packet: str) -> str:
    """What waits on a link: ``loses next DELIVER``."""
    return f"{_fault_verb(fault)} next {packet}"


def armed_link_short(fault: str, packet: str) -> str:
    """The same beside a bolt, where the room is narrow: ``loses DELIVER``."""
    return f"{_fault_verb(fault)} {packet}"


def _fault_verb(fault: str) -> str:
    return {"drop": "loses", "duplicate": "doubles", "delay": "delays"}.get(fault, fault)
