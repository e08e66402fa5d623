"""What does the document look like at an earlier moment of its run?

Nodes, links and claims are those of that moment. Places and texts are no part of a run: they stay
as they are, wherever in time one looks.
"""

from dataclasses import replace

from playground.scenario.model import Scenario


def as_of(then: Scenario, latest: Scenario) -> Scenario:
    """The document ``then``, with the places and texts of ``latest``."""
    places = {**then.layout, **latest.layout}
    return replace(
        latest,
        nodes=then.nodes,
        links=then.links,
        script=then.script,
        expect=then.expect,
        layout={name: places[name] for name in then.nodes if name in places},
    )
