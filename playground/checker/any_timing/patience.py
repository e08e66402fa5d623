"""Which timers can fire early although no fault has happened, by the numbers of the scene alone?

A timer is *patient* if it is longer than everything it waits for can take; then it fires early only
if something is late, and that is a fault. An impatient one may fire at any moment. A lease is
patient as long as its consumer holds no more than it can work off in that time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.checker.any_timing.commit_patience import commit_patience, longest_us
from playground.checker.bounds import Bounds
from playground.engine.parameters import (
    ConsumerParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.model import Scenario

MANY = 10**6


@dataclass(frozen=True, slots=True)
class Patience:
    """The nodes whose timers may fire at any moment, and the memories that may run out."""

    retries: frozenset[str] = frozenset()  # producers
    leases: frozenset[str] = frozenset()  # queues
    ack_timeouts: frozenset[str] = frozenset()  # consumers
    windows: frozenset[str] = frozenset()  # queues and consumers: dedup windows
    retentions: frozenset[str] = frozenset()  # queues
    restarts: frozenset[str] = frozenset()  # consumers: back before their last packets arrive
    timeouts: frozenset[str] = frozenset()  # coordinators: of open transactions
    resends: frozenset[str] = frozenset()  # coordinators
    asks: frozenset[str] = frozenset()  # queues, and groups whose database may ask
    heuristics: frozenset[str] = frozenset()  # queues
    # Consumer -> deliveries that it can hold without any lease ending; more are too many for it.
    copies: Mapping[str, int] = field(default_factory=dict)


def patience_of(scenario: Scenario, bounds: Bounds) -> Patience:
    """What this scene's numbers say, under as many faults as the bounds allow."""
    nodes = scenario.nodes
    rounds = 1 + bounds.faults
    latency_us = dict.fromkeys(nodes, 0)
    queue_of = {}
    for link in scenario.links:
        each_us = longest_us(link.parameters.latency)
        if isinstance(nodes[link.source], ProducerParameters):
            latency_us[link.source] = each_us
        elif isinstance(nodes[link.target], ConsumerParameters):
            latency_us[link.target] = each_us
            queue_of[link.target] = link.source
    retries, leases, ack_timeouts, windows, retentions, restarts = (set[str]() for _ in range(6))
    horizon_us = _horizon_us(scenario, rounds)
    ways = commit_patience(scenario)
    copies: dict[str, int] = {}
    for name, node in nodes.items():
        if isinstance(node, ProducerParameters):
            if node.retry.timeout_us <= 2 * latency_us[name]:
                retries.add(name)
        elif isinstance(node, QueueParameters):
            if node.retention_us is not None and node.retention_us <= horizon_us:
                retentions.add(name)
            if node.deduplicate != "none" and node.dedup_window_us <= horizon_us:
                windows.add(name)
        elif isinstance(node, ConsumerParameters):
            if node.dedup_window_us is not None and node.dedup_window_us <= horizon_us:
                windows.add(name)
            if node.restart_after_us <= latency_us[name]:
                restarts.add(name)
            awaits = node.effective_how in ("commit-first", "double-ack")
            if awaits and node.ack_timeout_us <= 2 * latency_us[name]:
                ack_timeouts.add(name)
            commit_us = ways.commit_us.get(name, 0)
            if commit_us and node.ack_timeout_us <= commit_us:
                ack_timeouts.add(name)
            queue = nodes.get(queue_of.get(name, ""))
            if not isinstance(queue, QueueParameters) or queue.lease_us is None:
                continue
            if node.effective_how == "auto-ack":
                continue
            time_us = queue.lease_us - 2 * latency_us[name]
            copies[name] = _copies(node, time_us, 2 * commit_us)
            if not copies[name]:
                leases.add(queue_of[name])
    return Patience(
        frozenset(retries), frozenset(leases), frozenset(ack_timeouts), frozenset(windows),
        frozenset(retentions), frozenset(restarts), ways.timeouts, ways.resends, ways.asks,
        ways.heuristics, copies,
    )  # fmt: skip


def _copies(consumer: ConsumerParameters, time_us: int, commit_us: int) -> int:
    """How many deliveries it can hold so that the last one is done within this time."""
    if consumer.renew_lease_us is not None:
        return MANY if consumer.renew_lease_us < time_us else 0
    each_us = longest_us(consumer.work) + commit_us
    return min(MANY, max(0, time_us - 1) // each_us) if each_us else MANY


def _horizon_us(scenario: Scenario, rounds: int) -> int:
    """How long after its first SEND a message can still be in play, at the very most."""
    total_us = 0
    for link in scenario.links:
        total_us += 2 * longest_us(link.parameters.latency)
    for node in scenario.nodes.values():
        if isinstance(node, ProducerParameters):
            total_us += node.retry.timeout_us + min(
                node.retry.cap_us, round(node.retry.backoff_us * node.retry.factor**rounds)
            )
            total_us += node.restart_after_us
        elif isinstance(node, QueueParameters):
            total_us += 2 * (node.lease_us or 0) + 1_000_000 + node.restart_after_us
        elif isinstance(node, ConsumerParameters):
            total_us += node.prefetch * longest_us(node.work) + node.restart_after_us
    return rounds * total_us
