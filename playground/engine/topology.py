"""How do nodes and links join, change and leave, also while the world runs?"""

from typing import Any

from playground.engine import commands as c
from playground.engine.forced import settle_account
from playground.engine.links import LinkState
from playground.engine.nodes.arrivals import start_arrivals
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.disk import on_flush
from playground.engine.nodes.dispatch import connect, disconnect
from playground.engine.nodes.node import Node
from playground.engine.nodes.pending import forget_group
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.removal import slot_gone
from playground.engine.nodes.subscription import Subscription
from playground.engine.nodes.timers import schedule_retention
from playground.engine.parameters import (
    MAX_LINKS,
    MAX_NODES,
    ConsumerParameters,
    CoordinatorParameters,
    LinkParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.engine.records import TopologyChanged
from playground.engine.rejection import Rejection, link_of, node_of
from playground.engine.transactions import is_served
from playground.engine.wiring import (
    add_coordinator_link,
    check_served,
    end_transactions,
    lose_packets,
    unwire,
    wire,
)
from playground.engine.world import CLOSE, HEAL, OPEN, SCRIPT, World


def add_node(world: World, wish: c.AddNode) -> None:
    """A node that is not connected to anything yet."""
    if wish.node in world.nodes:
        raise Rejection(f"There is a node {wish.node} already.")
    if len(world.nodes) >= MAX_NODES:
        raise Rejection(f"There are {MAX_NODES} nodes, the most allowed.")
    parameters = wish.parameters
    node: Node
    if isinstance(parameters, ProducerParameters):
        index = world.ledger.producer_index(wish.node)
        node = Producer(wish.node, parameters, index, world.ledger.last_number_of(index))
    elif isinstance(parameters, QueueParameters):
        node = Queue(wish.node, parameters)
    elif isinstance(parameters, CoordinatorParameters):
        node = Coordinator(wish.node, parameters)
    else:
        assert isinstance(parameters, ConsumerParameters)
        node = Consumer(wish.node, parameters)
    world.nodes[wish.node] = node
    world.links_of[wish.node] = []
    world.because(TopologyChanged, "node added", wish.node)


def add_link(world: World, wish: c.AddLink) -> None:
    """From a producer to a queue, or from a queue to a consumer."""
    source, target = node_of(world, wish.source), node_of(world, wish.target)
    if (wish.source, wish.target) in world.links:
        raise Rejection(f"{wish.source} and {wish.target} are linked already.")
    if len(world.links) >= MAX_LINKS:
        raise Rejection(f"There are {MAX_LINKS} links, the most allowed.")
    group = ""
    if isinstance(source, Coordinator) or isinstance(target, Coordinator):
        add_coordinator_link(world, source, target, wish.parameters)
        return
    if isinstance(source, Producer) and isinstance(target, Queue):
        end: Node = source
    elif isinstance(source, Queue) and isinstance(target, Consumer):
        end = target
        group = target.group
        book = world.ledger.groups.get(group)
        if book is not None and book.queue != source.id:
            raise Rejection(f"The group {group} reads from {book.queue} already.")
    else:
        raise Rejection("A link goes from a producer to a queue, or from a queue to a consumer.")
    if end.link is not None:
        raise Rejection(f"{end.id} is linked to a queue already.")
    link = LinkState(wish.source, wish.target, wish.parameters, group)
    end.link = link
    world.links[link.key] = link
    world.links_of[wish.source].append(link.key)
    world.links_of[wish.target].append(link.key)
    world.because(TopologyChanged, "link added", f"{wish.source}>{wish.target}")
    if isinstance(end, Consumer):
        _subscribe(world, source, end)
        wire(world)
    elif isinstance(end, Producer) and end.is_up:
        start_arrivals(world, end)
        end.pump(world)


def _subscribe(world: World, queue: Node, consumer: Consumer) -> None:
    assert isinstance(queue, Queue)
    world.ledger.open_group(consumer.group, queue.id)
    if consumer.group not in queue.subscriptions:
        queue.subscriptions[consumer.group] = Subscription(consumer.group, queue.parameters.order)
    if consumer.is_up and queue.is_up and is_served(world, consumer):
        connect(world, queue, consumer, consumer.incarnation)


def remove_link(world: World, wish: c.RemoveLink) -> None:
    """The packets on it end; a group whose last consumer is gone owes nothing any more."""
    link = link_of(world, wish.source, wish.target)
    if isinstance(world.nodes[link.target], GroupDatabase):
        raise Rejection(f"{link.target} is reached as long as its group commits in two phases.")
    _remove_link(world, link)


def _remove_link(world: World, link: LinkState) -> None:
    world.because(TopologyChanged, "link removed", f"{link.source}>{link.target}")
    removed = world.cause
    source, target = world.nodes[link.source], world.nodes[link.target]
    lose_packets(world, link)
    world.cause = removed
    if isinstance(target, Consumer) and isinstance(source, Queue):
        _unsubscribe(world, source, target)
    elif isinstance(source, Producer):
        _stop_publishing(world, source)
    else:
        end_transactions(world, source, target)
    # Another link between these two counts its cuts from 1 again.
    world.strike(lambda item: item.kind == HEAL and (item.owner, item.text) == link.key)
    link.count()
    del world.links[link.key]
    for end in (source, target):
        world.links_of[end.id].remove(link.key)
    unwire(world)


def _unsubscribe(world: World, queue: Queue, consumer: Consumer) -> None:
    disconnect(world, queue, consumer.id, consumer.group)
    consumer.drop_everything(world)
    consumer.link = None
    group = consumer.group
    others = [
        node
        for node in world.nodes.values()
        if isinstance(node, Consumer) and node.link is not None and node.group == group
    ]
    if not others:
        forget_group(world, queue, group)
        subscription = queue.subscriptions.pop(group)
        for slot in [*subscription.slots.values(), *subscription.unflushed]:
            slot_gone(world, queue, subscription, slot, "consumer-crash")
        world.ledger.on_lost = [each for each in world.ledger.on_lost if each[0] != group]
        world.ledger.close_group(group)
        world.databases.pop(group, None)


def _stop_publishing(world: World, producer: Producer) -> None:
    producer.schedule_id += 1
    producer.forget_everything(world, keeps_outbox=False)
    # What was under way is gone: numbers would be missing for ever in the old session.
    producer.session += 1
    producer.sequence = 0
    producer.link = None


def remove_node(world: World, wish: c.RemoveNode) -> None:
    """A node leaves with its links. A queue takes its entries along."""
    node = node_of(world, wish.node)
    if isinstance(node, GroupDatabase):
        raise Rejection(f"{node.id} is there as long as its group commits in two phases.")
    _remove_node(world, node)


def _remove_node(world: World, node: Node) -> None:
    for key in world.links_of[node.id].copy():
        if key in world.links:
            _remove_link(world, world.links[key])
    if isinstance(node, Queue):
        node.empty(world)
    elif isinstance(node, Producer):
        for queue in world.nodes.values():
            if isinstance(queue, Queue):
                queue.dedup.forget_producer(node.id)
    _strike_from_agenda(world, node.id)
    world.forced.pop(node.id, None)
    del world.nodes[node.id]
    del world.links_of[node.id]
    world.because(TopologyChanged, "node removed", node.id)


def _strike_from_agenda(world: World, node: str) -> None:
    """Its timers must not find another node of its name, which counts its own from 1 again."""
    world.strike(
        lambda item: item.owner == node or (item.kind in (OPEN, CLOSE) and item.text == node)
    )
    world.lines = {key: line for key, line in world.lines.items() if key[0] != node}


def check_retune(world: World, node: Node, parameters: Any) -> None:
    """Raise ``Rejection`` where these parameters do not fit the other nodes."""
    if isinstance(parameters, QueueParameters):
        target, seen = parameters.dead_letter, [node.id]
        while target is not None:
            if target in seen:
                raise Rejection(f"Dead letters of {node.id} would come back to {target}.")
            queue = world.nodes.get(target)
            if not isinstance(queue, Queue):
                raise Rejection(f"{target} is not a queue that could take dead letters.")
            seen.append(target)
            target = queue.parameters.dead_letter
    elif isinstance(parameters, ConsumerParameters) and node.link is not None:
        group = parameters.group or node.id
        book = world.ledger.groups.get(group)
        if book is not None and book.queue != node.link.source:
            raise Rejection(f"The group {group} reads from {book.queue} already.")
        assert isinstance(node, Consumer)
        check_served(world, node, parameters)


def retune(world: World, node: Node, parameters: Any) -> None:
    """New parameters on a running node; they act on what begins afterwards."""
    settle_account(world, node, parameters)
    if isinstance(node, Producer):
        old = node.parameters
        node.parameters = parameters
        timing = ("rate_per_s", "arrivals", "burst", "limit")
        retimed = any(getattr(old, name) != getattr(parameters, name) for name in timing)
        if retimed and node.is_up:
            start_arrivals(world, node)
        if node.is_up and not node.is_paused:
            node.pump(world)
    elif isinstance(node, Queue):
        _retune_queue(world, node, parameters)
    elif isinstance(node, Coordinator):
        node.parameters = parameters
    else:
        assert isinstance(node, Consumer)
        _retune_consumer(world, node, parameters)


def _retune_queue(world: World, queue: Queue, parameters: QueueParameters) -> None:
    order_changed = queue.parameters.order != parameters.order
    retention_changed = queue.parameters.retention_us != parameters.retention_us
    queue.parameters = parameters
    if order_changed:
        for subscription in queue.subscriptions.values():
            subscription.rebuild(parameters.order)
    if queue.is_up:
        if retention_changed:
            schedule_retention(world, queue)
        if parameters.ack_durability == "sync":
            on_flush(world, queue)
        queue.dispatch_all(world)


def _retune_consumer(world: World, consumer: Consumer, parameters: ConsumerParameters) -> None:
    link, group = consumer.link, parameters.group or consumer.id
    if group == consumer.group:
        consumer.set(parameters)
        wire(world)
        queue = world.nodes.get(link.source) if link else None
        if isinstance(queue, Queue):
            queue.dispatch_all(world)
        return
    if link is not None:
        # A change of group is a new subscription: leave the old one, join the new one.
        weather, armed = link.parameters, link.armed
        _remove_link(world, link)
        consumer.group = group
        consumer.set(parameters)
        add_link(world, c.AddLink(link.source, link.target, weather))
        world.links[link.key].armed = armed
    else:
        consumer.group = group
        consumer.set(parameters)


def build(
    world: World,
    nodes: dict[str, Any],
    links: list[tuple[str, str, LinkParameters]],
    script: tuple[tuple[int, c.Command], ...],
) -> None:
    """A world as a scenario describes it, at time 0. Raises ``Rejection`` where it cannot be."""
    for name, parameters in nodes.items():
        add_node(world, c.AddNode(name, parameters))

    # Consumers first: a message is owed to the groups that exist when it is produced.
    # A coordinator before them: a group that needs one is served from the beginning.
    def late(link: tuple[str, str, LinkParameters]) -> int:
        if isinstance(world.nodes.get(link[0]), Producer):
            return 2
        is_to_consumer = isinstance(world.nodes.get(link[1]), Consumer)
        return 1 if is_to_consumer else 0

    for source, target, weather in sorted(links, key=late):
        add_link(world, c.AddLink(source, target, weather))
    world.script = script
    world.cause = 0
    for index, (at_us, _) in enumerate(script):
        world.schedule(at_us, SCRIPT, "", index)
