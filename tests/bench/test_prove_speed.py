"""How many fault schedules a second are run to their rest, and how soon is a promise broken?"""

import os
from time import perf_counter, process_time

import pytest

from playground.catalogue import presets
from playground.checker.bounds import Bounds
from playground.checker.explore import Progress
from playground.checker.prove import prove
from playground.scenario.load import load_file
from tests.bench.scenes import say
from tests.checker.scenes import exactly_once

LEAST_PER_S = 2_000
WORKERS = 2
SOONEST_S = 1.0

FOUR_KINDS = Bounds(
    messages=2,
    faults=3,
    catalogue=("drop", "late", "duplicate", "crash"),
    properties=("loss", "duplicate_effect", "stuck"),
)

pytestmark = pytest.mark.bench


def test_two_thousand_schedules_a_second_on_two_cores() -> None:
    load = os.getloadavg()[0]
    began_s = process_time()
    runs, _ = _timed(1)
    of_one_core = runs / (process_time() - began_s)
    say(f"one core: {of_one_core:,.0f} schedules a second of its own time")
    assert of_one_core >= LEAST_PER_S / WORKERS
    _, per_s = _timed(WORKERS)
    if load > 1.0:
        say(f"others are at work here (load {load:.1f}): the wall clock is told, not judged")
    else:
        assert per_s >= LEAST_PER_S


def _timed(workers: int) -> tuple[int, float]:
    """Runs, and runs a second of the clock on the wall."""
    proof = prove(exactly_once(), FOUR_KINDS, workers=workers)
    assert {verdict.word for verdict in proof.verdicts} == {"certified"}
    levels = proof.verdicts[0].levels
    runs = sum(level.schedules for level in levels)
    by_level = " / ".join(f"{level.schedules:,}" for level in levels)
    say(
        f"\n2 messages, at most 3 faults of 4 kinds: {runs:,} schedules ({by_level}) in "
        f"{proof.seconds:.2f} s with {workers} workers on {os.cpu_count()} cores: "
        f"{runs / proof.seconds:,.0f} a second"
    )
    return runs, runs / proof.seconds


def test_the_presets_are_broken_within_a_second() -> None:
    slowest = 0.0
    for preset in presets():
        for line, seconds in _first_found(preset.path):
            say(f"{preset.name}: {line} after {seconds:.2f} s")
            slowest = max(slowest, seconds)
    assert 0 < slowest <= SOONEST_S


def _first_found(path: object) -> list[tuple[str, float]]:
    """Each claim that breaks, with the time from the beginning of its part until it was known."""
    began_s, part = perf_counter(), 1
    known: set[str] = set()
    found: list[tuple[str, float]] = []

    def listen(progress: Progress) -> None:
        nonlocal began_s, part
        if progress.part != part:
            part, began_s = progress.part, perf_counter()
        for claim in progress.broken:
            if claim not in known:
                known.add(claim)
                found.append((claim, perf_counter() - began_s))

    prove(load_file(path), Bounds(every_set=False), on_progress=listen)  # type: ignore[arg-type]
    return found
