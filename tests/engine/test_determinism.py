"""Is a run the same in every process, in every slicing, in every fork, whatever else is there?"""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from playground.engine.build import new_simulator
from playground.engine.commands import AddLink, AddNode, CrashNode, PauseNode
from playground.engine.ledger import GroupLedger
from playground.engine.parameters import LinkParameters, Loss, NodeParameters, Spread
from playground.engine.simulator import Simulator

from .tiny import MS, billing, orders, retry, shop

STORM = LinkParameters(
    latency=Spread(mean_us=5 * MS, distribution="exponential"),
    loss=Loss(request=0.1, reply=0.1),
    duplicate=0.1,
    reorder=0.1,
)
WORK = Spread(mean_us=8 * MS, distribution="lognormal")
WORKER = replace(
    billing(group="g", crash_chance=0.05, failure_chance=0.1, restart_after_us=30 * MS), work=WORK
)
LATE = LinkParameters(latency=Spread(mean_us=5 * MS))

Extra = tuple[dict[str, NodeParameters], list[tuple[str, str, LinkParameters]]]
NONE: Extra = ({}, [])


def stormy(extra: Extra = NONE, seed: int = 5) -> Simulator:
    """Two consumers of one group behind bad links, and whatever else is given."""
    nodes: dict[str, NodeParameters] = {
        "shop": shop(rate_per_s=200, arrivals="poisson", limit=100, window=5, retry=retry(40)),
        "orders": orders(lease_us=90 * MS, durability="lazy", flush_us=50 * MS),
        "a": WORKER,
        "b": WORKER,
    }
    links = [("shop", "orders", STORM), ("orders", "a", STORM), ("orders", "b", STORM)]
    script = ((150 * MS, CrashNode("orders", 20 * MS)), (200 * MS, PauseNode("a", 100 * MS)))
    return new_simulator(nodes | extra[0], links + extra[1], seed, script)


def history(book: GroupLedger) -> tuple[object, ...]:
    """Everything that a group's ledger says."""
    columns = [book.state, book.effects, book.delivered, book.held, book.cause]
    counters = [getattr(book, name) for name in sorted(GroupLedger.__slots__)
                if isinstance(getattr(book, name), int)]  # fmt: skip
    times = (book.latency.bins, book.wait.bins, book.orders, book.lost_by_cause)
    return ([bytes(column) for column in columns], counters, times)


def hash_after(simulator: Simulator, slice_us: int, until_us: int) -> str:
    """The fingerprint of a run that was cut into slices."""
    at_us = 0
    while at_us < until_us:
        at_us = min(until_us, at_us + slice_us)
        simulator.run_until(at_us)
    return simulator.world.trace.sha256()


PROGRAM = """
from engine.test_determinism import stormy
simulator = stormy()
simulator.run_until(2_000_000)
print(simulator.world.trace.sha256())
"""


def test_two_processes_with_different_hash_seeds_write_the_same_trace() -> None:
    tests = Path(__file__).parents[1]
    hashes = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        environment["PYTHONPATH"] = os.pathsep.join([str(tests), str(tests.parent)])
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, check=True
        )
        hashes.add(run.stdout)
    here = stormy()
    here.run_until(2_000_000)
    assert hashes == {f"{here.world.trace.sha256()}\n".encode()}


@pytest.mark.parametrize("slice_us", [1, 16 * MS, 7_777])
def test_the_slices_in_which_a_run_is_cut_change_nothing(slice_us: int) -> None:
    until_us = 20 * MS if slice_us == 1 else 600 * MS
    assert hash_after(stormy(), slice_us, until_us) == hash_after(stormy(), until_us, until_us)


def test_stepping_and_running_are_the_same() -> None:
    stepped, run = stormy(), stormy()
    while (due_us := stepped.next_us()) is not None and due_us <= 600 * MS:
        stepped.step()
    run.run_until(600 * MS)
    assert stepped.world.trace.sha256() == run.world.trace.sha256()


def test_another_seed_is_another_run() -> None:
    assert hash_after(stormy(seed=5), 10**6, 10**6) != hash_after(stormy(seed=6), 10**6, 10**6)


@pytest.mark.parametrize("fork_us", [0, 77_777, 155 * MS, 250 * MS])
def test_a_fork_runs_on_like_its_original(fork_us: int) -> None:
    original = stormy()
    original.run_until(fork_us)
    twin = Simulator(original.world.fork())
    original.run_until(10**6)
    twin.run_until(10**6)
    assert twin.world.trace.sha256() == original.world.trace.sha256()
    assert history(twin.world.ledger.groups["g"]) == history(original.world.ledger.groups["g"])


def test_neither_a_fork_nor_its_original_touches_the_other() -> None:
    alone, original = stormy(), stormy()
    for simulator in (alone, original):
        simulator.run_until(130 * MS)
    twin = Simulator(original.world.fork())
    # The twin goes a way of its own, far ahead, before the original moves at all.
    for name in ("shop", "orders", "a", "b"):
        twin.apply(CrashNode(name, 10 * MS))
    twin.apply(AddNode("c", WORKER))
    twin.apply(AddLink("orders", "c", STORM))
    twin.run_until(10**6)
    assert original.world.trace.sha256() == alone.world.trace.sha256()
    alone.run_until(10**6)
    original.run_until(10**6)
    assert original.world.trace.sha256() == alone.world.trace.sha256()
    assert twin.world.trace.sha256() != alone.world.trace.sha256()


def test_a_fork_has_no_listeners_of_its_original() -> None:
    original = stormy()
    heard: list[int] = []
    original.world.trace.sinks.append(lambda records: heard.append(len(records)))
    twin = Simulator(original.world.fork())
    twin.run_until(10**6)
    assert heard == []


def test_who_listens_changes_nothing() -> None:
    heard = stormy()
    heard.world.trace.sinks.append(lambda records: records.clear())
    assert hash_after(heard, 16 * MS, 10**6) == hash_after(stormy(), 10**6, 10**6)


AUDIT: Extra = ({"audit": replace(WORKER, group="audit")}, [("orders", "audit", STORM)])
OTHERS: Extra = (
    {"bank": shop(rate_per_s=50, limit=30), "bills": orders(), "clerk": billing()},
    [("bank", "bills", STORM), ("bills", "clerk", STORM)],
)


@pytest.mark.parametrize("extra", [AUDIT, OTHERS])
def test_a_further_group_or_an_unrelated_chain_does_not_change_a_groups_fate(extra: Extra) -> None:
    alone, together = stormy(), stormy(extra)
    for simulator in (alone, together):
        simulator.run_until(10**6)
    theirs, ours = together.world.ledger.groups["g"], alone.world.ledger.groups["g"]
    if extra is AUDIT:
        # The same rows: column by column.
        assert history(theirs) == history(ours)
    assert theirs.lost_by_cause == ours.lost_by_cause
    assert theirs.latency.bins == ours.latency.bins
    assert (theirs.effect_total, theirs.deliveries) == (ours.effect_total, ours.deliveries)


def side_by_side(storm: str | None, right: str = "right") -> Simulator:
    """Two groups that differ in nothing but their names."""
    weather = replace(STORM, storm=storm)
    worker = replace(WORKER, group=None, storm=storm)
    nodes: dict[str, NodeParameters] = {
        "shop": shop(rate_per_s=100, limit=100, window=9),
        "orders": orders(lease_us=90 * MS),
        "left": worker,
        right: worker,
    }
    links = [("shop", "orders", LATE), ("orders", "left", weather), ("orders", right, weather)]
    simulator = new_simulator(nodes, links, 3)
    simulator.run_until(2 * 10**6)
    return simulator


def test_what_shares_a_storms_name_meets_the_same_storm() -> None:
    groups = side_by_side("weather").world.ledger.groups
    assert history(groups["left"]) == history(groups["right"])


def test_what_shares_no_storm_meets_another_one() -> None:
    groups = side_by_side(None).world.ledger.groups
    assert history(groups["left"]) != history(groups["right"])


def test_a_new_name_gives_new_draws_to_its_node_only() -> None:
    before, after = side_by_side(None), side_by_side(None, right="east")
    old, new = before.world.ledger.groups, after.world.ledger.groups
    assert history(old["left"]) == history(new["left"])
    assert history(old["right"]) != history(new["east"])


def two_shops(storm: str | None) -> Simulator:
    """Two whole chains that differ in nothing but the names of all that is in them."""
    weather = replace(STORM, storm=storm)
    worker = replace(WORKER, group=None, storm=storm)
    nodes: dict[str, NodeParameters] = {}
    links = []
    for mark in ("a", "b"):
        nodes[f"shop-{mark}"] = shop(rate_per_s=100, limit=100, window=9, retry=retry(40))
        nodes[f"orders-{mark}"] = orders(lease_us=90 * MS)
        nodes[f"billing-{mark}"] = worker
        links.append((f"shop-{mark}", f"orders-{mark}", weather))
        links.append((f"orders-{mark}", f"billing-{mark}", weather))
    simulator = new_simulator(nodes, links, 3)
    simulator.run_until(2 * 10**6)
    return simulator


def fates(simulator: Simulator, mark: str) -> tuple[object, ...]:
    """What became of the messages of one chain, by number."""
    ledger, book = simulator.world.ledger, simulator.world.ledger.groups[f"billing-{mark}"]
    producer = ledger.producers.index(f"shop-{mark}")
    rows = [row for row in range(ledger.count) if ledger.producer[row] == producer]
    by_number = [(ledger.number[row], book.state[row], book.delivered[row]) for row in rows]
    return by_number, book.latency.bins, book.wait.bins, book.lost_by_cause


def test_in_a_storm_with_a_name_the_messages_of_two_producers_meet_the_same_fates() -> None:
    simulator = two_shops("weather")
    assert fates(simulator, "a") == fates(simulator, "b")


def test_without_a_named_storm_each_producers_messages_meet_fates_of_their_own() -> None:
    simulator = two_shops(None)
    assert fates(simulator, "a") != fates(simulator, "b")
