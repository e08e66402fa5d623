"""What is a transaction known by, and who takes part in it?

A transaction is a number, unique in its world and rising. The packets of a transaction carry the
number; what it stands for (whose, of which delivery, through whom) never changes and is kept here
once, so that a rename finds all of it in one place.
"""

from typing import TYPE_CHECKING, Final, NamedTuple

from playground.engine.links import LinkState

if TYPE_CHECKING:
    from playground.engine.nodes.consumer import Consumer
    from playground.engine.world import World

TXN: Final = 4
"""The place of the number in what a packet of a transaction carries."""

COMMIT: Final = 1
ABORT: Final = 0
"""The verdict in END_TXN, MARKER, END_OK, DECIDE and REQ_OK, and the voice in VOTE."""

ADDING: Final = 1
ENDING: Final = 2
"""The number in an END_FAIL: whether it answers ADD_PARTITIONS or END_TXN."""

_PRUNE_EVERY = 1_024


class Transaction(NamedTuple):
    """The facts of one transaction."""

    number: int
    is_two_phase: bool
    consumer: str  # in Kafka's words its transactional id
    incarnation: int
    epoch: int  # of the transactional id; 0 in two-phase commit
    group: str
    message: int
    offset: int  # of the input's entry
    token: int  # of the lease under which it was delivered: the generation
    effect: str
    is_fenced: bool  # the queue checks the token and holds the entry
    queue: str
    coordinator: str


def next_number(world: "World") -> int:
    """A number that nobody has had: of a transaction, or of an epoch."""
    world.next_transaction = (number := world.next_transaction) + 1
    return number


def coordinator_link(world: "World", consumer: "Consumer") -> LinkState | None:
    """The link from a consumer to its coordinator."""
    for key in world.links_of[consumer.id]:
        if key[0] == consumer.id:
            return world.links[key]
    return None


def is_served(world: "World", consumer: "Consumer") -> bool:
    """Whether its commits would find their way: through a coordinator to the queue, or none."""
    if not consumer.program.is_transaction:
        return True
    link = coordinator_link(world, consumer)
    queue = consumer.link
    return link is not None and queue is not None and (link.target, queue.source) in world.links


def register(world: "World", transaction: Transaction) -> None:
    """A new transaction; now and then those are forgotten of which nobody speaks any more."""
    world.transactions[transaction.number] = transaction
    if len(world.transactions) % _PRUNE_EVERY == 0:
        _prune(world)


def _prune(world: "World") -> None:
    named = {flight.load[TXN] for flight in world.flights.values()}
    for node in world.nodes.values():
        named.update(flight.load[TXN] for flight in node.waiting)
        named.update(node.numbers())
    # The newest is being begun by somebody who has not written it down yet.
    named.add(next(reversed(world.transactions)))
    world.transactions = {
        number: each for number, each in world.transactions.items() if number in named
    }
