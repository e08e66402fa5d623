"""Do two ways to search, which share only the engine, find the very same schedules?"""

import pytest

from playground.checker.bounds import CATALOGUE, Bounds
from playground.checker.explore import Exploration, Job
from playground.checker.explore_by_fork import explore_by_fork
from playground.checker.scene import parts
from playground.checker.sites import Key, keys_of
from playground.checker.trial import Outcome
from playground.scenario.model import Scenario

from .scenes import chain, exactly_once, random_scene

Found = dict[tuple[Key, ...], int]


def by_replay(scenario: Scenario, bounds: Bounds) -> Found:
    """Every schedule that was run, by its faults, with what it breaks."""
    (part,) = parts(scenario, bounds.messages)
    exploration = Exploration(part, bounds)
    found: Found = {}
    evaluate = exploration.evaluate

    def listen(jobs: list[Job]) -> list[Outcome]:
        outcomes = list(evaluate(jobs))
        for (schedule, _), outcome in zip(jobs, outcomes, strict=True):
            found[tuple(fault.key for fault in schedule)] = outcome.broken
        return outcomes

    exploration.evaluate = listen  # type: ignore[assignment]
    exploration.explore()
    assert not exploration.stopped
    return found


def by_fork(scenario: Scenario, bounds: Bounds) -> Found:
    """The same from the other explorer, without what contains a minimal set of every claim."""
    (part,) = parts(scenario, bounds.messages)
    runs = explore_by_fork(part, bounds)
    found: Found = {}
    minimal: dict[int, list[frozenset[Key]]] = {}
    claims = len(part.groups) * len(bounds.properties)
    for schedule, outcome in sorted(runs, key=lambda run: len(run[0])):
        keys = keys_of(schedule)
        open_claims = [
            claim for claim in range(claims)
            if not any(known <= keys for known in minimal.get(claim, ()))
        ]  # fmt: skip
        if not open_claims:
            continue
        found[tuple(fault.key for fault in schedule)] = outcome.broken
        for claim in open_claims:
            if outcome.broken >> claim & 1:
                minimal.setdefault(claim, []).append(keys)
    return found


@pytest.mark.parametrize("number", range(24))
def test_both_find_the_same_schedules_in_any_scene(number: int) -> None:
    scenario, bounds = random_scene(number)
    replayed = by_replay(scenario, bounds)
    assert by_fork(scenario, bounds) == replayed
    assert len(replayed) > 1


@pytest.mark.parametrize("number", range(24))
def test_the_scenes_differ_and_none_is_too_small(number: int) -> None:
    assert random_scene(number) != random_scene(number + 1)


@pytest.mark.long
@pytest.mark.parametrize("number", range(24, 150))
def test_both_find_the_same_schedules_in_many_scenes(number: int) -> None:
    scenario, bounds = random_scene(number)
    assert by_fork(scenario, bounds) == by_replay(scenario, bounds)


def test_several_sites_in_one_event_are_combined_too() -> None:
    # The append of a message sends its CONFIRM and its DELIVER: both can be lost in one run.
    bounds = Bounds(messages=1, faults=2, catalogue=("drop",))
    for found in (by_replay(exactly_once(), bounds), by_fork(exactly_once(), bounds)):
        pairs = [{key[2] for key in keys} for keys in found if len(keys) == 2]
        assert {"CONFIRM", "DELIVER"} in pairs


def test_every_set_of_faults_is_met_once() -> None:
    found = by_replay(exactly_once(), Bounds(messages=1, faults=2, catalogue=CATALOGUE))
    assert len({frozenset(keys) for keys in found}) == len(found)


def test_a_retry_is_a_site_of_its_own() -> None:
    bounds = Bounds(messages=1, faults=2, catalogue=("drop",))
    found = by_replay(chain(), bounds)
    sends = [[key[4] for key in keys if key[2] == "SEND"] for keys in found]
    assert [1, 2] in sends  # the first SEND is lost, and then the second one too
