"""How late is late? One millisecond after what a packet's absence triggers.

That is the honest face of "a timeout never proves a loss": whoever waits has already acted (sent
again, given up, delivered again), and then the packet comes after all. Where a backoff follows the
timeout, the act is the next attempt. A packet for which nobody sets a timer cannot be late.
"""

from playground.engine.agenda import ACK_AGAIN, RESEND, item_of
from playground.engine.links import LinkState
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.retries import backoff_us
from playground.engine.nodes.subscription import LEASED
from playground.engine.world import World

AFTER_US = 1_000

_ASKED = frozenset({"INIT_PID", "ADD_PARTITIONS", "TXN_SEND", "TXN_OFFSETS", "END_TXN", "REQ"})
"""What a consumer sends again until it is answered; an ACK has a lease behind it instead."""
_ROUNDS = frozenset({"MARKER", "PREPARE", "DECIDE"})
"""What a coordinator sends again until it is answered."""


def late_by_us(
    world: World, link: LinkState, packet: str, message: int, latency_us: int
) -> int | None:
    """How much longer it must travel to miss its timer; None where there is no such timer."""
    due_us = _due_us(world, link, packet, message)
    if due_us is None:
        return None
    by_us = due_us + AFTER_US - (world.now_us + latency_us)
    return by_us if by_us > 0 else None  # it would miss the timer anyway


def _due_us(world: World, link: LinkState, packet: str, message: int) -> int | None:
    source, target = world.nodes.get(link.source), world.nodes.get(link.target)
    if isinstance(source, Producer):
        return _retry_due_us(world, source, packet, message)
    if isinstance(source, Coordinator):
        return _resend_due_us(world, source, packet, message)
    if isinstance(source, Consumer):
        return _ack_timeout_due_us(world, source, packet in _ASKED)
    if not isinstance(source, Queue) or not isinstance(target, Consumer):
        return None
    if packet == "DELIVER":
        lease_us = source.parameters.lease_us
        if lease_us is None or target.program.is_auto_ack:
            return None
        return world.now_us + lease_us
    if packet in ("ACK", "NACK"):
        return _lease_due_us(source, target)
    if packet in ("ACK_OK", "ACK_FAIL", "TXN_OK", "TXN_FAIL", "TXN_SEND", "TXN_OFFSETS"):
        return _ack_timeout_due_us(world, target, packet in _ASKED)
    return None


def _retry_due_us(world: World, producer: Producer, packet: str, message: int) -> int | None:
    intent = producer.unconfirmed.get(message)
    if intent is None or packet not in ("SEND", "CONFIRM", "REFUSE"):
        return None
    if packet != "SEND" and intent.waits_for == "retry":
        return intent.until_us
    retry = producer.parameters.retry
    # The timeout of a SEND is set right after it leaves.
    due_us = world.now_us + retry.timeout_us if packet == "SEND" else intent.until_us
    if retry.attempts is not None and intent.attempt >= retry.attempts:
        return due_us
    return due_us + backoff_us(retry, intent.attempt)


def _lease_due_us(queue: Queue, consumer: Consumer) -> int | None:
    held, subscription = consumer.current, queue.subscriptions.get(consumer.group)
    if held is None or subscription is None:
        return None
    slot = subscription.slots.get(held.offset)
    if slot is None or slot.state != LEASED or slot.token != held.token or slot.expiry_us < 0:
        return None
    return slot.expiry_us


def _ack_timeout_due_us(world: World, consumer: Consumer, is_question: bool) -> int | None:
    """When a consumer asks again; the timeout of a question is set right after it leaves."""
    if is_question:
        return world.now_us + consumer.parameters.ack_timeout_us
    if not consumer.awaits:
        return None
    for due in world.agenda:
        if due[3] == ACK_AGAIN:
            item = item_of(due)
            if item.owner == consumer.id and item.second == consumer.tick:
                return item.at_us
    return None


def _resend_due_us(world: World, coordinator: Coordinator, packet: str, message: int) -> int | None:
    """When a coordinator asks everybody again; that is set right after a round has left."""
    if packet in _ROUNDS:
        return world.now_us + coordinator.parameters.resend_us
    if packet not in ("MARKER_OK", "VOTE", "DECIDED"):
        return None
    for due in sorted(world.agenda):
        if due[3] == RESEND:
            item = item_of(due)
            transaction = world.transactions.get(item.first)
            is_its_own = transaction is not None and transaction.message == message
            if item.owner == coordinator.id and is_its_own:
                return item.at_us
    return None
