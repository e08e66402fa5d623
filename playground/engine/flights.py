"""What becomes of a packet at its end: taken, lost on the way, or discarded at a closed door?"""

from playground.engine.message import Flight
from playground.engine.nodes.node import Node
from playground.engine.records import PacketDied
from playground.engine.world import World

# Places in a row of ``World.wire``.
SENT, DELIVERED, DROPPED, DUPLICATED, DISCARDED = range(5)


def take(world: World, flight: Flight) -> None:
    """The packet is handed to a live node."""
    packet = flight.route.packet
    world.delivered[packet] += 1
    world.cause = flight.seq
    node = world.nodes[flight.route.target]
    world.place = node.id
    node.takes[packet](node, world, flight)
    if packet == "SEND":
        send_was_taken(world, node, flight.message)


def send_was_taken(world: World, node: Node, message: int) -> None:
    """The copy that the SEND was ends; last, so that the entry it made is there before."""
    upstream = world.ledger.upstream
    left = upstream[message] - 1
    if left:
        upstream[message] = left
    else:
        world.ledger.upstream_died(message, "" if node.is_up else "queue-crash")


def lose(world: World, flight: Flight, reason: str) -> None:
    """The packet ends without being taken, and its copy with it.

    ``reason``: lost, cut, dropped on the way; down, stale or gone at the door.
    """
    at_the_door = reason in ("down", "stale", "gone")
    world.counts[flight.packet][DISCARDED if at_the_door else DROPPED] += 1
    world.cause = flight.seq
    world.place = flight.target if at_the_door else f"{flight.source}>{flight.target}"
    permille = 1000 if at_the_door else _permille(flight, world.now_us)
    world.because(
        PacketDied, flight.id, flight.source, flight.target, flight.packet, flight.message, reason,
        permille,
    )  # fmt: skip
    if flight.packet == "SEND":
        cause = "queue-crash" if at_the_door else "send-lost"
        world.ledger.upstream_died(flight.message, cause)
    elif flight.packet == "DELIVER":
        book = world.ledger.groups.get(flight.group)
        if book is not None:
            cause = "consumer-crash" if at_the_door else "deliver-lost"
            world.ledger.held_died(book, flight.message, cause)
    if world.ledger.on_lost:
        world.report_losses()


def _permille(flight: Flight, now_us: int) -> int:
    """How much of the way is done, in thousandths."""
    whole_us = flight.ends_us - flight.sent_us
    share = (now_us - flight.sent_us) / whole_us if whole_us else 1.0
    return round(1000 * flight.travel * min(1.0, share))
