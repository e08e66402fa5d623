"""What can strike at a moment instead of at a site? Cuts, clocks and operators.

The moments of a run are the instants at which something happens, and halfway between two of them.
A click at a moment comes after everything of that instant, which is where a script puts it too.
"""

from collections.abc import Iterator

from playground.checker.bounds import FaultKind
from playground.checker.sites import TO, Fault
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.units import US_PER_S, format_us
from playground.engine.world import World

TIMED: frozenset[FaultKind] = frozenset(
    {
        "outage",
        "cut",
        "expire",
        "dead-letter",
        "forget-queue-dedup",
        "forget-group-dedup",
        "give-up",
    }
)
SHORT_CUT_US = 50_000
SHORT_OUTAGE_US = 10_000
"""Over before any work ends; the other outage lasts as long as a crash of this queue does."""
DIRECTIONS = ("both", "request", "reply")


def faults_at(world: World, at_us: int, catalogue: frozenset[FaultKind]) -> Iterator[Fault]:
    """The faults that make sense at this moment, in the order of the scene."""
    if "cut" in catalogue:
        yield from _cuts(world, at_us)
    for node in world.nodes.values():
        if isinstance(node, Queue) and node.is_up:
            yield from _at_queue(world, node, at_us, catalogue)
        elif isinstance(node, Consumer) and "forget-group-dedup" in catalogue:
            yield Fault("forget-group-dedup", node.id, "", "", 0, at_us)
        elif isinstance(node, Producer) and "give-up" in catalogue:
            yield from _give_ups(world, node, at_us)


def _cuts(world: World, at_us: int) -> Iterator[Fault]:
    """Until the retry has come, and until the lease has ended too."""
    for (source, target), link in world.links.items():
        for direction in DIRECTIONS:
            for lasts_us in _cut_lengths_us(world.nodes[source], link.parameters.latency.mean_us):
                what = f"{direction} for {format_us(lasts_us)}"
                yield Fault("cut", f"{source}{TO}{target}", what, "", 0, at_us, lasts_us)


def _cut_lengths_us(source: object, latency_us: int) -> tuple[int, ...]:
    if isinstance(source, Producer):
        retry = source.parameters.retry
        return (retry.timeout_us + retry.backoff_us + SHORT_CUT_US,)
    lengths = [4 * latency_us + SHORT_CUT_US]
    if isinstance(source, Queue) and source.parameters.lease_us is not None:
        lengths.append(source.parameters.lease_us + US_PER_S)
    return tuple(lengths)


def _at_queue(
    world: World, queue: Queue, at_us: int, catalogue: frozenset[FaultKind]
) -> Iterator[Fault]:
    if "outage" in catalogue:
        for down_us in dict.fromkeys((SHORT_OUTAGE_US, queue.parameters.restart_after_us)):
            yield Fault("outage", queue.id, f"for {format_us(down_us)}", "", 0, at_us, down_us)
    held = dict.fromkeys(world.ledger.name_of(entry.message) for entry in queue.log.values())
    kinds: tuple[FaultKind, ...] = ("expire", "dead-letter")
    for name in held:
        for kind in kinds:
            if kind in catalogue and (kind == "expire" or queue.parameters.dead_letter is not None):
                yield Fault(kind, queue.id, "", name, 0, at_us)
    if "forget-queue-dedup" in catalogue:
        yield Fault("forget-queue-dedup", queue.id, "", "", 0, at_us)


def _give_ups(world: World, producer: Producer, at_us: int) -> Iterator[Fault]:
    """Its patience is as long as it takes until this moment."""
    for row in producer.unconfirmed:
        waited_us = at_us - world.ledger.submitted_us[row]
        name = world.ledger.name_of(row)
        yield Fault("give-up", producer.id, format_us(waited_us), name, 0, 0, waited_us)
