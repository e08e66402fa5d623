"""Is a dead letter safe where it lies? Its move to another queue is a step in which it can die."""

from dataclasses import replace
from typing import Any

import pytest

from playground.checker.any_timing import prove_any_timing
from playground.checker.bounds import Bounds
from playground.checker.explore import Exploration
from playground.checker.prove import prove
from playground.checker.scene import parts
from playground.engine.laws import check
from playground.engine.parameters import QueueParameters
from playground.scenario.build import simulate
from playground.scenario.load import load_text
from playground.scenario.model import Scenario

from .scenes import chain
from .test_two_explorers import by_fork, by_replay

BOUNDS = Bounds(messages=1, faults=3, catalogue=("drop", "broker-crash"), properties=("loss",))


def scene(**morgue: Any) -> Scenario:
    """After two deliveries a message goes to the morgue."""
    plain = chain(queue={"max_deliveries": 2, "dead_letter": "morgue"})
    return replace(plain, nodes={**plain.nodes, "morgue": QueueParameters(**morgue)})


def test_a_morgue_in_memory_forgets_its_dead_in_a_crash() -> None:
    (timed,) = prove(scene(durability="memory"), BOUNDS).verdicts
    (untimed,) = prove_any_timing(scene(durability="memory"), BOUNDS).verdicts
    assert (timed.word, timed.faults) == (untimed.word, untimed.faults) == ("counterexample", 3)
    (found,) = timed.minimal
    assert found.faults[-1] == "crash morgue at appended with shop#1"
    saved = load_text(found.scenario, runnable=True)
    simulator = simulate(saved)
    simulator.run_until(saved.run_for_us)
    assert simulator.world.trace.sha256() == found.trace_sha256


def test_a_morgue_on_the_disk_keeps_them() -> None:
    (timed,) = prove(scene(), BOUNDS).verdicts
    assert timed.word == "certified"


@pytest.mark.parametrize("durability", ["sync", "lazy", "memory"])
def test_every_law_holds_while_it_dies(durability: str) -> None:
    scenario, bounds = scene(durability=durability), replace(BOUNDS, properties=("loss", "stuck"))
    assert by_fork(scenario, bounds) == by_replay(scenario, bounds)
    (part,) = parts(scenario, 1)
    trial = Exploration(part, bounds).trial
    for first in trial.run((), finds_next=True).children:
        for second in trial.run((first,), finds_next=True).children:
            for third in trial.run((first, second), finds_next=True).children:
                simulator = trial.start((first, second, third))
                while third.place == "morgue" and simulator.next_us() is not None:
                    simulator.play(1)
                    check(simulator.world)
