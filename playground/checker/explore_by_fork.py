"""Does another way to search find the very same schedules?

``explore`` replays every schedule from the beginning. Here nothing is replayed: a world is forked
before each event, and a fault is armed in the fork where the event has shown a site. Both must give
the same schedules with the same outcomes; where they differ, one of them has missed something, such
as a second site inside one event.
"""

from typing import NamedTuple

from playground.checker.bounds import Bounds
from playground.checker.scene import Part
from playground.checker.sites import Fault, Schedule
from playground.checker.trial import Outcome, Trial
from playground.checker.watch import Watch, attach
from playground.engine.commands import ArmCrash, ArmPacketFault, ArmPause
from playground.engine.links import ArmedPacketFault
from playground.engine.nodes.node import ArmedCrash
from playground.engine.simulator import Simulator
from playground.engine.world import World


class _Branch(NamedTuple):
    """A world right before an event in which these faults could strike."""

    world: World
    watch: Watch
    faults: tuple[Fault, ...]


def explore_by_fork(part: Part, bounds: Bounds) -> list[tuple[Schedule, Outcome]]:
    """Every schedule, depth first, each with its outcome; moments are not looked for.

    A schedule that breaks every claim is not followed further, like in ``explore``; supersets of
    minimal sets elsewhere in the tree are.
    """
    trial = Trial(part, bounds)
    found: list[tuple[Schedule, Outcome]] = []
    all_claims = (1 << len(trial.claims)) - 1
    watch = trial.new_watch(None)
    simulator = trial.start(())
    attach(simulator.world, watch)
    _follow(trial, simulator, watch, (), bounds.faults, all_claims, found)
    return found


def _follow(
    trial: Trial,
    simulator: Simulator,
    watch: Watch,
    schedule: Schedule,
    left: int,
    wanted: int,
    found: list[tuple[Schedule, Outcome]],
) -> None:
    """Run one schedule to its rest, then all that branch off from it."""
    branches: list[_Branch] = []
    for _ in range(trial.most_events):
        if simulator.next_us() is None or simulator.world.stopped:
            break
        before = (simulator.world.fork(), watch.fork(None)) if left else None
        known = len(watch.found)
        simulator.play(1)
        if before is not None and len(watch.found) > known:
            # The fork's watch waits for what this one waited for.
            branches.append(_Branch(*before, tuple(watch.found[known:])))
    outcome = trial.judge(simulator, ())
    found.append((schedule, outcome))
    wanted &= ~outcome.broken
    if not wanted or not outcome.at_rest:
        return
    for branch in branches:
        for fault in branch.faults:
            world = branch.world.fork()
            twin_watch = branch.watch.fork(fault)
            attach(world, twin_watch)
            _arm(world, branch.watch, fault)
            _follow(
                trial, Simulator(world), twin_watch, (*schedule, fault), left - 1, wanted, found
            )


def _arm(world: World, watch: Watch, fault: Fault) -> None:
    """Arm it for its site, counted from here."""
    command = fault.entry().command
    nth = fault.nth - watch.passages(fault.site)
    if isinstance(command, ArmPacketFault):
        source, target = command.source, command.target
        is_reply = (source, target) not in world.links
        link = world.links[(target, source) if is_reply else (source, target)]
        link.armed.append(
            ArmedPacketFault(
                command.fault, command.packet, is_reply, fault.message, fault.by_us, nth
            )
        )
        return
    assert isinstance(command, ArmCrash | ArmPause)
    is_pause = isinstance(command, ArmPause)
    lasts_us = fault.by_us if is_pause else None
    world.nodes[command.node].armed.append(
        ArmedCrash(command.point, fault.message, nth, is_pause, lasts_us)
    )
