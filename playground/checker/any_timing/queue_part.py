"""When are two queues in the same state, and how are their numbers renamed?

Heaps of what is ready are worked out from the slots, so they stand in no key. Of moments only one
thing is left: whether an entry has reached a lazy disk (``FLUSHED``) or not (``NOW_US``).
"""

from array import array

from playground.checker.any_timing.commit_parts import (
    branches_key,
    branches_names,
    rename_branches,
)
from playground.checker.any_timing.names import (
    FRESH_OFFSET,
    FRESH_TOKEN,
    Name,
    Names,
    Renaming,
)
from playground.checker.any_timing.parts import Key
from playground.checker.any_timing.rules import Rules
from playground.engine.nodes.dedup import BrokerDedup, Remembered
from playground.engine.nodes.entry import Entry
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.subscription import LEASED, Slot, Subscription

FLUSHED = 0
"""The moment of an append that is on the disk: no later than its last writing."""


def _slot_key(slot: Slot, is_counted: bool) -> Key:
    lease = (slot.token, slot.consumer, slot.incarnation) if slot.state == LEASED else ()
    return (slot.offset, slot.message, slot.state, slot.count if is_counted else 0, lease)


def _subscription_key(subscription: Subscription, is_counted: bool) -> Key:
    slots = subscription.slots
    return (
        subscription.group,
        tuple(_slot_key(slots[offset], is_counted) for offset in sorted(slots)),
        tuple(sorted(subscription.connected.items())),
        tuple(sorted(subscription.unacked.items())),
        subscription.last_served if len(subscription.connected) > 1 else "",
        tuple((o, token) for o, token in enumerate(subscription.acked_tokens) if token),
        tuple(_slot_key(slot, is_counted) for slot in subscription.unflushed),
    )


def _dedup_key(dedup: BrokerDedup, is_lazy: bool) -> Key:
    # The engine asks these one SEND at a time; a key needs all of them.
    return (
        tuple(sorted(dedup._ids.items())),
        tuple(sorted(dedup._sequences.items())),
        tuple(sorted(dedup._last.items())),
        tuple(dedup._appends) if is_lazy else (),
    )


def queue_key(queue: Queue) -> Key:
    """Everything that decides what it will do."""
    is_counted = queue.parameters.max_deliveries is not None
    is_lazy = queue.parameters.durability == "lazy"
    return (
        queue.is_up,
        queue.is_paused,
        tuple(
            (e.offset, e.message, e.pending, e.is_owed, e.appended_us) for e in queue.log.values()
        ),
        tuple(_subscription_key(each, is_counted) for each in queue.subscriptions.values()),
        _dedup_key(queue.dedup, is_lazy),
        branches_key(queue),
    )


def queue_names(queue: Queue, rules: Rules) -> Names:
    """The numbers that it mentions; of finished entries and old sessions it only keeps notes."""
    strong = {Name("offset", queue.id, offset) for offset in queue.log}
    weak: set[Name] = set()
    for subscription in queue.subscriptions.values():
        for slot in (*subscription.slots.values(), *subscription.unflushed):
            strong.add(Name("offset", queue.id, slot.offset))
            if slot.state == LEASED:
                rank = 0 if rules.fencing else slot.offset
                strong.add(Name("token", queue.id, slot.token, rank))
                strong.add(Name("incarnation", slot.consumer, slot.incarnation))
        strong.update(
            Name("incarnation", consumer, number)
            for consumer, number in subscription.connected.items()
        )
        weak.update(Name("token", queue.id, token) for token in subscription.acked_tokens if token)
    weak.update(Name("session", source, number) for source, number in queue.dedup._last if source)
    open_ones, limits = branches_names(queue)
    return Names(frozenset(strong | open_ones), frozenset(weak | limits))


def settle_queue(queue: Queue) -> None:
    """Sort its heaps in again, and let it give out fresh numbers next."""
    queue.next_offset, queue.next_token = FRESH_OFFSET, FRESH_TOKEN
    for subscription in queue.subscriptions.values():
        subscription.rebuild(subscription.order)


def rename_queue(queue: Queue, new: Renaming) -> None:
    """Its numbers become the new ones; notes about dead ones go."""
    offsets = new.get(("offset", queue.id), {})
    tokens = new.get(("token", queue.id), {})
    log: dict[int, Entry] = {}
    for offset, entry in queue.log.items():
        entry.offset = offsets[offset]
        log[entry.offset] = entry
    queue.log = log
    for subscription in queue.subscriptions.values():
        _rename_subscription(subscription, offsets, tokens, new)
    _rename_sessions(queue.dedup, new)
    rename_branches(queue, new)
    settle_queue(queue)


def _rename_subscription(
    subscription: Subscription, offsets: dict[int, int], tokens: dict[int, int], new: Renaming
) -> None:
    # As long as the highest offset alive: an undone ack is crossed out there.
    acked = array("q", bytes(8 * len(offsets)))
    for offset, token in enumerate(subscription.acked_tokens):
        if token in tokens and offset in offsets:
            acked[offsets[offset]] = tokens[token]
    subscription.acked_tokens = acked
    for slot in (*subscription.slots.values(), *subscription.unflushed):
        slot.offset = offsets[slot.offset]
        if slot.state == LEASED:
            slot.token = tokens[slot.token]
            slot.incarnation = new["incarnation", slot.consumer][slot.incarnation]
    subscription.slots = {slot.offset: slot for slot in subscription.slots.values()}
    for consumer, number in subscription.connected.items():
        subscription.connected[consumer] = new["incarnation", consumer][number]


def _rename_sessions(dedup: BrokerDedup, new: Renaming) -> None:
    def renamed(session: tuple[str, int]) -> tuple[str, int] | None:
        source, number = session
        if not source:
            return session
        found = new.get(("session", source), {}).get(number)
        return None if found is None else (source, found)

    dedup._last = {
        session: last for old, last in dedup._last.items() if (session := renamed(old)) is not None
    }
    dedup._sequences = {
        (session, sequence): at_us
        for (old, sequence), at_us in dedup._sequences.items()
        if (session := renamed(old)) is not None
    }
    dedup._appends = [
        Remembered(row.at_us, session, row.sequence, row.message)
        for row in dedup._appends
        if (session := renamed(row.session)) is not None
    ]


def has_unflushed(queue: Queue) -> bool:
    """Whether there is anything that a lazy disk does not have yet."""
    if any(subscription.unflushed for subscription in queue.subscriptions.values()):
        return True
    is_lazy = queue.parameters.durability == "lazy"
    return is_lazy and (
        any(entry.appended_us != FLUSHED for entry in queue.log.values())
        or any(branch.since_us != FLUSHED for branch in queue.branches.values())
    )


def mark_flushed(queue: Queue) -> None:
    """Everything appended up to now is on the disk."""
    for entry in queue.log.values():
        entry.appended_us = FLUSHED
    for number, branch in queue.branches.items():
        queue.branches[number] = branch._replace(since_us=FLUSHED)
    dedup = queue.dedup
    dedup._ids = dict.fromkeys(dedup._ids, FLUSHED)
    dedup._sequences = dict.fromkeys(dedup._sequences, FLUSHED)
    dedup._appends = [row._replace(at_us=FLUSHED) for row in dedup._appends]
