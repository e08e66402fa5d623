"""What has happened? One immutable fact a class, past tense, in the order of the trace.

Every record begins with ``seq`` (gap-free from 1), ``at_us`` and ``cause``: the ``seq`` of the
record that led to it, 0 where a clock or a person did. "Why" is a walk up ``cause``. A message is
its row in the ledger (``ids.Message``); ``Ledger.name_of`` gives ``shop#17``.
"""

from typing import NamedTuple


class Produced(NamedTuple):
    """The application submitted a message."""

    seq: int
    at_us: int
    cause: int
    producer: str
    message: int


class PacketSent(NamedTuple):
    """A packet left; ``fate`` already says whether it will arrive: arrives, lost or cut.

    ``number`` is the attempt of a SEND and the delivery count of a DELIVER, else 0. A network copy
    is a PacketSent of its own with ``is_copy``.
    """

    seq: int
    at_us: int
    cause: int
    flight: int
    source: str
    target: str
    packet: str
    message: int
    number: int
    ends_us: int
    fate: str
    is_copy: bool


class PacketDied(NamedTuple):
    """A packet ended without arriving, or arrived where nobody could take it.

    ``reason``: lost, cut, dropped (by a click), down (the node was), stale (an earlier
    incarnation's), gone (the node or the link was removed). ``permille`` of the way was done.
    """

    seq: int
    at_us: int
    cause: int
    flight: int
    source: str
    target: str
    packet: str
    message: int
    reason: str
    permille: int


class PacketRescheduled(NamedTuple):
    """A click delayed a packet that was on its way."""

    seq: int
    at_us: int
    cause: int
    flight: int
    ends_us: int


class Appended(NamedTuple):
    """The queue took a message as a new entry."""

    seq: int
    at_us: int
    cause: int
    queue: str
    message: int
    offset: int


class Deduplicated(NamedTuple):
    """The queue recognised a repeated SEND and confirmed it without a new entry."""

    seq: int
    at_us: int
    cause: int
    queue: str
    message: int


class Refused(NamedTuple):
    """The queue did not take a SEND; ``reason``: full, out-of-order."""

    seq: int
    at_us: int
    cause: int
    queue: str
    message: int
    reason: str


class Confirmed(NamedTuple):
    """The producer learned that the queue has the message."""

    seq: int
    at_us: int
    cause: int
    producer: str
    message: int


class GaveUp(NamedTuple):
    """The producer stopped trying; the outcome is unknown to it."""

    seq: int
    at_us: int
    cause: int
    producer: str
    message: int
    reason: str


class Forgotten(NamedTuple):
    """The producer's crash took a message that was only in its memory."""

    seq: int
    at_us: int
    cause: int
    producer: str
    message: int


class Delivered(NamedTuple):
    """A copy reached a live consumer process; ``number`` counts the group's deliveries of it."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int
    number: int


class Begun(NamedTuple):
    """The consumer's program began on a message."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int


class Applied(NamedTuple):
    """An effect was committed; ``times`` counts the group's effects of this message."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int
    times: int


class Reexecuted(NamedTuple):
    """A set was executed again; it counts no second effect."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int


class Suppressed(NamedTuple):
    """The consumer recognised the message and skipped its effect."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int


class Fenced(NamedTuple):
    """The database refused an effect that carried an older token."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int


class Torn(NamedTuple):
    """A crash left half an effect behind."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int


class HandlerFailed(NamedTuple):
    """The handler raised; the process lives."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int


class Acked(NamedTuple):
    """The queue finished an entry for a group; ``how``: ack, stale, auto, transaction."""

    seq: int
    at_us: int
    cause: int
    queue: str
    group: str
    message: int
    how: str


class StaleAck(NamedTuple):
    """An ack came whose lease had ended, and was refused."""

    seq: int
    at_us: int
    cause: int
    queue: str
    group: str
    message: int


class Requeued(NamedTuple):
    """A delivery ended without ack; ``reason``: lease, nack, disconnect, rebalance, abort."""

    seq: int
    at_us: int
    cause: int
    queue: str
    group: str
    message: int
    reason: str


class TransactionBegun(NamedTuple):
    """A coordinator knows of a transaction: its first partition was added, or its votes asked."""

    seq: int
    at_us: int
    cause: int
    coordinator: str
    consumer: str
    message: int
    number: int


class EpochBegun(NamedTuple):
    """A transactional id has a new epoch; whoever still has an older one is fenced."""

    seq: int
    at_us: int
    cause: int
    coordinator: str
    consumer: str
    epoch: int


class BranchPending(NamedTuple):
    """A participant keeps its part; ``what``: output, offset, prepared."""

    seq: int
    at_us: int
    cause: int
    place: str
    group: str
    message: int
    number: int
    what: str


class TransactionDecided(NamedTuple):
    """The coordinator has logged its verdict; ``verdict``: commit, abort.

    ``reason`` of an abort: asked, timeout, fenced, vote, removed, unknown.
    """

    seq: int
    at_us: int
    cause: int
    coordinator: str
    consumer: str
    message: int
    number: int
    verdict: str
    reason: str


class BranchCommitted(NamedTuple):
    """A participant has made its part final."""

    seq: int
    at_us: int
    cause: int
    place: str
    group: str
    message: int
    number: int


class BranchAborted(NamedTuple):
    """A participant has undone its part; ``reason``: abort, heuristic, crash."""

    seq: int
    at_us: int
    cause: int
    place: str
    group: str
    message: int
    number: int
    reason: str


class TransactionEnded(NamedTuple):
    """Every participant has answered; ``verdict``: commit, abort."""

    seq: int
    at_us: int
    cause: int
    coordinator: str
    message: int
    number: int
    verdict: str


class TransactionFenced(NamedTuple):
    """A part or a commit was refused: an older epoch, an ended transaction or a stale token."""

    seq: int
    at_us: int
    cause: int
    place: str
    consumer: str
    message: int
    number: int
    reason: str


class OutcomeKnown(NamedTuple):
    """The consumer has learned what became of its transaction; ``verdict``: commit, abort."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int
    number: int
    verdict: str


class SideEffect(NamedTuple):
    """A call was made outside the transaction; ``times`` counts the group's for this message."""

    seq: int
    at_us: int
    cause: int
    consumer: str
    message: int
    times: int


class OutputVisible(NamedTuple):
    """A committed output can be read; it waited this long behind an older open transaction."""

    seq: int
    at_us: int
    cause: int
    queue: str
    group: str
    message: int
    waited_us: int


class Expired(NamedTuple):
    """An entry left the queue unread; ``reason``: retention, overflow."""

    seq: int
    at_us: int
    cause: int
    queue: str
    message: int
    reason: str


class DeadLettered(NamedTuple):
    """A queue gave up on a message for a group; ``target`` took the copy, or nobody did."""

    seq: int
    at_us: int
    cause: int
    queue: str
    group: str
    message: int
    target: str | None


class Lost(NamedTuple):
    """The last copy died before any effect; ``reason`` is a key of ``lost_by_cause``."""

    seq: int
    at_us: int
    cause: int
    group: str
    message: int
    reason: str
    place: str


class NodeCrashed(NamedTuple):
    """A process died; ``took`` are the messages it held in memory, ``point`` where it was armed."""

    seq: int
    at_us: int
    cause: int
    node: str
    restart_us: int
    point: str
    took: tuple[int, ...]


class NodeRestarted(NamedTuple):
    """A crashed process is up again, without what it remembered."""

    seq: int
    at_us: int
    cause: int
    node: str


class NodePaused(NamedTuple):
    """A process stopped; ``resume_us`` is -1 where nobody knows."""

    seq: int
    at_us: int
    cause: int
    node: str
    resume_us: int


class NodeResumed(NamedTuple):
    """A paused process goes on."""

    seq: int
    at_us: int
    cause: int
    node: str


class Disconnected(NamedTuple):
    """The queue noticed that a consumer is gone."""

    seq: int
    at_us: int
    cause: int
    queue: str
    consumer: str


class Connected(NamedTuple):
    """The queue serves a consumer."""

    seq: int
    at_us: int
    cause: int
    queue: str
    consumer: str


class LinkCut(NamedTuple):
    """A link passes nothing in this direction; ``heal_us`` is -1 where nobody knows."""

    seq: int
    at_us: int
    cause: int
    source: str
    target: str
    direction: str
    heal_us: int


class LinkHealed(NamedTuple):
    """A link passes packets again."""

    seq: int
    at_us: int
    cause: int
    source: str
    target: str


class FaultArmed(NamedTuple):
    """A fault waits; ``what`` says for what, in words."""

    seq: int
    at_us: int
    cause: int
    place: str
    what: str


class FaultStruck(NamedTuple):
    """An armed fault found its packet."""

    seq: int
    at_us: int
    cause: int
    place: str
    what: str
    message: int


class Disarmed(NamedTuple):
    """Whatever waited at this node was dropped."""

    seq: int
    at_us: int
    cause: int
    node: str


class DedupForgotten(NamedTuple):
    """A dedup memory ran out; ``message`` is -1 for all."""

    seq: int
    at_us: int
    cause: int
    node: str
    message: int


class ParametersSet(NamedTuple):
    """A node or a link has new parameters; ``text`` names them."""

    seq: int
    at_us: int
    cause: int
    place: str
    text: str


class TopologyChanged(NamedTuple):
    """A node or a link joined or left."""

    seq: int
    at_us: int
    cause: int
    what: str
    place: str


class NodeRenamed(NamedTuple):
    """A node goes on under another name."""

    seq: int
    at_us: int
    cause: int
    old: str
    new: str


class Settling(NamedTuple):
    """Faults and producers have stopped; what is on its way goes on."""

    seq: int
    at_us: int
    cause: int


class CommandRejected(NamedTuple):
    """A wish that could not be granted, and why, in one sentence."""

    seq: int
    at_us: int
    cause: int
    command: str
    reason: str


class LimitMet(NamedTuple):
    """The run stopped at a limit of this program, not of the protocol."""

    seq: int
    at_us: int
    cause: int
    reason: str


Record = (
    Produced
    | PacketSent
    | PacketDied
    | PacketRescheduled
    | Appended
    | Deduplicated
    | Refused
    | Confirmed
    | GaveUp
    | Forgotten
    | Delivered
    | Begun
    | Applied
    | Reexecuted
    | Suppressed
    | Fenced
    | Torn
    | HandlerFailed
    | Acked
    | StaleAck
    | Requeued
    | TransactionBegun
    | EpochBegun
    | BranchPending
    | TransactionDecided
    | BranchCommitted
    | BranchAborted
    | TransactionEnded
    | TransactionFenced
    | OutcomeKnown
    | SideEffect
    | OutputVisible
    | Expired
    | DeadLettered
    | Lost
    | NodeCrashed
    | NodeRestarted
    | NodePaused
    | NodeResumed
    | Disconnected
    | Connected
    | LinkCut
    | LinkHealed
    | FaultArmed
    | FaultStruck
    | Disarmed
    | DedupForgotten
    | ParametersSet
    | TopologyChanged
    | NodeRenamed
    | Settling
    | CommandRejected
    | LimitMet
)
