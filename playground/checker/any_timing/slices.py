"""How can a scene be made smaller without a promise noticing?

Groups of one queue each get their own copy of a message, so what one does changes nothing for
another, unless a full queue or a dead-letter queue lies between them. The states of several groups
multiply; those of one group at a time add up.
"""

from dataclasses import replace

from playground.checker.any_timing.scene import UNTIMED_HOWS
from playground.checker.scene import Part
from playground.engine.parameters import ConsumerParameters, ProducerParameters, QueueParameters
from playground.scenario.model import Scenario
from playground.scenario.topology import group_of


def slices(part: Part) -> tuple[Part, ...]:
    """The part, group by group where that can be."""
    scenario = part.scenario
    queues = [node for node in scenario.nodes.values() if isinstance(node, QueueParameters)]
    touches = any(node.dead_letter is not None or node.capacity is not None for node in queues)
    if touches:
        return (part,)
    return tuple(_slice(scenario, group) for group in part.groups)


def _slice(scenario: Scenario, group: str) -> Part:
    members = [
        node
        for name, node in scenario.nodes.items()
        if isinstance(node, ConsumerParameters) and group_of(name, node) == group
    ]
    # Who commits its own effects has no use for what serves the transactions of others.
    is_plain = all(node.effective_how in UNTIMED_HOWS for node in members)
    nodes = {}
    for name, node in scenario.nodes.items():
        if isinstance(node, ConsumerParameters):
            stays = group_of(name, node) == group
        else:
            stays = isinstance(node, ProducerParameters | QueueParameters) or not is_plain
        if stays:
            nodes[name] = node
    links = tuple(link for link in scenario.links if link.source in nodes and link.target in nodes)
    layout = {name: place for name, place in scenario.layout.items() if name in nodes}
    return Part(replace(scenario, nodes=nodes, links=links, layout=layout), (group,))
