"""What does a scenario's script ask for, and can each of its wishes be granted at its time?

Entries are checked in the order of their times against parameters that earlier ``set`` entries
have changed, so that a script cannot lead to a mix that the file itself could not contain.
"""

from dataclasses import replace
from typing import Any

from playground.engine.commands import ArmPacketFault, Command, StrikePacket
from playground.engine.parameters import KINDS, ParticipantParameters
from playground.engine.units import Duration
from playground.scenario.changes import ALWAYS, Changes, Stage, no_link
from playground.scenario.fields import construct, missing, read_fields, read_value
from playground.scenario.forms import parameter_of
from playground.scenario.mixes import ON_A_STREAM
from playground.scenario.model import ScriptEntry
from playground.scenario.packets import packet_fault
from playground.scenario.points import points_of_kind
from playground.scenario.problem import Path, ProblemList, one_of, quoted
from playground.scenario.quantities import read_whole
from playground.scenario.shape import unknown_node
from playground.scenario.tree import Listing, Mapping, Node, Positions, Scalar
from playground.scenario.verbs import SET, VERB_NAMED, Verb, parameters_of_verb

_AT = replace(parameter_of("at_us", Duration), key="at")
_CLASSES = {**dict(KINDS), "database": ParticipantParameters}


def read_script(
    node: Node, stage: Stage, positions: Positions, problems: ProblemList
) -> tuple[ScriptEntry, ...]:
    """The entries in the order of the file; those with a problem are left out."""
    if not isinstance(node, Listing):
        problems.add(node.place, node.path, "A script is a list. Write each entry after a dash.")
        return ()
    timed = [(_time_of(item, problems), index, item) for index, item in enumerate(node.items)]
    timed.sort(key=lambda entry: entry[:2])
    reader = _Reader(stage, positions, problems)
    found: dict[int, ScriptEntry] = {}
    for at_us, index, item in timed:
        if isinstance(item, Mapping):
            command = reader.command_of(item)
            if command is not None:
                found[index] = ScriptEntry(at_us=at_us, command=command)
    return tuple(found[index] for index in sorted(found))


def _time_of(item: Node, problems: ProblemList) -> int:
    if not isinstance(item, Mapping):
        problems.add(item.place, item.path, "An entry is a mapping like {at: 3 s, do: crash, …}.")
        return 0
    at = item.get("at")
    if at is None:
        missing(item, "at", problems, "an entry", "at: 3 s")
        return 0
    at_us = read_value(at, _AT, problems)
    return at_us if isinstance(at_us, int) else 0


class _Reader:
    def __init__(self, stage: Stage, positions: Positions, problems: ProblemList) -> None:
        self.stage = stage
        self.positions = positions
        self.problems = problems
        self.changes = Changes(stage, positions, problems)
        self.producers = [node for node, kind in stage.kinds.items() if kind == "producer"]

    def command_of(self, item: Mapping) -> Command | None:
        before = len(self.problems)
        do = item.get("do")
        if do is None:
            missing(item, "do", self.problems, "an entry", "do: crash")
            return None
        verb = VERB_NAMED.get(do.text) if isinstance(do, Scalar) else None
        if verb is None:
            word = do.text if isinstance(do, Scalar) else "this"
            meant = self.problems.suggest(word, VERB_NAMED)
            remedy = (
                f"Did you mean {quoted(meant)}?"
                if meant
                else (f"Write one of {one_of(tuple(VERB_NAMED))}.")
            )
            self.problems.add(do.place, do.path, f"{quoted(word)} is not a verb. {remedy}")
            return None
        if verb.word == SET:
            command = self.changes.read(item)
            return command if len(self.problems) == before else None
        values = read_fields(
            item,
            parameters_of_verb(verb),
            self.problems,
            f"the verb {verb.word}",
            other_keys=ALWAYS,
        )
        self._check(item, verb, values)
        if len(self.problems) > before:
            return None
        return construct(verb.command, {**dict(verb.fixed), **values})

    # ---- what a verb speaks of must be there

    def _check(self, item: Mapping, verb: Verb, values: dict[str, Any]) -> None:
        for name in ("node", "queue"):
            if name in values and self._is_known(item, name, values[name]):
                self._check_kind(item, name, values[name], verb)
        if "point" in values and self.stage.kind_of(values.get("node", "")) is not None:
            self._check_point(item, values["node"], values["point"])
        if "source" in values and "target" in values:
            self._check_ends(item, verb, values)
        if values.get("message") is not None:
            self._check_message(item, values["message"])

    def _is_known(self, item: Mapping, key: str, node: str) -> bool:
        if self.stage.kind_of(node) is not None:
            return True
        self._add((*item.path, key), unknown_node(node, self.stage.names, self.problems.suggest))
        return False

    def _check_kind(self, item: Mapping, key: str, node: str, verb: Verb) -> None:
        kind = self.stage.kind_of(node)
        if kind and kind not in verb.kinds:
            self._add(
                (*item.path, key),
                f"'{verb.word}' is done to a {one_of(verb.kinds)}; {quoted(node)} is a {kind}. "
                "Name another node.",
            )

    def _check_point(self, item: Mapping, node: str, point: str) -> None:
        kind = self.stage.kind_of(node)
        points = points_of_kind(_CLASSES[kind]) if kind else (point,)
        if point not in points:
            meant = self.problems.suggest(point, points)
            remedy = f"Did you mean {quoted(meant)}?" if meant else f"Write {one_of(points)}."
            self._add(
                (*item.path, "point"), f"{quoted(point)} is not a point of a {kind}. {remedy}"
            )

    def _check_ends(self, item: Mapping, verb: Verb, values: dict[str, Any]) -> None:
        source, target = values["source"], values["target"]
        known = [
            self._is_known(item, key, node) for key, node in (("from", source), ("to", target))
        ]
        if not all(known):
            return
        forward, backward = (source, target), (target, source)
        is_packet = verb.command in (ArmPacketFault, StrikePacket)
        kinds = [self.stage.kind_of(node) or "" for node in forward]
        # Who reaches a group's database is known when coordinators have been supplied, not here.
        is_inner = kinds == ["coordinator", "database"] or (
            is_packet and kinds == ["database", "coordinator"]
        )
        is_there = forward in self.stage.links or (is_packet and backward in self.stage.links)
        if not is_inner and not is_there:
            self._add(item.path, no_link(self.stage, source, target))
            return
        if not is_packet:
            return
        if "packet" in values:
            ends = (source, kinds[0]), (target, kinds[1])
            fault = packet_fault(values["packet"], *ends, self.problems.suggest)
            if fault:
                self._add((*item.path, "packet"), fault)
        if is_inner:
            return
        link = self.stage.links.get(forward) or self.stage.links[backward]
        what = {"drop": "lost", "duplicate": "duplicated"}.get(verb.word.removesuffix("-next"))
        if link.transport == "stream" and what:
            self._add(
                (*item.path, "do"),
                ON_A_STREAM.format(what).replace(", or write transport: datagram", ""),
            )

    def _check_message(self, item: Mapping, message: str) -> None:
        path = (*item.path, "message")
        producer, has_name, number = message.rpartition("#")
        value = read_whole(number)
        if not isinstance(value, int) or value < 1:
            example = f"{self.producers[0]}#20" if self.producers else "20"
            self._add(path, f"{quoted(message)} is not a message. Write it like {example}.")
        elif has_name and producer not in self.producers:
            meant = self.problems.suggest(producer, self.producers)
            remedy = f"Did you mean {quoted(f'{meant}#{number}')}?" if meant else "Name one."
            self._add(path, f"There is no producer {quoted(producer)}. {remedy}")
        elif not has_name and len(self.producers) != 1:
            count = len(self.producers)
            example = f"{self.producers[0]}#{number}" if count else "none: add a producer"
            self._add(
                path,
                f"There are {count} producers; say whose message {number} is meant: {example}.",
            )

    def _add(self, path: Path, sentence: str) -> None:
        self.problems.add(self.positions.of(path), path, sentence)
