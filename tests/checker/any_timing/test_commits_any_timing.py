"""Does a commit that several take part in hold at any timing, and where does it not?"""

import pytest

from playground.checker.any_timing import prove_any_timing
from playground.checker.bounds import Bounds, FaultKind, Property
from playground.checker.verdict import Verdict
from playground.scenario.model import Scenario
from tests.checker.scenes import S, committed

WITHOUT_CRASHES_OF_THEIRS: tuple[FaultKind, ...] = ("drop", "crash", "pause")
EVERYTHING: tuple[FaultKind, ...] = ("drop", "late", "duplicate", "crash", "pause", "broker-crash")
EITHER: tuple[Property, ...] = ("loss", "duplicate_effect")


def verdicts(
    scenario: Scenario,
    catalogue: tuple[FaultKind, ...],
    faults: int = 1,
    properties: tuple[Property, ...] = EITHER,
) -> tuple[Verdict, ...]:
    bounds = Bounds(messages=1, faults=faults, catalogue=catalogue, properties=properties)
    return prove_any_timing(scenario, bounds, most_states=200_000).verdicts


@pytest.mark.parametrize("how", ["transaction", "two-phase"])
def test_without_a_fault_everything_ends_exactly_once(how: str) -> None:
    properties: tuple[Property, ...] = (*EITHER, "stuck")
    for verdict in verdicts(committed(how), (), 0, properties):
        assert (verdict.word, verdict.reason) == ("certified", "")


def test_two_phase_commit_survives_a_lost_packet_and_whatever_happens_to_its_client() -> None:
    found = verdicts(committed("two-phase"), WITHOUT_CRASHES_OF_THEIRS)
    assert {verdict.word for verdict in found} == {"certified"}


@pytest.mark.parametrize("how", ["transaction", "two-phase"])
def test_a_commit_survives_two_lost_packets(how: str) -> None:
    found = verdicts(committed(how), ("drop",), 2)
    assert {verdict.word for verdict in found} == {"certified"}


def test_two_phase_commit_survives_the_crash_of_whoever_has_its_log_on_the_disk() -> None:
    # What was presumed to be aborted stays aborted, however late its DECIDE and its REQ are.
    found = verdicts(committed("two-phase"), ("broker-crash",))
    assert {verdict.word for verdict in found} == {"certified"}


@pytest.mark.long
@pytest.mark.parametrize("consumers", [("billing",), ("anna", "bert")])
@pytest.mark.parametrize(("how", "fencing"), [("two-phase", False), ("transaction", True)])
def test_whatever_fails_once_a_commit_is_exactly_once(
    how: str, fencing: bool, consumers: tuple[str, ...]
) -> None:
    scenario = committed(how, consumer={"fencing": fencing}, consumers=consumers)
    assert {verdict.word for verdict in verdicts(scenario, EVERYTHING)} == {"certified"}


@pytest.mark.parametrize("consumers", [("billing",), ("anna", "bert")])
def test_a_copy_of_any_packet_does_no_harm_to_an_unfenced_transaction(
    consumers: tuple[str, ...],
) -> None:
    # Of a DELIVER the second copy gives up, of an ADD_PARTITIONS nobody takes the answer.
    found = verdicts(committed("transaction", consumers=consumers), ("drop", "duplicate"))
    assert {verdict.word for verdict in found} == {"certified"}


def test_a_coordinator_that_forgets_loses_or_doubles() -> None:
    scenario = committed("two-phase", coordinator={"log": "memory"})
    found = verdicts(scenario, ("broker-crash",))
    assert "counterexample" in {verdict.word for verdict in found}


def test_who_releases_what_is_prepared_may_do_it_twice() -> None:
    scenario = committed("two-phase", {"heuristic_us": 2 * S})
    (found,) = verdicts(scenario, ("late",), 1, ("duplicate_effect",))
    assert (found.word, found.faults) == ("counterexample", 1)
    assert "releases" in found.minimal[0].faults[0]


def test_a_fenced_transaction_survives_the_crash_and_the_pause_of_its_client() -> None:
    scenario = committed("transaction", consumer={"fencing": True}, consumers=("anna", "bert"))
    found = verdicts(scenario, ("crash", "pause"))
    assert {verdict.word for verdict in found} <= {"certified", "vacuous"}


def test_an_unfenced_zombie_commits_a_second_time() -> None:
    scenario = committed("transaction", consumers=("anna", "bert"))
    (found,) = verdicts(scenario, ("pause",), 1, ("duplicate_effect",))
    assert (found.word, found.faults) == ("counterexample", 1)
