"""How does a window prove something without a stutter? In a process of its own.

``ProofJob`` never blocks: ``start``, then ``poll`` from a timer, ``cancel`` when somebody has seen
enough. After a cancel the verdicts so far still come, as inconclusive; a process that does not
answer within half a second is killed.
"""

import contextlib
import multiprocessing
import signal
import traceback
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import NamedTuple

from playground.checker.bounds import Bounds
from playground.checker.explore import Progress
from playground.checker.methods import search_of
from playground.checker.verdict import Method, Proof
from playground.scenario.model import Scenario

PROGRESS_S = 0.1
PATIENCE_S = 0.5
"""How long a cancelled process may take to say what it has; then it is killed."""


class Failure(NamedTuple):
    """The proof itself went wrong, or its process was killed; ``details`` is for the log."""

    sentence: str
    details: str = ""


Message = Progress | Proof | Failure


def _prove(
    pipe: Connection, scenario: Scenario, bounds: Bounds, workers: int, method: Method
) -> None:
    """The life of the process: progress every 100 ms, then the proof."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    told_s = 0.0

    def tell(progress: Progress) -> None:
        nonlocal told_s
        now_s = monotonic()
        if now_s - told_s >= PROGRESS_S or progress.done == progress.of:
            told_s = now_s
            pipe.send(replace(progress))

    def is_cancelled() -> bool:
        # Whatever comes means cancel; so does a window that has gone.
        return pipe.poll()

    with contextlib.suppress(BrokenPipeError):
        try:
            search = search_of(method)
            pipe.send(
                search(
                    scenario, bounds, workers=workers, on_progress=tell, is_cancelled=is_cancelled
                )
            )
        except BrokenPipeError:
            raise
        except Exception as error:
            pipe.send(Failure(f"The proof went wrong: {error!r}", traceback.format_exc()))


class ProofJob:
    """One proof in the background."""

    def __init__(
        self,
        scenario: Scenario,
        bounds: Bounds,
        *,
        workers: int = 2,
        method: Method = "these timings",
    ) -> None:
        self._arguments = (scenario, bounds, workers, method)
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._cancelled_s: float | None = None

    @property
    def is_running(self) -> bool:
        """Whether something may still come."""
        return self._pipe is not None

    def start(self) -> None:
        """Returns at once; the process needs some tenths of a second to begin."""
        assert self._process is None, "a job is started once"
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_prove, args=(theirs, *self._arguments))
        self._process.start()
        theirs.close()

    def poll(self) -> list[Message]:
        """What has come since the last time. A Proof or a Failure is the last of all."""
        messages: list[Message] = []
        while self._pipe is not None:
            try:
                if not self._pipe.poll():
                    break
                message = self._pipe.recv()
            except (EOFError, OSError):
                message = Failure("The proof ended before it had a result.")
            messages.append(message)
            if isinstance(message, Proof | Failure):
                self.close()
        if self._is_out_of_patience():
            messages.append(Failure("It was cancelled."))
            self.close()
        return messages

    def cancel(self) -> None:
        """Ask it to stop. Poll on: what it has found comes, or after half a second a Failure."""
        if self._pipe is None or self._cancelled_s is not None:
            return
        self._cancelled_s = monotonic()
        with contextlib.suppress(OSError):
            self._pipe.send("cancel")

    def close(self) -> None:
        """End the process, at once if need be, and forget it."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None and self._process.pid is not None:
            self._process.join(0.05)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._process.close()
        self._process = None

    def _is_out_of_patience(self) -> bool:
        since_s = self._cancelled_s
        return self.is_running and since_s is not None and monotonic() - since_s > PATIENCE_S
