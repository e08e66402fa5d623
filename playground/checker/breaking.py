"""When does a counterexample break its promise, and is it the run that the search has found?

A counterexample is run again from its file, once to its end for the hash, once step by step until
the promise is broken: that is the moment at which a window stops.
"""

from collections.abc import Callable
from typing import NamedTuple

from playground.checker.bounds import Claim
from playground.checker.properties import violated
from playground.checker.scene import parts
from playground.engine import records as r
from playground.engine.world import World
from playground.scenario.build import simulate
from playground.scenario.model import Scenario

MOST_STEPS = 100_000


class Break(NamedTuple):
    """The moment of the break (virtual µs), whose promise it is, and the hash of the whole run."""

    at_us: int
    messages: tuple[str, ...]
    trace_sha256: str


def breaking(scenario: Scenario, claim: Claim) -> Break:
    """Run a counterexample, which must break the claim within its ``run_for``."""
    whole = simulate(scenario)
    whole.run_until(scenario.run_for_us)
    simulator = simulate(scenario)
    for _ in range(MOST_STEPS):
        due_us = simulator.next_us()
        messages = violated(simulator.world, claim, due_us is None)
        if messages:
            return Break(simulator.world.now_us, messages, whole.world.trace.sha256())
        if due_us is None or due_us > scenario.run_for_us:
            break
        simulator.step()
    # What never comes to rest is broken only where the search has stopped.
    messages = violated(whole.world, claim, True)
    assert messages, f"{claim} holds in what was said to break it"
    return Break(scenario.run_for_us, messages, whole.world.trace.sha256())


def packets_a_message(scenario: Scenario, group: str) -> int:
    """How many packets one message costs on its way to this group when nothing goes wrong."""
    found = parts(scenario, 1, (group,))
    if not found:
        return 0
    simulator = simulate(found[0].scenario)
    sent: list[r.Record] = []
    simulator.world.trace.sinks.append(sent.extend)
    simulator.play(MOST_STEPS)
    sent += simulator.world.trace.tail()
    is_elsewhere = _is_of_another_group(simulator.world, group)
    way = [
        record
        for record in sent
        if isinstance(record, r.PacketSent)
        and not is_elsewhere(record.source)
        and not is_elsewhere(record.target)
    ]
    return round(len(way) / max(1, simulator.world.ledger.count))


def _is_of_another_group(world: World, group: str) -> Callable[[str], bool]:
    def is_elsewhere(node: str) -> bool:
        return getattr(world.nodes.get(node), "group", group) != group

    return is_elsewhere
