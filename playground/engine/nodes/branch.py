"""What does a participant keep of a transaction, and what may it do with that before it ends?

A participant's part in a transaction is its *branch*. The queue's branch holds the output and the
offset of a read-process-write, or in two-phase commit the consumption of the input; the database's
holds the effect. A branch whose outcome is decided elsewhere and not known here is in doubt.
"""

from typing import NamedTuple

from playground.engine.doubts import doubt_begins, doubt_ends
from playground.engine.ledger import GroupLedger
from playground.engine.records import Applied, Reexecuted
from playground.engine.transactions import Transaction
from playground.engine.world import World


class Branch(NamedTuple):
    """One transaction at one participant. Never rewritten: a change is another one."""

    number: int  # of the transaction
    since_us: int
    has_output: bool = False  # a pending output, or a prepared effect: a copy of the message
    has_offset: bool = False  # the input's consumption is part of it
    is_held: bool = False  # the entry is locked: neither ready nor leased
    is_in_doubt: bool = False  # prepared, or the commit is logged and the marker still to come


def doubt(world: World, transaction: Transaction, branch: Branch) -> Branch:
    """From now on only the coordinator knows. An offset alone, without a lock, is no copy."""
    book = world.ledger.groups.get(transaction.group)
    if branch.is_in_doubt or book is None or not (branch.has_output or branch.is_held):
        return branch
    doubt_begins(book, transaction.message)
    return branch._replace(is_in_doubt=True)


def sure(world: World, transaction: Transaction, branch: Branch) -> GroupLedger | None:
    """It is known again, or does not matter any more. Returns the group's book, if it is open."""
    book = world.ledger.groups.get(transaction.group)
    if book is not None and branch.is_in_doubt:
        doubt_ends(book, transaction.message)
    return book


def is_taken(
    world: World, branches: dict[int, Branch], group: str, offset: int, token: int
) -> bool:
    """Whether an open transaction has this very delivery: nothing but its verdict ends that."""
    found = [world.transactions[number] for number, each in branches.items() if each.has_offset]
    return any((each.offset, each.token, each.group) == (offset, token, group) for each in found)


def apply_effect(world: World, transaction: Transaction) -> None:
    """The effect of a committed branch counts."""
    ledger, book = world.ledger, world.ledger.groups[transaction.group]
    is_set = transaction.effect == "set"
    times = ledger.applied(book, transaction.message, is_set, world.now_us)
    book.by_transaction += 1
    if times:
        world.emit(Applied, transaction.consumer, transaction.message, times)
    else:
        world.emit(Reexecuted, transaction.consumer, transaction.message)
