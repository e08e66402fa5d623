"""Can a script name a group's database, and does the name follow whatever becomes of the group?"""

import pytest

from playground.engine.commands import CutLink, RemoveLink, RemoveNode, RenameNode, SetNode
from playground.engine.records import CommandRejected, NodeCrashed, Record
from playground.scenario.build import simulate
from playground.scenario.caveats import warnings
from playground.scenario.edit import edited
from playground.scenario.load import load_text
from playground.scenario.model import Scenario
from playground.scenario.problem import ScenarioError
from playground.scenario.rename import name_fault
from playground.scenario.save import to_text

S = 1_000_000
TWO_PHASES = "guarantee: exactly-once, how: two-phase"
FILE = f"""\
format: 1
nodes:
  shop: {{kind: producer, rate: 5 /s, identity: message-id, outbox: true, limit: 9}}
  orders: {{kind: queue, deduplicate: message-id}}
  billing: {{kind: consumer, {TWO_PHASES}}}
  judge: {{kind: coordinator}}
links:
  - {{from: shop, to: orders}}
  - {{from: orders, to: billing}}
script:
"""
LINES = (
    "do: crash, node: billing database, for: 1 s",
    "do: arm-crash, node: billing database, point: prepared, message: 6",
    "do: cut, from: judge, to: billing database, for: 1 s",
    "do: drop-next, from: billing database, to: judge, packet: VOTE",
    "do: delay-next, from: judge, to: billing database, packet: DECIDE, by: 1 s",
)


def text(*lines: str, file: str = FILE) -> str:
    return file + "".join(f"  - {{at: 1 s, {line}}}\n" for line in lines)


def refused(line: str, file: str = FILE) -> str:
    with pytest.raises(ScenarioError) as found:
        load_text(text(line, file=file))
    (problem,) = found.value.problems
    return problem.sentence


def names(scenario: Scenario) -> set[str]:
    fields = ("node", "source", "target")
    found = {getattr(each.command, field, "") for each in scenario.script for field in fields}
    return {name for name in found if name.endswith("database")}


def never(scenario: Scenario) -> list[str]:
    return [each.place for each in warnings(scenario) if each.code == "P3"]


def test_a_script_strikes_a_database_and_the_way_to_it() -> None:
    scenario = load_text(text(*LINES), "x")
    assert load_text(to_text(scenario), "x") == scenario
    assert never(scenario) == []
    simulator, records = simulate(scenario), list[Record]()
    simulator.world.trace.sinks.append(records.extend)
    simulator.run_until(60 * S)
    records += simulator.world.trace.tail()
    crashes = [each.point for each in records if isinstance(each, NodeCrashed)]
    assert crashes == ["", "prepared"]
    assert not [each for each in records if isinstance(each, CommandRejected)]
    assert simulator.world.ledger.groups["billing"].applied_once == 9


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("do: crash, node: bling database", "Did you mean 'billing database'?"),
        ("do: crash, node: somewhere else", "Add it under nodes, or correct the name."),
        ("do: burst, node: billing database", "'billing database' is a database. Name another"),
        ("do: arm-crash, node: billing database, point: appended", "not a point of a database"),
        ("do: set, node: billing database, lease: 3 s", "the file describes neither"),
        ("do: set, from: judge, to: billing database, loss: 1 %", "the file describes neither"),
        ("do: cut, from: shop, to: billing database", "Only a coordinator reaches 'billing"),
        ("do: cut, from: billing database, to: judge", "Swap from and to."),
        ("do: drop-next, from: judge, to: billing database, packet: MARKER", "PREPARE or DECIDE"),
        ("do: drop-next, from: judge, to: billing database, packet: VOTE", "Swap from and to."),
    ],
)
def test_what_a_database_cannot_do_gets_a_sentence(line: str, sentence: str) -> None:
    assert sentence in refused(line)


def test_only_the_coordinator_of_its_group_reaches_a_database() -> None:
    two = FILE.replace("links:", "  other: {kind: coordinator}\nlinks:") + "  - {at: 2 s, do: heal"
    two = two.replace("script:\n", "  - {from: billing, to: judge}\nscript:\n")
    cut = "do: cut, from: other, to: billing database"
    sentence = refused(cut, two.rpartition("  - ")[0])
    assert sentence.startswith("There is no link from 'other' to 'billing database'")


def test_on_a_stream_no_packet_to_a_database_is_lost() -> None:
    stream = FILE.replace("links:", "links:\n  - {from: judge, to: orders, transport: stream}")
    sentence = refused("do: drop-next, from: judge, to: billing database, packet: DECIDE", stream)
    assert sentence == "On a stream a single packet cannot be lost: cut the link."


def test_a_database_that_is_not_there_yet_is_warned_of() -> None:
    later = f"  - {{at: 3 s, do: set, node: billing, {TWO_PHASES}}}\n"
    file = FILE.replace(f", {TWO_PHASES}", "") + later
    assert never(load_text(text(LINES[0], file=file))) == ["script[1]"]
    soon = file.replace("at: 3 s", "at: 500 ms")
    assert never(load_text(text(LINES[0], file=soon))) == []


def test_a_node_of_that_name_goes_first() -> None:
    taken = FILE.replace("shop", "billing database")
    scenario = load_text(text("do: crash, node: billing database'", file=taken))
    assert "billing database'" in simulate(scenario).world.nodes
    assert "is a producer" in refused("do: fail-next, node: billing database", taken)


def test_the_name_follows_the_group() -> None:
    scenario = edited(load_text(text(*LINES), "x"), RenameNode("billing", "money"))
    assert names(scenario) == {"money database"}
    assert load_text(to_text(scenario), "x") == scenario
    assert "called so" in name_fault(scenario, "money database")
    assert name_fault(scenario, "billing database") == ""


def test_a_running_script_follows_too_though_the_database_is_still_to_come() -> None:
    file = FILE.replace(f", {TWO_PHASES}", "")
    later = f"do: set, node: billing, {TWO_PHASES}"
    simulator = simulate(load_text(text(later, "do: crash, node: billing database", file=file)))
    simulator.run_until(S // 2)
    simulator.apply(RenameNode("billing", "money"))
    simulator.run_until(2 * S)
    assert not simulator.world.nodes["money database"].is_up


@pytest.mark.parametrize(
    ("wish", "left"),
    [
        (RemoveNode("billing"), set()),
        (SetNode("billing", (("group", "money"),)), set()),
        (SetNode("billing", (("guarantee", "at-least-once"),)), {"billing database"}),
    ],
)
def test_after_an_edit_the_file_can_still_be_read(wish: RemoveNode, left: set[str]) -> None:
    scenario = edited(load_text(text(*LINES), "x"), wish)
    assert names(scenario) == left
    assert load_text(to_text(scenario), "x").script == scenario.script


def test_a_cut_goes_with_the_link_that_leads_to_the_coordinator() -> None:
    plain = edited(load_text(text(*LINES)), SetNode("billing", (("guarantee", "at-least-once"),)))
    unlinked = edited(plain, RemoveLink("billing", "judge"))
    assert not any(isinstance(each.command, CutLink) for each in unlinked.script)
    assert names(unlinked) == {"billing database"}
