"""Which presets are there, what is in their files, and what has a run of one come to?"""

from functools import cache
from typing import Any

from playground.catalogue import presets
from playground.engine.simulator import Simulator
from playground.engine.summary import summary
from playground.scenario.load import load_file
from playground.scenario.model import Scenario

NAMES = [preset.name for preset in presets()]
PATHS = {preset.name: preset.path for preset in presets()}


@cache
def scenario_of(name: str) -> Scenario:
    return load_file(PATHS[name], runnable=True)


def counters(simulator: Simulator) -> dict[str, dict[str, Any]]:
    groups: dict[str, dict[str, Any]] = summary(simulator.world)["groups"]
    return groups
