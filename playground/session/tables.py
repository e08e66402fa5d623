"""Where is every packet, and what does the scoreboard say?"""

import numpy as np

from playground.engine.ledger import GroupLedger
from playground.engine.message import PACKETS
from playground.engine.nodes.consumer import Consumer
from playground.engine.world import World
from playground.session.frame import FlightTable, GroupRow

_INDEX = {packet: index for index, packet in enumerate(PACKETS)}


def flight_table(world: World) -> FlightTable:
    """Every packet under way, as columns."""
    link_index = {key: index for index, key in enumerate(world.links)}
    number = world.ledger.number
    rows = [
        (
            flight.id,
            link_index[flight.link],
            flight.is_reply,
            _INDEX[flight.packet],
            flight.message,
            number[flight.message],
            max(1, flight.number) if flight.packet in ("SEND", "DELIVER") else 1,
            flight.sent_us,
            flight.ends_us,
            flight.travel,
        )
        for flight in world.flights.values()
    ]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 10
    return FlightTable(
        flight=np.array(columns[0], np.int64),
        link=np.array(columns[1], np.int32),
        is_reply=np.array(columns[2], np.bool_),
        packet=np.array(columns[3], np.int8),
        message=np.array(columns[4], np.int64),
        number=np.array(columns[5], np.int64),
        copies=np.array(columns[6], np.int32),
        sent_us=np.array(columns[7], np.int64),
        ends_us=np.array(columns[8], np.int64),
        travel=np.array(columns[9], np.float64),
    )


def group_rows(world: World) -> tuple[GroupRow, ...]:
    """The scoreboard, a row a group, in the order in which the groups came."""
    members: dict[str, list[Consumer]] = {}
    for node in world.nodes.values():
        if isinstance(node, Consumer) and node.link is not None:
            members.setdefault(node.group, []).append(node)
    return tuple(
        _row(book, members[book.group])
        for book in world.ledger.groups.values()
        if book.group in members
    )


def _row(book: GroupLedger, members: list[Consumer]) -> GroupRow:
    twice = book.money_is - (book.money_settled - book.money_lost - book.money_dead)
    return GroupRow(
        group=book.group,
        queue=book.queue,
        consumers=tuple(node.id for node in members),
        guarantee=members[0].parameters.guarantee,
        produced=book.produced,
        applied_once=book.applied_once,
        applied_many=book.applied_many,
        in_flight=book.in_flight,
        in_doubt=book.in_doubt,
        dead_lettered=book.dead_lettered,
        lost=book.lost,
        deliveries=book.deliveries,
        duplicate_deliveries=book.duplicate_deliveries,
        duplicate_effects=book.duplicate_effects,
        reexecuted=book.reexecuted,
        suppressed=book.suppressed,
        out_of_order=book.out_of_order,
        fenced=book.fenced,
        torn=book.torn,
        should_be=book.money_settled,
        really_is=book.money_is,
        money_lost=book.money_lost + book.money_dead,
        money_twice=twice,
    )
