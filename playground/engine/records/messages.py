"""How does a message begin, and how does it end for the one who sent it and for a group?"""

from typing import NamedTuple


class Produced(NamedTuple):
    """The application submitted a message."""

    seq: int
    at_us: int
    cause: int
    producer: str
    message: int


class Confirmed(NamedTuple):
    """The producer learned that the queue has the message."""

    seq: int
    at_us: int
    cause: int
    producer: str
    message: int


class GaveUp(NamedTuple):
    """The producer stopped trying; the outcome is unknown to it."""

    seq: int
    at_us: int
    cause: int
    producer: str
    message: int
    reason: str


class Forgotten(NamedTuple):
    """The producer's crash took a message that was only in its memory."""

    seq: int
    at_us: int
    cause: int
    producer: str
    message: int


class Lost(NamedTuple):
    """The last copy died before any effect; ``reason`` is a key of ``lost_by_cause``."""

    seq: int
    at_us: int
    cause: int
    group: str
    message: int
    reason: str
    place: str
