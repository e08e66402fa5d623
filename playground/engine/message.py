"""What travels? A flight: one packet on one link, with the fate it met when it left."""

from collections import Counter
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass

from playground.engine.programs.compile import Program
from playground.engine.rows import FATES, FATES_EACH, Row

LinkKey = tuple[str, str]
"""A link's ends in the direction of its arrow."""

PACKETS: tuple[str, ...] = (
    "SEND",
    "CONFIRM",
    "REFUSE",
    "DELIVER",
    "ACK",
    "NACK",
    "EXTEND",
    "ACK_OK",
    "ACK_FAIL",
    # of transactions
    "INIT_PID",
    "PID_OK",
    "ADD_PARTITIONS",
    "ADD_OK",
    "TXN_SEND",
    "TXN_OFFSETS",
    "TXN_OK",
    "TXN_FAIL",
    "END_TXN",
    "END_OK",
    "END_FAIL",
    "MARKER",
    "MARKER_OK",
    # of two-phase commit
    "REQ",
    "REQ_OK",
    "PREPARE",
    "VOTE",
    "DECIDE",
    "DECIDED",
    "INQUIRE",
)
REQUESTS: tuple[str, ...] = (
    "SEND",
    "DELIVER",
    "ACK_OK",
    "ACK_FAIL",
    "TXN_OK",
    "TXN_FAIL",
    "INIT_PID",
    "ADD_PARTITIONS",
    "END_TXN",
    "REQ",
    "MARKER",
    "PREPARE",
    "DECIDE",
)
"""The packets that travel with the arrow."""

PERSONAL: frozenset[str] = frozenset(
    ("DELIVER", "ACK_OK", "ACK_FAIL", "TXN_OK", "TXN_FAIL", "PID_OK", "ADD_OK", "END_OK",
     "END_FAIL", "REQ_OK")
)  # fmt: skip
"""The packets to a consumer: meant for one incarnation of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """One kind of packet on one link: what all its flights have in common.

    Each is equal to itself alone, so that looking one up costs no hash of its seven fields.
    """

    link: LinkKey
    is_reply: bool
    packet: str
    group: str  # "" on a producer's link
    source: str
    target: str
    is_personal: bool  # meant for one incarnation of its target; a later one discards it


Load = tuple[int, int, int, Program | None, int]
"""What a packet carries, handed on as it is from a DELIVER to its ACK:

the incarnation of the consumer it belongs to, or of the sender where it sends; the session of a
SEND or the offset; the sequence of a SEND or the token; of a DELIVER what the queue took the
consumer for, and when its entry was appended; of a transaction's packets its number (PID_OK: the
epoch) in the last place.
"""
NO_LOAD: Load = (0, 0, 0, None, 0)

SEQ, MESSAGE, NUMBER, ENDS_US = 1, 4, 5, 6  # places in the row of a PacketSent


Packet = tuple[Row, Route, float, Load]
"""A packet under way as the world keeps it: a bare tuple, since four are made for a message.

It leans on the row of its record, so that next to nothing is stored twice. The float is the part
of the way that it covers: 1, or where it dies.
"""


class Flight:
    """One packet under way, with names for whoever reads it. Never rewritten."""

    __slots__ = ("load", "route", "row", "travel")

    def __init__(self, row: Row, route: Route, travel: float, load: Load) -> None:
        self.row = row
        self.route = route
        self.travel = travel  # how far it comes
        self.load = load

    @property
    def id(self) -> int:
        """The number of the record of its sending."""
        return int(self.row[1])

    @property
    def seq(self) -> int:
        """The record of its sending."""
        return int(self.row[1])

    @property
    def sent_us(self) -> int:
        """When it left."""
        return int(self.row[2])

    @property
    def ends_us(self) -> int:
        """When it arrives or dies."""
        return int(self.row[ENDS_US])

    @property
    def message(self) -> int:
        """Its row in the ledger."""
        return int(self.row[MESSAGE])

    @property
    def number(self) -> int:
        """The attempt of a SEND, the delivery count of a DELIVER."""
        return int(self.row[NUMBER])

    @property
    def fate(self) -> str:
        """arrives, lost or cut."""
        return FATES[self.row[0] % FATES_EACH >> 1]

    @property
    def is_copy(self) -> bool:
        """Whether the network made it."""
        return bool(self.row[0] & 1)

    @property
    def incarnation(self) -> int:
        """Of the consumer it belongs to; of the sender where it sends."""
        return self.load[0]

    @property
    def first(self) -> int:
        """SEND: session · consumer packets: offset."""
        return self.load[1]

    @property
    def second(self) -> int:
        """SEND: sequence · consumer packets: token."""
        return self.load[2]

    @property
    def link(self) -> LinkKey:
        """The link that it travels on."""
        return self.route.link

    @property
    def is_reply(self) -> bool:
        """Whether it travels against the arrow."""
        return self.route.is_reply

    @property
    def packet(self) -> str:
        """Its kind."""
        return self.route.packet

    @property
    def group(self) -> str:
        """Whose consumer is at the end of its link; "" on a producer's link."""
        return self.route.group

    @property
    def source(self) -> str:
        """Who sent it."""
        return self.route.source

    @property
    def target(self) -> str:
        """Who will get it."""
        return self.route.target

    def delayed(self, ends_us: int) -> "Flight":
        """The same packet, ending at another time."""
        row = (*self.row[:ENDS_US], ends_us, *self.row[ENDS_US + 1 :])
        return Flight(row, self.route, self.travel, self.load)

    def on_route(self, route: Route) -> "Flight":
        """The same packet where its ends have got other names."""
        return Flight(self.row, route, self.travel, self.load)


class Flights(MutableMapping[int, Flight]):
    """The packets under way by the number of their sending, with names, in that order."""

    __slots__ = ("_packets",)

    def __init__(self, packets: dict[int, Packet]) -> None:
        self._packets = packets

    def __getitem__(self, flight: int) -> Flight:
        return Flight(*self._packets[flight])

    def __setitem__(self, flight: int, packet: Flight) -> None:
        self._packets[flight] = (packet.row, packet.route, packet.travel, packet.load)

    def __delitem__(self, flight: int) -> None:
        del self._packets[flight]

    def __iter__(self) -> Iterator[int]:
        return iter(self._packets)

    def __len__(self) -> int:
        return len(self._packets)

    def busiest(self) -> str:
        """What most of them are, from where to where; ties go to the first in the alphabet."""
        ways = Counter(
            f"{route.packet} from {route.source} to {route.target}"
            for _, route, _, _ in self._packets.values()
        )
        way, _ = min(ways.items(), key=lambda each: (-each[1], each[0]))
        return f"most of them {way}"
