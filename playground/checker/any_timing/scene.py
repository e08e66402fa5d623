"""How does a scene look once time is taken out of it?

Everything that takes time takes none, every chance is zero, nothing is scripted: what is left is
the protocol. Where the scene's own numbers do not keep a timer from firing early (a lease shorter
than the work), firing early is no fault there; where they do, it is one: that is what ``patience``
says. What cannot be treated without a clock is refused with a sentence.
"""

from dataclasses import replace
from typing import Any

from playground.checker.any_timing.ledger_part import small
from playground.checker.any_timing.rules import NOW_US
from playground.checker.bounds import Bounds
from playground.engine.build import build
from playground.engine.chance import Drawn
from playground.engine.parameters import (
    TRANSACTIONS,
    ConsumerParameters,
    CoordinatorParameters,
    LinkParameters,
    Loss,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
    Retry,
    Spread,
)
from playground.engine.rejection import Rejection
from playground.engine.world import World
from playground.scenario.model import Scenario

WORK_US = 2
"""Long enough for a first half, in which a crash tears nothing, and a second, in which it does."""

UNTIMED_HOWS = frozenset(
    {"auto-ack", "ack-first", "commit-first", "ack-after", "double-ack", "inbox"}
)
"""The programs whose consumers commit their effects themselves."""

_AT_ONCE = Spread(mean_us=0)


class UnfitError(Exception):
    """This scene cannot be searched without a clock; the sentence says why."""


class _Still:
    """Chance where nothing is left to chance, and nothing takes time."""

    def odds(self, weather: LinkParameters, storm: str, is_reply: bool, packet: str) -> "_Still":
        """Itself: every packet meets the same fate."""
        return self

    def draw(self, name: str, ordinal: int) -> Drawn:
        """It arrives."""
        return False, 0, 1.0, -1

    def duration_us(self, spread: Spread, storm: str, purpose: str, name: str, ordinal: int) -> int:
        """The mean."""
        return spread.mean_us

    def strikes(self, chance: float, storm: str, purpose: str, name: str, ordinal: int) -> bool:
        """Never by itself."""
        return False


def untimed(scenario: Scenario, bounds: Bounds) -> World:
    """The scene without time. Raises ``UnfitError``."""
    nodes = {name: _untimed(name, node, bounds) for name, node in scenario.nodes.items()}
    links = [
        (
            link.source,
            link.target,
            replace(link.parameters, latency=_AT_ONCE, loss=Loss(), duplicate=0.0, reorder=0.0),
        )
        for link in scenario.links
    ]
    world = World(0, _Still())
    try:
        build(world, nodes, links, ())
    except Rejection as rejection:
        raise UnfitError(str(rejection)) from None
    messages = sum(
        node.limit or 0 for node in nodes.values() if isinstance(node, ProducerParameters)
    )
    # Dead-lettered copies have rows of their own.
    small(world.ledger, 4 + 2 * messages)
    return world


def _untimed(name: str, node: NodeParameters, bounds: Bounds) -> Any:
    if isinstance(node, ProducerParameters):
        limit = bounds.messages if node.limit is None else min(node.limit, bounds.messages)
        retry = Retry(timeout_us=0, attempts=node.retry.attempts, backoff_us=0)
        return replace(node, limit=limit, arrivals="regular", retry=retry)
    if isinstance(node, QueueParameters):
        return replace(
            node,
            flush_us=2 * NOW_US,  # the last writing was at 0
            dedup_window_us=10**6,
            lease_us=None if node.lease_us is None else 0,
            redelivery_delay_us=min(1, node.redelivery_delay_us),
            retention_us=None,
            heuristic_us=None if node.heuristic_us is None else 0,
        )
    if isinstance(node, ConsumerParameters):
        if node.effective_how not in UNTIMED_HOWS and node.effective_how not in TRANSACTIONS:
            raise UnfitError(
                f"{name} works with how: {node.effective_how}, which has timers of its own."
            )
        return replace(
            node,
            work=Spread(mean_us=WORK_US),
            crash_chance=0.0,
            failure_chance=0.0,
            ack_timeout_us=0,
            renew_lease_us=None,
            dedup_window_us=None,
        )
    if isinstance(node, CoordinatorParameters):
        return replace(node, timeout_us=0, resend_us=0)
    raise UnfitError(f"{name} is of a kind that has no model without a clock yet.")
