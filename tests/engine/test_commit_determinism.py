"""With transactions and two-phase commits in a storm: is the run the same however it is cut?"""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from playground.engine import laws
from playground.engine.build import new_simulator
from playground.engine.commands import CrashNode, CutLink, PauseNode
from playground.engine.parameters import CoordinatorParameters
from playground.engine.simulator import Simulator

from .test_determinism import STORM, WORKER
from .tiny import MS, orders, retry, shop

END_US = 4_000 * MS
SLICES_US = (END_US, 100 * MS, 7_777)


def stormy(seed: int = 13) -> Simulator:
    """One group by transaction, one in two phases, and everybody in trouble."""
    worker = replace(WORKER, guarantee="exactly-once", ack_timeout_us=40 * MS, fencing=True)
    by_transaction = replace(worker, group="t", how="transaction", effect="call")
    in_two_phases = replace(worker, group="p", how="two-phase")
    judge = CoordinatorParameters(timeout_us=300 * MS, resend_us=50 * MS, restart_after_us=60 * MS)
    readers = {"a": by_transaction, "b": by_transaction, "c": in_two_phases, "d": in_two_phases}
    links = [("shop", "orders", STORM), ("judge", "orders", STORM)]
    for name in readers:
        links += [("orders", name, STORM), (name, "judge", STORM)]
    script = (
        (150 * MS, CrashNode("orders", 20 * MS)),
        (200 * MS, PauseNode("a", 100 * MS)),
        (250 * MS, CrashNode("judge")),
        (400 * MS, CutLink("judge", "p database", "both", 200 * MS)),
        (700 * MS, CrashNode("p database", 30 * MS)),
    )
    queue = orders(lease_us=90 * MS, heuristic_us=500 * MS)
    source = shop(rate_per_s=200, arrivals="poisson", limit=60, window=5, retry=retry(40))
    nodes = {"shop": source, "orders": queue, "judge": judge, **readers}
    return new_simulator(nodes, links, seed, script)


def fingerprint(slice_us: int, forks: bool = False) -> str:
    """The hash of a run that was cut into slices, and perhaps forked between them."""
    simulator, at_us = stormy(), 0
    while at_us < END_US:
        at_us = min(END_US, at_us + slice_us)
        simulator.run_until(at_us)
        if forks:
            laws.check(simulator.world)
            simulator = Simulator(simulator.world.fork())
    return simulator.world.trace.sha256()


@pytest.mark.parametrize("slice_us", SLICES_US[1:])
def test_a_run_does_not_depend_on_how_it_is_cut(slice_us: int) -> None:
    assert fingerprint(slice_us) == fingerprint(END_US)


def test_a_fork_of_a_fork_goes_on_as_the_first_would_have() -> None:
    assert fingerprint(50 * MS, forks=True) == fingerprint(END_US)


def test_another_process_with_another_hash_seed_gives_the_same_run() -> None:
    code = "from tests.engine.test_commit_determinism import *; print(fingerprint(END_US))"
    root = Path(__file__).resolve().parents[2]
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.strip() == fingerprint(END_US)


def test_the_storm_is_one() -> None:
    world = stormy().world
    simulator = Simulator(world)
    simulator.run_until(END_US)
    for packet in ("MARKER", "DECIDE", "INQUIRE", "END_FAIL", "VOTE"):
        assert world.wire[packet][1] > 0, packet
    assert world.ledger.groups["t"].aborted > 0
    assert world.ledger.groups["p"].aborted > 0
