"""What has happened? One immutable fact a class, past tense, in the order of the trace.

Every record begins with ``seq`` (gap-free from 1), ``at_us`` and ``cause``: the ``seq`` of the
record that led to it, 0 where a clock or a person did. "Why" is a walk up ``cause``. A message is
its row in the ledger (``ids.Message``); ``Ledger.name_of`` gives ``shop#17``.
"""

from playground.engine.records.changes import (
    CommandRejected,
    LimitMet,
    NodeRenamed,
    ParametersSet,
    Settling,
    TopologyChanged,
)
from playground.engine.records.consumers import (
    Applied,
    Begun,
    Delivered,
    Fenced,
    HandlerFailed,
    Reexecuted,
    SideEffect,
    Suppressed,
    Torn,
)
from playground.engine.records.faults import (
    DedupForgotten,
    Disarmed,
    FaultArmed,
    FaultStruck,
    LinkCut,
    LinkHealed,
    NodeCrashed,
    NodePaused,
    NodeRestarted,
    NodeResumed,
)
from playground.engine.records.messages import Confirmed, Forgotten, GaveUp, Lost, Produced
from playground.engine.records.packets import PacketDied, PacketRescheduled, PacketSent
from playground.engine.records.queues import (
    Acked,
    Appended,
    Connected,
    DeadLettered,
    Deduplicated,
    Disconnected,
    Expired,
    Refused,
    Requeued,
    StaleAck,
)
from playground.engine.records.transactions import (
    BranchAborted,
    BranchCommitted,
    BranchPending,
    EpochBegun,
    OutcomeKnown,
    OutputVisible,
    TransactionBegun,
    TransactionDecided,
    TransactionEnded,
    TransactionFenced,
)

__all__ = [
    "Acked",
    "Appended",
    "Applied",
    "Begun",
    "BranchAborted",
    "BranchCommitted",
    "BranchPending",
    "CommandRejected",
    "Confirmed",
    "Connected",
    "DeadLettered",
    "DedupForgotten",
    "Deduplicated",
    "Delivered",
    "Disarmed",
    "Disconnected",
    "EpochBegun",
    "Expired",
    "FaultArmed",
    "FaultStruck",
    "Fenced",
    "Forgotten",
    "GaveUp",
    "HandlerFailed",
    "LimitMet",
    "LinkCut",
    "LinkHealed",
    "Lost",
    "NodeCrashed",
    "NodePaused",
    "NodeRenamed",
    "NodeRestarted",
    "NodeResumed",
    "OutcomeKnown",
    "OutputVisible",
    "PacketDied",
    "PacketRescheduled",
    "PacketSent",
    "ParametersSet",
    "Produced",
    "Record",
    "Reexecuted",
    "Refused",
    "Requeued",
    "Settling",
    "SideEffect",
    "StaleAck",
    "Suppressed",
    "TopologyChanged",
    "Torn",
    "TransactionBegun",
    "TransactionDecided",
    "TransactionEnded",
    "TransactionFenced",
]

# The place in this list is the code in a row (see ``rows``), of which the fingerprint is taken.
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
