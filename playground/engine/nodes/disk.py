"""What of a queue is on its disk, and what does it have again after a crash?"""

from typing import TYPE_CHECKING

from playground.engine.agenda import FLUSH, P_TIMER
from playground.engine.nodes.removal import cause_of_ack, slot_gone
from playground.engine.nodes.subscription import HELD, READY, Subscription
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.queue import Queue


def last_flush_us(world: World, queue: "Queue") -> int:
    """The newest multiple of ``flush`` at which this queue was running; now for a sync disk."""
    flush_us = queue.parameters.flush_us
    now_us = queue.paused_us if queue.is_paused else world.now_us
    if flush_us == 0:
        return now_us
    last_us = now_us - now_us % flush_us
    if last_us == now_us and world.priority < P_TIMER:
        # At this very instant the packets come before the flush.
        last_us -= flush_us
    return last_us


def schedule_flush(world: World, queue: "Queue") -> None:
    """At the next multiple of ``flush``, once."""
    if queue.flush_due_us >= world.now_us:
        return
    flush_us = queue.parameters.flush_us
    due_us = world.now_us if flush_us == 0 else (world.now_us // flush_us + 1) * flush_us
    queue.flush_due_us = due_us
    world.schedule(due_us, FLUSH, queue.id)


def on_flush(world: World, queue: "Queue") -> None:
    """The disk is written: acks up to now are final."""
    queue.flush_due_us = -1
    for subscription in queue.subscriptions.values():
        flushed = subscription.unflushed
        subscription.unflushed = []
        for slot in flushed:
            cause = cause_of_ack(world, queue, subscription, slot.message)
            slot_gone(world, queue, subscription, slot, cause)


def reopen(
    world: World, queue: "Queue", subscription: Subscription, undone_since: int | None
) -> None:
    """A crash: nobody is connected, nothing is out, acks later than ``undone_since`` are undone."""
    subscription.connected = {}
    subscription.members = []
    subscription.unacked = {}
    unflushed, subscription.unflushed = subscription.unflushed, []
    for slot in unflushed:
        if undone_since is not None and slot.acked_us > undone_since and slot.offset in queue.log:
            # Undone: unread again, as if the ack had never come.
            queue.acked -= 1
            subscription.acked_tokens[slot.offset] = 0
            subscription.slots[slot.offset] = slot
            slot.state = READY
        else:
            cause = cause_of_ack(world, queue, subscription, slot.message)
            slot_gone(world, queue, subscription, slot, cause)
    for slot in subscription.slots.values():
        if slot.state == HELD:
            continue
        slot.state = READY
        slot.token = 0
        slot.consumer = ""
    subscription.rebuild(queue.parameters.order)
