"""What stops when a process stops, what goes on without it, and in which order does it catch up?"""

from playground.engine.commands import ArmCrash, CrashNode, CutLink, PauseNode, ResumeNode
from playground.engine.records import (
    Acked,
    Applied,
    Begun,
    CommandRejected,
    Connected,
    Delivered,
    Disconnected,
    GaveUp,
    NodeCrashed,
    NodeResumed,
    Requeued,
    StaleAck,
)

from .tiny import MS, Tiny, billing, orders, retry, shop


def test_work_keeps_its_remaining_time() -> None:
    tiny = Tiny(script=((150, PauseNode("billing", for_us=1_000 * MS)),)).until(2_000)
    # 30 of 100 ms were done.
    assert tiny.times(Applied) == [1_220]


def test_a_pause_without_an_end_lasts_until_it_is_resumed() -> None:
    tiny = Tiny(script=((150, PauseNode("billing")), (900, ResumeNode("billing")))).until(2_000)
    assert tiny.times(Applied) == [970]


def test_nobody_notices() -> None:
    tiny = Tiny(script=((150, PauseNode("billing", for_us=3_000 * MS)),)).until(2_000)
    assert tiny.all(Disconnected) == []


def test_its_leases_end_at_the_queue() -> None:
    tiny = Tiny(
        queue=orders(lease_us=500 * MS), script=((150, PauseNode("billing", for_us=600 * MS)),)
    ).until(2_000)
    assert tiny.times(Requeued) == [610]
    # It works on as a zombie, and then on the second copy.
    assert tiny.story(Applied, StaleAck) == [
        "820 Applied billing #1 1",
        "830 StaleAck orders billing #1",
        "920 Applied billing #1 2",
    ]


def test_arriving_packets_wait_in_order_and_count_as_delivered_at_the_resume() -> None:
    tiny = Tiny(
        shop(limit=3, window=9),
        consumer=billing(prefetch=9),
        script=((50, PauseNode("billing", for_us=600 * MS)),),
    ).until(700)
    assert tiny.story(Delivered) == [f"650 Delivered billing #{n} 1" for n in (1, 2, 3)]
    assert tiny.story(Begun) == ["650 Begun billing #1"]


def test_packets_that_wait_at_a_process_that_then_crashes_are_lost() -> None:
    tiny = Tiny(
        consumer=billing(guarantee="at-most-once"),
        script=((50, PauseNode("billing")), (300, CrashNode("billing"))),
    ).until(900)
    assert (tiny.book().deliveries, tiny.lost()) == (0, {"consumer-crash": 1})


def test_a_buffer_survives_a_pause_and_dies_in_a_crash() -> None:
    def run(fault: object) -> int:
        return (
            Tiny(
                shop(limit=3, rate_per_s=1_000),
                consumer=billing(guarantee="at-most-once"),
                script=((80, fault),),  # type: ignore[arg-type]
            )
            .until(5_000)
            .book()
            .applied_once
        )

    assert (run(PauseNode("billing", 100 * MS)), run(CrashNode("billing"))) == (3, 0)


def test_on_resume_the_packets_come_before_the_timers_that_fell_due() -> None:
    # The ACK arrives at 230 and waits, the lease ends at 250 and waits: the ACK is first.
    tiny = Tiny(
        queue=orders(lease_us=140 * MS), script=((225, PauseNode("orders", for_us=300 * MS)),)
    ).until(900)
    assert tiny.story(Acked, Requeued) == ["525 Acked orders billing #1 ack"]


def test_on_resume_the_due_timers_come_in_the_order_of_their_due_times() -> None:
    tiny = Tiny(
        shop(limit=2, window=2, retry=retry(50, attempts=1)),
        script=(
            (0, PauseNode("orders", for_us=2_000 * MS)),
            (205, PauseNode("shop", for_us=500 * MS)),
        ),
    ).until(900)
    # Message 1 had been given up already; 2 is due at 250 and waits.
    assert tiny.story(GaveUp) == ["150 GaveUp shop #1 timeout", "705 GaveUp shop #2 timeout"]


def test_a_paused_producer_does_not_retry_and_takes_the_waiting_confirm_first() -> None:
    tiny = Tiny(shop(retry=retry(50)), script=((115, PauseNode("shop", for_us=500 * MS)),)).until(
        900
    )
    assert tiny.packets("SEND") == ["100 SEND #1"]


def test_half_of_the_work_is_half_of_what_was_worked_pauses_not_counted() -> None:
    tiny = Tiny(
        script=(
            (0, ArmCrash("billing", "mid-effect")),
            (150, PauseNode("billing", for_us=1_000 * MS)),
        )
    ).until(2_000)
    assert tiny.times(NodeCrashed) == [1_170]


def test_timers_of_one_node_that_waited_strike_in_the_order_of_their_due_times() -> None:
    tiny = Tiny(
        shop(limit=2, window=2, retry=retry(500, attempts=1)),
        script=((0, CutLink("shop", "orders")), (300, PauseNode("shop", for_us=900 * MS))),
    ).until(2_000)
    assert tiny.story(GaveUp) == ["1200 GaveUp shop #1 timeout", "1200 GaveUp shop #2 timeout"]


def test_a_paused_consumer_does_not_extend_its_lease() -> None:
    tiny = Tiny(
        queue=orders(lease_us=200 * MS),
        consumer=billing(1_000, renew_lease_us=50 * MS),
        script=((150, PauseNode("billing", for_us=400 * MS)),),
    ).until(500)
    assert (tiny.packets("EXTEND"), tiny.times(Requeued)) == ([], [310])


def test_a_paused_queue_gives_nothing_out() -> None:
    tiny = Tiny(script=((105, PauseNode("orders", for_us=200 * MS)),)).until(900)
    assert tiny.packets("CONFIRM", "DELIVER") == ["305 CONFIRM #1", "305 DELIVER #1"]


def test_a_restart_of_somebody_else_does_not_wait_for_a_paused_queue() -> None:
    tiny = Tiny(
        script=(
            (10, CrashNode("billing", for_us=50 * MS)),
            (20, PauseNode("orders", for_us=200 * MS)),
        )
    ).until(300)
    # The closing (20) was there before the pause; the opening (70) waits.
    assert tiny.times(Connected) == [0, 220]


def test_a_crash_ends_a_pause() -> None:
    tiny = Tiny(script=((50, PauseNode("shop")), (60, CrashNode("shop", for_us=10 * MS)))).until(
        900
    )
    assert (tiny.shop.is_paused, tiny.book().applied_once) == (False, 1)


def test_an_old_resume_does_not_end_a_younger_pause() -> None:
    tiny = Tiny(
        script=(
            (50, PauseNode("billing", for_us=100 * MS)),
            (60, ResumeNode("billing")),
            (70, PauseNode("billing", for_us=400 * MS)),
        )
    ).until(900)
    assert tiny.times(NodeResumed) == [60, 470]


def test_what_is_down_cannot_be_paused_and_what_runs_cannot_be_resumed() -> None:
    tiny = Tiny().do(CrashNode("billing"), PauseNode("billing"), ResumeNode("shop"))
    assert [each.reason for each in tiny.all(CommandRejected)] == [
        "billing is down: only a running process can be paused.",
        "shop is not paused.",
    ]
