"""What is put on trial? The parts of a scene that can touch each other, calm and with few messages.

Every chance is zero and the script is gone: what goes wrong is what the search puts there. Times
stay as they are drawn from the scene's seed, so a run of the search is a run of the canvas. Nodes
that no link and no dead-letter queue connects cannot touch each other: each such part is proved on
its own. Nor do the groups of a queue touch each other, each has its own copy of a message, unless a
full queue or a dead-letter queue lies between them.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from playground.engine.parameters import (
    TRANSACTIONS,
    ConsumerParameters,
    LinkParameters,
    Loss,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.model import Link, Scenario
from playground.scenario.topology import group_of


class Part(NamedTuple):
    """A scene that nothing else touches, and the groups in it."""

    scenario: Scenario
    groups: tuple[str, ...]


def parts(scenario: Scenario, messages: int, wanted: tuple[str, ...] = ()) -> tuple[Part, ...]:
    """The parts that hold the wanted groups (all, where none is named), in the file's order."""
    found: list[Part] = []
    for nodes in _together(scenario):
        groups = dict.fromkeys(
            group_of(node, parameters)
            for node, parameters in scenario.nodes.items()
            if node in nodes and isinstance(parameters, ConsumerParameters)
        )
        chosen = tuple(group for group in groups if not wanted or group in wanted)
        if not chosen:
            continue
        if len(groups) == 1 or _groups_touch(scenario, nodes):
            found.append(Part(_calm(scenario, nodes, messages), chosen))
            continue
        for group in chosen:
            alone = frozenset(node for node in nodes if _group_at(scenario, node) in (None, group))
            found.append(Part(_calm(scenario, alone, messages), (group,)))
    return tuple(found)


def _groups_touch(scenario: Scenario, nodes: frozenset[str]) -> bool:
    """Whether what one group leaves undone can change anything for another."""
    queues = [scenario.nodes[node] for node in nodes]
    return any(
        isinstance(queue, QueueParameters)
        and (queue.capacity is not None or queue.dead_letter is not None)
        for queue in queues
    )


def _group_at(scenario: Scenario, node: str) -> str | None:
    parameters = scenario.nodes[node]
    return group_of(node, parameters) if isinstance(parameters, ConsumerParameters) else None


def set_aside(scenario: Scenario) -> Iterator[str]:
    """What of the scene plays no part in a proof, a line each."""
    if scenario.script:
        yield "what the scene's script does"
    weather = [link.parameters for link in scenario.links]
    workers = [node for node in scenario.nodes.values() if isinstance(node, ConsumerParameters)]
    if any(each != _calm_link(each) for each in weather) or any(
        each.crash_chance or each.failure_chance for each in workers
    ):
        yield "the chances of the scene itself: here they are zero"
    callers = dict.fromkeys(
        group_of(node, parameters)
        for node, parameters in scenario.nodes.items()
        if isinstance(parameters, ConsumerParameters)
        and parameters.effective_how in TRANSACTIONS
        and parameters.effective_effect == "call"
    )
    for group in callers:
        yield f"the calls of {group}: they are outside its transactions, and are not counted"
    for node, parameters in scenario.nodes.items():
        if isinstance(parameters, QueueParameters) and (rules := _gives_up_by(parameters)):
            yield f"what {node} drops by its own rule is chosen, and is no loss here: {rules}"


def _gives_up_by(queue: QueueParameters) -> str:
    """The rules by which a queue lets go of what nobody has applied, named as in a file."""
    rules = []
    if queue.max_deliveries is not None and queue.dead_letter is None:
        rules.append("max_deliveries")
    if queue.retention_us is not None:
        rules.append("retention")
    if queue.capacity is not None and queue.overflow == "drop-oldest":
        rules.append("overflow")
    return ", ".join(rules)


def _together(scenario: Scenario) -> list[frozenset[str]]:
    """The nodes of each part: who is linked, dead-letters to, or shares a group."""
    home = {node: node for node in scenario.nodes}

    def root(node: str) -> str:
        while home[node] != node:
            node = home[node]
        return node

    pairs = [(link.source, link.target) for link in scenario.links]
    seat: dict[str, str] = {}
    for node, parameters in scenario.nodes.items():
        if isinstance(parameters, QueueParameters) and parameters.dead_letter is not None:
            pairs.append((node, parameters.dead_letter))
        if isinstance(parameters, ConsumerParameters):
            pairs.append((seat.setdefault(group_of(node, parameters), node), node))
    for source, target in pairs:
        home[root(target)] = root(source)
    members: dict[str, list[str]] = {}
    for node in scenario.nodes:
        members.setdefault(root(node), []).append(node)
    return [frozenset(nodes) for nodes in members.values()]


def _calm(scenario: Scenario, nodes: frozenset[str], messages: int) -> Scenario:
    return Scenario(
        name=scenario.name,
        seed=scenario.seed,
        nodes={
            node: _calm_node(parameters, messages)
            for node, parameters in scenario.nodes.items()
            if node in nodes
        },
        links=tuple(
            Link(source=link.source, target=link.target, parameters=_calm_link(link.parameters))
            for link in scenario.links
            if link.source in nodes and link.target in nodes
        ),
        layout={node: place for node, place in scenario.layout.items() if node in nodes},
    )


def _calm_node(parameters: NodeParameters, messages: int) -> NodeParameters:
    if isinstance(parameters, ProducerParameters):
        limit = messages if parameters.limit is None else min(parameters.limit, messages)
        return replace(parameters, limit=limit)
    if isinstance(parameters, ConsumerParameters):
        return replace(parameters, crash_chance=0.0, failure_chance=0.0)
    return parameters


def _calm_link(parameters: LinkParameters) -> LinkParameters:
    return replace(parameters, loss=Loss(), duplicate=0.0, reorder=0.0)
