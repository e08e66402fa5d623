"""What does the canvas show, line by line, for those who do not look at it?

Pure: a frame in, lines out, each with what it stands for, what state it is in and what it counts.
"""

from typing import NamedTuple

from playground.session.frame import (
    CoordinatorView,
    DatabaseView,
    Frame,
    GroupRow,
    LinkView,
    ProducerView,
    QueueView,
)
from playground.ui import format
from playground.ui.canvas import commit_words, words
from playground.ui.canvas.choices import shield_of
from playground.ui.canvas.words import NodeView
from playground.ui.commands.things import packets_on
from playground.ui.panels.faults import Selection
from playground.ui.theme import GUARANTEE_SIGNS


class Line(NamedTuple):
    """One line of the outline."""

    target: Selection  # None: nothing can be done to it
    name: str
    kind: str
    state: str
    counts: str
    below: tuple["Line", ...] = ()

    @property
    def spoken(self) -> str:
        """The whole line as one sentence."""
        return ", ".join(part for part in (self.name, self.kind, self.state, self.counts) if part)


def lines(frame: Frame, *, has_packets: bool = False) -> tuple[Line, ...]:
    """Every node with the links that leave it, in the order of the document, and the database.

    ``has_packets``: with the packets on each link, which only a run at rest holds still.
    """
    found = [_node(frame, view, has_packets) for view in frame.nodes]
    if frame.groups:
        below = tuple(_account(row) for row in frame.groups)
        found.append(Line(None, "database", "database", "", "", below))
    return tuple(found)


def _node(frame: Frame, view: NodeView, has_packets: bool) -> Line:
    below = tuple(
        _link(frame, index, link, has_packets)
        for index, link in enumerate(frame.links)
        if link.source == view.id
    )
    kind, counts = _kind(view), _counts(frame, view)
    return Line(("node", view.id), view.id, kind, state_of(frame, view), counts, below)


def _kind(view: NodeView) -> str:
    if isinstance(view, ProducerView):
        return "producer"
    if isinstance(view, QueueView):
        return "dead-letter queue" if view.dead_from else "queue"
    if isinstance(view, CoordinatorView | DatabaseView):
        return "coordinator" if isinstance(view, CoordinatorView) else "database"
    word = shield_of(view)[1]
    shield = f" · {word}" if word != "none" else ""
    return f"consumer · {view.guarantee} {GUARANTEE_SIGNS[view.guarantee]}{shield}"


def state_of(frame: Frame, view: NodeView) -> str:
    """What a node does now, in the words of its card."""
    if not view.is_up:
        return f"Crashed · {words.crash_lines(view, frame.now_us)[0]}"
    if isinstance(view, ProducerView):
        return words.producer_line(view, frame.now_us)[0]
    if isinstance(view, QueueView):
        return words.queue_fact(view, frame.now_us)[0]
    if isinstance(view, CoordinatorView):
        return commit_words.coordinator_fact(view, frame.now_us)[0]
    if isinstance(view, DatabaseView):
        return commit_words.database_state(view, frame.now_us)
    link = next((each for each in frame.links if each.target == view.id), None)
    line = words.consumer_line(view, frame.now_us, link)
    warning = "cannot keep its promise" if view.warnings else ""
    return " · ".join(part for part in (line.left, line.right, warning) if part)


def _counts(frame: Frame, view: NodeView) -> str:
    if isinstance(view, ProducerView):
        gave_up = f", gave up on {len(view.gave_up)}" if view.gave_up else ""
        waiting = f", {view.waiting_total} unconfirmed" if view.waiting_total else ""
        return f"{format.number(view.produced)} produced{waiting}{gave_up}"
    if isinstance(view, QueueView):
        ready = sum(lane.ready for lane in view.lanes)
        leased = sum(lane.leased for lane in view.lanes)
        return f"holds {format.number(view.held)}, {ready} ready, {leased} given out"
    if isinstance(view, CoordinatorView):
        return f"{commit_words.open_words(view.open_total)}, {commit_words.counted_words(view)}"
    if isinstance(view, DatabaseView):
        return commit_words.prepared_words(view)
    row = next((row for row in frame.groups if view.id in row.consumers), None)
    return _fates(row) if row is not None else ""


def _fates(row: GroupRow) -> str:
    """What has become of a group's messages; what is zero goes without saying."""
    parts = (
        (row.applied_once, "once"),
        (row.applied_many, "twice or more"),
        (row.in_flight, "in flight"),
        (row.in_doubt, "in doubt"),
        (row.dead_lettered, "dead"),
        (row.lost, "lost"),
    )
    told = ", ".join(f"{format.number(count)} {word}" for count, word in parts if count)
    return f"of {format.number(row.produced)}: {told}" if told else "nothing yet"


def _account(row: GroupRow) -> Line:
    should, really = format.number(row.should_be), format.number(row.really_is)
    facts = []
    if row.money_lost:
        facts.append(f"{format.number(-row.money_lost)} lost")
    if row.money_twice:
        facts.append(f"{format.signed(row.money_twice)} twice")
    if row.in_doubt:
        facts.append(f"{format.number(row.in_doubt)} in doubt")
    if row.calls_twice:
        facts.append(f"{format.number(row.calls_twice)} calls made again")
    state = ", ".join(facts) or ("equal" if row.should_be == row.really_is else "")
    return Line(None, row.group, "account", state, f"should be {should}, is {really}")


def _link(frame: Frame, index: int, link: LinkView, has_packets: bool) -> Line:
    states = []
    if link.cut_request or link.cut_reply:
        states.append(" · ".join(words.cut_words(link, frame.now_us)))
    states += [words.armed_link_words(*each) for each in link.armed]
    weather = words.weather_words(link) or words.latency_words(link)
    on_it = int((frame.flights.link == index).sum())
    packets = f"{on_it} packet" if on_it == 1 else f"{format.number(on_it)} packets"
    below: tuple[Line, ...] = ()
    if has_packets:
        below = tuple(
            Line(("packet", flight), name, "packet", "on its way", "")
            for flight, name in packets_on(frame, index)
        )
    target = ("link", link.source, link.target)
    name = f"{link.source} → {link.target}"
    return Line(target, name, "link", " · ".join((*states, weather)), f"{packets} on it", below)
