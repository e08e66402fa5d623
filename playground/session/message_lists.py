"""Which messages stand behind a number of the scoreboard, and what became of each?

The ledger's columns are searched by numpy when somebody asks; nothing is kept for it.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from playground.engine.ledger import (
    DEAD,
    IN_DOUBT,
    IN_FLIGHT,
    LOST,
    MANY,
    NOT_OWED,
    ONCE,
    GroupLedger,
)
from playground.engine.nodes.consumer import Consumer
from playground.engine.records import Reexecuted, Suppressed
from playground.engine.world import World
from playground.session.fates import FateTeller
from playground.session.memory import RecordMemory
from playground.session.story import MessageLine

MOST_LINES = 200

Rows = NDArray[np.bool_]

_STATES: dict[str, int] = {
    "applied_once": ONCE,
    "applied_many": MANY,
    "in_flight": IN_FLIGHT,
    "in_doubt": IN_DOUBT,
    "dead_lettered": DEAD,
    "lost": LOST,
}

_COLUMNS: dict[str, Callable[[GroupLedger, int], Rows]] = {
    "produced": lambda book, count: _bytes(book.state, count) != NOT_OWED,
    "deliveries": lambda book, count: _integers(book.delivered, count) > 0,
    "duplicate_deliveries": lambda book, count: _integers(book.delivered, count) > 1,
    "duplicate_effects": lambda book, count: _integers(book.effects, count) > 1,
}

_EVENTS: dict[str, type] = {"suppressed": Suppressed, "reexecuted": Reexecuted}
"""What the columns do not say of a single message; the records that are kept do."""

BUCKETS: tuple[str, ...] = (*_COLUMNS, *_STATES, *_EVENTS)
"""The numbers that have a list, under their names in a ``GroupRow``."""


def messages_of(
    world: World, memory: RecordMemory, group: str, bucket: str, limit: int = MOST_LINES
) -> tuple[MessageLine, ...]:
    """The newest messages behind this number, newest first; none where the group is gone."""
    book = world.ledger.groups.get(group)
    if book is None:
        return ()
    if bucket in _EVENTS:
        rows = memory.messages_with(_EVENTS[bucket], _group_of_each(world), group)[:limit]
    else:
        rows = _found(book, bucket, world.ledger.count, limit)[::-1]
    return lines_of(world, memory, book, rows)


def lines_of(
    world: World, memory: RecordMemory, book: GroupLedger, rows: list[int]
) -> tuple[MessageLine, ...]:
    """A line for each of these messages."""
    ledger = world.ledger
    kept = memory.by_message(frozenset(rows))
    teller = FateTeller(world, book, names_group=False)
    lines = []
    for row in rows:
        fate = teller.tell(row, kept[row])
        text = fate.what.removeprefix("was ").removeprefix("is ")
        lines.append(
            MessageLine(
                row,
                ledger.number[row],
                ledger.name_of(row),
                ledger.submitted_us[row],
                fate.status,
                text,
            )
        )
    return tuple(lines)


def _found(book: GroupLedger, bucket: str, count: int, limit: int) -> list[int]:
    """Rows in ascending order. No view of a column may outlive this: a column must grow."""
    if bucket in _STATES:
        mask = _bytes(book.state, count) == _STATES[bucket]
    else:
        mask = _COLUMNS[bucket](book, count)
    return [int(row) for row in np.flatnonzero(mask)[-limit:]]


def _bytes(column: bytearray, count: int) -> NDArray[np.uint8]:
    return np.frombuffer(column, np.uint8, count) if count else np.zeros(0, np.uint8)


def _integers(column: object, count: int) -> NDArray[np.int32]:
    return np.frombuffer(column, np.int32, count) if count else np.zeros(0, np.int32)  # type: ignore[call-overload]


def _group_of_each(world: World) -> dict[str, str]:
    return {node.id: node.group for node in world.nodes.values() if isinstance(node, Consumer)}
