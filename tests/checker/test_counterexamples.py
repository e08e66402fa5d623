"""Is a counterexample what it says: the same run on the canvas, and not one fault too many?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from playground.checker.bounds import CATALOGUE, PROPERTIES, Bounds, Claim
from playground.checker.counterexample import replayed
from playground.checker.explore import Exploration
from playground.checker.mermaid import escaped, mermaid
from playground.checker.properties import violated
from playground.checker.prove import prove
from playground.checker.scene import parts
from playground.checker.sites import Schedule
from playground.checker.verdict import FaultSet
from playground.engine.parameters import ConsumerParameters
from playground.engine.records import CommandRejected, FaultStruck, NodeCrashed, NodePaused
from playground.scenario.build import simulate
from playground.scenario.coordinators import supplied
from playground.scenario.load import load_text
from playground.scenario.model import Link, Scenario
from playground.session.session import Session

from .scenes import AT_MOST_ONCE, chain

BOUNDS = Bounds(messages=1, faults=2, catalogue=CATALOGUE)

FEWER = Bounds(messages=1, faults=2, catalogue=("late", "pause"))

SCENES: dict[str, Scenario] = {
    "plain": chain(),
    "at most once": chain(**AT_MOST_ONCE),
    "two consumers": chain(consumer={"idempotency": "effect-first"}, consumers=("anna", "bert")),
    "claim first, awaited": chain(consumer={"idempotency": "claim-first", "how": "double-ack"}),
    "lost in a crash": chain(queue={"durability": "memory"}),
    "a transaction without a fence": supplied(
        chain(consumer={"guarantee": "exactly-once", "how": "transaction"}, consumers=("a", "b"))
    ),
    "stuck": chain(queue={"lease_us": None, "on_disconnect": "wait-for-lease"}),
}


def found(scenario: Scenario, bounds: Bounds = BOUNDS) -> list[tuple[Claim, FaultSet]]:
    proof = prove(scenario, bounds)
    return [(verdict.claim, each) for verdict in proof.verdicts for each in verdict.minimal]


def breaks(scenario: Scenario, claim: Claim) -> bool:
    simulator = simulate(scenario)
    simulator.play(BOUNDS.most_events)
    return bool(violated(simulator.world, claim, simulator.next_us() is None))


@pytest.mark.parametrize("scene", SCENES)
def test_every_counterexample_replays_and_none_of_its_faults_is_idle(scene: str) -> None:
    counterexamples = found(SCENES[scene], FEWER if "transaction" in scene else BOUNDS)
    assert counterexamples
    for claim, each in counterexamples:
        saved = load_text(each.scenario, runnable=True)
        assert breaks(saved, claim)
        simulator = simulate(saved)
        simulator.run_until(saved.run_for_us)
        assert simulator.world.trace.sha256() == each.trace_sha256
        for index in range(len(saved.script)):
            script = saved.script[:index] + saved.script[index + 1 :]
            fewer = Scenario(**{**_fields(saved), "script": script})
            assert not breaks(fewer, claim), f"{each.faults[index]} is not needed"


def _fields(scenario: Scenario) -> dict[str, object]:
    return {name: getattr(scenario, name) for name in Scenario.__dataclass_fields__}


def test_the_canvas_plays_the_very_same_run() -> None:
    _, each = found(SCENES["plain"])[0]
    saved = load_text(each.scenario, runnable=True)
    session = Session(saved)
    session.simulator.run_until(saved.run_for_us)
    assert session.simulator.world.trace.sha256() == each.trace_sha256


def test_a_fresh_process_plays_the_very_same_run(tmp_path: Path) -> None:
    _, each = found(SCENES["two consumers"])[-1]
    path = tmp_path / "counterexample.yaml"
    path.write_text(each.scenario, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "playground", "run", str(path), "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    report = json.loads(done.stdout)
    assert report["trace_sha256"] == each.trace_sha256
    # What it shows is what it expects, so the run says that all is as it should be.
    assert (done.returncode, done.stderr) == (0, "")
    assert report["expect"]


def schedules_of(scenario: Scenario) -> tuple[Exploration, list[tuple[Claim, Schedule]]]:
    (part,) = parts(scenario, BOUNDS.messages)
    exploration = Exploration(part, BOUNDS)
    exploration.explore()
    pairs = zip(exploration.trial.claims, exploration.found, strict=True)
    return exploration, [(claim, each) for claim, known in pairs for each in known.minimal]


def test_every_fault_of_a_schedule_strikes_once() -> None:
    exploration, found = schedules_of(SCENES["two consumers"])
    for _, schedule in found:
        records = replayed(exploration.trial, schedule).records
        struck = [each for each in records if isinstance(each, FaultStruck | NodePaused)]
        struck += [each for each in records if isinstance(each, NodeCrashed)]
        assert len(struck) == len(schedule)
        assert not [each for each in records if isinstance(each, CommandRejected)]


def test_a_run_that_is_watched_is_the_run_that_is_not() -> None:
    exploration, found = schedules_of(SCENES["claim first, awaited"])
    for _, schedule in found[:20]:
        watched = exploration.trial.run(schedule, finds_next=True)
        plain = exploration.trial.run(schedule, finds_next=False)
        assert watched._replace(children=()) == plain


def test_an_arrow_in_a_name_is_a_part_of_the_name() -> None:
    plain = chain(consumers=("a>b",))
    renamed = {"shop": "shop>1", "orders": "orders>"}
    scenario = Scenario(
        name="arrows",
        nodes={renamed.get(node, node): each for node, each in plain.nodes.items()},
        links=tuple(
            Link(
                source=renamed.get(each.source, each.source),
                target=renamed.get(each.target, each.target),
                parameters=each.parameters,
            )
            for each in plain.links
        ),
    )
    bounds = Bounds(messages=1, faults=1, catalogue=CATALOGUE)
    sets = [(claim, each) for claim, each in found(scenario, bounds)]
    assert ("drop ACK of shop>1#1 from a>b to orders>",) in [each.faults for _, each in sets]
    for claim, each in sets:
        assert breaks(load_text(each.scenario, runnable=True), claim)


def test_every_property_makes_a_scenario_that_loads() -> None:
    scenario = chain({"window": 4}, {"lease_us": None}, {"prefetch": 4})
    bounds = Bounds(messages=2, faults=1, properties=PROPERTIES, catalogue=CATALOGUE)
    sets = found(scenario, bounds)
    assert {claim.property for claim, _ in sets} == {"duplicate_effect", "stuck", "out_of_order"}
    for claim, each in sets:
        assert breaks(load_text(each.scenario, runnable=True), claim)


def test_a_diagram_shows_the_fault_and_the_break() -> None:
    words = "drop ACK of shop#1 from billing to orders"
    claim, each = next(pair for pair in found(SCENES["plain"]) if pair[1].faults == (words,))
    text = mermaid(load_text(each.scenario), claim)
    assert text.startswith("sequenceDiagram\n")
    assert "n2-xn1: ACK shop#35;1" in text
    assert text.rstrip().endswith("✗ shop#35;1 takes effect twice")


def test_a_name_cannot_break_out_of_its_diagram() -> None:
    assert escaped('x";\n->>y: #quot; %%') == "x#34;#59;#10;-#62;#62;y#58; #35;quot#59; #37;#37;"


def test_a_counterexample_keeps_the_parameters_that_matter() -> None:
    _, each = found(SCENES["two consumers"])[0]
    saved = load_text(each.scenario, runnable=True)
    anna = saved.nodes["anna"]
    assert isinstance(anna, ConsumerParameters)
    assert anna.idempotency == "effect-first"
