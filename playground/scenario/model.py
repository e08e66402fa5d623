"""What is in a scenario file, once it has been read and found right?

Fields with a ``Help`` are read and written by their annotations, like the parameters of a node.
"""

from dataclasses import dataclass, field
from typing import Annotated

from annotated_types import Interval, MaxLen

from playground.engine.commands import Command
from playground.engine.parameters import LinkParameters, NodeParameters
from playground.engine.units import Duration, Help

FORMAT = 1

Text = Annotated[str, MaxLen(100_000)]
"""A text of several lines; a plain ``str`` is a name."""

GROUP_COUNTERS: tuple[str, ...] = (
    "produced",
    "applied_once",
    "applied_many",
    "in_doubt",
    "dead_lettered",
    "in_flight",
    "lost",
    "deliveries",
    "duplicate_deliveries",
    "effects",
    "duplicate_effects",
    "suppressed",
    "reexecuted",
    "out_of_order",
    "reported",
    "lost_confirmed",
    "lost_silent",
    "torn",
    "fenced",
    "stale_acks",
    "regress",
    "stale_final",
    "nacked",
    "aborted",
    "side_effects",
    "duplicate_side_effects",
    "forced_writes",
)
"""What can be expected of a group: the counters of a run's result that are one number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link from a producer to a queue, or from a queue to a consumer."""

    source: str
    target: str
    parameters: LinkParameters = field(default_factory=LinkParameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptEntry:
    """What a person would click, and when (virtual microseconds)."""

    at_us: int
    command: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a run of this scenario must show: a counter of a group is none, some, or a number."""

    group: str
    counter: str
    claim: str | int

    def holds_for(self, value: int) -> bool:
        """Whether the counter's value keeps the claim."""
        if self.claim == "none":
            return value == 0
        if self.claim == "some":
            return value > 0
        return value == self.claim

    @property
    def text(self) -> str:
        """The claim as it stands in the file: ``lost: none``."""
        return f"{self.counter}: {self.claim}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What the speaker says at a moment, and whether the run waits there."""

    at_us: Annotated[Duration, Help("When it is shown, in virtual time.")]
    say: Annotated[Text, Help("What the speaker says.")]
    pause: Annotated[bool, Help("The run waits here.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A whole scenario file, format 1. A node's id is its key; ``None`` never means "default"."""

    name: Annotated[str, Help("The title; the file's name unless given.")]
    story: Annotated[Text, Help("What happens, in a few sentences.")] = ""
    learn: Annotated[Text, Help("What one learns from it.")] = ""
    watch: Annotated[Text, Help("What to watch for.")] = ""
    try_: Annotated[Text, Help("What to change, and see.")] = ""
    seed: Annotated[
        int, Interval(ge=0, le=10**18 - 1), Help("Same seed and same clicks: same run.")
    ] = 1
    run_for_us: Annotated[Duration, Help("How long a run without a window lasts.")] = 60_000_000
    nodes: dict[str, NodeParameters] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    script: tuple[ScriptEntry, ...] = ()
    expect: tuple[Expectation, ...] = ()
    layout: dict[str, tuple[float, float]] = field(default_factory=dict)
    cues: tuple[Cue, ...] = ()
