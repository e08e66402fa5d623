"""How does a set of faults become something to look at? A scenario whose script strikes the faults.

The scenario is the part of the scene that was searched, with the faults armed at time 0 in the
file's own verbs. Opened on the canvas it runs to the same trace, record by record.
"""

from dataclasses import replace
from typing import NamedTuple

from playground.checker.bounds import Claim
from playground.checker.properties import BREAKS, TITLES, violated
from playground.checker.sites import Schedule
from playground.checker.trial import Trial
from playground.checker.verdict import FaultSet
from playground.engine.records import Record
from playground.engine.simulator import Simulator
from playground.engine.units import LONGEST_US, US_PER_S
from playground.engine.world import World
from playground.scenario.model import Expectation, Scenario
from playground.scenario.save import to_text

QUIET_US = US_PER_S
"""How long the scenario goes on when everything is at rest."""

_COUNTERS = {
    "loss": ("lost",),
    "duplicate_effect": ("duplicate_effects",),
    "stuck": ("in_flight", "in_doubt"),
    "out_of_order": ("out_of_order",),
}


class Replay(NamedTuple):
    """A run of a schedule, to its end."""

    simulator: Simulator
    records: list[Record]

    @property
    def world(self) -> World:
        """The world at its end."""
        return self.simulator.world


def replayed(trial: Trial, schedule: Schedule) -> Replay:
    """Run it again and keep all that is written."""
    simulator = trial.start(schedule)
    records: list[Record] = []
    simulator.world.trace.sinks.append(records.extend)
    simulator.play(trial.most_events)
    # Where it never rests, the instant at hand is finished at least: a replay stops there too.
    simulator.run_until(simulator.world.now_us)
    records += simulator.world.trace.tail()
    return Replay(simulator, records)


def fault_set(trial: Trial, claim: Claim, schedule: Schedule) -> tuple[FaultSet, int]:
    """The set as it is handed out, and how many records its run has."""
    replay = replayed(trial, schedule)
    at_rest = replay.simulator.next_us() is None
    messages = violated(replay.world, claim, at_rest)
    assert messages, f"{claim} is not broken by {[fault.words() for fault in schedule]}"
    shown = FaultSet(
        faults=tuple(fault.words() for fault in schedule),
        messages=messages,
        trace_sha256=replay.world.trace.sha256(),
        scenario=to_text(_scenario(trial, claim, schedule, replay, messages)),
    )
    return shown, replay.world.next_seq - 1


def named_set(trial: Trial, claim: Claim, schedule: Schedule) -> tuple[FaultSet, int]:
    """The set without its scenario, where there are too many to draw them all."""
    simulator = trial.start(schedule)
    simulator.play(trial.most_events)
    world = simulator.world
    messages = violated(world, claim, simulator.next_us() is None)
    faults = tuple(fault.words() for fault in schedule)
    return FaultSet(faults=faults, messages=messages), world.next_seq - 1


def _scenario(
    trial: Trial, claim: Claim, schedule: Schedule, replay: Replay, messages: tuple[str, ...]
) -> Scenario:
    world = replay.world
    at_rest = replay.simulator.next_us() is None
    book = world.ledger.groups[claim.group]
    expect = tuple(
        Expectation(group=claim.group, counter=counter, claim="some")
        for counter in _COUNTERS[claim.property]
        if getattr(book, counter)
    )
    return replace(
        trial.part.scenario,
        name=f"Counterexample: {TITLES[claim.property]}",
        story=_story(claim, schedule, messages),
        watch=f"{messages[0]} {BREAKS[claim.property]}.",
        run_for_us=min(LONGEST_US, world.now_us + (QUIET_US if at_rest else 0)),
        script=tuple(fault.entry() for fault in schedule),
        expect=expect,
    )


def _story(claim: Claim, schedule: Schedule, messages: tuple[str, ...]) -> str:
    broken = f"{', '.join(messages)} {BREAKS[claim.property]} in the group {claim.group}"
    if not schedule:
        return f"Without any fault {broken}.\n"
    count = "This one fault is" if len(schedule) == 1 else f"These {len(schedule)} faults are"
    lines = "".join(f"- {fault.words()}\n" for fault in schedule)
    return f"{count} enough: {broken}.\n{lines}"
