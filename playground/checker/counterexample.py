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
from playground.scenario.model import Expectation, Scenario, ScriptEntry
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
    return replay(trial, _script(schedule))


def _script(schedule: Schedule) -> tuple[ScriptEntry, ...]:
    return tuple(fault.entry() for fault in schedule)


def replay(trial: Trial, script: tuple[ScriptEntry, ...]) -> Replay:
    """Run this script to its end and keep all that is written."""
    simulator = trial.begin(tuple((entry.at_us, entry.command) for entry in script))
    records: list[Record] = []
    simulator.world.trace.sinks.append(records.extend)
    simulator.play(trial.most_events)
    # Where it never rests, the instant at hand is finished at least: a replay stops there too.
    simulator.run_until(simulator.world.now_us)
    records += simulator.world.trace.tail()
    return Replay(simulator, records)


def fault_set(trial: Trial, claim: Claim, schedule: Schedule) -> tuple[FaultSet, int]:
    """The set as it is handed out, and how many records its run has."""
    faults = tuple(fault.words() for fault in schedule)
    shown, run = drawn(trial, claim, _script(schedule), faults)
    return shown, run.world.next_seq - 1


def drawn(
    trial: Trial,
    claim: Claim,
    script: tuple[ScriptEntry, ...],
    faults: tuple[str, ...],
    orders: tuple[str, ...] = (),
    never_rests: bool = False,
) -> tuple[FaultSet, Replay]:
    """The set with its scenario, and its run.

    ``faults`` are the words for the first lines of the script, ``orders`` for what its last lines
    do, which only keep an order. ``never_rests``: that it goes round for ever is what is wrong.
    """
    run = replay(trial, script)
    messages = violated(run.world, claim, never_rests or run.simulator.next_us() is None)
    assert messages, f"{claim} is not broken by {faults}"
    story = _story(claim, faults, orders, messages)
    shown = FaultSet(
        faults=faults,
        messages=messages,
        trace_sha256=run.world.trace.sha256(),
        scenario=to_text(_scenario(trial, claim, script, story, run, messages)),
        orders=len(orders),
    )
    return shown, run


def named_set(trial: Trial, claim: Claim, schedule: Schedule) -> tuple[FaultSet, int]:
    """The set without its scenario, where there are too many to draw them all."""
    simulator = trial.start(schedule)
    simulator.play(trial.most_events)
    world = simulator.world
    messages = violated(world, claim, simulator.next_us() is None)
    faults = tuple(fault.words() for fault in schedule)
    return FaultSet(faults=faults, messages=messages), world.next_seq - 1


def _scenario(
    trial: Trial,
    claim: Claim,
    script: tuple[ScriptEntry, ...],
    story: str,
    run: Replay,
    messages: tuple[str, ...],
) -> Scenario:
    world = run.world
    at_rest = run.simulator.next_us() is None
    book = world.ledger.groups[claim.group]
    expect = tuple(
        Expectation(group=claim.group, counter=counter, claim="some")
        for counter in _COUNTERS[claim.property]
        if getattr(book, counter)
    )
    return replace(
        trial.part.scenario,
        name=f"Counterexample: {TITLES[claim.property]}",
        story=story,
        watch=f"{messages[0]} {BREAKS[claim.property]}.",
        run_for_us=min(LONGEST_US, world.now_us + (QUIET_US if at_rest else 0)),
        script=script,
        expect=expect,
    )


def _story(
    claim: Claim, faults: tuple[str, ...], orders: tuple[str, ...], messages: tuple[str, ...]
) -> str:
    broken = f"{', '.join(messages)} {BREAKS[claim.property]} in the group {claim.group}"
    if faults:
        count = "This one fault is" if len(faults) == 1 else f"These {len(faults)} faults are"
        lines = "".join(f"- {each}\n" for each in faults)
        told = f"{count} enough: {broken}.\n{lines}"
    else:
        told = f"Without any fault {broken}.\n"
    if not orders:
        return told
    lines = "".join(f"- {each}\n" for each in orders)
    return f"{told}\nFor the order of things, which is no fault, packets take longer:\n{lines}"
