"""How is a state kept small? Its parts are numbered: equal parts have one number, once.

A state is a tuple of numbers: its nodes, the databases of its groups, its ledger, and what is on
its way. Two states are the same if their numbers are. Behind each number stands one object of the
engine that nobody changes any more; a step works on a fork of it.
"""

from collections.abc import Callable
from typing import Any

from playground.checker.any_timing.commit_parts import (
    Transactions,
    node_key,
    node_names,
    rename_node,
    renamed_transactions,
    transactions_key,
    transactions_names,
)
from playground.checker.any_timing.ledger_part import ledger_key
from playground.checker.any_timing.names import NO_NAMES, Name, Names, Renaming, renaming_of
from playground.checker.any_timing.packets import (
    Packet,
    Tag,
    names_of_packet,
    renamed_packet,
    tags_of,
)
from playground.checker.any_timing.parts import (
    consumer_key,
    consumer_names,
    database_key,
    database_names,
    producer_key,
    producer_names,
    rename_consumer,
    rename_database,
    rename_producer,
)
from playground.checker.any_timing.queue_part import (
    queue_key,
    queue_names,
    rename_queue,
    settle_queue,
)
from playground.checker.any_timing.rules import Rules
from playground.engine.ledger import Ledger
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.world import Database, World

State = tuple[int, ...]
"""The numbers of a state's parts, in the order of ``Pool.owners``."""


class Pool:
    """All parts that were ever met, each once."""

    def __init__(self, world: World, rules: Rules) -> None:
        self.rules = rules
        self.node_ids = tuple(world.nodes)
        self.groups = tuple(world.ledger.groups)
        self.queue_of = {group: book.queue for group, book in world.ledger.groups.items()}
        self.owners = (*self.node_ids, *self.groups, "transactions", "ledger", "packets")
        self.index = {name: place for place, name in enumerate(self.node_ids)}
        self.database_index = {
            group: place for place, group in enumerate(self.groups, len(self.node_ids))
        }
        self.transactions_index = len(self.owners) - 3
        self.has_commits = any(isinstance(node, Coordinator) for node in world.nodes.values())
        self.ledger_index = len(self.owners) - 2
        self.flights_index = len(self.owners) - 1
        self.streams = {
            key for key, link in world.links.items() if link.parameters.transport == "stream"
        }
        # By number of a part.
        self.objects: list[Any] = []
        self.names: list[int] = []
        self.tags: list[frozenset[Tag]] = []
        # Of what is on its way: the connections that open and close.
        self.connections: dict[int, tuple[int, ...]] = {}
        # By number of a packet.
        self.packets: list[Packet] = []
        self.lanes: list[int] = []
        self._part_ids: dict[Any, int] = {}
        self._names_ids: dict[Names, int] = {}
        self._names: list[Names] = []
        self._packet_ids: dict[Packet, int] = {}
        self._lane_ids: dict[Any, int] = {}
        self._renamings: list[Renaming | None] = []
        self._renaming_of: dict[tuple[int, ...], int] = {}
        self._renaming_ids: dict[Any, int] = {}
        self._renamed: dict[tuple[int, int], int] = {}
        self._added: dict[tuple[int, int, tuple[int, ...]], int] = {}
        self._held_up: dict[tuple[int, str], int] = {}
        self._renamings.append(None)

    # ------------------------------------------------------------------ parts

    def _number(self, place: int, key: Any, thing: Any, names: Callable[[], Names]) -> int:
        part = self._part_ids.get((place, key))
        if part is None:
            part = self._part_ids[place, key] = len(self.objects)
            self.objects.append(thing)
            found = names()
            names_id = self._names_ids.get(found)
            if names_id is None:
                names_id = self._names_ids[found] = len(self._names)
                self._names.append(found)
            self.names.append(names_id)
            self.tags.append(frozenset())
        return part

    def node(self, node: Node) -> int:
        """The number of this node as it is now."""
        assert not node.waiting
        assert not node.deferred
        assert not node.armed
        place, rules = self.index[node.id], self.rules
        if isinstance(node, Producer):
            producer = node
            key = producer_key(producer, rules)
            return self._number(place, key, node, lambda: producer_names(producer, rules))
        if isinstance(node, Consumer):
            consumer = node
            key = consumer_key(consumer)
            return self._number(place, key, node, lambda: consumer_names(consumer, rules))
        if isinstance(node, Coordinator | GroupDatabase):
            other = node
            return self._number(place, node_key(other), node, lambda: node_names(other))
        assert isinstance(node, Queue)
        queue = node
        settle_queue(queue)
        return self._number(place, queue_key(queue), node, lambda: queue_names(queue, rules))

    def database(self, group: str, database: Database) -> int:
        """The number of a group's database."""
        place, queue = self.database_index[group], self.queue_of[group]
        key = database_key(database)
        return self._number(
            place, key, database, lambda: database_names(database, queue, self.rules)
        )

    def transactions(self, transactions: Transactions) -> int:
        """The number of what the numbers of transactions stand for."""
        key = transactions_key(transactions)
        return self._number(
            self.transactions_index, key, transactions,
            lambda: transactions_names(transactions, self.rules),
        )  # fmt: skip

    def ledger(self, ledger: Ledger) -> int:
        """The number of a ledger."""
        key = ledger_key(ledger, self.rules)
        return self._number(self.ledger_index, key, ledger, lambda: NO_NAMES)

    def flights(self, packets: list[int]) -> int:
        """The number of what is on its way: any order, but that of sending on a stream."""
        lanes = self.lanes
        packets.sort(key=lambda packet: (lanes[packet], 0 if lanes[packet] else packet))
        key = tuple(packets)
        part = self._part_ids.get((self.flights_index, key))
        if part is None:
            met = [self.packets[packet] for packet in key]
            part = self._number(self.flights_index, key, key, lambda: self._names_of(met))
            self.tags[part] = frozenset(tag for packet in met for tag in tags_of(packet))
            connections = tuple(
                number for number, packet in zip(key, met, strict=True) if packet.is_connection
            )
            if connections:
                self.connections[part] = connections
        return part

    def _names_of(self, packets: list[Packet]) -> Names:
        found = [names_of_packet(packet, self.rules).strong for packet in packets]
        return Names(frozenset[Name]().union(*found))

    def packet(self, packet: Packet) -> int:
        """The number of a packet."""
        found = self._packet_ids.get(packet)
        if found is None:
            found = self._packet_ids[packet] = len(self.packets)
            self.packets.append(packet)
            lane = 0
            link = (packet.source, packet.target)
            if link in self.streams and not packet.is_connection:
                way = (link, packet.is_request)
                lane = self._lane_ids.setdefault(way, len(self._lane_ids) + 1)
            self.lanes.append(lane)
        return found

    def on_its_way(self, part: int, gone: int, sent: tuple[int, ...]) -> int:
        """What is on its way when one packet (-1: none) has gone and others were sent."""
        key = (part, gone, sent)
        found = self._added.get(key)
        if found is None:
            packets = list(self.objects[part])
            if gone >= 0:
                packets.remove(gone)
            packets += sent
            found = self._added[key] = self.flights(packets)
        return found

    def held_up(self, part: int, consumer: str) -> int:
        """What is on its way when this consumer has just stopped: its DELIVERs wait with it."""
        found = self._held_up.get((part, consumer))
        if found is None:
            packets = []
            for packet in self.objects[part]:
                it = self.packets[packet]
                if it.kind == "DELIVER" and it.target == consumer:
                    packet = self.packet(it._replace(is_held_up=True))
                packets.append(packet)
            found = self._held_up[part, consumer] = self.flights(packets)
        return found

    def without_idle_connections(self, state: list[int]) -> int:
        """What is on its way, without openings and closings that will find nothing to do.

        An opening of a life that is over, or that is open already: nothing can end that connection
        but the end of that life, or a crash of the queue, after which it is opened anew. A closing
        of a connection that does not stand: a life that is over opens none.
        """
        part = state[-1]
        for number in self.connections[part]:
            packet = self.packets[number]
            queue: Queue = self.objects[state[self.index[packet.source]]]
            consumer: Consumer = self.objects[state[self.index[packet.target]]]
            incarnation = packet.load[0]
            subscription = queue.subscriptions.get(consumer.group)
            stands = (
                subscription is not None and subscription.connected.get(consumer.id) == incarnation
            )
            is_over = consumer.incarnation != incarnation or not consumer.is_up
            if (is_over or stands) if packet.kind == "OPEN" else not stands:
                part = self.on_its_way(part, number, ())
        return part

    # ------------------------------------------------------------------ renaming

    def canonical(self, state: list[int]) -> State:
        """The state under the numbers that every state of its kind bears."""
        names = self.names
        key = tuple([names[part] for part in state])
        renaming = self._renaming_of.get(key)
        if renaming is None:
            renaming = self._renaming_of[key] = self._number_renaming(key)
        if renaming == 0:
            return tuple(state)
        renamed = self._renamed
        found = []
        for place, part in enumerate(state):
            new = renamed.get((part, renaming))
            if new is None:
                new = renamed[part, renaming] = self._rename(place, part, renaming)
            found.append(new)
        # A dead transaction goes, and what only it has mentioned goes in the next round.
        return self.canonical(found) if self.has_commits else tuple(found)

    def _number_renaming(self, key: tuple[int, ...]) -> int:
        found = renaming_of(self._names[names] for names in key)
        if found is None:
            return 0
        shape = tuple(sorted((kind, tuple(sorted(new.items()))) for kind, new in found.items()))
        number = self._renaming_ids.get(shape)
        if number is None:
            number = self._renaming_ids[shape] = len(self._renamings)
            self._renamings.append(found)
        return number

    def _rename(self, place: int, part: int, renaming: int) -> int:
        new = self._renamings[renaming]
        assert new is not None
        thing = self.objects[part]
        if place == self.ledger_index or self._names[self.names[part]] == NO_NAMES:
            return part
        if place == self.flights_index:
            return self.flights(
                [self.packet(renamed_packet(self.packets[packet], new)) for packet in thing]
            )
        if place == self.transactions_index:
            return self.transactions(renamed_transactions(thing, new))
        twin = thing.fork()
        if place >= len(self.node_ids):
            group = self.groups[place - len(self.node_ids)]
            rename_database(twin, self.queue_of[group], new)
            return self.database(group, twin)
        if isinstance(twin, Producer):
            rename_producer(twin, self.rules, new)
        elif isinstance(twin, Consumer):
            rename_consumer(twin, new)
        elif isinstance(twin, Coordinator | GroupDatabase):
            rename_node(twin, new)
        else:
            rename_queue(twin, new)
        return self.node(twin)
