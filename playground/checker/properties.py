"""When is a promise broken? Each property asked of a world, message by message.

* *loss*: accepted (confirmed, or fire-and-forget and really sent) and lost, not by a policy
  (retention, overflow, a limit of deliveries). A failure that the producer was told, and a dead
  letter, are no loss.
* *duplicate effect*: the effect happened twice or more.
* *stuck*: all is quiet, yet a message is not finished, a producer waits, or an entry stays unacked.
* *out of order*: an effect came after that of a later message of its key.

Loss, duplicates and order can be asked at any moment, because what is broken stays broken; stuck
only at rest.
"""

from collections.abc import Iterator

from playground.checker.bounds import Claim, Property
from playground.engine.ledger import (
    BUFFERED,
    CAUSES,
    CONFIRMED,
    FIRED,
    IN_DOUBT,
    IN_FLIGHT,
    LOST,
    UNCONFIRMED,
    GroupLedger,
    Ledger,
)
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.world import World

POLICIES = frozenset({"retention", "overflow", "delivery-limit"})
"""Causes of a loss that somebody has chosen."""


def violated(world: World, claim: Claim, at_rest: bool) -> tuple[str, ...]:
    """The names of the messages for which the claim is broken; empty where it holds."""
    book = world.ledger.groups.get(claim.group)
    if book is None:
        return ()
    name_of = world.ledger.name_of
    found = dict.fromkeys(name_of(row) for row in _ROWS[claim.property](world, book, at_rest))
    return tuple(found)


def _lost(world: World, book: GroupLedger, _: bool) -> Iterator[int]:
    if not book.lost:
        return
    ledger = world.ledger
    for row in range(ledger.count):
        cause = CAUSES[book.cause[row]]
        if book.state[row] == LOST and cause not in POLICIES and is_accepted(ledger, row, cause):
            yield row


def is_accepted(ledger: Ledger, row: int, cause: str) -> bool:
    """Whether the application was let go with this message: confirmed, or the call returned."""
    while row in ledger.origin:
        row = ledger.origin[row][0]  # a dead-lettered copy stands for its message
    status = ledger.status[row]
    # A fired message that died with its producer had not left: the call did not return.
    return status == CONFIRMED or (status == FIRED and cause != "producer-crash")


def _doubled(world: World, book: GroupLedger, _: bool) -> Iterator[int]:
    if not book.duplicate_effects:
        return
    for row in range(world.ledger.count):
        if book.effects[row] > 1:
            yield row


def _stuck(world: World, book: GroupLedger, at_rest: bool) -> Iterator[int]:
    if not at_rest:
        return
    ledger = world.ledger
    unacked = _unacked(world, book)
    for row in range(ledger.count):
        is_open = book.state[row] in (IN_FLIGHT, IN_DOUBT)
        is_owed = book.state[row] != 0
        waits = is_owed and ledger.status[row] in (BUFFERED, UNCONFIRMED) and _is_held(world, row)
        if is_open or waits or row in unacked:
            yield row


def _unacked(world: World, book: GroupLedger) -> frozenset[int]:
    """The messages of entries that the queue still has to see finished by this group."""
    queue = world.nodes.get(book.queue)
    subscription = queue.subscriptions.get(book.group) if isinstance(queue, Queue) else None
    if subscription is None:
        return frozenset()
    return frozenset(slot.message for slot in subscription.slots.values())


def _is_held(world: World, row: int) -> bool:
    """Whether a producer still has it in its hands."""
    for node in world.nodes.values():
        if isinstance(node, Producer) and (row in node.unconfirmed or row in node.buffer):
            return True
    return False


def _out_of_order(world: World, book: GroupLedger, _: bool) -> Iterator[int]:
    """The count tells how many, not which: the message named is the last of the keys."""
    if not book.out_of_order:
        return
    keys = range(world.ledger.count)
    yield from [row for row in keys if book.effects[row]][-1:]


_ROWS = {
    "loss": _lost,
    "duplicate_effect": _doubled,
    "stuck": _stuck,
    "out_of_order": _out_of_order,
}

BREAKS: dict[Property, str] = {
    "loss": "is lost although it was accepted",
    "duplicate_effect": "takes effect twice",
    "stuck": "is never finished",
    "out_of_order": "takes effect after a later one of its key",
}
"""What a broken promise says of a message: ``shop#1 takes effect twice``."""

TITLES: dict[Property, str] = {
    "loss": "lost",
    "duplicate_effect": "applied twice",
    "stuck": "never finished",
    "out_of_order": "out of order",
}
"""What a broken promise is called where there is little room."""

DEFINITIONS: dict[Property, str] = {
    "loss": "A message is lost when it was accepted (confirmed, or fired and really sent) and has "
    "neither an effect nor a copy left. Told failures, dead letters and policies are no loss.",
    "duplicate_effect": "An effect is doubled when it happened twice or more in the outside world. "
    "A second delivery alone is none.",
    "stuck": "A message is stuck when everything is quiet and yet it is not finished, a producer "
    "still waits for its confirm, or a queue for its ack.",
    "out_of_order": "An effect is out of order when it came after that of a later message of the "
    "same key.",
}

PROMISES: dict[Property, str] = {
    "loss": "no accepted message is lost",
    "duplicate_effect": "no effect happens twice",
    "stuck": "every message is finished in the end",
    "out_of_order": "no effect comes after that of a later message of its key",
}
"""What is certified, in words."""
