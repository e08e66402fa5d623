"""Is a proof the same with any number of processes, and does it stop when it is told to?"""

import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from time import monotonic, sleep

import pytest

from playground.checker import team
from playground.checker.bounds import Bounds
from playground.checker.explore import Exploration, Progress
from playground.checker.job import PATIENCE_S, Failure, Message, ProofJob
from playground.checker.prove import prove
from playground.checker.scene import parts
from playground.checker.team import Team
from playground.checker.verdict import Proof
from playground.scenario.model import Scenario

from .scenes import chain, exactly_once

LONGEST_WAIT_S = 60.0


def same(proof: Proof) -> Proof:
    """Without the one thing that depends on the machine."""
    return replace(proof, seconds=0.0)


@pytest.fixture
def helpers_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a small level is worth help here."""
    monkeypatch.setattr(team, "WORTH_HELP", 1)


@pytest.mark.usefixtures("helpers_from_the_start")
@pytest.mark.parametrize("scenario", [exactly_once(), chain(consumers=("anna", "bert"))])
def test_the_number_of_workers_changes_nothing(scenario: Scenario) -> None:
    bounds = Bounds(messages=1)
    alone = prove(scenario, bounds)
    assert [same(prove(scenario, bounds, workers=count)) for count in (2, 3)] == [same(alone)] * 2


@pytest.mark.usefixtures("helpers_from_the_start")
def test_no_helper_outlives_its_team() -> None:
    prove(exactly_once(), Bounds(messages=1, faults=1), workers=3)
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("helpers_from_the_start")
def test_a_cancelled_team_leaves_nobody_behind() -> None:
    calls = iter(range(10**9))
    found = prove(exactly_once(), Bounds(), workers=2, is_cancelled=lambda: next(calls) > 60)
    assert {verdict.word for verdict in found.verdicts} == {"inconclusive"}
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("helpers_from_the_start")
def test_outcomes_come_in_the_order_of_the_jobs() -> None:
    bounds = Bounds(messages=1, faults=2)
    (part,) = parts(exactly_once(), bounds.messages)
    trial = Exploration(part, bounds).trial
    jobs = [((fault,), True) for fault in trial.run((), finds_next=True).children]
    with Team(trial, bounds, 2, lambda: False) as workers:
        together = list(workers.evaluate(jobs))
    assert together == [trial.run(schedule, finds_next=True) for schedule, _ in jobs]


@pytest.mark.usefixtures("helpers_from_the_start")
def test_what_a_dead_helper_owes_is_done_by_others() -> None:
    bounds = Bounds(messages=1)
    (part,) = parts(exactly_once(), bounds.messages)
    exploration = Exploration(part, bounds)
    with Team(exploration.trial, bounds, 3, lambda: False) as workers:
        exploration.evaluate = workers.evaluate
        seen: list[int] = []

        def kill_one(progress: Progress) -> None:
            if progress.total == 60:
                seen.append(len(workers._helpers))
                workers._helpers[0][0].kill()

        exploration.explore(kill_one)
    alone = Exploration(part, bounds)
    alone.explore()
    assert (seen, exploration.found) == ([2], alone.found)


# ---------------------------------------------------------------------- in the background


@pytest.fixture
def job_of() -> Iterator[object]:
    """Starts jobs, and ends them whatever happens."""
    jobs: list[ProofJob] = []

    def start(bounds: Bounds) -> ProofJob:
        job = ProofJob(exactly_once(), bounds, workers=1)
        jobs.append(job)
        job.start()
        return job

    yield start
    for job in jobs:
        job.close()


def messages_until(job: ProofJob, kinds: type | tuple[type, ...]) -> list[Message]:
    """What comes up to the first message of these kinds."""
    messages: list[Message] = []
    until_s = monotonic() + LONGEST_WAIT_S
    while monotonic() < until_s:
        messages += job.poll()
        if any(isinstance(message, kinds) for message in messages):
            return messages
        sleep(0.005)
    raise AssertionError(f"nothing has come within {LONGEST_WAIT_S} s")


def test_a_job_hands_out_progress_and_then_the_proof(job_of) -> None:  # type: ignore[no-untyped-def]
    bounds = Bounds(messages=1)
    *progress, proof = messages_until(job_of(bounds), (Proof, Failure))
    assert isinstance(proof, Proof)
    assert same(proof) == same(prove(exactly_once(), bounds))
    assert progress
    assert all(isinstance(each, Progress) for each in progress)
    assert all(each.done <= each.of for each in progress if isinstance(each, Progress))


def test_a_cancelled_job_answers_within_half_a_second(job_of) -> None:  # type: ignore[no-untyped-def]
    job = job_of(Bounds(messages=5, faults=4))
    messages_until(job, Progress)
    began_s = monotonic()
    job.cancel()
    last = messages_until(job, (Proof, Failure))[-1]
    assert monotonic() - began_s < PATIENCE_S + 0.2
    assert not job.is_running
    if isinstance(last, Proof):
        assert {verdict.word for verdict in last.verdicts} == {"inconclusive"}


def test_a_job_that_is_killed_says_so(job_of) -> None:  # type: ignore[no-untyped-def]
    job = job_of(Bounds(messages=5, faults=4))
    messages_until(job, Progress)
    job._process.kill()
    last = messages_until(job, Failure)[-1]
    assert isinstance(last, Failure)
    assert last.sentence == "The proof ended before it had a result."


def test_a_closed_job_leaves_nothing_behind(job_of) -> None:  # type: ignore[no-untyped-def]
    job = job_of(Bounds(messages=5, faults=4))
    job.close()
    assert multiprocessing.active_children() == []
    assert job.poll() == []
