"""Two-phase commit: who promises what, who has to wait, and what makes the two parts disagree?"""

from dataclasses import replace

import pytest

from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    Command,
    CrashNode,
    CutLink,
    PauseNode,
    RemoveNode,
    RenameNode,
    SetNode,
)
from playground.engine.nodes.subscription import HELD
from playground.engine.records import (
    Applied,
    BranchAborted,
    BranchCommitted,
    BranchPending,
    CommandRejected,
    OutcomeKnown,
    TransactionBegun,
    TransactionDecided,
    TransactionEnded,
)
from playground.engine.simulator import Simulator
from playground.engine.summary import summary

from .judged import DATABASE, Judged, in_two_phases
from .tiny import LINK, MS, orders, shop

STEPS = (
    TransactionBegun, BranchPending, TransactionDecided, BranchCommitted, BranchAborted, Applied,
    TransactionEnded, OutcomeKnown,
)  # fmt: skip


def test_both_prepare_before_either_commits() -> None:
    assert Judged(in_two_phases()).until(1_000).story(*STEPS) == [
        "230 TransactionBegun judge billing #1 1",
        "240 BranchPending billing database billing #1 1 prepared",
        "240 BranchPending orders billing #1 1 prepared",
        "250 TransactionDecided judge billing #1 1 commit asked",
        "260 OutcomeKnown billing #1 1 commit",
        "260 BranchCommitted billing database billing #1 1",
        "260 Applied billing #1 1",
        "260 BranchCommitted orders billing #1 1",
        "270 TransactionEnded judge #1 1 commit",
    ]


def test_it_takes_ten_packets_and_five_forced_writes_more() -> None:
    tiny = Judged(in_two_phases()).until(1_000)
    wire = {packet: counts[0] for packet, counts in tiny.world.wire.items()}
    assert wire == {
        "SEND": 1, "CONFIRM": 1, "DELIVER": 1, "REQ": 1, "PREPARE": 2, "VOTE": 2, "REQ_OK": 1,
        "DECIDE": 2, "DECIDED": 2,
    }  # fmt: skip
    numbers = summary(tiny.world)
    assert numbers["queues"]["orders"]["forced_writes"] == 3  # the append, prepare, commit
    assert numbers["groups"]["billing"]["forced_writes"] == 2  # prepare, commit
    assert numbers["coordinators"]["judge"]["forced_writes"] == 1  # the commit


def test_what_is_prepared_is_in_doubt_and_locked() -> None:
    tiny = Judged(in_two_phases(), queue=orders(lease_us=300 * MS)).until(245)
    assert tiny.buckets() == {"in_doubt": 1}
    assert tiny.orders.subscriptions["billing"].slots[0].state == HELD


def test_while_the_coordinator_is_down_nobody_decides_alone() -> None:
    tiny = Judged(
        in_two_phases(),
        (0, ArmCrash("judge", "after-log")),
        queue=orders(lease_us=300 * MS),
        restart_after_us=20_000 * MS,
    )
    assert tiny.until(20_000).buckets() == {"in_doubt": 1}
    assert tiny.book().deliveries == 1
    assert tiny.until(30_000).buckets() == {"applied_once": 1}


def test_a_crash_before_the_decision_is_presumed_to_be_an_abort() -> None:
    tiny = Judged(in_two_phases(), (0, ArmCrash("judge", "before-log")), restart_after_us=100 * MS)
    tiny.until(5_000)
    assert tiny.buckets() == {"applied_once": 1}
    assert [each.verdict for each in tiny.all(TransactionDecided)][-1] == "commit"


@pytest.mark.parametrize(("asks", "waits"), [("orders", DATABASE), (DATABASE, "orders")])
def test_what_was_presumed_aborted_once_stays_aborted(asks: str, waits: str) -> None:
    # One of the two has asked and been told, but its DECIDE is slower than the repeated REQ and the
    # PREPAREs and VOTEs that would follow it.
    tiny = Judged(
        in_two_phases(ack_timeout_us=1_000 * MS),
        (0, ArmCrash("judge", "before-log")),
        (0, ArmPacketFault("drop", waits, "judge", "INQUIRE")),
        (0, ArmPacketFault("delay", "judge", asks, "DECIDE", by_us=485 * MS)),
        restart_after_us=100 * MS,
    ).until(60_000)
    assert tiny.buckets() == {"applied_once": 1}


def test_the_link_to_the_database_is_like_the_one_to_the_queue() -> None:
    stream = replace(LINK, transport="stream")
    for link in (LINK, stream):
        tiny = Judged(in_two_phases(), to_queue=link)
        assert tiny.world.links["judge", DATABASE].parameters.transport == link.transport


def test_a_vote_against_aborts() -> None:
    # The lease ends while the PREPARE is on its way.
    tiny = Judged(in_two_phases(), queue=orders(lease_us=125 * MS)).until(300)
    assert [(each.verdict, each.reason) for each in tiny.all(TransactionDecided)] == [
        ("abort", "vote")
    ]
    assert tiny.buckets() == {"in_flight": 1}


def test_a_vote_that_does_not_come_aborts_in_the_end() -> None:
    cut = CutLink("judge", DATABASE, "both", 3_000 * MS)
    tiny = Judged(in_two_phases(), (100, cut), timeout_us=1_000 * MS).until(1_300)
    assert [(each.verdict, each.reason) for each in tiny.all(TransactionDecided)] == [
        ("abort", "timeout")
    ]
    assert tiny.until(20_000).buckets() == {"applied_once": 1}


@pytest.mark.parametrize("packet", ["PREPARE", "DECIDE"])
@pytest.mark.parametrize("place", ["orders", DATABASE])
def test_the_coordinator_asks_again_until_it_is_answered(packet: str, place: str) -> None:
    tiny = Judged(in_two_phases(), (0, ArmPacketFault("drop", "judge", place, packet)))
    assert tiny.until(5_000).buckets() == {"applied_once": 1}
    assert not tiny.book().duplicate_deliveries


FAULTS: list[Command] = [
    CrashNode("billing", 100 * MS),
    CrashNode("orders", 100 * MS),
    CrashNode("judge", 100 * MS),
    CrashNode(DATABASE, 100 * MS),
    PauseNode("billing", 8_000 * MS),
    PauseNode("orders", 8_000 * MS),
    PauseNode("judge", 8_000 * MS),
    PauseNode(DATABASE, 8_000 * MS),
]


@pytest.mark.parametrize("at_ms", [215, 225, 235, 245, 255, 265])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{type(f).__name__} {f.node}")
def test_whoever_fails_and_whenever_it_is_exactly_once(fault: Command, at_ms: int) -> None:
    tiny = Judged(in_two_phases(), (at_ms, fault)).until(60_000)
    assert tiny.buckets() == {"applied_once": 1}


def test_a_heuristic_release_applies_twice() -> None:
    tiny = Judged(
        in_two_phases(),
        (0, ArmCrash("judge", "after-log")),
        queue=orders(heuristic_us=500 * MS),
        restart_after_us=1_000 * MS,
    ).until(20_000)
    assert [each.reason for each in tiny.all(BranchAborted)] == ["heuristic"]
    assert tiny.buckets() == {"applied_many": 1}


def test_a_log_in_memory_that_is_lost_between_the_two_parts_applies_twice() -> None:
    tiny = Judged(
        in_two_phases(), (0, ArmCrash("judge", "mid-decide")), log="memory",
        restart_after_us=100 * MS,
    ).until(20_000)  # fmt: skip
    assert tiny.buckets() == {"applied_many": 1}


def test_a_log_in_memory_loses_where_the_database_had_not_heard() -> None:
    tiny = Judged(
        in_two_phases(),
        (0, ArmPacketFault("drop", "judge", DATABASE, "DECIDE")),
        (255, CrashNode("judge", 100 * MS)),
        log="memory",
    ).until(20_000)
    assert tiny.lost() == {"coordinator-crash": 1}


def test_the_same_with_a_log_on_the_disk_is_exactly_once() -> None:
    tiny = Judged(
        in_two_phases(),
        (0, ArmPacketFault("drop", "judge", DATABASE, "DECIDE")),
        (255, CrashNode("judge", 100 * MS)),
    ).until(20_000)
    assert tiny.buckets() == {"applied_once": 1}


@pytest.mark.parametrize("name", ["billing", "orders", "judge", "shop"])
@pytest.mark.parametrize("at_ms", [225, 235, 245, 255, 265])
def test_a_rename_keeps_an_open_transaction(name: str, at_ms: int) -> None:
    tiny = Judged(in_two_phases()).until(at_ms).do(RenameNode(name, "x")).until(5_000)
    (book,) = tiny.world.ledger.groups.values()
    assert (book.applied_once, book.deliveries) == (1, 1)
    assert (f"{book.group} database" in tiny.world.nodes) is True


@pytest.mark.parametrize("at_ms", [225, 235, 245, 255, 265])
def test_a_fork_in_the_middle_of_a_commit_is_the_same_run(at_ms: int) -> None:
    tiny = Judged(in_two_phases(crash_chance=0.3), producer=shop(limit=5)).until(at_ms)
    twin = Simulator(tiny.world.fork())
    tiny.until(9_000)
    twin.run_until(9_000 * MS)
    assert twin.world.trace.sha256() == tiny.world.trace.sha256()


@pytest.mark.parametrize(("at_ms", "bucket"), [(245, "in_flight"), (255, "applied_once")])
def test_a_removed_coordinator_ends_what_it_had_open(at_ms: int, bucket: str) -> None:
    tiny = Judged(in_two_phases()).until(at_ms).do(RemoveNode("judge")).until(2_000)
    assert tiny.buckets() == {bucket: 1}
    assert DATABASE not in tiny.world.nodes


def test_settling_leaves_nothing_in_doubt() -> None:
    tiny = Judged(in_two_phases(), (245, CrashNode("judge", 10**9)), producer=shop(limit=3)).until(
        3_000
    )
    assert tiny.book().in_doubt
    assert tiny.settle().buckets() == {"applied_once": 3}


@pytest.mark.parametrize(
    "wish",
    [RemoveNode(DATABASE), RenameNode(DATABASE, "x"), SetNode(DATABASE, (("restart_after_us", 0),)),
     ArmCrash(DATABASE, "received")],
    ids=lambda wish: type(wish).__name__,
)  # fmt: skip
def test_the_database_is_no_node_to_edit(wish: Command) -> None:
    assert Judged(in_two_phases()).do(wish).all(CommandRejected)
