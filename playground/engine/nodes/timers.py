"""What ends at a queue by itself? A lease, the wait after a NACK, an entry's retention."""

from typing import TYPE_CHECKING

from playground.engine.agenda import RETENTION, AgendaItem
from playground.engine.nodes.dispatch import dispatch
from playground.engine.nodes.removal import delivery_ended, expire_entry
from playground.engine.nodes.subscription import DELAYED, LEASED
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.queue import Queue


def on_lease(queue: "Queue", world: World, item: AgendaItem) -> None:
    """A lease may have ended; if it was extended, another item is due later."""
    subscription = queue.subscriptions.get(item.text)
    slot = subscription.slots.get(item.first) if subscription else None
    if subscription is None or slot is None or slot.state != LEASED:
        return
    if slot.token == item.second and 0 <= slot.expiry_us <= item.at_us:
        delivery_ended(world, queue, subscription, slot, "lease")
        dispatch(world, queue, subscription)


def on_delay_over(queue: "Queue", world: World, item: AgendaItem) -> None:
    """The wait after a NACK is over."""
    subscription = queue.subscriptions.get(item.text)
    slot = subscription.slots.get(item.first) if subscription else None
    if subscription is None or slot is None or slot.state != DELAYED:
        return
    if slot.count == item.second:
        subscription.make_ready(slot)
        dispatch(world, queue, subscription)


def schedule_retention(world: World, queue: "Queue") -> None:
    """One timer, for the oldest entry: younger ones follow it in order."""
    retention_us = queue.parameters.retention_us
    oldest = next((e for e in queue.log.values() if not queue.is_held(e.offset)), None)
    queue.retention_due = retention_us is not None and oldest is not None
    if retention_us is not None and oldest is not None:
        at_us = max(world.now_us, oldest.appended_us + retention_us)
        queue.retention_timer += 1
        world.schedule(at_us, RETENTION, queue.id, queue.retention_timer)


def on_retention(queue: "Queue", world: World, item: AgendaItem) -> None:
    """Whatever is too old goes, read or not, leased or not."""
    retention_us = queue.parameters.retention_us
    if item.first != queue.retention_timer:
        return
    queue.retention_due = False
    if retention_us is None or not queue.is_up:
        return
    old = []
    for entry in queue.log.values():
        if entry.appended_us + retention_us > world.now_us:
            break
        if not queue.is_held(entry.offset):
            old.append(entry)
    for entry in old:
        expire_entry(world, queue, entry, "retention")
    schedule_retention(world, queue)
    queue.dispatch_all(world)
