"""What does a ``set`` in a script change, and may it?

The values are read like those of the file's own nodes and links. A change must not lead to a mix
or a topology that the file itself could not contain.
"""

from collections.abc import Collection
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from playground.engine.commands import Command, SetLink, SetNode
from playground.engine.commit_parameters import OF_GROUP
from playground.engine.parameters import (
    MAX_TOTAL_RATE_PER_S,
    ConsumerParameters,
    LinkParameters,
    NodeParameters,
    ProducerParameters,
)
from playground.scenario.fields import KEYS_OF_KIND, read_fields
from playground.scenario.forms import optional_parameters_of
from playground.scenario.mixes import wrong_mixes
from playground.scenario.model import Link
from playground.scenario.problem import Path, ProblemList, quoted
from playground.scenario.shape import dead_letter_fault, total_rate_per_s, unknown_node
from playground.scenario.topology import group_of
from playground.scenario.tree import Mapping, Positions, Scalar

Parameters = TypeVar("Parameters", bound=NodeParameters | LinkParameters)

ALWAYS = ("at", "do")
"""The keys of every entry."""


@dataclass(slots=True)
class Stage:
    """The nodes and links of the file as the script has changed them so far; its own containers."""

    kinds: dict[str, str]
    nodes: dict[str, NodeParameters]
    links: dict[tuple[str, str], LinkParameters]
    databases: Collection[str] | None = ()  # those of the groups; None: which ones is not known

    @classmethod
    def of(
        cls,
        kinds: AbstractMapping[str, str],
        nodes: AbstractMapping[str, NodeParameters],
        links: list[Link],
        databases: Collection[str] | None = (),
    ) -> "Stage":
        """The stage before the script begins."""
        by_ends = {(link.source, link.target): link.parameters for link in links}
        return cls(dict(kinds), dict(nodes), by_ends, databases)

    def kind_of(self, name: str) -> str | None:
        """The kind of a node, "" where that is itself wrong; None: there is no such node."""
        if name in self.kinds:
            return self.kinds[name]
        if self.databases is None:
            return "database" if OF_GROUP in name else None
        return "database" if name in self.databases else None

    @property
    def names(self) -> tuple[str, ...]:
        """Whatever a line of the script can be about."""
        return (*self.kinds, *(self.databases or ()))


class Changes:
    """Reads ``set`` entries, in the order of their times, and keeps the stage up to date."""

    def __init__(self, stage: Stage, positions: Positions, problems: ProblemList) -> None:
        self.stage = stage
        self.positions = positions
        self.problems = problems
        self.total_rate_per_s = total_rate_per_s(stage.nodes)

    def read(self, item: Mapping) -> Command | None:
        """The command of an entry, or None after its problem has been noted."""
        if "node" in item.entries:
            return self._set_node(item)
        if "from" in item.entries and "to" in item.entries:
            return self._set_link(item)
        self._add(item.path, "'set' needs a node, or from and to. Write node: NAME.")
        return None

    def _set_node(self, item: Mapping) -> Command | None:
        target = item.get("node")
        if not isinstance(target, Scalar) or not self._is_known(item, "node", target.text):
            return None
        node = target.text
        current = self.stage.nodes.get(node)
        if current is None:
            self._is_database(item, "node", node)
            return None
        values = self._changes(item, current, (*ALWAYS, "node"), self.stage.kinds[node])
        changed = changed_by(current, values)
        self._check_mixes(item, current, changed, values)
        assert not isinstance(changed, LinkParameters)
        self.stage.nodes[node] = changed
        self._check_shape(item, node, current, changed, values)
        return SetNode(node, tuple(values.items()))

    def _set_link(self, item: Mapping) -> Command | None:
        ends = [item.get("from"), item.get("to")]
        source, target = (each.text if isinstance(each, Scalar) else "" for each in ends)
        known = [self._is_known(item, "from", source), self._is_known(item, "to", target)]
        if not all(known) or self._is_database(item, "to", target):
            return None
        current = self.stage.links.get((source, target))
        if current is None:
            self._add(item.path, no_link(self.stage, source, target))
            return None
        values = self._changes(item, current, (*ALWAYS, "from", "to"), "link")
        changed = changed_by(current, values)
        self._check_mixes(item, current, changed, values)
        assert isinstance(changed, LinkParameters)
        self.stage.links[source, target] = changed
        return SetLink(source, target, tuple(values.items()))

    def _changes(
        self,
        item: Mapping,
        current: NodeParameters | LinkParameters,
        other_keys: tuple[str, ...],
        kind: str,
    ) -> dict[str, object]:
        if len(item.entries) <= len(other_keys):
            self._add(item.path, f"This sets nothing. Write a key of the {kind} and its value.")
        parameters = optional_parameters_of(type(current))
        return read_fields(
            item,
            parameters,
            self.problems,
            f"a {kind}",
            other_keys=other_keys,
            base=current,
            elsewhere=KEYS_OF_KIND,
        )

    def _check_mixes(
        self,
        item: Mapping,
        before: NodeParameters | LinkParameters,
        after: NodeParameters | LinkParameters,
        values: dict[str, object],
    ) -> None:
        known = {mix.sentence for mix in wrong_mixes(before, ())}
        for mix in wrong_mixes(after, tuple(values)):
            if mix.sentence not in known and not any(
                self.problems.touches((*item.path, key)) for key in mix.keys
            ):
                key = next((key for key in mix.keys if key in item.entries), mix.keys[0])
                self._add((*item.path, key), mix.sentence)

    def _check_shape(
        self,
        item: Mapping,
        node: str,
        before: NodeParameters,
        after: NodeParameters,
        values: dict[str, object],
    ) -> None:
        if "dead_letter" in values:
            fault = dead_letter_fault(
                node, self.stage.nodes, self.stage.kinds, self.problems.suggest
            )
            if fault:
                self._add((*item.path, "dead_letter"), fault)
        if isinstance(before, ProducerParameters) and isinstance(after, ProducerParameters):
            self.total_rate_per_s += after.rate_per_s - before.rate_per_s
            if "rate_per_s" in values and self.total_rate_per_s > MAX_TOTAL_RATE_PER_S + 1e-6:
                self._add(
                    (*item.path, "rate"),
                    f"The producers would send {self.total_rate_per_s:g} /s in all; at most "
                    f"{MAX_TOTAL_RATE_PER_S:g} /s. Lower a rate.",
                )
        if "group" in values and isinstance(after, ConsumerParameters):
            self._check_group(item, node, group_of(node, after))

    def _check_group(self, item: Mapping, node: str, group: str) -> None:
        queue_of = {target: source for source, target in self.stage.links}
        for other, parameters in self.stage.nodes.items():
            if (
                other in queue_of
                and isinstance(parameters, ConsumerParameters)
                and group_of(other, parameters) == group
                and queue_of[other] != queue_of.get(node, queue_of[other])
            ):
                self._add(
                    (*item.path, "group"),
                    f"The group {quoted(group)} reads {quoted(queue_of[other])}; a group has one "
                    "queue. Choose another group.",
                )
                return

    def _is_known(self, item: Mapping, key: str, node: str) -> bool:
        if self.stage.kind_of(node) is not None:
            return True
        self._add((*item.path, key), unknown_node(node, self.stage.names, self.problems.suggest))
        return False

    def _is_database(self, item: Mapping, key: str, node: str) -> bool:
        if self.stage.kind_of(node) != "database":
            return False
        self._add(
            (*item.path, key),
            f"Nothing can be set on {quoted(node)} or on the way to it: the file describes "
            "neither. Name another node.",
        )
        return True

    def _add(self, path: Path, sentence: str) -> None:
        self.problems.add(self.positions.of(path), path, sentence)


def changed_by(parameters: Parameters, changes: dict[str, object]) -> Parameters:
    """The parameters after a ``set``: a new guarantee brings its own first ``how``."""
    values: dict[str, Any] = dict(changes)
    if "guarantee" in values and "how" not in values:
        values["how"] = None
    return replace(parameters, **values)


def no_link(stage: Stage, source: str, target: str) -> str:
    """The sentence for two nodes that are not linked in this direction."""
    if (target, source) in stage.links:
        return f"The link runs from {quoted(target)} to {quoted(source)}. Swap from and to."
    ends = (source, target)
    inner = next((each for each in ends if stage.kind_of(each) == "database"), None)
    if inner is None:
        return f"There is no link from {quoted(source)} to {quoted(target)}. Add it under links."
    other = target if inner == source else source
    if stage.kind_of(other) == "coordinator":
        return f"The link runs from {quoted(other)} to {quoted(inner)}. Swap from and to."
    return f"Only a coordinator reaches {quoted(inner)}. Name that one instead of {quoted(other)}."
