"""Which parts of a state can matter in this scene, and which never will?

What nothing can ever read is left out of a state's key; the fewer such things, the fewer states.
"""

from dataclasses import dataclass

from playground.checker.bounds import Bounds
from playground.engine.parameters import ConsumerParameters, ProducerParameters, QueueParameters
from playground.scenario.model import Scenario

NOW_US = 1
"""When everything happens. Not 0: the last writing of a lazy disk lies before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What has to be told apart in the states of one scene."""

    refusals: bool  # a queue may refuse: the answer names the attempt that it belongs to
    sequences: bool  # SENDs are numbered in sessions
    fencing: bool  # tokens are compared by size, not for equality alone
    sees_deliveries: bool = False  # whether a second delivery is something to be found
    sees_order: bool = False


def rules_of(scenario: Scenario, bounds: Bounds, sees_deliveries: bool = False) -> Rules:
    """The rules of this scene under these bounds."""
    nodes = scenario.nodes.values()
    queues = [node for node in nodes if isinstance(node, QueueParameters)]
    producers = [node for node in nodes if isinstance(node, ProducerParameters)]
    consumers = [node for node in nodes if isinstance(node, ConsumerParameters)]
    sequences = any(node.identity == "sequence" for node in producers)
    return Rules(
        refusals=sequences or any(node.capacity is not None for node in queues),
        sequences=sequences,
        fencing=any(node.fencing for node in consumers),
        sees_deliveries=sees_deliveries,
        sees_order="out_of_order" in bounds.properties,
    )
