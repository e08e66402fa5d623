"""Is what a cue says true when it is shown, on any seed?

A cue is read while the scene goes on or stands still, so each of its claims is held against what
has happened by then. Announcements are held against what they announce.
"""

from typing import NamedTuple

import pytest

from playground.scenario.build import simulate
from tests.presets.opened import NAMES, scenario_of
from tests.presets.said import SAID, Fact
from tests.presets.told import Listener

SEEDS = (1, 2, 3)
OPENING_US = 0


class Line(NamedTuple):
    """What happened, and when."""

    at_s: float
    text: str


def lines_of(name: str, seed: int) -> list[Line]:
    scenario = scenario_of(name)
    simulator = simulate(scenario, seed)
    listener = Listener(simulator, 1_000_000)
    simulator.run_until(scenario.cues[-1].at_us)
    told = (line.split(" s  ", 1) for line in listener.finish())
    # The blank at the end tells shop#1 from shop#10.
    return [Line(float(at), f"{text} ") for at, text in told]


def is_so(fact: Fact, lines: list[Line]) -> bool:
    has_happened = any(
        f"{fact.line} " in line.text and fact.since_s <= line.at_s <= fact.cue_s for line in lines
    )
    return has_happened is fact.happened


@pytest.mark.parametrize("name", NAMES)
def test_what_the_cues_of_a_preset_say_is_true(name: str) -> None:
    own = scenario_of(name).seed
    wrong = []
    for seed in (own, *SEEDS):
        lines = lines_of(name, seed)
        wrong += [(seed, fact) for fact in SAID[name] if not is_so(fact, lines)]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_every_cue_after_the_opening_one_is_held_against_facts(name: str) -> None:
    cues = scenario_of(name).cues
    times = {cue.at_us / 1_000_000 for cue in cues if cue.at_us > OPENING_US}
    assert {fact.cue_s for fact in SAID[name]} == times
