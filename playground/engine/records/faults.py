"""What broke, was stopped or waits to strike, and when was it well again?"""

from typing import NamedTuple


class NodeCrashed(NamedTuple):
    """A process died; ``took`` are the messages it held in memory, ``point`` where it was armed."""

    seq: int
    at_us: int
    cause: int
    node: str
    restart_us: int
    point: str
    took: tuple[int, ...]


class NodeRestarted(NamedTuple):
    """A crashed process is up again, without what it remembered."""

    seq: int
    at_us: int
    cause: int
    node: str


class NodePaused(NamedTuple):
    """A process stopped; ``resume_us`` is -1 where nobody knows."""

    seq: int
    at_us: int
    cause: int
    node: str
    resume_us: int


class NodeResumed(NamedTuple):
    """A paused process goes on."""

    seq: int
    at_us: int
    cause: int
    node: str


class LinkCut(NamedTuple):
    """A link passes nothing in this direction; ``heal_us`` is -1 where nobody knows."""

    seq: int
    at_us: int
    cause: int
    source: str
    target: str
    direction: str
    heal_us: int


class LinkHealed(NamedTuple):
    """A link passes packets again."""

    seq: int
    at_us: int
    cause: int
    source: str
    target: str


class FaultArmed(NamedTuple):
    """A fault waits; ``what`` says for what, in words."""

    seq: int
    at_us: int
    cause: int
    place: str
    what: str


class FaultStruck(NamedTuple):
    """An armed fault found its packet."""

    seq: int
    at_us: int
    cause: int
    place: str
    what: str
    message: int


class Disarmed(NamedTuple):
    """Whatever waited at this node was dropped."""

    seq: int
    at_us: int
    cause: int
    node: str


class DedupForgotten(NamedTuple):
    """A dedup memory ran out; ``message`` is -1 for all."""

    seq: int
    at_us: int
    cause: int
    node: str
    message: int
