"""Where does each moment in the life of a message stand?

Lanes run from left to right, as time does. Distances grow with the logarithm of the time between:
a life has milliseconds and seconds in it, and both must be read. Pixels from the left and the top.
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from playground.session.story import Story, StoryEvent, StoryLane

HEADER_PX = 116.0
RIGHT_PX = 36.0
TICKS_PX = 18.0
TOP_PX = 10.0
LEAST_LANE_PX, MOST_LANE_PX = 22.0, 42.0
LEAST_GAP_PX = 14.0
PER_DECADE_PX = 16.0
SHORT_US = 1_000.0  # what is shorter than this is hardly a distance
LABEL_GAP_PX = 8.0
MOST_SPREAD = 2.2
BELOW = 0.42  # where a packet's name stands, of the way from one lane down to the next
PACKET_ROOM_PX = 34.0  # what an arrow is longer than its name
Measure = Callable[[str], float]


class Stop(NamedTuple):
    """What happens on one lane at one instant."""

    x: float
    lane: int
    events: tuple[StoryEvent, ...]
    is_met: bool = False  # by a packet from above: the words stand behind it, not over it

    @property
    def text(self) -> str:
        """The words of everything that happens here."""
        return " · ".join(dict.fromkeys(event.text for event in self.events if event.text))


class Arrow(NamedTuple):
    """A packet from lane to lane; one that died ends where it got to."""

    x1: float
    x2: float
    lane: int
    target: int
    event: StoryEvent


class LifeLayout(NamedTuple):
    """The diagram of one life, ready to be painted."""

    width: float
    height: float
    lane_px: float
    lanes: tuple[StoryLane, ...]
    stops: tuple[Stop, ...]
    arrows: tuple[Arrow, ...]
    ticks: tuple[tuple[float, int], ...]  # x and virtual time

    def y(self, lane: float) -> float:
        """The height of a lane's line."""
        return TOP_PX + self.lane_px * (lane + 0.5)


def events_for(story: Story, group: str) -> list[StoryEvent]:
    """The events of one group's story; all of them for no group in particular."""
    if not group:
        return list(story.events)
    known = {ending.group for ending in story.endings}
    if group not in known:
        return list(story.events)
    # Dead letters have groups of their own: their story goes on where this one's ends.
    lanes = {lane.node: lane for lane in story.lanes}
    heads = {group} | _groups_behind(story, lanes)
    return [event for event in story.events if event.group in ("", *heads)]


def _groups_behind(story: Story, lanes: dict[str, StoryLane]) -> set[str]:
    """Groups that read a dead-letter queue, which is a second queue of this life."""
    queues = [lane.node for lane in story.lanes if lane.kind == "queue"]
    return {
        lanes[event.target].group
        for event in story.events
        if event.lane in queues[1:] and event.target in lanes
    } - {""}


def lay_out(story: Story, group: str, room_px: tuple[float, float], measure: Measure) -> LifeLayout:
    """Place the life of a message for one group in a given room; it may need more width."""
    events = events_for(story, group)
    names = dict.fromkeys(name for event in events for name in (event.lane, event.target) if name)
    lanes = tuple(lane for lane in story.lanes if lane.node in names)
    index = {lane.node: place for place, lane in enumerate(lanes)}
    xs = _columns(events, index, measure)
    width = max((*xs.values(), HEADER_PX)) + RIGHT_PX
    if xs and width < room_px[0]:  # spread a short life over the room that there is
        taken = max(1.0, width - RIGHT_PX - HEADER_PX)
        factor = min(MOST_SPREAD, (room_px[0] - RIGHT_PX - HEADER_PX) / taken)
        xs = {at: HEADER_PX + (x - HEADER_PX) * factor for at, x in xs.items()}
        width = max(room_px[0], max(xs.values()) + RIGHT_PX)
    free = room_px[1] - TOP_PX - TICKS_PX
    lane_px = min(MOST_LANE_PX, max(LEAST_LANE_PX, free / max(1, len(lanes))))
    return LifeLayout(
        width,
        TOP_PX + lane_px * len(lanes) + TICKS_PX,
        lane_px,
        lanes,
        _stops(events, index, xs),
        _arrows(events, index, xs),
        tuple((x, at_us) for at_us, x in xs.items()),
    )


def _columns(
    events: Sequence[StoryEvent], index: dict[str, int], measure: Measure
) -> dict[int, float]:
    """The x of every instant: far enough apart for what is written there."""
    starts: dict[int, list[StoryEvent]] = {}
    for event in events:
        starts.setdefault(event.at_us, []).append(event)
    ends = {event.ends_us for event in events if event.kind == "packet"}
    free: dict[int, float] = {}  # by lane: the right end of what is written on it
    open_packets = [event for event in events if event.kind == "packet"]
    met = _met(events, index)
    xs: dict[int, float] = {}
    x, before = HEADER_PX + LABEL_GAP_PX, None
    for at_us in sorted({*starts, *ends}):
        if before is not None:
            x += _gap(at_us - before)
        here = starts.get(at_us, [])
        for lane, text in _written(here, index).items():
            before_px = 0.0 if (at_us, lane) in met else measure(text) / 2
            x = max(x, free.get(lane, 0.0) + before_px + LABEL_GAP_PX)
        for packet in open_packets:
            if packet.ends_us == at_us and packet.at_us in xs and packet.at_us < at_us:
                x = max(x, xs[packet.at_us] + _length(packet, starts, index, met, measure))
        for lane, text in _written(here, index).items():
            free[lane] = x + measure(text) * (1.0 if (at_us, lane) in met else 0.5)
        xs[at_us], before = x, at_us
    return xs


def _length(
    packet: StoryEvent,
    starts: dict[int, list[StoryEvent]],
    index: dict[str, int],
    met: set[tuple[int, int]],
    measure: Measure,
) -> float:
    """How long an arrow must be for its name, and for the words that stand where it leaves."""
    name = measure(packet.text)
    lane = index[packet.lane]
    beside = (packet.at_us, lane) in met and index[packet.target] == lane - 1
    words = _written(starts[packet.at_us], index).get(lane, "") if beside else ""
    over = (measure(words) + name / 2 + LABEL_GAP_PX) / (1 - BELOW) if words else 0.0
    return max(name + PACKET_ROOM_PX, over)


def _gap(between_us: int) -> float:
    return LEAST_GAP_PX + PER_DECADE_PX * math.log10(1 + between_us / SHORT_US)


def _written(events: Sequence[StoryEvent], index: dict[str, int]) -> dict[int, str]:
    """What is written on each lane at one instant."""
    words: dict[int, dict[str, None]] = {}
    for event in events:
        if event.kind != "packet" and event.text and event.lane in index:
            words.setdefault(index[event.lane], {})[event.text] = None
    return {lane: " · ".join(texts) for lane, texts in words.items()}


def _met(events: Sequence[StoryEvent], index: dict[str, int]) -> set[tuple[int, int]]:
    """The instants and lanes at which a packet comes in from above."""
    return {
        (event.ends_us, index[event.target])
        for event in events
        if event.kind == "packet" and index[event.lane] < index[event.target]
    }


def _stops(
    events: Sequence[StoryEvent], index: dict[str, int], xs: dict[int, float]
) -> tuple[Stop, ...]:
    stops: dict[tuple[int, int], list[StoryEvent]] = {}
    for event in events:
        if event.kind != "packet":
            stops.setdefault((event.at_us, index[event.lane]), []).append(event)
    met = _met(events, index)
    return tuple(
        Stop(xs[at_us], lane, tuple(found), (at_us, lane) in met)
        for (at_us, lane), found in stops.items()
    )


def _arrows(
    events: Sequence[StoryEvent], index: dict[str, int], xs: dict[int, float]
) -> tuple[Arrow, ...]:
    return tuple(
        Arrow(xs[event.at_us], xs[event.ends_us], index[event.lane], index[event.target], event)
        for event in events
        if event.kind == "packet"
    )
