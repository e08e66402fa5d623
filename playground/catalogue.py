"""Which scenario does a name mean: one of the presets, or a file?"""

from pathlib import Path
from typing import NamedTuple

from playground.paths import preset_files
from playground.scenario.load import load_file
from playground.scenario.model import Scenario
from playground.scenario.problem import Problem, ScenarioError, nearest


class Preset(NamedTuple):
    """A scenario that comes with the playground, by its file's stem."""

    name: str
    path: Path


def presets() -> list[Preset]:
    """All presets, in teaching order."""
    return [Preset(path.stem, path) for path in preset_files()]


def find(name: str) -> Path:
    """The file of a preset's name, of its number (``4``), or of a path.

    Raises ScenarioError where there is none, with the nearest name.
    """
    known = presets()
    for preset in known:
        number = preset.name.partition("-")[0]
        if name in (preset.name, number, number.lstrip("0")):
            return preset.path
    path = Path(name)
    if path.exists():
        return path
    guess = nearest(name, [preset.name for preset in known])
    remedy = f"Did you mean {guess}?" if guess else "'delivery-playground presets' lists them."
    sentence = f"There is no preset and no file of this name. {remedy}"
    raise ScenarioError(name, (Problem(1, 1, "scenario", sentence),))


def open_scenario(name: str, *, runnable: bool = False) -> Scenario:
    """The scenario that a name means. Raises ScenarioError."""
    return load_file(find(name), runnable=runnable)
