"""Where do the nodes stand on the canvas, and what does the speaker say when?"""

from collections.abc import Mapping as AbstractMapping

from annotated_types import Interval

from playground.scenario.fields import construct, read_fields
from playground.scenario.forms import Number, parameters_of
from playground.scenario.model import Cue
from playground.scenario.problem import ProblemList
from playground.scenario.scalars import read_scalar
from playground.scenario.shape import unknown_node
from playground.scenario.tree import Listing, Mapping, Node, Scalar

PLACE_FORM = Number(is_whole=False, bounds=Interval(ge=-1e6, le=1e6))
"""A coordinate on the canvas, in pixels at 100 %."""


def read_layout(
    node: Node, kinds: AbstractMapping[str, str], problems: ProblemList
) -> dict[str, tuple[float, float]]:
    """Node -> its place."""
    if not isinstance(node, Mapping):
        problems.add(node.place, node.path, "layout is a mapping like {billing: [640, 0]}.")
        return {}
    found: dict[str, tuple[float, float]] = {}
    for key, entry in node.entries.items():
        path = (*node.path, key)
        if key not in kinds:
            problems.add(entry.place, path, unknown_node(key, kinds, problems.suggest))
            continue
        numbers = _numbers(entry.value)
        if len(numbers) == 2:
            found[key] = (numbers[0], numbers[1])
        else:
            problems.add(
                entry.value.place, path, "A place is two numbers up to 1000000, like [640, 0]."
            )
    return found


def _numbers(node: Node) -> list[float]:
    items = node.items if isinstance(node, Listing) else []
    values = [read_scalar(item.text, PLACE_FORM) for item in items if isinstance(item, Scalar)]
    # Adding zero makes -0 a plain 0, which is how it is written.
    return [value + 0.0 for value in values if isinstance(value, float)]


def read_cues(node: Node, problems: ProblemList) -> tuple[Cue, ...]:
    """The cue cards in the order of the file."""
    if not isinstance(node, Listing):
        problems.add(node.place, node.path, "cues is a list. Write each cue after a dash.")
        return ()
    found = []
    for item in node.items:
        if not isinstance(item, Mapping):
            problems.add(item.place, item.path, "A cue is a mapping like {at: 3 s, say: It dies.}.")
            continue
        before = len(problems)
        values = read_fields(item, parameters_of(Cue), problems, "a cue")
        if len(problems) == before:
            found.append(construct(Cue, values))
    return tuple(found)
