"""How do nodes and links join, change and leave, also while the world runs?"""

from playground.engine import commands as c
from playground.engine.agenda import CLOSE, HEAL, OPEN, strike
from playground.engine.links import LinkState
from playground.engine.nodes.arrivals import start_arrivals
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.dispatch import connect, disconnect
from playground.engine.nodes.node import Node
from playground.engine.nodes.pending import forget_group
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.removal import slot_gone
from playground.engine.nodes.subscription import Subscription
from playground.engine.parameters import (
    MAX_LINKS,
    MAX_NODES,
    ConsumerParameters,
    CoordinatorParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.engine.records import TopologyChanged
from playground.engine.rejection import Rejection, link_of, node_of
from playground.engine.transactions import is_served
from playground.engine.wiring import (
    add_coordinator_link,
    end_transactions,
    lose_packets,
    unwire,
    wire,
)
from playground.engine.world import World


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
    strike(world.agenda, lambda item: item.kind == HEAL and (item.owner, item.text) == link.key)
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
    strike(
        world.agenda,
        lambda item: item.owner == node or (item.kind in (OPEN, CLOSE) and item.text == node),
    )
    world.lines = {key: line for key, line in world.lines.items() if key[0] != node}
