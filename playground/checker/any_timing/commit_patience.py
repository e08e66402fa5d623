"""Are the timers of transactions longer than what they wait for? By the scene's numbers alone.

Distributions without an end count as long as one draw in some ten thousand takes.
"""

from dataclasses import dataclass
from math import exp

from playground.engine.parameters import (
    TRANSACTIONS,
    ConsumerParameters,
    CoordinatorParameters,
    QueueParameters,
    Spread,
)
from playground.scenario.model import Scenario
from playground.scenario.topology import group_of


@dataclass(frozen=True, slots=True)
class CommitPatience:
    """How long a commit takes each consumer, and whose timers may fire at any moment."""

    commit_us: dict[str, int]
    timeouts: frozenset[str]
    resends: frozenset[str]
    asks: frozenset[str]
    heuristics: frozenset[str]


def longest_us(spread: Spread) -> int:
    """The longest that this takes, or as good as that."""
    if spread.distribution == "fixed":
        return spread.mean_us
    if spread.distribution == "lognormal":
        # Four standard deviations up: one in thirty thousand takes longer.
        return round(spread.mean_us * exp(4 * spread.sigma - spread.sigma**2 / 2))
    return spread.mean_us * (2 if spread.distribution == "uniform" else 10)


def commit_patience(scenario: Scenario) -> CommitPatience:
    """Every wait is held against the longest question and answer that it can be about."""
    nodes = scenario.nodes
    commit_us: dict[str, int] = {}
    timeouts, resends, asks, heuristics = (set[str]() for _ in range(4))
    for name, judge in nodes.items():
        if not isinstance(judge, CoordinatorParameters):
            continue
        round_us = 0
        queues: list[str] = []
        clients: list[str] = []
        for link in scenario.links:
            if link.source == name:
                round_us = max(round_us, 2 * longest_us(link.parameters.latency))
                queues.append(link.target)
            elif link.target == name:
                clients.append(link.source)
        slowest_us = 0
        for client in clients:
            node = nodes[client]
            if isinstance(node, ConsumerParameters) and node.effective_how in TRANSACTIONS:
                commit_us[client] = _way_us(scenario, client) + round_us
                slowest_us = max(slowest_us, commit_us[client])
                if judge.resend_us <= 2 * round_us:
                    asks.add(group_of(client, node))
        if judge.timeout_us <= 2 * slowest_us + round_us:
            timeouts.add(name)
        if judge.resend_us <= round_us:
            resends.add(name)
        for queue in queues:
            it = nodes[queue]
            if judge.resend_us <= 2 * round_us:
                asks.add(queue)
            heuristic_us = it.heuristic_us if isinstance(it, QueueParameters) else None
            if heuristic_us is not None and heuristic_us <= 2 * round_us:
                heuristics.add(queue)
    return CommitPatience(
        commit_us, frozenset(timeouts), frozenset(resends), frozenset(asks), frozenset(heuristics)
    )


def _way_us(scenario: Scenario, client: str) -> int:
    """Question and answer on the slowest of its links."""
    return max(
        2 * longest_us(link.parameters.latency)
        for link in scenario.links
        if client in (link.source, link.target)
    )
