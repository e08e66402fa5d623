"""Does every number add up? The conservation laws, recounted from the state of a world.

``check`` compares what the ledger has kept incrementally with a count made anew from producers,
packets, queues and consumers. A broken law is our error, so it is an assert with a sentence.
"""

from collections import Counter

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
from playground.engine.nodes.branch import Branch
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.subscription import HELD, LEASED
from playground.engine.world import World


def check(world: World) -> None:
    """All laws, between two steps."""
    for book in world.ledger.groups.values():
        check_partition(book)
        _check_rows(world, book)
    _check_custody(world)
    _check_producers(world)
    _check_wire(world)
    for node in world.nodes.values():
        if isinstance(node, Queue):
            _check_queue(world, node)


def check_partition(book: GroupLedger) -> None:
    """I1, I8: the buckets sum to *produced*, the causes to *lost*; holds after every record."""
    total = (
        book.applied_once
        + book.applied_many
        + book.in_doubt
        + book.dead_lettered
        + book.in_flight
        + book.lost
    )
    assert total == book.produced, f"{book.group}: {total} ≠ produced {book.produced}"
    by_cause = sum(book.lost_by_cause.values())
    assert by_cause == book.lost, f"{book.group}: causes {by_cause} ≠ lost {book.lost}"
    assert book.effect_total == book.applied_once + book.applied_many + book.duplicate_effects
    executed = book.effect_total + book.reexecuted
    assert executed <= book.deliveries, f"{book.group}: {executed} > {book.deliveries} deliveries"


def _check_rows(world: World, book: GroupLedger) -> None:
    """I1, I7, I9: the counters are the counts of the rows."""
    count = world.ledger.count  # the columns are longer: they grow in chunks
    states = Counter(book.state[:count])
    assert states[ONCE] == book.applied_once
    assert states[MANY] == book.applied_many
    assert states[IN_FLIGHT] == book.in_flight
    assert states[IN_DOUBT] == book.in_doubt
    assert states[DEAD] == book.dead_lettered
    assert states[LOST] == book.lost
    assert count - states[NOT_OWED] == book.produced
    effects, delivered = book.effects[:count], book.delivered[:count]
    assert sum(effects) == book.effect_total
    assert sum(delivered) == book.deliveries
    assert sum(max(0, copies - 1) for copies in delivered) == book.duplicate_deliveries
    assert sum(max(0, times - 1) for times in effects) == book.duplicate_effects
    for times, copies in zip(effects, delivered, strict=True):
        assert times <= copies


def custody(world: World) -> tuple[Counter[int], Counter[tuple[str, int]]]:
    """C.1: every copy that exists, counted from the state: upstream, and by group."""
    upstream: Counter[int] = Counter()
    held: Counter[tuple[str, int]] = Counter()
    flights = list(world.flights.values())
    for node in world.nodes.values():
        flights += node.waiting
        if isinstance(node, Producer):
            for intent in [*node.buffer.values(), *node.unconfirmed.values()]:
                upstream[intent.message] += intent.counts
        elif isinstance(node, Queue):
            for group, subscription in node.subscriptions.items():
                for slot in [*subscription.slots.values(), *subscription.unflushed]:
                    held[group, slot.message] += 1
            _count_branches(world, node.branches, held)
        elif isinstance(node, GroupDatabase):
            _count_branches(world, node.branches, held)
        elif isinstance(node, Consumer):
            for message in node.volatile():
                held[node.group, message] += 1
    for flight in flights:
        if flight.packet == "SEND":
            upstream[flight.message] += 1
        elif flight.packet == "DELIVER":
            held[flight.group, flight.message] += 1
    return upstream, held


def _count_branches(
    world: World, branches: dict[int, Branch], held: Counter[tuple[str, int]]
) -> None:
    """X: pending outputs and prepared effects are copies."""
    for number, branch in branches.items():
        transaction = world.transactions[number]
        if branch.has_output:
            held[transaction.group, transaction.message] += 1


def _check_doubts(world: World) -> None:
    """The ledger's doubts are the branches in doubt."""
    doubts: Counter[tuple[str, int]] = Counter()
    for node in world.nodes.values():
        if isinstance(node, Queue | GroupDatabase):
            for number, branch in node.branches.items():
                transaction = world.transactions[number]
                doubts[transaction.group, transaction.message] += branch.is_in_doubt
    for group, book in world.ledger.groups.items():
        counted = {message: count for (of, message), count in doubts.items() if of == group}
        assert {m: c for m, c in counted.items() if c} == book.doubts, f"{group}: {book.doubts}"


def _check_custody(world: World) -> None:
    _check_doubts(world)
    ledger = world.ledger
    upstream, held = custody(world)
    for message in range(ledger.count):
        name = ledger.name_of(message)
        assert upstream[message] == ledger.upstream[message], (
            f"{name}: {upstream[message]} upstream, the ledger says {ledger.upstream[message]}"
        )
        for group, book in ledger.groups.items():
            count = held[group, message]
            assert count == book.held[message], (
                f"{name} for {group}: {count} copies, the ledger says {book.held[message]}"
            )
            _check_state(world, book, message, name)


def _check_state(world: World, book: GroupLedger, message: int, name: str) -> None:
    """C.2: the class of an obligation follows from its effects and its copies."""
    state = book.state[message]
    if state == NOT_OWED:
        return
    has_copy = bool(world.ledger.upstream[message] or book.held[message])
    if book.effects[message] >= 2:
        expected = MANY
    elif book.effects[message] == 1:
        expected = ONCE
    elif message in book.doubts:
        expected = IN_DOUBT
    elif has_copy:
        expected = IN_FLIGHT
    elif book.parked.get(message):
        expected = DEAD
    else:
        expected = LOST
    assert state == expected, f"{name} for {book.group}: state {state}, should be {expected}"


def _check_producers(world: World) -> None:
    """I2: what a producer has submitted is in exactly one of its states."""
    for node in world.nodes.values():
        if isinstance(node, Producer):
            parts = (
                len(node.buffer)
                + len(node.unconfirmed)
                + node.confirmed
                + len(node.gave_up)
                + node.forgotten
                + node.fired
            )
            assert parts == node.produced, f"{node.id}: {parts} ≠ produced {node.produced}"


def _check_wire(world: World) -> None:
    """I3: every packet sent has been taken, has died, or is under way."""
    under_way = Counter(flight.packet for flight in world.flights.values())
    for node in world.nodes.values():
        under_way.update(flight.packet for flight in node.waiting)
    for packet, (sent, delivered, dropped, duplicated, discarded) in world.wire.items():
        ended = delivered + dropped + discarded + under_way[packet]
        assert sent + duplicated == ended, f"{packet}: {sent}+{duplicated} sent ≠ {ended}"


def _check_queue(world: World, queue: Queue) -> None:
    """I5, I10, I11: entries, leases and credit."""
    for group, subscription in queue.subscriptions.items():
        tokens = []
        leased: Counter[str] = Counter()
        for offset, slot in subscription.slots.items():
            assert offset in queue.log, f"{queue.id}: slot {offset} of {group} has no entry"
            if slot.state == LEASED:
                tokens.append(slot.token)
                if subscription.connected.get(slot.consumer) == slot.incarnation:
                    leased[slot.consumer] += 1
        assert len(tokens) == len(set(tokens)), f"{queue.id}: a token is leased twice"
        assert +leased == +Counter(subscription.unacked), (
            f"{queue.id}: {dict(leased)} leased, the books say {subscription.unacked}"
        )
    _check_held(world, queue)
    for entry in queue.log.values():
        slots = sum(
            (entry.offset in subscription.slots)
            + any(slot.offset == entry.offset for slot in subscription.unflushed)
            for subscription in queue.subscriptions.values()
        )
        assert slots == entry.pending, f"{queue.id}: entry {entry.offset} counts {entry.pending}"


def _check_held(world: World, queue: Queue) -> None:
    """I12: what is part of an open transaction is neither ready nor leased, and nothing else is."""
    locked: Counter[tuple[str, int]] = Counter()
    for number, branch in queue.branches.items():
        if branch.is_held:
            transaction = world.transactions[number]
            locked[transaction.group, transaction.offset] += 1
    held = Counter(
        (group, offset)
        for group, subscription in queue.subscriptions.items()
        for offset, slot in subscription.slots.items()
        if slot.state == HELD
    )
    assert locked == held, f"{queue.id}: transactions hold {dict(locked)}, slots {dict(held)}"
