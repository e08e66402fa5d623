"""Which lines of a script speak of a group's database, and is it there, and reached that way?

The coordinators of a group reach its database, and nobody else does.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from playground.engine.commands import ArmPacketFault, Command, SetNode, StrikePacket
from playground.engine.commit_parameters import database_name
from playground.engine.parameters import ConsumerParameters, NodeParameters
from playground.engine.rewording import NODES
from playground.scenario.changes import changed_by
from playground.scenario.coordinators import coordinator_of
from playground.scenario.databases import databases, later_groups
from playground.scenario.delivery_path import Caveat
from playground.scenario.mixes import ON_A_STREAM
from playground.scenario.model import Scenario
from playground.scenario.problem import quoted
from playground.scenario.shape import Fault
from playground.scenario.topology import group_of, link_between, queue_of

_LOSES = {"drop": "lost", "duplicate": "duplicated"}


def database_links(scenario: Scenario) -> dict[tuple[str, str], str]:
    """(coordinator, database) -> the queue that such a pair commits with."""
    found = {}
    later = later_groups(scenario)
    for node, parameters in scenario.nodes.items():
        if not isinstance(parameters, ConsumerParameters):
            continue
        coordinator, queue = coordinator_of(scenario, node), queue_of(scenario, node)
        if coordinator is not None and queue is not None:
            for group in (group_of(node, parameters), *later.get(node, ())):
                found[coordinator, database_name(group, scenario.nodes)] = queue
    return found


def database_faults(scenario: Scenario) -> Iterator[Fault]:
    """Lines of the script that speak of a way to a database that is none, or of a stream."""
    names, links = databases(scenario), database_links(scenario)
    for index, entry in enumerate(scenario.script):
        wish: Any = entry.command
        ends = (getattr(wish, "source", ""), getattr(wish, "target", ""))
        if not any(end in names for end in ends):
            continue
        source, target = ends if ends[1] in names else ends[::-1]
        if (source, target) not in links:
            yield (
                ("script", index),
                f"There is no link from {quoted(source)} to {quoted(target)}: a coordinator "
                "reaches the databases of the groups that commit through it. Name another one.",
            )
            continue
        link = link_between(scenario, source, links[source, target])
        is_on_a_stream = link is not None and link.parameters.transport == "stream"
        if is_on_a_stream and isinstance(wish, ArmPacketFault | StrikePacket):
            what = _LOSES.get(wish.fault)
            if what:
                remedy = ", or write transport: datagram"
                yield ("script", index, "do"), ON_A_STREAM.format(what).replace(remedy, "")


def idle_databases(scenario: Scenario) -> Iterator[Caveat]:
    """Lines of the script at a database that is not there, since nobody needs it by then."""
    nodes, names = dict(scenario.nodes), databases(scenario)
    needed = _in_two_phases(nodes)
    in_time = sorted(enumerate(scenario.script), key=lambda each: (each[1].at_us, each[0]))
    for index, entry in in_time:
        wish = entry.command
        if isinstance(wish, SetNode) and wish.node in nodes:
            nodes[wish.node] = changed_by(nodes[wish.node], dict(wish.changes))
            needed |= _in_two_phases({wish.node: nodes[wish.node]})
        for name in _named(wish):
            if name in names and names[name] not in needed:
                yield Caveat(
                    "P3",
                    ("script", index),
                    f"Nobody in the group {quoted(names[name])} commits in two phases by then, "
                    "so it has no database of its own. Set how: two-phase.",
                )


def _in_two_phases(nodes: Mapping[str, NodeParameters]) -> set[str]:
    return {
        group_of(node, each)
        for node, each in nodes.items()
        if isinstance(each, ConsumerParameters) and each.effective_how == "two-phase"
    }


def _named(wish: Command) -> tuple[str, ...]:
    return tuple(getattr(wish, field) for field in NODES if hasattr(wish, field))
