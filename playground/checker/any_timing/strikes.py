"""With which words of a script does a step of a path strike in a run with clocks?"""

from collections.abc import Mapping
from typing import cast

from playground.checker.any_timing.events import Event, Ident
from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    ArmPause,
    Command,
    CrashNode,
    DeadLetterEntry,
    ExpireEntry,
    ForgetDedup,
    PacketFault,
    PauseNode,
)

PAUSE_US = 1_000_000
"""Of a consumer without a lease."""

Passages = Mapping[tuple[str, str, str], int]
"""Node, point, message -> how often it was passed so far."""


def when_sent(fault: str, ident: Ident, by_us: int | None = None) -> Command:
    """What meets the packet of this name."""
    kind = cast("PacketFault", fault)
    message = ident.message or None
    return ArmPacketFault(kind, ident.source, ident.target, ident.packet, message, by_us, ident.nth)


def when_reached(event: Event, passages: Passages, pauses_us: Mapping[str, int]) -> Command:
    """What breaks this step off, which is about to be done."""
    if event.gate is None:
        node, point, name, nth = event.node, "mid-effect", event.message, 1
    else:
        node, point, name, nth = event.gate
    nth += passages.get((node, point, name), 0)
    if event.pauses:
        return ArmPause(node, point, name or None, nth, pauses_us.get(node, PAUSE_US))
    return ArmCrash(node, point, name or None, nth)


def at_once(
    event: Event, pauses_us: Mapping[str, int], outage_us: int | None = None
) -> Command | None:
    """What a click does at this turn; ``None`` where the step is none of a click."""
    if event.kind == "crash":
        return CrashNode(event.node, outage_us)
    if event.kind == "pause":
        return PauseNode(event.node, pauses_us.get(event.node, PAUSE_US))
    if event.kind == "expire":
        return ExpireEntry(event.node, event.message)
    if event.kind == "dead-letter":
        return DeadLetterEntry(event.node, event.message)
    if event.kind == "forget-queue-dedup":
        return ForgetDedup(event.node, event.message or None)
    if event.kind == "forget-group-dedup":
        return ForgetDedup(event.node)
    return None
