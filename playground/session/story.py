"""What is told about one message, and about the messages behind a number?

The contract of the story page: a line for each message of a list, and the whole life of one. All
times are virtual microseconds.
"""

from typing import NamedTuple


class MessageLine(NamedTuple):
    """One message behind a number of the scoreboard."""

    message: int  # ledger row
    number: int
    name: str
    produced_us: int
    status: str  # once, twice, in_flight, in_doubt, dead or lost
    text: str  # what became of it, without its name


class StoryLane(NamedTuple):
    """A node that had to do with the message."""

    node: str
    kind: str  # producer, queue or consumer
    group: str  # of a consumer, else ""
    guarantee: str  # of a consumer, else ""


class StoryEvent(NamedTuple):
    """One thing that happened to the message, or to a node that had it.

    ``kind`` is packet, step, begun, applied, again, suppressed, lost, crash, restart, pause or
    resume. A packet has a ``target``, an end and a fate: arrives, flying, lost, cut, dropped, down,
    stale or gone. ``part`` of its way it has done.
    """

    seq: int
    at_us: int
    kind: str
    lane: str
    group: str  # whose story this belongs to; "" for everybody's
    text: str
    target: str = ""
    ends_us: int = 0
    fate: str = ""
    part: float = 1.0
    breaks: bool = False  # here the promise of this consumer's guarantee was broken


class Ending(NamedTuple):
    """What became of the message for one group, and what would have saved it."""

    group: str
    guarantee: str
    status: str
    sentence: str


class Story(NamedTuple):
    """The life of one message."""

    message: int
    number: int
    name: str
    produced_us: int
    lanes: tuple[StoryLane, ...]
    events: tuple[StoryEvent, ...]
    endings: tuple[Ending, ...]
    note: str  # what is no longer kept, or ""
