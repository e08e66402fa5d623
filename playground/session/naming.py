"""How is a click written down, so that a file can say it and another run can grant it?

A packet's number is of one run only: its way, its kind and its message name it. "As by default" is
no value in a script: the default itself is.
"""

from dataclasses import replace

from playground.engine.commands import (
    Command,
    DelayPacket,
    DropPacket,
    DuplicatePacket,
    PacketFault,
    SetNode,
    StrikePacket,
)
from playground.engine.faults.packets import flights_of
from playground.engine.parameters import ConsumerParameters
from playground.engine.world import World

_FAULTS: dict[type, PacketFault] = {
    DropPacket: "drop",
    DuplicatePacket: "duplicate",
    DelayPacket: "delay",
}


def sayable(world: World, wish: Command) -> Command:
    """The same wish in words that a script has."""
    if isinstance(wish, SetNode):
        return _with_defaults_named(world, wish)
    return _with_packet_named(world, wish)


def _with_defaults_named(world: World, wish: SetNode) -> Command:
    node = world.nodes.get(wish.node)
    changes = dict(wish.changes)
    if node is None or not isinstance(node.parameters, ConsumerParameters):
        return wish
    if "how" in changes and changes["how"] is None:
        if "guarantee" in changes:
            del changes["how"]  # a new guarantee brings its own
        else:
            changes["how"] = replace(node.parameters, how=None).effective_how
    if "group" in changes and changes["group"] is None:
        changes["group"] = wish.node
    return SetNode(wish.node, tuple(changes.items()))


def _with_packet_named(world: World, wish: Command) -> Command:
    if not isinstance(wish, DropPacket | DuplicatePacket | DelayPacket):
        return wish
    flight = world.flights.get(wish.flight)
    if flight is None:
        return wish
    name = world.ledger.name_of(flight.message)
    alike = flights_of(world, flight.source, flight.target, flight.packet, name)
    return StrikePacket(
        _FAULTS[type(wish)],
        flight.source,
        flight.target,
        flight.packet,
        name,
        nth=[each.id for each in alike].index(flight.id) + 1,
        by_us=wish.by_us if isinstance(wish, DelayPacket) else None,
    )
