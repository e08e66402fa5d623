"""What is a new node called, and where does it stand?"""

from collections.abc import Mapping

from playground.engine.parameters import (
    ConsumerParameters,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.model import Scenario
from playground.scenario.rename import free_name
from playground.scenario.topology import groups

COLUMNS_X = {"producer": 24.0, "queue": 268.0, "consumer": 648.0}
COLUMN_PX = 144.0
ROW_PX = 144.0
TOP_PX = 32.0
RATE_PER_S = 4.0
Places = Mapping[str, tuple[float, float]]


def new_name(kind: str, scenario: Scenario) -> str:
    """The kind itself, or with a number; never the name of a group that it would then join."""
    return free_name(kind, {*scenario.nodes, *groups(scenario.nodes)})


def new_place(kind: str, places: Places) -> tuple[float, float]:
    """Below whatever stands in its column."""
    x = COLUMNS_X[kind]
    taken = [y for place_x, y in places.values() if abs(place_x - x) < COLUMN_PX]
    return x, max(taken, default=TOP_PX - ROW_PX) + ROW_PX


def default_parameters(kind: str) -> NodeParameters:
    """A new node as it comes out of the palette."""
    if kind == "producer":
        return ProducerParameters(rate_per_s=RATE_PER_S)
    return QueueParameters() if kind == "queue" else ConsumerParameters()
