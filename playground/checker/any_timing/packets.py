"""What is on its way? Packets without a time, as values that can be compared.

The opening and the closing of a connection travel too: they are packets of their own kind here.
"""

from collections.abc import Callable
from typing import NamedTuple

from playground.checker.any_timing import commit_packets
from playground.checker.any_timing.commit_packets import COMMITS
from playground.checker.any_timing.names import Name, Names, Renaming
from playground.checker.any_timing.rules import NOW_US, Rules
from playground.engine.message import REQUESTS, Flight, Load, Route
from playground.engine.rows import ARRIVES, SENT

Tag = tuple[str, str, int]
"""What somebody may be waiting for: kind, node, number."""

FIRST = 1
"""The id of the packet that a step is about."""


class Packet(NamedTuple):
    """A packet on its way, or a connection that opens or closes."""

    kind: str
    source: str  # of the link, in the direction of its arrow
    target: str
    message: int  # -1 for a connection
    number: int  # SEND, REFUSE: the attempt, where that can matter; of a transaction a verdict
    load: Load
    is_held_up: bool = False  # a DELIVER that waits behind the pause of its consumer

    @property
    def is_connection(self) -> bool:
        """Whether it is no packet of the protocol."""
        return self.kind in ("OPEN", "CLOSE")

    @property
    def is_request(self) -> bool:
        """Whether it travels with the arrow."""
        return self.kind in REQUESTS

    @property
    def goes_to(self) -> str:
        """The node that takes it."""
        return self.target if self.is_request else self.source

    @property
    def comes_from(self) -> str:
        """The node that sent it."""
        return self.source if self.is_request else self.target


def packet_of(flight: Flight, rules: Rules) -> Packet:
    """The packet that this flight is, without what nobody will ask for."""
    kind, (source, target) = flight.packet, flight.link
    if kind in COMMITS:
        load = commit_packets.load_of(kind, flight.load)
        return Packet(kind, source, target, flight.message, flight.number, load)
    number = flight.number if rules.refusals and kind in ("SEND", "REFUSE") else 0
    incarnation, first, second, program, _ = flight.load
    if kind == "SEND":
        incarnation = 0
    return Packet(
        kind, source, target, flight.message, number, (incarnation, first, second, program, 0)
    )


def flight_of(packet: Packet, route: Route) -> Flight:
    """The packet as the engine knows it, about to arrive."""
    row = (SENT + ARRIVES, FIRST, 0, 0, packet.message, packet.number, NOW_US)
    return Flight(row, route, 1.0, packet.load)


def names_of_packet(packet: Packet, rules: Rules) -> Names:
    """The numbers that it mentions."""
    incarnation, first, second, _, _ = packet.load
    if packet.kind in COMMITS:
        return commit_packets.names_of(packet)
    if packet.is_connection:
        return Names(frozenset({Name("incarnation", packet.target, incarnation)}))
    found = set()
    if packet.kind == "SEND":
        if first > 0:
            found.add(Name("session", packet.source, first))
    elif packet.kind not in ("CONFIRM", "REFUSE"):
        found.add(Name("incarnation", packet.target, incarnation))
        found.add(Name("offset", packet.source, first))
        found.add(Name("token", packet.source, second, 0 if rules.fencing else first))
    if packet.number:
        found.add(Name("attempt", f"{packet.source} {packet.message}", packet.number))
    return Names(frozenset(found))


def renamed_packet(packet: Packet, new: Renaming) -> Packet:
    """The same under the new numbers."""
    incarnation, first, second, program, _ = packet.load
    if packet.kind in COMMITS:
        return commit_packets.renamed(packet, new)
    if packet.is_connection:
        incarnation = new["incarnation", packet.target][incarnation]
    elif packet.kind == "SEND":
        if first > 0:
            first = new["session", packet.source][first]
    elif packet.kind not in ("CONFIRM", "REFUSE"):
        incarnation = new["incarnation", packet.target][incarnation]
        first = new["offset", packet.source][first]
        second = new["token", packet.source][second]
    number = packet.number
    if number:
        number = new["attempt", f"{packet.source} {packet.message}"][number]
    return packet._replace(number=number, load=(incarnation, first, second, program, 0))


def tags_of(packet: Packet) -> tuple[Tag, ...]:
    """What this packet is the awaited answer, or the way to it, of.

    One that waits behind a pause is not to be waited for: that is what the pause costs.
    """
    if packet.kind in COMMITS:
        return commit_packets.tags_of(packet)
    incarnation, _, token, _, _ = packet.load
    kind, source, target = packet.kind, packet.source, packet.target
    if kind in ("SEND", "CONFIRM", "REFUSE"):
        return (("publish", source, packet.message),)
    if kind in ("ACK", "NACK"):
        return (("ack", source, token), ("from", target, incarnation))
    if kind == "EXTEND":
        return (("from", target, incarnation),)
    if kind == "DELIVER":
        under_way = () if packet.is_held_up else (("deliver", source, token),)
        return (*under_way, ("to", target, 0))
    if kind == "CLOSE":
        return (("closing", target, 0),)
    if kind in ("ACK_OK", "ACK_FAIL"):
        return (("reply", source, token), ("to", target, 0))
    return ()


def shown(packet: Packet, name_of: Callable[[int], str]) -> str:
    """For a step of a trace: ``ACK of shop#1``."""
    if packet.kind == "OPEN":
        return f"the connection of {packet.target}"
    if packet.kind == "CLOSE":
        return f"the closing of {packet.target}'s connection"
    return f"{packet.kind} of {name_of(packet.message)}"
