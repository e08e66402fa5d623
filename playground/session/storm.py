"""What does a storm strike next, when, and for how long?

A storm is a pure source of ordinary wishes in virtual time. Every draw hashes a key that names the
storm and the strike, so the same scenario, seed, strength and beginning meet the same faults at any
speed. Who is hit is the one whose hash is the highest: another node in the scene takes its own
share of the strikes and moves no other.
"""

from collections.abc import Container
from hashlib import blake2b
from math import log1p
from typing import NamedTuple

from playground.engine.commands import ArmPacketFault, Command, CrashNode, CutLink, PauseNode
from playground.engine.commands import Direction as CutDirection
from playground.engine.commands import PacketFault as Fault
from playground.engine.links import LinkState
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.units import US_PER_S
from playground.engine.world import World

MINUTE_US = 60 * US_PER_S


_WITHOUT_ACK = ("auto-ack", "transaction", "two-phase")


class Strength(NamedTuple):
    """How hard it blows."""

    word: str
    faults_a_minute: int


STRENGTHS: tuple[Strength, ...] = (
    Strength("calm", 4),
    Strength("fresh", 10),
    Strength("rough", 30),
    Strength("severe", 80),
    Strength("violent", 200),
)


class Blow(NamedTuple):
    """The wish for a storm; another one takes the place of the one that blows."""

    strength: int  # index in STRENGTHS
    seed: int


class Still(NamedTuple):
    """The wish that no further fault strikes; what is broken stays broken."""


class Storm(NamedTuple):
    """A storm at a moment: what it is, and which of its strikes comes next."""

    strength: int
    seed: int
    begun_us: int
    number: int
    next_us: int

    @property
    def word(self) -> str:
        """The strength in a word."""
        return STRENGTHS[self.strength].word

    @property
    def faults_a_minute(self) -> int:
        """How often it strikes, of virtual time."""
        return STRENGTHS[self.strength].faults_a_minute

    def further(self) -> "Storm":
        """The storm after this strike: gaps are exponential around the mean of the strength."""
        number = self.number + 1
        unit = self._unit(number, "gap")
        gap_us = round(-log1p(-unit) * MINUTE_US / self.faults_a_minute)
        return self._replace(number=number, next_us=self.next_us + max(1, gap_us))

    def past(self, now_us: int) -> "Storm":
        """The storm whose next strike is later than this."""
        storm = self
        while storm.next_us <= now_us:
            storm = storm.further()
        return storm

    def strike(self, world: World, document: Container[str]) -> Command | None:
        """What the strike that is due does to the world as it is; None where all are down.

        ``document`` has the names that a file can speak of; a world may have more.
        """
        targets: dict[str, Node | LinkState] = {
            name: node
            for name, node in world.nodes.items()
            if node.is_up and not node.is_paused and name in document
        }
        for link in world.links.values():
            is_whole = not (link.cut_request or link.cut_reply)
            if is_whole and link.source in document and link.target in document:
                targets[f"{link.source}>{link.target}"] = link
        if not targets:
            return None
        name = max(targets, key=lambda each: self._unit(self.number, each))
        target = targets[name]
        if isinstance(target, LinkState):
            return self._strike_link(world, target)
        return self._strike_node(target)

    def _strike_node(self, node: Node) -> Command:
        if self._unit(self.number, "kind") < 0.6:
            return CrashNode(node.id, self._between_us("for", 500_000, 3_000_000))
        return PauseNode(node.id, self._between_us("for", 500_000, 8_000_000))

    def _strike_link(self, world: World, link: LinkState) -> Command:
        """A cut, or the next packet; one at a time waits for its packet on a link."""
        kinds: list[Fault] = []
        if not link.armed and packets_on(world, link):
            is_stream = link.parameters.transport == "stream"
            kinds = ["delay"] if is_stream else ["drop", "drop", "duplicate", "delay"]
        index = int(self._unit(self.number, "kind") * (len(kinds) + 1))
        if index == len(kinds):
            return self._cut(link)
        packets = packets_on(world, link)
        packet, is_reply = packets[int(self._unit(self.number, "packet") * len(packets))]
        source, target = (link.target, link.source) if is_reply else (link.source, link.target)
        by_us = self._between_us("by", 200_000, 4_000_000) if kinds[index] == "delay" else None
        return ArmPacketFault(kinds[index], source, target, packet, by_us=by_us)

    def _cut(self, link: LinkState) -> Command:
        directions: tuple[CutDirection, ...] = ("both", "both", "request", "reply")
        direction = directions[int(self._unit(self.number, "direction") * len(directions))]
        for_us = self._between_us("for", 300_000, 3_000_000)
        return CutLink(link.source, link.target, direction, for_us)

    def _between_us(self, what: str, least_us: int, most_us: int) -> int:
        """Short ones are more frequent: uniform on a logarithmic scale, whole milliseconds."""
        share = self._unit(self.number, what)
        us: float = least_us * (most_us / least_us) ** share
        return round(us / 1000) * 1000

    def _unit(self, number: int, what: str) -> float:
        """A number in [0, 1), the same for the same strike and the same question."""
        key = f"{self.seed}|{self.word}|{self.begun_us}|{number}|{what}"
        word = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")
        return (word >> 11) * 2.0**-53


def begin(wish: Blow, now_us: int) -> Storm:
    """The storm that begins now; its first strike comes after a first gap."""
    return Storm(wish.strength, wish.seed, now_us, 0, now_us).further()


def packets_on(world: World, link: LinkState) -> list[tuple[str, bool]]:
    """What really travels here, and whether against the arrow."""
    source, target = world.nodes[link.source], world.nodes[link.target]
    if isinstance(source, Producer) and isinstance(target, Queue):
        is_confirmed = source.parameters.publish == "confirmed"
        return [("SEND", False), ("CONFIRM", True)] if is_confirmed else [("SEND", False)]
    if isinstance(source, Queue) and isinstance(target, Consumer):
        has_acks = target.parameters.effective_how not in _WITHOUT_ACK
        return [("DELIVER", False), ("ACK", True)] if has_acks else [("DELIVER", False)]
    return []
