"""What travels? A flight: one packet on one link, with the fate it met when it left."""

from typing import NamedTuple

from playground.engine.programs.compile import Program

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
)
REQUESTS: tuple[str, ...] = ("SEND", "DELIVER", "ACK_OK", "ACK_FAIL")
"""The packets that travel with the arrow."""


class Flight(NamedTuple):
    """One packet under way. Never rewritten: a delayed one is replaced by another row."""

    id: int
    link: LinkKey
    is_reply: bool
    packet: str
    message: int
    number: int  # attempt of a SEND, delivery count of a DELIVER
    sent_us: int
    ends_us: int
    fate: str  # "arrives", "lost" or "cut"
    travel: float
    group: str  # "" on a producer's link
    incarnation: int  # of the consumer it belongs to; of the sender where it sends
    first: int  # SEND: session · consumer packets: offset
    second: int  # SEND: sequence · consumer packets: token
    born_us: int  # DELIVER: when its entry was appended
    program: Program | None  # what the queue took the consumer for when it delivered
    seq: int  # the record of its sending
    is_copy: bool
    source: str
    target: str
