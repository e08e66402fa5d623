"""Could a file contain this document? What an edit must not lead to, in the loader's own words."""

from collections.abc import Iterator

from playground.engine.parameters import KIND_OF, LinkParameters, NodeParameters
from playground.scenario.coordinators import unserved
from playground.scenario.mixes import wrong_mixes
from playground.scenario.model import Scenario
from playground.scenario.save import as_written
from playground.scenario.shape import (
    dead_letter_faults,
    group_faults,
    limit_faults,
    link_faults,
    rate_faults,
)


def first_fault(scenario: Scenario) -> str:
    """The first thing wrong with it, in a sentence; "" where it is sound."""
    return next(_faults(scenario), "")


def _faults(scenario: Scenario) -> Iterator[str]:
    links = list(enumerate(scenario.links))
    kinds = {node: KIND_OF[type(each)] for node, each in scenario.nodes.items()}
    for found in (
        limit_faults(len(scenario.nodes), len(scenario.links)),
        link_faults(links, kinds),
        group_faults(links, scenario.nodes),
        dead_letter_faults(scenario.nodes, kinds),
        rate_faults(scenario.nodes),
    ):
        for _, sentence in found:
            yield sentence
    parameters: list[NodeParameters | LinkParameters] = [*scenario.nodes.values()]
    parameters += [link.parameters for link in scenario.links]
    for each in parameters:
        for mix in wrong_mixes(as_written(each)):
            yield mix.sentence
    sentence = unserved(scenario)
    if sentence:
        yield sentence
