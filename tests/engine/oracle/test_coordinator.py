"""What can one fault do where a coordinator commits: to it, to its packets, to anybody?

The oracle knows no coordinator of its own, so what strikes one has no cell. It may add nothing to
what the others can do: whoever dies, two-phase commit with its logs on the disk and a fenced
transaction hand a message out again at most, and repeat the call outside.
"""

from collections.abc import Iterator

import pytest

from playground.engine.commands import Command, CrashNode, DuplicatePacket, PauseNode
from playground.engine.nodes.database import GroupDatabase
from playground.engine.programs.compile import COORDINATOR_POINTS
from playground.engine.world import World

from .anomalies import spelled
from .placements import (
    ANSWERED,
    ASKED,
    FAULTS,
    OUTAGES_US,
    PACKETS,
    Fault,
    any_of,
    crash,
    delay,
    drop,
)
from .scene import BROKERS, LEASE_US, MODES, Mode, S, new_scene
from .search import outcomes

TWO_PHASES = Mode(
    MODES["EO inbox"].producer,
    MODES["EO inbox"].queue,
    {"guarantee": "exactly-once", "how": "two-phase"},
)
WAYS = {
    "two-phase": TWO_PHASES,
    "fenced": MODES["EO txn fenced"],
    "unfenced": MODES["EO txn"],
}
EVERY_PACKET = (*PACKETS, *ASKED, *ANSWERED)
TOO_LATE_US = LEASE_US + 2 * S


def _doubled(world: World) -> Iterator[Command]:
    for flight in world.flights.values():
        if flight.packet in (*ASKED, *ANSWERED):
            yield DuplicatePacket(flight.id)


def _paused(world: World) -> Iterator[Command]:
    for node in world.nodes.values():
        yield PauseNode(node.id, LEASE_US + 1 * S)


def _database_down(world: World) -> Iterator[Command]:
    for node in world.nodes.values():
        if isinstance(node, GroupDatabase):
            yield from (CrashNode(node.id, for_us) for for_us in OUTAGES_US)


STRIKES = {
    "drop": drop(*EVERY_PACKET),
    "duplicate": Fault(_doubled),
    "reorder": FAULTS["reorder"],
    "late": delay(EVERY_PACKET, TOO_LATE_US),
    "pause": Fault(_paused),
    "consumer crash": FAULTS["ccrash"],
    "queue crash": FAULTS["bcrash"],
    "coordinator crash": crash("judge", COORDINATOR_POINTS),
    "database crash": Fault(_database_down),
}
TABLE = """
                  | two-phase | fenced | unfenced
drop              | .         | .      | .
duplicate         | .         | .      | .
reorder           | .         | .      | .
late              | d         | dS     | dES
pause             | d         | dS     | dES
consumer crash    | d         | dS     | dES
queue crash       | d         | dS     | dES
coordinator crash | d         | .      | .
database crash    | d         | .      | .
"""


def cases() -> list[tuple[str, str, str]]:
    """(way, fault, letters)."""
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().split("\n")]
    head = head[-3:]
    return [(way, fault, cell) for fault, *row in rows for way, cell in zip(head, row, strict=True)]


@pytest.mark.parametrize(
    ("way", "fault", "letters"), [pytest.param(*case, id=" | ".join(case[:2])) for case in cases()]
)
def test_what_one_fault_can_do_to_a_commit(way: str, fault: str, letters: str) -> None:
    scene = new_scene(WAYS[way], BROKERS["2c sync"])
    assert spelled(outcomes(scene, STRIKES[fault])) == letters


@pytest.mark.parametrize(("way", "letters"), [("two-phase", "d"), ("fenced", "dS")])
def test_a_cut_anywhere_adds_nothing(way: str, letters: str) -> None:
    scene = new_scene(WAYS[way], BROKERS["2c sync"])
    assert spelled(outcomes(scene, FAULTS["partition"], every=11)) == letters


@pytest.mark.parametrize(
    ("way", "letters"), [("two-phase", "dE"), ("fenced", "dS"), ("unfenced", "dS")]
)
def test_a_log_in_memory_breaks_two_phase_commit_and_no_transaction(way: str, letters: str) -> None:
    # A transaction has one participant, the queue: there is nobody who could disagree with it.
    scene = new_scene(WAYS[way], BROKERS["2c sync"], coordinator={"log": "memory"})
    assert spelled(outcomes(scene, STRIKES["coordinator crash"])) == letters


def test_with_a_lost_packet_it_can_also_lose() -> None:
    scene = new_scene(TWO_PHASES, BROKERS["2c sync"], coordinator={"log": "memory"})
    faults = drop("DECIDE"), STRIKES["coordinator crash"]
    assert {"E", "L"} <= outcomes(scene, *faults, every=2)


def test_a_heuristic_release_applies_twice() -> None:
    scene = new_scene(TWO_PHASES, BROKERS["2c sync"], heuristic_us=1 * S)
    assert "E" in outcomes(scene, STRIKES["coordinator crash"])


@pytest.mark.parametrize("every", [211, pytest.param(7, marks=pytest.mark.long)])
@pytest.mark.parametrize(("way", "letters"), [("two-phase", "d"), ("fenced", "dS")])
def test_two_faults_break_no_commit(way: str, letters: str, every: int) -> None:
    anything = any_fault()
    scene = new_scene(WAYS[way], BROKERS["2c sync"])
    assert outcomes(scene, anything, anything, every=every) <= set(letters)


def any_fault() -> Fault:
    """Whatever strikes: packets, pauses, crashes of everybody."""
    names = ("drop", "late", "pause", "coordinator crash", "database crash", "queue crash")

    def strike(world: World) -> Iterator[Command]:
        for name in names:
            yield from STRIKES[name].strike(world)
        yield from any_of("ccrash").strike(world)

    def at_first(world: World) -> Iterator[Command]:
        for name in names:
            yield from STRIKES[name].at_first(world)

    return Fault(strike, at_first)
