"""How is a verdict reached for good, and how does everybody learn of it?

The write to the log is the decision. What follows, the answer to the client and the round of
MARKERs or DECIDEs, only tells it, and is told again until it is heard. A client whose transaction
cannot go on is told which of its requests failed.
"""

from typing import TYPE_CHECKING

from playground.engine.agenda import RESEND
from playground.engine.faults.crash import dies_at
from playground.engine.message import MESSAGE, Flight
from playground.engine.nodes.branch import doubt
from playground.engine.nodes.coordinator_log import (
    DECIDED,
    ONGOING,
    WORDS,
    Entry,
    load_of,
    participants_of,
)
from playground.engine.nodes.queue import Queue
from playground.engine.records import TransactionDecided, TransactionFenced
from playground.engine.transactions import ADDING, COMMIT, ENDING, Transaction
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.coordinator import Coordinator


def decide(
    world: World, coordinator: "Coordinator", entry: Entry, verdict: int, reason: str
) -> None:
    """Write the verdict down, then tell it."""
    transaction = world.transactions[entry.number]
    if dies_at(world, coordinator, "before-log", transaction.message):
        return
    entry = entry._replace(state=DECIDED, verdict=verdict, voices=())
    coordinator.log[entry.number] = entry
    is_commit = verdict == COMMIT
    if is_commit:
        coordinator.committed += 1
    else:
        coordinator.aborted += 1
        book = world.ledger.groups.get(transaction.group)
        if book is not None:
            book.aborted += 1
    if is_commit or not entry.is_two_phase:
        # Presumed abort: in two-phase commit an abort need not be remembered.
        coordinator.force()
    world.because(
        TransactionDecided, coordinator.id, entry.consumer, transaction.message, entry.number,
        WORDS[verdict], reason,
    )  # fmt: skip
    _leave_in_doubt(world, transaction, is_commit)
    if dies_at(world, coordinator, "after-log", transaction.message):
        return
    _tell_client(world, coordinator, transaction, verdict, reason)
    send_round(world, coordinator, entry)


def _leave_in_doubt(world: World, transaction: Transaction, is_commit: bool) -> None:
    """Committed here and not yet marked there."""
    queue = world.nodes.get(transaction.queue)
    if is_commit and isinstance(queue, Queue) and transaction.number in queue.branches:
        branch = queue.branches[transaction.number]
        queue.branches[transaction.number] = doubt(world, transaction, branch)


def _tell_client(
    world: World, coordinator: "Coordinator", transaction: Transaction, verdict: int, reason: str
) -> None:
    if reason in ("timeout", "fenced") and not transaction.is_two_phase:
        return  # it did not ask; its next request is refused
    link = world.links.get((transaction.consumer, coordinator.id))
    if link is not None:
        packet = "REQ_OK" if transaction.is_two_phase else "END_OK"
        world.send(link, packet, transaction.message, verdict, load_of(transaction))


def send_round(world: World, coordinator: "Coordinator", entry: Entry) -> None:
    """PREPARE, DECIDE or MARKER to everybody who has not answered it, and again later."""
    transaction = world.transactions[entry.number]
    packet = "MARKER" if not entry.is_two_phase else "DECIDE"
    if entry.state == ONGOING:
        packet = "PREPARE"
    for place in participants_of(world, transaction):
        if place in entry.voices:
            continue
        link = world.links.get((coordinator.id, place))
        if link is not None:
            says = 0 if entry.state == ONGOING else entry.verdict
            world.send(link, packet, transaction.message, says, load_of(transaction))
        if packet != "PREPARE" and dies_at(world, coordinator, "mid-decide", transaction.message):
            return
    at_us = world.now_us + coordinator.parameters.resend_us
    world.schedule(at_us, RESEND, coordinator.id, entry.number, coordinator.incarnation)
    if packet != "PREPARE":
        dies_at(world, coordinator, "decided", transaction.message)


def answer(world: World, flight: Flight, packet: str, says: int) -> None:
    """To whoever sent this, over the same link."""
    link = world.links.get(flight.route.link)
    if link is not None:
        world.send(link, packet, flight.row[MESSAGE], says, flight.load)


def refuse(
    world: World, coordinator: "Coordinator", flight: Flight, transaction: Transaction, reason: str
) -> None:
    """END_FAIL, to ADD_PARTITIONS or to END_TXN; it says to which, for copies arrive late."""
    book = world.ledger.groups.get(transaction.group)
    if book is not None:
        book.fenced += 1
    world.because(
        TransactionFenced, coordinator.id, transaction.consumer, transaction.message,
        transaction.number, reason,
    )  # fmt: skip
    answer(world, flight, "END_FAIL", ENDING if flight.packet == "END_TXN" else ADDING)
