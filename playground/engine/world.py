"""What is the state of a run, and what may a node's handler ask of it?

Past, present and future: the trace (records), the nodes and links (state), the agenda (a heap of
what is due). Handlers change their own node only; for everything else they call a verb of this
class: send a packet, set a timer, ask the database, write a record.
"""

from array import array
from collections import deque
from collections.abc import Callable, Mapping
from heapq import heapify, heappush
from typing import TYPE_CHECKING, Any

from playground.engine.chance import MOST_PAGES, PAGE, Chance, Drawn, KeyedOdds
from playground.engine.ledger import DEAD, Ledger
from playground.engine.links import Lane, LinkState
from playground.engine.message import (
    NO_LOAD,
    PACKETS,
    PERSONAL,
    REQUESTS,
    Flight,
    Flights,
    LinkKey,
    Load,
    Packet,
    Route,
)
from playground.engine.nodes.node import AgendaItem, Due, Node, item_of
from playground.engine.parameters import MAX_AGENDA_ITEMS, MAX_FLIGHTS
from playground.engine.records import FaultStruck, LimitMet
from playground.engine.records import Lost as LostRecord
from playground.engine.rows import ARRIVES, CODES, CUT, FATES_EACH, LOST, SENT, Row
from playground.engine.seen import Seen
from playground.engine.trace import Trace
from playground.engine.transactions import Transaction

if TYPE_CHECKING:
    from playground.engine.commands import Command

# What is due, by kind; at equal times the priority decides, then the order of insertion.
ARRIVE, WORK, CLOSE, OPEN = 0, 1, 2, 3
CONFIRM_TIMEOUT, SEND_AGAIN, LEASE, DELAYED, RETENTION, FLUSH = 4, 5, 6, 7, 8, 9
ACK_AGAIN, RENEW, RESTART, RESUME, HEAL, PRODUCE, SCRIPT = 10, 11, 12, 13, 14, 15, 16
TXN_TIMEOUT, RESEND, INQUIRE, ASK, HEURISTIC = 17, 18, 19, 20, 21
P_ARRIVAL, P_STEP, P_TIMER, P_SUBMIT, P_SCRIPT = range(5)
PRIORITY = (0, 1, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 2, 2, 2, 2, 2)

LIMITS_FROM = min(MAX_FLIGHTS, MAX_AGENDA_ITEMS)
"""With fewer things due than this no limit can be met: every flight is one of them."""

Way = Callable[..., bool]
"""The short way of a kind of packet (of its row and load) or of a node's timer (cause and first).

False where it has done nothing, since something is not plain.
"""


class Database:
    """What a group's consumers keep outside their processes: applied ids, marks, fences."""

    __slots__ = ("fences", "inbox", "marks", "message_fences")

    def __init__(self) -> None:
        self.marks = Seen()
        self.inbox = Seen()
        self.fences: dict[tuple[int, int], int] = {}  # by key: the highest token that wrote
        self.message_fences = array("q")  # competing: by message

    def passes_message(self, message: int, token: int) -> bool:
        """The fence before one message; it rises to the token that passes."""
        fences = self.message_fences
        missing = message + 1 - len(fences)
        if missing > 0:
            fences.frombytes(bytes(8 * max(missing, len(fences) // 8, 64)))
        if token < fences[message]:
            return False
        fences[message] = token
        return True

    def fork(self) -> "Database":
        """An independent copy."""
        twin = Database()
        twin.marks, twin.inbox = self.marks.fork(), self.inbox.fork()
        twin.fences, twin.message_fences = self.fences.copy(), self.message_fences[:]
        return twin


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
        self.lines: dict[tuple[str, int], deque[Due]] = {}  # see schedule_in_line
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

    def schedule_in_line(
        self, at_us: int, kind: int, owner: str, first: int, second: int, third: int, text: str
    ) -> None:
        """Like ``schedule``, for timers of one length of which most will be void when they are due.

        They fall due in the order in which they were set, so only the first of each line stands in
        the agenda; the next one follows it, and those that are void by then never get there.
        """
        self.next_order = (order := self.next_order) + 1
        self.put_in_line((at_us, 2, order, kind, (self.cause, owner, first, second, third, text)))

    def put_in_line(self, item: Due) -> None:
        """It stands behind those of its owner and kind, or heads them."""
        key = (item[4][1], item[3])
        line = self.lines.get(key)
        if line is None:
            line = self.lines[key] = deque()
        if not line:
            heappush(self.agenda, item)
            line.append(item)
        elif item[0] >= line[-1][0]:
            line.append(item)
        else:
            # The length was changed: this one overtakes and stands alone.
            heappush(self.agenda, item)

    def advance_line(self, node: Node | None, item: Due) -> None:
        """The item leaves the agenda; if it headed a line, the next that still counts follows."""
        line = self.lines.get((item[4][1], item[3]))
        if not line or line[0] is not item:
            return
        line.popleft()
        if node is None:
            line.clear()
            return
        node.drop_void(line)
        if line:
            heappush(self.agenda, line[0])

    def strike(self, is_void: Callable[[AgendaItem], bool]) -> None:
        """Take timers from the agenda; packets stay."""
        self.agenda[:] = [
            due for due in self.agenda if due[3] == ARRIVE or not is_void(item_of(due))
        ]
        heapify(self.agenda)

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
        arrives is dealt with here, without a further call; any other in ``_send_with_events``.
        """
        try:
            lane = link.lanes[packet]
        except KeyError:
            lane = self._open_lane(link, packet)
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
                latency_us = (page or self._turn_page(lane, key))[nth % PAGE]
        if latency_us < 0 or link.cut_request or link.cut_reply:
            self._send_with_events(link, lane, message, number, load, ordinal)
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
            self._check_limits()

    def _send_with_events(
        self, link: LinkState, lane: Lane, message: int, number: int, load: Load, ordinal: int
    ) -> None:
        """A packet leaves of which not everything stands on a page, or to which more happens."""
        ledger, route, odds = self.ledger, lane.route, lane.odds
        nth = ledger.number[message]
        stem = "" if lane.is_by_number else ledger.producers[ledger.producer[message]]
        if type(odds) is KeyedOdds:
            fate = odds.draw_of(stem, nth, ordinal)
        else:
            fate = odds.draw(f"{stem}#{nth}", ordinal)
        if link.armed:
            fate = self._armed_fate(link, route, message, fate)
        is_lost, latency_us, travel, copy_us = fate
        lane.sent += 1
        is_copy = False
        while True:
            ends_us = self.now_us + latency_us
            word = LOST if is_lost else ARRIVES
            if lane.is_stream or link.cut_request or link.cut_reply:
                ends_us, word, travel = self._held_up(link, route, ends_us, word, travel)
            if route.packet == "SEND":
                ledger.upstream[message] += 1
            elif route.packet == "DELIVER":
                book = ledger.groups.get(route.group)
                if book is not None:
                    ledger.held_again(book, message)
            row = self.write_sending(route, message, number, ends_us, word + is_copy)
            self.packets[row[1]] = (row, route, travel, load)
            self.next_order = (order := self.next_order) + 1
            heappush(self.agenda, (ends_us, 0, order, ARRIVE, row[1]))
            if copy_us < 0:
                break
            # A network copy has a latency of its own and is never lost.
            lane.wire[3] += 1
            link.note_copy()
            is_lost, latency_us, travel, copy_us, is_copy = False, copy_us, 1.0, -1, True
        if len(self.agenda) > LIMITS_FROM:
            self._check_limits()

    def write_sending(
        self, route: Route, message: int, number: int, ends_us: int, fate: int
    ) -> Row:
        """The record of a packet that leaves; its flight leans on it."""
        self.next_seq = (seq := self.next_seq) + 1
        tag = self.tags[route.source, route.target, route.packet]
        code = SENT + FATES_EACH * tag + fate
        row = (code, seq, self.now_us, self.cause, message, number, ends_us)
        self.block.append(row)
        return row

    def _turn_page(self, lane: Lane, key: int) -> list[int]:
        """The latencies of the messages that come next on this lane."""
        odds, pages = lane.odds, lane.pages
        assert isinstance(odds, KeyedOdds)
        stem = "" if lane.is_by_number else self.ledger.producers[key >> 32]
        if len(pages) >= MOST_PAGES:
            pages.clear()
        page = pages[key] = odds.page(stem, key & 0xFFFF_FFFF)
        return page

    def _check_limits(self) -> None:
        """Asked only when the agenda is long."""
        if len(self.packets) > MAX_FLIGHTS:
            self.stop(f"{MAX_FLIGHTS} packets are in flight, which is as many as are allowed")
        if len(self.agenda) > MAX_AGENDA_ITEMS:
            self.stop(f"{MAX_AGENDA_ITEMS} things are due, which is as many as are allowed")

    def schedule_arrival(self, flight: Flight) -> None:
        """A packet that was touched while it travels ends at another time, and only then."""
        self.agenda[:] = [due for due in self.agenda if due[3] != ARRIVE or due[4] != flight.id]
        heapify(self.agenda)
        self.next_order = (order := self.next_order) + 1
        heappush(self.agenda, (flight.ends_us, 0, order, ARRIVE, flight.id))

    def _open_lane(self, link: LinkState, packet: str) -> Lane:
        """The first packet of this kind on this link since its weather was set."""
        is_reply = packet not in REQUESTS
        source, target = link.key
        if is_reply:
            source, target = target, source
        key = (link.group or link.source, packet)
        odds = self.chance.odds(link.parameters, link.storm, is_reply, packet)
        is_stream = link.parameters.transport == "stream"
        lane = link.lanes[packet] = Lane(
            Route(link.key, is_reply, packet, link.group, source, target,
                  packet in PERSONAL),
            odds,
            type(odds) is KeyedOdds and not is_stream,
            {},
            SENT + FATES_EACH * self.tags[source, target, packet] + ARRIVES,
            self.ordinals.setdefault(key, []),
            self.counts.setdefault(packet, [0, 0, 0, 0, 0]),
            0,
            is_stream,
            link.parameters.storm is not None,
        )  # fmt: skip
        return lane

    def _held_up(
        self, link: LinkState, route: Route, ends_us: int, word: int, travel: float
    ) -> tuple[int, int, float]:
        """A cut ends it in the middle; on a stream it stays behind what left before it."""
        if link.cut_reply if route.is_reply else link.cut_request:
            # It dies at the gap, even if the link heals while it travels.
            return self.now_us + (ends_us - self.now_us) // 2, CUT, 0.5
        if link.parameters.transport == "stream":
            if route.is_reply:
                ends_us = link.last_reply_us = max(ends_us, link.last_reply_us)
            else:
                ends_us = link.last_request_us = max(ends_us, link.last_request_us)
        return ends_us, word, travel

    def _armed_fate(self, link: LinkState, route: Route, message: int, fate: Drawn) -> Drawn:
        if link.watcher is not None:
            link.watcher.leaves(self, link, route.packet, route.is_reply, message, fate[1])
        name = self.ledger.name_of(message)
        fault = link.takes_armed(route.packet, route.is_reply, name)
        if fault is None:
            return fate
        place = f"{link.source}>{link.target}"
        self.emit(FaultStruck, place, f"{fault.fault} {route.packet}", message)
        is_lost, latency_us, travel, copy_us = fate
        if fault.fault == "drop":
            return True, latency_us // 2, 0.5, -1
        if fault.fault == "delay":
            return is_lost, latency_us + fault.by_us, travel, copy_us
        # A lost one would have died under way: doubled, it goes all the way.
        latency_us = round(latency_us / travel)
        return False, latency_us, 1.0, latency_us

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
