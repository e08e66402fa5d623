"""Which text is this scenario's file?

Defaults are left out, quantities are written exactly in the unit one would say, keys stand in the
order of their fields: the same scenario always gives the same bytes, and loading them gives the
same scenario.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from os import PathLike, fspath
from typing import TypeVar

from playground.engine.commands import SetLink, SetNode
from playground.engine.parameters import (
    KIND_OF,
    ConsumerParameters,
    LinkParameters,
    NodeParameters,
)
from playground.scenario.forms import (
    SHORTHANDS,
    Choice,
    Form,
    ListOf,
    OneOf,
    Parameter,
    Record,
    Words,
    parameter_named,
    parameters_of,
)
from playground.scenario.model import FORMAT, Expectation, Link, Scenario, ScriptEntry
from playground.scenario.quantities import write_duration
from playground.scenario.scalars import write_scalar
from playground.scenario.staging import PLACE_FORM
from playground.scenario.verbs import parameters_of_verb, verb_of
from playground.scenario.yaml_text import block, listing, mapping, word

Pair = tuple[str, str]
Parameters = TypeVar("Parameters", bound=NodeParameters | LinkParameters)


def save_file(path: str | PathLike[str], scenario: Scenario) -> None:
    """Write the file whole or not at all: a crash leaves the old one. Raises OSError."""
    target = os.path.realpath(fspath(path))
    text = to_text(scenario)
    descriptor, temporary = tempfile.mkstemp(
        prefix=f".{os.path.basename(target)[:100]}.", suffix=".tmp", dir=os.path.dirname(target)
    )
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, _mode_of(target))
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _mode_of(target: str) -> int:
    """The old file's permissions; a temporary file's own would shut other readers out."""
    try:
        return os.stat(target).st_mode & 0o777
    except OSError:
        return 0o644


def to_text(scenario: Scenario) -> str:
    """The file's text, format 1."""
    lines = [f"format: {FORMAT}"]
    for parameter in parameters_of(Scenario):
        value = getattr(scenario, parameter.name)
        if not parameter.is_required and value == parameter.default:
            continue
        if isinstance(parameter.form, Words):
            lines += block(parameter.key, value)
        else:
            lines.append(f"{parameter.key}: {write_scalar(value, parameter.form)}")
    lines += _nodes(scenario)
    lines += _section("links", map(_link, scenario.links)) or ["links: []"]
    lines += _section("script", (_script_entry(entry, scenario) for entry in scenario.script))
    lines += _section("expect", _expectations(scenario.expect))
    if scenario.layout:
        places = (
            (word(node), listing(write_scalar(each + 0.0, PLACE_FORM) for each in place))
            for node, place in scenario.layout.items()
        )
        lines += ["layout:", *(f"  {node}: {place}" for node, place in places)]
    lines += _section("cues", (_changed(cue) for cue in scenario.cues))
    return "\n".join(lines) + "\n"


def _nodes(scenario: Scenario) -> list[str]:
    if not scenario.nodes:
        return ["nodes: {}"]
    lines = ["nodes:"]
    for node, parameters in scenario.nodes.items():
        lines += [f"  {word(node)}:", f"    kind: {KIND_OF[type(parameters)]}"]
        lines += [f"    {key}: {value}" for key, value in _changed(as_written(parameters))]
    return lines


def as_written(parameters: Parameters) -> Parameters:
    """Without what the guarantee overrules: the window keeps it for the way back, a file cannot."""
    if not isinstance(parameters, ConsumerParameters) or parameters.guarantee != "exactly-once":
        return parameters
    return (
        parameters if parameters.idempotency == "inbox" else replace(parameters, idempotency="none")
    )


def _section(key: str, entries: Iterable[Iterable[Pair]]) -> list[str]:
    lines = [f"  - {mapping(entry)}" for entry in entries]
    return [f"{key}:", *lines] if lines else []


def _link(link: Link) -> Iterator[Pair]:
    yield "from", word(link.source)
    yield "to", word(link.target)
    yield from _changed(link.parameters)


def _script_entry(entry: ScriptEntry, scenario: Scenario) -> Iterator[Pair]:
    command = entry.command
    verb = verb_of(command)
    yield "at", write_duration(entry.at_us)
    yield "do", verb.word
    for parameter in parameters_of_verb(verb):
        value = getattr(command, parameter.name)
        if parameter.name == "message" and str(value).isdecimal():
            yield parameter.key, str(value)
        elif parameter.is_required or value != parameter.default:
            yield parameter.key, write_value(value, parameter)
    if isinstance(command, SetNode | SetLink):
        changed: type = LinkParameters
        if isinstance(command, SetNode):
            changed = type(scenario.nodes[command.node])
        for name, value in command.changes:
            # A record is written whole here: what it leaves out is the running node's own value.
            parameter = parameter_named(changed, name)
            yield parameter.key, write_value(value, parameter, is_whole=True)


def _expectations(expectations: tuple[Expectation, ...]) -> Iterator[list[Pair]]:
    """One entry a group, as long as no counter comes twice."""
    entry: list[Pair] = []
    for each in expectations:
        pairs = [("group", word(each.group)), (each.counter, str(each.claim))]
        if entry and entry[0] == pairs[0] and each.counter not in dict(entry):
            entry.append(pairs[1])
            continue
        if entry:
            yield entry
        entry = pairs
    if entry:
        yield entry


def _changed(values: object) -> list[Pair]:
    """The keys of a dataclass whose value is not the default."""
    return [
        (parameter.key, write_value(getattr(values, parameter.name), parameter))
        for parameter in parameters_of(type(values))
        if parameter.is_required or getattr(values, parameter.name) != parameter.default
    ]


def write_value(value: object, parameter: Parameter, *, is_whole: bool = False) -> str:
    """One value as it stands after its key; ``is_whole`` writes a record's defaults too."""
    if value == parameter.absent_value and parameter.absent is not None:
        return parameter.absent
    return _write(value, parameter.form, is_whole)


def _write(value: object, form: Form, is_whole: bool) -> str:
    match form:
        case OneOf():
            wanted = ListOf if isinstance(value, tuple) else Record
            return _write(value, next(f for f in form.forms if isinstance(f, wanted)), is_whole)
        case ListOf():
            assert isinstance(value, tuple)
            return listing(_write(each, form.item, is_whole) for each in value)
        case Record():
            return _write_record(value, form, is_whole)
        case Words():
            return word(str(value))
        case Choice():
            return str(value)
        case _:
            return write_scalar(value, form)


def _write_record(value: object, form: Record, is_whole: bool) -> str:
    short = SHORTHANDS.get(form.cls, ())
    if short:
        # The short form says one value for these fields, and the default for all others.
        same = getattr(value, short[0])
        if value == form.cls(**dict.fromkeys(short, same)):
            return _write(same, parameter_named(form.cls, short[0]).form, is_whole)
    parameters = parameters_of(form.cls)
    return mapping(
        (each.key, write_value(getattr(value, each.name), each, is_whole=is_whole))
        for each in parameters
        if is_whole or each.is_required or getattr(value, each.name) != each.default
    )
