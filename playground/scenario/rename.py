"""What does a document look like after a node has got another name?

Everything that speaks of the node follows: links, dead letters, script, claims, its place. A group
that is called after its consumer is renamed with it, unless another group has that name: then it
keeps its own.
"""

from dataclasses import replace

from playground.engine.parameters import ConsumerParameters, NodeParameters, QueueParameters
from playground.engine.rewording import Reword, of_message, of_name, reworded
from playground.scenario.databases import database_names, databases
from playground.scenario.forms import LONGEST_NAME, Words
from playground.scenario.model import Scenario
from playground.scenario.problem import quoted
from playground.scenario.quantities import Unreadable
from playground.scenario.scalars import read_scalar
from playground.scenario.topology import group_of, groups

_NAME = Words(LONGEST_NAME)


def name_fault(scenario: Scenario, name: str) -> str:
    """What is wrong with this name for a node, in a sentence; "" for nothing."""
    read = read_scalar(name, _NAME)
    if isinstance(read, Unreadable):
        return read.sentence
    if name in scenario.nodes:
        return f"There is a node {quoted(name)} already. Choose another name."
    group = databases(scenario).get(name)
    if group is not None:
        return f"The database of the group {quoted(group)} is called so. Choose another name."
    return ""


def free_name(wanted: str, taken: set[str]) -> str:
    """This name, or the next one with a number that is not taken."""
    stem, dash, number = wanted.rpartition("-")
    if not (dash and stem and number.isdecimal() and len(number) < 6):
        stem = wanted
    count, name = 1, wanted
    while name in taken:
        count += 1
        ending = f"-{count}"
        name = stem[: LONGEST_NAME - len(ending)] + ending
    return name


def renamed(scenario: Scenario, old: str, new: str) -> Scenario:
    """The document with ``new`` in the place of ``old``."""
    node, message = of_name(old, new), of_message(old, new)
    group = _group_rewording(scenario, old, new)
    nodes = {
        node(name): _parameters(name, parameters, old, node, group)
        for name, parameters in scenario.nodes.items()
    }
    database = database_names(scenario, nodes, group)
    script = tuple(
        replace(
            entry,
            command=reworded(entry.command, lambda name: node(database(name)), message, group),
        )
        for entry in scenario.script
    )
    return replace(
        scenario,
        nodes=nodes,
        links=tuple(
            replace(link, source=node(link.source), target=node(link.target))
            for link in scenario.links
        ),
        script=script,
        expect=tuple(replace(claim, group=group(claim.group)) for claim in scenario.expect),
        layout={node(name): place for name, place in scenario.layout.items()},
    )


def _group_rewording(scenario: Scenario, old: str, new: str) -> Reword:
    """What becomes of group names: only that of a consumer called like its group changes."""
    parameters = scenario.nodes[old]
    is_own = isinstance(parameters, ConsumerParameters) and group_of(old, parameters) == old
    if is_own and new not in groups(scenario.nodes):
        return of_name(old, new)
    return lambda name: name


def _parameters(
    name: str, parameters: NodeParameters, old: str, node: Reword, group: Reword
) -> NodeParameters:
    if isinstance(parameters, QueueParameters) and parameters.dead_letter == old:
        return replace(parameters, dead_letter=node(old))
    if isinstance(parameters, ConsumerParameters):
        if parameters.group is not None:
            return replace(parameters, group=group(parameters.group))
        if name == old and group(old) == old:
            # Its new name is another group's: it stays where it was.
            return replace(parameters, group=old)
    return parameters
