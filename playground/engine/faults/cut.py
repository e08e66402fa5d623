"""What is a cut? Nothing passes a link; on a stream both ends notice, on datagrams nobody does."""

from playground.engine.agenda import CLOSE, HEAL, OPEN, AgendaItem
from playground.engine.commands import Direction
from playground.engine.flights import lose
from playground.engine.links import HeldConnection, LinkState
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.dispatch import connect, disconnect
from playground.engine.nodes.queue import Queue
from playground.engine.records import LinkCut, LinkHealed
from playground.engine.world import World


def cut(world: World, link: LinkState, direction: Direction, for_us: int | None) -> None:
    """Cut one or both directions now; what is on the way there is lost."""
    link.cut_request = link.cut_request or direction in ("both", "request")
    link.cut_reply = link.cut_reply or direction in ("both", "reply")
    link.outage += 1
    link.cut_us = world.now_us
    link.heals_us = None if for_us is None else world.now_us + for_us
    heal_us = -1 if link.heals_us is None else link.heals_us
    world.because(LinkCut, link.source, link.target, direction, heal_us)
    happened = world.cause
    for flight in [each for each in world.flights.values() if each.link == link.key]:
        if link.cut_reply if flight.is_reply else link.cut_request:
            del world.flights[flight.id]
            lose(world, flight, "cut")
    world.cause = happened
    queue, consumer = world.nodes.get(link.source), world.nodes.get(link.target)
    if link.breaks_connection and isinstance(queue, Queue) and isinstance(consumer, Consumer):
        disconnect(world, queue, consumer.id, consumer.group)
    if link.heals_us is not None:
        world.schedule(link.heals_us, HEAL, link.source, link.outage, text=link.target)


def heal(world: World, link: LinkState) -> None:
    """Both directions pass again; what a cut held back of connections goes on."""
    link.cut_request = link.cut_reply = False
    link.outage += 1
    link.heals_us = None
    world.because(LinkHealed, link.source, link.target)
    held, link.held_connections = link.held_connections, []
    at_us = world.now_us + link.parameters.latency.mean_us
    for kind, queue, consumer, incarnation in held:
        world.schedule(at_us, kind, queue, incarnation, text=consumer)
    node = world.nodes.get(link.target)
    if isinstance(node, Consumer) and node.is_up and not node.is_paused:
        node.connect(world)


def connection_arrives(world: World, item: AgendaItem) -> None:
    """The opening or the closing of a connection reaches the queue, unless a cut holds it back."""
    queue = world.nodes.get(item.owner)
    consumer = world.nodes.get(item.text)
    link = world.links.get((item.owner, item.text))
    if not isinstance(queue, Queue) or not isinstance(consumer, Consumer) or link is None:
        return
    if link.is_cut:
        link.held_connections.append(HeldConnection(item.kind, item.owner, item.text, item.first))
    elif queue.is_up and item.kind == OPEN:
        connect(world, queue, consumer, item.first)
    elif queue.is_up:
        assert item.kind == CLOSE
        behind_us = max(
            (
                flight.ends_us
                for flight in world.flights.values()
                if flight.source == consumer.id and flight.incarnation == item.first
            ),
            default=-1,
        )
        if behind_us >= world.now_us:
            # A packet was delayed meanwhile: the closing stays behind it.
            world.schedule(behind_us, CLOSE, queue.id, item.first, text=consumer.id)
            return
        disconnect(world, queue, consumer.id, consumer.group, item.first)
