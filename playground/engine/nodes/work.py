"""What does the end of a consumer's work change in the outside world?"""

from typing import TYPE_CHECKING

from playground.engine.nodes.held import Held
from playground.engine.nodes.node import Node
from playground.engine.records import Fenced, Reexecuted
from playground.engine.rows import APPLIED
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.consumer import Consumer


def commit(world: World, consumer: "Consumer", held: Held) -> bool:
    """Apply the effect, or find that it must not be: rolled back, or fenced off.

    False where there was nobody to apply it: the handler has failed.
    """
    program = held.program
    message = held.message
    group = consumer.group
    now_us = world.now_us
    is_atomic = program.is_atomic
    if is_atomic:
        inbox = world.database(group).inbox
        if inbox.has(message, now_us, consumer.parameters.dedup_window_us):
            # Somebody inserted the id while this one worked: the transaction rolls back.
            consumer.suppress(world, held)
            return True
    if consumer.parameters.fencing and not _passes_fence(world, consumer, held):
        world.ledger.groups[group].fenced += 1
        world.because(Fenced, consumer.id, message)
        end_program(world, consumer, "fenced")
        return True
    if is_atomic:
        world.database(group).inbox.add(message, now_us)
    book = world.ledger.groups[group]
    times = world.ledger.applied(book, message, program.effect == "set", now_us)
    consumer.step += 1
    if not times:
        world.because(Reexecuted, consumer.id, message)
        return True
    world.next_seq = (seq := world.next_seq) + 1
    world.block.append((APPLIED, seq, now_us, world.cause, world.tags[consumer.id], message, times))
    world.cause = seq
    return True


def _passes_fence(world: World, consumer: "Consumer", held: Held) -> bool:
    """The fence is per message under competing, per key otherwise; it only ever rises."""
    ledger, database = world.ledger, world.database(consumer.group)
    if not _is_fenced_by_key(world, consumer):
        return database.passes_message(held.message, held.token)
    key = (ledger.producer[held.message], ledger.key[held.message])
    if held.token < database.fences.get(key, 0):
        return False
    database.fences[key] = held.token
    return True


def _is_fenced_by_key(world: World, consumer: "Consumer") -> bool:
    """Under fifo and keyed one fence stands before each key, else before each message."""
    queue = world.nodes.get(consumer.link.source) if consumer.link else None
    return isinstance(queue, Node) and getattr(queue.parameters, "order", "") != "competing"


def end_program(world: World, consumer: "Consumer", cause: str = "") -> None:
    """The program ends here: its copy is gone."""
    held = consumer.current
    assert held is not None
    consumer.current = None
    book = world.ledger.groups[consumer.group]
    if cause and not held.program.acks_after:
        # Its ACK may still be on the way: when that takes the queue's copy, this was the cause.
        world.ledger.entry_died(book, held.message, cause)
    else:
        world.ledger.held_died(book, held.message, cause)
