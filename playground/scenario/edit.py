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
    SetLink,
    SetNode,
)
from playground.scenario.model import Link, Scenario

EDITS = (SetNode, SetLink, AddNode, RemoveNode, AddLink, RemoveLink)


def edited(scenario: Scenario, wish: Command) -> Scenario:
    """The document with this wish in it; unchanged where the wish is no edit."""
    if isinstance(wish, SetNode):
        changes = dict(wish.changes)
        if "guarantee" in changes:
            # The place of the ack belongs to the guarantee.
            changes.setdefault("how", None)
        node = replace(scenario.nodes[wish.node], **changes)  # type: ignore[arg-type]
        return replace(scenario, nodes={**scenario.nodes, wish.node: node})
    if isinstance(wish, SetLink):
        return replace(
            scenario,
            links=tuple(
                replace(
                    link,
                    parameters=replace(link.parameters, **dict(wish.changes)),  # type: ignore[arg-type]
                )
                if {link.source, link.target} == {wish.source, wish.target}
                else link
                for link in scenario.links
            ),
        )
    if isinstance(wish, AddNode):
        return replace(scenario, nodes={**scenario.nodes, wish.node: wish.parameters})
    if isinstance(wish, RemoveNode):
        return replace(
            scenario,
            nodes={name: node for name, node in scenario.nodes.items() if name != wish.node},
            links=tuple(
                link for link in scenario.links if wish.node not in (link.source, link.target)
            ),
            layout={name: place for name, place in scenario.layout.items() if name != wish.node},
        )
    if isinstance(wish, AddLink):
        link = Link(source=wish.source, target=wish.target, parameters=wish.parameters)
        return replace(scenario, links=(*scenario.links, link))
    if isinstance(wish, RemoveLink):
        ends = (wish.source, wish.target)
        kept = tuple(link for link in scenario.links if (link.source, link.target) != ends)
        return replace(scenario, links=kept)
    return scenario
