"""Can what breaks at any timing be played: the same break, the same hash, no idle fault?"""

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from playground.catalogue import open_scenario
from playground.checker.any_timing import played, prove_any_timing
from playground.checker.any_timing.patience import Patience
from playground.checker.any_timing.played import fault_set_of
from playground.checker.any_timing.prove import asking
from playground.checker.any_timing.rules import rules_of
from playground.checker.any_timing.scene import untimed
from playground.checker.any_timing.search import search
from playground.checker.any_timing.space import Space
from playground.checker.bounds import CATALOGUE, Bounds, Claim
from playground.checker.breaking import breaking
from playground.checker.certificate import as_json
from playground.checker.certificate_text import certificate_text
from playground.checker.properties import violated
from playground.checker.scene import parts
from playground.checker.verdict import FaultSet
from playground.engine.commands import ArmPacketFault
from playground.scenario.build import simulate
from playground.scenario.load import load_text
from playground.scenario.model import Scenario
from tests.checker.scenes import chain

from .explored import FAULTS, oracle_scene
from .test_oracle_any_timing import CELLS, EVERY_DAY, TOO_LARGE
from .test_prove_any_timing import SCENES

Found = tuple[Claim, FaultSet]

ONE = Bounds(messages=1, faults=1, catalogue=CATALOGUE)
TWO = replace(ONE, messages=2, faults=2)
QUICK = ("commits first", "acks twice", "remembers", "forgets", "gives up", "stream")
HASHES = """
import sys
from playground.scenario.build import simulate
from playground.scenario.load import load_file
for path in sys.argv[1:]:
    scenario = load_file(path)
    simulator = simulate(scenario)
    simulator.run_until(scenario.run_for_us)
    print(simulator.world.trace.sha256())
"""


def counterexamples(scenario: Scenario, bounds: Bounds) -> list[Found]:
    proof = prove_any_timing(scenario, bounds, most_states=20_000)
    return [(verdict.claim, each) for verdict in proof.verdicts for each in verdict.minimal]


def breaks(scenario: Scenario, claim: Claim) -> bool:
    simulator = simulate(scenario)
    simulator.play(ONE.most_events)
    return bool(violated(simulator.world, claim, simulator.next_us() is None))


def check(found: Iterable[Found]) -> None:
    """Each of them plays as it was promised."""
    for claim, each in found:
        assert each.steps, "the search has told its steps"
        assert not each.unplayable, (claim, each)
        saved = load_text(each.scenario, runnable=True)
        moment = breaking(saved, claim)
        assert moment.trace_sha256 == each.trace_sha256
        assert set(moment.messages) <= set(each.messages)
        strikes = len(saved.script) - each.orders
        assert strikes >= len(each.faults)
        for index in range(strikes):
            fewer = saved.script[:index] + saved.script[index + 1 :]
            assert not breaks(replace(saved, script=fewer), claim), f"{saved.script[index]} is idle"


@pytest.mark.parametrize("name", QUICK)
def test_a_break_at_any_timing_can_be_played(name: str) -> None:
    found = counterexamples(SCENES[name], ONE)
    assert found
    check(found)


@pytest.mark.long
@pytest.mark.parametrize("name", SCENES)
def test_so_it_can_with_two_messages_and_two_faults(name: str) -> None:
    check(counterexamples(SCENES[name], ONE) + counterexamples(SCENES[name], TWO))


@pytest.mark.parametrize(
    "name", ["05-payment-charged-twice", "10-between-effect-and-mark", "12-the-slow-consumer"]
)
def test_a_break_of_a_preset_can_be_played(name: str) -> None:
    found = counterexamples(open_scenario(name), replace(ONE, catalogue=Bounds().catalogue))
    assert found
    check(found)


def test_a_fresh_process_plays_the_very_same_runs(tmp_path: Path) -> None:
    found = counterexamples(SCENES["gives up"], ONE)
    for number, (_, each) in enumerate(found):
        (tmp_path / f"{number}.yaml").write_text(each.scenario, encoding="utf-8")
    paths = [str(tmp_path / f"{number}.yaml") for number in range(len(found))]
    done = subprocess.run(
        [sys.executable, "-c", HASHES, *paths],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout.split() == [each.trace_sha256 for _, each in found]


def test_what_only_keeps_an_order_is_told_apart_from_the_faults() -> None:
    bounds = replace(ONE, properties=("loss",))
    ((_, each),) = counterexamples(SCENES["gives up"], bounds)
    saved = load_text(each.scenario)
    assert (len(each.faults), each.orders, len(saved.script)) == (1, 1, 2)
    command = saved.script[-1].command
    assert isinstance(command, ArmPacketFault)
    assert command.fault == "delay"
    assert "For the order of things, which is no fault, packets take longer:" in saved.story


def test_without_a_clock_a_timer_that_fires_early_becomes_a_late_packet() -> None:
    bounds = replace(ONE, catalogue=("late",), properties=("duplicate_effect",))
    ((_, each),) = counterexamples(chain(), bounds)
    assert each.faults[0].endswith("although the answer can still come")
    (entry,) = load_text(each.scenario).script
    assert isinstance(entry.command, ArmPacketFault)
    assert entry.command.fault == "delay"


def test_where_timers_may_fire_at_any_moment_delays_alone_show_it() -> None:
    bounds = replace(ONE, faults=0, properties=("duplicate_effect",), asynchronous=True)
    ((claim, each),) = counterexamples(chain(), bounds)
    saved = load_text(each.scenario)
    assert (each.faults, each.orders) == ((), len(saved.script))
    check([(claim, each)])


def test_what_goes_round_for_ever_is_played_to_its_limit_of_events() -> None:
    bounds = replace(ONE, faults=0, properties=("stuck",))
    ((claim, each),) = counterexamples(chain(consumer={"poison": (1,)}), bounds)
    moment = breaking(load_text(each.scenario, runnable=True), claim)
    assert (moment.trace_sha256, moment.messages) == (each.trace_sha256, ("shop#1",))


def test_where_there_is_no_run_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(played, "timed", lambda *_: "its clocks do not allow it")
    monkeypatch.setattr(played, "MOST_RUNS", 0)
    bounds = replace(ONE, properties=("duplicate_effect",))
    proof = prove_any_timing(chain(), bounds)
    ((each,),) = [verdict.minimal for verdict in proof.verdicts]
    sentence = "There is no run of it on the canvas: its clocks do not allow it"
    assert (each.unplayable, each.scenario, each.trace_sha256) == (sentence, "", "")
    assert f"{sentence}." in certificate_text(proof)
    (shown,) = as_json(proof)["groups"]["billing"]["duplicate_effect"]["minimal"]
    assert shown["unplayable"] == sentence


def test_where_the_clocks_do_not_allow_the_steps_another_run_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(played, "timed", lambda *_: "its clocks do not allow it")
    ((claim, each),) = counterexamples(chain(), replace(ONE, properties=("duplicate_effect",)))
    assert each.steps[-1] == played.ANOTHER
    check([(claim, each)])


# ---------------------------------------------------------------------- the oracle's table


def of_cell(broker: str, mode: str, fault: str) -> list[Found]:
    """What one fault of this kind breaks in this cell."""
    catalogue, admits = FAULTS[fault]
    scenario = oracle_scene(broker, mode, fault)
    bounds = Bounds(messages=1, faults=1, catalogue=catalogue)
    world, rules = untimed(scenario, bounds), rules_of(scenario, bounds)
    space = Space(world, rules, frozenset(catalogue), Patience(), False, admits)
    claims = [Claim("g", each) for each in bounds.properties]
    asked = {claim.property: asking(claim) for claim in claims}
    result = search(space, 1, asked, 100_000)
    (part,) = parts(scenario, 1)
    return [
        (claim, fault_set_of(part, bounds, claim, space, result.found[claim.property]))
        for claim in claims
        if claim.property in result.found
    ]


def test_a_break_of_the_table_can_be_played() -> None:
    for fault in ("drop ACK", "ccrash", "bcrash"):
        check(of_cell("2c sync", EVERY_DAY[1], fault))


@pytest.mark.long
def test_of_the_breaks_of_the_table_nine_in_ten_can_be_played() -> None:
    found = [
        each
        for broker, mode, fault in CELLS
        if (broker, mode) not in TOO_LARGE
        for each in of_cell(broker, mode, fault)
    ]
    playable = [(claim, each) for claim, each in found if not each.unplayable]
    check(playable)
    assert len(playable) >= 0.9 * len(found), f"{len(playable)} of {len(found)}"
