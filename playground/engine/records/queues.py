"""What did a queue do with its entries, and whom does it serve?"""

from typing import NamedTuple


class Appended(NamedTuple):
    """The queue took a message as a new entry."""

    seq: int
    at_us: int
    cause: int
    queue: str
    message: int
    offset: int


class Deduplicated(NamedTuple):
    """The queue recognised a repeated SEND and confirmed it without a new entry."""

    seq: int
    at_us: int
    cause: int
    queue: str
    message: int


class Refused(NamedTuple):
    """The queue did not take a SEND; ``reason``: full, out-of-order."""

    seq: int
    at_us: int
    cause: int
    queue: str
    message: int
    reason: str


class Acked(NamedTuple):
    """The queue finished an entry for a group; ``how``: ack, stale, auto, transaction."""

    seq: int
    at_us: int
    cause: int
    queue: str
    group: str
    message: int
    how: str


class StaleAck(NamedTuple):
    """An ack came whose lease had ended, and was refused."""

    seq: int
    at_us: int
    cause: int
    queue: str
    group: str
    message: int


class Requeued(NamedTuple):
    """A delivery ended without ack; ``reason``: lease, nack, disconnect, rebalance, abort."""

    seq: int
    at_us: int
    cause: int
    queue: str
    group: str
    message: int
    reason: str


class Expired(NamedTuple):
    """An entry left the queue unread; ``reason``: retention, overflow."""

    seq: int
    at_us: int
    cause: int
    queue: str
    message: int
    reason: str


class DeadLettered(NamedTuple):
    """A queue gave up on a message for a group; ``target`` took the copy, or nobody did."""

    seq: int
    at_us: int
    cause: int
    queue: str
    group: str
    message: int
    target: str | None


class Disconnected(NamedTuple):
    """The queue noticed that a consumer is gone."""

    seq: int
    at_us: int
    cause: int
    queue: str
    consumer: str


class Connected(NamedTuple):
    """The queue serves a consumer."""

    seq: int
    at_us: int
    cause: int
    queue: str
    consumer: str
