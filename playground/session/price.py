"""What has each guarantee cost so far: packets, forced writes, waiting?

Most is in the engine's counters. What these do not keep apart by group, or do not keep at all, is
counted here from the records: writes at a queue and at a coordinator that were made for one group,
and how long producers and consumers waited for an answer. What serves several groups at once, an
append or a SEND, counts for each of them.
"""

from collections.abc import Callable
from typing import Any

from playground.engine import records as r
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.queue import Queue
from playground.engine.world import World

_ASKS = frozenset(("INIT_PID", "ADD_PARTITIONS", "REQ"))
"""The packets with which a consumer begins to wait for its coordinator."""


class Waits:
    """How long somebody waited: how often, and in all."""

    __slots__ = ("count", "total_us")

    def __init__(self, count: int = 0, total_us: int = 0) -> None:
        self.count, self.total_us = count, total_us

    def add(self, wait_us: int) -> None:
        """Once more."""
        self.count += 1
        self.total_us += wait_us

    @property
    def mean_us(self) -> float | None:
        """None where nobody waited."""
        return self.total_us / self.count if self.count else None


class PriceMeter:
    """Counts from the records what the engine does not count by group."""

    def __init__(self, world: Callable[[], World]) -> None:
        self._world = world
        self.forced: dict[str, int] = {}  # by group, at queues and coordinators
        self.producers: dict[str, Waits] = {}  # by queue
        self.consumers: dict[str, Waits] = {}  # by group
        self._asked_us: dict[str, int] = {}  # by consumer, while it waits
        self._outputs: set[int] = set()  # transactions with an output that is undecided

    def fork(self) -> "PriceMeter":
        """An independent copy."""
        twin = PriceMeter(self._world)
        twin.forced, twin._asked_us = self.forced.copy(), self._asked_us.copy()
        twin._outputs = self._outputs.copy()
        for name in ("producers", "consumers"):
            waits = getattr(self, name).items()
            setattr(twin, name, {key: Waits(each.count, each.total_us) for key, each in waits})
        return twin

    def read(self, records: list[r.Record]) -> None:
        """Take in what comes next."""
        for record in records:
            take = _TAKE.get(type(record))
            if take is not None:
                take(self, record)

    # ------------------------------------------------------------------ writes

    def _force(self, group: str, times: int = 1) -> None:
        self.forced[group] = self.forced.get(group, 0) + times

    def _at_queue(self, place: str) -> bool:
        return isinstance(self._world().nodes.get(place), Queue)

    def _acked(self, record: r.Acked) -> None:
        queue = self._world().nodes.get(record.queue)
        is_sync = isinstance(queue, Queue) and queue.parameters.ack_durability == "sync"
        if is_sync and record.how != "auto":
            self._force(record.group)

    def _pending(self, record: r.BranchPending) -> None:
        if record.what == "output":
            self._outputs.add(record.number)
        if self._at_queue(record.place):
            self._force(record.group)

    def _branch_committed(self, record: r.BranchCommitted) -> None:
        if record.number in self._outputs and self._at_queue(record.place):
            self._outputs.discard(record.number)
            self._force(record.group)

    def _branch_aborted(self, record: r.BranchAborted) -> None:
        self._outputs.discard(record.number)
        if record.reason != "crash" and self._at_queue(record.place):
            self._force(record.group)

    def _at_coordinator(self, coordinator: str, consumer: str) -> None:
        node = self._world().nodes.get(coordinator)
        if isinstance(node, Coordinator) and node.parameters.log == "sync":
            self._force(self._group_of(consumer))

    def _epoch(self, record: r.EpochBegun) -> None:
        self._at_coordinator(record.coordinator, record.consumer)

    def _logged(self, record: r.TransactionBegun | r.TransactionDecided) -> None:
        """Of two-phase commit only a commit is logged; the rest is presumed."""
        is_commit = isinstance(record, r.TransactionDecided) and record.verdict == "commit"
        facts = self._world().transactions.get(record.number)
        if is_commit or (facts is not None and not facts.is_two_phase):
            self._at_coordinator(record.coordinator, record.consumer)

    def _ended(self, record: r.TransactionEnded) -> None:
        facts = self._world().transactions.get(record.number)
        if facts is not None and not facts.is_two_phase:
            self._at_coordinator(record.coordinator, facts.consumer)

    def _group_of(self, consumer: str) -> str:
        node = self._world().nodes.get(consumer)
        return node.group if isinstance(node, Consumer) else consumer

    # ------------------------------------------------------------------ waiting

    def _confirmed(self, record: r.Confirmed) -> None:
        ledger = self._world().ledger
        queue = ledger.queues[ledger.queue[record.message]]
        wait_us = record.at_us - ledger.submitted_us[record.message]
        self.producers.setdefault(queue, Waits()).add(wait_us)

    def _sent(self, record: r.PacketSent) -> None:
        if record.packet in _ASKS:
            self._asked_us.setdefault(record.source, record.at_us)

    def _over(self, record: Any) -> None:
        """It begins anew, or has died: whatever it waited for, it waits no more."""
        self._asked_us.pop(getattr(record, "consumer", "") or record.node, None)

    def _answered(self, record: r.OutcomeKnown) -> None:
        asked_us = self._asked_us.pop(record.consumer, None)
        if asked_us is not None:
            group = self._group_of(record.consumer)
            self.consumers.setdefault(group, Waits()).add(record.at_us - asked_us)

    def _left(self, record: r.TopologyChanged) -> None:
        """A group that is gone begins anew if it comes back, as its book does."""
        groups = self._world().ledger.groups
        for table in (self.forced, self.consumers):
            for group in [each for each in table if each not in groups]:
                del table[group]

    def _renamed(self, record: r.NodeRenamed) -> None:
        for table in (self.forced, self.producers, self.consumers, self._asked_us):
            if record.old in table and record.new not in table:
                table[record.new] = table.pop(record.old)  # type: ignore[assignment]


_TAKE: dict[type, Callable[[PriceMeter, Any], None]] = {
    r.Acked: PriceMeter._acked,
    r.BranchPending: PriceMeter._pending,
    r.BranchCommitted: PriceMeter._branch_committed,
    r.BranchAborted: PriceMeter._branch_aborted,
    r.EpochBegun: PriceMeter._epoch,
    r.TransactionBegun: PriceMeter._logged,
    r.TransactionDecided: PriceMeter._logged,
    r.TransactionEnded: PriceMeter._ended,
    r.Confirmed: PriceMeter._confirmed,
    r.PacketSent: PriceMeter._sent,
    r.Begun: PriceMeter._over,
    r.NodeCrashed: PriceMeter._over,
    r.OutcomeKnown: PriceMeter._answered,
    r.TopologyChanged: PriceMeter._left,
    r.NodeRenamed: PriceMeter._renamed,
}
