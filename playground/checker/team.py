"""How do several processes share a level? Chunks go out, outcomes come back in the old order.

Whoever finishes first changes nothing: outcomes are handed on in the order of the jobs, so a
verdict is the same with any number of workers. Helpers are started only for a level that is worth
their start; they end with their pipe.
"""

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import perf_counter
from typing import Any

from playground.checker.bounds import Bounds
from playground.checker.explore import Job, evaluate
from playground.checker.scene import Part
from playground.checker.trial import Outcome, Trial

WORTH_HELP = 1_500
"""A level of fewer jobs is done before a helper has started."""

LARGEST_CHUNK = 256
CHUNK_S = 0.05
"""A chunk lasts about so long: nobody waits longer for progress or for a cancel."""


def _help(pipe: Connection, part: Part, bounds: Bounds) -> None:
    """A helper's life: jobs in, outcomes out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    trial = Trial(part, bounds)
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(list(evaluate(trial, pipe.recv())))


class Team:
    """Evaluates levels of one part, alone or with helpers. A context manager."""

    def __init__(
        self, trial: Trial, bounds: Bounds, workers: int, is_cancelled: Callable[[], bool]
    ) -> None:
        self._trial = trial
        self._bounds = bounds
        self._workers = workers
        self._is_cancelled = is_cancelled
        self._helpers: list[tuple[BaseProcess, Connection]] = []
        self._started = 0  # one who has died is not replaced
        self._job_s = 0.001  # how long one job lasts, smoothed

    def __enter__(self) -> "Team":
        return self

    def __exit__(self, *_: object) -> None:
        for process, pipe in self._helpers:
            pipe.close()
            process.terminate()
        for process, _pipe in self._helpers:
            process.join()
            process.close()
        self._helpers = []

    def evaluate(self, jobs: Sequence[Job]) -> Iterator[Outcome]:
        """The outcomes in the order of the jobs; fewer of them where it was cancelled."""
        if self._workers == 1 or len(jobs) < WORTH_HELP:
            return self._alone(jobs)
        return self._together(jobs)

    def _alone(self, jobs: Sequence[Job]) -> Iterator[Outcome]:
        for schedule, finds_next in jobs:
            if self._is_cancelled():
                return
            yield self._trial.run(schedule, finds_next=finds_next)

    def _together(self, jobs: Sequence[Job]) -> Iterator[Outcome]:
        self._start_helpers()
        done: dict[int, list[Outcome]] = {}  # by the index of the chunk's first job
        busy: dict[Connection, tuple[int, Sequence[Job]]] = {}
        start, handed_on = 0, 0
        while handed_on < len(jobs):
            for _, pipe in self._helpers:
                if pipe not in busy and start < len(jobs):
                    chunk = jobs[start : start + self._chunk_size()]
                    # One who has died is found out when it is asked for its outcomes.
                    with contextlib.suppress(OSError):
                        pipe.send(chunk)
                    busy[pipe] = start, chunk
                    start += len(chunk)
            if start < len(jobs):
                chunk = jobs[start : start + self._chunk_size()]
                outcomes = self._timed(chunk)
                if len(outcomes) < len(chunk):
                    return
                done[start] = outcomes
                start += len(chunk)
            elif self._is_cancelled():
                return
            idle_s = 0.0 if start < len(jobs) else CHUNK_S
            ready: list[Any] = wait(list(busy), idle_s)
            for pipe in ready:
                first, chunk = busy.pop(pipe)
                done[first] = self._answer_of(pipe, chunk)
                if len(done[first]) < len(chunk):
                    return
            while handed_on in done:
                outcomes = done.pop(handed_on)
                yield from outcomes
                handed_on += len(outcomes)

    def _timed(self, chunk: Sequence[Job]) -> list[Outcome]:
        """Done here; how long it takes tells how large the next chunks should be."""
        began_s = perf_counter()
        outcomes = list(self._alone(chunk))
        self._job_s += ((perf_counter() - began_s) / len(chunk) - self._job_s) / 4
        return outcomes

    def _answer_of(self, pipe: Connection, chunk: Sequence[Job]) -> list[Outcome]:
        """What a helper has found; what one who died should have found is done here."""
        try:
            found: list[Outcome] = pipe.recv()
            return found
        except (EOFError, OSError):
            gone = [process for process, theirs in self._helpers if theirs is pipe]
            self._helpers = [each for each in self._helpers if each[1] is not pipe]
            pipe.close()
            for process in gone:
                process.join()
                process.close()
            return list(self._alone(chunk))

    def _chunk_size(self) -> int:
        return max(1, min(LARGEST_CHUNK, round(CHUNK_S / self._job_s)))

    def _start_helpers(self) -> None:
        context = multiprocessing.get_context("spawn")
        while self._started < self._workers - 1:
            self._started += 1
            ours, theirs = context.Pipe()
            process = context.Process(
                target=_help, args=(theirs, self._trial.part, self._bounds), daemon=True
            )
            process.start()
            theirs.close()
            self._helpers.append((process, ours))
