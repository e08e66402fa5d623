"""What is the state of a run, and what may a node's handler ask of it?

Past, present and future: the trace (records), the nodes and links (state), the agenda (a heap of
what is due). Handlers change their own node only; for everything else they call a verb of this
class: send a packet, set a timer, ask the database, write a record.
"""

from collections import deque
from collections.abc import Callable, Mapping
from heapq import heappush
from typing import TYPE_CHECKING, Any

from playground.engine.agenda import ARRIVE, P_SCRIPT, PRIORITY, Due
from playground.engine.chance import PAGE, Chance
from playground.engine.durable import Database
from playground.engine.ledger import DEAD, Ledger
from playground.engine.links import LinkState
from playground.engine.message import (
    NO_LOAD,
    PACKETS,
    Flight,
    Flights,
    LinkKey,
    Load,
    Packet,
    Route,
)
from playground.engine.nodes.node import Node
from playground.engine.parameters import MAX_AGENDA_ITEMS, MAX_FLIGHTS
from playground.engine.records import LimitMet
from playground.engine.records import Lost as LostRecord
from playground.engine.rows import CODES
from playground.engine.sending import open_lane, send_with_events, turn_page
from playground.engine.trace import Trace
from playground.engine.transactions import Transaction

if TYPE_CHECKING:
    from playground.engine.commands import Command

LIMITS_FROM = min(MAX_FLIGHTS, MAX_AGENDA_ITEMS)
"""With fewer things due than this no limit can be met: every flight is one of them."""

Way = Callable[..., bool]
"""The short way of a kind of packet (of its row and load) or of a node's timer (cause and first).

False where it has done nothing, since something is not plain.
"""


class World:
    """The whole state of a run. ``fork`` gives an independent twin."""

    __slots__ = (
        "agenda",
        "block",
        "cause",
        "chance",
        "counts",
        "databases",
        "delivered",
        "forced",
        "is_settling",
        "ledger",
        "lines",
        "links",
        "links_of",
        "next_order",
        "next_seq",
        "next_transaction",
        "nodes",
        "now_us",
        "ordinals",
        "packets",
        "place",
        "priority",
        "script",
        "seed",
        "stopped",
        "tags",
        "takes_express",
        "trace",
        "transactions",
        "waiting_flights",
        "ways",
        "ways_asked",
    )

    def __init__(self, seed: int, chance: Chance) -> None:
        self.seed = seed
        self.chance = chance
        self.now_us = 0
        self.priority = P_SCRIPT
        self.cause = 0
        self.place = ""  # where the step at hand happens: a node, or source>target of a packet
        self.next_seq = 1
        self.next_order = 1
        self.agenda: list[Due] = []
        self.lines: dict[tuple[str, int], deque[Due]] = {}  # see agenda.schedule_in_line
        self.nodes: dict[str, Node] = {}
        self.links: dict[LinkKey, LinkState] = {}
        self.links_of: dict[str, list[LinkKey]] = {}
        self.packets: dict[int, Packet] = {}  # under way, by the seq of their sending
        self.waiting_flights = 0
        self.ordinals: dict[tuple[str, str], list[int]] = {}
        self.databases: dict[str, Database] = {}
        self.next_transaction = 1
        self.transactions: dict[int, Transaction] = {}  # by number: what their packets speak of
        self.forced: dict[str, int] = {}  # see forced.py
        self.ledger = Ledger()
        self.counts: dict[str, list[int]] = {}  # those of ``wire``
        self.delivered = dict.fromkeys(PACKETS, 0)  # not in the counts yet
        self.script: tuple[tuple[int, Command], ...] = ()
        self.is_settling = False
        self.stopped = ""
        # Whether plain cases may go the short way; the result is the same.
        self.takes_express = True
        self.ways: dict[Route | str, Way] = {}  # see express.ways
        self.ways_asked = 0  # for ways that are not there, since the run was taken up
        self.trace = Trace()
        self.block = self.trace.block
        self.tags = self.trace.tags

    # ------------------------------------------------------------------ records and timers

    # A record is written as a row (see ``rows``). What happens to every message is written by
    # whoever did it, without a call; the rest by these two.

    def emit(self, kind: Any, *fields: Any) -> int:
        """Write a record of this kind, and return its ``seq``."""
        self.next_seq = (seq := self.next_seq) + 1
        self.block.append((CODES[kind], seq, self.now_us, self.cause, *fields))
        return seq

    def because(self, kind: Any, *fields: Any) -> int:
        """Write a record that is the cause of what follows in this step."""
        self.next_seq = (seq := self.next_seq) + 1
        self.block.append((CODES[kind], seq, self.now_us, self.cause, *fields))
        self.cause = seq
        return seq

    def schedule(
        self,
        at_us: int,
        kind: int,
        owner: str,
        first: int = 0,
        second: int = 0,
        third: int = 0,
        text: str = "",
    ) -> None:
        """Something falls due at ``at_us`` for this owner."""
        self.next_order = (order := self.next_order) + 1
        what = (self.cause, owner, first, second, third, text)
        heappush(self.agenda, (at_us, PRIORITY[kind], order, kind, what))

    def stop(self, reason: str) -> None:
        """A limit of this program is met: the run ends here, the protocol is not bent."""
        if not self.stopped:
            self.stopped = reason
            self.emit(LimitMet, reason)

    def report_losses(self) -> None:
        """Write down what the ledger has just found lost."""
        losses, self.ledger.on_lost = self.ledger.on_lost, []
        for group, message, reason in losses:
            self.emit(LostRecord, group, message, reason, self.place)

    # ------------------------------------------------------------------ packets

    def send(
        self,
        link: LinkState,
        packet: str,
        message: int,
        number: int,
        load: Load = NO_LOAD,
    ) -> None:
        """A packet leaves. Its fate is drawn now; the ledger counts it as a copy until it ends.

        This is the most frequent thing that happens. A packet to which nothing happens but that it
        arrives is dealt with here, without a further call; any other in ``sending``.
        """
        try:
            lane = link.lanes[packet]
        except KeyError:
            lane = open_lane(self, link, packet)
        ledger, ordinals = self.ledger, lane.ordinals
        try:
            ordinals[message] = ordinal = ordinals[message] + 1
        except IndexError:
            missing = message + 1 - len(ordinals)
            ordinals += [0] * max(missing, len(ordinals) // 8, 64)
            ordinals[message] = ordinal = 1
        latency_us = -1
        if lane.is_paged and not link.armed:
            nth = ledger.number[message]
            if ordinal > 1:
                stem = "" if lane.is_by_number else ledger.producers[ledger.producer[message]]
                latency_us = lane.odds.again_us(stem, nth, ordinal)
            else:
                key = ledger.producer[message] << 32 | nth // PAGE
                page = lane.pages.get(key)
                latency_us = (page or turn_page(self, lane, key))[nth % PAGE]
        if latency_us < 0 or link.cut_request or link.cut_reply:
            send_with_events(self, link, lane, message, number, load, ordinal)
            return
        lane.sent += 1
        if packet == "SEND":
            ledger.upstream[message] += 1
        elif packet == "DELIVER":
            book = ledger.groups.get(link.group)
            if book is not None:
                book.held[message] += 1
                if book.state[message] == DEAD:
                    ledger.back_from_the_dead(book, message)
        now_us = self.now_us
        ends_us = now_us + latency_us
        self.next_seq = (seq := self.next_seq) + 1
        self.next_order = (order := self.next_order) + 1
        row = (lane.code, seq, now_us, self.cause, message, number, ends_us)
        self.block.append(row)
        self.packets[seq] = (row, lane.route, 1.0, load)
        agenda = self.agenda
        heappush(agenda, (ends_us, 0, order, ARRIVE, seq))
        if len(agenda) > LIMITS_FROM:
            self.check_limits()

    def check_limits(self) -> None:
        """Asked only when the agenda is long."""
        if len(self.packets) > MAX_FLIGHTS:
            told = (
                f"{MAX_FLIGHTS} packets are in flight, the most allowed: {self.flights.busiest()}"
            )
            self.stop(f"{told}. Look for a retry, a lease or a wait of next to nothing there")
        if len(self.agenda) > MAX_AGENDA_ITEMS:
            self.stop(f"{MAX_AGENDA_ITEMS} things are due, the most allowed")

    # ------------------------------------------------------------------ who is there

    def link(self, source: str, target: str) -> LinkState | None:
        """The link with this arrow."""
        return self.links.get((source, target))

    @property
    def flights(self) -> Flights:
        """The packets under way, to be looked at, taken away or replaced."""
        return Flights(self.packets)

    @flights.setter
    def flights(self, flights: Mapping[int, Flight]) -> None:
        self.packets = {}
        self.flights.update(flights)

    @property
    def wire(self) -> dict[str, list[int]]:
        """By kind of packet: sent, delivered, dropped, duplicated, discarded."""
        for link in self.links.values():
            link.count()
        for packet, count in self.delivered.items():
            if count:
                self.counts[packet][1] += count
                self.delivered[packet] = 0
        return self.counts

    def is_producer(self, node_id: str) -> bool:
        """Whether this node publishes."""
        return self.nodes[node_id].is_producer

    def database(self, group: str) -> Database:
        """What the group keeps durably; made when it is first asked for."""
        found = self.databases.get(group)
        if found is None:
            found = self.databases[group] = Database()
        return found

    def fork(self) -> "World":
        """An independent twin: rows are shared, containers are copied."""
        twin: World = World.__new__(World)
        for name in World.__slots__:
            value = getattr(self, name)
            kind = type(value)
            setattr(twin, name, value.copy() if kind is list or kind is dict else value)
        twin.nodes = {key: node.fork() for key, node in self.nodes.items()}
        twin.links = {key: link.fork() for key, link in self.links.items()}
        twin.links_of = {key: keys.copy() for key, keys in self.links_of.items()}
        for node in twin.nodes.values():
            if node.link is not None:
                node.link = twin.links[node.link.key]
        twin.ways = {}  # they lead to the other world
        twin.lines = {key: line.copy() for key, line in self.lines.items()}
        twin.ordinals = {key: column[:] for key, column in self.ordinals.items()}
        twin.databases = {key: base.fork() for key, base in self.databases.items()}
        twin.counts = {key: counts.copy() for key, counts in self.counts.items()}
        twin.ledger = self.ledger.fork()
        twin.trace = self.trace.fork()
        twin.block = twin.trace.block
        twin.tags = twin.trace.tags
        return twin
