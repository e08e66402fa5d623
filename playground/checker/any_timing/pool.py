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
    transactions_key,
    transactions_names,
)
from playground.checker.any_timing.ledger_part import ledger_key
from playground.checker.any_timing.names import NO_NAMES, Name, Names
from playground.checker.any_timing.packets import (
    Packet,
    Tag,
    names_of_packet,
    tags_of,
)
from playground.checker.any_timing.parts import (
    consumer_key,
    consumer_names,
    database_key,
    database_names,
    producer_key,
    producer_names,
)
from playground.checker.any_timing.queue_part import (
    queue_key,
    queue_names,
    settle_queue,
)
from playground.checker.any_timing.rules import Rules
from playground.engine.durable import Database
from playground.engine.ledger import Ledger
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.world import World

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
        self.named_places = self._named_places(world)
        self.streams = {
            key for key, link in world.links.items() if link.parameters.transport == "stream"
        }
        # By number of a part.
        self.objects: list[Any] = []
        self.names: list[int] = []
        self.tags: list[frozenset[Tag]] = []
        # Of what is on its way: the connections that open and close, with queue and consumer.
        self.connections: dict[int, tuple[tuple[int, int, int], ...]] = {}
        # By number of a packet.
        self.packets: list[Packet] = []
        self.lanes: list[int] = []
        self._packet_names: list[frozenset[Name]] = []
        self._packet_tags: list[tuple[Tag, ...]] = []
        self._connections: list[tuple[int, int, int] | None] = []
        self._part_ids: dict[Any, int] = {}
        self._flights_ids: dict[tuple[int, ...], int] = {}
        self._names_ids: dict[Names, int] = {}
        self.names_of: list[Names] = []  # by number of the names
        self._packet_ids: dict[Packet, int] = {}
        self._lane_ids: dict[Any, int] = {}

    def _named_places(self, world: World) -> tuple[int, ...]:
        """The places whose parts can mention a number that may be renamed."""
        rules = self.rules
        places = [
            self.index[name]
            for name, node in world.nodes.items()
            if not isinstance(node, Producer) or rules.sequences or rules.refusals
        ]
        if rules.fencing:
            places += self.database_index.values()
        if self.has_commits:
            places.append(self.transactions_index)
        return (*places, self.flights_index)

    # ------------------------------------------------------------------ parts

    def _number(self, place: int, key: Any, thing: Any, names: Callable[[], Names]) -> int:
        part = self._part_ids.get((place, key))
        if part is None:
            found = names()
            assert found == NO_NAMES or place in self.named_places
            part = self._part_ids[place, key] = self._add(thing, found, frozenset())
        return part

    def _add(self, thing: Any, names: Names, tags: frozenset[Tag]) -> int:
        names_id = self._names_ids.get(names)
        if names_id is None:
            names_id = self._names_ids[names] = len(self.names_of)
            self.names_of.append(names)
        self.objects.append(thing)
        self.names.append(names_id)
        self.tags.append(tags)
        return len(self.objects) - 1

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
        if self._lane_ids:
            packets.sort(key=lambda packet: (lanes[packet], 0 if lanes[packet] else packet))
        else:
            packets.sort()
        key = tuple(packets)
        part = self._flights_ids.get(key)
        if part is None:
            names, tags = self._packet_names, self._packet_tags
            part = self._flights_ids[key] = self._add(
                key,
                Names(frozenset[Name]().union(*[names[packet] for packet in key])),
                frozenset([tag for packet in key for tag in tags[packet]]),
            )
            connections = [self._connections[packet] for packet in key]
            if any(connections):
                self.connections[part] = tuple([each for each in connections if each])
        return part

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
            self._packet_names.append(names_of_packet(packet, self.rules).strong)
            self._packet_tags.append(tags_of(packet))
            ends = (found, self.index[packet.source], self.index[packet.target])
            self._connections.append(ends if packet.is_connection else None)
        return found
