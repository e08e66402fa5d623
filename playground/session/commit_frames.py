"""What does the window need to draw those who commit, and what that costs?

Parts of a frame, as immutable as the whole; all times are virtual microseconds.
"""

from typing import NamedTuple


class OpenTransaction(NamedTuple):
    """A row of a coordinator's log that is not over."""

    number: int  # of the transaction
    message: int  # ledger row
    message_number: int  # the n of producer#n
    consumer: str
    state: str  # "begun", "preparing", "committing" or "aborting"
    since_us: int
    until_us: int | None  # when an undecided one is aborted
    waits_for: tuple[str, ...]  # who has not voted, or not obeyed yet


class CoordinatorView(NamedTuple):
    """A coordinator card."""

    id: str
    is_up: bool
    is_paused: bool
    paused_us: int
    restarts_us: int | None
    crashed_us: int
    log: str  # "sync" or "memory"
    open: tuple[OpenTransaction, ...]  # oldest first, at most 3
    open_total: int
    committed: int
    aborted: int
    armed: tuple[str, ...]
    is_connected: bool


class Prepared(NamedTuple):
    """An effect that a group's database has promised to keep or to undo, as it will be told."""

    number: int  # the n of producer#n
    since_us: int


class DatabaseView(NamedTuple):
    """The part of the database that commits in two phases for one group: a process of its own."""

    id: str
    group: str
    is_up: bool
    is_paused: bool
    paused_us: int
    restarts_us: int | None
    crashed_us: int
    tentative: int  # effects that were not prepared yet
    prepared: tuple[Prepared, ...]  # oldest first
    armed: tuple[str, ...]
    is_connected: bool


class Price(NamedTuple):
    """What a group's guarantee has cost so far; a mean is None where nothing was counted."""

    group: str
    guarantee: str
    how: str
    applied: int  # messages with an effect
    packets: int  # sent on the links that serve it, its producers' included
    forced: int  # writes that somebody waited for
    producer_us: float | None  # from produced to confirmed
    consumer_us: float | None  # for the answers of a coordinator, a message
    reader_us: float | None  # committed output behind an older open transaction
    latency_us: float | None  # from produced to the first effect
