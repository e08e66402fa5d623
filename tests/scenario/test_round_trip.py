"""Does a saved scenario load as the same scenario, to the byte?

Random scenarios are drawn from the forms of the parameters themselves, so that a new parameter is
tested on the day it is added.
"""

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.commands import SetNode
from playground.engine.parameters import (
    ConsumerParameters,
    LinkParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.scenario.fields import construct
from playground.scenario.forms import (
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
    optional_parameters_of,
    parameters_of,
)
from playground.scenario.load import load_file, load_text
from playground.scenario.mixes import wrong_mixes
from playground.scenario.model import GROUP_COUNTERS, Cue, Expectation, Link, Scenario, ScriptEntry
from playground.scenario.problem import ScenarioError
from playground.scenario.quantities import read_quantity, write_duration, write_quantity
from playground.scenario.save import save_file, to_text
from playground.scenario.topology import groups
from playground.scenario.verbs import SET, VERBS, parameters_of_verb
from tests.scenario.scenario_samples import EVERY_KEY, GOOD, with_script

NAME_CHARACTERS = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))
TEXT_CHARACTERS = st.one_of(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), st.sampled_from("\n\t \u200d")
)


def names() -> st.SearchStrategy[str]:
    name = st.one_of(
        st.text(NAME_CHARACTERS, min_size=1, max_size=8),
        st.sampled_from(["no", "null", "none", "12:30", "1e3", "a: b", "n" * 64, "#", "'", "- a"]),
    )
    return name.filter(str.strip)


def texts() -> st.SearchStrategy[str]:
    lines = st.lists(st.text(TEXT_CHARACTERS, max_size=10), max_size=6)
    return st.one_of(st.text(TEXT_CHARACTERS, max_size=20), lines.map("\n".join))


def values(form: Form) -> st.SearchStrategy[Any]:
    match form:
        case Quantity() | Number():
            low = form.bounds.ge if form.bounds.ge is not None else form.bounds.gt
            high = form.bounds.le if form.bounds.le is not None else 10**9
            if form.is_whole:
                return st.integers(int(low), int(high))  # type: ignore[call-overload]
            is_open = form.bounds.gt is not None
            # A rate below one message in eleven days is legal, but its text is long.
            least = 1e-6 if is_open else low
            short = st.integers(1, 100).map(lambda part: max(least, min(high, part / 100)))
            return st.one_of(short, st.floats(least, high))  # type: ignore[call-overload]
        case Flag():
            return st.booleans()
        case Choice():
            return st.sampled_from(form.words)
        case Words():
            return names() if form.is_name else texts()
        case ListOf():
            return st.lists(values(form.item), max_size=4).map(tuple)
        case OneOf():
            return st.one_of([values(each) for each in form.forms])
        case Record():
            return records(form.cls)


def value_of(parameter: Parameter) -> st.SearchStrategy[Any]:
    value = values(parameter.form)
    return value if parameter.absent is None else st.one_of(value, st.just(parameter.absent_value))


def records(cls: type, **given_values: Any) -> st.SearchStrategy[Any]:
    fixed = {name: st.just(value) for name, value in given_values.items()}
    free = [each for each in parameters_of(cls) if each.name not in fixed]
    required = {each.name: value_of(each) for each in free if each.is_required}
    optional = {each.name: value_of(each) for each in free if not each.is_required}
    return st.fixed_dictionaries(required | fixed, optional=optional).map(
        lambda chosen: construct(cls, {**chosen, **given_values})
    )


def is_sound(parameters: Any) -> bool:
    return not wrong_mixes(parameters)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    ids = draw(st.lists(names(), min_size=5, max_size=5, unique=True))
    shop, orders, billing, mail, morgue = ids
    producer = draw(records(ProducerParameters).filter(is_sound))
    dead_letter = draw(st.sampled_from([None, morgue]))
    group = draw(st.one_of(st.none(), names()))
    nodes = {
        shop: producer,
        orders: draw(records(QueueParameters, dead_letter=dead_letter)),
        billing: draw(records(ConsumerParameters, group=group, how=None).filter(is_sound)),
        mail: draw(records(ConsumerParameters, group=None, how=None).filter(is_sound)),
        morgue: draw(records(QueueParameters, dead_letter=None)),
    }
    # The script drops packets of the first link, which a stream would not allow.
    links = (
        Link(
            source=shop,
            target=orders,
            parameters=draw(records(LinkParameters, transport="datagram")),
        ),
        *(
            Link(
                source=orders,
                target=target,
                parameters=draw(records(LinkParameters).filter(is_sound)),
            )
            for target in (billing, mail)
        ),
    )
    expectations = st.builds(
        Expectation,
        group=st.sampled_from(groups(nodes)),
        counter=st.sampled_from(GROUP_COUNTERS),
        claim=st.one_of(st.sampled_from(["none", "some"]), st.integers(0, 10**9)),
    )
    place = st.floats(-1e6, 1e6).map(lambda number: number + 0.0)
    head = {
        each.name: draw(values(each.form))
        for each in parameters_of(Scenario)
        if draw(st.booleans())
    }
    return Scenario(
        **{"name": draw(names()), **head},
        nodes=nodes,
        links=links,
        script=tuple(draw(st.lists(script_entries(shop, orders, billing), max_size=5))),
        expect=tuple(draw(st.lists(expectations, max_size=6))),
        layout=draw(st.dictionaries(st.sampled_from(ids), st.tuples(place, place))),
        cues=tuple(draw(st.lists(records(Cue), max_size=3))),
    )


@st.composite
def script_entries(draw: st.DrawFn, shop: str, orders: str, billing: str) -> ScriptEntry:
    verb = draw(st.sampled_from([verb for verb in VERBS if verb.word != SET]))
    chosen: dict[str, Any] = dict(verb.fixed)
    known = {
        "node": {"burst": shop}.get(verb.word, billing if verb.kinds == ("consumer",) else orders),
        "queue": orders,
        "source": shop,
        "target": orders,
        "packet": "SEND",
        "point": "before-ack" if verb.word == "arm-pause" else "appended",
        "message": draw(st.sampled_from([f"{shop}#3", "20"])),
    }
    for parameter in parameters_of_verb(verb):
        if parameter.name in known:
            chosen[parameter.name] = known[parameter.name]
        elif draw(st.booleans()):
            chosen[parameter.name] = draw(values(parameter.form))
    return ScriptEntry(at_us=draw(st.integers(0, 10**13)), command=construct(verb.command, chosen))


@given(scenarios())
def test_any_scenario_saves_and_loads_as_itself(scenario: Scenario) -> None:
    text = to_text(scenario)
    loaded = load_text(text)
    assert loaded == scenario
    assert list(loaded.nodes) == list(scenario.nodes)
    assert to_text(loaded) == text


@given(
    st.sampled_from([ProducerParameters, QueueParameters, ConsumerParameters]).flatmap(
        lambda cls: st.tuples(
            st.just(cls),
            st.sampled_from([each.name for each in optional_parameters_of(cls)]).flatmap(
                lambda name: st.tuples(
                    st.just(name),
                    value_of(next(each for each in parameters_of(cls) if each.name == name)),
                )
            ),
        )
    )
)
def test_any_set_saves_and_loads_as_itself(change: tuple[type, tuple[str, Any]]) -> None:
    cls, (name, value) = change
    node = {ProducerParameters: "shop", QueueParameters: "orders", ConsumerParameters: "billing"}[
        cls
    ]
    scenario = load_text(GOOD)
    entry = ScriptEntry(at_us=1, command=SetNode(node, ((name, value),)))
    changed = Scenario(name="x", nodes=scenario.nodes, links=scenario.links, script=(entry,))
    try:
        loaded = load_text(to_text(changed))
    except ScenarioError as error:
        # A change that the file itself could not contain is refused, and only such a change.
        refused = {problem.path.rpartition(".")[2] for problem in error.problems}
    else:
        refused = set()
        assert loaded == changed
    assert refused <= {"how", "dead_letter", "identity", "outbox"}


def test_a_set_writes_records_whole() -> None:
    text = with_script("{at: 1 s, do: set, node: shop, retry: {attempts: 3}}")
    saved = to_text(load_text(text))
    assert (
        "retry: {timeout: 500 ms, attempts: 3, backoff: 200 ms, factor: 2, cap: 5 s, jitter: none}"
        in saved
    )


def test_the_text_leaves_out_defaults_and_writes_quantities_as_one_says_them() -> None:
    assert (
        to_text(load_text(EVERY_KEY))
        == """\
format: 1
name: Payment charged twice
story: |
  Billing acks after it has charged. It dies in between.
learn: An ack is not an effect.
watch: The money.
try: Choose exactly-once.
seed: 7
nodes:
  shop:
    kind: producer
    rate: 5 /s
    limit: 200
    keys: 4
  orders:
    kind: queue
  billing:
    kind: consumer
    group: billing
    how: ack-after
    storm: weather
links:
  - {from: shop, to: orders}
  - {from: orders, to: billing, latency: {mean: 20 ms, distribution: exponential}, \
loss: {reply: 10 %}, storm: rain}
script:
  - {at: 3 s, do: crash, node: billing, for: 2 s}
  - {at: 4 s, do: pause, node: billing, for: 8 s}
  - {at: 5 s, do: arm-crash, node: billing, point: before-ack, message: 20}
  - {at: 6 s, do: drop-next, from: billing, to: orders, packet: ACK}
  - {at: 7 s, do: cut, from: orders, to: billing, for: 3 s}
  - {at: 9 s, do: set, node: billing, guarantee: exactly-once}
expect:
  - {group: billing, lost: none, duplicate_effects: some, produced: 200}
layout:
  shop: [0, 0]
  orders: [320, 0]
  billing: [640, -12.5]
cues:
  - {at: 0 s, say: Billing acks after the charge.}
  - {at: 3 s, say: It dies here., pause: true}
"""
    )


def test_an_empty_canvas_is_saved_too() -> None:
    empty = Scenario(name="New")
    assert to_text(empty) == "format: 1\nname: New\nnodes: {}\nlinks: []\n"
    assert load_text(to_text(empty)) == empty


@pytest.mark.parametrize(
    "story",
    ["one\n", "one\ntwo", "one\n\n\n", " indented\n", "\n", "a\n \nb", "\n\nlate\n", "tab\tin\n"],
)
def test_a_text_keeps_its_lines(story: str) -> None:
    scenario = Scenario(name="x", story=story)
    assert load_text(to_text(scenario)) == scenario


@pytest.mark.parametrize(
    ("us", "text"),
    [
        (0, "0 s"),
        (40, "40 us"),
        (1_500, "1.5 ms"),
        (500_000, "500 ms"),
        (60_000_000, "60 s"),
        (120_000_000, "120 s"),
        (1_234_567, "1.234567 s"),
        (600_000_000, "10 min"),
        (7_200_000_000, "2 h"),
    ],
)
def test_a_duration_is_written_in_the_unit_one_would_say(us: int, text: str) -> None:
    assert write_duration(us) == text


@given(st.integers(0, 10**13))
def test_a_written_duration_is_exact(us: int) -> None:
    assert read_quantity(write_duration(us), "us") == us


@given(st.floats(5e-324, 5_000.0))
def test_a_written_rate_is_exact(rate: float) -> None:
    assert float(read_quantity(write_quantity(rate, "per_s"), "per_s")) == rate  # type: ignore[arg-type]


@given(st.floats(0.0, 1.0))
def test_a_written_chance_is_exact(chance: float) -> None:
    assert float(read_quantity(write_quantity(chance, "share"), "share")) == chance  # type: ignore[arg-type]


def test_a_rate_a_minute_is_written_as_it_was_meant() -> None:
    assert write_quantity(1 / 60, "per_s") == "1 /min"
    assert write_quantity(0.1, "share") == "10 %"
    assert write_quantity(1 / 3, "per_s") == "20 /min"


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "scene.yaml"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    scenario = load_text(EVERY_KEY)
    save_file(file, scenario)
    assert load_file(file) == scenario
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["scene.yaml"]


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "scene.yaml"
    file.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        save_file(file, load_text(GOOD))
    assert file.read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["scene.yaml"]
