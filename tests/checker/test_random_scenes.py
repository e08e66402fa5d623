"""Does what is searched in any scene whatever hold together: sites, explorers, both methods?"""

import json
from dataclasses import replace

import pytest

from playground.checker import team
from playground.checker.any_timing import prove_any_timing
from playground.checker.bounds import Bounds, FaultKind
from playground.checker.certificate import as_json
from playground.checker.explore import Exploration, Job
from playground.checker.prove import prove
from playground.checker.scene import parts
from playground.checker.sites import Fault, Schedule
from playground.checker.trial import Outcome, Trial
from playground.checker.verdict import Proof
from playground.engine.laws import check
from playground.engine.records import NodeCrashed, NodePaused
from playground.scenario.model import Scenario

from .scenes import chain
from .test_two_explorers import by_fork, by_replay
from .wild_scenes import COMMITS, HOWS, wild_scene

EVERY_HOW = (*HOWS, *COMMITS)
FEW, MANY = range(24), range(24, 400)
PAIRS: tuple[tuple[FaultKind, ...], ...] = (
    ("crash", "pause"),
    ("drop", "late", "duplicate"),
    ("broker-crash", "late"),
    ("drop", "pause"),
)
"""Of these two strike in one run."""


def scene_of(number: int) -> tuple[Scenario, Bounds]:
    """Each way to acknowledge in its turn."""
    return wild_scene(number, EVERY_HOW[number % len(EVERY_HOW)])


# ---------------------------------------------------------------------- two explorers


def check_explorers(number: int) -> None:
    scenario, bounds = scene_of(number)
    assert by_fork(scenario, bounds) == by_replay(scenario, bounds)


@pytest.mark.parametrize("number", FEW)
def test_both_explorers_find_the_same_schedules(number: int) -> None:
    check_explorers(number)


@pytest.mark.long
@pytest.mark.parametrize("number", MANY)
def test_both_explorers_do_so_in_many_scenes(number: int) -> None:
    check_explorers(number)


# ---------------------------------------------------------------------- every run is what it says


def outcomes_of(trial_of: Exploration) -> list[tuple[Schedule, Outcome]]:
    """Every schedule that the search runs, with what it makes of it."""
    found: list[tuple[Schedule, Outcome]] = []
    evaluate = trial_of.evaluate

    def listen(jobs: list[Job]) -> list[Outcome]:
        outcomes = list(evaluate(jobs))
        found.extend((job[0], outcome) for job, outcome in zip(jobs, outcomes, strict=True))
        return outcomes

    trial_of.evaluate = listen  # type: ignore[assignment]
    trial_of.explore()
    return found


def check_runs(number: int) -> None:
    """Every fault strikes, the law holds after every run, and the run was judged rightly."""
    scenario, bounds = scene_of(number)
    pair = PAIRS[number // len(EVERY_HOW) % len(PAIRS)]
    bounds = replace(bounds, messages=1, faults=2, catalogue=pair, most_schedules=300)
    for part in parts(scenario, bounds.messages):
        exploration = Exploration(part, bounds)
        for schedule, outcome in outcomes_of(exploration):
            simulator = exploration.trial.start(schedule)
            simulator.play(bounds.most_events)
            world = simulator.world
            idle = [each.armed for each in (*world.nodes.values(), *world.links.values())]
            assert not any(idle), f"{[fault.words() for fault in schedule]} left {idle}"
            assert outcome.at_rest == (simulator.next_us() is None)
            check(world)


@pytest.mark.parametrize("number", FEW)
def test_every_fault_of_every_schedule_strikes(number: int) -> None:
    check_runs(number)


@pytest.mark.long
@pytest.mark.parametrize("number", MANY)
def test_every_fault_strikes_in_many_scenes(number: int) -> None:
    check_runs(number)


@pytest.mark.parametrize("point", ["received", "mid-effect", "after-effect"])
def test_a_crash_counts_for_the_pause_that_waits_for_the_next_passage(point: str) -> None:
    (part,) = parts(chain(), 1)
    trial = Trial(part, Bounds(messages=1, catalogue=("crash", "pause")))
    crash = Fault("crash", "billing", point, "shop#1", 1)
    pause = Fault("pause", "billing", point, "shop#1", 2, 0, 6_000_000)
    simulator = trial.start((crash, pause))
    records: list[object] = []
    simulator.world.trace.sinks.append(records.extend)
    simulator.play(5_000)
    records += simulator.world.trace.tail()
    assert [type(each) for each in records if isinstance(each, NodeCrashed | NodePaused)] == [
        NodeCrashed,
        NodePaused,
    ]


# ---------------------------------------------------------------------- both methods


def check_refinement(number: int, most_states: int) -> None:
    """What breaks with these timings breaks at any timing, with no more faults."""
    scenario, bounds = wild_scene(number, list(HOWS)[number % len(HOWS)])
    bounds = replace(bounds, every_set=False)
    timed = prove(scenario, bounds)
    untimed = prove_any_timing(scenario, bounds, most_states=most_states)
    for one, other in zip(timed.verdicts, untimed.verdicts, strict=True):
        assert one.claim == other.claim
        if one.word == "counterexample" and other.word != "inconclusive":
            assert other.word == "counterexample", f"{one.claim}: {one.minimal[0].faults}"
            assert other.faults <= one.faults


@pytest.mark.parametrize("number", range(20))
def test_what_is_certified_at_any_timing_is_not_broken_at_these(number: int) -> None:
    check_refinement(number, 1_500)


@pytest.mark.long
@pytest.mark.parametrize("number", range(300))
def test_nor_is_it_in_many_scenes(number: int) -> None:
    check_refinement(number, 20_000)


def test_the_scenes_break_and_keep_every_promise() -> None:
    # Where nothing ever breaks, or everything does, the comparison says nothing.
    words: dict[str, set[str]] = {}
    for number in range(20):
        scenario, bounds = wild_scene(number)
        for verdict in prove(scenario, replace(bounds, every_set=False)).verdicts:
            words.setdefault(verdict.claim.property, set()).add(verdict.word)
    assert set(words) == {"loss", "duplicate_effect", "stuck", "out_of_order"}
    assert all({"certified", "counterexample"} <= each for each in words.values()), words


# ---------------------------------------------------------------------- any number of workers


def text_of(proof: Proof) -> bytes:
    """The certificate, but for the seconds."""
    return json.dumps(as_json(replace(proof, seconds=0.0))).encode()


@pytest.mark.parametrize(
    ("scenario", "bounds"),
    [(chain(consumers=("anna", "bert")), Bounds(messages=1)), wild_scene(49)],
)
def test_two_workers_write_the_very_same_certificate(
    scenario: Scenario, bounds: Bounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(team, "WORTH_HELP", 1)
    alone, together = prove(scenario, bounds), prove(scenario, bounds, workers=2)
    assert text_of(alone) == text_of(together)
