"""How many states a second does the search without a clock look at, and how soon does it find?"""

from time import perf_counter, process_time

import pytest

from playground.catalogue import presets
from playground.checker.any_timing import prove_any_timing
from playground.checker.any_timing.patience import patience_of
from playground.checker.any_timing.rules import rules_of
from playground.checker.any_timing.scene import untimed
from playground.checker.any_timing.search import Result, search
from playground.checker.any_timing.space import Space
from playground.checker.bounds import Bounds
from playground.scenario.load import load_file
from tests.bench.scenes import say
from tests.checker.scenes import EXACTLY_ONCE, chain

LEAST_PER_S = 20_000
SOONEST_S = 1.0

pytestmark = pytest.mark.bench


def test_twenty_thousand_states_a_second() -> None:
    """Distinct: each state counted once, however often it is met again. The quickest of three."""
    bounds = Bounds(messages=1, faults=3)
    took_s, wall_s, space, result = min(
        (_searched(bounds) for _ in range(3)), key=lambda each: each[0]
    )
    say(
        f"exactly once, 1 message, at most 3 faults: {result.generated:,} states generated, "
        f"{result.distinct:,} distinct ({' / '.join(f'{each:,}' for each in result.layers)}), "
        f"{space.runner.runs:,} steps run on the engine, {took_s:.2f} s of one core "
        f"({wall_s:.2f} s on the clock): {result.generated / took_s:,.0f} generated and "
        f"{result.distinct / took_s:,.0f} distinct a second"
    )
    assert result.ended == "complete"
    assert result.distinct / took_s >= LEAST_PER_S


def _searched(bounds: Bounds) -> tuple[float, float, Space, Result]:
    """Seconds of one core, seconds on the clock, and what was searched in them."""
    scenario = chain(**EXACTLY_ONCE)
    began_s, began_wall_s = process_time(), perf_counter()
    world, rules = untimed(scenario, bounds), rules_of(scenario, bounds)
    space = Space(world, rules, frozenset(bounds.catalogue), patience_of(scenario, bounds))
    result = search(space, bounds.faults, {"": lambda *_: ()}, 1_000_000)
    return process_time() - began_s, perf_counter() - began_wall_s, space, result


def test_four_times_as_many_states_are_not_much_slower_each() -> None:
    """What is remembered must stay cheap to find."""
    took_s, wall_s, space, result = _searched(Bounds(messages=1, faults=4))
    say(
        f"exactly once, 1 message, at most 4 faults: {result.distinct:,} distinct states, "
        f"{space.runner.runs:,} steps run on the engine, {took_s:.2f} s of one core "
        f"({wall_s:.2f} s on the clock): {result.distinct / took_s:,.0f} distinct a second"
    )
    assert result.distinct == 38_581
    assert result.distinct / took_s >= LEAST_PER_S / 2


def test_what_breaks_in_the_presets_is_found_within_a_second() -> None:
    slowest = (0.0, "")
    for preset in presets():
        scenario = load_file(preset.path)
        for name in ("loss", "duplicate_effect"):
            bounds = Bounds(messages=1, faults=1, properties=(name,))
            began_s = process_time()
            proof = prove_any_timing(scenario, bounds, most_states=20_000)
            took_s = process_time() - began_s
            if all(verdict.word == "counterexample" for verdict in proof.verdicts):
                slowest = max(slowest, (took_s, f"{preset.name}, {name}"))
    say(f"the slowest counterexample of the presets: {slowest[1]} after {slowest[0]:.2f} s")
    assert slowest[0] <= SOONEST_S
