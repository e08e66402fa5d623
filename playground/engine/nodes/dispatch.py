"""Who gets the next message of a group? Connections, credit, turns, and who owns which key."""

from heapq import heappop
from typing import TYPE_CHECKING

from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.removal import delivery_ended
from playground.engine.nodes.subscription import LEASED, READY, Slot, Subscription
from playground.engine.records import Connected, Disconnected
from playground.engine.transactions import is_served
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.queue import Queue


def dispatch(world: World, queue: "Queue", subscription: Subscription) -> None:
    """Give out ready entries while there are any and somebody has credit for them."""
    if not queue.is_up or queue.is_paused:
        return
    order = subscription.order
    if order == "competing":
        ready = subscription.ready.get("")
        if not ready:
            return
        if len(subscription.members) == 1:
            _dispatch_to_only_member(world, queue, subscription, ready)
            return
    is_keyed = order == "keyed"
    while True:
        slot = None if is_keyed else subscription.next_ready("")
        if slot is None and not is_keyed:
            return
        consumer = _next_consumer(world, subscription, is_keyed)
        if consumer is None:
            return
        if is_keyed:
            slot = subscription.next_ready(consumer.id)
        assert slot is not None
        _deliver(world, queue, subscription, slot, consumer)


def _dispatch_to_only_member(
    world: World, queue: "Queue", subscription: Subscription, ready: list[int]
) -> None:
    """The same where nobody has to be chosen, which is how most queues live."""
    member = subscription.members[0]
    consumer = world.nodes[member]
    assert isinstance(consumer, Consumer)
    is_free, prefetch = consumer.program.is_auto_ack, consumer.parameters.prefetch
    slots, unacked = subscription.slots, subscription.unacked
    while ready:
        slot = slots.get(ready[0])
        if slot is None or slot.state != READY:
            heappop(ready)
        elif unacked[member] < prefetch or is_free:
            heappop(ready)
            _deliver(world, queue, subscription, slot, consumer)
        else:
            return


def _next_consumer(world: World, subscription: Subscription, is_keyed: bool) -> Consumer | None:
    """The next one in turn, by id after the last one served, that has credit (and work)."""
    members = subscription.members
    count = len(members)
    start = 0
    if count > 1:
        start = sum(1 for member in members if member <= subscription.last_served)
    for step in range(count):
        member = members[(start + step) % count]
        consumer = world.nodes[member]
        assert isinstance(consumer, Consumer)
        if (
            subscription.unacked[member] >= consumer.parameters.prefetch
            and not consumer.program.is_auto_ack
        ):
            continue
        if is_keyed and subscription.next_ready(member) is None:
            continue
        return consumer
    return None


def _deliver(
    world: World, queue: "Queue", subscription: Subscription, slot: Slot, consumer: Consumer
) -> None:
    link = consumer.link
    assert link is not None
    program = consumer.program
    name = subscription.last_served = slot.consumer = consumer.id
    slot.count = count = slot.count + 1
    slot.token = token = queue.next_token
    queue.next_token = token + 1
    slot.state = LEASED
    slot.incarnation = incarnation = subscription.connected[name]
    subscription.unacked[name] += 1
    load = (incarnation, slot.offset, token, program, slot.born_us)
    world.send(link, "DELIVER", slot.message, count, load)
    if program.is_auto_ack:
        queue.finish(world, subscription, slot, "auto")
    else:
        queue.start_lease(world, subscription, slot)


# ---------------------------------------------------------------------- connections


def connect(world: World, queue: "Queue", consumer: Consumer, incarnation: int) -> None:
    """A consumer's connection has reached the queue."""
    subscription = queue.subscriptions.get(consumer.group)
    if subscription is None or not queue.is_up or consumer.incarnation != incarnation:
        return
    if not consumer.is_up or subscription.connected.get(consumer.id) == incarnation:
        return
    if not is_served(world, consumer):
        return
    if consumer.id in subscription.connected:
        disconnect(world, queue, consumer.id, consumer.group)
    subscription.connected[consumer.id] = incarnation
    # A cut stream ends the connection, not the process: its leases may still run.
    subscription.unacked[consumer.id] = len(_leased_to(subscription, consumer.id, incarnation))
    world.because(Connected, queue.id, consumer.id)
    members_changed(world, queue, subscription)
    dispatch(world, queue, subscription)


def disconnect(
    world: World, queue: "Queue", consumer_id: str, group: str, incarnation: int | None = None
) -> None:
    """The queue notices that a consumer is gone; its leases come back now, or run out."""
    subscription = queue.subscriptions.get(group)
    if subscription is None or consumer_id not in subscription.connected:
        return
    if incarnation not in (None, subscription.connected[consumer_id]):
        return
    world.because(Disconnected, queue.id, consumer_id)
    gone = subscription.connected.pop(consumer_id)
    del subscription.unacked[consumer_id]
    if queue.parameters.on_disconnect == "requeue":
        for slot in _leased_to(subscription, consumer_id, gone):
            delivery_ended(world, queue, subscription, slot, "disconnect")
    members_changed(world, queue, subscription)
    dispatch(world, queue, subscription)


def connect_all(world: World, queue: "Queue") -> None:
    """A queue is up again: every consumer that lives comes back one latency later."""
    for node in world.nodes.values():
        if not isinstance(node, Consumer) or node.link is None or node.link.source != queue.id:
            continue
        if node.is_up and not node.is_paused:
            node.connect(world)


def _leased_to(subscription: Subscription, consumer: str, incarnation: int) -> list[Slot]:
    return [
        slot
        for slot in subscription.slots.values()
        if slot.state == LEASED and slot.consumer == consumer and slot.incarnation == incarnation
    ]


def members_changed(world: World, queue: "Queue", subscription: Subscription) -> None:
    """keyed: a new generation begins; the leases of keys that moved come back, tokens stale."""
    subscription.members = sorted(subscription.connected)
    if subscription.order != "keyed":
        return
    for slot in list(subscription.slots.values()):
        if slot.state == LEASED and subscription.owner_of(slot.key) != slot.consumer:
            delivery_ended(world, queue, subscription, slot, "rebalance")
    subscription.rebuild("keyed")
