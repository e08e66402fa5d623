"""Which keys, with which values, may a scenario file have? One JSON Schema, for editors.

It is grown from the same annotations that the loader reads; cross-checks (a mix of values, a
topology) are the loader's alone. Draft 2020-12.
"""

from collections.abc import Iterable
from typing import Any

from playground.engine.parameters import KINDS, MAX_LINKS, MAX_NODES, LinkParameters
from playground.engine.units import Duration
from playground.scenario.forms import (
    LONGEST_NAME,
    SHORTHANDS,
    Choice,
    Flag,
    Form,
    ListOf,
    Number,
    OneOf,
    Parameter,
    Quantity,
    Record,
    Words,
    parameter_named,
    parameter_of,
    parameters_of,
)
from playground.scenario.model import FORMAT, GROUP_COUNTERS, Cue, Scenario
from playground.scenario.quantities import DECIMAL, UNITS
from playground.scenario.save import write_value
from playground.scenario.scalars import bounds_text
from playground.scenario.staging import PLACE_FORM
from playground.scenario.verbs import SET, VERBS, Verb, parameters_of_verb

Schema = dict[str, Any]

_NAME: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}


def json_schema() -> Schema:
    """The complete set of keys; a key that is not here is an error on loading."""
    definitions = {kind: _node(kind, cls) for kind, cls in KINDS}
    definitions["link"] = _object(
        {"from": _NAME, "to": _NAME, **_properties(parameters_of(LinkParameters))}, ["from", "to"]
    )
    for verb in VERBS:
        definitions[_verb_key(verb)] = _verb(verb)
    definitions["expectation"] = _expectation()
    definitions["cue"] = _record(Cue)
    properties: Schema = {"format": {"const": FORMAT}, **_properties(parameters_of(Scenario))}
    properties["nodes"] = {
        "type": "object",
        "propertyNames": _NAME,
        "maxProperties": MAX_NODES,
        "additionalProperties": {"oneOf": [_reference(kind) for kind, _ in KINDS]},
    }
    properties["links"] = {"type": "array", "maxItems": MAX_LINKS, "items": _reference("link")}
    verbs = [_reference(_verb_key(verb)) for verb in VERBS]
    properties["script"] = {"type": "array", "items": {"oneOf": verbs}}
    properties["expect"] = {"type": "array", "items": _reference("expectation")}
    place = {"type": "array", "items": _of_form(PLACE_FORM), "minItems": 2, "maxItems": 2}
    properties["layout"] = {"type": "object", "additionalProperties": place}
    properties["cues"] = {"type": "array", "items": _reference("cue")}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Delivery Playground scenario",
        **_object(properties, ["format", "nodes", "links"]),
        "$defs": definitions,
    }


def _object(properties: Schema, required: Iterable[str]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _node(kind: str, cls: type) -> Schema:
    parameters = parameters_of(cls)
    properties = {"kind": {"const": kind}, **_properties(parameters)}
    schema = _object(properties, ["kind", *_required(parameters)])
    return {"description": (cls.__doc__ or "").strip(), **schema}


def _record(cls: type) -> Schema:
    parameters = parameters_of(cls)
    return _object(_properties(parameters), _required(parameters))


def _required(parameters: Iterable[Parameter]) -> list[str]:
    return [each.key for each in parameters if each.is_required]


def _properties(parameters: Iterable[Parameter]) -> Schema:
    return {each.key: _of_parameter(each) for each in parameters}


def _of_parameter(parameter: Parameter) -> Schema:
    schema = _of_form(parameter.form)
    if parameter.absent is not None:
        # A plain null is YAML's own; every other word is a text.
        word = None if parameter.absent == "null" else parameter.absent
        schema = {"anyOf": [schema, {"const": word}]}
    if parameter.help:
        schema = {"description": parameter.help, **schema}
    if not parameter.is_required and parameter.default not in (None, ""):
        schema["default"] = _default(parameter)
    return schema


def _default(parameter: Parameter) -> object:
    if isinstance(parameter.form, Number | Flag):
        return parameter.default
    if isinstance(parameter.form, Record) and parameter.form.cls not in SHORTHANDS:
        return {
            each.key: _default(each)
            for each in parameters_of(parameter.form.cls)
            if each.default is not None
        }
    return write_value(parameter.default, parameter)


def _of_form(form: Form) -> Schema:
    match form:
        case Quantity():
            units = "|".join(UNITS[form.unit])
            pattern = f"^(?:0|{DECIMAL} *(?:{units}))$"
            text = {"type": "string", "pattern": pattern, "description": bounds_text(form)}
            return {"anyOf": [text, {"const": 0}]}
        case Number():
            bounds = {
                "minimum": form.bounds.ge,
                "exclusiveMinimum": form.bounds.gt,
                "maximum": form.bounds.le,
            }
            number = {"type": "integer" if form.is_whole else "number"}
            return number | {key: limit for key, limit in bounds.items() if limit is not None}
        case Flag():
            return {"type": "boolean"}
        case Choice():
            return {"enum": list(form.words)}
        case Words():
            return {"type": "string", "maxLength": form.limit}
        case ListOf():
            return {"type": "array", "items": _of_form(form.item)}
        case OneOf():
            return {"anyOf": [_of_form(each) for each in form.forms]}
        case Record():
            short = SHORTHANDS.get(form.cls)
            if not short:
                return _record(form.cls)
            return {
                "anyOf": [
                    _of_form(parameter_named(form.cls, short[0]).form),
                    _record(form.cls),
                ]
            }


def _verb_key(verb: Verb) -> str:
    if verb.word != SET:
        return f"do-{verb.word}"
    return f"do-{verb.word}-{'node' if 'node' in _keys(verb) else 'link'}"


def _keys(verb: Verb) -> list[str]:
    return [each.key for each in parameters_of_verb(verb)]


def _verb(verb: Verb) -> Schema:
    at = _of_parameter(parameter_of("at_us", Duration))
    properties: Schema = {"at": at, "do": {"const": verb.word}}
    for parameter in parameters_of_verb(verb):
        properties[parameter.key] = _of_parameter(parameter)
        if parameter.name == "message":
            properties[parameter.key] = {
                "anyOf": [{"type": "integer", "minimum": 1}, properties[parameter.key]]
            }
    required = ["at", "do", *_required(parameters_of_verb(verb))]
    if verb.word == SET:
        classes = [cls for _, cls in KINDS] if "node" in properties else [LinkParameters]
        for cls in classes:
            for key, schema in _properties(parameters_of(cls)).items():
                known = properties.get(key)
                changed = {name: part for name, part in schema.items() if name != "default"}
                if known is None:
                    properties[key] = changed
                elif known != changed:
                    properties[key] = {"anyOf": [known, changed]}
    return {"description": verb.help, **_object(properties, required)}


def _expectation() -> Schema:
    claim = {"anyOf": [{"enum": ["none", "some"]}, {"type": "integer", "minimum": 0}]}
    return _object({"group": _NAME, **dict.fromkeys(GROUP_COUNTERS, claim)}, ["group"])
