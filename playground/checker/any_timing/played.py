"""How is a break at any timing handed out? With its steps, and with a run of it on the canvas.

The run takes the steps of the search if the clocks of the scene allow it; if not, any other run in
which as many faults of the same kinds break the same promise. Where there is none, it says why.
"""

from collections.abc import Iterator
from dataclasses import replace

from playground.checker.any_timing.events import Event, way_of
from playground.checker.any_timing.plan import Verb
from playground.checker.any_timing.search import Found
from playground.checker.any_timing.space import Space
from playground.checker.any_timing.steps import crash_kind
from playground.checker.any_timing.timed import Timed, timed
from playground.checker.any_timing.words import FAULT_MARK, RESULT_MARK
from playground.checker.bounds import Bounds, Claim, FaultKind
from playground.checker.counterexample import drawn, fault_set
from playground.checker.properties import violated
from playground.checker.scene import Part
from playground.checker.sites import Schedule
from playground.checker.trial import Trial
from playground.checker.verdict import FaultSet
from playground.engine.commands import ArmPacketFault
from playground.engine.units import format_us
from playground.scenario.model import ScriptEntry

MOST_RUNS = 1_000
"""So many are tried where the clocks do not allow the steps of the search."""
ANOTHER = "on the canvas another run shows it, since the clocks of this scene do not allow this one"


def fault_set_of(part: Part, bounds: Bounds, claim: Claim, space: Space, found: Found) -> FaultSet:
    """The set that was found, with a run of it if there is one."""
    faults = tuple(
        # What came of a fault stands in the steps.
        step.removeprefix(FAULT_MARK).split(RESULT_MARK)[0]
        for step in found.steps
        if step.startswith(FAULT_MARK)
    )
    trial = Trial(part, bounds)
    way = way_of(space, found.path, found.state)
    run = timed(trial, claim, way, found)
    if isinstance(run, Timed):
        orders = tuple(_order(verb) for verb in run.orders)
        script = tuple(ScriptEntry(at_us=verb.at_us, command=verb.command) for verb in run.verbs)
        shown, _ = drawn(trial, claim, script, faults, orders, found.never_rests)
        return _with_steps(shown, faults, found)
    schedule = None if found.never_rests else _another(trial, claim, way.events, found)
    if schedule is not None:
        shown, _ = fault_set(trial, claim, schedule)
        shown = _with_steps(shown, faults, found)
        return replace(shown, steps=(*shown.steps, ANOTHER))
    return FaultSet(
        faults=faults, messages=found.messages, steps=found.steps,
        unplayable=f"There is no run of it on the canvas: {run}",
    )  # fmt: skip


def _with_steps(shown: FaultSet, faults: tuple[str, ...], found: Found) -> FaultSet:
    return FaultSet(
        faults=faults, messages=found.messages, steps=found.steps, orders=shown.orders,
        trace_sha256=shown.trace_sha256, scenario=shown.scenario,
    )  # fmt: skip


def _order(verb: Verb) -> str:
    command = verb.command
    assert isinstance(command, ArmPacketFault)
    of = f" of {command.message}" if command.message else ""
    which = f" (number {command.nth})" if command.nth > 1 else ""
    way = f"from {command.source} to {command.target}"
    return f"{command.packet}{of} {way}{which}, {format_us(command.by_us or 0)} later"


# ---------------------------------------------------------------------- another run


def _another(
    trial: Trial, claim: Claim, events: tuple[Event, ...], found: Found
) -> Schedule | None:
    """As many faults of the same kinds at these timings, of which none is too many."""
    kinds = {_kind(trial, event) for event in events if event.is_fault}
    for schedule in _schedules(trial, kinds, found.faults):
        if _breaks(trial, claim, schedule, found.messages) and not any(
            _breaks(trial, claim, schedule[:index] + schedule[index + 1 :], found.messages)
            for index in range(len(schedule))
        ):
            return schedule
    return None


def _schedules(trial: Trial, kinds: set[FaultKind], count: int) -> Iterator[Schedule]:
    """All with so many faults of these kinds, up to a limit."""
    level: list[Schedule] = [()]
    left = MOST_RUNS
    for _ in range(count):
        longer: list[Schedule] = []
        for schedule in level:
            left -= 1
            if left < 0:
                break
            children = trial.run(schedule, finds_next=True).children
            longer += [(*schedule, each) for each in children if each.kind in kinds]
        level = longer
    yield from level[: max(0, left)]


def _kind(trial: Trial, event: Event) -> FaultKind:
    """What the search at these timings calls it."""
    if event.pauses:
        return "pause"
    if event.gate is not None or event.kind in ("crash", "crash-mid-effect"):
        node = trial.begin(()).world.nodes[event.node]
        return crash_kind(node)
    if event.is_early:
        return "late"
    kind = event.kind
    assert kind in (
        "drop", "duplicate", "expire", "dead-letter", "forget-queue-dedup", "forget-group-dedup",
    )  # fmt: skip
    return kind


def _breaks(trial: Trial, claim: Claim, schedule: Schedule, messages: tuple[str, ...]) -> bool:
    simulator = trial.start(schedule)
    simulator.play(trial.most_events)
    broken = violated(simulator.world, claim, simulator.next_us() is None)
    return bool(set(broken) & set(messages))
