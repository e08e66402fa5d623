"""Which node, link or message does a wish mean, and what is said when there is none?"""

from playground.engine.links import LinkState
from playground.engine.nodes.node import Node
from playground.engine.world import World


class Rejection(Exception):  # noqa: N818 (a wish is rejected; nothing is in error)
    """Why a wish cannot be granted, in one sentence for the person who made it."""


def node_of(world: World, name: str) -> Node:
    """The node of this name."""
    node = world.nodes.get(name)
    if node is None:
        raise Rejection(f"There is no node {name}.")
    return node


def link_of(world: World, source: str, target: str) -> LinkState:
    """The link between these two, whichever way its arrow points."""
    link = world.links.get((source, target)) or world.links.get((target, source))
    if link is None:
        raise Rejection(f"There is no link between {source} and {target}.")
    return link


def full_name_of(world: World, name: str) -> str:
    """``shop#20``, also for ``20`` where there is only one producer; it may be still to come."""
    producer, _, number_text = str(name).rpartition("#")
    producers = [node_id for node_id, node in world.nodes.items() if node.is_producer]
    if not producer:
        if len(producers) != 1:
            raise Rejection(f"Which producer's message {name}? Write producer#{name}.")
        producer = producers[0]
    if not number_text.isdigit() or int(number_text) < 1:
        raise Rejection(f"{name} is not a message; write producer#number, for example shop#20.")
    if producer not in producers:
        raise Rejection(f"There is no producer {producer}.")
    return f"{producer}#{int(number_text)}"


def message_of(world: World, name: str) -> int:
    """The ledger's row of a message that has been produced."""
    producer, _, number = full_name_of(world, name).rpartition("#")
    row = world.ledger.find(producer, int(number))
    if row is None:
        raise Rejection(f"{producer} has not produced message {number} yet.")
    return row


def rows_of(world: World, name: str) -> list[int]:
    """The row of a message, and those of its dead-lettered copies: they all have its name."""
    first, ledger = message_of(world, name), world.ledger
    return [first, *(row for row in ledger.origin if ledger.name_of(row) == ledger.name_of(first))]
