"""Does a good file become the scenario that it describes, whatever YAML would make of its words?"""

from pathlib import Path

import pytest

from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    ArmPause,
    Burst,
    CrashNode,
    CutLink,
    DeadLetterEntry,
    Disarm,
    ExpireEntry,
    FailNext,
    ForgetDedup,
    HealLink,
    PauseNode,
    RestartNode,
    ResumeNode,
    SetLink,
    SetNode,
)
from playground.engine.parameters import (
    ConsumerParameters,
    Every,
    LinkParameters,
    Loss,
    ProducerParameters,
    QueueParameters,
    Retry,
    Spread,
)
from playground.scenario.load import load_file, load_text, read_text
from playground.scenario.model import Cue, Expectation, Link, Scenario
from playground.scenario.problem import ScenarioError
from playground.scenario.shape import check_runnable
from tests.scenario.scenario_samples import (
    EVERY_KEY,
    GOOD,
    of_consumer,
    of_link,
    of_producer,
    of_queue,
    with_link,
    with_node,
    with_script,
)


def consumer(line: str) -> ConsumerParameters:
    parameters = load_text(of_consumer(line)).nodes["billing"]
    assert isinstance(parameters, ConsumerParameters)
    return parameters


def queue(line: str) -> QueueParameters:
    parameters = load_text(of_queue(line)).nodes["orders"]
    assert isinstance(parameters, QueueParameters)
    return parameters


def producer(line: str) -> ProducerParameters:
    parameters = load_text(of_producer(line)).nodes["shop"]
    assert isinstance(parameters, ProducerParameters)
    return parameters


def link(keys: str) -> LinkParameters:
    return load_text(of_link(keys)).links[1].parameters


def problems_of(text: str | bytes, *, runnable: bool = False) -> list[str]:
    with pytest.raises(ScenarioError) as refusal:
        load_text(text, "bad.yaml", runnable=runnable)
    return refusal.value.lines()


def test_a_file_with_only_what_is_required_has_every_default() -> None:
    assert load_text(GOOD, "my first.yaml", runnable=True) == Scenario(
        name="my first",
        nodes={
            "shop": ProducerParameters(rate_per_s=5.0),
            "orders": QueueParameters(),
            "billing": ConsumerParameters(),
        },
        links=(Link(source="shop", target="orders"), Link(source="orders", target="billing")),
    )


def test_a_file_with_every_key_is_read_whole() -> None:
    scenario = load_text(EVERY_KEY, runnable=True)
    assert scenario.name == "Payment charged twice"
    assert scenario.story == "Billing acks after it has charged. It dies in between.\n"
    assert (scenario.learn, scenario.watch, scenario.try_) == (
        "An ack is not an effect.",
        "The money.",
        "Choose exactly-once.",
    )
    assert (scenario.seed, scenario.run_for_us) == (7, 60_000_000)
    assert scenario.nodes["shop"] == ProducerParameters(rate_per_s=5.0, limit=200, keys=4)
    assert scenario.nodes["orders"] == QueueParameters()
    assert scenario.nodes["billing"] == ConsumerParameters(
        group="billing", how="ack-after", storm="weather"
    )
    assert scenario.links[1].parameters == LinkParameters(
        latency=Spread(mean_us=20_000, distribution="exponential"),
        loss=Loss(reply=0.1),
        storm="rain",
    )
    assert [(entry.at_us, entry.command) for entry in scenario.script] == [
        (3_000_000, CrashNode("billing", 2_000_000)),
        (4_000_000, PauseNode("billing", 8_000_000)),
        (5_000_000, ArmCrash("billing", "before-ack", "20")),
        (6_000_000, ArmPacketFault("drop", "billing", "orders", "ACK")),
        (7_000_000, CutLink("orders", "billing", "both", 3_000_000)),
        (9_000_000, SetNode("billing", (("guarantee", "exactly-once"),))),
    ]
    assert scenario.expect == (
        Expectation(group="billing", counter="lost", claim="none"),
        Expectation(group="billing", counter="duplicate_effects", claim="some"),
        Expectation(group="billing", counter="produced", claim=200),
    )
    assert scenario.layout == {"shop": (0, 0), "orders": (320, 0), "billing": (640, -12.5)}
    assert scenario.cues == (
        Cue(at_us=0, say="Billing acks after the charge."),
        Cue(at_us=3_000_000, say="It dies here.", pause=True),
    )


def test_every_verb_of_the_script_becomes_its_command() -> None:
    text = with_script(
        "{at: 1 s, do: crash, node: orders, what: process}",
        "{at: 1 s, do: restart, node: orders}",
        "{at: 1 s, do: resume, node: billing}",
        "{at: 1 s, do: disarm, node: billing}",
        "{at: 1 s, do: arm-crash, node: orders, point: appended}",
        "{at: 1 s, do: arm-crash, node: billing, point: before-ack, message: 2, nth: 3}",
        "{at: 1 s, do: arm-pause, node: billing, point: before-ack, nth: 2, for: 8 s}",
        "{at: 1 s, do: drop-next, from: billing, to: orders, packet: ACK, nth: 2}",
        "{at: 1 s, do: duplicate-next, from: shop, to: orders, packet: SEND, message: shop#3}",
        "{at: 1 s, do: delay-next, from: orders, to: shop, packet: CONFIRM, by: 2 s}",
        "{at: 1 s, do: cut, from: shop, to: orders, direction: reply}",
        "{at: 1 s, do: heal, from: shop, to: orders}",
        "{at: 1 s, do: expire, queue: orders, message: 4}",
        "{at: 1 s, do: dead-letter, queue: orders, message: shop#4}",
        "{at: 1 s, do: forget-dedup, node: billing}",
        "{at: 1 s, do: fail-next, node: billing}",
        "{at: 1 s, do: burst, node: shop, count: 50}",
        "{at: 1 s, do: set, node: orders, lease: unlimited, max_deliveries: 3}",
        "{at: 1 s, do: set, from: orders, to: billing, loss: 5 %, latency: 1 ms}",
    )
    assert [entry.command for entry in load_text(text).script] == [
        CrashNode("orders", None, "process"),
        RestartNode("orders"),
        ResumeNode("billing"),
        Disarm("billing"),
        ArmCrash("orders", "appended"),
        ArmCrash("billing", "before-ack", "2", 3),
        ArmPause("billing", "before-ack", None, 2, 8_000_000),
        ArmPacketFault("drop", "billing", "orders", "ACK", nth=2),
        ArmPacketFault("duplicate", "shop", "orders", "SEND", "shop#3"),
        ArmPacketFault("delay", "orders", "shop", "CONFIRM", None, 2_000_000),
        CutLink("shop", "orders", "reply"),
        HealLink("shop", "orders"),
        ExpireEntry("orders", "4"),
        DeadLetterEntry("orders", "shop#4"),
        ForgetDedup("billing"),
        FailNext("billing"),
        Burst("shop", 50),
        SetNode("orders", (("lease_us", None), ("max_deliveries", 3))),
        SetLink(
            "orders",
            "billing",
            (("loss", Loss(request=0.05, reply=0.05)), ("latency", Spread(mean_us=1_000))),
        ),
    ]


@pytest.mark.parametrize(
    ("text", "us"),
    [
        ("0", 0),
        ("0 ms", 0),
        ("1 us", 1),
        ("20 ms", 20_000),
        ("7.3s", 7_300_000),
        (".5 s", 500_000),
        ("1.5 min", 90_000_000),
        ("2 h", 7_200_000_000),
        ('"5 s"', 5_000_000),
        ("10000000 s", 10**13),
    ],
)
def test_a_duration_becomes_microseconds(text: str, us: int) -> None:
    assert queue(f"lease: {text}").lease_us == us


@pytest.mark.parametrize(
    ("text", "per_s"), [("5 /s", 5.0), ("300/min", 5.0), ("1 /min", 1 / 60), ("0.5 /h", 0.5 / 3600)]
)
def test_a_rate_becomes_messages_a_second(text: str, per_s: float) -> None:
    scenario = load_text(GOOD.replace("5 /s", text))
    assert scenario.nodes["shop"] == ProducerParameters(rate_per_s=per_s)


def test_words_stand_for_no_limit_and_null_only_for_no_dead_letter_queue() -> None:
    assert queue("lease: unlimited").lease_us is None
    assert producer("limit: none").limit is None
    assert producer("retry: {attempts: unlimited}").retry.attempts is None
    assert consumer("renew_lease: none").renew_lease_us is None
    assert consumer("poison: none").poison == ()
    assert queue("dead_letter: null").dead_letter is None
    assert queue("dead_letter: ~").dead_letter is None


def test_a_queue_may_be_called_null_in_quotes() -> None:
    text = with_node('"null": {kind: queue}').replace(
        "kind: queue\n", 'kind: queue\n    dead_letter: "null"\n', 1
    )
    assert load_text(text, runnable=True).nodes["orders"] == QueueParameters(dead_letter="null")


def test_short_forms_stand_for_whole_records() -> None:
    assert consumer("work: 1 s").work == Spread(mean_us=1_000_000)
    assert link("loss: 10 %").loss == Loss(request=0.1, reply=0.1)
    assert link("loss: {reply: 10 %}").loss == Loss(request=0.0, reply=0.1)
    assert link("latency: {mean: 1 ms, distribution: lognormal, sigma: 0.5}").latency == Spread(
        mean_us=1_000, distribution="lognormal", sigma=0.5
    )


def test_a_partial_retry_keeps_the_other_defaults() -> None:
    assert producer("retry: {attempts: 3, factor: 1.5}").retry == Retry(attempts=3, factor=1.5)


def test_a_partial_retry_in_a_set_keeps_what_the_node_has() -> None:
    text = of_producer("retry: {timeout: 1 s}") + (
        "script:\n"
        "  - {at: 2 s, do: set, node: shop, retry: {jitter: full}}\n"
        "  - {at: 1 s, do: set, node: shop, retry: {attempts: 3}}\n"
    )
    commands = [entry.command for entry in load_text(text).script]
    assert commands == [
        SetNode("shop", (("retry", Retry(timeout_us=1_000_000, attempts=3, jitter="full")),)),
        SetNode("shop", (("retry", Retry(timeout_us=1_000_000, attempts=3)),)),
    ]


def test_poison_is_a_list_of_numbers_or_every_so_many() -> None:
    assert consumer("poison: [17, 18]").poison == (17, 18)
    assert consumer("poison: {every: 20}").poison == Every(every=20)


def test_words_that_yaml_reads_as_something_else_stay_words() -> None:
    text = (
        "format: 1\n"
        "nodes:\n"
        "  no: {kind: producer, rate: 5 /s}\n"
        "  12:30:00: {kind: queue}\n"
        "  1e3: {kind: consumer, group: on}\n"
        "links:\n"
        "  - {from: no, to: 12:30:00}\n"
        "  - {from: 12:30:00, to: 1e3}\n"
    )
    scenario = load_text(text, runnable=True)
    assert list(scenario.nodes) == ["no", "12:30:00", "1e3"]
    assert scenario.nodes["1e3"] == ConsumerParameters(group="on")


def test_natural_implies_a_set_unless_the_file_writes_add() -> None:
    assert consumer("idempotency: natural").effective_effect == "set"
    assert consumer("idempotency: natural\n    effect: set").effective_effect == "set"


def test_exactly_once_accepts_none_for_its_inbox() -> None:
    parameters = consumer("guarantee: exactly-once\n    idempotency: none")
    assert parameters.effective_idempotency == "inbox"


def test_a_set_to_another_guarantee_brings_its_own_how() -> None:
    text = of_consumer("how: double-ack") + (
        "script:\n  - {at: 1 s, do: set, node: billing, guarantee: at-most-once}\n"
    )
    assert len(load_text(text).script) == 1


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    assert load_text(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), "x") == load_text(
        GOOD, "x"
    )


def test_every_problem_is_told_at_once_in_the_order_of_the_file() -> None:
    text = """\
format: 1
seed: -1
nodes:
  shop: {kind: producer, rate: 5, publsh: confirmed}
  orders: {kind: queue, lease: 5 secs, dead_letter: orders}
  billing: {kind: consumer, guarantee: exactly-once, idempotency: memory}
links:
  - {from: orders, to: shop, loss: 200 %}
  - {from: orders, to: biling}
script:
  - {at: soon, do: crash, node: bilingg}
expect:
  - {group: billing, losst: none}
"""
    assert problems_of(text) == [
        "bad.yaml:2:7: seed: '-1' is out of bounds. "
        "It must be at least 0 and at most 999999999999999999.",
        "bad.yaml:4:32: nodes.shop.rate: '5' has no unit. Write it with /s, /min or /h, like 5 /s.",
        "bad.yaml:4:35: nodes.shop.publsh: 'publsh' is not a key of a producer. "
        "Did you mean 'publish'?",
        "bad.yaml:5:32: nodes.orders.lease: 'secs' is not a unit of a duration. "
        "Write us, ms, s, min or h. Or write unlimited.",
        "bad.yaml:5:53: nodes.orders.dead_letter: A queue cannot be its own dead_letter. "
        "Name another queue, or write null.",
        "bad.yaml:6:67: nodes.billing.idempotency: exactly-once brings its own inbox: "
        "idempotency must be none or inbox, not 'memory'.",
        "bad.yaml:8:5: links[0]: This link runs backward: messages go from 'shop' to 'orders'. "
        "Swap from and to.",
        "bad.yaml:8:36: links[0].loss: '200 %' is out of bounds. "
        "It must be at least 0 and at most 100 %.",
        "bad.yaml:9:24: links[1].to: There is no node 'biling'. Did you mean 'billing'?",
        "bad.yaml:11:10: script[0].at: 'soon' is not a duration. "
        "Write a number and a unit, like 20 ms.",
        "bad.yaml:11:33: script[0].node: There is no node 'bilingg'. Did you mean 'billing'?",
        "bad.yaml:13:22: expect[0].losst: 'losst' is not a counter of a group. "
        "Did you mean 'lost'?",
    ]


def test_at_most_twenty_lines_are_told_and_the_rest_is_counted() -> None:
    lines = problems_of(GOOD + "".join(f"key{n}: 1\n" for n in range(25)))
    assert len(lines) == 21
    assert lines[-1] == "and 5 more"


def test_no_line_is_longer_than_two_hundred_characters_or_more_than_a_line() -> None:
    lines = problems_of(GOOD + '"' + "k" * 500 + '\\n\\u202e": 1\n')
    assert all(len(line) <= 200 and line.isprintable() for line in lines)


def test_the_same_mistake_is_told_once() -> None:
    text = of_consumer("garantee: exactly-once\n    how: inbox")
    assert len(problems_of(text)) == 1


def test_unlinked_nodes_load_but_do_not_run() -> None:
    text = with_node("mail: {kind: consumer}")
    loaded = read_text(text)
    assert "mail" in loaded.scenario.nodes
    (problem,) = check_runnable(loaded.scenario, loaded.positions)
    assert (problem.line, problem.column, problem.path) == (10, 3, "nodes.mail")
    assert load_text("format: 1\nnodes: {}\nlinks: []\n").nodes == {}


def test_a_dead_letter_queue_needs_no_producer() -> None:
    text = with_node("morgue: {kind: queue}").replace(
        "kind: queue\n", "kind: queue\n    dead_letter: morgue\n", 1
    )
    load_text(text, runnable=True)


def test_a_queue_needs_no_consumer() -> None:
    text = GOOD.replace("  - {from: orders, to: billing}\n", "").replace(
        "  billing:\n    kind: consumer\n", ""
    )
    load_text(text, runnable=True)


def test_a_message_number_alone_needs_a_single_producer() -> None:
    text = with_node("web: {kind: producer, rate: 1 /s}").replace(
        "links:\n", "links:\n  - {from: web, to: orders}\n"
    )
    lines = problems_of(text + "script:\n  - {at: 1 s, do: expire, queue: orders, message: 3}\n")
    assert lines == [
        "bad.yaml:16:51: script[0].message: There are 2 producers; say whose message 3 is meant: "
        "shop#3."
    ]


def test_consumers_of_one_group_share_a_queue() -> None:
    text = with_link("{from: orders, to: mail}").replace(
        "links:\n", "  mail: {kind: consumer, group: billing}\nlinks:\n"
    )
    assert len(load_text(text, runnable=True).links) == 3


def test_a_file_is_read_from_disk_and_named_in_its_problems(tmp_path: Path) -> None:
    file = tmp_path / "scene.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert load_file(file).name == "scene"
    file.write_text("format: 1\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        load_file(file)
    assert refusal.value.problems[0].path == "nodes"
    assert refusal.value.file == str(file)


@pytest.mark.parametrize("name", ["there is none.yaml", ".", "zero\0byte"])
def test_a_file_that_cannot_be_read_is_a_problem_not_a_traceback(tmp_path: Path, name: str) -> None:
    with pytest.raises(ScenarioError, match="The file cannot be read"):
        load_file(f"{tmp_path}/{name}")
