"""What can come of a scene if each of these faults strikes once, anywhere?

The faultless run is walked once; at every moment the world is forked and the fault is put there.
The forks run until nothing is due any more, and the laws are recounted after every step.
"""

from collections.abc import Iterator, Sequence

from playground.engine import laws
from playground.engine.commands import Command
from playground.engine.records import CommandRejected
from playground.engine.simulator import Simulator
from playground.engine.world import World

from .anomalies import anomalies
from .placements import Fault

MAX_STEPS = 5_000


def struck(world: World, command: Command) -> Simulator | None:
    """A twin of the world in which this fault has struck; ``None`` where it cannot."""
    twin = Simulator(world.fork())
    twin.apply(command)
    if isinstance(twin.world.trace.last(), CommandRejected):
        return None
    laws.check(twin.world)
    return twin


def moments(simulator: Simulator) -> Iterator[World]:
    """Right after each event, halfway to the next and right before it, until nothing is due."""
    for _ in range(MAX_STEPS):
        now_us, next_us = simulator.world.now_us, simulator.next_us()
        yield simulator.world
        if next_us is None:
            return
        for at_us in ((now_us + next_us) // 2, next_us - 1):
            if at_us > simulator.world.now_us:
                simulator.run_until(at_us)
                yield simulator.world
        simulator.step()
        laws.check(simulator.world)
    raise AssertionError(f"it has not come to rest after {MAX_STEPS} steps")


def rest(simulator: Simulator) -> World:
    """Run on until nothing is due any more; then nothing may be stuck."""
    for _ in range(MAX_STEPS):
        if simulator.next_us() is None:
            for book in simulator.world.ledger.groups.values():
                stuck = book.in_flight + book.in_doubt
                assert not stuck, f"{stuck} messages of {book.group} are stuck"
            return simulator.world
        simulator.step()
        laws.check(simulator.world)
    raise AssertionError(f"it has not come to rest after {MAX_STEPS} steps")


def placements(simulator: Simulator, fault: Fault) -> Iterator[tuple[World, Command]]:
    """Every moment at which the fault may strike, with what it does there."""
    for command in fault.at_first(simulator.world):
        yield simulator.world, command
    for world in moments(simulator):
        for command in fault.strike(world):
            yield world, command


def ends(simulator: Simulator, faults: Sequence[Fault], every: int = 1) -> Iterator[World]:
    """The worlds at rest after each placement of these faults, one after the other in time.

    Of many placements only one in ``every`` is followed; none is the run without the fault.
    """
    if not faults:
        yield rest(simulator)
        return
    for index, (world, command) in enumerate(placements(simulator, faults[0])):
        twin = struck(world, command) if index % every == 0 else None
        if twin is not None:
            yield from ends(twin, faults[1:], every)
    yield from ends(simulator, faults[1:], every)


def outcomes(simulator: Simulator, *faults: Fault, every: int = 1) -> frozenset[str]:
    """The union of the anomalies of all those ends."""
    found: frozenset[str] = frozenset()
    for world in ends(simulator, faults, every):
        found |= anomalies(world)
    return found
