"""How does one schedule of faults come out? The very engine of the canvas, run to its rest.

A trial builds its part of the scene once. Each run is a fork of it in which the faults are armed by
a script at time 0, in the same words in which a saved counterexample says them: that is why the
trace of the one is the trace of the other.
"""

from typing import NamedTuple

from playground.checker import mechanisms
from playground.checker.bounds import Bounds, Claim, FaultKind
from playground.checker.moments import TIMED, faults_at
from playground.checker.properties import violated
from playground.checker.scene import Part
from playground.checker.sites import Fault, Schedule
from playground.checker.verdict import WITNESSES
from playground.checker.watch import Watch, attach
from playground.engine.agenda import SCRIPT
from playground.engine.commands import Command
from playground.engine.parameters import ConsumerParameters, QueueParameters
from playground.engine.simulator import Simulator
from playground.engine.units import US_PER_S
from playground.scenario.build import simulate
from playground.scenario.model import Scenario
from playground.scenario.topology import queue_of

BITS = len(WITNESSES) + 1


class Outcome(NamedTuple):
    """What came of one schedule. Bits, so that thousands of them travel cheaply."""

    broken: int  # bit i: the i-th claim
    seen: int  # BITS bits a group, in the order of the part's groups
    at_rest: bool
    children: tuple[Fault, ...]  # each could strike next


def pauses_us(scenario: Scenario) -> dict[str, int]:
    """Consumer -> how long a pause of it lasts: its lease and a second. None without a lease."""
    found: dict[str, int] = {}
    for node, parameters in scenario.nodes.items():
        if isinstance(parameters, ConsumerParameters) and parameters.effective_how != "auto-ack":
            queue = scenario.nodes.get(queue_of(scenario, node) or "")
            if isinstance(queue, QueueParameters) and queue.lease_us is not None:
                found[node] = queue.lease_us + US_PER_S
    return found


class Trial:
    """One part of a scene, ready to be run under any schedule."""

    def __init__(self, part: Part, bounds: Bounds) -> None:
        self.part = part
        self.claims = tuple(
            Claim(group, each) for group in part.groups for each in bounds.properties
        )
        self.catalogue = frozenset(bounds.catalogue)
        self.pauses_us = pauses_us(part.scenario)
        self.most_events = bounds.most_events
        self._has_moments = bool(self.catalogue & TIMED)
        self._world = simulate(part.scenario).world

    def begin_with(self, *commands: Command) -> None:
        """What every run begins with: wishes that are granted before its first event."""
        for command in commands:
            Simulator(self._world).apply(command)

    def new_watch(self, after: Fault | None) -> Watch:
        """A watch for what can follow this fault; from the beginning without one."""
        return Watch(self.catalogue, self.pauses_us, after)

    def start(self, schedule: Schedule) -> Simulator:
        """At time 0, with these faults waiting."""
        return self.begin(tuple((fault.at_us, fault.entry().command) for fault in schedule))

    def begin(self, script: tuple[tuple[int, Command], ...]) -> Simulator:
        """At time 0, with these wishes waiting for their times (µs)."""
        world = self._world.fork()
        world.script = script
        for index, (at_us, _) in enumerate(world.script):
            world.schedule(at_us, SCRIPT, "", index)
        return Simulator(world)

    def run(self, schedule: Schedule, *, finds_next: bool) -> Outcome:
        """Run it to its rest; ``finds_next`` also collects what could strike next."""
        simulator = self.start(schedule)
        if not finds_next:
            simulator.play(self.most_events)
            return self.judge(simulator, ())
        watch = self.new_watch(schedule[-1] if schedule else None)
        attach(simulator.world, watch)
        if self._has_moments:
            _play_by_moments(simulator, watch, self.catalogue, schedule, self.most_events)
        else:
            simulator.play(self.most_events)
        return self.judge(simulator, tuple(watch.found))

    def judge(self, simulator: Simulator, children: tuple[Fault, ...]) -> Outcome:
        """What is broken in this world, and what was seen in it."""
        world = simulator.world
        at_rest = simulator.next_us() is None and not world.stopped
        broken = 0
        for index, claim in enumerate(self.claims):
            if violated(world, claim, at_rest):
                broken |= 1 << index
        seen = 0
        for index, group in enumerate(self.part.groups):
            seen |= mechanisms.seen(world, group) << (index * BITS)
        # What never comes to rest is followed no further: its sites have no end.
        return Outcome(broken, seen, at_rest, children if at_rest else ())


def _play_by_moments(
    simulator: Simulator,
    watch: Watch,
    catalogue: frozenset[FaultKind],
    schedule: Schedule,
    most_events: int,
) -> None:
    """Instant by instant, so that what strikes at a moment finds its moments too."""
    timed = catalogue & TIMED
    last = schedule[-1] if schedule else None
    from_us = last.at_us if last is not None and last.is_timed else -1
    world = simulator.world
    for _ in range(most_events):
        now_us, next_us = world.now_us, simulator.next_us()
        if last is not None and last.is_timed and now_us > from_us:
            watch.struck_in_time()
        if watch.has_struck and now_us > from_us and now_us > 0:
            watch.found.extend(faults_at(world, now_us, timed))
            middle_us = (now_us + next_us) // 2 if next_us is not None else now_us
            if middle_us > now_us:
                watch.found.extend(faults_at(world, middle_us, timed))
        if next_us is None or world.stopped:
            return
        simulator.run_until(next_us)
