"""How does a message leave a queue? The last group is done; expiry; given up as a dead letter."""

from typing import TYPE_CHECKING

from playground.engine.agenda import DELAYED as DELAY_TIMER
from playground.engine.faults.crash import dies_at
from playground.engine.nodes.entry import Entry
from playground.engine.nodes.subscription import DELAYED, Slot, Subscription
from playground.engine.records import DeadLettered, Expired, Requeued
from playground.engine.rejection import Rejection
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.queue import Queue


def end_entry(queue: "Queue", offset: int) -> None:
    """One group less needs the entry; after the last one it is gone."""
    entry = queue.log.get(offset)
    if entry is not None:
        entry.pending -= 1
        if entry.pending <= 0:
            del queue.log[offset]


def slot_gone(
    world: World, queue: "Queue", subscription: Subscription, slot: Slot, cause: str
) -> None:
    """A group's copy of an entry has physically ended; the last one takes the entry along."""
    book = world.ledger.groups.get(subscription.group)
    if book is not None:
        world.ledger.held_died(book, slot.message, cause)
    end_entry(queue, slot.offset)


def cause_of_ack(world: World, queue: "Queue", subscription: Subscription, message: int) -> str:
    """Why a message is lost if an ack ends its last copy."""
    ended_by = world.ledger.groups[subscription.group].ended_by.get(message)
    if ended_by is not None:
        return ended_by
    database = world.databases.get(subscription.group)
    if database is not None and database.marks.has(message, world.now_us, None):
        return "claimed-not-applied"
    return "consumer-crash"


def delivery_ended(
    world: World, queue: "Queue", subscription: Subscription, slot: Slot, reason: str
) -> None:
    """A delivery has ended without ack: it goes out again, waits, or is given up.

    ``reason``: lease, nack, disconnect, rebalance.
    """
    subscription.release(slot)
    limit = queue.parameters.max_deliveries
    if limit is not None and slot.count >= limit:
        dead_letter(world, queue, subscription, slot)
        return
    world.because(Requeued, queue.id, subscription.group, slot.message, reason)
    slot.token = 0
    if reason == "nack" and queue.parameters.redelivery_delay_us > 0:
        _delay(world, queue, subscription, slot)
    else:
        subscription.make_ready(slot)


def _delay(world: World, queue: "Queue", subscription: Subscription, slot: Slot) -> None:
    """After a NACK it waits before it may go out again."""
    slot.state = DELAYED
    slot.token = 0
    slot.consumer = ""
    at_us = world.now_us + queue.parameters.redelivery_delay_us
    slot.expiry_us = at_us
    world.schedule(at_us, DELAY_TIMER, queue.id, slot.offset, slot.count, text=subscription.group)


def dead_letter(world: World, queue: "Queue", subscription: Subscription, slot: Slot) -> None:
    """The queue gives up on a message for one group: to the dead-letter queue, or to nobody."""
    message = slot.message
    target = world.nodes.get(queue.parameters.dead_letter or "")
    subscription.remove(slot)
    queue.dead_lettered += 1
    is_queue = isinstance(target, type(queue))
    target_id = target.id if is_queue and target is not None else None
    world.because(DeadLettered, queue.id, subscription.group, message, target_id)
    cause, child = "delivery-limit", -1
    if isinstance(target, type(queue)):
        if target.has_room(world):
            child = world.ledger.move(message, subscription.group, target.id, world.now_us)
            target.append(world, child)
            if target.is_up and not target.is_paused:
                target.dispatch_all(world)
        else:
            cause = "overflow"
    book = world.ledger.groups.get(subscription.group)
    if book is not None:
        world.ledger.entry_died(book, message, cause)
    end_entry(queue, slot.offset)
    if isinstance(target, type(queue)) and child >= 0 and target.armed and target.is_up:
        # A crash of the other queue ends nothing of what this one is about.
        before = world.cause, world.place
        dies_at(world, target, "appended", child)
        world.cause, world.place = before


def expire_entry(world: World, queue: "Queue", entry: Entry, reason: str) -> None:
    """The entry goes for every group: retention, overflow, or a crash that took it."""
    message = entry.message
    if reason != "crash":
        queue.expired += 1
        world.because(Expired, queue.id, message, reason)
    cause = "queue-crash" if reason == "crash" else reason
    for subscription in queue.subscriptions.values():
        slot = subscription.slots.get(entry.offset)
        unflushed = [each for each in subscription.unflushed if each.offset == entry.offset]
        if slot is not None:
            subscription.remove(slot)
        elif unflushed:
            subscription.unflushed.remove(unflushed[0])
        else:
            continue
        book = world.ledger.groups.get(subscription.group)
        if book is not None:
            world.ledger.entry_died(book, message, cause)
    queue.log.pop(entry.offset, None)
    if not entry.is_owed and message in world.ledger.origin:
        world.ledger.child_died(message)


def check_free(world: World, queue: "Queue", entries: list[Entry]) -> None:
    """Raise ``Rejection`` where one of them belongs to an open transaction."""
    for entry in entries:
        if queue.is_held(entry.offset):
            name = world.ledger.name_of(entry.message)
            raise Rejection(f"{name} is part of a transaction that has not ended yet.")
