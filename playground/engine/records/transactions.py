"""How far did a transaction get: begun, pending at its places, decided, ended?"""

from typing import NamedTuple


class TransactionBegun(NamedTuple):
    """A coordinator knows of a transaction: its first partition was added, or its votes asked."""

    seq: int
    at_us: int
    cause: int
    coordinator: str
    consumer: str
    message: int
    number: int


class EpochBegun(NamedTuple):
    """A transactional id has a new epoch; whoever still has an older one is fenced."""

    seq: int
    at_us: int
    cause: int
    coordinator: str
    consumer: str
    epoch: int


class BranchPending(NamedTuple):
    """A participant keeps its part; ``what``: output, offset, prepared."""

    seq: int
    at_us: int
    cause: int
    place: str
    group: str
    message: int
    number: int
    what: str


class TransactionDecided(NamedTuple):
    """The coordinator has logged its verdict; ``verdict``: commit, abort.

    ``reason`` of an abort: asked, timeout, fenced, vote, removed, unknown.
    """

    seq: int
    at_us: int
    cause: int
    coordinator: str
    consumer: str
    message: int
    number: int
    verdict: str
    reason: str


class BranchCommitted(NamedTuple):
    """A participant has made its part final."""

    seq: int
    at_us: int
    cause: int
    place: str
    group: str
    message: int
    number: int


class BranchAborted(NamedTuple):
    """A participant has undone its part; ``reason``: abort, heuristic, crash."""

    seq: int
    at_us: int
    cause: int
    place: str
    group: str
    message: int
    number: int
    reason: str


class TransactionEnded(NamedTuple):
    """Every participant has answered; ``verdict``: commit, abort."""

    seq: int
    at_us: int
    cause: int
    coordinator: str
    message: int
    number: int
    verdict: str


class TransactionFenced(NamedTuple):
    """A part or a commit was refused: an older epoch, an ended transaction or a stale token."""

    seq: int
    at_us: int
    cause: int
    place: str
    consumer: str
    message: int
    number: int
    reason: str


class OutcomeKnown(NamedTuple):
    """The consumer has learned what became of its transaction; ``verdict``: commit, abort."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int
    number: int
    verdict: str


class OutputVisible(NamedTuple):
    """A committed output can be read; it waited this long behind an older open transaction."""

    seq: int
    at_us: int
    cause: int
    queue: str
    group: str
    message: int
    waited_us: int
