"""How does one packet come to grief: dropped, doubled, delayed; this one, or the next of a kind?"""

from playground.engine import commands as c
from playground.engine.flights import lose
from playground.engine.ledger import NOT_OWED
from playground.engine.links import ArmedPacketFault, LinkState
from playground.engine.message import PACKETS, REQUESTS, Flight
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.records import FaultArmed, PacketRescheduled
from playground.engine.rejection import Rejection, full_name_of, link_of
from playground.engine.rows import COPY_ARRIVES
from playground.engine.sending import schedule_arrival, write_sending
from playground.engine.world import World

TO_CONSUMER = (
    "DELIVER", "ACK", "NACK", "EXTEND", "ACK_OK", "ACK_FAIL",
    "TXN_SEND", "TXN_OFFSETS", "TXN_OK", "TXN_FAIL",
)  # fmt: skip
TO_COORDINATOR = (
    "INIT_PID", "PID_OK", "ADD_PARTITIONS", "ADD_OK", "END_TXN", "END_OK", "END_FAIL",
    "REQ", "REQ_OK",
)  # fmt: skip
FROM_COORDINATOR = ("MARKER", "MARKER_OK", "PREPARE", "VOTE", "DECIDE", "DECIDED", "INQUIRE")
OF_TWO_PHASES = TO_COORDINATOR[7:]
OF_TRANSACTIONS = (*TO_CONSUMER[6:], *TO_COORDINATOR[:7])
"""The packets of a consumer's link that travel only if it commits that way."""

ON_A_STREAM = "on a stream a single packet cannot be lost: cut the link"


def arm_packet_fault(world: World, wish: c.ArmPacketFault) -> None:
    """The next packet of a kind from one node to another meets a fault."""
    link = link_of(world, wish.source, wish.target)
    is_reply = link.source == wish.target
    _check_kind(world, link, wish.packet, is_reply)
    if link.parameters.transport == "stream" and wish.fault != "delay":
        raise Rejection(ON_A_STREAM[0].upper() + ON_A_STREAM[1:] + ".")
    name = "" if wish.message is None else full_name_of(world, wish.message)
    by_us = 1_000_000 if wish.by_us is None else wish.by_us
    link.armed.append(ArmedPacketFault(wish.fault, wish.packet, is_reply, name, by_us, wish.nth))
    verb = {"drop": "loses", "duplicate": "doubles", "delay": "delays"}[wish.fault]
    place = f"{link.source}>{link.target}"
    which = wish.packet if wish.nth == 1 else f"{wish.packet}, number {wish.nth} from now"
    world.emit(FaultArmed, place, f"{verb} next {which}")


def _check_kind(world: World, link: LinkState, packet: str, is_reply: bool) -> None:
    if packet not in PACKETS:
        raise Rejection(f"{packet} is not a packet; there are {', '.join(PACKETS)}.")
    if (packet in REQUESTS) == is_reply:
        way = "against" if is_reply else "with"
        raise Rejection(f"{packet} does not travel {way} the arrow of this link.")
    source, target = world.nodes[link.source], world.nodes[link.target]
    if packet not in _packets_between(source, target):
        raise Rejection(f"No {packet} travels between {link.source} and {link.target}.")
    consumer = source if isinstance(source, Consumer) else target
    if isinstance(consumer, Consumer):
        program = consumer.program
        if packet in OF_TRANSACTIONS or packet in OF_TWO_PHASES:
            how = "two-phase" if packet in OF_TWO_PHASES else "transaction"
            if program.how != how:
                raise Rejection(f"{consumer.id} commits by {program.how}: it knows of no {packet}.")
        if packet == "ACK" and program.is_transaction:
            raise Rejection(f"{consumer.id} commits by {program.how}: it sends no ACK.")
        if packet == "ACK" and program.is_auto_ack:
            raise Rejection(f"Cannot touch an ACK here: {consumer.id} auto-acks, no ACK is sent.")
        if packet in ("ACK_OK", "ACK_FAIL") and not program.awaits_reply:
            raise Rejection(f"{consumer.id} does not await an answer to its ACK, so none is sent.")
    elif packet in ("CONFIRM", "REFUSE") and not world.nodes[link.source].wants_confirm:
        raise Rejection(f"{link.source} fires and forgets: the queue sends it no {packet}.")


def _packets_between(source: Node, target: Node) -> tuple[str, ...]:
    if isinstance(source, Producer):
        return ("SEND", "CONFIRM", "REFUSE")
    if isinstance(source, Consumer):
        return TO_COORDINATOR
    if not isinstance(source, Coordinator):
        return TO_CONSUMER
    return FROM_COORDINATOR[2:] if isinstance(target, GroupDatabase) else FROM_COORDINATOR


def _flight(world: World, flight_id: int) -> Flight:
    flight = world.flights.get(flight_id)
    if flight is None:
        raise Rejection("That packet is not on its way any more.")
    return flight


def _not_on_a_stream(world: World, flight: Flight) -> None:
    if world.links[flight.link].parameters.transport == "stream":
        raise Rejection(ON_A_STREAM[0].upper() + ON_A_STREAM[1:] + ".")


def drop_packet(world: World, wish: c.DropPacket) -> None:
    """It dies at the click."""
    flight = _flight(world, wish.flight)
    _not_on_a_stream(world, flight)
    del world.flights[flight.id]
    lose(world, flight, "dropped")


def duplicate_packet(world: World, wish: c.DuplicatePacket) -> None:
    """A copy travels with it, and arrives right after it."""
    flight = _flight(world, wish.flight)
    _not_on_a_stream(world, flight)
    if flight.fate != "arrives":
        raise Rejection("That packet is already doomed; there is nothing to double.")
    world.counts[flight.packet][3] += 1
    if flight.packet == "SEND":
        world.ledger.upstream[flight.message] += 1
    elif flight.packet == "DELIVER":
        book = world.ledger.groups.get(flight.group)
        if book is not None and book.state[flight.message] != NOT_OWED:
            world.ledger.held_again(book, flight.message)
    world.cause = flight.seq
    row = write_sending(
        world, flight.route, flight.message, flight.number, flight.ends_us, COPY_ARRIVES
    )
    twin = Flight(row, flight.route, flight.travel, flight.load)
    world.flights[twin.id] = twin
    world.cause = twin.id
    schedule_arrival(world, twin)


def delay_packet(world: World, wish: c.DelayPacket) -> None:
    """It arrives later; on a stream what follows it waits as well."""
    flight = _flight(world, wish.flight)
    if flight.fate != "arrives":
        raise Rejection("That packet is already doomed; delaying it changes nothing.")
    late = flight.delayed(flight.ends_us + wish.by_us)
    world.flights[flight.id] = late
    world.cause = flight.seq
    world.emit(PacketRescheduled, flight.id, late.ends_us)
    schedule_arrival(world, late)
    link = world.links[flight.link]
    if link.parameters.transport == "stream":
        _push_back(world, link, late)


def _push_back(world: World, link: LinkState, late: Flight) -> None:
    """Nothing overtakes on a stream: packets behind the late one arrive no earlier."""
    for flight in list(world.flights.values()):
        behind = flight.link == link.key and flight.is_reply == late.is_reply
        if behind and flight.id > late.id and flight.ends_us < late.ends_us:
            moved = flight.delayed(late.ends_us)
            world.flights[flight.id] = moved
            world.emit(PacketRescheduled, flight.id, moved.ends_us)
            schedule_arrival(world, moved)
    if late.is_reply:
        link.last_reply_us = max(link.last_reply_us, late.ends_us)
    else:
        link.last_request_us = max(link.last_request_us, late.ends_us)


def flights_of(world: World, source: str, target: str, packet: str, name: str) -> list[Flight]:
    """The packets of one kind and message that are on this way, in the order of their sending."""
    return [
        flight
        for flight in world.flights.values()
        if (flight.packet, flight.source, flight.target) == (packet, source, target)
        and world.ledger.name_of(flight.message) == name
    ]


def strike_packet(world: World, wish: c.StrikePacket) -> None:
    """The same as a click on it."""
    name = full_name_of(world, wish.message)
    found = flights_of(world, wish.source, wish.target, wish.packet, name)
    if len(found) < wish.nth:
        way = f"from {wish.source} to {wish.target}"
        raise Rejection(f"No {wish.packet} of {name} is on its way {way} now.")
    flight = found[wish.nth - 1]
    if wish.fault == "drop":
        drop_packet(world, c.DropPacket(flight.id))
    elif wish.fault == "duplicate":
        duplicate_packet(world, c.DuplicatePacket(flight.id))
    else:
        by_us = 1_000_000 if wish.by_us is None else wish.by_us
        delay_packet(world, c.DelayPacket(flight.id, by_us))
