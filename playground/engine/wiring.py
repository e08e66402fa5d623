"""Who reaches whom through a coordinator, and what happens to transactions when that changes?

A link runs from a consumer to its coordinator, and from a coordinator to each queue in whose
transactions it decides. The databases of groups that commit in two phases join by themselves, with
a link that is as far as the coordinator's link to the queue, and of the same kind.
"""

from playground.engine import parameters as p
from playground.engine.agenda import strike
from playground.engine.commit_parameters import database_name
from playground.engine.flights import lose
from playground.engine.links import LinkState
from playground.engine.nodes import pending
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.coordinator_log import ONGOING
from playground.engine.nodes.database import GroupDatabase, database_of
from playground.engine.nodes.dispatch import connect, disconnect
from playground.engine.nodes.node import Node
from playground.engine.nodes.queue import Queue
from playground.engine.records import TopologyChanged, TransactionDecided
from playground.engine.rejection import Rejection
from playground.engine.transactions import COMMIT, coordinator_link, is_served
from playground.engine.world import World


def add_coordinator_link(
    world: World, source: Node, target: Node, weather: p.LinkParameters
) -> None:
    """From a consumer to a coordinator, or from a coordinator to a queue."""
    group = ""
    if isinstance(source, Consumer) and isinstance(target, Coordinator):
        group = source.group
        if coordinator_link(world, source) is not None:
            raise Rejection(f"{source.id} is linked to a coordinator already.")
    elif not (isinstance(source, Coordinator) and isinstance(target, Queue)):
        raise Rejection(
            "A coordinator is linked from the consumers that it commits for, "
            "and to the queues that they read."
        )
    unserved = [each for each in _transactional(world) if not is_served(world, each)]
    _join(world, LinkState(source.id, target.id, weather, group))
    wire(world)
    for consumer in unserved:
        queue = world.nodes.get(consumer.link.source) if consumer.link else None
        if (
            is_served(world, consumer)
            and isinstance(queue, Queue)
            and consumer.is_up
            and not world.links[queue.id, consumer.id].breaks_connection
        ):
            connect(world, queue, consumer, consumer.incarnation)


def _join(world: World, link: LinkState) -> None:
    world.links[link.key] = link
    world.links_of[link.source].append(link.key)
    world.links_of[link.target].append(link.key)
    world.because(TopologyChanged, "link added", f"{link.source}>{link.target}")


def _transactional(world: World) -> list[Consumer]:
    return [
        node
        for node in world.nodes.values()
        if isinstance(node, Consumer) and node.program.is_transaction and node.link is not None
    ]


def check_served(world: World, consumer: Consumer, parameters: p.ConsumerParameters) -> None:
    """Raise ``Rejection`` where a linked consumer would have nobody to commit through."""
    how = parameters.effective_how
    if how not in p.TRANSACTIONS or consumer.link is None:
        return
    queue, link = consumer.link.source, coordinator_link(world, consumer)
    if link is None:
        raise Rejection(f"{consumer.id} needs a coordinator to commit by {how}: link it to one.")
    if (link.target, queue) not in world.links:
        raise Rejection(f"{link.target} does not reach {queue} yet: link it to that queue.")


def wire(world: World) -> None:
    """Databases that are needed now join; links know the groups that they serve."""
    for consumer in [node for node in world.nodes.values() if isinstance(node, Consumer)]:
        link = coordinator_link(world, consumer)
        if link is None:
            continue
        if link.group != consumer.group:
            link.group = consumer.group
            link.set(link.parameters)
        is_ready = consumer.link is not None and is_served(world, consumer)
        if is_ready and consumer.program.how == "two-phase":
            assert consumer.link is not None
            _join_database(world, consumer.group, link.target, consumer.link.source)


def _join_database(world: World, group: str, coordinator: str, queue: str) -> None:
    database = database_of(world, group)
    if database is None:
        name = database_name(group, world.nodes)
        database = GroupDatabase(name, group)
        world.nodes[name] = database
        world.links_of[name] = []
    if (coordinator, database.id) not in world.links:
        like = world.links[coordinator, queue].parameters
        weather = p.LinkParameters(transport=like.transport, latency=like.latency)
        _join(world, LinkState(coordinator, database.id, weather, group))


def unwire(world: World) -> None:
    """Consumers that nobody commits for are not served; databases without use leave."""
    for consumer in _transactional(world):
        queue = world.nodes.get(consumer.link.source) if consumer.link else None
        if isinstance(queue, Queue) and not is_served(world, consumer):
            disconnect(world, queue, consumer.id, consumer.group)
    for database in [each for each in world.nodes.values() if isinstance(each, GroupDatabase)]:
        book = world.ledger.groups.get(database.group)
        for key in world.links_of[database.id].copy():
            if book is None or (key[0], book.queue) not in world.links:
                _part(world, world.links[key])
        if not world.links_of[database.id]:
            for number in list(database.branches):
                database.end(world, number, is_commit=False)
            strike(world.agenda, lambda item, name=database.id: item.owner == name)  # type: ignore[misc]
            del world.nodes[database.id], world.links_of[database.id]


def _part(world: World, link: LinkState) -> None:
    lose_packets(world, link)
    link.count()
    del world.links[link.key]
    for end in link.key:
        world.links_of[end].remove(link.key)
    strike(world.agenda, lambda item: (item.owner, item.text) == link.key)
    world.because(TopologyChanged, "link removed", f"{link.source}>{link.target}")


def lose_packets(world: World, link: LinkState) -> None:
    """The link is taken away: whatever travels on it, or waits at its ends, has nowhere to go."""
    for flight in [each for each in world.flights.values() if each.link == link.key]:
        del world.flights[flight.id]
        lose(world, flight, "gone")
    for end in (world.nodes[link.source], world.nodes[link.target]):
        for flight in [each for each in end.waiting if each.link == link.key]:
            end.waiting.remove(flight)
            world.waiting_flights -= 1
            lose(world, flight, "gone")


def end_transactions(world: World, source: Node, target: Node) -> None:
    """A link to or from a coordinator leaves: what it had open is ended, as its log says."""
    if isinstance(target, Coordinator):
        coordinator, consumer, queue = target, source.id, ""
        coordinator.epochs.pop(source.id, None)
    else:
        assert isinstance(source, Coordinator)
        coordinator, consumer, queue = source, "", target.id
    removed = world.cause
    for number, transaction in list(world.transactions.items()):
        if transaction.coordinator != coordinator.id:
            continue
        if transaction.consumer == consumer or transaction.queue == queue:
            world.cause = removed
            _end(world, coordinator, number)
    world.cause = removed


def _end(world: World, coordinator: Coordinator, number: int) -> None:
    transaction = world.transactions[number]
    entry = coordinator.log.pop(number, None)
    is_commit = entry is not None and entry.verdict == COMMIT
    if entry is not None and entry.state == ONGOING:
        coordinator.aborted += 1
        world.because(
            TransactionDecided, coordinator.id, transaction.consumer, transaction.message, number,
            "abort", "removed",
        )  # fmt: skip
    decided = world.cause
    queue = world.nodes.get(transaction.queue)
    database = database_of(world, transaction.group)
    if database is not None:
        database.end(world, number, is_commit=is_commit)
    world.cause = decided
    if isinstance(queue, Queue) and (entry is not None or number in queue.branches):
        pending.end(world, queue, number, is_commit=is_commit)
