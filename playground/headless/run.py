"""What does a run without a window do, and what does it hand out?"""

import json
from collections.abc import Callable
from typing import IO, Any, NamedTuple

from playground.engine.commands import Settle
from playground.engine.laws import check_partition
from playground.engine.records import Record
from playground.engine.settle import MAX_SETTLE_STEPS, MAX_SETTLE_US, stuck
from playground.engine.simulator import Simulator
from playground.engine.summary import summary
from playground.scenario.build import simulate
from playground.scenario.model import Scenario

SLICES = 200
"""In how many parts a run is shown; the results do not depend on it."""

Progress = Callable[[Simulator, float], None]


class Outcome(NamedTuple):
    """A finished run: the object of ``--json``, and why it is inconclusive, or ""."""

    report: dict[str, Any]
    inconclusive: str

    @property
    def exit_code(self) -> int:
        """0: every claim holds; 1: one is broken; 3: the run could not be finished."""
        if self.inconclusive:
            return 3
        return 0 if all(claim["holds"] for claim in self.report["expect"]) else 1


class TraceFile:
    """Writes every record as one JSON object a line."""

    def __init__(self, file: IO[str], simulator: Simulator) -> None:
        self._file = file
        self._world = simulator.world
        self._world.trace.sinks.append(self.write)

    def write(self, records: list[Record]) -> None:
        """The next records."""
        name_of = self._world.ledger.name_of
        for record in records:
            row = {"record": type(record).__name__, **record._asdict()}
            message = row.get("message")
            if isinstance(message, int) and message >= 0:
                row["name"] = name_of(message)
            self._file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """The records of the block that is not full."""
        self.write(self._world.trace.tail())


def run(
    scenario: Scenario,
    *,
    seed: int | None = None,
    until_us: int | None = None,
    settle: bool = False,
    trace: IO[str] | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Run to ``until_us`` (or the scenario's ``run_for``), settle if asked, judge."""
    simulator = simulate(scenario, seed)
    writer = TraceFile(trace, simulator) if trace else None
    end_us = scenario.run_for_us if until_us is None else until_us
    for part in range(1, SLICES + 1):
        simulator.run_until(end_us * part // SLICES)
        if progress is not None:
            progress(simulator, part / SLICES)
        if simulator.world.stopped:
            break
    inconclusive = simulator.world.stopped
    settled = False
    if settle and not inconclusive:
        inconclusive = drain(simulator)
        settled = not inconclusive
    if writer is not None:
        writer.close()
    return Outcome(_report(scenario, simulator, settled), inconclusive)


def drain(simulator: Simulator) -> str:
    """Settle, and let the rest happen. Returns what is stuck, in a sentence, or ""."""
    world = simulator.world
    simulator.apply(Settle())
    last_us = world.now_us + MAX_SETTLE_US
    for _ in range(MAX_SETTLE_STEPS):
        due_us = simulator.next_us()
        if due_us is None or due_us > last_us or world.stopped:
            break
        simulator.step()
    if world.stopped:
        return world.stopped
    left = stuck(world)
    if left:
        return f"It does not come to rest: {left} will never be finished"
    due_us = simulator.next_us()
    if due_us is not None and due_us <= last_us:
        return f"It does not come to rest within {MAX_SETTLE_STEPS} steps"
    return ""


def _report(scenario: Scenario, simulator: Simulator, settled: bool) -> dict[str, Any]:
    world = simulator.world
    for book in world.ledger.groups.values():
        check_partition(book)
    numbers = summary(world)
    return {
        "scenario": scenario.name,
        "seed": world.seed,
        "now_us": world.now_us,
        "settled": settled,
        "trace_sha256": world.trace.sha256(),
        **numbers,
        "expect": [
            {
                "group": claim.group,
                "claim": claim.text,
                "holds": claim.holds_for(numbers["groups"][claim.group][claim.counter]),
            }
            for claim in scenario.expect
        ],
    }
