"""Which steps are there? What may happen to one part of a state, what it waits for, what it costs.

A step is worked out from the part alone. Whether a timer would be early is asked of the packets on
their way (``waits``) and of the consumer that may still be at work (``held``).
"""

from playground.checker.any_timing.commit_steps import of_branches, of_coordinator
from playground.checker.any_timing.packets import Tag
from playground.checker.any_timing.parts import hands_of
from playground.checker.any_timing.patience import Patience
from playground.checker.any_timing.queue_part import has_unflushed
from playground.checker.any_timing.step import EARLY, FAULT, FREE, Step
from playground.checker.bounds import FaultKind
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.subscription import DELAYED, LEASED


def steps_of(
    node: Node, catalogue: frozenset[FaultKind], patience: Patience, any_time: bool
) -> tuple[Step, ...]:
    """What may happen at this node, free things first."""
    found: list[Step] = []
    if not node.is_up:
        return (Step("restart", node.id, FREE),)
    if node.is_paused:
        found.append(Step("resume", node.id, FREE))
    elif isinstance(node, Producer):
        found += _of_producer(node, any_time or node.id in patience.retries)
    elif isinstance(node, Consumer):
        found += _of_consumer(node, any_time or node.id in patience.ack_timeouts)
    elif isinstance(node, Queue):
        found += _of_queue(node, any_time or node.id in patience.leases)
        found += of_branches(node, patience, any_time)
        found += _wearing_out(node, catalogue, patience)
    elif isinstance(node, Coordinator):
        found += of_coordinator(node, patience, any_time)
    elif isinstance(node, GroupDatabase):
        found += of_branches(node, patience, any_time)
    if crash_kind(node) in catalogue:
        found.append(Step("crash", node.id, FAULT))
    if isinstance(node, Consumer):
        found += _consumer_faults(node, catalogue, patience)
    return tuple(found)


def crash_kind(node: Node) -> FaultKind:
    """What a crash of this node is called."""
    return "crash" if isinstance(node, Producer | Consumer) else "broker-crash"


def _of_producer(node: Producer, is_impatient: bool) -> list[Step]:
    found = []
    limit = node.parameters.limit
    if node.link is not None and (limit is None or node.produced < limit):
        found.append(Step("produce", node.id, FREE))
    for message, intent in node.unconfirmed.items():
        if intent.waits_for == "retry":
            found.append(Step("send-again", node.id, FREE, message))
        else:
            waits: tuple[Tag, ...] = (("publish", node.id, message),)
            cost = FREE if is_impatient else EARLY
            found.append(Step("timeout", node.id, cost, message, waits=waits))
    return found


def _of_consumer(node: Consumer, is_impatient: bool) -> list[Step]:
    held = node.current
    if held is None:
        return []
    if node.work_from_us >= 0:
        return [Step("work", node.id, FREE, held.message)]
    assert node.link is not None
    assert node.awaits, "a consumer stands still for no reason"
    queue = node.link.source
    waits: tuple[Tag, ...] = (
        ("ack", queue, held.token),
        ("reply", queue, held.token),
    )
    if held.program.is_transaction:
        asks_epoch = node.client.waits == ("INIT_PID",)
        answer: Tag = ("ask", "", node.client.number)
        waits = (("epoch", node.id, node.incarnation) if asks_epoch else answer,)
    cost = FREE if is_impatient else EARLY
    return [Step("ack-again", node.id, cost, held.message, waits=waits)]


def _of_queue(node: Queue, is_impatient: bool) -> list[Step]:
    found = []
    for group, subscription in node.subscriptions.items():
        for slot in subscription.slots.values():
            if slot.state == LEASED and slot.expiry_us >= 0:
                waits: tuple[Tag, ...] = (
                    ("ack", node.id, slot.token),
                    ("deliver", node.id, slot.token),
                )
                cost = FREE if is_impatient else EARLY
                lease = Step("lease", node.id, cost, slot.message, slot.offset, slot.token)
                found.append(lease._replace(group=group, waits=waits, held=slot.consumer))
            elif slot.state == DELAYED:
                found.append(
                    Step("delay-over", node.id, FREE, slot.message, slot.offset, slot.count, group)
                )
    if has_unflushed(node):
        found.append(Step("flush", node.id, FREE))
    return found


def _wearing_out(node: Queue, catalogue: frozenset[FaultKind], patience: Patience) -> list[Step]:
    """What clocks and operators do to entries and to the memory of SENDs."""
    found = []
    # What is part of an open transaction stays until that has ended.
    free = [entry for entry in node.log.values() if not node.is_held(entry.offset)]
    messages = list(dict.fromkeys(entry.message for entry in free))
    if "expire" in catalogue or node.id in patience.retentions:
        cost = FREE if node.id in patience.retentions else FAULT
        found += [Step("expire", node.id, cost, message) for message in messages]
    if "dead-letter" in catalogue:
        found += [Step("dead-letter", node.id, FAULT, message) for message in messages]
    if "forget-queue-dedup" in catalogue or node.id in patience.windows:
        cost = FREE if node.id in patience.windows else FAULT
        known = dict.fromkeys(row.message for row in node.dedup._appends)
        found += [Step("forget-queue-dedup", node.id, cost, message) for message in sorted(known)]
    return found


def _consumer_faults(
    node: Consumer, catalogue: frozenset[FaultKind], patience: Patience
) -> list[Step]:
    found = []
    if "crash" in catalogue and node.work_from_us >= 0:
        found.append(Step("crash-mid-effect", node.id, FAULT))
    if "pause" in catalogue and not node.is_paused and not node.program.is_auto_ack:
        found.append(Step("pause", node.id, FAULT, number=len(hands_of(node))))
    if "forget-group-dedup" in catalogue or node.id in patience.windows:
        cost = FREE if node.id in patience.windows else FAULT
        found.append(Step("forget-group-dedup", node.id, cost))
    return found


def tokens_in_hands(node: Node) -> frozenset[int]:
    """The tokens of what a running consumer is going to finish.

    Its open transaction is among them: its number, made negative.
    """
    if not isinstance(node, Consumer) or not node.is_up or node.is_paused:
        return frozenset()
    number = node.client.number
    return frozenset([*(held.token for held in hands_of(node)), *((-number,) if number else ())])
