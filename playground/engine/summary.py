"""What do all counters of a world say, as plain numbers under the names of the contract?"""

from typing import Any

from playground.engine.forced import forced_writes, forced_writes_of_group
from playground.engine.histogram import Histogram
from playground.engine.ledger import (
    CONFIRMED,
    GAVE_UP,
    IN_DOUBT,
    IN_FLIGHT,
    LOST,
    MANY,
    ONCE,
    GroupLedger,
    Ledger,
)
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.world import World

Numbers = dict[str, Any]


def group_counters(ledger: Ledger, book: GroupLedger) -> Numbers:
    """Every counter of a group; the six buckets after ``produced`` add up to it."""
    reported, confirmed = _kinds_of_loss(ledger, book)
    return {
        "produced": book.produced,
        "applied_once": book.applied_once,
        "applied_many": book.applied_many,
        "in_doubt": book.in_doubt,
        "dead_lettered": book.dead_lettered,
        "in_flight": book.in_flight,
        "lost": book.lost,
        "lost_by_cause": {cause: count for cause, count in book.lost_by_cause.items() if count},
        "reported": reported,
        "lost_confirmed": confirmed,
        "lost_silent": book.lost - reported - confirmed,
        "deliveries": book.deliveries,
        "duplicate_deliveries": book.duplicate_deliveries,
        "effects": book.effect_total,
        "duplicate_effects": book.duplicate_effects,
        "suppressed": book.suppressed,
        "reexecuted": book.reexecuted,
        "out_of_order": book.out_of_order,
        "regress": book.regress,
        "stale_final": book.stale_final,
        "torn": book.torn,
        "fenced": book.fenced,
        "stale_acks": book.stale_acks,
        "nacked": book.nacked,
        "aborted": book.aborted,
        "side_effects": book.side_effects,
        "duplicate_side_effects": book.duplicate_side_effects,
        "money": {"should": book.money_settled, "is": book.money_is},
        "wait_us": _times(book.wait),
        "latency_us": _times(book.latency),
        "blocked_us": _times(book.blocked),
    }


def _kinds_of_loss(ledger: Ledger, book: GroupLedger) -> tuple[int, int]:
    """Lost with the producer told so, and lost although it holds a confirm."""
    if not book.lost:
        return 0, 0
    reported = confirmed = 0
    for message in range(ledger.count):
        if book.state[message] == LOST:
            reported += ledger.status[message] == GAVE_UP
            confirmed += ledger.status[message] == CONFIRMED
    return reported, confirmed


def _times(histogram: Histogram) -> Numbers:
    return {
        "mean": round(histogram.mean, 3),
        "p50": histogram.percentile(0.50),
        "p95": histogram.percentile(0.95),
        "p99": histogram.percentile(0.99),
    }


def _producer(world: World, node: Producer) -> Numbers:
    ledger = world.ledger
    phantoms = sum(
        any(
            book.state[message] in (ONCE, MANY, IN_FLIGHT, IN_DOUBT)
            for book in ledger.groups_of.get(ledger.queues[ledger.queue[message]], ())
        )
        for message in node.gave_up
    )
    return {
        "produced": node.produced,
        "attempts": node.attempts,
        "confirmed": node.confirmed,
        "unconfirmed": len(node.unconfirmed),
        "buffered": len(node.buffer),
        "gave_up": len(node.gave_up),
        "forgotten": node.forgotten,
        "fired": node.fired,
        "phantom_failures": phantoms,
        "forced_writes": forced_writes(world, node),
    }


def _coordinator(world: World, node: Coordinator) -> Numbers:
    return {
        "begun": node.begun,
        "committed": node.committed,
        "aborted": node.aborted,
        "open": len(node.open_entries()),
        "forced_writes": forced_writes(world, node),
    }


def _queue(world: World, node: Queue) -> Numbers:
    leased = sum(subscription.leased for subscription in node.subscriptions.values())
    held = sum(len(subscription.slots) for subscription in node.subscriptions.values())
    locked = sum(branch.is_held for branch in node.branches.values())
    return {
        "appended": node.appended,
        "deduplicated": node.deduplicated,
        "rejected": node.rejected,
        "expired": node.expired,
        "ready": held - leased - locked if node.subscriptions else len(node.log),
        "leased": leased,
        "held": locked,
        "acked": node.acked,
        "dead_lettered": node.dead_lettered,
        "crash_lost": node.crash_lost,
        "forced_writes": forced_writes(world, node),
    }


def summary(world: World) -> Numbers:
    """Groups, producers, queues, coordinators if there are any, and the wire, each by its name."""
    under_way: dict[str, int] = {}
    flights = list(world.flights.values())
    for node in world.nodes.values():
        flights += node.waiting
    for flight in flights:
        under_way[flight.packet] = under_way.get(flight.packet, 0) + 1
    coordinators = {
        node.id: _coordinator(world, node)
        for node in world.nodes.values()
        if isinstance(node, Coordinator)
    }
    return {
        "groups": {
            group: {
                **group_counters(world.ledger, book),
                "forced_writes": forced_writes_of_group(world, book),
            }
            for group, book in world.ledger.groups.items()
        },
        "producers": {
            node.id: _producer(world, node)
            for node in world.nodes.values()
            if isinstance(node, Producer)
        },
        "queues": {
            node.id: _queue(world, node) for node in world.nodes.values() if isinstance(node, Queue)
        },
        **({"coordinators": coordinators} if coordinators else {}),
        "wire": {
            packet: {
                "sent": sent,
                "delivered": delivered,
                "dropped": dropped,
                "duplicated": duplicated,
                "discarded": discarded,
                "in_flight": under_way.get(packet, 0),
            }
            for packet, (sent, delivered, dropped, duplicated, discarded) in world.wire.items()
        },
    }
