"""Who is connected with whom in a scenario?"""

from collections.abc import Iterable, Mapping

from playground.engine.parameters import (
    ConsumerParameters,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.model import Link, Scenario


def group_of(node: str, parameters: ConsumerParameters) -> str:
    """A consumer's group; its own name unless it says otherwise."""
    return parameters.group if parameters.group is not None else node


def queue_of(scenario: Scenario, node: str) -> str | None:
    """The queue that a producer or a consumer is linked to."""
    for link in scenario.links:
        if link.source == node and _is(scenario, link.target, QueueParameters):
            return link.target
        if link.target == node and _is(scenario, link.source, QueueParameters):
            return link.source
    return None


def producers_of(scenario: Scenario, queue: str) -> tuple[str, ...]:
    """The producers linked to a queue, in the order of the links."""
    return tuple(
        link.source
        for link in scenario.links
        if link.target == queue and _is(scenario, link.source, ProducerParameters)
    )


def consumers_of(scenario: Scenario, queue: str) -> tuple[str, ...]:
    """The consumers linked to a queue, in the order of the links."""
    return tuple(
        link.target
        for link in scenario.links
        if link.source == queue and _is(scenario, link.target, ConsumerParameters)
    )


def groups_of(scenario: Scenario, queue: str) -> tuple[str, ...]:
    """The groups that read a queue, in the order of the links."""
    return tuple(
        dict.fromkeys(
            group_of(consumer, consumer_parameters(scenario, consumer))
            for consumer in consumers_of(scenario, queue)
        )
    )


def groups(nodes: Mapping[str, NodeParameters]) -> tuple[str, ...]:
    """Every group of a scenario, in the order of its nodes."""
    return tuple(dict.fromkeys(_group_names(nodes)))


def members_of(scenario: Scenario, group: str) -> tuple[str, ...]:
    """The consumers of a group, in the order of the nodes."""
    return tuple(
        node
        for node, parameters in scenario.nodes.items()
        if isinstance(parameters, ConsumerParameters) and group_of(node, parameters) == group
    )


def link_between(scenario: Scenario, source: str, target: str) -> Link | None:
    """The link that runs from one node to the other, in this direction."""
    return next(
        (link for link in scenario.links if (link.source, link.target) == (source, target)), None
    )


def consumer_parameters(scenario: Scenario, node: str) -> ConsumerParameters:
    """The parameters of a node that is a consumer."""
    parameters = scenario.nodes[node]
    assert isinstance(parameters, ConsumerParameters)
    return parameters


def _group_names(nodes: Mapping[str, NodeParameters]) -> Iterable[str]:
    for node, parameters in nodes.items():
        if isinstance(parameters, ConsumerParameters):
            yield group_of(node, parameters)


def _is(scenario: Scenario, node: str, cls: type) -> bool:
    return isinstance(scenario.nodes.get(node), cls)
