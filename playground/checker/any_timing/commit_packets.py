"""What do the packets of a transaction say, once nothing is left but what their readers read?

Whoever takes one reads the number of the transaction and a verdict, a consumer also for which of
its lives it is meant; what else the number stands for is kept elsewhere (``commit_parts``).
"""

from typing import TYPE_CHECKING

from playground.checker.any_timing.names import Name, Names, Renaming
from playground.engine.message import Load
from playground.engine.transactions import TXN

if TYPE_CHECKING:
    from playground.checker.any_timing.packets import Packet, Tag

TO_COORDINATOR = frozenset(
    ("INIT_PID", "PID_OK", "ADD_PARTITIONS", "ADD_OK", "END_TXN", "END_OK", "END_FAIL", "REQ",
     "REQ_OK")
)  # fmt: skip
TO_QUEUE = frozenset(("TXN_SEND", "TXN_OFFSETS", "TXN_OK", "TXN_FAIL"))
ROUND = frozenset(("MARKER", "MARKER_OK", "PREPARE", "VOTE", "DECIDE", "DECIDED", "INQUIRE"))
"""Between the coordinator and those who take part."""

ASKS = TO_COORDINATOR | TO_QUEUE
COMMITS = ASKS | ROUND
_TO_CONSUMER = frozenset(("PID_OK", "ADD_OK", "END_OK", "END_FAIL", "REQ_OK", "TXN_OK", "TXN_FAIL"))


def load_of(kind: str, load: Load) -> Load:
    """What it carries, without what nobody reads."""
    return (load[0] if kind in ASKS else 0, 0, 0, None, load[TXN])


def _consumer_of(packet: "Packet") -> str:
    return packet.source if packet.kind in TO_COORDINATOR else packet.target


def _number_of(packet: "Packet") -> tuple[str, str]:
    """What its number is a number of, and whose."""
    is_epoch = packet.kind == "PID_OK"
    return ("epoch", packet.source) if is_epoch else ("transaction", "")


def names_of(packet: "Packet") -> Names:
    """The numbers that it mentions."""
    found = set()
    if packet.kind in ASKS:
        found.add(Name("incarnation", _consumer_of(packet), packet.load[0]))
    if packet.load[TXN]:
        found.add(Name(*_number_of(packet), packet.load[TXN]))
    return Names(frozenset(found))


def renamed(packet: "Packet", new: Renaming) -> "Packet":
    """The same under the new numbers."""
    incarnation, _, _, _, number = packet.load
    if packet.kind in ASKS:
        incarnation = new["incarnation", _consumer_of(packet)][incarnation]
    if number:
        number = new[_number_of(packet)][number]
    return packet._replace(load=(incarnation, 0, 0, None, number))


def tags_of(packet: "Packet") -> tuple["Tag", ...]:
    """What it is the awaited answer, or the way to it, of."""
    kind, number, incarnation = packet.kind, packet.load[TXN], packet.load[0]
    tags: list[Tag] = []
    if kind in ("INIT_PID", "PID_OK"):
        tags.append(("epoch", packet.source, incarnation))
    if kind in ASKS or kind in ("PREPARE", "VOTE"):
        tags.append(("ask", "", number))
    if kind in ROUND:
        tags.append(("round", "", number))
    if kind in _TO_CONSUMER:
        tags.append(("to", _consumer_of(packet), 0))
    elif kind in ASKS:
        tags.append(("from", _consumer_of(packet), incarnation))
    return tuple(tags)
