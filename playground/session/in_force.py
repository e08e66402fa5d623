"""What is set on the nodes and links now, whatever the document says?

A script may change a setting while the run goes on. The document stays as it was written; whoever
shows what holds at this moment asks here.
"""

from collections.abc import Mapping
from dataclasses import replace
from operator import is_
from typing import Any, cast

from playground.engine.parameters import LinkParameters, NodeParameters
from playground.engine.world import World
from playground.scenario.model import Scenario


class InForce:
    """The document with the settings of the running world; the same object as long as they hold."""

    def __init__(self) -> None:
        self._seen: tuple[object, ...] = ()
        self._made: Scenario | None = None

    def of(self, scenario: Scenario, world: World) -> Scenario:
        """The document itself where the world has no other settings."""
        # Asked in every frame: no call a node, only look-ups.
        node_of, link_of = cast("Mapping[str, Any]", world.nodes).get, world.links.get
        nodes: dict[str, NodeParameters] = {
            name: told if (node := node_of(name)) is None else node.parameters
            for name, told in scenario.nodes.items()
        }
        links = [
            link.parameters if (state := link_of((link.source, link.target))) is None
            else state.parameters
            for link in scenario.links
        ]  # fmt: skip
        seen = (scenario, *nodes.values(), *links)
        is_same = len(seen) == len(self._seen) and all(map(is_, seen, self._seen))
        if self._made is None or not is_same:
            self._seen = seen
            self._made = _with(scenario, nodes, links)
        return self._made


def _with(
    scenario: Scenario, nodes: Mapping[str, NodeParameters], links: list[LinkParameters]
) -> Scenario:
    told = [link.parameters for link in scenario.links]
    if all(nodes[name] == scenario.nodes[name] for name in nodes) and links == told:
        return scenario
    pairs = zip(scenario.links, links, strict=True)
    return replace(
        scenario,
        nodes=dict(nodes),
        links=tuple(replace(link, parameters=now) for link, now in pairs),
    )
