"""What does a broker do with a SEND, an ACK, a NACK or an EXTEND, and what does it answer?"""

from typing import TYPE_CHECKING

from playground.engine.faults.crash import dies_at
from playground.engine.ledger import FIRED
from playground.engine.links import LinkState
from playground.engine.message import MESSAGE, NUMBER, Flight
from playground.engine.nodes.branch import is_taken
from playground.engine.nodes.dispatch import dispatch
from playground.engine.nodes.removal import delivery_ended
from playground.engine.nodes.subscription import LEASED
from playground.engine.records import Deduplicated, Refused, StaleAck
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.queue import Queue


def on_send(queue: "Queue", world: World, flight: Flight) -> None:
    """Append it, unless it is known, out of order, or there is no room; then say so."""
    if queue.armed and dies_at(world, queue, "received", flight.message):
        return
    parameters = queue.parameters
    message = flight.row[MESSAGE]
    link = world.links.get(flight.route.link)
    answer = "new"
    if parameters.deduplicate != "none":
        answer = queue.dedup.ask(
            parameters.deduplicate, flight, world.now_us, parameters.dedup_window_us
        )
    if answer == "duplicate":
        queue.deduplicated += 1
        world.because(Deduplicated, queue.id, flight.message)
        _answer(world, queue, link, "CONFIRM", flight)
    elif answer == "out-of-order":
        _refuse(world, queue, link, flight, "out-of-order")
    elif parameters.capacity is not None and not queue.has_room(world):
        _refuse(world, queue, link, flight, "full")
    else:
        if parameters.deduplicate != "none":
            queue.dedup.remember(
                parameters.deduplicate, flight, world.now_us, parameters.dedup_window_us
            )
        queue.append(world, message)
        if queue.armed and dies_at(world, queue, "appended", message):
            return
        if link is not None and world.ledger.status[message] != FIRED:
            world.send(link, "CONFIRM", message, flight.row[NUMBER])
        if queue.armed and dies_at(world, queue, "confirmed", message):
            return
        queue.dispatch_all(world)


def _answer(
    world: World, queue: "Queue", link: LinkState | None, packet: str, flight: Flight
) -> None:
    """To a producer that wants to know: fire-and-forget ones get no answer."""
    if link is not None and world.ledger.status[flight.message] != FIRED:
        world.send(link, packet, flight.message, flight.number)


def _refuse(
    world: World, queue: "Queue", link: LinkState | None, flight: Flight, reason: str
) -> None:
    queue.rejected += 1
    world.because(Refused, queue.id, flight.message, reason)
    cause = "overflow" if reason == "full" else "gave-up"
    world.ledger.note_refusal(flight.message, queue.id, cause)
    _answer(world, queue, link, "REFUSE", flight)


def on_ack(queue: "Queue", world: World, flight: Flight) -> None:
    """The entry is done if the lease stands; a consumer that waits for the verdict is told."""
    route = flight.route
    subscription = queue.subscriptions.get(route.group)
    link = world.links.get(route.link)
    if subscription is None or link is None:
        return
    _, offset, token, program, _ = flight.load
    if queue.armed and dies_at(world, queue, "ack-received", flight.message):
        return
    slot = subscription.slots.get(offset)
    if slot is not None and slot.state == LEASED and slot.token == token:
        queue.finish(world, subscription, slot, "ack")
        verdict = "ACK_OK"
    elif subscription.was_acked_by(offset, token):
        verdict = "ACK_OK"
    else:
        world.ledger.groups[subscription.group].stale_acks += 1
        if queue.parameters.stale_ack == "accept":
            verdict = "ACK_OK"
            if slot is not None:
                slot_token, slot.token = slot.token, token
                queue.finish(world, subscription, slot, "stale")
                slot.token = slot_token
        else:
            world.because(StaleAck, queue.id, subscription.group, flight.message)
            verdict = "ACK_FAIL"
    if queue.armed and dies_at(world, queue, "acked", flight.message):
        return
    if program is not None and program.awaits_reply:
        world.send(link, verdict, flight.message, 0, flight.load)
    dispatch(world, queue, subscription)


def on_nack_or_extend(queue: "Queue", world: World, flight: Flight) -> None:
    """Of a consumer whose lease stands; else it says nothing any more."""
    subscription = queue.subscriptions.get(flight.group)
    if subscription is None or world.link(queue.id, flight.source) is None:
        return
    slot = subscription.slots.get(flight.first)
    if slot is None or slot.state != LEASED or slot.token != flight.second:
        return
    if flight.packet == "EXTEND":
        queue.start_lease(world, subscription, slot)
    elif not is_taken(world, queue.branches, flight.group, flight.first, flight.second):
        delivery_ended(world, queue, subscription, slot, "nack")
    dispatch(world, queue, subscription)
