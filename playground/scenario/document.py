"""What do the sections of a scenario file say, taken together?

The tree is read top-down. A value that is wrong is left out, and what depends on it is not judged:
each mistake is told once, where it was made.
"""

from collections.abc import Iterable
from typing import Any

from playground.engine.commit_parameters import database_name
from playground.engine.parameters import (
    KINDS,
    MAX_LINKS,
    MAX_NODES,
    LinkParameters,
    NodeParameters,
    ProducerParameters,
)
from playground.scenario.changes import Stage
from playground.scenario.coordinators import supplied
from playground.scenario.database_uses import database_faults
from playground.scenario.expect import read_expect
from playground.scenario.fields import KEYS_OF_KIND, construct, missing, read_fields
from playground.scenario.forms import LONGEST_NAME, Words, optional_parameters_of, parameters_of
from playground.scenario.mixes import wrong_mixes
from playground.scenario.model import FORMAT, Link, Scenario, ScriptEntry
from playground.scenario.problem import Path, ProblemList, one_of, quoted
from playground.scenario.quantities import Unreadable
from playground.scenario.scalars import read_scalar
from playground.scenario.script import read_script
from playground.scenario.shape import (
    Fault,
    dead_letter_faults,
    group_faults,
    limit_faults,
    link_faults,
    rate_faults,
)
from playground.scenario.staging import read_cues, read_layout
from playground.scenario.topology import groups
from playground.scenario.tree import Entry, Listing, Mapping, Node, Positions, Scalar

SECTIONS = ("format", "nodes", "links", "script", "expect", "layout", "cues")
HEAD = optional_parameters_of(Scenario)
"""The keys at the top that are single values; the name has the file's for a default."""

_CLASSES = dict(KINDS)
_NAME = Words(LONGEST_NAME)


class Document:
    """One file while it is read, section by section."""

    def __init__(self, root: Mapping, positions: Positions, problems: ProblemList) -> None:
        self.root = root
        self.positions = positions
        self.problems = problems
        self.kinds: dict[str, str] = {}
        self.nodes: dict[str, NodeParameters] = {}
        self.links: list[tuple[int, Link]] = []

    def read(self, default_name: str) -> Scenario | None:
        """The scenario, or None when there is any problem."""
        self._check_format()
        head: dict[str, Any] = read_fields(
            self.root, HEAD, self.problems, "a scenario", other_keys=SECTIONS
        )
        nodes, links = self._required("nodes", "{}"), self._required("links", "[]")
        if nodes is not None:
            self._read_nodes(nodes)
        if links is not None:
            self._read_links(links)
        if nodes is not None and links is not None:
            self._cross_check()
        staging = self._read_staging()
        if len(self.problems):
            return None
        links_read = tuple(link for _, link in self.links)
        scenario = supplied(
            Scenario(
                **{"name": default_name, **head}, nodes=self.nodes, links=links_read, **staging
            )
        )
        self._add_all(database_faults(scenario))
        return None if len(self.problems) else scenario

    # ---- the sections

    def _check_format(self) -> None:
        node = self.root.get("format")
        if node is None:
            missing(self.root, "format", self.problems, "a scenario", f"format: {FORMAT}")
        elif not isinstance(node, Scalar) or node.text != str(FORMAT):
            text = quoted(node.text) if isinstance(node, Scalar) else "This"
            self.problems.refuse(
                node.place,
                node.path,
                f"{text} is not a format that this program reads. Write format: {FORMAT}.",
            )

    def _required(self, key: str, empty: str) -> Node | None:
        node = self.root.get(key)
        if node is None:
            missing(self.root, key, self.problems, "a scenario", f"{key}: {empty}")
            return None
        return None if self._is_null(node, key, empty) else node

    def _is_null(self, node: Node, key: str, empty: str) -> bool:
        if not isinstance(node, Scalar) or not node.is_null:
            return False
        self.problems.add(node.place, node.path, f"'{key}' has no value. Write {key}: {empty}.")
        return True

    def _read_nodes(self, node: Node) -> None:
        if not isinstance(node, Mapping):
            self.problems.add(
                node.place,
                node.path,
                "nodes is a mapping of names. Write shop: {kind: producer, …}.",
            )
            return
        for name, entry in node.entries.items():
            self._read_node(name, entry)

    def _read_node(self, name: str, entry: Entry) -> None:
        path: Path = ("nodes", name)
        self.kinds[name] = ""
        wrong_name = read_scalar(name, _NAME)
        if isinstance(wrong_name, Unreadable):
            self.problems.add(entry.place, path, wrong_name.sentence)
        node = entry.value
        if not isinstance(node, Mapping):
            self.problems.add(
                entry.value.place, path, "A node is a mapping. Write it like {kind: queue}."
            )
            return
        kind = node.get("kind")
        if kind is None:
            missing(node, "kind", self.problems, "a node", f"kind: {one_of(tuple(_CLASSES))}")
            return
        text = kind.text if isinstance(kind, Scalar) else "This"
        if text not in _CLASSES:
            meant = self.problems.suggest(text, _CLASSES)
            remedy = (
                f"Did you mean {quoted(meant)}?" if meant else (f"Write {one_of(tuple(_CLASSES))}.")
            )
            self.problems.add(kind.place, kind.path, f"{quoted(text)} is not a kind. {remedy}")
            return
        self.kinds[name] = text
        cls = _CLASSES[text]
        values = read_fields(
            node,
            parameters_of(cls),
            self.problems,
            f"a {text}",
            other_keys=("kind",),
            elsewhere=KEYS_OF_KIND,
        )
        # A producer without a sound rate is known by its kind only.
        if cls is not ProducerParameters or "rate_per_s" in values:
            self.nodes[name] = construct(cls, values)

    def _read_links(self, node: Node) -> None:
        if not isinstance(node, Listing):
            self.problems.add(
                node.place, node.path, "links is a list. Write - {from: shop, to: orders}."
            )
            return
        for index, item in enumerate(node.items):
            if not isinstance(item, Mapping):
                self.problems.add(
                    item.place, item.path, "A link is a mapping like {from: shop, to: orders}."
                )
                continue
            source, target = self._end(item, "from"), self._end(item, "to")
            values = read_fields(
                item,
                parameters_of(LinkParameters),
                self.problems,
                "a link",
                other_keys=("from", "to"),
                elsewhere=KEYS_OF_KIND,
            )
            if source is not None and target is not None:
                parameters = construct(LinkParameters, values)
                self.links.append(
                    (index, Link(source=source, target=target, parameters=parameters))
                )

    def _end(self, item: Mapping, key: str) -> str | None:
        end = item.get(key)
        if isinstance(end, Scalar) and not end.is_null:
            return end.text
        if end is None:
            missing(item, key, self.problems, "a link", f"{key}: NAME")
        else:
            self.problems.add(
                end.place, end.path, f"'{key}' is the name of a node. Write {key}: NAME."
            )
        return None

    # ---- what only shows when everything is read

    def _cross_check(self) -> None:
        if len(self.kinds) > MAX_NODES or len(self.links) > MAX_LINKS:
            self._add_all(limit_faults(len(self.kinds), len(self.links)))
            return
        for name, parameters in self.nodes.items():
            node = self.root.get("nodes")
            assert isinstance(node, Mapping)
            written = node.entries[name].value
            assert isinstance(written, Mapping)
            self._check_mixes(("nodes", name), parameters, tuple(written.entries))
        for index, link in self.links:
            self._check_mixes(("links", index), link.parameters, ())
        self._add_all(link_faults(self.links, self.kinds, self.problems.suggest))
        self._add_all(dead_letter_faults(self.nodes, self.kinds, self.problems.suggest))
        self._add_all(group_faults(self.links, self.nodes))
        self._add_all(rate_faults(self.nodes))

    def _check_mixes(
        self, path: Path, parameters: NodeParameters | LinkParameters, written: tuple[str, ...]
    ) -> None:
        for mix in wrong_mixes(parameters, written):
            if not any(self.problems.touches((*path, key)) for key in mix.keys):
                self._add_all([((*path, mix.keys[0]), mix.sentence)])

    def _add_all(self, faults: Iterable[Fault]) -> None:
        for path, sentence in faults:
            self.problems.add(self.positions.of(path), path, sentence)

    # ---- what happens in the run, and on the stage

    def _read_staging(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key in ("script", "expect", "layout", "cues"):
            node = self.root.get(key)
            empty = "{}" if key == "layout" else "[]"
            if node is None or self._is_null(node, key, empty):
                continue
            match key:
                case "script":
                    found[key] = self._read_script(node)
                case "expect":
                    found[key] = read_expect(node, self._groups(), self.problems)
                case "layout":
                    found[key] = read_layout(node, self.kinds, self.problems)
                case "cues":
                    found[key] = read_cues(node, self.problems)
        return found

    def _read_script(self, node: Node) -> tuple[ScriptEntry, ...]:
        links = [link for _, link in self.links]
        groups_ = self._groups()
        names = None if groups_ is None else [database_name(each, self.kinds) for each in groups_]
        stage = Stage.of(self.kinds, self.nodes, links, names)
        return read_script(node, stage, self.positions, self.problems)

    def _groups(self) -> tuple[str, ...] | None:
        """Every group that exists at some time, or None where that cannot be told."""
        for node, kind in self.kinds.items():
            if not kind or self.problems.touches(("nodes", node, "group")):
                return None
        script = self.root.get("script")
        entries = script.items if isinstance(script, Listing) else []
        later = [entry.get("group") for entry in entries if isinstance(entry, Mapping)]
        return (*groups(self.nodes), *(node.text for node in later if isinstance(node, Scalar)))
