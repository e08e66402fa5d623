"""What is a new node called, and what does it do at first?"""

from playground.engine.parameters import (
    ConsumerParameters,
    CoordinatorParameters,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.model import Scenario
from playground.scenario.rename import free_name
from playground.scenario.topology import groups

RATE_PER_S = 4.0


def new_name(kind: str, scenario: Scenario) -> str:
    """The kind itself, or with a number; never the name of a group that it would then join."""
    return free_name(kind, {*scenario.nodes, *groups(scenario.nodes)})


def default_parameters(kind: str) -> NodeParameters:
    """A new node as it comes out of the palette."""
    if kind == "producer":
        return ProducerParameters(rate_per_s=RATE_PER_S)
    if kind == "coordinator":
        return CoordinatorParameters()
    return QueueParameters() if kind == "queue" else ConsumerParameters()
