"""What is each packet of a run called, and how often has each point of a program been passed?"""

from playground.checker.any_timing.events import Ident, Key
from playground.engine.links import LinkState
from playground.engine.nodes.node import ArmedCrash, Node
from playground.engine.world import World

NOBODY = "\0"
"""No message is called like this: armed for it, every place asks."""


class Sightings:
    """Names every packet of one run as it leaves; watches the points of all nodes."""

    def __init__(self, world: World) -> None:
        self.names: dict[int, Ident] = {}  # by flight, in the order of sending
        self.times_us: dict[int, tuple[int, int]] = {}  # when it left, when it is due
        self.passages: dict[tuple[str, str, str], int] = {}
        self._sent: dict[Key, int] = {}
        self._last = 0
        for node in world.nodes.values():
            node.watcher = self
            node.armed.append(ArmedCrash("mid-effect", NOBODY))

    def look(self, world: World) -> None:
        """Name what has left since the last look."""
        name_of = world.ledger.name_of
        if world.next_seq - 1 <= self._last:
            return
        for number in sorted(each for each in world.flights if each > self._last):
            flight = world.flights[number]
            message = name_of(flight.message) if flight.message >= 0 else ""
            key = (flight.source, flight.target, flight.packet, message)
            if flight.is_copy:
                nth = self._sent.get(key, 0)
                ident = Ident(*key, nth, 1)
            else:
                nth = self._sent[key] = self._sent.get(key, 0) + 1
                ident = Ident(*key, nth)
            self.names[number] = ident
            self.times_us[number] = (flight.sent_us, flight.ends_us)
        self._last = world.next_seq - 1

    def reaches(self, node: Node, points: tuple[str, ...], name: str) -> None:
        """A node is about to take a step."""
        for point in points:
            key = (node.id, point, name)
            self.passages[key] = self.passages.get(key, 0) + 1

    def leaves(
        self, world: World, link: LinkState, packet: str, is_reply: bool, message: int,
        latency_us: int,
    ) -> None:  # fmt: skip
        """Links are not watched."""
