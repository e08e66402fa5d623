"""How is a part of a document taken out, and put into one?

A piece is a small document: nodes, the links between them, and where they stand. Put into another
one its names give way where they are taken.
"""

from collections.abc import Collection
from dataclasses import replace

from playground.engine.parameters import ConsumerParameters, NodeParameters, QueueParameters
from playground.scenario.coordinators import supplied
from playground.scenario.databases import databases
from playground.scenario.edit import with_messages_named
from playground.scenario.model import Link, Scenario
from playground.scenario.rename import free_name, renamed
from playground.scenario.topology import group_of, groups, queue_of

Places = dict[str, tuple[float, float]]


def piece_of(scenario: Scenario, nodes: Collection[str], places: Places) -> Scenario:
    """These nodes with the links between them; ``places`` are where they stand now."""
    return Scenario(
        name=scenario.name,
        nodes={
            node: _alone(parameters, nodes)
            for node, parameters in scenario.nodes.items()
            if node in nodes
        },
        links=tuple(
            link for link in scenario.links if link.source in nodes and link.target in nodes
        ),
        layout={node: places[node] for node in scenario.nodes if node in nodes and node in places},
    )


def _alone(parameters: NodeParameters, nodes: Collection[str]) -> NodeParameters:
    """A queue's dead letters go nowhere where their queue is not taken along."""
    if isinstance(parameters, QueueParameters) and parameters.dead_letter not in nodes:
        return replace(parameters, dead_letter=None)
    return parameters


def with_piece(
    scenario: Scenario, piece: Scenario, shift: tuple[float, float] = (0.0, 0.0)
) -> tuple[Scenario, dict[str, str]]:
    """The document with the piece in it, and what its nodes are called there."""
    taken = {*scenario.nodes, *groups(scenario.nodes), *databases(scenario)}
    called: dict[str, str] = {}
    for node in piece.nodes:
        called[node] = free_name(node, taken)
        taken.add(called[node])
    for node, name in called.items():
        # By way of a name that nobody has, for the new name of one may be the old one of another.
        piece = renamed(piece, node, f"\0{name}")
    for name in called.values():
        piece = renamed(piece, f"\0{name}", name)
    piece = _with_groups_of_its_own(piece, scenario)
    moved = {node: (x + shift[0], y + shift[1]) for node, (x, y) in piece.layout.items()}
    merged = replace(
        with_messages_named(scenario),
        nodes={**scenario.nodes, **piece.nodes},
        links=(*scenario.links, *piece.links),
        layout={**scenario.layout, **moved},
    )
    return supplied(merged), called


def _with_groups_of_its_own(piece: Scenario, scenario: Scenario) -> Scenario:
    """A group of the piece that reads a queue of the piece is not the document's of that name."""
    taken = set(groups(scenario.nodes))
    nodes = dict(piece.nodes)
    names: dict[str, str] = {}
    for node, parameters in piece.nodes.items():
        if isinstance(parameters, ConsumerParameters) and queue_of(piece, node) is not None:
            group = group_of(node, parameters)
            if group in taken and parameters.group is not None:
                names.setdefault(group, free_name(group, taken | set(names.values())))
    for node, parameters in piece.nodes.items():
        if isinstance(parameters, ConsumerParameters) and parameters.group in names:
            nodes[node] = replace(parameters, group=names[parameters.group])
    return replace(piece, nodes=nodes)


def duplicated(
    scenario: Scenario,
    nodes: Collection[str],
    places: Places,
    shift: tuple[float, float],
) -> tuple[Scenario, dict[str, str]]:
    """These nodes once more, linked to the same queues where those are not doubled too."""
    piece = piece_of(scenario, nodes, places)
    merged, called = with_piece(scenario, piece, shift)
    outer = tuple(
        replace(link, source=called.get(link.source, link.source), target=name)
        for link in scenario.links
        for name in (called.get(link.target, link.target),)
        if _leaves_to_a_queue(scenario, link, called)
    )
    return supplied(replace(merged, links=(*merged.links, *outer))), called


def _leaves_to_a_queue(scenario: Scenario, link: Link, nodes: Collection[str]) -> bool:
    """Whether one end is among these nodes, and the other is a queue that is not."""
    inside = (link.source in nodes, link.target in nodes)
    if all(inside) or not any(inside):
        return False
    outside = link.target if inside[0] else link.source
    return isinstance(scenario.nodes[outside], QueueParameters)
