"""Which values do the keys of a mapping give to the fields of a dataclass?

A mapping is read key by key against the forms of the dataclass, so that every mistake in it is
found; what is sound is then built, and checked once more against the annotations, by pydantic.
"""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter

from playground.engine.parameters import KINDS, LinkParameters
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
from playground.scenario.problem import ProblemList, one_of, quoted
from playground.scenario.quantities import EXAMPLES, Unreadable
from playground.scenario.scalars import read_scalar
from playground.scenario.tree import Entry, Listing, Mapping, Node, Scalar

Built = TypeVar("Built")

KEYS_OF_KIND = tuple(
    (f"a {kind}", tuple(each.key for each in parameters_of(cls)))
    for kind, cls in (*KINDS, ("link", LinkParameters))
)
"""Who else has which keys, for a key that stands in the wrong place."""


class Missing:
    """No value: the text was wrong and the problem is noted."""


MISSING: Final = Missing()


@cache
def _adapter(cls: type) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


def construct(cls: type[Built], values: dict[str, object]) -> Built:
    """The dataclass with these values; a value that its annotations forbid is our own mistake."""
    target: type = cls
    built = _adapter(target).validate_python(values)
    assert isinstance(built, cls)
    return built


def read_fields(
    node: Mapping,
    parameters: Iterable[Parameter],
    problems: ProblemList,
    noun: str,
    *,
    other_keys: Collection[str] = (),
    base: object = None,
    elsewhere: Iterable[tuple[str, Collection[str]]] = (),
) -> dict[str, object]:
    """Field name -> value for every key that is sound.

    ``other_keys`` are read by the caller. ``base`` is what a partial record changes. ``elsewhere``
    names who else has which keys, for a key that stands in the wrong place.
    """
    by_key = {parameter.key: parameter for parameter in parameters}
    values: dict[str, object] = {}
    for key, entry in node.entries.items():
        if key in by_key:
            parameter = by_key[key]
            value = read_value(
                entry.value, parameter, problems, getattr(base, parameter.name, None)
            )
            if value is not MISSING:
                values[parameter.name] = value
        elif key not in other_keys:
            _unknown(node, entry, [*by_key, *other_keys], problems, noun, elsewhere)
    for parameter in by_key.values():
        if parameter.is_required and parameter.key not in node.entries:
            missing(node, parameter.key, problems, noun, _example(parameter))
    return values


def missing(node: Mapping, key: str, problems: ProblemList, noun: str, example: str) -> None:
    """Note that a required key is not written, unless a misspelling of it has been noted."""
    path = (*node.path, key)
    if not problems.touches(path):
        problems.add(node.place, path, f"{noun.capitalize()} needs '{key}'. Write {example}.")


def read_value(
    node: Node, parameter: Parameter, problems: ProblemList, base: object = None
) -> object:
    """One value, or MISSING after its problem has been noted."""
    if isinstance(node, Scalar):
        is_null_word = parameter.absent == "null" and node.is_null
        if is_null_word or (parameter.absent == node.text and parameter.absent != "null"):
            return parameter.absent_value
        if node.is_null:
            remedy = "Leave the key out" + (
                f" or write {parameter.absent}" if parameter.absent else ""
            )
            if parameter.is_required:
                remedy = f"Write {_example(parameter)}"
            problems.add(node.place, node.path, f"'{parameter.key}' has no value. {remedy}.")
            return MISSING
    return read_form(node, parameter.form, problems, base, parameter)


def read_form(
    node: Node,
    form: Form,
    problems: ProblemList,
    base: object = None,
    parameter: Parameter | None = None,
) -> object:
    """The value of a node in this form, or MISSING."""
    match form:
        case OneOf():
            return read_form(node, _option(node, form), problems, base, parameter)
        case Record():
            return _read_record(node, form, problems, base)
        case ListOf():
            if not isinstance(node, Listing):
                return _wrong(node, "a list", "[1, 2]", problems)
            items = [read_form(item, form.item, problems) for item in node.items]
            return MISSING if MISSING in items else tuple(items)
    if not isinstance(node, Scalar):
        return _wrong(node, "a single value", _example(parameter) if parameter else "one", problems)
    value = read_scalar(node.text, form, problems.suggest)
    if isinstance(value, Unreadable):
        word = parameter.absent if parameter is not None else None
        alternative = f" Or write {word}." if word and "unit" in value.sentence else ""
        problems.add(node.place, node.path, value.sentence + alternative)
        return MISSING
    return value


def _read_record(node: Node, form: Record, problems: ProblemList, base: object) -> object:
    cls = form.cls
    parameters = parameters_of(cls)
    short = SHORTHANDS.get(cls, ())
    if isinstance(node, Scalar) and short:
        value = read_form(node, parameter_named(cls, short[0]).form, problems)
        return MISSING if value is MISSING else construct(cls, dict.fromkeys(short, value))
    if not isinstance(node, Mapping):
        keys = ", ".join(f"{each.key}: …" for each in parameters[:2])
        return _wrong(node, "a mapping", f"{{{keys}}}", problems)
    before = len(problems)
    values = read_fields(node, parameters, problems, quoted(str(node.path[-1])), base=base)
    if len(problems) > before:
        return MISSING
    if base is not None and not any(each.is_required for each in parameters):
        values = {each.name: getattr(base, each.name) for each in parameters} | values
    return construct(cls, values)


def _option(node: Node, form: OneOf) -> Form:
    wanted = Record if isinstance(node, Mapping) else ListOf
    return next((each for each in form.forms if isinstance(each, wanted)), form.forms[0])


def _wrong(node: Node, expected: str, example: str, problems: ProblemList) -> Missing:
    found = {Scalar: "a single value", Listing: "a list", Mapping: "a mapping"}[type(node)]
    problems.add(
        node.place, node.path, f"This is {found}; it must be {expected}. Write it like {example}."
    )
    return MISSING


def _unknown(
    node: Mapping,
    entry: Entry,
    keys: list[str],
    problems: ProblemList,
    noun: str,
    elsewhere: Iterable[tuple[str, Collection[str]]],
) -> None:
    path = (*node.path, entry.key)
    owner = next((other for other, others in elsewhere if entry.key in others), None)
    meant = None if owner else problems.suggest(entry.key, keys)
    sentence = f"{quoted(entry.key)} is not a key of {noun}"
    if owner:
        sentence += f" but of {owner}. Move it there or remove it."
    elif meant:
        sentence += f". Did you mean {quoted(meant)}?"
        problems.touch((*node.path, meant))
    else:
        sentence += f". Remove it, or write one of {one_of(keys)}."
    problems.add(entry.place, path, sentence)


def _example(parameter: Parameter) -> str:
    form = parameter.form
    unit = getattr(form, "unit", None)
    if unit is not None:
        return f"{parameter.key}: {EXAMPLES[unit]}"
    match form:
        case Choice():
            return f"{parameter.key}: {form.words[0]}"
        case Words():
            return f"{parameter.key}: {'NAME' if form.is_name else 'TEXT'}"
        case _:
            return f"{parameter.key}: …"
