"""Which sites does a run pass, and which faults could strike there?

A watch sits at every place where something armed could strike and writes down the faults of the
catalogue that make sense there. Several sites may lie inside one event, each is a site of its own.
"""

from collections.abc import Mapping
from typing import Any

from playground.checker.bounds import FaultKind
from playground.checker.lateness import late_by_us
from playground.checker.sites import TO, Fault, Site
from playground.engine.links import ArmedPacketFault, LinkState
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.node import ArmedCrash, Node
from playground.engine.world import World

NOBODY = "\0"
"""The name of a message that there cannot be: what is armed for it never strikes."""

HELD_BACK = 3
"""A reordered packet takes so many further mean latencies."""


def attach(world: World, watch: "Watch") -> None:
    """Have this watch told of every site of the world.

    A place asks only if something is armed there, so something is, for nobody. On a stream no
    single packet comes to grief: there is no site on one.
    """
    for node in world.nodes.values():
        node.watcher = watch
        if not any(each.name == NOBODY for each in node.armed):
            node.armed.append(ArmedCrash("mid-effect", NOBODY))
    for link in world.links.values():
        if link.parameters.transport != "stream":
            link.watcher = watch
            if not any(each.name == NOBODY for each in link.armed):
                link.armed.append(ArmedPacketFault("drop", "", False, NOBODY, 0))


class Watch:
    """Collects the faults that could follow one given fault, in the order of their sites."""

    __slots__ = ("_after", "_catalogue", "_counts", "_pauses_us", "found")

    def __init__(
        self,
        catalogue: frozenset[FaultKind],
        pauses_us: Mapping[str, int],
        after: Fault | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._pauses_us = pauses_us  # consumer -> how long a pause of it lasts
        self._after = after.site if after is not None else None  # None: it has struck
        self._counts: dict[tuple[str, str, str], int] = {}
        self.found: list[Fault] = []

    def reaches(self, node: Node, points: tuple[str, ...], name: str) -> None:
        """A node is about to take a step: it could crash or pause right before it."""
        passes = True
        for point in reversed(points):
            nth = self._passage(node.id, point, name)
            if self._after == (node.id, point, name, nth):
                self._after, passes = None, False
        if not points or self._after is not None or not passes:
            return
        # Points at one place are one site; it has the name of the first.
        is_consumer = isinstance(node, Consumer)
        kind: FaultKind = "crash" if is_consumer or node.is_producer else "broker-crash"
        if kind in self._catalogue:
            self.found.append(Fault(kind, node.id, points[0], name, nth))
        pause_us = self._pauses_us.get(node.id, -1) if is_consumer else -1
        if pause_us >= 0 and "pause" in self._catalogue:
            self.found.append(Fault("pause", node.id, points[0], name, nth, 0, pause_us))

    def leaves(
        self,
        world: World,
        link: LinkState,
        packet: str,
        is_reply: bool,
        message: int,
        latency_us: int,
    ) -> None:
        """A packet leaves: it could be lost, doubled, held back, or come too late."""
        source, target = link.key
        place = f"{target}{TO}{source}" if is_reply else f"{source}{TO}{target}"
        name = world.ledger.name_of(message) if message >= 0 else ""
        nth = self._passage(place, packet, name)
        if self._after is not None:
            if self._after == (place, packet, name, nth):
                self._after = None
            return
        catalogue, site = self._catalogue, (place, packet, name, nth)
        if "drop" in catalogue:
            self.found.append(Fault("drop", *site))
        if "late" in catalogue:
            by_us = late_by_us(world, link, packet, message, latency_us)
            if by_us is not None:
                self.found.append(Fault("late", *site, 0, by_us))
        if "duplicate" in catalogue:
            self.found.append(Fault("duplicate", *site))
        if "reorder" in catalogue:
            held_us = HELD_BACK * link.parameters.latency.mean_us
            self.found.append(Fault("reorder", *site, 0, held_us))

    def _passage(self, place: str, what: str, name: str) -> int:
        key: Any = (place, what, name)
        self._counts[key] = nth = self._counts.get(key, 0) + 1
        return nth

    @property
    def has_struck(self) -> bool:
        """Whether the fault to be followed has been seen."""
        return self._after is None

    def struck_in_time(self) -> None:
        """The fault to be followed had no site: it has struck now."""
        self._after = None

    def passages(self, site: Site) -> int:
        """How often this place has been passed so far, whichever time the site means."""
        return self._counts.get(site[:3], 0)

    def fork(self, after: Fault | None) -> "Watch":
        """A watch that has seen what this one has seen, and waits for this fault."""
        twin = Watch(self._catalogue, self._pauses_us, after)
        twin._counts = self._counts.copy()
        return twin
