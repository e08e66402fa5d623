"""How does a node get another name while the world runs, and keep everything that it has?

Each owner of names is told in turn: nodes and links, what is under way, what is due, the queues'
books, the ledger. Only the draws of the node itself are new ones, for a name is part of their key.
"""

from collections import deque
from dataclasses import replace
from typing import Any, NamedTuple

from playground.engine import commands as c
from playground.engine.agenda import (
    ARRIVE,
    CLOSE,
    DELAYED,
    HEAL,
    LEASE,
    OPEN,
    AgendaItem,
    Due,
    due_of,
    item_of,
)
from playground.engine.commit_parameters import database_name
from playground.engine.ledger import GroupLedger, Ledger
from playground.engine.links import LinkState
from playground.engine.message import Flight, LinkKey
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.database import GroupDatabase, database_of
from playground.engine.nodes.dispatch import members_changed
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.subscription import Subscription
from playground.engine.records import NodeRenamed
from playground.engine.rejection import Rejection, node_of
from playground.engine.rename_transactions import rename_transactions
from playground.engine.rewording import Reword, of_message, of_name, reworded
from playground.engine.world import World


class Names(NamedTuple):
    """What becomes of each kind of name."""

    node: Reword
    group: Reword
    message: Reword

    def link(self, key: LinkKey) -> LinkKey:
        """A link's ends."""
        return self.node(key[0]), self.node(key[1])


def rename_node(world: World, wish: c.RenameNode) -> None:
    """The node goes on under its new name; its group too, where that was called after it."""
    old, new = wish.old, wish.new
    node = node_of(world, old)
    if new in world.nodes:
        raise Rejection(f"There is a node {new} already.")
    if not new.strip():
        raise Rejection("A node needs a name.")
    if isinstance(node, GroupDatabase):
        raise Rejection(f"{old} is called after its group: rename that.")
    group = _group_names(world, node, new)
    names = Names(_node_names(world, node, new, group), group, _messages(node, old, new))
    world.because(NodeRenamed, old, new)
    _rename_parameters(world, node, names)
    _rename_world(world, node, names)
    for each in world.nodes.values():
        _rename_life(each, names)
        if isinstance(each, Queue):
            _rename_books(each, node, names)
    _rename_ledger(world, node, names)
    _reopen_keys(world, node)


def _node_names(world: World, node: Node, new: str, group: Reword) -> Reword:
    """Its own; and its group's database is called after the group."""
    names = {node.id: new}
    if isinstance(node, Consumer) and group(node.group) != node.group:
        database = database_of(world, node.group)
        # The script may name one that is still to come.
        old = database_name(node.group, world.nodes) if database is None else database.id
        names[old] = database_name(group(node.group), (*world.nodes, new))
    return lambda name: names.get(name, name)


def _group_names(world: World, node: Node, new: str) -> Reword:
    taken = {each.group for each in world.nodes.values() if isinstance(each, Consumer)}
    if isinstance(node, Consumer) and node.group == node.id and new not in taken:
        return of_name(node.id, new)
    return lambda group: group


def _messages(node: Node, old: str, new: str) -> Reword:
    return of_message(old, new) if node.is_producer else lambda message: message


def _rename_parameters(world: World, node: Node, names: Names) -> None:
    """What other nodes' parameters, and its own, say of it."""
    for each in world.nodes.values():
        if isinstance(each, Queue) and each.parameters.dead_letter == node.id:
            each.parameters = replace(each.parameters, dead_letter=names.node(node.id))
        elif isinstance(each, Consumer):
            group = each.parameters.group
            if group is None and each is node and names.group(node.id) == node.id:
                group = node.id  # its new name is another group's: it stays where it was
            if group is not None:
                each.parameters = replace(each.parameters, group=names.group(group))


def _rename_world(world: World, node: Node, names: Names) -> None:
    """Nodes, links, packets under way, what is due, and what is still in the script."""
    old, new = node.id, names.node(node.id)
    for each in world.nodes.values():
        each.id = names.node(each.id)
    world.nodes = {each.id: each for each in world.nodes.values()}
    rename_transactions(world, names.node, names.group)
    for each in world.nodes.values():
        if isinstance(each, Consumer):
            each.group = names.group(each.group)
            each.set(each.parameters)
    for link in world.links.values():
        link.group = names.group(link.group)
        _rename_link(link, names)
    world.links = {names.link(key): link for key, link in world.links.items()}
    world.links_of = {
        names.node(name): [names.link(key) for key in keys] for name, keys in world.links_of.items()
    }
    world.flights = {id_: _flight(flight, names) for id_, flight in world.flights.items()}
    _rename_due(world, names)
    world.script = tuple(
        (at_us, reworded(command, names.node, names.message, names.group))
        for at_us, command in world.script
    )
    _rename_ordinals(world, old, new, node, names)
    for group in list(world.databases):
        if names.group(group) != group:
            world.databases[names.group(group)] = world.databases.pop(group)


def _rename_due(world: World, names: Names) -> None:
    """The agenda, and the lines behind some of its items, which must stay the very same rows."""
    rows = {due[2]: _due(due, names) for due in world.agenda}
    world.agenda[:] = [rows[due[2]] for due in world.agenda]
    world.lines = {
        (names.node(owner), kind): deque(rows.get(due[2]) or _due(due, names) for due in line)
        for (owner, kind), line in world.lines.items()
    }


def _rename_ordinals(world: World, old: str, new: str, node: Node, names: Names) -> None:
    """How many packets of a kind each message has had: by producer, and by group."""
    for owner, packet in list(world.ordinals):
        renamed = names.group(owner)
        if node.is_producer and owner == old:
            renamed = new
        if renamed != owner:
            world.ordinals[renamed, packet] = world.ordinals.pop((owner, packet))


def _rename_link(link: LinkState, names: Names) -> None:
    link.key = names.link(link.key)
    link.source, link.target = link.key
    link.armed = [each._replace(name=names.message(each.name)) for each in link.armed]
    link.held_connections = [
        each._replace(queue=names.node(each.queue), consumer=names.node(each.consumer))
        for each in link.held_connections
    ]
    link.set(link.parameters)


def _flight(flight: Flight, names: Names) -> Flight:
    return flight.on_route(
        replace(
            flight.route,
            link=names.link(flight.link),
            source=names.node(flight.source),
            target=names.node(flight.target),
            group=names.group(flight.group),
        )
    )


def _due(due: Due, names: Names) -> Due:
    """Its place in the heap stays: that is its time, its kind and the order of its insertion."""
    return due if due[3] == ARRIVE else due_of(_item(item_of(due), names))


def _item(item: AgendaItem, names: Names) -> AgendaItem:
    text = item.text
    if item.kind in (CLOSE, OPEN, HEAL):
        text = names.node(text)
    elif item.kind in (LEASE, DELAYED):
        text = names.group(text)
    return item._replace(owner=names.node(item.owner), text=text)


def _rename_life(node: Node, names: Names) -> None:
    """What waits at a paused node, and what is armed on it."""
    node.waiting = [_flight(flight, names) for flight in node.waiting]
    node.deferred = [_item(item, names) for item in node.deferred]
    node.armed = [each._replace(name=names.message(each.name)) for each in node.armed]


def _rename_books(queue: Queue, node: Node, names: Names) -> None:
    """Who reads this queue, who has what of it, and whose SENDs it remembers."""
    queue.subscriptions = {
        names.group(group): subscription for group, subscription in queue.subscriptions.items()
    }
    for group, subscription in queue.subscriptions.items():
        subscription.group = group
        subscription.acked_tag = -1
        if isinstance(node, Consumer):
            _rename_member(subscription, names)
    if node.is_producer:
        queue.dedup.rename(names.node)


def _rename_member(subscription: Subscription, names: Names) -> None:
    def renamed(by_consumer: dict[str, Any]) -> dict[str, Any]:
        return {names.node(consumer): value for consumer, value in by_consumer.items()}

    subscription.connected = renamed(subscription.connected)
    subscription.unacked = renamed(subscription.unacked)
    subscription.ready = renamed(subscription.ready)
    subscription.members = [names.node(member) for member in subscription.members]
    subscription.last_served = names.node(subscription.last_served)
    for slot in (*subscription.slots.values(), *subscription.unflushed):
        slot.consumer = names.node(slot.consumer)


def _rename_ledger(world: World, node: Node, names: Names) -> None:
    ledger = world.ledger
    if isinstance(node, Producer):
        _rename_producer(ledger, node)
    for book in ledger.groups.values():
        book.group = names.group(book.group)
        book.queue = names.node(book.queue)
    ledger.groups = {book.group: book for book in ledger.groups.values()}
    if isinstance(node, Queue):
        ledger.queues = [names.node(queue) for queue in ledger.queues]
        groups_of: dict[str, list[GroupLedger]] = {}
        for queue, books in ledger.groups_of.items():
            groups_of.setdefault(names.node(queue), []).extend(books)
        ledger.groups_of = groups_of
    ledger.origin = {
        child: (parent, names.group(group)) for child, (parent, group) in ledger.origin.items()
    }


def _rename_producer(ledger: Ledger, producer: Producer) -> None:
    """Messages of a removed producer of this name keep being told apart from its own."""
    name, count = f"{producer.id} (removed)", 1
    while name in ledger.producers:
        count += 1
        name = f"{producer.id} (removed {count})"
    names = [name if each == producer.id else each for each in ledger.producers]
    names[producer.index] = producer.id
    ledger.producers = names
    ledger.forget_names()


def _reopen_keys(world: World, node: Node) -> None:
    """The order of a group's names says who is next and who owns which key: sort them again."""
    if not isinstance(node, Consumer) or node.link is None:
        return
    queue = world.nodes[node.link.source]
    assert isinstance(queue, Queue)
    subscription = queue.subscriptions[node.group]
    if subscription.members != sorted(subscription.members):
        members_changed(world, queue, subscription)
