"""What can be asked of a running world? One frozen wish a class, imperative; a click makes one.

``Simulator.apply`` turns a wish into records, or into one ``CommandRejected`` that says why not.
Without ``for_us`` a crash lasts the node's ``restart_after``; a pause and a cut last until undone.
"""

from dataclasses import dataclass
from typing import Literal

from playground.engine.parameters import LinkParameters, NodeParameters

PacketFault = Literal["drop", "duplicate", "delay"]
Direction = Literal["both", "request", "reply"]


@dataclass(frozen=True, slots=True)
class CrashNode:
    """The process dies; ``machine`` also loses what was not yet on a queue's disk."""

    node: str
    for_us: int | None = None
    what: Literal["machine", "process"] = "machine"


@dataclass(frozen=True, slots=True)
class RestartNode:
    """A crashed node starts again now."""

    node: str


@dataclass(frozen=True, slots=True)
class PauseNode:
    """The process stops (SIGSTOP, a long collection); its connections live on."""

    node: str
    for_us: int | None = None


@dataclass(frozen=True, slots=True)
class ResumeNode:
    """A paused process goes on where it stood."""

    node: str


@dataclass(frozen=True, slots=True)
class ArmCrash:
    """It will crash when it next reaches ``point``, with any message or with ``message`` only.

    ``message`` is a name, ``shop#20``, or the number alone where there is only one producer. With
    ``nth`` it lets the point pass and crashes when it is reached for the n-th time from now.
    """

    node: str
    point: str
    message: str | None = None
    nth: int = 1


@dataclass(frozen=True, slots=True)
class ArmPause:
    """The consumer will stop when it next reaches ``point``, right before the step behind it."""

    node: str
    point: str
    message: str | None = None
    nth: int = 1
    for_us: int | None = None


@dataclass(frozen=True, slots=True)
class Disarm:
    """Everything armed on this node, and on the links that touch it, is dropped."""

    node: str


@dataclass(frozen=True, slots=True)
class ArmPacketFault:
    """The next packet of a kind from ``source`` to ``target`` is dropped, duplicated or delayed.

    ``source`` and ``target`` are the ends of the *packet's* way: an ACK goes from a consumer to
    its queue. With ``nth`` it is the n-th such packet from now, whatever meets the others.
    """

    fault: PacketFault
    source: str
    target: str
    packet: str
    message: str | None = None
    by_us: int | None = None
    nth: int = 1


@dataclass(frozen=True, slots=True)
class DropPacket:
    """This packet dies here and now."""

    flight: int


@dataclass(frozen=True, slots=True)
class DuplicatePacket:
    """A second copy of this packet leaves from where it is and arrives right after it."""

    flight: int


@dataclass(frozen=True, slots=True)
class DelayPacket:
    """This packet arrives ``by_us`` later."""

    flight: int
    by_us: int = 1_000_000


@dataclass(frozen=True, slots=True)
class StrikePacket:
    """A packet that is on its way now, named by its way, kind and message, meets a fault.

    Of several such packets it is the ``nth``, in the order of their sending.
    """

    fault: PacketFault
    source: str
    target: str
    packet: str
    message: str
    nth: int = 1
    by_us: int | None = None


@dataclass(frozen=True, slots=True)
class CutLink:
    """Nothing passes, and what is on the way in this direction is lost."""

    source: str
    target: str
    direction: Direction = "both"
    for_us: int | None = None


@dataclass(frozen=True, slots=True)
class HealLink:
    """Packets pass again."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class ExpireEntry:
    """Retention strikes this message now."""

    queue: str
    message: str


@dataclass(frozen=True, slots=True)
class DeadLetterEntry:
    """The queue gives up on this message now, in every group."""

    queue: str
    message: str


@dataclass(frozen=True, slots=True)
class ForgetDedup:
    """The node's dedup memory of one message, or of all, runs out now."""

    node: str
    message: str | None = None


@dataclass(frozen=True, slots=True)
class FailNext:
    """The consumer's handler fails once: a NACK, not a crash."""

    node: str


@dataclass(frozen=True, slots=True)
class Burst:
    """The producer submits ``count`` messages at once."""

    node: str
    count: int = 10


@dataclass(frozen=True, slots=True)
class SetNode:
    """New parameters for a node; they act on what begins afterwards.

    ``changes`` are field names of the node's parameters with their new values (microseconds,
    fractions): ``(("guarantee", "exactly-once"), ("lease_us", 5_000_000))``.
    """

    node: str
    changes: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class SetLink:
    """New parameters for a link; they act on packets sent afterwards."""

    source: str
    target: str
    changes: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class AddNode:
    """A new node joins the running world."""

    node: str
    parameters: NodeParameters


@dataclass(frozen=True, slots=True)
class RemoveNode:
    """A node leaves, its links and what it held with it."""

    node: str


@dataclass(frozen=True, slots=True)
class RenameNode:
    """A node gets another name and keeps everything it has."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class AddLink:
    """A new link joins the running world."""

    source: str
    target: str
    parameters: LinkParameters


@dataclass(frozen=True, slots=True)
class RemoveLink:
    """A link leaves, the packets on it with it."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Settle:
    """Faults and producers stop, everything heals, resumes and restarts now; the rest drains."""


Command = (
    CrashNode
    | RestartNode
    | PauseNode
    | ResumeNode
    | ArmCrash
    | ArmPause
    | Disarm
    | ArmPacketFault
    | DropPacket
    | DuplicatePacket
    | DelayPacket
    | StrikePacket
    | CutLink
    | HealLink
    | ExpireEntry
    | DeadLetterEntry
    | ForgetDedup
    | FailNext
    | Burst
    | SetNode
    | SetLink
    | AddNode
    | RemoveNode
    | RenameNode
    | AddLink
    | RemoveLink
    | Settle
)
