"""Read-process-write in a transaction: what commits together, what waits, what is fenced off?"""

import pytest

from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    CrashNode,
    CutLink,
    DeadLetterEntry,
    DelayPacket,
    DuplicatePacket,
    ExpireEntry,
    HealLink,
    PauseNode,
    RemoveNode,
    RenameNode,
    SetNode,
)
from playground.engine.nodes.subscription import HELD
from playground.engine.parameters import ConsumerParameters
from playground.engine.records import (
    Applied,
    BranchAborted,
    BranchCommitted,
    BranchPending,
    CommandRejected,
    OutcomeKnown,
    OutputVisible,
    TransactionBegun,
    TransactionDecided,
    TransactionEnded,
    TransactionFenced,
)
from playground.engine.simulator import Simulator
from playground.engine.summary import summary

from .judged import Judged, by_transaction
from .tiny import MS, Tiny, billing, orders, shop

STEPS = (
    TransactionBegun, BranchPending, TransactionDecided, BranchCommitted, BranchAborted, Applied,
    TransactionEnded, TransactionFenced, OutcomeKnown,
)  # fmt: skip


def test_the_output_and_the_offset_are_committed_together() -> None:
    assert Judged(by_transaction()).until(1_000).story(*STEPS) == [
        "250 TransactionBegun judge billing #1 2",
        "270 BranchPending orders billing #1 2 output",
        "270 BranchPending orders billing #1 2 offset",
        "290 TransactionDecided judge billing #1 2 commit asked",
        "300 OutcomeKnown billing #1 2 commit",
        "300 BranchCommitted orders billing #1 2",
        "300 Applied billing #1 1",
        "310 TransactionEnded judge #1 2 commit",
    ]


def test_it_takes_fourteen_packets_the_epoch_is_asked_for_once() -> None:
    tiny = Judged(by_transaction(), producer=shop(limit=3)).until(3_000)
    sent = {packet: counts[0] for packet, counts in tiny.world.wire.items()}
    assert sent == {
        "SEND": 3, "CONFIRM": 3, "DELIVER": 3, "INIT_PID": 1, "PID_OK": 1,
        "ADD_PARTITIONS": 3, "ADD_OK": 3, "TXN_SEND": 3, "TXN_OFFSETS": 3, "TXN_OK": 6,
        "END_TXN": 3, "END_OK": 3, "MARKER": 3, "MARKER_OK": 3,
    }  # fmt: skip


def test_from_the_logged_commit_to_the_marker_a_message_is_in_doubt() -> None:
    tiny = Judged(by_transaction())
    assert tiny.until(289).buckets() == {"in_flight": 1}
    assert tiny.until(291).buckets() == {"in_doubt": 1}
    assert tiny.until(301).buckets() == {"applied_once": 1}


@pytest.mark.parametrize("point", ["after-log", "mid-decide", "decided"])
def test_a_commit_in_the_log_survives_the_crash_of_the_coordinator(point: str) -> None:
    tiny = Judged(by_transaction(), (0, ArmCrash("judge", point)), restart_after_us=700 * MS)
    if point == "after-log":
        assert tiny.until(900).buckets() == {"in_doubt": 1}
    assert tiny.until(5_000).buckets() == {"applied_once": 1}
    assert not tiny.book().duplicate_deliveries


def test_without_a_commit_in_the_log_the_transaction_goes_on_after_the_crash() -> None:
    tiny = Judged(by_transaction(), (0, ArmCrash("judge", "before-log")))
    assert tiny.until(5_000).buckets() == {"applied_once": 1}
    assert [d.verdict for d in tiny.all(TransactionDecided)] == ["commit"]


def test_a_coordinator_that_forgets_all_leaves_nothing_hanging() -> None:
    tiny = Judged(by_transaction(), (0, ArmCrash("judge", "after-log")), log="memory")
    assert tiny.until(60_000).buckets() == {"applied_once": 1}
    assert tiny.book().fenced >= 1  # its client's epoch is not known any more
    assert not tiny.orders.branches


def test_the_entry_is_locked_while_its_transaction_is_open() -> None:
    # The pause outlives the lease; only the coordinator's own timeout ends the transaction.
    tiny = Judged(
        by_transaction(), (275, PauseNode("billing", 8_000 * MS)), queue=orders(lease_us=1_000 * MS)
    )
    slot = tiny.until(3_000).orders.subscriptions["billing"].slots[0]
    assert slot.state == HELD
    assert tiny.book().deliveries == 1
    assert tiny.until(9_000).buckets() == {"applied_once": 1}


@pytest.mark.parametrize("wish", [ExpireEntry("orders", "1"), DeadLetterEntry("orders", "1")])
def test_a_locked_entry_cannot_be_taken_away(wish: ExpireEntry | DeadLetterEntry) -> None:
    tiny = Judged(by_transaction()).until(285).do(wish)
    (refused,) = tiny.all(CommandRejected)
    assert refused.reason == "shop#1 is part of a transaction that has not ended yet."


def test_a_transaction_that_stays_open_is_aborted_and_its_client_fenced() -> None:
    tiny = Judged(
        by_transaction(), (275, PauseNode("billing", 5_000 * MS)), timeout_us=1_000 * MS
    ).until(20_000)
    assert tiny.story(TransactionDecided, BranchAborted, TransactionFenced)[:3] == [
        "1250 TransactionDecided judge billing #1 2 abort timeout",
        "1260 BranchAborted orders billing #1 2 abort",
        "5285 TransactionFenced judge billing #1 2 ended",
    ]
    assert tiny.buckets() == {"applied_once": 1}
    assert tiny.book().aborted == 1


def test_a_new_life_of_the_consumer_ends_what_the_old_one_left_open() -> None:
    tiny = Judged(by_transaction(), (285, CrashNode("billing", 100 * MS))).until(5_000)
    assert "395 TransactionDecided judge billing #1 2 abort fenced" not in tiny.story()
    # Its END_TXN was on the way, and what a node sent before it crashed counts.
    assert tiny.buckets() == {"applied_once": 1}
    tiny = Judged(by_transaction(), (275, CrashNode("billing", 100 * MS))).until(5_000)
    assert tiny.story(TransactionDecided)[0] == (
        "385 TransactionDecided judge billing #1 2 abort fenced"
    )
    assert tiny.buckets() == {"applied_once": 1}
    assert tiny.book().duplicate_deliveries == 1


def two_workers(fencing: bool) -> Judged:
    """Anna stops in the middle of her work for longer than her lease; bert gets the message."""
    anna = by_transaction(group="billing", fencing=fencing, effect="call", work_ms=500)
    return Judged(
        anna,
        (200, PauseNode("anna", 2_000 * MS)),
        consumers={"anna": anna, "bert": anna},
        queue=orders(lease_us=1_000 * MS),
    )


def test_a_zombie_is_fenced_by_its_token() -> None:
    tiny = two_workers(fencing=True).until(10_000)
    assert tiny.buckets() == {"applied_once": 1}
    (fenced,) = tiny.all(TransactionFenced)
    assert (fenced.place, fenced.consumer, fenced.reason) == ("orders", "anna", "token")


def test_without_fencing_the_zombie_commits_as_well() -> None:
    tiny = two_workers(fencing=False).until(10_000)
    assert tiny.buckets() == {"applied_many": 1}


def with_late_copy(tiny: Tiny, packet: str, by_ms: float) -> Tiny:
    """A second one of the packet that is on its way arrives so much later than the first."""
    tiny.do(DuplicatePacket(tiny.flights(packet)[0]))
    return tiny.do(DelayPacket(tiny.flights(packet)[1], round(by_ms * MS)))


def test_a_late_copy_of_the_first_request_is_no_answer_to_the_last_one() -> None:
    # It reaches the judge after the decision, and what the judge says to it overtakes the END_OK.
    slow = ArmPacketFault("delay", "judge", "billing", "END_OK", by_us=100 * MS)
    tiny = Judged(by_transaction(), (0, slow)).until(245)
    with_late_copy(tiny, "ADD_PARTITIONS", 42).until(2_000)
    assert tiny.story(TransactionFenced, OutcomeKnown) == [
        "292 TransactionFenced judge billing #1 2 ended",
        "400 OutcomeKnown billing #1 2 commit",
    ]


@pytest.mark.parametrize("by_ms", [200, 400])
def test_a_late_copy_of_the_first_request_does_not_open_it_again(by_ms: float) -> None:
    # The second transaction is open, or over.
    tiny = Judged(by_transaction(), producer=shop(limit=2)).until(245)
    with_late_copy(tiny, "ADD_PARTITIONS", by_ms).until(90_000)
    assert (tiny.judge.begun, tiny.judge.aborted) == (2, 0)


def test_without_fencing_a_second_copy_gives_up_and_leaves_the_entry_to_the_first() -> None:
    # The first one's MARKER is slower than all that the second one says.
    slow = ArmPacketFault("delay", "judge", "orders", "MARKER", by_us=400 * MS)
    tiny = Judged(by_transaction(fencing=False), (0, slow)).until(115)
    with_late_copy(tiny, "DELIVER", 0).until(9_000)
    assert tiny.story(TransactionFenced, TransactionDecided, Applied) == [
        "290 TransactionDecided judge billing #1 2 commit asked",
        "430 TransactionFenced orders billing #1 3 done",
        "450 TransactionDecided judge billing #1 3 abort asked",
        "700 Applied billing #1 1",
    ]


def test_a_call_is_outside_the_transaction_and_repeats_with_it() -> None:
    book = two_workers(fencing=True).until(10_000).book()
    assert (book.side_effects, book.duplicate_side_effects) == (2, 1)
    assert (book.effect_total, book.duplicate_effects) == (1, 0)


def test_committed_outputs_wait_for_an_older_open_transaction() -> None:
    quick = by_transaction(group="billing")
    tiny = Judged(
        quick,
        (275, PauseNode("anna", 1_000 * MS)),
        consumers={"anna": quick, "bert": quick},
        producer=shop(limit=2),
    ).until(5_000)
    assert tiny.story(OutputVisible) == [
        "1295 OutputVisible orders billing #1 0",
        "1295 OutputVisible orders billing #2 895",
    ]
    assert tiny.book().blocked.mean == 895 * MS / 2


@pytest.mark.parametrize("packet", ["TXN_SEND", "TXN_OFFSETS", "ADD_PARTITIONS", "END_TXN"])
def test_what_a_consumer_says_is_said_again_until_it_is_answered(packet: str) -> None:
    target = "orders" if packet.startswith("TXN") else "judge"
    tiny = Judged(by_transaction(), (0, ArmPacketFault("drop", "billing", target, packet)))
    assert tiny.until(3_000).buckets() == {"applied_once": 1}
    assert tiny.world.wire[packet][0] == 2


def test_a_marker_is_sent_again_until_it_is_answered() -> None:
    drop = ArmPacketFault("drop", "judge", "orders", "MARKER")
    tiny = Judged(by_transaction(), (0, drop))
    assert tiny.until(780).buckets() == {"in_doubt": 1}
    assert tiny.until(3_000).buckets() == {"applied_once": 1}


def test_a_crash_of_a_synced_queue_keeps_what_is_pending() -> None:
    tiny = Judged(by_transaction(), (285, CrashNode("orders", 100 * MS))).until(5_000)
    assert tiny.buckets() == {"applied_once": 1}
    assert not tiny.book().duplicate_deliveries


def test_a_cut_off_coordinator_only_delays() -> None:
    tiny = Judged(by_transaction(), (285, CutLink("billing", "judge", "both", 3_000 * MS)))
    assert tiny.until(20_000).buckets() == {"applied_once": 1}


def test_settling_leaves_nothing_in_doubt() -> None:
    tiny = Judged(by_transaction(), (0, CutLink("judge", "orders")), producer=shop(limit=3))
    assert tiny.until(2_000).buckets() == {"in_doubt": 3}
    assert tiny.settle().buckets() == {"applied_once": 3}


@pytest.mark.parametrize("at_ms", [255, 275, 285, 295])
def test_what_a_removed_coordinator_had_open_ends_as_its_log_says(at_ms: int) -> None:
    tiny = Judged(by_transaction()).until(at_ms).do(RemoveNode("judge")).until(2_000)
    assert tiny.buckets() == ({"applied_once": 1} if at_ms > 290 else {"in_flight": 1})
    assert not tiny.orders.branches
    assert not tiny.orders.subscriptions["billing"].connected  # nobody commits for it


def test_a_consumer_without_a_coordinator_cannot_be_set_to_need_one() -> None:
    tiny = Tiny().do(SetNode("billing", (("guarantee", "exactly-once"), ("how", "transaction"))))
    (refused,) = tiny.all(CommandRejected)
    assert refused.reason == (
        "billing needs a coordinator to commit by transaction: link it to one."
    )


def test_a_coordinator_that_does_not_reach_the_queue_is_not_enough() -> None:
    from playground.engine.commands import AddLink, AddNode
    from playground.engine.parameters import CoordinatorParameters, LinkParameters

    tiny = Tiny().do(
        AddNode("judge", CoordinatorParameters()),
        AddLink("billing", "judge", LinkParameters()),
        SetNode("billing", (("guarantee", "exactly-once"), ("how", "transaction"))),
    )
    (refused,) = tiny.all(CommandRejected)
    assert refused.reason == "judge does not reach orders yet: link it to that queue."


def test_changing_to_transactions_while_running_takes_effect_with_the_next_delivery() -> None:
    how = SetNode("billing", (("guarantee", "exactly-once"), ("how", "transaction")))
    tiny = Judged(billing(), (150, how), producer=shop(limit=2)).until(2_000)
    assert tiny.buckets() == {"applied_once": 2}
    assert tiny.judge.committed == 1


@pytest.mark.parametrize("name", ["billing", "orders", "judge", "shop"])
@pytest.mark.parametrize("at_ms", [235, 255, 275, 285, 295])
def test_a_rename_keeps_an_open_transaction(name: str, at_ms: int) -> None:
    tiny = Judged(by_transaction()).until(at_ms).do(RenameNode(name, "x")).until(5_000)
    (book,) = tiny.world.ledger.groups.values()
    assert (book.applied_once, book.deliveries) == (1, 1)


@pytest.mark.parametrize("at_ms", [235, 255, 275, 285, 295, 305])
def test_a_fork_in_the_middle_of_a_transaction_is_the_same_run(at_ms: int) -> None:
    tiny = Judged(by_transaction(crash_chance=0.3), producer=shop(limit=5)).until(at_ms)
    twin = Simulator(tiny.world.fork())
    tiny.until(9_000)
    twin.run_until(9_000 * MS)
    assert twin.world.trace.sha256() == tiny.world.trace.sha256()
    assert summary(twin.world) == summary(tiny.world)


@pytest.mark.parametrize("how", ["transaction", "two-phase"])
def test_what_is_over_is_forgotten_and_what_is_open_is_not(how: str) -> None:
    # Anna stops with hers open; bert does enough of them for the old ones to be cleared away.
    quick = by_transaction(how=how, group="billing", work_ms=0)
    tiny = Judged(
        quick,
        (225, PauseNode("anna", 40_000 * MS)),
        consumers={"anna": quick, "bert": quick},
        producer=shop(rate_per_s=50, limit=1_500),
        queue=orders(lease_us=None),
    ).until(150_000)
    assert tiny.buckets() == {"applied_once": 1_500}
    assert len(tiny.world.transactions) < 1_024
    assert len(tiny.judge.log) <= 3


def test_a_failing_handler_begins_no_transaction() -> None:
    tiny = Judged(by_transaction(poison=(1,)), queue=orders(max_deliveries=2)).until(5_000)
    assert tiny.judge.begun == 0
    assert tiny.lost() == {"delivery-limit": 1}


def test_a_price_is_counted_where_somebody_waited_for_a_disk() -> None:
    numbers = summary(Judged(by_transaction()).until(2_000).world)
    # Append, output, offset, the output's and the offset's marker.
    assert numbers["queues"]["orders"]["forced_writes"] == 5
    # The epoch, the first partition, PREP_COMMIT, COMMITTED.
    assert numbers["coordinators"]["judge"]["forced_writes"] == 4
    assert numbers["groups"]["billing"]["forced_writes"] == 0


@pytest.mark.parametrize(
    ("consumer", "writes"),
    [
        (billing(), 1),
        (billing(idempotency="inbox"), 1),
        (billing(idempotency="claim-first"), 2),
        (billing(idempotency="effect-first"), 2),
        (billing(idempotency="memory"), 1),
        (billing(idempotency="inbox", effect="call"), 2),
    ],
)
def test_marks_of_their_own_cost_a_write_more(consumer: ConsumerParameters, writes: int) -> None:
    numbers = summary(Tiny(consumer=consumer).until(2_000).world)
    assert numbers["groups"]["billing"]["forced_writes"] == writes
    assert numbers["queues"]["orders"]["forced_writes"] == 2  # the append and the ack


def test_writes_stay_counted_when_the_disk_is_set_otherwise() -> None:
    lazy = SetNode("orders", (("durability", "lazy"), ("ack_durability", "lazy")))
    tiny = Tiny(shop(limit=2, outbox=True), script=((250, lazy),)).until(2_000)
    numbers = summary(tiny.world)
    assert numbers["queues"]["orders"]["forced_writes"] == 3  # two appends, one ack
    assert (
        numbers["producers"]["shop"]["forced_writes"] == 4
    )  # each in the outbox, and marked there


def test_a_healed_link_serves_what_waited() -> None:
    tiny = Judged(
        by_transaction(), (0, CutLink("billing", "judge")), (4_000, HealLink("billing", "judge"))
    )
    assert tiny.until(3_900).buckets() == {"in_flight": 1}
    assert tiny.until(9_000).buckets() == {"applied_once": 1}
