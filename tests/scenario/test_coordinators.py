"""Does every consumer that needs a coordinator have one: in files, after edits, after a script?"""

from dataclasses import replace

import pytest

from playground.engine.commands import AddLink, AddNode, RemoveLink, RemoveNode, SetNode
from playground.engine.parameters import (
    ConsumerParameters,
    CoordinatorParameters,
    LinkParameters,
    Spread,
)
from playground.engine.simulator import Simulator
from playground.scenario.build import simulate
from playground.scenario.caveats import warnings
from playground.scenario.coordinators import supplied, unserved
from playground.scenario.difference import difference
from playground.scenario.edit import edited
from playground.scenario.load import load_text
from playground.scenario.model import Scenario
from playground.scenario.piece import duplicated
from playground.scenario.rename import renamed
from playground.scenario.save import to_text
from playground.scenario.schema import json_schema
from playground.scenario.soundness import first_fault

PLAIN = """\
format: 1
nodes:
  shop: {kind: producer, rate: 5 /s, identity: message-id, outbox: true}
  orders: {kind: queue, deduplicate: message-id}
  billing: {kind: consumer}
links:
  - {from: shop, to: orders}
  - {from: orders, to: billing, latency: {mean: 30 ms, distribution: uniform}, loss: 5 %}
"""
COMMITS = PLAIN.replace(
    "kind: consumer", "kind: consumer, guarantee: exactly-once, how: transaction, fencing: true"
)
HOW = SetNode("billing", (("guarantee", "exactly-once"), ("how", "transaction")))
ENDS = [("shop", "orders"), ("orders", "billing"), ("billing", "coordinator"),
        ("coordinator", "orders")]  # fmt: skip


def ends(scenario: Scenario) -> list[tuple[str, str]]:
    return [(link.source, link.target) for link in scenario.links]


def consumer(scenario: Scenario) -> ConsumerParameters:
    node = scenario.nodes["billing"]
    assert isinstance(node, ConsumerParameters)
    return node


@pytest.mark.parametrize("how", ["transaction", "two-phase"])
def test_a_file_without_a_coordinator_gets_one_with_links_as_long_as_the_consumers_own(
    how: str,
) -> None:
    scenario = load_text(COMMITS.replace("how: transaction", f"how: {how}"), runnable=True)
    assert scenario.nodes["coordinator"] == CoordinatorParameters()
    assert ends(scenario) == ENDS
    weather = LinkParameters(latency=Spread(mean_us=30_000, distribution="uniform"))
    assert [link.parameters for link in scenario.links[2:]] == [weather, weather]


def test_it_is_saved_and_loaded_as_it_is() -> None:
    scenario = load_text(COMMITS, "x")
    assert load_text(to_text(scenario), "x") == scenario
    assert "kind: coordinator" in to_text(scenario)


def test_what_is_complete_is_left_alone() -> None:
    scenario = load_text(COMMITS)
    assert supplied(scenario) is scenario
    plain = load_text(PLAIN)
    assert supplied(plain) is plain


def test_a_name_that_is_taken_gives_way() -> None:
    scenario = load_text(COMMITS.replace("shop", "coordinator"))
    assert scenario.nodes["coordinator-2"] == CoordinatorParameters()


def test_a_coordinator_that_is_there_is_used() -> None:
    text = COMMITS.replace("links:", "  judge: {kind: coordinator, log: memory}\nlinks:")
    assert ends(load_text(text))[2:] == [("billing", "judge"), ("judge", "orders")]


def test_every_key_of_a_coordinator_is_read_and_written() -> None:
    keys = "{kind: coordinator, log: memory, timeout: 3 s, resend: 1 s, restart_after: 4 s}"
    scenario = load_text(COMMITS.replace("links:", f"  judge: {keys}\nlinks:"), "x")
    assert scenario.nodes["judge"] == CoordinatorParameters(
        log="memory", timeout_us=3_000_000, resend_us=1_000_000, restart_after_us=4_000_000
    )
    assert load_text(to_text(scenario), "x") == scenario
    assert set(json_schema()["$defs"]["coordinator"]["properties"]) == {
        "kind", "log", "timeout", "resend", "restart_after"
    }  # fmt: skip


def test_a_script_that_chooses_a_transaction_later_has_its_coordinator_from_the_start() -> None:
    later = (
        "script:\n  - {at: 2 s, do: set, node: billing, guarantee: exactly-once, how: two-phase}\n"
    )
    scenario = load_text(PLAIN + later)
    assert ends(scenario) == ENDS
    simulator = simulate(scenario)
    simulator.run_until(20_000_000)
    assert simulator.world.ledger.groups["billing"].by_transaction > 10


def test_an_edit_that_chooses_a_transaction_brings_its_coordinator() -> None:
    scenario = edited(load_text(PLAIN), HOW)
    assert ends(scenario) == ENDS
    assert first_fault(scenario) == ""


@pytest.mark.parametrize("wish", [RemoveNode("coordinator"), RemoveLink("billing", "coordinator"),
                                  RemoveLink("coordinator", "orders")])  # fmt: skip
def test_a_coordinator_in_use_cannot_be_taken_away(wish: RemoveNode | RemoveLink) -> None:
    assert first_fault(edited(load_text(COMMITS), wish)) == (
        "billing commits through a coordinator that reaches orders. "
        "Give billing another way to be exactly once first."
    )


def test_one_that_nobody_uses_can_go() -> None:
    scenario = edited(load_text(PLAIN), AddNode("judge", CoordinatorParameters()))
    assert first_fault(scenario) == ""
    assert first_fault(edited(scenario, RemoveNode("judge"))) == ""


def test_a_running_world_follows_there_and_back() -> None:
    plain = load_text(PLAIN.replace(", loss: 5 %", ""))
    commits = edited(plain, HOW)
    simulator = simulate(plain)
    for before, after in ((plain, commits), (commits, plain), (plain, commits)):
        simulator.run_until(simulator.world.now_us + 3_000_000)
        for command in difference(before, after):
            simulator.apply(command)
        rejected = [row for row in simulator.world.block if row[0] == "CommandRejected"]
        assert not rejected
        assert set(simulator.world.nodes) == set(after.nodes)
    simulator.run_until(20_000_000)
    book = simulator.world.ledger.groups["billing"]
    assert book.applied_once > 50
    assert book.duplicate_effects == book.lost == 0


def test_a_doubled_consumer_commits_through_the_same_coordinator() -> None:
    scenario, called = duplicated(load_text(COMMITS), ["billing"], {}, (0.0, 0.0))
    assert (called["billing"], "coordinator") in ends(scenario)
    assert unserved(scenario) == ""


def test_a_renamed_coordinator_stays_the_coordinator() -> None:
    scenario = renamed(load_text(COMMITS), "coordinator", "judge")
    assert unserved(scenario) == ""
    simulator: Simulator = simulate(scenario)
    simulator.run_until(3_000_000)
    assert simulator.world.ledger.groups["billing"].by_transaction


def test_a_coordinator_of_nobody_cannot_run() -> None:
    from playground.scenario.shape import check_runnable

    text = PLAIN.replace("links:", "  judge: {kind: coordinator}\nlinks:")
    assert [problem.sentence for problem in check_runnable(load_text(text))] == [
        "Nobody commits through the coordinator 'judge'. Link a consumer to it, or remove it."
    ]


def test_a_consumer_with_only_a_coordinator_has_no_queue() -> None:
    from playground.scenario.shape import check_runnable

    scenario = edited(load_text(COMMITS), RemoveLink("orders", "billing"))
    sentences = [problem.sentence for problem in check_runnable(scenario)]
    assert "The consumer 'billing' has no queue. Add a link from a queue to it." in sentences


def codes(scenario: Scenario) -> list[str]:
    return sorted(caveat.code for caveat in warnings(scenario))


def test_a_sound_transaction_is_not_warned_about() -> None:
    assert codes(load_text(COMMITS)) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("fencing: true", "fencing: false", "T1"),
        ("identity: message-id", "identity: none", "T2"),
        ("fencing: true", "fencing: true, effect: call", "T4"),
        ("deduplicate: message-id", "deduplicate: message-id, ack_durability: lazy", "T5"),
        ("deduplicate: message-id", "deduplicate: message-id, durability: lazy", "N2"),
    ],
)
def test_what_a_transaction_does_not_cover_is_said(old: str, new: str, code: str) -> None:
    assert code in codes(load_text(COMMITS.replace(old, new)))


def test_what_makes_two_phases_come_apart_is_said() -> None:
    text = COMMITS.replace("how: transaction", "how: two-phase")
    assert codes(load_text(text)) == []
    heuristic = text.replace("message-id}", "message-id, heuristic: 5 s}", 1)
    heuristic = text.replace("deduplicate: message-id}", "deduplicate: message-id, heuristic: 5 s}")
    assert codes(load_text(heuristic)) == ["T6"]
    scenario = load_text(text)
    forgets = replace(
        scenario, nodes={**scenario.nodes, "coordinator": CoordinatorParameters(log="memory")}
    )
    assert codes(forgets) == ["T3"]


def test_packets_and_points_of_a_coordinator_can_stand_in_a_script() -> None:
    script = """\
script:
  - {at: 0 s, do: arm-crash, node: coordinator, point: after-log}
  - {at: 0 s, do: drop-next, from: billing, to: coordinator, packet: END_TXN}
  - {at: 0 s, do: drop-next, from: coordinator, to: orders, packet: MARKER, message: 2}
  - {at: 4 s, do: pause, node: coordinator, for: 1 s}
  - {at: 6 s, do: cut, from: coordinator, to: orders, for: 1 s}
"""
    judge = COMMITS.replace("links:", "  coordinator: {kind: coordinator}\nlinks:")
    judge += "  - {from: billing, to: coordinator}\n  - {from: coordinator, to: orders}\n"
    scenario = load_text(judge + script, "x")
    assert load_text(to_text(scenario), "x") == scenario
    simulator = simulate(scenario)
    simulator.run_until(20_000_000)
    assert not any(row[0] == "CommandRejected" for row in simulator.world.block)
    assert simulator.world.ledger.groups["billing"].applied_once > 20


def test_a_link_to_a_second_consumer_of_the_kind_is_an_edit_like_any_other() -> None:
    scenario = load_text(COMMITS)
    anna = replace(consumer(scenario), group="billing")
    scenario = edited(scenario, AddNode("anna", anna))
    scenario = edited(scenario, AddLink("orders", "anna", LinkParameters()))
    assert ("anna", "coordinator") in ends(scenario)
