"""How does a broker keep messages? It appends them, and keeps them until every group is done.

What it answers is in ``answers``, which consumer gets what in ``dispatch``, what falls due in
``timers`` and what a crash leaves in ``disk``; a group's slots live in ``subscription``.
"""

from collections import deque

from playground.engine.agenda import LEASE, Due, schedule_in_line
from playground.engine.ledger import IN_FLIGHT
from playground.engine.nodes import inquiry, pending
from playground.engine.nodes.answers import on_ack, on_nack_or_extend, on_send
from playground.engine.nodes.branch import Branch
from playground.engine.nodes.dedup import BrokerDedup
from playground.engine.nodes.disk import last_flush_us, reopen, schedule_flush
from playground.engine.nodes.dispatch import connect_all, dispatch
from playground.engine.nodes.entry import Entry
from playground.engine.nodes.node import Node
from playground.engine.nodes.outputs import Output
from playground.engine.nodes.removal import cause_of_ack, dead_letter, end_entry, expire_entry
from playground.engine.nodes.subscription import HELD, LEASED, Slot, Subscription
from playground.engine.nodes.timers import schedule_retention
from playground.engine.parameters import MAX_QUEUE_ENTRIES, QueueParameters
from playground.engine.rows import ACKED, APPENDED
from playground.engine.world import World


class Queue(Node):
    """A queue in a running world."""

    __slots__ = (
        "acked",
        "appended",
        "auto_acked",
        "branches",
        "crash_lost",
        "dead_lettered",
        "dedup",
        "deduplicated",
        "ended",
        "expired",
        "flush_due_us",
        "forced",
        "log",
        "next_offset",
        "next_token",
        "outputs",
        "parameters",
        "rejected",
        "retention_due",
        "retention_timer",
        "subscriptions",
    )

    parameters: QueueParameters

    def __init__(self, node_id: str, parameters: QueueParameters) -> None:
        super().__init__(node_id)
        self.parameters = parameters
        self.log: dict[int, Entry] = {}  # by offset, oldest first
        self.subscriptions: dict[str, Subscription] = {}
        self.dedup = BrokerDedup()
        self.next_offset = 0
        self.next_token = 1
        self.appended = self.deduplicated = self.rejected = self.expired = 0
        self.dead_lettered = self.acked = self.crash_lost = 0
        self.auto_acked = 0  # of the acked ones: those that nobody waited for
        self.branches: dict[int, Branch] = {}  # its parts of open transactions, by number
        self.ended: dict[str, int] = {}  # by consumer: the newest transaction that is over here
        self.outputs: dict[str, tuple[Output, ...]] = {}  # by group, those not read yet
        self.forced = 0  # writes for transactions that somebody waited for
        self.retention_due = False
        self.retention_timer = 0  # counts them, so that an old one finds nothing to do
        self.flush_due_us = -1

    def volatile(self) -> tuple[int, ...]:
        """What a crash takes is known when its disk is read."""
        return ()

    # ------------------------------------------------------------------ appending

    def has_room(self, world: World) -> bool:
        """Tested before the append; drop-oldest makes room by giving up the oldest unleased."""
        capacity = self.parameters.capacity
        if capacity is None or len(self.log) < capacity:
            return True
        if self.parameters.overflow == "reject":
            return False
        for entry in self.log.values():
            if not self.is_leased(entry.offset):
                expire_entry(world, self, entry, "overflow")
                return True
        return False

    def is_leased(self, offset: int) -> bool:
        """Whether any group has this entry out."""
        for subscription in self.subscriptions.values():
            slot = subscription.slots.get(offset)
            if slot is not None and slot.state in (LEASED, HELD):
                return True
        return False

    def is_held(self, offset: int) -> bool:
        """Whether the entry belongs to a transaction that has not ended."""
        return bool(self.branches) and any(
            subscription.slots[offset].state == HELD
            for subscription in self.subscriptions.values()
            if offset in subscription.slots
        )

    def numbers(self) -> list[int]:
        """The transactions that it knows of."""
        return list(self.branches)

    def append(self, world: World, message: int) -> None:
        """A new entry, owed to every group of this queue."""
        offset = self.next_offset
        self.next_offset = offset + 1
        self.appended += 1
        ledger = world.ledger
        key = (ledger.producer[message], ledger.key[message])
        now_us = world.now_us
        entry = self.log[offset] = Entry(offset, message, now_us)
        world.next_seq = (seq := world.next_seq) + 1
        world.block.append(
            (APPENDED, seq, now_us, world.cause, world.tags[self.id], message, offset)
        )
        world.cause = seq
        for group, subscription in self.subscriptions.items():
            book = ledger.groups[group]
            if book.state[message]:
                entry.pending += 1
                ledger.held_again(book, message)
                if book.ended_by:
                    book.ended_by.pop(message, None)
                subscription.add(Slot(offset, message, key, now_us))
        entry.is_owed = entry.pending > 0
        if self.parameters.retention_us is not None and not self.retention_due:
            schedule_retention(world, self)
        if len(self.log) > MAX_QUEUE_ENTRIES:
            world.stop(f"{self.id} holds {MAX_QUEUE_ENTRIES} messages, the most allowed")

    def after_resume(self, world: World) -> None:
        """Leases may have ended while it stood still."""
        self.dispatch_all(world)

    def dispatch_all(self, world: World) -> None:
        """Give out what can go, to every group."""
        for subscription in self.subscriptions.values():
            dispatch(world, self, subscription)

    takes = {  # noqa: RUF012, never changed
        "SEND": on_send,
        "ACK": on_ack,
        "NACK": on_nack_or_extend,
        "EXTEND": on_nack_or_extend,
        "TXN_SEND": pending.on_write,
        "TXN_OFFSETS": pending.on_write,
        "MARKER": pending.on_verdict,
        "PREPARE": pending.on_prepare,
        "DECIDE": pending.on_verdict,
    }

    def finish(self, world: World, subscription: Subscription, slot: Slot, how: str) -> None:
        """The group is done with this entry."""
        message, group = slot.message, subscription.group
        if how != "auto":
            subscription.note_acked(slot)
        else:
            self.auto_acked += 1
        subscription.remove(slot)
        world.next_seq = (seq := world.next_seq) + 1
        tag = world.tags[self.id, group, how]
        world.block.append((ACKED, seq, world.now_us, world.cause, tag, message))
        world.cause = seq
        self.acked += 1
        if how != "auto" and (
            self.parameters.ack_durability == "lazy"
            # An offset in a transaction is on the disk when the log is.
            or (how == "transaction" and self.parameters.durability == "lazy")
        ):
            # On the disk it is still unacked: a copy, until the flush.
            slot.acked_us = world.now_us
            subscription.unflushed.append(slot)
            schedule_flush(world, self)
            return
        book = world.ledger.groups[group]
        cause = ""
        if book.state[message] == IN_FLIGHT and book.held[message] == 1:
            # Only then does anybody ask why.
            cause = cause_of_ack(world, self, subscription, message)
        world.ledger.held_died(book, message, cause)
        end_entry(self, slot.offset)

    # ------------------------------------------------------------------ leases

    def start_lease(self, world: World, subscription: Subscription, slot: Slot) -> None:
        """The lease begins, or begins again by an EXTEND."""
        slot.leased_us = world.now_us
        lease_us = self.parameters.lease_us
        if lease_us is None:
            slot.expiry_us = -1
            return
        slot.expiry_us = world.now_us + lease_us
        schedule_in_line(
            world, slot.expiry_us, LEASE, self.id, slot.offset, slot.token, 0, subscription.group
        )

    def drop_void(self, line: deque[Due]) -> None:
        """Leases of deliveries that have ended."""
        subscriptions = self.subscriptions
        if len(subscriptions) == 1:
            # Most have ended in order: those are seen at a glance, half as dear.
            (subscription,) = subscriptions.values()
            slots = subscription.slots
            while line and line[0][4][2] not in slots:
                line.popleft()
        while line:
            _, _, offset, token, _, group = line[0][4]
            if group in subscriptions:
                slot = subscriptions[group].slots.get(offset)
                if slot is not None and slot.token == token:
                    return
            line.popleft()

    # ------------------------------------------------------------------ crash

    def on_crash(self, world: World) -> None:
        """Leases and connections are gone; of the entries, those that were not on the disk."""
        parameters = self.parameters
        lost_since = -2
        undone_since = None
        flushed_us = last_flush_us(world, self)
        if parameters.durability == "memory":
            lost_since = -1
        elif parameters.durability == "lazy" and self.crash_kind == "machine":
            lost_since = flushed_us
        if "lazy" in (parameters.ack_durability, parameters.durability) and (
            self.crash_kind == "machine"
        ):
            undone_since = flushed_us
        gone = [e for e in self.log.values() if lost_since >= -1 and e.appended_us > lost_since]
        if self.branches:
            pending.on_crash(world, self, lost_since, gone)
        for subscription in self.subscriptions.values():
            reopen(world, self, subscription, undone_since)
        for entry in gone:
            self.crash_lost += 1
            expire_entry(world, self, entry, "crash")
        if lost_since >= -1:
            self.dedup.forget_since(lost_since)
        self.crash_took = tuple(entry.message for entry in gone)

    def empty(self, world: World) -> None:
        """The queue is removed: its entries go with it."""
        for entry in list(self.log.values()):
            expire_entry(world, self, entry, "crash")

    def on_restart(self, world: World) -> None:
        """What was delivered too often goes to the dead letters; the consumers come back."""
        limit = self.parameters.max_deliveries
        if limit is not None:
            for subscription in self.subscriptions.values():
                for slot in [
                    s for s in subscription.slots.values() if s.count >= limit and s.state != HELD
                ]:
                    dead_letter(world, self, subscription, slot)
        self.retention_due = False
        schedule_retention(world, self)
        inquiry.on_restart(world, self)
        connect_all(world, self)

    def fork(self) -> "Queue":
        """An independent copy."""
        twin: Queue = Queue.__new__(Queue)
        self.copy_life_to(twin)
        for name in Queue.__slots__:
            setattr(twin, name, getattr(self, name))
        twin.log = {offset: entry.fork() for offset, entry in self.log.items()}
        twin.subscriptions = {g: s.fork() for g, s in self.subscriptions.items()}
        twin.dedup = self.dedup.fork()
        twin.branches, twin.ended = self.branches.copy(), self.ended.copy()
        twin.outputs = self.outputs.copy()
        return twin
