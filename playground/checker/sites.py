"""Where can a fault strike, and what is such a fault called?

A *site* is named by what happens there, never by when: the n-th SEND of a message on a link, the
n-th time that a node reaches a point of its program with a message. So a fault keeps its name in
every run, can be saved, compared and put into a script.
"""

from typing import NamedTuple

from playground.checker.bounds import FaultKind
from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    ArmPause,
    Command,
    CrashNode,
    CutLink,
    DeadLetterEntry,
    Direction,
    ExpireEntry,
    ForgetDedup,
    PacketFault,
    SetNode,
)
from playground.engine.parameters import Retry
from playground.engine.units import format_us
from playground.scenario.model import ScriptEntry

Key = tuple[str, str, str, str, int, int]
Site = tuple[str, str, str, int]
"""Place, packet or point, message, and the how manieth time."""

TO = "\0"
"""Stands between the two ends of a packet's way; no name of a node can contain it."""

_PACKET_FAULTS: dict[str, PacketFault] = {
    "drop": "drop",
    "duplicate": "duplicate",
    "late": "delay",
    "reorder": "delay",
}
_TIMED = frozenset(
    {"outage", "cut", "expire", "dead-letter", "forget-queue-dedup", "forget-group-dedup"}
)


class Fault(NamedTuple):
    """One fault at one site. Two faults are the same where their keys are."""

    kind: FaultKind
    place: str  # a node, or the way of a packet
    what: str  # a packet, a point, the direction of a cut
    message: str  # its name; "" where the fault means no message
    nth: int  # the how manieth such packet or passage, from 1; 0 where it strikes at a time
    at_us: int = 0  # when it strikes, where it has no site
    by_us: int = 0  # how much later, how long; not part of its name

    @property
    def key(self) -> Key:
        """What it is known by in every run."""
        return self[:6]

    @property
    def site(self) -> Site:
        """Where it strikes."""
        return self[1:5]

    @property
    def is_timed(self) -> bool:
        """Whether it strikes at a time instead of at a site."""
        return self.kind in _TIMED

    def entry(self) -> ScriptEntry:
        """The line of a script that does it."""
        return ScriptEntry(at_us=self.at_us, command=_command(self))

    def words(self) -> str:
        """``drop CONFIRM of shop#1 from orders to shop``, for people."""
        which = f" (number {self.nth})" if self.nth > 1 else ""
        if self.kind in _PACKET_FAULTS:
            source, _, target = self.place.partition(TO)
            delay = f", {format_us(self.by_us)} later" if self.by_us else ""
            return f"{self.kind} {self._packet()} from {source} to {target}{which}{delay}"
        if self.kind in ("crash", "pause", "broker-crash"):
            spell = f" for {format_us(self.by_us)}" if self.by_us else ""
            verb = "pause" if self.kind == "pause" else "crash"
            about = f" with {self.message}" if self.message else ""
            return f"{verb} {self.place} at {self.what}{about}{which}{spell}"
        about = " ".join(each for each in (self.what, self.message) if each)
        return (
            f"{self.kind} {self.place.replace(TO, ' to ')} {about}".rstrip()
            + f" at {format_us(self.at_us)}"
        )

    def _packet(self) -> str:
        return f"{self.what} of {self.message}" if self.message else self.what


def _command(fault: Fault) -> Command:
    kind, place, message = fault.kind, fault.place, fault.message or None
    if kind in _PACKET_FAULTS:
        source, _, target = place.partition(TO)
        verb, by_us = _PACKET_FAULTS[kind], fault.by_us or None
        return ArmPacketFault(verb, source, target, fault.what, message, by_us, fault.nth)
    if kind == "pause":
        return ArmPause(place, fault.what, message, fault.nth, fault.by_us)
    if kind in ("crash", "broker-crash"):
        return ArmCrash(place, fault.what, message, fault.nth)
    if kind == "cut":
        source, _, target = place.partition(TO)
        directions: dict[str, Direction] = {"request": "request", "reply": "reply"}
        return CutLink(
            source, target, directions.get(fault.what.partition(" ")[0], "both"), fault.by_us
        )
    if kind == "outage":
        return CrashNode(place, fault.by_us)
    if kind == "expire":
        return ExpireEntry(place, fault.message)
    if kind == "dead-letter":
        return DeadLetterEntry(place, fault.message)
    if kind == "give-up":
        return SetNode(place, (("retry", Retry(timeout_us=fault.by_us, attempts=1)),))
    assert kind in ("forget-queue-dedup", "forget-group-dedup")
    return ForgetDedup(place)


Schedule = tuple[Fault, ...]
"""Faults in the order in which they strike; the empty one is the run without a fault."""


def keys_of(schedule: Schedule) -> frozenset[Key]:
    """A schedule as a set, to see whether one lies within another."""
    return frozenset(fault.key for fault in schedule)
