"""What came of a proof? One of four words a claim, with the bounds, counts and witnesses behind it.

Plain data throughout: it crosses processes and becomes JSON as it is. A verdict never says more
than was done: a limit met or a cancel is inconclusive, a mechanism that was never seen at work
makes it vacuous.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from playground.checker.bounds import Bounds, Claim

Word = Literal["certified", "counterexample", "inconclusive", "vacuous"]
Method = Literal["these timings", "any timing"]

WITNESSES: tuple[str, ...] = (
    "redelivery",
    "republish",
    "crash",
    "pause",
    "queue dedup",
    "suppressed",
    "re-executed",
    "fenced",
    "applied once",
)
"""What runs are counted by: in how many of them each of these happened."""

EXIT_CODES: dict[Word, int] = {"certified": 0, "counterexample": 1, "inconclusive": 3, "vacuous": 3}


class Level(NamedTuple):
    """How far one number of faults was searched."""

    faults: int
    schedules: int  # how many were run
    of: int  # how many there were; more than were run only where it was stopped
    states: int = 0  # any timing: distinct states met


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultSet:
    """One set of faults that breaks a promise; every part of it alone does not."""

    faults: tuple[str, ...]  # one line a fault, in the order in which they strike
    messages: tuple[str, ...]  # whose promise it breaks
    trace_sha256: str = ""  # of the run that shows it; the same on the canvas
    scenario: str = ""  # that run as a scenario file
    steps: tuple[str, ...] = ()  # any timing: the steps from the beginning to the break
    orders: int = 0  # any timing: the last lines of the script, which only keep an order
    unplayable: str = ""  # any timing: why there is no run of it, in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to one claim."""

    claim: Claim
    word: Word
    reason: str = ""  # one sentence: why inconclusive or vacuous
    faults: int = 0  # certified: the bound reached; counterexample: the size of the smallest set
    schedules: int = 0  # runs examined for this claim
    levels: tuple[Level, ...] = ()
    minimal: tuple[FaultSet, ...] = ()  # smallest first
    witnesses: dict[str, int] = field(default_factory=dict)  # in how many runs each was seen
    states: int = 0  # any timing: distinct states


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """All verdicts about one scene."""

    scenario: str  # its name
    scenario_sha256: str  # of its file's text as it would be saved
    method: Method
    bounds: Bounds
    verdicts: tuple[Verdict, ...]
    left_out: tuple[str, ...] = ()  # what of this scene was not searched, a line each
    seconds: float = 0.0  # how long it took; nothing else in here depends on the machine

    @property
    def exit_code(self) -> int:
        """0 all certified, 1 a counterexample, 3 inconclusive or vacuous."""
        codes = {EXIT_CODES[verdict.word] for verdict in self.verdicts}
        return 1 if 1 in codes else max(codes, default=3)
