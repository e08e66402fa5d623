"""When can a group's committed output be read? In the order of the log, like its readers do.

They stop at the last stable offset: the first output that is still undecided. A committed one
behind it waits, and how long it has waited is the price of an older transaction left open.
"""

from typing import TYPE_CHECKING, NamedTuple

from playground.engine.records import OutputVisible
from playground.engine.transactions import COMMIT
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.queue import Queue


class Output(NamedTuple):
    """One entry of a group's output log, until it can be read or is known to be void."""

    number: int  # of its transaction
    message: int
    verdict: int = -1  # -1: undecided
    decided_us: int = -1


def decide_output(world: World, queue: "Queue", group: str, number: int, verdict: int) -> None:
    """The last stable offset moves on, over everything that is decided."""
    outputs = tuple(
        each._replace(verdict=verdict, decided_us=world.now_us) if each.number == number else each
        for each in queue.outputs.get(group, ())
    )
    book = world.ledger.groups.get(group)
    while outputs and outputs[0].verdict >= 0:
        first, outputs = outputs[0], outputs[1:]
        if first.verdict == COMMIT and book is not None:
            waited_us = world.now_us - first.decided_us
            book.blocked.add(waited_us)
            world.emit(OutputVisible, queue.id, group, first.message, waited_us)
    queue.outputs[group] = outputs


def drop_output(queue: "Queue", group: str, number: int) -> None:
    """A crash took it before it was on the disk."""
    outputs = queue.outputs.get(group, ())
    queue.outputs[group] = tuple(each for each in outputs if each.number != number)
