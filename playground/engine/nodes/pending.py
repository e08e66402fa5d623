"""What does a queue do for a transaction: pending outputs and offsets, and a prepared consumption?

A fenced transaction's offset, and every prepared one, locks the entry: no lease timer, no
disconnect and no retention touches it until the verdict comes, by a MARKER or a DECIDE. Outputs are
read in the order of the log, so a committed one waits for the older ones that are undecided.
"""

from typing import TYPE_CHECKING

from playground.engine.agenda import HEURISTIC, AgendaItem
from playground.engine.faults.crash import dies_at
from playground.engine.ledger import LOST, NOT_OWED
from playground.engine.message import MESSAGE, NUMBER, Flight
from playground.engine.nodes.branch import Branch, apply_effect, doubt, is_taken, sure
from playground.engine.nodes.client import OFFSET, OUTPUT
from playground.engine.nodes.dispatch import dispatch
from playground.engine.nodes.entry import Entry
from playground.engine.nodes.inquiry import ask_after
from playground.engine.nodes.outputs import Output, decide_output, drop_output
from playground.engine.nodes.removal import delivery_ended
from playground.engine.nodes.subscription import HELD, LEASED, READY, Slot, Subscription
from playground.engine.nodes.timers import schedule_retention
from playground.engine.records import (
    BranchAborted,
    BranchCommitted,
    BranchPending,
    TransactionFenced,
)
from playground.engine.transactions import ABORT, COMMIT, TXN, Transaction
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.queue import Queue


# ---------------------------------------------------------------------- read-process-write


def on_write(queue: "Queue", world: World, flight: Flight) -> None:
    """TXN_SEND or TXN_OFFSETS: keep it as pending, or refuse the transaction."""
    transaction = world.transactions.get(flight.load[TXN])
    link = world.links.get(flight.route.link)
    if transaction is None or link is None:
        return
    is_output = flight.packet == "TXN_SEND"
    reason = _why_not(world, queue, transaction, is_output)
    if reason:
        book = world.ledger.groups.get(transaction.group)
        if book is not None:
            book.fenced += 1
        world.because(
            TransactionFenced, queue.id, transaction.consumer, transaction.message,
            transaction.number, reason,
        )  # fmt: skip
        world.send(link, "TXN_FAIL", flight.row[MESSAGE], 0, flight.load)
        return
    branch = _opened(world, queue, transaction)
    if is_output and not branch.has_output:
        _keep_output(world, queue, transaction, branch)
    elif not is_output and not branch.has_offset:
        _keep_offset(world, queue, transaction, branch)
    answers = OUTPUT if is_output else OFFSET
    world.send(link, "TXN_OK", flight.row[MESSAGE], answers, flight.load)


def _why_not(world: World, queue: "Queue", transaction: Transaction, is_output: bool) -> str:
    if transaction.number <= queue.ended.get(transaction.consumer, 0):
        return "ended"
    book = world.ledger.groups.get(transaction.group)
    subscription = queue.subscriptions.get(transaction.group)
    if book is None or subscription is None:
        return "gone"
    if is_output:
        # Nobody will ask to commit it: its sender has died, and so has everything else.
        return "gone" if book.state[transaction.message] in (LOST, NOT_OWED) else ""
    branch = queue.branches.get(transaction.number)
    if branch is not None and branch.has_offset:
        return ""
    if transaction.is_fenced:
        slot = subscription.slots.get(transaction.offset)
        is_current = slot is not None and slot.state == LEASED and slot.token == transaction.token
        return "" if is_current else "token"
    # Unfenced: only the very same delivery cannot be committed twice.
    offset, token = transaction.offset, transaction.token
    is_done = subscription.was_acked_by(offset, token)
    if is_done or is_taken(world, queue.branches, transaction.group, offset, token):
        return "done"
    return ""


def _opened(world: World, queue: "Queue", transaction: Transaction) -> Branch:
    branch = queue.branches.get(transaction.number)
    if branch is None:
        branch = queue.branches[transaction.number] = Branch(transaction.number, world.now_us)
        coordinator = world.nodes.get(transaction.coordinator)
        patience_us = getattr(coordinator and coordinator.parameters, "timeout_us", 0)
        ask_after(world, queue, transaction, patience_us)
    return branch


def _keep_output(world: World, queue: "Queue", transaction: Transaction, branch: Branch) -> None:
    message, group = transaction.message, transaction.group
    queue.branches[branch.number] = branch._replace(has_output=True)
    queue.forced += 1
    world.ledger.held_again(world.ledger.groups[group], message)
    output = Output(transaction.number, message)
    queue.outputs[group] = (*queue.outputs.get(group, ()), output)
    world.because(BranchPending, queue.id, group, message, branch.number, "output")


def _keep_offset(world: World, queue: "Queue", transaction: Transaction, branch: Branch) -> None:
    is_held = transaction.is_fenced
    queue.branches[branch.number] = branch._replace(has_offset=True, is_held=is_held)
    queue.forced += 1
    world.because(
        BranchPending, queue.id, transaction.group, transaction.message, branch.number, "offset"
    )
    if is_held:
        subscription = queue.subscriptions[transaction.group]
        _hold(subscription, subscription.slots[transaction.offset])
        dispatch(world, queue, subscription)


def _hold(subscription: Subscription, slot: Slot) -> None:
    """From here on it belongs to the transaction: its consumer has one message less to ack."""
    subscription.release(slot)
    slot.state = HELD


# ---------------------------------------------------------------------- two-phase commit


def on_prepare(queue: "Queue", world: World, flight: Flight) -> None:
    """Can the input's consumption be promised? Only while the lease stands under which it was."""
    if dies_at(world, queue, "prepare-received", flight.message):
        return
    number = flight.load[TXN]
    transaction = world.transactions.get(number)
    can = number in queue.branches
    if not can and transaction is not None:
        can = _prepare(world, queue, transaction)
    if dies_at(world, queue, "prepared", flight.message):
        return
    link = world.links.get(flight.route.link)
    if link is not None:
        world.send(link, "VOTE", flight.row[MESSAGE], COMMIT if can else ABORT, flight.load)


def _prepare(world: World, queue: "Queue", transaction: Transaction) -> bool:
    subscription = queue.subscriptions.get(transaction.group)
    slot = subscription.slots.get(transaction.offset) if subscription else None
    if subscription is None or slot is None:
        return False
    if slot.state != LEASED or slot.token != transaction.token:
        return False
    number = transaction.number
    _hold(subscription, slot)
    branch = Branch(number, world.now_us, has_offset=True, is_held=True)
    queue.branches[number] = doubt(world, transaction, branch)
    queue.forced += 1
    world.because(
        BranchPending, queue.id, transaction.group, transaction.message, number, "prepared"
    )
    ask_after(world, queue, transaction, 0)
    heuristic_us = queue.parameters.heuristic_us
    if heuristic_us is not None:
        world.schedule(world.now_us + heuristic_us, HEURISTIC, queue.id, number)
    dispatch(world, queue, subscription)
    return True


def on_heuristic(queue: "Queue", world: World, item: AgendaItem) -> None:
    """It has waited for a verdict for too long and releases the message by itself: a fault."""
    branch = queue.branches.get(item.first)
    if branch is not None and branch.is_in_doubt and queue.parameters.heuristic_us is not None:
        end(world, queue, item.first, is_commit=False, reason="heuristic")


def on_verdict(queue: "Queue", world: World, flight: Flight) -> None:
    """MARKER or DECIDE."""
    if dies_at(world, queue, "verdict-received", flight.message):
        return
    end(world, queue, flight.load[TXN], is_commit=flight.row[NUMBER] == COMMIT)
    if dies_at(world, queue, "decided", flight.message):
        return
    link = world.links.get(flight.route.link)
    if link is not None:
        answer = "MARKER_OK" if flight.packet == "MARKER" else "DECIDED"
        world.send(link, answer, flight.row[MESSAGE], 0, flight.load)


# ---------------------------------------------------------------------- the end


def end(
    world: World, queue: "Queue", number: int, *, is_commit: bool, reason: str = "abort"
) -> None:
    """The verdict; one that the queue has had already changes nothing."""
    transaction = world.transactions.get(number)
    branch = queue.branches.pop(number, None)
    if transaction is None:
        return
    group = transaction.group
    subscription = queue.subscriptions.get(group)
    ended = queue.ended.get(transaction.consumer, 0)
    queue.ended[transaction.consumer] = max(ended, number)
    if is_commit and branch is not None:
        _commit(world, queue, transaction, branch)
    elif not is_commit:
        _abort(world, queue, transaction, branch, reason)
    if branch is not None and branch.has_output:
        decide_output(world, queue, group, number, COMMIT if is_commit else ABORT)
    if subscription is not None:
        dispatch(world, queue, subscription)


def _commit(world: World, queue: "Queue", transaction: Transaction, branch: Branch) -> None:
    book = sure(world, transaction, branch)
    if book is None:
        return
    message, group = transaction.message, transaction.group
    world.because(BranchCommitted, queue.id, group, message, transaction.number)
    if branch.has_output:
        queue.forced += 1
        apply_effect(world, transaction)
    subscription = queue.subscriptions[group]
    slot = subscription.slots.get(transaction.offset)
    if branch.has_offset and slot is not None and (branch.is_held or slot.state != HELD):
        # An unfenced zombie commits an entry that was given to somebody else, unless that one's
        # transaction has locked it.
        token, slot.token = slot.token, transaction.token
        queue.finish(world, subscription, slot, "transaction")
        slot.token = token
    if branch.has_output:
        world.ledger.held_died(book, message)


def _abort(
    world: World, queue: "Queue", transaction: Transaction, branch: Branch | None, reason: str
) -> None:
    message, group = transaction.message, transaction.group
    book = world.ledger.groups.get(group)
    if branch is not None:
        book = sure(world, transaction, branch)
        queue.forced += 1
        world.because(BranchAborted, queue.id, group, message, transaction.number, reason)
    subscription = queue.subscriptions.get(group)
    if book is None or subscription is None:
        return
    offset, token = transaction.offset, transaction.token
    slot = subscription.slots.get(offset)
    is_leased = slot is not None and slot.state == LEASED and slot.token == token
    if slot is not None and (
        (branch is not None and branch.is_held and slot.state == HELD)
        or (is_leased and not is_taken(world, queue.branches, group, offset, token))
    ):
        delivery_ended(world, queue, subscription, slot, "abort")
        if queue.parameters.retention_us is not None:
            # An entry that nothing could take is free again.
            schedule_retention(world, queue)
    if branch is not None and branch.has_output:
        world.ledger.held_died(book, message)


# ---------------------------------------------------------------------- doubt and death


def on_crash(world: World, queue: "Queue", lost_since: int, gone: list[Entry]) -> None:
    """Branches that were not on the disk are gone, and those of entries that are."""
    offsets = {entry.offset for entry in gone}
    for number, branch in list(queue.branches.items()):
        transaction = world.transactions[number]
        is_lost = lost_since >= -1 and branch.since_us > lost_since
        if is_lost or transaction.offset in offsets:
            _drop(world, queue, transaction, branch)


def _drop(world: World, queue: "Queue", transaction: Transaction, branch: Branch) -> None:
    del queue.branches[branch.number]
    message, group = transaction.message, transaction.group
    subscription = queue.subscriptions.get(group)
    slot = subscription.slots.get(transaction.offset) if subscription else None
    if slot is not None and slot.state == HELD and branch.is_held:
        slot.state = READY
    drop_output(queue, group, branch.number)
    book = sure(world, transaction, branch)
    if book is not None:
        world.emit(BranchAborted, queue.id, group, message, branch.number, "crash")
        if branch.has_output:
            world.ledger.entry_died(book, message, "queue-crash")


def forget_group(world: World, queue: "Queue", group: str) -> None:
    """The group is gone: nobody owes anything any more, and nobody waits."""
    for number in list(queue.branches):
        transaction = world.transactions[number]
        if transaction.group == group:
            _drop(world, queue, transaction, queue.branches[number])
    queue.outputs.pop(group, None)
