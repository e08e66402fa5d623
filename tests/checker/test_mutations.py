"""Would the proof notice if the machinery were broken? Every mistake is put in and caught.

``pytest -s tests/checker/test_mutations.py`` prints what was caught by what, and how.
"""

from collections.abc import Sequence
from time import perf_counter

import pytest

from playground.checker.any_timing import prove_any_timing
from playground.checker.explore import Exploration, Job
from playground.checker.prove import prove
from playground.checker.scene import parts
from playground.checker.trial import Outcome, Trial
from playground.checker.verdict import Verdict
from playground.engine import simulator
from playground.engine.express.plain import take_long_way
from playground.engine.laws import check
from tests.bench.scenes import say

from .mutants import LAW, MUTANTS, Mutant

BREAKERS = [name for name, mutant in MUTANTS.items() if mutant.breaks != LAW]
LAW_BREAKERS = [name for name, mutant in MUTANTS.items() if mutant.breaks == LAW]

AT_ANY_TIMING = (
    "the ack leaves before the effect",
    "the inbox is written outside the transaction",
    "a producer's restart keeps its session",
    "a queue confirms before it is durable",
    "a synced disk forgets in a crash",
    "a lease ends for nobody",
    "an accepted stale ack keeps the credit",
    "the second of a key goes out early",
)
"""Those that the search without a clock can see: it knows no coordinator and counts no tries."""


@pytest.fixture(autouse=True)
def no_short_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake is put into the handlers: no message may pass beside them."""
    monkeypatch.setattr(simulator, "open_way", lambda world, key: take_long_way)


def verdict(mutant: Mutant) -> Verdict:
    """What the search says of the promise that this mistake breaks."""
    proof = prove(mutant.scene, mutant.bounds)
    (found,) = [each for each in proof.verdicts if each.claim.property == mutant.breaks]
    return found


def broken_law(mutant: Mutant) -> tuple[str, str]:
    """The first law that any schedule breaks, and that schedule; empty where all hold."""
    (part,) = parts(mutant.scene, mutant.messages)
    exploration = Exploration(part, mutant.bounds)
    try:
        exploration.evaluate = lambda jobs: _checked(exploration.trial, jobs)
        exploration.explore()
    except _LawError as broken:
        law, schedule = broken.args
        return law, schedule
    return "", ""


class _LawError(Exception):
    """What the law says, and the schedule."""


def _checked(trial: Trial, jobs: Sequence[Job]) -> list[Outcome]:
    outcomes = []
    for schedule, finds_next in jobs:
        outcomes.append(trial.run(schedule, finds_next=finds_next))
        simulator = trial.start(schedule)
        while simulator.next_us() is not None:
            simulator.play(1)
            try:
                check(simulator.world)
            except AssertionError as law:
                words = ", ".join(fault.words() for fault in schedule)
                raise _LawError(str(law), words) from None
    return outcomes


def report(name: str, caught_by: str, schedule: str, seconds: float) -> None:
    """One row of the table."""
    say(f"{name:45} | {caught_by:34} | {schedule} | {seconds:.1f} s")


@pytest.mark.parametrize("name", MUTANTS)
def test_the_sound_engine_keeps_the_promise(name: str) -> None:
    mutant = MUTANTS[name]
    if mutant.breaks == LAW:
        assert broken_law(mutant) == ("", "")
        return
    found = verdict(mutant)
    assert (found.word, found.reason) == ("certified", "")


@pytest.mark.parametrize("name", BREAKERS)
def test_a_mistake_breaks_a_promise(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant = MUTANTS[name]
    mutant.put_in(monkeypatch)
    began_s = perf_counter()
    found = verdict(mutant)
    assert (found.word, found.faults) == ("counterexample", mutant.faults)
    caught_by = f"{mutant.breaks}, {found.schedules} schedules"
    report(name, caught_by, " + ".join(found.minimal[0].faults), perf_counter() - began_s)


@pytest.mark.parametrize("name", LAW_BREAKERS)
def test_a_mistake_breaks_a_law(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant = MUTANTS[name]
    mutant.put_in(monkeypatch)
    began_s = perf_counter()
    law, schedule = broken_law(mutant)
    assert law
    report(name, f"law: {law}", schedule, perf_counter() - began_s)


def test_a_confirm_timer_that_is_set_once_is_noticed_by_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mutant = MUTANTS["the confirm timer is not set again"]
    mutant.put_in(monkeypatch)
    proof = prove(mutant.scene, mutant.bounds)
    words = {verdict.claim.property: verdict.word for verdict in proof.verdicts}
    assert words == {
        "loss": "certified",
        "duplicate_effect": "certified",
        "stuck": "counterexample",
    }


@pytest.mark.parametrize("name", AT_ANY_TIMING)
def test_it_is_noticed_without_a_clock_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant = MUTANTS[name]
    words = []
    for _ in range(2):
        proof = prove_any_timing(mutant.scene, mutant.bounds)
        words += [each.word for each in proof.verdicts if each.claim.property == mutant.breaks]
        mutant.put_in(monkeypatch)
    assert words == ["certified", "counterexample"]


def test_there_are_mistakes_for_every_promise() -> None:
    broken = {mutant.breaks for mutant in MUTANTS.values()}
    assert broken == {"loss", "duplicate_effect", "stuck", "out_of_order", LAW}
