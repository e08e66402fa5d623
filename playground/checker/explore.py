"""Is there a schedule of at most k faults that breaks a promise? All of them are run, fewest first.

Level f holds every schedule of exactly f faults. A schedule grows only by faults that strike after
its last one, at sites that its own run has passed, so every set of faults is met exactly once, and
faults at sites that only other faults create (a retry, a restart) are met too. The first level that
breaks a promise is therefore the smallest. What contains a set that already breaks it is left out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic

from playground.checker.bounds import Bounds
from playground.checker.scene import Part
from playground.checker.sites import Key, Schedule, keys_of
from playground.checker.trial import BITS, Outcome, Trial
from playground.checker.verdict import Level

Job = tuple[Schedule, bool]
"""A schedule to run, and whether what could strike next is wanted."""

Evaluate = Callable[[Sequence[Job]], Iterable[Outcome]]
"""Runs jobs and gives their outcomes in the same order, one by one; it may stop early."""

MOST_KEPT = 2
"""So many times the allowed schedules are kept for the next level, to choose from."""

CANCELLED = "It was cancelled"
TOO_MANY = "There are more than {} schedules, the most allowed"
TOO_LONG = "The time allowed is over"
STOPPED = "Stopped before it was done"
"""By somebody or by the clock, where the search does not tell them apart."""


@dataclass(slots=True)
class Found:
    """What is known of one claim while the search goes on, and at its end."""

    schedules: int = 0
    unsettled: int = 0  # runs that did not come to rest without breaking it
    minimal: list[Schedule] = field(default_factory=list)
    tally: Counter[int] = field(default_factory=Counter)  # runs by the bits seen in them


@dataclass(slots=True)
class Progress:
    """Where a search stands. The denominator of a level is exact."""

    part: int = 1
    parts: int = 1
    faults: int = 0  # the level at hand
    done: int = 0  # schedules of this level
    of: int = 0
    total: int = 0  # schedules of all levels so far
    broken: tuple[str, ...] = ()  # claims with a counterexample, as "group property"


OnProgress = Callable[[Progress], None]


def evaluate(trial: Trial, jobs: Iterable[Job]) -> Iterator[Outcome]:
    """Run jobs one after the other."""
    for schedule, finds_next in jobs:
        yield trial.run(schedule, finds_next=finds_next)


class Exploration:
    """One part's search, level by level. Its result depends on nothing but part and bounds."""

    def __init__(self, part: Part, bounds: Bounds) -> None:
        self.trial = Trial(part, bounds)
        self.bounds = bounds
        self.found = tuple(Found() for _ in self.trial.claims)
        self.levels: list[Level] = []
        self.stopped = ""  # why it ended early
        self.unrested = 0
        self.evaluate: Evaluate = lambda jobs: evaluate(self.trial, jobs)
        self._all_claims = (1 << len(self.trial.claims)) - 1
        self._keys: list[list[frozenset[Key]]] = [[] for _ in self.trial.claims]

    def explore(
        self,
        on_progress: OnProgress | None = None,
        is_cancelled: Callable[[], bool] = lambda: False,
        until_s: float | None = None,
    ) -> None:
        """Search all levels, or until somebody stops it."""
        level: list[tuple[Schedule, int]] = [((), self._all_claims)]
        progress, unkept = Progress(), 0
        for faults in range(self.bounds.faults + 1):
            jobs = self._open_jobs(level)
            room = self.bounds.most_schedules - progress.total
            progress.faults, progress.done, progress.of = faults, 0, len(jobs) + unkept
            if unkept or progress.of > room:
                self.stopped = TOO_MANY.format(self.bounds.most_schedules)
            level, unkept = [], 0
            for job, outcome in self._outcomes(jobs[:room], faults):
                progress.done += 1
                progress.total += 1
                children = self._note(job, outcome)
                if len(level) < MOST_KEPT * self.bounds.most_schedules:
                    level += children
                else:
                    # They will never be run: that there are more is enough.
                    unkept += len(children)
                if on_progress is not None:
                    progress.broken = self._broken()
                    on_progress(progress)
                if is_cancelled():
                    self.stopped = CANCELLED
                elif until_s is not None and monotonic() > until_s:
                    self.stopped = TOO_LONG
                else:
                    continue
                break
            if progress.done < min(room, len(jobs)) and not self.stopped:
                self.stopped = CANCELLED
            self.levels.append(Level(faults, progress.done, progress.of))
            if self.stopped or not level:
                return

    def _open_jobs(self, level: list[tuple[Schedule, int]]) -> list[tuple[Schedule, int]]:
        """What of a level still has a question to answer, and which."""
        if not self.bounds.every_set:
            settled = sum(1 << i for i, found in enumerate(self.found) if found.minimal)
            level = [(schedule, wanted & ~settled) for schedule, wanted in level]
        if not any(self._keys):
            return [job for job in level if job[1]]
        jobs = []
        for schedule, wanted in level:
            keys = keys_of(schedule)
            for index, known in enumerate(self._keys):
                if wanted >> index & 1 and any(each <= keys for each in known):
                    wanted &= ~(1 << index)
            if wanted:
                jobs.append((schedule, wanted))
        return jobs

    def _outcomes(
        self, jobs: list[tuple[Schedule, int]], faults: int
    ) -> Iterator[tuple[tuple[Schedule, int], Outcome]]:
        finds_next = faults < self.bounds.faults
        runs: Sequence[Job] = [(schedule, finds_next) for schedule, _ in jobs]
        # The outcomes may end before the jobs: then it was cancelled.
        return zip(jobs, self.evaluate(runs), strict=False)

    def _note(self, job: tuple[Schedule, int], outcome: Outcome) -> list[tuple[Schedule, int]]:
        """Count the run for every claim that it was for; its children go on with what is left."""
        schedule, wanted = job
        self.unrested += not outcome.at_rest
        groups = len(self.trial.part.groups)
        seen = [outcome.seen >> (BITS * each) & ((1 << BITS) - 1) for each in range(groups)]
        for index, found in enumerate(self.found):
            if not wanted >> index & 1:
                continue
            found.schedules += 1
            found.tally[seen[index // len(self.bounds.properties)]] += 1
            if outcome.broken >> index & 1:
                found.minimal.append(schedule)
                self._keys[index].append(keys_of(schedule))
            elif not outcome.at_rest:
                found.unsettled += 1
        left = wanted & ~outcome.broken
        return [((*schedule, child), left) for child in outcome.children] if left else []

    def _broken(self) -> tuple[str, ...]:
        return tuple(
            f"{claim.group} {claim.property}"
            for claim, found in zip(self.trial.claims, self.found, strict=True)
            if found.minimal
        )
