"""What was asked of the world as a whole: what changed, what was refused, why did it stop?"""

from typing import NamedTuple


class ParametersSet(NamedTuple):
    """A node or a link has new parameters; ``text`` names them."""

    seq: int
    at_us: int
    cause: int
    place: str
    text: str


class TopologyChanged(NamedTuple):
    """A node or a link joined or left."""

    seq: int
    at_us: int
    cause: int
    what: str
    place: str


class NodeRenamed(NamedTuple):
    """A node goes on under another name."""

    seq: int
    at_us: int
    cause: int
    old: str
    new: str


class Settling(NamedTuple):
    """Faults and producers have stopped; what is on its way goes on."""

    seq: int
    at_us: int
    cause: int


class CommandRejected(NamedTuple):
    """A wish that could not be granted, and why, in one sentence."""

    seq: int
    at_us: int
    cause: int
    command: str
    reason: str


class LimitMet(NamedTuple):
    """The run stopped at a limit of this program, not of the protocol."""

    seq: int
    at_us: int
    cause: int
    reason: str
