"""When do two ledgers say the same of every message, as far as anything still depends on it?"""

from array import array
from typing import Any

from playground.checker.any_timing.parts import Key
from playground.checker.any_timing.rules import Rules
from playground.engine.ledger import IN_DOUBT, IN_FLIGHT, LOST, GroupLedger, Ledger, MessageTable


def ledger_key(ledger: Ledger, rules: Rules) -> Key:
    """Copies and obligations, message by message; and what has been found wrong for ever."""
    rows = range(ledger.count)
    return (
        tuple(
            (
                ledger.producer[row],
                ledger.number[row],
                ledger.queue[row],
                ledger.upstream[row],
                ledger.status[row],
            )
            for row in rows
        ),
        tuple(_book_key(book, ledger.count, rules) for book in ledger.groups.values()),
        tuple(sorted(ledger.origin.items())),
        tuple(sorted(ledger.child_alive.items())),
    )


def _book_key(book: GroupLedger, count: int, rules: Rules) -> Key:
    messages = []
    for row in range(count):
        state = book.state[row]
        ended_by = book.ended_by.get(row, "") if state in (IN_FLIGHT, IN_DOUBT) else ""
        cause = book.cause[row] if state == LOST else 0
        times = min(book.effects[row], 2)
        parked = book.parked.get(row, 0)
        doubts = book.doubts.get(row, 0)
        messages.append((state, book.held[row], times, ended_by, cause, parked, doubts))
    seen: Key = ()
    if rules.sees_deliveries:
        torn, again = min(book.torn, 1), min(book.reexecuted, 1)
        calls = tuple(min(book.sides.get(row, 0), 2) for row in range(count))
        seen = (torn, again, tuple(min(book.delivered[row], 2) for row in range(count)), calls)
    if rules.sees_order:
        orders = tuple(sorted((key, order.first_max) for key, order in book.orders.items()))
        seen = (*seen, min(book.out_of_order, 1), orders)
    return (tuple(messages), seen)


_SHARED = frozenset(
    {"latency", "wait", "lost_by_cause", "producers", "queues", "amount", "submitted_us"}
)
"""Columns and statistics that no handler asks: one for all states, whatever is counted there."""


def small(ledger: Ledger, rows: int) -> None:
    """Room for so many messages at once: the ledger's own steps are made for long runs."""
    ledger.capacity = rows
    for column in (
        ledger.producer, ledger.key, ledger.queue, ledger.upstream, ledger.amount,
    ):  # fmt: skip
        column.extend([0] * rows)
    ledger.number.frombytes(bytes(4 * rows))
    ledger.submitted_us.frombytes(bytes(8 * rows))
    ledger.status.extend(bytes(rows))
    for book in ledger.groups.values():
        book.grow(rows)


def fork_ledger(ledger: Ledger, keeps_order: bool) -> Ledger:
    """An independent copy of everything that a handler asks; statistics are shared."""
    twin: Ledger = Ledger.__new__(Ledger)
    _copy(ledger, twin, MessageTable.__slots__)
    twin.groups = {}
    for name, book in ledger.groups.items():
        if keeps_order:
            twin.groups[name] = book.fork()
        else:
            each: GroupLedger = GroupLedger.__new__(GroupLedger)
            _copy(book, each, GroupLedger.__slots__)
            twin.groups[name] = each
    twin.groups_of = {
        queue: [twin.groups[book.group] for book in books]
        for queue, books in ledger.groups_of.items()
    }
    return twin


def shared_twin(ledger: Ledger) -> Ledger:
    """Another ledger with the same columns and books: whoever changes one copies it first."""
    twin: Ledger = Ledger.__new__(Ledger)
    for name in MessageTable.__slots__:
        setattr(twin, name, getattr(ledger, name))
    twin.names, twin.on_lost = {}, []
    twin.groups = ledger.groups.copy()
    return twin


def book_of_its_own(twin: Ledger, group: str) -> GroupLedger:
    """The group's book, in this ledger alone; its columns are still shared."""
    shared = twin.groups[group]
    book: GroupLedger = GroupLedger.__new__(GroupLedger)
    for name in GroupLedger.__slots__:
        setattr(book, name, getattr(shared, name))
    twin.groups[group] = book
    twin.groups_of = {
        queue: [book if each is shared else each for each in books]
        for queue, books in twin.groups_of.items()
    }
    return book


def _copy(thing: Any, twin: Any, names: tuple[str, ...]) -> None:
    for name in names:
        value = getattr(thing, name)
        kind = type(value)
        if (kind is array or kind is bytearray or kind is list) and name not in _SHARED:
            value = value[:]
        elif kind is dict and name not in _SHARED:
            value = value.copy()
        setattr(twin, name, value)
