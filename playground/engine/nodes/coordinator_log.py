"""What stands in a coordinator's log, and whom does a transaction concern?"""

from typing import NamedTuple

from playground.engine.message import Load
from playground.engine.nodes.database import database_of
from playground.engine.nodes.queue import Queue
from playground.engine.transactions import ABORT, COMMIT, Transaction
from playground.engine.world import World

ONGOING, DECIDED, ENDED = range(3)
WORDS = {COMMIT: "commit", ABORT: "abort"}


class Entry(NamedTuple):
    """A transaction in the log. Never rewritten: a change is another entry under its number."""

    number: int
    consumer: str
    is_two_phase: bool
    since_us: int
    state: int = ONGOING
    verdict: int = -1
    voices: tuple[str, ...] = ()  # who has voted yes, and after the decision who has obeyed


class Epoch(NamedTuple):
    """Which life of a transactional id may commit."""

    number: int
    incarnation: int


def load_of(transaction: Transaction) -> Load:
    """What the packets to its client and its participants carry."""
    return (
        transaction.incarnation, transaction.offset, transaction.token, None, transaction.number
    )  # fmt: skip


def participants_of(world: World, transaction: Transaction) -> list[str]:
    """Who takes part: the database first, so that an effect is never later than its ack."""
    places = []
    if transaction.is_two_phase:
        database = database_of(world, transaction.group)
        places = [database.id] if database else []
    if isinstance(world.nodes.get(transaction.queue), Queue):
        places.append(transaction.queue)
    return places
