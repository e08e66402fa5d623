"""What is the database of a group called in a script, though it is no node of the file?

It is there as soon as somebody in its group commits in two phases, and is called after the group:
``billing database``. Crashes, pauses, cuts and the faults of single packets name it like any node.
"""

from collections.abc import Mapping

from playground.engine.commands import SetNode
from playground.engine.commit_parameters import database_name
from playground.engine.parameters import NodeParameters
from playground.engine.rewording import Reword
from playground.scenario.model import Scenario
from playground.scenario.topology import groups


def databases(scenario: Scenario) -> dict[str, str]:
    """Name -> group, of every group that exists at some time of the run."""
    later = (group for groups_ in later_groups(scenario).values() for group in groups_)
    found = dict.fromkeys((*groups(scenario.nodes), *later))
    return {database_name(group, scenario.nodes): group for group in found}


def later_groups(scenario: Scenario) -> dict[str, list[str]]:
    """Consumer -> the groups that the script puts it into."""
    found: dict[str, list[str]] = {}
    for entry in scenario.script:
        if isinstance(entry.command, SetNode):
            for name, value in entry.command.changes:
                if name == "group":
                    node = entry.command.node
                    found.setdefault(node, []).append(node if value is None else str(value))
    return found


def database_names(before: Scenario, after: Mapping[str, NodeParameters], group: Reword) -> Reword:
    """What becomes of the names of databases, where nodes and groups get other names."""
    names = {
        name: database_name(group(old), after)
        for name, old in databases(before).items()
        if name not in before.nodes
    }
    return lambda name: names.get(name, name)
