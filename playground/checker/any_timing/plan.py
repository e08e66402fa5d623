"""What is known of a script while it is made: its faults, its delays, and whose turn it is?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from playground.checker.any_timing.events import Event, Ident, Way
from playground.checker.any_timing.strikes import when_sent
from playground.checker.trial import Trial
from playground.engine.commands import Command

NO_EVENT = -1
_BY_THEMSELVES = frozenset({"expire", "forget-queue-dedup", "forget-group-dedup"})
"""What the clocks of a scene may do without a fault; in a run they do it when they do it."""

Holds = Literal["arriving", "sent", "all"]
"""Packets that arrive on the path · and those that are left on their way · and all others too."""


class Verb(NamedTuple):
    """One line of the script that is made."""

    at_us: int
    command: Command
    event: int  # the fault of the path that it is; NO_EVENT: it keeps an order


class Manner(NamedTuple):
    """How strictly a path is followed: what can be right for one path is too strict for another."""

    line_of: Callable[[str], str]  # which nodes keep the order of their steps among each other
    holds: Holds  # which packets wait for their turn
    is_patient: bool  # a click waits for all that comes before it, not for its own node only
    outage_us: int | None = None  # of a click's crash; None: as long as the node says


@dataclass(slots=True)
class Plan:
    """The script so far. A *line* is the steps of the path that are done one after the other."""

    trial: Trial
    manner: Manner
    events: tuple[Event, ...]
    known: frozenset[Ident]  # the packets that wait for their turn
    lines: dict[str, list[int]] = field(default_factory=dict)  # indices of events
    faults: dict[int, Verb] = field(default_factory=dict)  # by index of their event
    holds: dict[Ident, int] = field(default_factory=dict)  # how much later each arrives, µs

    def may_hold(self, ident: Ident) -> bool:
        """Whether this packet waits for its turn; a stranger to the path may never have one."""
        return not ident.copy and (self.manner.holds == "all" or ident in self.known)

    def script(self) -> list[Verb]:
        """What is armed and clicked so far."""
        return [*self.faults.values(), *self._delays()]

    def _delays(self) -> Iterator[Verb]:
        for ident, by_us in self.holds.items():
            yield Verb(0, when_sent("delay", ident, by_us), NO_EVENT)


def plan_of(trial: Trial, way: Way, manner: Manner) -> Plan:
    """The beginning: what strikes a packet is armed, everything else waits for its turn."""
    known = way.packets
    if manner.holds == "arriving":
        arriving = [event.packet for event in way.events if event.kind == "arrive"]
        known = frozenset(each for each in arriving if each is not None)
    plan = Plan(trial, manner, way.events, known)
    for index, event in enumerate(way.events):
        if event.kind in ("drop", "duplicate"):
            assert event.packet is not None
            plan.faults[index] = Verb(0, when_sent(event.kind, event.packet), index)
        elif event.is_fault or event.kind not in _BY_THEMSELVES:
            plan.lines.setdefault(manner.line_of(event.node), []).append(index)
    return plan
