"""Does the search find of two-phase commit what its theory says, and nothing else?

One message, two consumers, a coordinator. Two-phase commit with its logs on the disk applies
exactly once whatever fails; it breaks where a prepared message is released by a clock, and where
the coordinator forgets what it has decided. ``pytest -s -m long`` on this file prints the table.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest

from playground.checker.bounds import Bounds, FaultKind
from playground.checker.explore import Exploration
from playground.checker.prove import prove
from playground.checker.scene import Part
from playground.checker.sites import TO
from playground.checker.verdict import Verdict
from playground.engine.ledger import IN_DOUBT
from playground.scenario.build import simulate
from playground.scenario.load import load_text
from playground.scenario.model import Link, Scenario
from tests.bench.scenes import say
from tests.engine.oracle.anomalies import anomalies, spelled
from tests.engine.oracle.scene import BROKERS, MODES, S, new_scene
from tests.engine.oracle.test_coordinator import TWO_PHASES

PACKETS: tuple[FaultKind, ...] = ("drop", "late", "duplicate")
LIVES: tuple[FaultKind, ...] = ("crash", "pause", "broker-crash")


@dataclass(frozen=True)
class Row:
    """A way to fail, how often, and the letters of what can come of it."""

    catalogue: tuple[FaultKind, ...]
    faults: int
    letters: str
    coordinator: dict[str, Any] = field(default_factory=dict)
    queue: dict[str, Any] = field(default_factory=dict)
    is_long: bool = False


TABLE: dict[str, Row] = {
    "nothing": Row((), 0, "."),
    "a lost packet": Row(("drop",), 1, "."),
    "two lost packets": Row(("drop",), 2, ".", is_long=True),
    "a late or doubled packet": Row(("late", "duplicate"), 1, "d"),
    "a crash or a pause of a consumer": Row(("crash", "pause"), 1, "d"),
    # What was not promised, or not decided, when somebody died is aborted and handed out again.
    "a crash of queue, coordinator or database": Row(("broker-crash",), 1, "d"),
    "any two": Row((*PACKETS, *LIVES), 2, "d", is_long=True),
    "a heuristic release": Row(("broker-crash",), 1, "dE", queue={"heuristic_us": 1 * S}),
    "a log in memory": Row(("broker-crash",), 1, "dE", {"log": "memory"}),
    "a log in memory and a lost packet": Row(
        ("drop", "broker-crash"), 2, "LCdE", {"log": "memory"}, is_long=True
    ),
}
QUICK = [name for name, row in TABLE.items() if not row.is_long]


def scene(mode: Any, broker: str = "2c sync", **options: Any) -> Scenario:
    """The scene of the oracle as a scenario."""
    world = new_scene(mode, BROKERS[broker], **options).world
    inner = {node_id for node_id in world.nodes if node_id.endswith(" database")}
    return Scenario(
        name="two phases",
        nodes={name: node.parameters for name, node in world.nodes.items() if name not in inner},
        links=tuple(
            Link(source=source, target=target, parameters=link.parameters)
            for (source, target), link in world.links.items()
            if target not in inner
        ),
    )


def letters_of(row: Row) -> tuple[str, int]:
    """What any of its schedules leads to, and how many there are."""
    bounds = Bounds(
        messages=1, faults=row.faults, catalogue=row.catalogue, properties=("out_of_order",)
    )
    scenario = scene(TWO_PHASES, coordinator=row.coordinator, **row.queue)
    exploration = Exploration(Part(scenario, ("g",)), bounds)
    trial, found, count = exploration.trial, set(), 0

    def evaluate(jobs: Any) -> Any:
        nonlocal count
        for schedule, finds_next in jobs:
            count += 1
            outcome = trial.run(schedule, finds_next=finds_next)
            assert outcome.at_rest, "it has not come to rest"
            simulator = trial.start(schedule)
            simulator.play(bounds.most_events)
            found.update(anomalies(simulator.world))
            yield outcome

    exploration.evaluate = evaluate
    exploration.explore()
    assert not exploration.stopped
    return spelled(frozenset(found)), count


@pytest.mark.parametrize("name", QUICK)
def test_two_phase_commit_fails_where_its_theory_says(name: str) -> None:
    assert letters_of(TABLE[name])[0] == TABLE[name].letters


@pytest.mark.long
@pytest.mark.parametrize("name", TABLE)
def test_it_does_so_under_several_faults(name: str) -> None:
    letters, count = letters_of(TABLE[name])
    say(f"two-phase commit | {name:41} | {letters:5} | {count:,} schedules")
    assert letters == TABLE[name].letters


def test_while_the_coordinator_is_down_the_message_is_in_doubt_and_then_applied_once() -> None:
    bounds = Bounds(messages=1, faults=1, catalogue=("broker-crash",))
    exploration = Exploration(Part(scene(TWO_PHASES), ("g",)), bounds)
    crashes = exploration.trial.run((), finds_next=True).children
    ends = set()
    for crash in (each for each in crashes if each.place == "judge"):
        simulator = exploration.trial.start((crash,))
        doubted = False
        while simulator.next_us() is not None:
            simulator.play(1)
            world = simulator.world
            is_down = not world.nodes["judge"].is_up
            doubted |= is_down and world.ledger.groups["g"].state[0] == IN_DOUBT
        assert world.ledger.groups["g"].effects[0] == 1
        ends.add(doubted)
    assert True in ends


# ---------------------------------------------------------------------- read-process-write


def verdicts(mode: str, broker: str, faults: int) -> dict[str, Verdict]:
    """What is proved of a transaction, by property."""
    bounds = Bounds(messages=1, faults=faults, catalogue=(*PACKETS, *LIVES))
    proof = prove(scene(MODES[mode], broker), bounds)
    return {verdict.claim.property: verdict for verdict in proof.verdicts}


@pytest.mark.parametrize("faults", [1, pytest.param(2, marks=pytest.mark.long)])
def test_a_fenced_transaction_is_applied_once_and_an_unfenced_one_twice(faults: int) -> None:
    fenced = verdicts("EO txn fenced", "2c sync", faults)
    assert {name: each.word for name, each in fenced.items()} == {
        "loss": "certified",
        "duplicate_effect": "certified",
        "stuck": "certified",
    }
    unfenced = verdicts("EO txn", "2c sync", faults)
    assert (unfenced["loss"].word, unfenced["stuck"].word) == ("certified", "certified")
    doubled = unfenced["duplicate_effect"]
    assert (doubled.word, doubled.faults) == ("counterexample", 1)
    kinds = {each.faults[0].split()[0] for each in doubled.minimal if len(each.faults) == 1}
    assert {"pause", "late", "crash"} <= kinds
    assert not kinds & {"drop", "duplicate"}


@pytest.mark.parametrize("mode", ["EO txn fenced", "EO txn"])
def test_a_disk_that_is_written_later_loses_what_was_confirmed(mode: str) -> None:
    lost = verdicts(mode, "2c async", 1)["loss"]
    assert (lost.word, lost.faults) == ("counterexample", 1)
    # At "appended" nothing is confirmed yet: the producer sends it again.
    assert [each.faults for each in lost.minimal] == [("crash orders at confirmed with shop#1",)]


def test_everybody_who_takes_part_in_two_phase_commit_is_put_on_trial() -> None:
    bounds = Bounds(messages=1, faults=1, catalogue=("drop", "broker-crash"))
    exploration = Exploration(Part(scene(TWO_PHASES), ("g",)), bounds)
    faults = exploration.trial.run((), finds_next=True).children
    for participant in ("orders", "g database"):
        points = {each.what for each in faults if each.place == participant}
        assert points >= {"prepare-received", "prepared", "verdict-received", "decided"}
    ways = {tuple(each.place.split(TO)) for each in faults if each.kind == "drop"}
    assert {("judge", "g database"), ("g database", "judge")} <= ways
    proof = prove(scene(TWO_PHASES), Bounds(messages=1, faults=0))
    assert proof.left_out == ()


def test_what_breaks_at_a_database_is_handed_on_as_a_file_that_plays_it_again() -> None:
    bounds = Bounds(messages=1, faults=2, catalogue=("drop", "broker-crash"), properties=("loss",))
    forgetful = scene(TWO_PHASES, coordinator={"log": "memory"})
    (lost,) = prove(forgetful, bounds).verdicts
    told = {each.scenario: each for each in lost.minimal if "g database" in str(each.faults)}
    assert told
    for text, each in told.items():
        simulator = simulate(load_text(text))
        simulator.run_until(300 * S)
        assert simulator.world.trace.sha256() == each.trace_sha256
