"""Does the JSON Schema know every key, and accept what the loader accepts?"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from playground.engine.parameters import KINDS, Every, LinkParameters, Loss, Retry, Spread
from playground.scenario.forms import parameters_of
from playground.scenario.load import load_text
from playground.scenario.model import Cue, Scenario
from playground.scenario.save import to_text
from playground.scenario.schema import json_schema
from playground.scenario.verbs import VERB_NAMED
from tests.scenario.scenario_samples import (
    EVERY_KEY,
    GOOD,
    of_consumer,
    of_link,
    of_queue,
    with_script,
)

SCHEMA = json_schema()


def is_valid(value: Any, schema: dict[str, Any]) -> bool:
    """The few words of the JSON Schema vocabulary that ours uses."""
    if "$ref" in schema:
        return is_valid(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    checks = {
        "anyOf": lambda options: any(is_valid(value, option) for option in options),
        "oneOf": lambda options: sum(is_valid(value, option) for option in options) == 1,
        "const": lambda only: value == only and type(value) is type(only),
        "enum": lambda words: value in words,
        "type": lambda name: has_type(value, name),
        "pattern": lambda pattern: re.search(pattern, str(value)) is not None,
        "minLength": lambda least: len(value) >= least,
        "maxLength": lambda most: len(value) <= most,
        "minimum": lambda least: value >= least,
        "exclusiveMinimum": lambda above: value > above,
        "maximum": lambda most: value <= most,
        "minItems": lambda least: len(value) >= least,
        "maxItems": lambda most: len(value) <= most,
        "maxProperties": lambda most: len(value) <= most,
        "items": lambda items: all(is_valid(item, items) for item in value),
        "required": lambda keys: all(key in value for key in keys),
        "propertyNames": lambda names: all(is_valid(key, names) for key in value),
        "properties": lambda known: all(
            is_valid(value[key], known[key]) for key in value if key in known
        ),
        "additionalProperties": lambda others: all(
            others is not False and is_valid(value[key], others)
            for key in value
            if key not in schema.get("properties", {})
        ),
    }
    silent = {"description", "default", "title", "$schema", "$defs"}
    assert set(schema) <= set(checks) | silent, schema
    if "type" in schema and not has_type(value, schema["type"]):
        return False
    return all(checks[word](part) for word, part in schema.items() if word in checks)


def has_type(value: Any, name: str) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return {
        "object": isinstance(value, dict),
        "array": isinstance(value, list),
        "string": isinstance(value, str),
        "boolean": isinstance(value, bool),
        "integer": is_number and isinstance(value, int),
        "number": is_number,
    }[name]


PRESETS = sorted((Path(__file__).parents[2] / "presets").glob("*.yaml"))

SAMPLES = (
    GOOD,
    EVERY_KEY,
    to_text(load_text(EVERY_KEY)),
    of_queue("lease: unlimited\n    retention: 0\n    max_deliveries: 3"),
    of_consumer("poison: {every: 20}\n    work: {mean: 1 s, distribution: exponential}"),
    of_link("loss: 10 %, latency: 0, storm: rain"),
    with_script(
        "{at: 0, do: set, from: shop, to: orders, latency: 1 s}",
        "{at: 1 min, do: delay-next, from: shop, to: orders, packet: SEND, by: 1 s}",
        "{at: 1 s, do: forget-dedup, node: orders, message: shop#3}",
        "{at: 1 s, do: expire, queue: orders, message: 3}",
    ),
    *(preset.read_text(encoding="utf-8") for preset in PRESETS),
)


@pytest.mark.parametrize("text", SAMPLES)
def test_what_the_loader_accepts_the_schema_accepts(text: str) -> None:
    load_text(text)
    assert is_valid(yaml.safe_load(text), SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        "format: 2\nnodes: {}\nlinks: []",
        "format: 1\nnodes: {}",
        GOOD.replace("5 /s", "5"),
        GOOD.replace("5 /s", "5 ms"),
        of_consumer("garantee: at-least-once"),
        of_consumer("guarantee: at-least-one"),
        of_consumer("prefetch: 0"),
        of_queue("lease: null"),
        of_queue("lease: 1e3 ms"),
        of_link("loss: 0.1"),
        with_script("{at: 1 s, do: crash}"),
        with_script("{at: 1 s, do: crsh, node: billing}"),
        GOOD + "expect: [{group: billing, losst: none}]",
    ],
)
def test_what_the_schema_refuses_the_loader_refuses_too(text: str) -> None:
    assert not is_valid(yaml.safe_load(text), SCHEMA)


@pytest.mark.parametrize(
    ("name", "cls"), [*KINDS, ("link", LinkParameters), ("cue", Cue)], ids=lambda each: str(each)
)
def test_every_parameter_is_a_key_with_its_help(name: str, cls: type) -> None:
    properties = SCHEMA["$defs"][name]["properties"]
    for parameter in parameters_of(cls):
        assert properties[parameter.key]["description"] == parameter.help


def test_every_key_at_the_top_is_there() -> None:
    assert set(SCHEMA["properties"]) == {
        *(parameter.key for parameter in parameters_of(Scenario)),
        *("format", "nodes", "links", "script", "expect", "layout", "cues"),
    }


@pytest.mark.parametrize("cls", [Spread, Retry, Loss, Every])
def test_every_field_of_a_record_is_a_key(cls: type) -> None:
    keys = {parameter.key for parameter in parameters_of(cls)}
    text = json.dumps(SCHEMA)
    assert keys
    assert all(f'"{key}"' in text for key in keys)


def test_every_verb_is_there() -> None:
    words = {
        schema["properties"]["do"]["const"]
        for name, schema in SCHEMA["$defs"].items()
        if name.startswith("do-")
    }
    assert words == set(VERB_NAMED)


def test_defaults_are_written_as_in_a_file() -> None:
    queue = SCHEMA["$defs"]["queue"]["properties"]
    assert queue["lease"]["default"] == "5 s"
    assert SCHEMA["$defs"]["producer"]["properties"]["retry"]["default"]["timeout"] == "500 ms"
    assert SCHEMA["$defs"]["link"]["properties"]["loss"]["default"] == "0 %"


def test_the_schema_is_plain_json() -> None:
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
