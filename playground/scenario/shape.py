"""Is this a topology: do the links run the right way, and does each group read one queue?"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from playground.engine.commands import SetNode
from playground.engine.parameters import (
    KIND_OF,
    MAX_LINKS,
    MAX_NODES,
    MAX_TOTAL_RATE_PER_S,
    ConsumerParameters,
    CoordinatorParameters,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.model import Link, Scenario
from playground.scenario.problem import Path, Problem, Suggest, nearest, path_text, quoted
from playground.scenario.topology import group_of
from playground.scenario.tree import Positions

Nodes = Mapping[str, NodeParameters]
Fault = tuple[Path, str]
"""A path in the scenario and the sentence that says what is wrong there."""

_TOO_MANY = "There are {} {}; the most is {}. Remove some."


def limit_faults(nodes: int, links: int) -> Iterator[Fault]:
    """More nodes or links than a scenario may have."""
    if nodes > MAX_NODES:
        yield ("nodes",), _TOO_MANY.format(nodes, "nodes", MAX_NODES)
    if links > MAX_LINKS:
        yield ("links",), _TOO_MANY.format(links, "links", MAX_LINKS)


def link_faults(
    links: Sequence[tuple[int, Link]], kinds: Mapping[str, str], suggest: Suggest = nearest
) -> Iterator[Fault]:
    """Links that lead nowhere, run the wrong way, or are there twice.

    ``links`` come with their position in the file; ``kinds`` are the kinds of all nodes, empty
    where a node's kind is itself wrong.
    """
    queue_of: dict[str, str] = {}
    coordinator_of: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for index, link in links:
        path: Path = ("links", index)
        ends = (("from", link.source), ("to", link.target))
        unknown = [(key, node) for key, node in ends if node not in kinds]
        for key, node in unknown:
            yield (*path, key), unknown_node(node, kinds, suggest)
        if unknown or not all(kinds[node] for _, node in ends):
            continue
        wrong_way = _wrong_way(link, kinds[link.source], kinds[link.target])
        if wrong_way:
            yield path, wrong_way
            continue
        if (link.source, link.target) in seen:
            yield (
                path,
                f"A link from {quoted(link.source)} to {quoted(link.target)} is there already. "
                "Remove one.",
            )
            continue
        seen.add((link.source, link.target))
        if kinds[link.source] == "coordinator":
            continue
        if kinds[link.target] == "coordinator":
            first = coordinator_of.setdefault(link.source, link.target)
            if first != link.target:
                yield (
                    path,
                    f"{quoted(link.source)} is linked to {quoted(first)} already; a consumer has "
                    "one coordinator. Remove a link.",
                )
            continue
        is_to_queue = kinds[link.target] == "queue"
        node, queue = ends[0][1], ends[1][1]
        if not is_to_queue:
            node, queue = queue, node
        first = queue_of.setdefault(node, queue)
        if first != queue:
            yield (
                path,
                f"{quoted(node)} is linked to {quoted(first)} already; a {kinds[node]} has one "
                "queue. Remove a link, or add a node.",
            )


def unknown_node(node: str, nodes: Collection[str], suggest: Suggest = nearest) -> str:
    """The sentence for a name that no node has."""
    meant = suggest(node, nodes)
    remedy = (
        f"Did you mean {quoted(meant)}?" if meant else "Add it under nodes, or correct the name."
    )
    return f"There is no node {quoted(node)}. {remedy}"


def _wrong_way(link: Link, source_kind: str, target_kind: str) -> str | None:
    source, target = quoted(link.source), quoted(link.target)
    match source_kind, target_kind:
        case ("producer", "queue") | ("queue", "consumer"):
            return None
        case ("consumer", "coordinator") | ("coordinator", "queue"):
            return None
        case ("coordinator", "consumer") | ("queue", "coordinator"):
            return (
                f"This link runs backward: it is {target} that turns to {source}. Swap from and to."
            )
        case ("coordinator", _) | (_, "coordinator"):
            return (
                f"A {source_kind} and a {target_kind} have nothing to say to each other. "
                "A coordinator is linked from consumers and to their queues."
            )
        case ("queue", "producer") | ("consumer", "queue"):
            return (
                f"This link runs backward: messages go from {target} to {source}. Swap from and to."
            )
        case ("queue", "queue"):
            return (
                f"A link cannot join the queues {source} and {target}. "
                "For given-up messages write dead_letter."
            )
        case _:
            return (
                f"A {source_kind} and a {target_kind} meet at a queue. "
                f"Link {source} to a queue, and {target} too."
            )


def group_faults(links: Sequence[tuple[int, Link]], nodes: Nodes) -> Iterator[Fault]:
    """Groups that read two queues."""
    queue_of: dict[str, str] = {}
    consumers: set[str] = set()
    for index, link in links:
        consumer = nodes.get(link.target)
        if not isinstance(consumer, ConsumerParameters) or link.target in consumers:
            continue
        if not isinstance(nodes.get(link.source), QueueParameters):
            continue
        consumers.add(link.target)
        group = group_of(link.target, consumer)
        first = queue_of.setdefault(group, link.source)
        if first != link.source:
            yield (
                ("links", index),
                f"The group {quoted(group)} reads {quoted(first)} already; a group has one queue. "
                "Give this consumer another group.",
            )


def dead_letter_faults(
    nodes: Nodes, kinds: Mapping[str, str], suggest: Suggest = nearest
) -> Iterator[Fault]:
    """Dead-letter queues that are none, and circles of them, each circle once."""
    told: set[str] = set()
    for node in nodes:
        if node in told:
            continue
        sentence = dead_letter_fault(node, nodes, kinds, suggest)
        if sentence:
            told.update(_dead_letter_circle(node, nodes))
            yield ("nodes", node, "dead_letter"), sentence


def dead_letter_fault(
    node: str, nodes: Nodes, kinds: Mapping[str, str], suggest: Suggest = nearest
) -> str | None:
    """What is wrong with where this node's dead letters go."""
    parameters = nodes[node]
    target = parameters.dead_letter if isinstance(parameters, QueueParameters) else None
    if target is None:
        return None
    if target == node:
        return "A queue cannot be its own dead_letter. Name another queue, or write null."
    if target not in kinds:
        queues = [queue for queue, kind in kinds.items() if kind == "queue"]
        meant = suggest(target, queues)
        remedy = f"Did you mean {quoted(meant)}?" if meant else "Add it, or write null."
        return f"There is no queue {quoted(target)}. {remedy}"
    if kinds[target] not in ("queue", ""):
        return f"{quoted(target)} is a {kinds[target]}. Name a queue, or write null."
    circle = _dead_letter_circle(node, nodes)
    if circle:
        way = " → ".join((*circle[:4], "…", node) if len(circle) > 4 else (*circle, node))
        return f"Dead letters go in a circle: {way}. Write null at one of them."
    return None


def _dead_letter_circle(start: str, nodes: Nodes) -> tuple[str, ...]:
    chain: dict[str, None] = {}
    at: str | None = start
    while at is not None and at not in chain:
        chain[at] = None
        parameters = nodes.get(at)
        at = parameters.dead_letter if isinstance(parameters, QueueParameters) else None
    return tuple(chain) if at == start else ()


def rate_faults(nodes: Nodes) -> Iterator[Fault]:
    """More messages in all than the engine takes."""
    total = total_rate_per_s(nodes)
    if total > MAX_TOTAL_RATE_PER_S:
        yield (
            ("nodes",),
            f"The producers send {total:g} /s in all; at most {MAX_TOTAL_RATE_PER_S:g} /s. "
            "Lower a rate.",
        )


def total_rate_per_s(nodes: Nodes) -> float:
    """All producers together."""
    return sum(each.rate_per_s for each in nodes.values() if isinstance(each, ProducerParameters))


def check_runnable(scenario: Scenario, positions: Positions | None = None) -> tuple[Problem, ...]:
    """What a window shows as "not connected" and a run cannot do without."""
    places = positions if positions is not None else Positions()
    problems = []
    for path, sentence in _unlinked(scenario):
        place = places.of(path)
        problems.append(Problem(place.line, place.column, path_text(path), sentence))
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))


def _unlinked(scenario: Scenario) -> Iterator[Fault]:
    if not scenario.nodes:
        yield ("nodes",), "There is nothing to run. Add a producer, a queue and a consumer."
    fed = {
        link.target
        for link in scenario.links
        if not isinstance(scenario.nodes[link.source], CoordinatorParameters)
    }
    linked = fed | {link.source for link in scenario.links}
    served = {
        link.target
        for link in scenario.links
        if isinstance(scenario.nodes[link.source], QueueParameters)
    }
    fed |= {
        each.dead_letter
        for each in scenario.nodes.values()
        if isinstance(each, QueueParameters) and each.dead_letter is not None
    }
    for entry in scenario.script:
        if isinstance(entry.command, SetNode):
            fed |= {str(value) for name, value in entry.command.changes if name == "dead_letter"}
    for node, parameters in scenario.nodes.items():
        name = quoted(node)
        if isinstance(parameters, QueueParameters):
            if node not in fed:
                yield (
                    ("nodes", node),
                    f"Nothing reaches the queue {name}. Link a producer to it, "
                    "or name it as a dead_letter.",
                )
        elif isinstance(parameters, CoordinatorParameters):
            if node not in fed:
                yield (
                    ("nodes", node),
                    f"Nobody commits through the coordinator {name}. Link a consumer to it, "
                    "or remove it.",
                )
        elif node not in (served if isinstance(parameters, ConsumerParameters) else linked):
            way = "from it to a queue"
            if isinstance(parameters, ConsumerParameters):
                way = "from a queue to it"
            yield (
                ("nodes", node),
                f"The {KIND_OF[type(parameters)]} {name} has no queue. Add a link {way}.",
            )
