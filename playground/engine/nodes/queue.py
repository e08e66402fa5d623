"""How does a broker keep messages, and what does it answer? Appends, acks, leases, its own crash.

Which consumer gets what is decided in ``dispatch``; a group's slots live in ``subscription``.
"""

from collections import deque

from playground.engine.faults.crash import dies_at
from playground.engine.ledger import FIRED, IN_FLIGHT
from playground.engine.links import LinkState
from playground.engine.message import MESSAGE, NUMBER, Flight
from playground.engine.nodes import inquiry, pending
from playground.engine.nodes.branch import Branch, is_taken
from playground.engine.nodes.dedup import BrokerDedup
from playground.engine.nodes.dispatch import connect_all, dispatch
from playground.engine.nodes.node import AgendaItem, Due, Node
from playground.engine.nodes.outputs import Output
from playground.engine.nodes.removal import dead_letter, delivery_ended, end_entry, expire_entry
from playground.engine.nodes.subscription import (
    DELAYED,
    HELD,
    LEASED,
    READY,
    Slot,
    Subscription,
)
from playground.engine.parameters import MAX_QUEUE_ENTRIES, QueueParameters
from playground.engine.records import Deduplicated, Refused, StaleAck
from playground.engine.rows import ACKED, APPENDED
from playground.engine.world import DELAYED as DELAY_TIMER
from playground.engine.world import FLUSH, LEASE, P_TIMER, RETENTION, World


class Entry:
    """One message in the log; ``pending`` groups have not finished it."""

    __slots__ = ("appended_us", "is_owed", "message", "offset", "pending")

    def __init__(self, offset: int, message: int, appended_us: int) -> None:
        self.offset = offset
        self.message = message
        self.appended_us = appended_us
        self.pending = 0
        self.is_owed = False  # whether any group was there to read it

    def fork(self) -> "Entry":
        """An independent copy."""
        twin = Entry(self.offset, self.message, self.appended_us)
        twin.pending, twin.is_owed = self.pending, self.is_owed
        return twin


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

    # ------------------------------------------------------------------ packets

    def _on_nack_or_extend(self, world: World, flight: Flight) -> None:
        """Of a consumer whose lease stands; else it says nothing any more."""
        subscription = self.subscriptions.get(flight.group)
        if subscription is None or world.link(self.id, flight.source) is None:
            return
        slot = subscription.slots.get(flight.first)
        if slot is None or slot.state != LEASED or slot.token != flight.second:
            return
        if flight.packet == "EXTEND":
            self.start_lease(world, subscription, slot)
        elif not is_taken(world, self.branches, flight.group, flight.first, flight.second):
            delivery_ended(world, self, subscription, slot, "nack")
        dispatch(world, self, subscription)

    def _on_send(self, world: World, flight: Flight) -> None:
        if self.armed and dies_at(world, self, "received", flight.message):
            return
        parameters = self.parameters
        message = flight.row[MESSAGE]
        link = world.links.get(flight.route.link)
        answer = "new"
        if parameters.deduplicate != "none":
            answer = self.dedup.ask(
                parameters.deduplicate, flight, world.now_us, parameters.dedup_window_us
            )
        if answer == "duplicate":
            self.deduplicated += 1
            world.because(Deduplicated, self.id, flight.message)
            self._answer(world, link, "CONFIRM", flight)
        elif answer == "out-of-order":
            self._refuse(world, link, flight, "out-of-order")
        elif parameters.capacity is not None and not self.has_room(world):
            self._refuse(world, link, flight, "full")
        else:
            if parameters.deduplicate != "none":
                self.dedup.remember(
                    parameters.deduplicate, flight, world.now_us, parameters.dedup_window_us
                )
            self.append(world, message)
            if self.armed and dies_at(world, self, "appended", message):
                return
            if link is not None and world.ledger.status[message] != FIRED:
                world.send(link, "CONFIRM", message, flight.row[NUMBER])
            if self.armed and dies_at(world, self, "confirmed", message):
                return
            self.dispatch_all(world)

    def _answer(self, world: World, link: LinkState | None, packet: str, flight: Flight) -> None:
        """To a producer that wants to know: fire-and-forget ones get no answer."""
        if link is not None and world.ledger.status[flight.message] != FIRED:
            world.send(link, packet, flight.message, flight.number)

    def _refuse(self, world: World, link: LinkState | None, flight: Flight, reason: str) -> None:
        self.rejected += 1
        world.because(Refused, self.id, flight.message, reason)
        cause = "overflow" if reason == "full" else "gave-up"
        world.ledger.note_refusal(flight.message, self.id, cause)
        self._answer(world, link, "REFUSE", flight)

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

    def reconsider_retention(self, world: World) -> None:
        """An entry that nothing could take is free again."""
        if self.parameters.retention_us is not None:
            self.schedule_retention(world)

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
            self.schedule_retention(world)
        if len(self.log) > MAX_QUEUE_ENTRIES:
            world.stop(f"{self.id} holds {MAX_QUEUE_ENTRIES} messages, the most allowed")

    def after_resume(self, world: World) -> None:
        """Leases may have ended while it stood still."""
        self.dispatch_all(world)

    def dispatch_all(self, world: World) -> None:
        """Give out what can go, to every group."""
        for subscription in self.subscriptions.values():
            dispatch(world, self, subscription)

    # ------------------------------------------------------------------ acks

    def _on_ack(self, world: World, flight: Flight) -> None:
        route = flight.route
        subscription = self.subscriptions.get(route.group)
        link = world.links.get(route.link)
        if subscription is None or link is None:
            return
        _, offset, token, program, _ = flight.load
        if self.armed and dies_at(world, self, "ack-received", flight.message):
            return
        slot = subscription.slots.get(offset)
        if slot is not None and slot.state == LEASED and slot.token == token:
            self.finish(world, subscription, slot, "ack")
            verdict = "ACK_OK"
        elif subscription.was_acked_by(offset, token):
            verdict = "ACK_OK"
        else:
            world.ledger.groups[subscription.group].stale_acks += 1
            if self.parameters.stale_ack == "accept":
                verdict = "ACK_OK"
                if slot is not None:
                    slot_token, slot.token = slot.token, token
                    self.finish(world, subscription, slot, "stale")
                    slot.token = slot_token
            else:
                world.because(StaleAck, self.id, subscription.group, flight.message)
                verdict = "ACK_FAIL"
        if self.armed and dies_at(world, self, "acked", flight.message):
            return
        if program is not None and program.awaits_reply:
            world.send(link, verdict, flight.message, 0, flight.load)
        dispatch(world, self, subscription)

    takes = {  # noqa: RUF012, never changed
        "SEND": _on_send,
        "ACK": _on_ack,
        "NACK": _on_nack_or_extend,
        "EXTEND": _on_nack_or_extend,
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
            self._schedule_flush(world)
            return
        book = world.ledger.groups[group]
        cause = ""
        if book.state[message] == IN_FLIGHT and book.held[message] == 1:
            # Only then does anybody ask why.
            cause = self._cause_of_ack(world, subscription, message)
        world.ledger.held_died(book, message, cause)
        end_entry(self, slot.offset)

    def _cause_of_ack(self, world: World, subscription: Subscription, message: int) -> str:
        """Why a message is lost if an ack ends its last copy."""
        ended_by = world.ledger.groups[subscription.group].ended_by.get(message)
        if ended_by is not None:
            return ended_by
        database = world.databases.get(subscription.group)
        if database is not None and database.marks.has(message, world.now_us, None):
            return "claimed-not-applied"
        return "consumer-crash"

    def slot_gone(self, world: World, subscription: Subscription, slot: Slot, cause: str) -> None:
        """A group's copy of an entry has physically ended; the last one takes the entry along."""
        book = world.ledger.groups.get(subscription.group)
        if book is not None:
            world.ledger.held_died(book, slot.message, cause)
        end_entry(self, slot.offset)

    # ------------------------------------------------------------------ the disk

    def last_flush_us(self, world: World) -> int:
        """The newest multiple of ``flush`` at which this queue was running; now for a sync disk."""
        flush_us = self.parameters.flush_us
        now_us = self.paused_us if self.is_paused else world.now_us
        if flush_us == 0:
            return now_us
        last_us = now_us - now_us % flush_us
        if last_us == now_us and world.priority < P_TIMER:
            # At this very instant the packets come before the flush.
            last_us -= flush_us
        return last_us

    def _schedule_flush(self, world: World) -> None:
        if self.flush_due_us >= world.now_us:
            return
        flush_us = self.parameters.flush_us
        due_us = world.now_us if flush_us == 0 else (world.now_us // flush_us + 1) * flush_us
        self.flush_due_us = due_us
        world.schedule(due_us, FLUSH, self.id)

    def on_flush(self, world: World) -> None:
        """The disk is written: acks up to now are final."""
        self.flush_due_us = -1
        for subscription in self.subscriptions.values():
            flushed = subscription.unflushed
            subscription.unflushed = []
            for slot in flushed:
                cause = self._cause_of_ack(world, subscription, slot.message)
                self.slot_gone(world, subscription, slot, cause)

    # ------------------------------------------------------------------ timers

    def start_lease(self, world: World, subscription: Subscription, slot: Slot) -> None:
        """The lease begins, or begins again by an EXTEND."""
        slot.leased_us = world.now_us
        lease_us = self.parameters.lease_us
        if lease_us is None:
            slot.expiry_us = -1
            return
        slot.expiry_us = world.now_us + lease_us
        world.schedule_in_line(
            slot.expiry_us, LEASE, self.id, slot.offset, slot.token, 0, subscription.group
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

    def on_lease(self, world: World, item: AgendaItem) -> None:
        """A lease may have ended; if it was extended, another item is due later."""
        subscription = self.subscriptions.get(item.text)
        slot = subscription.slots.get(item.first) if subscription else None
        if subscription is None or slot is None or slot.state != LEASED:
            return
        if slot.token == item.second and 0 <= slot.expiry_us <= item.at_us:
            delivery_ended(world, self, subscription, slot, "lease")
            dispatch(world, self, subscription)

    def delay(self, world: World, subscription: Subscription, slot: Slot) -> None:
        """After a NACK it waits before it may go out again."""
        slot.state = DELAYED
        slot.token = 0
        slot.consumer = ""
        at_us = world.now_us + self.parameters.redelivery_delay_us
        slot.expiry_us = at_us
        world.schedule(
            at_us, DELAY_TIMER, self.id, slot.offset, slot.count, text=subscription.group
        )

    def on_delay_over(self, world: World, item: AgendaItem) -> None:
        """The wait after a NACK is over."""
        subscription = self.subscriptions.get(item.text)
        slot = subscription.slots.get(item.first) if subscription else None
        if subscription is None or slot is None or slot.state != DELAYED:
            return
        if slot.count == item.second:
            subscription.make_ready(slot)
            dispatch(world, self, subscription)

    def schedule_retention(self, world: World) -> None:
        """One timer, for the oldest entry: younger ones follow it in order."""
        retention_us = self.parameters.retention_us
        oldest = next((e for e in self.log.values() if not self.is_held(e.offset)), None)
        self.retention_due = retention_us is not None and oldest is not None
        if retention_us is not None and oldest is not None:
            at_us = max(world.now_us, oldest.appended_us + retention_us)
            self.retention_timer += 1
            world.schedule(at_us, RETENTION, self.id, self.retention_timer)

    def on_retention(self, world: World, item: AgendaItem) -> None:
        """Whatever is too old goes, read or not, leased or not."""
        retention_us = self.parameters.retention_us
        if item.first != self.retention_timer:
            return
        self.retention_due = False
        if retention_us is None or not self.is_up:
            return
        old = []
        for entry in self.log.values():
            if entry.appended_us + retention_us > world.now_us:
                break
            if not self.is_held(entry.offset):
                old.append(entry)
        for entry in old:
            expire_entry(world, self, entry, "retention")
        self.schedule_retention(world)
        self.dispatch_all(world)

    # ------------------------------------------------------------------ crash

    def on_crash(self, world: World) -> None:
        """Leases and connections are gone; of the entries, those that were not on the disk."""
        parameters = self.parameters
        lost_since = -2
        undone_since = None
        flushed_us = self.last_flush_us(world)
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
            self._reopen(world, subscription, undone_since)
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

    def _reopen(self, world: World, subscription: Subscription, undone_since: int | None) -> None:
        subscription.connected = {}
        subscription.members = []
        subscription.unacked = {}
        unflushed, subscription.unflushed = subscription.unflushed, []
        for slot in unflushed:
            if (
                undone_since is not None
                and slot.acked_us > undone_since
                and slot.offset in self.log
            ):
                # Undone: unread again, as if the ack had never come.
                self.acked -= 1
                subscription.acked_tokens[slot.offset] = 0
                subscription.slots[slot.offset] = slot
                slot.state = READY
            else:
                cause = self._cause_of_ack(world, subscription, slot.message)
                self.slot_gone(world, subscription, slot, cause)
        for slot in subscription.slots.values():
            if slot.state == HELD:
                continue
            slot.state = READY
            slot.token = 0
            slot.consumer = ""
        subscription.rebuild(self.parameters.order)

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
        self.schedule_retention(world)
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
