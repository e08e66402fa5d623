"""What is the state of a link: its weather, its cuts, what is armed on it, what it has carried?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from playground.engine.message import LinkKey, Route
from playground.engine.parameters import LinkParameters

if TYPE_CHECKING:
    from playground.engine.nodes.node import Watcher


class ArmedPacketFault(NamedTuple):
    """The next packet of this kind on its way meets this fault."""

    fault: str  # drop, duplicate, delay
    packet: str
    is_reply: bool
    name: str  # of the message; "": any
    by_us: int
    nth: int = 1  # the how manieth of these packets, counted down


class HeldConnection(NamedTuple):
    """The opening or closing of a connection that a cut holds back until it heals."""

    kind: int
    queue: str
    consumer: str
    incarnation: int


@dataclass(slots=True)
class Lane:
    """What a world looks up to send one kind of packet on one link, found once and kept."""

    route: Route
    odds: Any  # Odds; where it is paged, KeyedOdds
    is_paged: bool  # the first packets' latencies are found on pages; else the odds are asked
    pages: dict[int, list[int]]  # those of KeyedOdds, by producer << 32 | block
    code: int  # of its rows, if the packet arrives
    ordinals: list[int]  # the world's column: how many of this kind each message has had
    wire: list[int]  # the world's counters of this kind
    sent: int  # not in the counters yet: see LinkState.count
    is_stream: bool
    is_by_number: bool  # in a storm with a name, messages are known by their number alone


class LinkState:
    """A link in a running world. Requests travel with the arrow, replies against it."""

    __slots__ = (
        "_sent",
        "armed",
        "cut_reply",
        "cut_request",
        "cut_us",
        "group",
        "heals_us",
        "held_connections",
        "key",
        "lanes",
        "last_reply_us",
        "last_request_us",
        "outage",
        "parameters",
        "source",
        "storm",
        "target",
        "watcher",
    )

    def __init__(self, source: str, target: str, parameters: LinkParameters, group: str) -> None:
        self.key: LinkKey = (source, target)
        self.source = source
        self.target = target
        self.group = group  # of the consumer at its end, "" on a producer's link
        self.cut_request = False
        self.cut_reply = False
        self.cut_us = -1
        self.heals_us: int | None = None
        self.outage = 0
        self._sent = 0
        self.lanes: dict[str, Lane] = {}
        self.armed: list[ArmedPacketFault] = []
        self.watcher: Watcher | None = None
        self.held_connections: list[HeldConnection] = []
        self.last_request_us = 0  # on a stream nothing overtakes
        self.last_reply_us = 0
        self.set(parameters)

    def set(self, parameters: LinkParameters) -> None:
        """New weather, for packets sent from now on."""
        self.count()
        self.lanes = {}  # by packet; whoever changes a name or a weather sets it
        self.parameters = parameters
        self.storm = parameters.storm or f"{self.source}→{self.target}"

    def count(self) -> None:
        """Enter what the lanes have sent into the books: one addition a packet instead of three."""
        for lane in self.lanes.values():
            lane.wire[0] += lane.sent
            self._sent += lane.sent
            lane.sent = 0

    @property
    def sent(self) -> int:
        """Packets of every kind and both directions, network copies included."""
        self.count()
        return self._sent

    def note_copy(self) -> None:
        """The network made one."""
        self._sent += 1

    @property
    def is_cut(self) -> bool:
        """Whether at least one direction passes nothing."""
        return self.cut_request or self.cut_reply

    @property
    def breaks_connection(self) -> bool:
        """A cut stream is noticed at both ends; on datagrams nobody notices."""
        return self.is_cut and self.parameters.transport == "stream"

    def takes_armed(self, packet: str, is_reply: bool, name: str) -> ArmedPacketFault | None:
        """The armed fault that this packet meets, disarmed by that."""
        due = -1
        for index, fault in enumerate(self.armed):
            if fault.packet == packet and fault.is_reply == is_reply and fault.name in ("", name):
                if fault.nth > 1:
                    self.armed[index] = fault._replace(nth=fault.nth - 1)
                elif due < 0:
                    due = index
        return self.armed.pop(due) if due >= 0 else None

    def fork(self) -> "LinkState":
        """An independent copy."""
        self.count()
        twin: LinkState = LinkState.__new__(LinkState)
        for name in LinkState.__slots__:
            value = getattr(self, name)
            setattr(twin, name, value.copy() if isinstance(value, list) else value)
        twin.lanes = {}  # they lead to columns of the other world
        return twin
