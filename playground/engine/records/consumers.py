"""What became of a delivery in the hands of a consumer?"""

from typing import NamedTuple


class Delivered(NamedTuple):
    """A copy reached a live consumer process; ``number`` counts the group's deliveries of it."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int
    number: int


class Begun(NamedTuple):
    """The consumer's program began on a message."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int


class Applied(NamedTuple):
    """An effect was committed; ``times`` counts the group's effects of this message."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int
    times: int


class Reexecuted(NamedTuple):
    """A set was executed again; it counts no second effect."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int


class Suppressed(NamedTuple):
    """The consumer recognised the message and skipped its effect."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int


class Fenced(NamedTuple):
    """The database refused an effect that carried an older token."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int


class Torn(NamedTuple):
    """A crash left half an effect behind."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int


class HandlerFailed(NamedTuple):
    """The handler raised; the process lives."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int


class SideEffect(NamedTuple):
    """A call was made outside the transaction; ``times`` counts the group's for this message."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int
    times: int
