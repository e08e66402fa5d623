"""What is a new node called, and where does it stand?"""

from playground.engine.commands import AddNode
from playground.engine.parameters import (
    ConsumerParameters,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.model import Scenario

COLUMNS_X = {"producer": 24.0, "queue": 268.0, "consumer": 648.0}
ROW_PX = 144.0
RATE_PER_S = 4.0


def new_part(kind: str, scenario: Scenario) -> tuple[str, AddNode, tuple[float, float]]:
    """A free name, the command that adds it, and a free place in its column."""
    name, count = kind, 1
    while name in scenario.nodes:
        count += 1
        name = f"{kind}-{count}"
    x = COLUMNS_X[kind]
    taken = [y for place_x, y in scenario.layout.values() if abs(place_x - x) < ROW_PX]
    y = max(taken, default=-ROW_PX + 32.0) + ROW_PX
    return name, AddNode(name, default_parameters(kind)), (x, y)


def default_parameters(kind: str) -> NodeParameters:
    """A new node as it comes out of the palette."""
    if kind == "producer":
        return ProducerParameters(rate_per_s=RATE_PER_S)
    return QueueParameters() if kind == "queue" else ConsumerParameters()
