"""Which step of a search without a clock is this thing in the agenda of a run with one?"""

from playground.checker.any_timing.queue_part import has_unflushed
from playground.checker.any_timing.step import StepKind
from playground.engine.agenda import (
    ACK_AGAIN,
    ASK,
    CONFIRM_TIMEOUT,
    DELAYED,
    FLUSH,
    HEURISTIC,
    INQUIRE,
    LEASE,
    PRODUCE,
    RESEND,
    RESTART,
    RESUME,
    SEND_AGAIN,
    TXN_TIMEOUT,
    WORK,
    Due,
    item_of,
)
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.subscription import LEASED
from playground.engine.world import World

_KINDS: dict[int, StepKind] = {
    ACK_AGAIN: "ack-again",
    ASK: "ask",
    CONFIRM_TIMEOUT: "timeout",
    DELAYED: "delay-over",
    FLUSH: "flush",
    HEURISTIC: "heuristic",
    INQUIRE: "ask",
    LEASE: "lease",
    PRODUCE: "produce",
    RESEND: "resend",
    RESTART: "restart",
    RESUME: "resume",
    SEND_AGAIN: "send-again",
    TXN_TIMEOUT: "txn-timeout",
    WORK: "work",
}


def step_due(world: World, due: Due) -> tuple[StepKind, str, str] | None:
    """Kind, node and message of this timer; ``None`` where it is void or no step at all."""
    kind = _KINDS.get(due[3])
    if kind is None:
        return None
    item = item_of(due)
    node = world.nodes.get(item.owner)
    if node is None or node.is_up == (kind == "restart"):
        return None
    message = -1
    if isinstance(node, Producer) and kind in ("timeout", "send-again"):
        message = item.second
        intent = node.unconfirmed.get(message)
        if intent is None or intent.timer != item.third or item.first != node.incarnation:
            return None
    elif isinstance(node, Queue) and kind in ("lease", "delay-over"):
        subscription = node.subscriptions.get(item.text)
        slot = subscription.slots.get(item.first) if subscription is not None else None
        if slot is None or (kind == "lease" and (slot.state, slot.token) != (LEASED, item.second)):
            return None
        message = slot.message
    elif isinstance(node, Queue) and kind == "flush" and not has_unflushed(node):
        return None
    elif isinstance(node, Consumer) and kind in ("work", "ack-again"):
        tick = item.first if kind == "work" else item.second
        if node.current is None or tick != node.tick:
            return None
        message = node.current.message
        if kind == "work" and item.second == 1:
            kind = "crash-mid-effect"
    return kind, node.id, world.ledger.name_of(message) if message >= 0 else ""
