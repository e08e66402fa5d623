"""What does the document look like after a wish that changed it?

A change made while running is also an edit, so that saving keeps what one sees.
"""

from dataclasses import replace

from playground.engine.commands import (
    AddLink,
    AddNode,
    Command,
    RemoveLink,
    RemoveNode,
    RenameNode,
    SetLink,
    SetNode,
)
from playground.engine.parameters import ProducerParameters, QueueParameters
from playground.engine.rewording import reworded
from playground.scenario.changes import changed_by
from playground.scenario.coordinators import supplied
from playground.scenario.database_uses import database_links
from playground.scenario.databases import databases
from playground.scenario.model import Link, Scenario
from playground.scenario.rename import renamed
from playground.scenario.topology import groups

EDITS = (SetNode, SetLink, AddNode, RemoveNode, RenameNode, AddLink, RemoveLink)


def edited(scenario: Scenario, wish: Command) -> Scenario:
    """The document with this wish in it; unchanged where the wish is no edit."""
    if isinstance(wish, SetNode):
        node = changed_by(scenario.nodes[wish.node], dict(wish.changes))
        changed = supplied(replace(scenario, nodes={**scenario.nodes, wish.node: node}))
        # A group that nobody is in any more has no database either.
        return _without_lost_clicks(changed) if "group" in dict(wish.changes) else changed
    if isinstance(wish, SetLink):
        return replace(
            scenario,
            links=tuple(
                replace(link, parameters=changed_by(link.parameters, dict(wish.changes)))
                if {link.source, link.target} == {wish.source, wish.target}
                else link
                for link in scenario.links
            ),
        )
    if isinstance(wish, AddNode):
        named = with_messages_named(scenario)
        return replace(named, nodes={**scenario.nodes, wish.node: wish.parameters})
    if isinstance(wish, RemoveNode):
        return _without_node(scenario, wish.node)
    if isinstance(wish, RenameNode):
        return renamed(scenario, wish.old, wish.new)
    if isinstance(wish, AddLink):
        link = Link(source=wish.source, target=wish.target, parameters=wish.parameters)
        return supplied(replace(scenario, links=(*scenario.links, link)))
    if isinstance(wish, RemoveLink):
        ends = (wish.source, wish.target)
        kept = tuple(link for link in scenario.links if (link.source, link.target) != ends)
        return _without_dangling(replace(scenario, links=kept))
    return scenario


def with_messages_named(scenario: Scenario) -> Scenario:
    """``shop#20`` for a script's ``20``, which says whose it is when another producer comes."""
    whose = _producers(scenario)
    if len(whose) != 1:
        return scenario

    def named(message: str) -> str:
        return message if "#" in message else f"{whose[0]}#{message}"

    script = tuple(
        replace(entry, command=reworded(entry.command, str, named, str))
        for entry in scenario.script
    )
    return replace(scenario, script=script)


def _producers(scenario: Scenario) -> list[str]:
    return [name for name, node in scenario.nodes.items() if isinstance(node, ProducerParameters)]


def _without_node(scenario: Scenario, node: str) -> Scenario:
    """The node goes, and everything that speaks of it: links, script, dead letters, place."""
    kept = {
        name: replace(parameters, dead_letter=None)
        if isinstance(parameters, QueueParameters) and parameters.dead_letter == node
        else parameters
        for name, parameters in scenario.nodes.items()
        if name != node
    }
    return _without_dangling(
        replace(
            scenario,
            nodes=kept,
            links=tuple(link for link in scenario.links if node not in (link.source, link.target)),
            layout={name: place for name, place in scenario.layout.items() if name != node},
        )
    )


def _without_dangling(scenario: Scenario) -> Scenario:
    """No click at what is not there, no claim about a group that has no consumer."""
    present = set(groups(scenario.nodes))
    kept = _without_lost_clicks(scenario)
    return replace(kept, expect=tuple(claim for claim in kept.expect if claim.group in present))


def _without_lost_clicks(scenario: Scenario) -> Scenario:
    ends = {frozenset((link.source, link.target)) for link in scenario.links}
    ends |= {frozenset(link) for link in database_links(scenario)}
    nodes = {*scenario.nodes, *databases(scenario)}
    script = tuple(
        entry for entry in scenario.script if _has_its_place(entry.command, scenario, nodes, ends)
    )
    return replace(scenario, script=script)


def _has_its_place(
    wish: Command, scenario: Scenario, nodes: set[str], ends: set[frozenset[str]]
) -> bool:
    whose = getattr(wish, "message", None)
    if whose is not None and not _has_its_producer(str(whose), _producers(scenario)):
        return False
    node = getattr(wish, "node", getattr(wish, "queue", None))
    if node is not None:
        return node in nodes
    source, target = getattr(wish, "source", None), getattr(wish, "target", None)
    return source is None or target is None or frozenset((source, target)) in ends


def _has_its_producer(message: str, producers: list[str]) -> bool:
    producer, has_name, _ = message.rpartition("#")
    return producer in producers if has_name else len(producers) == 1
