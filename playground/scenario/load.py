"""Which scenario is in this file?

Either a whole scenario, or ScenarioError with every problem: nothing is half-loaded.
"""

from os import PathLike, fspath
from pathlib import Path as FilePath
from typing import NamedTuple

from playground.scenario.document import Document
from playground.scenario.forms import LONGEST_NAME
from playground.scenario.model import Scenario
from playground.scenario.problem import Problem, ProblemList, ScenarioError
from playground.scenario.reader import MAX_BYTES, read_tree
from playground.scenario.scalars import is_forbidden
from playground.scenario.shape import check_runnable
from playground.scenario.tree import Positions


class Loaded(NamedTuple):
    """A scenario, and where everything in it stands in its file."""

    scenario: Scenario
    positions: Positions


def load_text(text: str | bytes, file: str = "<text>", *, runnable: bool = False) -> Scenario:
    """The scenario of a text; ``runnable`` refuses unlinked nodes too. Raises ScenarioError."""
    return read_text(text, file, runnable=runnable).scenario


def load_file(path: str | PathLike[str], *, runnable: bool = False) -> Scenario:
    """The scenario of a file. Raises ScenarioError, also where the file cannot be read."""
    return read_file(path, runnable=runnable).scenario


def read_file(path: str | PathLike[str], *, runnable: bool = False) -> Loaded:
    """The scenario of a file, with its positions. Raises ScenarioError."""
    file = fspath(path)
    try:
        with open(file, "rb") as stream:
            source = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not a file name"
        sentence = f"The file cannot be read: {reason}. Check its name and its permissions."
        raise ScenarioError(file, (Problem(1, 1, "scenario", sentence),)) from None
    return read_text(source, file, runnable=runnable)


def read_text(text: str | bytes, file: str = "<text>", *, runnable: bool = False) -> Loaded:
    """The scenario of a text, with its positions. Raises ScenarioError with every problem."""
    problems = ProblemList(file)
    root = read_tree(text, problems)
    positions = Positions(root)
    scenario = Document(root, positions, problems).read(_default_name(file))
    if scenario is None:
        raise ScenarioError(file, problems.in_order())
    if runnable:
        unlinked = check_runnable(scenario, positions)
        if unlinked:
            raise ScenarioError(file, unlinked)
    return Loaded(scenario, positions)


def _default_name(file: str) -> str:
    stem = FilePath(file).stem.strip("<>")
    name = "".join(each for each in stem if not is_forbidden(each, is_name=True))
    return name[:LONGEST_NAME].strip() or "untitled"
