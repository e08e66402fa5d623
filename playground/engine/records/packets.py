"""What happened to a packet between two nodes?"""

from typing import NamedTuple


class PacketSent(NamedTuple):
    """A packet left; ``fate`` already says whether it will arrive: arrives, lost or cut.

    ``number`` is the attempt of a SEND and the delivery count of a DELIVER, else 0. A network copy
    is a PacketSent of its own with ``is_copy``.
    """

    seq: int
    at_us: int
    cause: int
    flight: int
    source: str
    target: str
    packet: str
    message: int
    number: int
    ends_us: int
    fate: str
    is_copy: bool


class PacketDied(NamedTuple):
    """A packet ended without arriving, or arrived where nobody could take it.

    ``reason``: lost, cut, dropped (by a click), down (the node was), stale (an earlier
    incarnation's), gone (the node or the link was removed). ``permille`` of the way was done.
    """

    seq: int
    at_us: int
    cause: int
    flight: int
    source: str
    target: str
    packet: str
    message: int
    reason: str
    permille: int


class PacketRescheduled(NamedTuple):
    """A click delayed a packet that was on its way."""

    seq: int
    at_us: int
    cause: int
    flight: int
    ends_us: int
