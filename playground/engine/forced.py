"""How many writes did somebody wait for: what do the guarantees cost at the disks?

Most of them follow from counters that are there anyway: a queue with a synced disk waits for every
append and for every ack, an outbox for its two rows. What a node did under other parameters is kept
in ``World.forced`` whenever these change. A lazy or volatile store forces nothing.
"""

from typing import Any

from playground.engine.ledger import GroupLedger
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase, database_of
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.world import World


def forced_writes(world: World, node: Node) -> int:
    """Of a node since it is there."""
    return world.forced.get(node.id, 0) + _under(node, node.parameters)


def forced_writes_of_group(world: World, book: GroupLedger) -> int:
    """Of what a group's consumers do to the outside world: effects, marks, prepared work."""
    effects = book.effect_total + book.reexecuted - book.by_transaction
    database = database_of(world, book.group)
    return effects + book.marked + (database.forced if database is not None else 0)


def settle_account(world: World, node: Node, parameters: Any) -> None:
    """The node's parameters are about to become these: what it has done so far stays counted."""
    change = _under(node, node.parameters) - _under(node, parameters)
    if change:
        world.forced[node.id] = world.forced.get(node.id, 0) + change


def _under(node: Node, parameters: Any) -> int:
    if isinstance(node, Queue):
        appends = node.appended if parameters.durability == "sync" else 0
        acks = node.acked - node.auto_acked if parameters.ack_durability == "sync" else 0
        return appends + acks + node.forced
    if isinstance(node, Producer):
        return node.produced + node.confirmed if parameters.outbox else 0
    if isinstance(node, Coordinator | GroupDatabase):
        return node.forced
    return 0
