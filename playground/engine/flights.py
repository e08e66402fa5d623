"""What becomes of a packet at its end: taken, lost on the way, or discarded at a closed door?"""

from playground.engine.message import Flight
from playground.engine.nodes.node import Node
from playground.engine.records import PacketDied
from playground.engine.world import World

# Places in a row of ``World.wire``.
SENT, DELIVERED, DROPPED, DUPLICATED, DISCARDED = range(5)


def arrive(world: World, flight: Flight) -> None:
    """The packet is at its end, or where it dies: a live process takes it, a paused one later."""
    route = flight.route
    node = world.nodes.get(route.target)
    if flight.travel < 1.0:
        lose(world, flight, flight.fate)
    elif node is None:
        lose(world, flight, "gone")
    elif not node.is_up:
        lose(world, flight, "down")
    elif route.is_personal and flight.load[0] != node.incarnation:
        lose(world, flight, "stale")
    elif node.is_paused:
        node.waiting.append(flight)
        world.waiting_flights += 1
    else:
        take(world, flight)


def take(world: World, flight: Flight) -> None:
    """The packet is handed to a live node."""
    _, sent, _, _, message, _, _ = flight.row
    packet, target = flight.route.packet, flight.route.target
    world.delivered[packet] += 1
    world.cause, world.place = sent, target
    node = world.nodes[target]
    node.takes[packet](node, world, flight)
    if packet == "SEND":
        _send_was_taken(world, node, message)


def _send_was_taken(world: World, node: Node, message: int) -> None:
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
    route, ledger = flight.route, world.ledger
    _, sent, sent_us, _, message, _, ends_us = flight.row
    packet, source, target = route.packet, route.source, route.target
    at_the_door = reason in ("down", "stale", "gone")
    world.counts[packet][DISCARDED if at_the_door else DROPPED] += 1
    world.cause = sent
    permille = 1000
    if not at_the_door:
        permille = _permille(flight.travel, world.now_us - sent_us, ends_us - sent_us)
    world.because(PacketDied, sent, source, target, packet, message, reason, permille)
    if packet == "SEND":
        ledger.upstream_died(message, "queue-crash" if at_the_door else "send-lost")
    elif packet == "DELIVER":
        book = ledger.groups.get(route.group)
        if book is not None:
            ledger.held_died(book, message, "consumer-crash" if at_the_door else "deliver-lost")
    if ledger.on_lost:
        world.place = target if at_the_door else f"{source}>{target}"
        world.report_losses()


def _permille(travel: float, done_us: int, whole_us: int) -> int:
    """How much of the way is done, in thousandths."""
    share = done_us / whole_us if whole_us else 1.0
    return round(1000 * travel * min(1.0, share))
