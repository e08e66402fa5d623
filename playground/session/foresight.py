"""Would the running world grant all of these wishes, one after the other?

Tried on a twin: an edit that is refused half-way must not have begun.
"""

from collections.abc import Sequence

from playground.engine.commands import Command
from playground.engine.records import CommandRejected, Record
from playground.engine.simulator import Simulator
from playground.engine.world import World


def refusal_of(world: World, commands: Sequence[Command]) -> str:
    """Why one of them cannot be granted; "" where all can."""
    if not commands:
        return ""
    twin = world.fork()
    records: list[Record] = []
    twin.trace.sinks.append(records.extend)
    first = twin.next_seq
    simulator = Simulator(twin)
    for command in commands:
        simulator.apply(command)
    for record in (*records, *twin.trace.tail()):
        if isinstance(record, CommandRejected) and record.seq >= first:
            return record.reason
    return ""
