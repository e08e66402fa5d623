"""What exactly is proved? How many messages, how many faults of which kinds, within which limits.

A proof is worth what its bounds say, so they are one frozen value that travels with every verdict
and stands in every certificate.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

FaultKind = Literal[
    "drop",
    "late",
    "duplicate",
    "crash",
    "pause",
    "broker-crash",
    "outage",
    "reorder",
    "cut",
    "expire",
    "dead-letter",
    "forget-queue-dedup",
    "forget-group-dedup",
    "give-up",
]
Property = Literal["loss", "duplicate_effect", "stuck", "out_of_order"]

CATALOGUE: tuple[FaultKind, ...] = ("drop", "late", "duplicate", "crash", "pause", "broker-crash")
"""The faults that can be chosen, in the order in which they are listed."""

WIDER_CATALOGUE: tuple[FaultKind, ...] = (
    *CATALOGUE,
    "outage",
    "reorder",
    "cut",
    "expire",
    "dead-letter",
    "forget-queue-dedup",
    "forget-group-dedup",
    "give-up",
)
"""These and what operators and clocks do; known to the search, not offered as everyday faults."""

DEFAULT_CATALOGUE: tuple[FaultKind, ...] = ("drop", "late", "crash", "pause")
"""Without ``duplicate``: a network of connections does not double packets by itself, retries do.
Without ``broker-crash``: what a queue keeps is a setting of its own, asked for on purpose."""

PROPERTIES: tuple[Property, ...] = ("loss", "duplicate_effect", "stuck", "out_of_order")
DEFAULT_PROPERTIES: tuple[Property, ...] = ("loss", "duplicate_effect", "stuck")

FAULT_WORDS: dict[FaultKind, str] = {
    "drop": "a packet is lost",
    "late": "a packet arrives 1 ms after what its absence triggers: a retry, the end of a lease",
    "duplicate": "a packet arrives twice",
    "crash": "a producer or a consumer crashes right before a step",
    "pause": "a consumer stops right before a step, for its lease and one second",
    "broker-crash": "a queue, a coordinator or a database crashes right before a step",
    "outage": "a queue crashes at any moment",
    "reorder": "a packet is held back, no longer than any timer waits",
    "cut": "a link is cut and heals",
    "expire": "retention takes an entry",
    "dead-letter": "a queue gives up on an entry",
    "forget-queue-dedup": "a queue forgets what it has seen",
    "forget-group-dedup": "a group forgets what it has applied",
    "give-up": "a producer stops trying",
}

MOST_MESSAGES = 10
MOST_FAULTS = 6


class Claim(NamedTuple):
    """One question: can this happen to any message of this group?"""

    group: str
    property: Property


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Everything that limits a proof. The same bounds and the same scene give the same verdicts.

    ``seconds`` is the only limit that depends on the machine: meeting it makes a verdict
    inconclusive, never certified.
    """

    messages: int = 2  # of each producer, the first ones
    faults: int = 2  # at most so many in one run
    catalogue: tuple[FaultKind, ...] = DEFAULT_CATALOGUE
    properties: tuple[Property, ...] = DEFAULT_PROPERTIES
    groups: tuple[str, ...] = ()  # () for every group
    asynchronous: bool = False  # any timing: a timer may fire at any moment, which is no fault then
    every_set: bool = True  # else a claim is settled by the smallest sets that break it
    most_events: int = 5_000  # in one run; more means that it never comes to rest
    most_schedules: int = 200_000  # for one claim's part of the scene
    seconds: float | None = None  # for all of it, on the clock of the wall

    def __post_init__(self) -> None:
        assert 1 <= self.messages <= MOST_MESSAGES, "messages lie between 1 and MOST_MESSAGES"
        assert 0 <= self.faults <= MOST_FAULTS, "faults lie between 0 and MOST_FAULTS"
        assert set(self.catalogue) <= set(WIDER_CATALOGUE), "a fault that nobody knows"
        assert set(self.properties) <= set(PROPERTIES), "a property that nobody knows"
