"""How does each node and link look at this moment?"""

from playground.engine.links import LinkState
from playground.engine.nodes.branch import Branch
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.subscription import HELD, LEASED, Subscription
from playground.engine.world import World
from playground.session.commit_views import coordinator_view, database_view
from playground.session.frame import (
    ConsumerView,
    Lane,
    LinkView,
    NodeView,
    ProducerView,
    QueueView,
    Slot,
    Waiting,
)
from playground.session.stages import stages_of

MAX_SLOTS = 6
MAX_WAITING = 3


def node_view(world: World, node: Node, warnings: tuple[str, ...]) -> NodeView:
    """The view of a node of any kind. ``warnings`` belong to a consumer's badge."""
    if isinstance(node, Producer):
        return _producer(world, node)
    if isinstance(node, Queue):
        return _queue(world, node)
    if isinstance(node, Coordinator):
        return coordinator_view(world, node, _points(node))
    if isinstance(node, GroupDatabase):
        return database_view(world, node, _points(node))
    assert isinstance(node, Consumer)
    return _consumer(world, node, warnings)


def _numbers(world: World, messages: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(world.ledger.number[message] for message in messages)


def _points(node: Node) -> tuple[str, ...]:
    return tuple(armed.point for armed in node.armed if not armed.is_pause)


def _producer(world: World, node: Producer) -> ProducerView:
    parameters = node.parameters
    waiting: list[Waiting] = []
    for message, intent in node.unconfirmed.items():
        if len(waiting) == MAX_WAITING:
            break
        waiting.append(
            Waiting(
                world.ledger.number[message],
                intent.waits_for or "confirm",
                intent.since_us,
                intent.until_us,
            )
        )
    return ProducerView(
        id=node.id,
        is_up=node.is_up,
        is_paused=node.is_paused,
        paused_us=node.paused_us,
        restarts_us=node.restarts_us,
        crashed_us=node.crashed_us,
        produced=node.produced,
        buffered=len(node.buffer),
        rate_per_s=parameters.rate_per_s,
        publish=parameters.publish,
        window=parameters.window,
        waiting=tuple(waiting),
        waiting_total=len(node.unconfirmed),
        gave_up=_numbers(world, tuple(node.gave_up[:-4:-1])),
        armed=_points(node),
        is_connected=node.link is not None,
    )


def _queue(world: World, node: Queue) -> QueueView:
    consumers: dict[str, list[str]] = {group: [] for group in node.subscriptions}
    for key in world.links_of[node.id]:
        group = world.links[key].group
        if group in consumers and key[0] == node.id:
            consumers[group].append(key[1])
    dead_from = tuple(
        other.id
        for other in world.nodes.values()
        if isinstance(other, Queue) and other.parameters.dead_letter == node.id
    )
    return QueueView(
        id=node.id,
        is_up=node.is_up,
        is_paused=node.is_paused,
        paused_us=node.paused_us,
        restarts_us=node.restarts_us,
        crashed_us=node.crashed_us,
        crash_took=len(node.crash_took),
        durability=node.parameters.durability,
        lease_us=node.parameters.lease_us,
        held=len(node.log),
        capacity=node.parameters.capacity,
        dead_from=dead_from,
        lanes=tuple(
            _lane(world, subscription, tuple(consumers[group]), _locks(world, node, group))
            for group, subscription in node.subscriptions.items()
        ),
        armed=_points(node),
        is_connected=bool(world.links_of[node.id]) or bool(dead_from),
        commits=_commits(world, consumers),
    )


def _commits(world: World, consumers: dict[str, list[str]]) -> str:
    """The way in which its consumers commit; two-phase if there are both."""
    members = (world.nodes[name] for names in consumers.values() for name in names)
    hows = {node.parameters.effective_how for node in members if isinstance(node, Consumer)}
    return next((how for how in ("two-phase", "transaction") if how in hows), "")


def _locks(world: World, node: Queue, group: str) -> dict[int, Branch]:
    """The transactions that lock an entry of a group's lane, by offset."""
    if not node.branches:
        return {}
    facts = ((world.transactions[number], branch) for number, branch in node.branches.items())
    return {
        transaction.offset: branch
        for transaction, branch in facts
        if branch.is_held and transaction.group == group
    }


def _lane(
    world: World,
    subscription: Subscription,
    consumers: tuple[str, ...],
    locks: dict[int, Branch],
) -> Lane:
    slots: list[Slot] = []
    # Slots stand in order of their offsets but for those that a crash of the queue brought back.
    for offset, slot in subscription.slots.items():
        if len(slots) == MAX_SLOTS:
            break
        is_leased = slot.state == LEASED
        lock = locks.get(offset) if slot.state == HELD else None
        slots.append(
            Slot(
                slot.message,
                world.ledger.number[slot.message],
                "held" if slot.state == HELD else "leased" if is_leased else "ready",
                slot.count,
                slot.leased_us if is_leased else lock.since_us if lock is not None else 0,
                slot.expiry_us if is_leased and slot.expiry_us >= 0 else None,
                slot.born_us,
                lock is not None and lock.is_in_doubt,
            )
        )
    leased = sum(subscription.unacked.values())
    return Lane(
        subscription.group,
        consumers,
        tuple(slots),
        max(0, len(subscription.slots) - len(slots)),
        max(0, len(subscription.slots) - leased),
        leased,
    )


def _consumer(world: World, node: Consumer, warnings: tuple[str, ...]) -> ConsumerView:
    parameters = node.parameters
    held = node.current
    # What is at work finishes as it began; the card shows the program that is at work.
    program = held.program if held is not None else node.program
    stages = stages_of(program)
    working = node.work_from_us >= 0
    queue = world.nodes.get(node.link.source) if node.link else None
    subscription = queue.subscriptions.get(node.group) if isinstance(queue, Queue) else None
    lease_until_us = None
    if held is not None and subscription is not None:
        slot = subscription.slots.get(held.offset)
        if slot is not None and slot.state == LEASED and slot.token == held.token:
            lease_until_us = slot.expiry_us if slot.expiry_us >= 0 else None
    failed = None
    if node.failed is not None:
        limit = queue.parameters.max_deliveries if isinstance(queue, Queue) else None
        failed = (node.failed[1], limit)
    took = () if node.is_up else node.crash_took
    return ConsumerView(
        id=node.id,
        group=node.group,
        is_up=node.is_up,
        is_paused=node.is_paused,
        paused_us=node.paused_us,
        restarts_us=node.restarts_us,
        crashed_us=node.crashed_us,
        took=_numbers(world, took),
        guarantee=parameters.guarantee,
        how=parameters.effective_how,
        idempotency=parameters.effective_idempotency,
        effect=parameters.effective_effect,
        stages=stages.cells,
        atomic=stages.atomic,
        gates=stages.gates,
        message=held.message if held else None,
        number=world.ledger.number[held.message] if held else None,
        stage=stages.cell_of_step[node.step] if held else -1,
        work_from_us=node.work_from_us if working else 0,
        work_until_us=node.work_until_us if working else 0,
        work_done=_work_done(node),
        suppressed=(
            world.ledger.number[node.last_suppressed] if node.last_suppressed >= 0 else None
        ),
        suppressed_us=node.suppressed_us,
        held=len(node.buffer) + (held is not None),
        unacked=subscription.unacked.get(node.id, 0) if subscription else 0,
        prefetch=parameters.prefetch,
        lease_until_us=lease_until_us,
        failed=failed,
        armed=_points(node),
        armed_failure=node.fails_next,
        warnings=warnings,
        cut=node.link is not None and node.link.is_cut,
        is_connected=node.link is not None,
        awaits=node.client.waits if node.awaits else (),
        is_repeat=working and held is not None and _was_applied(world, node.group, held.message),
    )


def _was_applied(world: World, group: str, message: int) -> bool:
    """Whether the group has had the effect of a message already."""
    book = world.ledger.groups.get(group)
    return book is not None and book.effects[message] > 0


def _work_done(node: Consumer) -> float:
    """The part of the work done so far where it stands still: paused, else 0."""
    if node.work_from_us < 0 or node.work_left_us < 0:
        return 0.0
    whole_us = node.work_until_us - node.work_from_us
    return 1.0 - node.work_left_us / whole_us if whole_us else 1.0


def link_view(link: LinkState) -> LinkView:
    """A link's weather, cuts and what is armed on it."""
    parameters = link.parameters
    return LinkView(
        source=link.source,
        target=link.target,
        latency_us=parameters.latency.mean_us,
        distribution=parameters.latency.distribution,
        loss_request=parameters.loss.request,
        loss_reply=parameters.loss.reply,
        duplicate=parameters.duplicate,
        reorder=parameters.reorder,
        transport=parameters.transport,
        cut_request=link.cut_request,
        cut_reply=link.cut_reply,
        cut_us=link.cut_us,
        heals_us=link.heals_us,
        armed=tuple((fault.fault, fault.packet) for fault in link.armed),
    )
