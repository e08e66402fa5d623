"""Which wishes turn a running world of one document into that of another?

What is the same in both is left alone, with everything it holds. The order is one that every step
of the way allows: first what leaves, then what comes, then what changes, then what is linked.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

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
from playground.engine.parameters import (
    TRANSACTIONS,
    ConsumerParameters,
    CoordinatorParameters,
    LinkParameters,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.model import Scenario
from playground.scenario.rename import renamed
from playground.scenario.topology import group_of

Ends = tuple[str, str]


def difference(
    before: Scenario, after: Scenario, rename: tuple[str, str] | None = None
) -> tuple[Command, ...]:
    """The commands; none where only places, texts or the script differ.

    ``rename`` says that one node of ``before`` is the same in ``after`` under another name.
    """
    if rename is not None:
        return (RenameNode(*rename), *difference(renamed(before, *rename), after))
    if before.nodes == after.nodes and before.links == after.links:
        return ()
    old, new = _links(before), _links(after)
    gone = [node for node in before.nodes if not _is_kept(node, before, after)]
    come = [node for node in after.nodes if not _is_kept(node, before, after)]
    loose = {ends for ends in old if not set(ends).isdisjoint(gone)}  # they go with their node
    opened = set(_regrouped(before, after, old, new))
    cut = [ends for ends in old if ends not in loose and (ends not in new or ends in opened)]
    joined = [ends for ends in new if ends not in old or ends in loose or ends in opened]
    kept = [ends for ends in new if ends in old and ends not in joined]
    both = [node for node in after.nodes if node not in come]
    to_commit = [ends for ends in joined if _is_coordinators(ends, after)]
    others = [ends for ends in joined if ends not in to_commit]
    leave = dict(_committed_no_more(before, after, both))
    return (
        # Who commits no more through a coordinator says so before that is taken away, who begins
        # to has one first.
        *(SetNode(node, changes) for node, changes in leave.items()),
        *(RemoveLink(*ends) for ends in cut),
        *(RemoveNode(node) for node in gone),
        *(AddNode(node, after.nodes[node]) for node in come),
        *_dead_letters_let_go(before, after, both),
        *(AddLink(*ends, new[ends]) for ends in to_commit),
        *_changes_of_nodes(_with_changes(before, leave), after, both),
        *(AddLink(*ends, new[ends]) for ends in _consumers_first(others, after)),
        *_changes_of_links(old, new, kept),
    )


def _is_coordinators(ends: Ends, scenario: Scenario) -> bool:
    return any(isinstance(scenario.nodes[node], CoordinatorParameters) for node in ends)


def _committed_no_more(
    before: Scenario, after: Scenario, both: list[str]
) -> Iterator[tuple[str, tuple[tuple[str, object], ...]]]:
    for node in both:
        was, will_be = before.nodes[node], after.nodes[node]
        if not isinstance(was, ConsumerParameters) or not isinstance(will_be, ConsumerParameters):
            continue
        if was.effective_how in TRANSACTIONS and will_be.effective_how not in TRANSACTIONS:
            names = ("guarantee", "how", "idempotency", "effect")
            yield node, tuple((name, getattr(will_be, name)) for name in names)


def _with_changes(
    scenario: Scenario, changes: dict[str, tuple[tuple[str, object], ...]]
) -> Scenario:
    nodes = dict(scenario.nodes)
    for node, each in changes.items():
        values: dict[str, Any] = dict(each)
        nodes[node] = replace(nodes[node], **values)
    return replace(scenario, nodes=nodes)


def _links(scenario: Scenario) -> dict[Ends, LinkParameters]:
    return {(link.source, link.target): link.parameters for link in scenario.links}


def _is_kept(node: str, before: Scenario, after: Scenario) -> bool:
    """A node of the same name and the same kind is the same node."""
    return (
        node in before.nodes
        and node in after.nodes
        and type(before.nodes[node]) is type(after.nodes[node])
    )


def _regrouped(
    before: Scenario,
    after: Scenario,
    old: dict[Ends, LinkParameters],
    new: dict[Ends, LinkParameters],
) -> Iterator[Ends]:
    """Links of consumers that cannot join their new group while another queue still has it."""
    queue_of_group = {
        group_of(target, consumer): source
        for source, target in old
        if isinstance(consumer := before.nodes[target], ConsumerParameters)
    }
    for source, target in old:
        was, will_be = before.nodes[target], after.nodes.get(target)
        if not isinstance(was, ConsumerParameters) or not isinstance(will_be, ConsumerParameters):
            continue
        group = group_of(target, will_be)
        is_elsewhere = queue_of_group.get(group, source) != source
        if is_elsewhere and group != group_of(target, was) and (source, target) in new:
            yield source, target


def _dead_letters_let_go(before: Scenario, after: Scenario, both: list[str]) -> Iterator[Command]:
    """Where dead letters go elsewhere they first go nowhere, so that no circle closes meanwhile."""
    for node in both:
        was = _dead_letter(before.nodes[node])
        if was not in (None, _dead_letter(after.nodes[node])):
            yield SetNode(node, (("dead_letter", None),))


def _dead_letter(parameters: NodeParameters) -> str | None:
    return parameters.dead_letter if isinstance(parameters, QueueParameters) else None


def _changes_of_nodes(before: Scenario, after: Scenario, both: list[str]) -> Iterator[Command]:
    for node in both:
        was, will_be = before.nodes[node], after.nodes[node]
        if isinstance(was, QueueParameters) and was.dead_letter != _dead_letter(will_be):
            was = replace(was, dead_letter=None)
        changes = _changed(was, will_be)
        if changes:
            yield SetNode(node, changes)


def _changes_of_links(
    old: dict[Ends, LinkParameters], new: dict[Ends, LinkParameters], kept: list[Ends]
) -> Iterator[Command]:
    for ends in kept:
        changes = _changed(old[ends], new[ends])
        if changes:
            yield SetLink(*ends, changes)


def _changed(was: Any, will_be: Any) -> tuple[tuple[str, object], ...]:
    names = [
        each.name for each in fields(was) if getattr(was, each.name) != getattr(will_be, each.name)
    ]
    if "guarantee" in names and "how" not in names:
        # A new guarantee alone would bring its own place of the ack.
        names.insert(names.index("guarantee") + 1, "how")
    return tuple((name, getattr(will_be, name)) for name in names)


def _consumers_first(joined: list[Ends], after: Scenario) -> list[Ends]:
    """A message is owed to the groups that are there when it is produced."""
    return sorted(joined, key=lambda ends: isinstance(after.nodes[ends[0]], ProducerParameters))
