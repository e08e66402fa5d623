"""Which coordinator does a consumer commit through, and what if the document names none?

A consumer that commits by transaction or in two phases needs a link to a coordinator, and that one
a link to the consumer's queue. What is missing is supplied, so that it can be seen, broken and
saved: as far away as the consumer's own queue, and without loss.
"""

from dataclasses import replace

from playground.engine.commands import SetNode
from playground.engine.parameters import (
    TRANSACTIONS,
    ConsumerParameters,
    CoordinatorParameters,
    LinkParameters,
)
from playground.scenario.changes import changed_by
from playground.scenario.model import Link, Scenario
from playground.scenario.rename import free_name
from playground.scenario.topology import groups, link_between, queue_of

NAME = "coordinator"


def coordinator_of(scenario: Scenario, consumer: str) -> str | None:
    """The coordinator that a consumer is linked to."""
    return next(
        (
            link.target
            for link in scenario.links
            if link.source == consumer
            and isinstance(scenario.nodes.get(link.target), CoordinatorParameters)
        ),
        None,
    )


def needs_coordinator(scenario: Scenario, consumer: str) -> bool:
    """Whether it commits through one, from the start or after a ``set`` of the script."""
    parameters = scenario.nodes[consumer]
    if not isinstance(parameters, ConsumerParameters):
        return False
    if parameters.effective_how in TRANSACTIONS:
        return True
    for entry in sorted(scenario.script, key=lambda each: each.at_us):
        wish = entry.command
        if isinstance(wish, SetNode) and wish.node == consumer:
            parameters = changed_by(parameters, dict(wish.changes))
            if parameters.effective_how in TRANSACTIONS:
                return True
    return False


def supplied(scenario: Scenario) -> Scenario:
    """The document with the coordinator and the links that its consumers need; often the same."""
    for consumer in scenario.nodes:
        queue = queue_of(scenario, consumer)
        if queue is not None and needs_coordinator(scenario, consumer):
            scenario = _supplied_for(scenario, consumer, queue)
    return scenario


def _supplied_for(scenario: Scenario, consumer: str, queue: str) -> Scenario:
    own = link_between(scenario, queue, consumer)
    assert own is not None
    weather = LinkParameters(latency=own.parameters.latency)
    coordinator = coordinator_of(scenario, consumer)
    if coordinator is None:
        coordinator = _found(scenario, queue)
        if coordinator is None:
            coordinator = free_name(NAME, {*scenario.nodes, *groups(scenario.nodes)})
            nodes = {**scenario.nodes, coordinator: CoordinatorParameters()}
            scenario = replace(scenario, nodes=nodes)
        link = Link(source=consumer, target=coordinator, parameters=weather)
        scenario = replace(scenario, links=(*scenario.links, link))
    if link_between(scenario, coordinator, queue) is None:
        link = Link(source=coordinator, target=queue, parameters=weather)
        scenario = replace(scenario, links=(*scenario.links, link))
    return scenario


def _found(scenario: Scenario, queue: str) -> str | None:
    """One that is there: the queue's own before any other."""
    there = [
        node for node, each in scenario.nodes.items() if isinstance(each, CoordinatorParameters)
    ]
    near = [node for node in there if link_between(scenario, node, queue) is not None]
    return next(iter([*near, *there]), None)


def unserved(scenario: Scenario) -> str:
    """Who could not commit in this document, in a sentence; "" where everybody can."""
    for consumer in scenario.nodes:
        queue = queue_of(scenario, consumer)
        if queue is None or not needs_coordinator(scenario, consumer):
            continue
        coordinator = coordinator_of(scenario, consumer)
        if coordinator is None or link_between(scenario, coordinator, queue) is None:
            return (
                f"{consumer} commits through a coordinator that reaches {queue}. "
                f"Give {consumer} another way to be exactly once first."
            )
    return ""
