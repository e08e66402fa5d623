"""What is the state of a run, and what may a node's handler ask of it?

Past, present and future: the trace (records), the nodes and links (state), the agenda (a heap of
what is due). Handlers change their own node only; for everything else they call a verb of this
class: send a packet, set a timer, ask the database, write a record.
"""

from array import array
from collections import deque
from heapq import heappush
from typing import TYPE_CHECKING, Any

from playground.engine.chance import Chance, Fate
from playground.engine.ledger import Ledger
from playground.engine.links import LinkState
from playground.engine.message import Flight, LinkKey
from playground.engine.nodes.node import AgendaItem, Node
from playground.engine.parameters import MAX_AGENDA_ITEMS, MAX_FLIGHTS
from playground.engine.programs.compile import Program
from playground.engine.records import FaultStruck, LimitMet, Lost, PacketSent
from playground.engine.seen import Seen
from playground.engine.trace import BLOCK, Trace

if TYPE_CHECKING:
    from playground.engine.commands import Command

# What is due, by kind; at equal times the priority decides, then the order of insertion.
ARRIVE, WORK, CLOSE, OPEN = 0, 1, 2, 3
CONFIRM_TIMEOUT, SEND_AGAIN, LEASE, DELAYED, RETENTION, FLUSH = 4, 5, 6, 7, 8, 9
ACK_AGAIN, RENEW, RESTART, RESUME, HEAL, PRODUCE, SCRIPT = 10, 11, 12, 13, 14, 15, 16
P_ARRIVAL, P_STEP, P_TIMER, P_SUBMIT, P_SCRIPT = range(5)
PRIORITY = (0, 1, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 4)

_tuple = tuple.__new__


class Database:
    """What a group's consumers keep outside their processes: applied ids, marks, fences."""

    __slots__ = ("fences", "inbox", "marks")

    def __init__(self) -> None:
        self.marks = Seen()
        self.inbox = Seen()
        self.fences: dict[tuple[int, ...], int] = {}

    def fork(self) -> "Database":
        """An independent copy."""
        twin = Database()
        twin.marks, twin.inbox = self.marks.fork(), self.inbox.fork()
        twin.fences = self.fences.copy()
        return twin


class World:
    """The whole state of a run. ``fork`` gives an independent twin."""

    __slots__ = (
        "agenda",
        "block",
        "cause",
        "chance",
        "databases",
        "flights",
        "is_settling",
        "ledger",
        "lines",
        "links",
        "links_of",
        "next_flight",
        "next_order",
        "next_seq",
        "nodes",
        "now_us",
        "ordinals",
        "place",
        "priority",
        "script",
        "seed",
        "stopped",
        "trace",
        "waiting_flights",
        "wire",
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
        self.next_flight = 1
        self.agenda: list[AgendaItem] = []
        self.lines: dict[tuple[str, int], deque[AgendaItem]] = {}  # see schedule_in_line
        self.nodes: dict[str, Node] = {}
        self.links: dict[LinkKey, LinkState] = {}
        self.links_of: dict[str, list[LinkKey]] = {}
        self.flights: dict[int, Flight] = {}
        self.waiting_flights = 0
        self.ordinals: dict[tuple[str, str], array[int]] = {}
        self.databases: dict[str, Database] = {}
        self.ledger = Ledger()
        # kind -> sent, delivered, dropped, duplicated, discarded
        self.wire: dict[str, list[int]] = {}
        self.script: tuple[tuple[int, Command], ...] = ()
        self.is_settling = False
        self.stopped = ""
        self.trace = Trace()
        self.block = self.trace.block

    # ------------------------------------------------------------------ records and timers

    def emit(self, kind: Any, *fields: Any) -> int:
        """Write a record of this kind, and return its ``seq``."""
        self.next_seq = (seq := self.next_seq) + 1
        block = self.block
        block.append(_tuple(kind, (seq, self.now_us, self.cause) + fields))  # noqa: RUF005, quicker
        if len(block) >= BLOCK:
            self.trace.flush_full()
        return seq

    def because(self, kind: Any, *fields: Any) -> int:
        """Write a record that is the cause of what follows in this step."""
        # The body of emit again: this is the most frequent call of all.
        self.next_seq = (seq := self.next_seq) + 1
        block = self.block
        block.append(_tuple(kind, (seq, self.now_us, self.cause) + fields))  # noqa: RUF005, quicker
        if len(block) >= BLOCK:
            self.trace.flush_full()
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
        order = self.next_order
        self.next_order = order + 1
        heappush(
            self.agenda,
            _tuple(
                AgendaItem,
                (at_us, PRIORITY[kind], order, kind, self.cause, owner, first, second, third, text),
            ),
        )

    def schedule_in_line(
        self, at_us: int, kind: int, owner: str, first: int, second: int, third: int, text: str
    ) -> None:
        """Like ``schedule``, for timers of one length of which most will be void when they are due.

        They fall due in the order in which they were set, so only the first of each line stands in
        the agenda; the next one follows it, and those that are void by then never get there.
        """
        order = self.next_order
        self.next_order = order + 1
        item = _tuple(
            AgendaItem,
            (at_us, PRIORITY[kind], order, kind, self.cause, owner, first, second, third, text),
        )
        line = self.lines.get((owner, kind))
        if line is None:
            line = self.lines[owner, kind] = deque()
        if not line:
            heappush(self.agenda, item)
            line.append(item)
        elif at_us >= line[-1][0]:
            line.append(item)
        else:
            # The length was changed: this one overtakes and stands alone.
            heappush(self.agenda, item)

    def advance_line(self, node: Node | None, item: AgendaItem) -> None:
        """The item leaves the agenda; if it headed a line, the next that still counts follows."""
        line = self.lines.get((item.owner, item.kind))
        if not line or line[0] is not item:
            return
        line.popleft()
        while line and (node is None or node.is_void(line[0])):
            line.popleft()
        if line:
            heappush(self.agenda, line[0])

    def stop(self, reason: str) -> None:
        """A limit of this program is met: the run ends here, the protocol is not bent."""
        if not self.stopped:
            self.stopped = reason
            self.emit(LimitMet, reason)

    def report_losses(self) -> None:
        """Write down what the ledger has just found lost."""
        losses, self.ledger.on_lost = self.ledger.on_lost, []
        for group, message, reason in losses:
            self.emit(Lost, group, message, reason, self.place)

    # ------------------------------------------------------------------ packets

    def send(
        self,
        link: LinkState,
        packet: str,
        is_reply: bool,
        message: int,
        number: int,
        incarnation: int,
        first: int,
        second: int,
        program: Program | None = None,
        born_us: int = 0,
    ) -> None:
        """A packet leaves. Its fate is drawn now; the ledger counts it as a copy until it ends."""
        key = (link.group or link.source, packet)
        column = self.ordinals.get(key)
        if column is None:
            column = self.ordinals[key] = array("i")
        if message >= len(column):
            column.frombytes(bytes(4 * max(message + 1 - len(column), len(column) // 8, 64)))
        ordinal = column[message] + 1
        column[message] = ordinal
        ledger = self.ledger
        fate = self.chance.fate(
            link.parameters, link.storm, is_reply, packet, ledger.name_of(message), ordinal
        )
        if link.armed:
            fate = self._armed_fate(link, packet, is_reply, message, fate)
        wire = self.wire.get(packet)
        if wire is None:
            wire = self.wire[packet] = [0, 0, 0, 0, 0]
        wire[0] += 1
        self._launch(
            link, packet, is_reply, message, number, incarnation, first, second, born_us, program,
            fate, False,
        )  # fmt: skip
        if fate.copy_us >= 0:
            wire[3] += 1
            self._launch(
                link, packet, is_reply, message, number, incarnation, first, second, born_us,
                program, Fate(False, fate.copy_us, 1.0, -1), True,
            )  # fmt: skip

    def _launch(
        self,
        link: LinkState,
        packet: str,
        is_reply: bool,
        message: int,
        number: int,
        incarnation: int,
        first: int,
        second: int,
        born_us: int,
        program: Program | None,
        fate: Fate,
        is_copy: bool,
    ) -> None:
        now_us = self.now_us
        is_lost, latency_us, travel, _ = fate
        ends_us = now_us + latency_us
        word = "lost" if is_lost else "arrives"
        if link.cut_reply if is_reply else link.cut_request:
            # It dies at the gap in the middle, even if the link heals while it travels.
            word, travel, ends_us = "cut", 0.5, now_us + latency_us // 2
        elif link.parameters.transport == "stream":
            if is_reply:
                ends_us = link.last_reply_us = max(ends_us, link.last_reply_us)
            else:
                ends_us = link.last_request_us = max(ends_us, link.last_request_us)
        source, target = link.key
        if is_reply:
            source, target = target, source
        if packet == "SEND":
            self.ledger.upstream[message] += 1
        elif packet == "DELIVER":
            book = self.ledger.groups.get(link.group)
            if book is not None:
                self.ledger.held_again(book, message)
        self.next_flight = (flight := self.next_flight) + 1
        self.next_seq = (seq := self.next_seq) + 1
        block = self.block
        block.append(
            _tuple(
                PacketSent,
                (
                    seq, now_us, self.cause, flight, source, target, packet, message, number,
                    ends_us, word, is_copy,
                ),
            )
        )  # fmt: skip
        if len(block) >= BLOCK:
            self.trace.flush_full()
        self.flights[flight] = _tuple(
            Flight,
            (
                flight, link.key, is_reply, packet, message, number, now_us, ends_us, word,
                travel, link.group, incarnation, first, second, born_us, program, seq, is_copy,
                source, target,
            ),
        )  # fmt: skip
        order = self.next_order
        self.next_order = order + 1
        heappush(
            self.agenda,
            _tuple(AgendaItem, (ends_us, 0, order, ARRIVE, seq, "", flight, 0, 0, "")),
        )
        if len(self.flights) > MAX_FLIGHTS:
            self.stop(f"{MAX_FLIGHTS} packets are in flight, which is as many as are allowed")
        if len(self.agenda) > MAX_AGENDA_ITEMS:
            self.stop(f"{MAX_AGENDA_ITEMS} things are due, which is as many as are allowed")

    def _armed_fate(
        self, link: LinkState, packet: str, is_reply: bool, message: int, fate: Fate
    ) -> Fate:
        fault = link.takes_armed(packet, is_reply, self.ledger.name_of(message))
        if fault is None:
            return fate
        self.emit(FaultStruck, f"{link.source}>{link.target}", f"{fault.fault} {packet}", message)
        if fault.fault == "drop":
            return Fate(True, fate.latency_us // 2, 0.5, -1)
        if fault.fault == "delay":
            return fate._replace(latency_us=fate.latency_us + fault.by_us)
        # A lost one would have died under way: doubled, it goes all the way.
        latency_us = round(fate.latency_us / fate.travel)
        return Fate(False, latency_us, 1.0, latency_us)

    # ------------------------------------------------------------------ who is there

    def link(self, source: str, target: str) -> LinkState | None:
        """The link with this arrow."""
        return self.links.get((source, target))

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
            setattr(twin, name, value.copy() if isinstance(value, dict | list) else value)
        twin.nodes = {key: node.fork() for key, node in self.nodes.items()}
        twin.links = {key: link.fork() for key, link in self.links.items()}
        twin.links_of = {key: keys.copy() for key, keys in self.links_of.items()}
        for node in twin.nodes.values():
            if node.link is not None:
                node.link = twin.links[node.link.key]
        twin.lines = {key: line.copy() for key, line in self.lines.items()}
        twin.ordinals = {key: column[:] for key, column in self.ordinals.items()}
        twin.databases = {key: base.fork() for key, base in self.databases.items()}
        twin.wire = {key: counts.copy() for key, counts in self.wire.items()}
        twin.ledger = self.ledger.fork()
        twin.trace = self.trace.fork()
        twin.block = twin.trace.block
        return twin
