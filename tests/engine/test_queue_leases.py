"""When does a lease end, who gets the message next, and what does a late ack count?"""

import pytest

from playground.engine.commands import ArmPacketFault, CrashNode, CutLink, PauseNode
from playground.engine.records import (
    Acked,
    Applied,
    Begun,
    Delivered,
    HandlerFailed,
    Requeued,
    StaleAck,
)

from .tiny import MS, Tiny, billing, link, orders, shop

# The lease begins with the dispatch at 110; the ACK of 100 ms of work is back at 230.


def test_an_ack_that_arrives_exactly_at_the_end_of_its_lease_counts() -> None:
    tiny = Tiny(queue=orders(lease_us=120 * MS)).until(1_000)
    assert tiny.story(Acked, Requeued, StaleAck) == ["230 Acked orders billing #1 ack"]


def test_an_ack_one_microsecond_after_the_end_of_its_lease_is_stale() -> None:
    tiny = Tiny(queue=orders(lease_us=120 * MS - 1)).until(240)
    assert tiny.story(Acked, Requeued, StaleAck) == [
        "229.999 Requeued orders billing #1 lease",
        "230 StaleAck orders billing #1",
    ]


def test_a_stale_ack_that_is_accepted_finishes_the_entry() -> None:
    tiny = Tiny(queue=orders(lease_us=119 * MS, stale_ack="accept"))
    assert tiny.until(235).story(Acked) == ["230 Acked orders billing #1 stale"]
    assert (tiny.book().stale_acks, len(tiny.orders.log)) == (1, 0)


def test_the_lease_runs_on_while_the_packet_flies() -> None:
    tiny = Tiny(queue=orders(lease_us=50 * MS), down=link(60)).until(165)
    assert tiny.story(Requeued) == ["160 Requeued orders billing #1 lease"]


def test_a_consumer_does_not_know_that_its_lease_has_ended() -> None:
    tiny = Tiny(queue=orders(lease_us=60 * MS)).until(221)
    assert tiny.times(Requeued) == [170]
    assert tiny.story(Applied) == ["220 Applied billing #1 1"]


def test_an_unlimited_lease_never_ends() -> None:
    tiny = Tiny(queue=orders(lease_us=None), consumer=billing(60_000)).until(100_000)
    assert (len(tiny.all(Delivered)), tiny.times(Acked)) == (1, [60_130])


def test_a_lease_of_no_length_ends_at_once() -> None:
    tiny = Tiny(queue=orders(lease_us=0, max_deliveries=2), down=link(5)).until(400)
    assert tiny.times(Requeued) == [110]


def test_extends_keep_the_lease_alive_and_end_with_the_ack() -> None:
    consumer = billing(300, renew_lease_us=40 * MS)
    tiny = Tiny(queue=orders(lease_us=60 * MS), consumer=consumer).until(5_000)
    assert tiny.packets("EXTEND") == [f"{120 + 40 * n} EXTEND #1" for n in range(1, 8)]
    assert tiny.story(Requeued, Acked) == ["430 Acked orders billing #1 ack"]


def test_without_the_extends_the_same_work_is_done_again() -> None:
    tiny = Tiny(queue=orders(lease_us=60 * MS), consumer=billing(300)).until(200)
    assert tiny.story(Requeued) == ["170 Requeued orders billing #1 lease"]


def test_a_lost_extend_does_not_stop_the_next_one() -> None:
    tiny = Tiny(
        queue=orders(lease_us=100 * MS),
        consumer=billing(300, renew_lease_us=40 * MS),
        script=((0, ArmPacketFault("drop", "billing", "orders", "EXTEND")),),
    ).until(5_000)
    assert tiny.times(Requeued) == []


def test_prefetch_counts_the_message_at_work() -> None:
    tiny = Tiny(shop(rate_per_s=1_000, limit=4, window=9), consumer=billing(prefetch=2)).until(200)
    assert tiny.packets("DELIVER") == ["11 DELIVER #1", "12 DELIVER #2", "131 DELIVER #3"]


def test_a_consumer_works_on_one_message_at_a_time_in_order_of_arrival() -> None:
    tiny = Tiny(shop(rate_per_s=1_000, limit=3, window=9), consumer=billing(prefetch=9)).until(900)
    assert tiny.story(Begun) == [
        "21 Begun billing #1",
        "121 Begun billing #2",
        "221 Begun billing #3",
    ]


def test_prefetch_does_not_apply_to_auto_ack() -> None:
    consumer = billing(prefetch=1, guarantee="at-most-once")
    tiny = Tiny(shop(rate_per_s=1_000, limit=3, window=9), consumer=consumer).until(30)
    assert tiny.packets("DELIVER") == ["11 DELIVER #1", "12 DELIVER #2", "13 DELIVER #3"]


def test_consumers_take_turns_by_id_after_the_last_one_served() -> None:
    tiny = Tiny(
        shop(rate_per_s=1_000, limit=5, window=9),
        consumers={name: billing(prefetch=9, group="g") for name in ("c", "a", "b")},
    ).until(900)
    assert [line.split()[2] for line in tiny.story(Delivered)] == ["a", "b", "c", "a", "b"]


def test_a_turn_goes_on_behind_whoever_was_served_last() -> None:
    # b and c are busy for long; a is free again soon, and then the turn is at a only.
    workers = {"a": billing(5, group="g"), "b": billing(900, group="g")}
    tiny = Tiny(shop(rate_per_s=20, limit=4), consumers=workers).until(400)
    assert [line.split()[2] for line in tiny.story(Delivered)] == ["a", "b", "a", "a"]


def test_a_returned_entry_keeps_its_place_in_front() -> None:
    tiny = Tiny(
        shop(rate_per_s=1_000, limit=3, window=9),
        consumer=billing(10),
        script=((0, ArmPacketFault("drop", "billing", "orders", "ACK", "1")),),
        queue=orders(lease_us=50 * MS),
    ).until(900)
    assert [line.split()[3] for line in tiny.story(Delivered)] == ["#1", "#1", "#2", "#3"]


def test_a_nack_gives_the_message_back_at_once() -> None:
    consumer = billing(poison=(1,))
    tiny = Tiny(consumer=consumer, queue=orders(max_deliveries=2)).until(300)
    assert tiny.story(HandlerFailed, Requeued) == [
        "220 HandlerFailed billing #1",
        "230 Requeued orders billing #1 nack",
    ]
    assert tiny.packets("DELIVER") == ["110 DELIVER #1", "230 DELIVER #1"]


def test_the_redelivery_delay_holds_after_a_nack() -> None:
    tiny = Tiny(
        queue=orders(redelivery_delay_us=300 * MS, max_deliveries=2), consumer=billing(poison=(1,))
    ).until(900)
    assert tiny.packets("DELIVER") == ["110 DELIVER #1", "530 DELIVER #1"]


def test_the_redelivery_delay_does_not_hold_after_the_end_of_a_lease() -> None:
    tiny = Tiny(queue=orders(redelivery_delay_us=300 * MS, lease_us=119 * MS)).until(280)
    assert tiny.packets("DELIVER") == ["110 DELIVER #1", "229 DELIVER #1"]


def test_the_redelivery_delay_does_not_hold_after_a_crash() -> None:
    tiny = Tiny(
        queue=orders(redelivery_delay_us=300 * MS),
        script=((150, CrashNode("billing", for_us=20 * MS)),),
    ).until(900)
    assert tiny.packets("DELIVER") == ["110 DELIVER #1", "180 DELIVER #1"]


def test_the_same_token_acked_twice_is_answered_with_ack_ok_twice() -> None:
    tiny = Tiny(
        consumer=billing(how="double-ack", ack_timeout_us=15 * MS), queue=orders(stale_ack="reject")
    ).until(900)
    assert tiny.packets("ACK", "ACK_OK", "ACK_FAIL") == [
        "220 ACK #1",
        "230 ACK_OK #1",
        "235 ACK #1",
        "245 ACK_OK #1",
    ]
    assert tiny.book().stale_acks == 0


def test_a_networks_copy_of_an_ack_is_not_stale() -> None:
    tiny = Tiny(
        script=((0, ArmPacketFault("duplicate", "billing", "orders", "ACK")),), queue=orders()
    ).until(900)
    assert (tiny.book().stale_acks, tiny.orders.acked) == (0, 1)


def test_a_lease_shorter_than_the_work_repeats_the_effect_for_ever() -> None:
    tiny = Tiny(queue=orders(lease_us=115 * MS)).until(350)
    assert tiny.story(Applied, Requeued, StaleAck) == [
        "220 Applied billing #1 1",
        "225 Requeued orders billing #1 lease",
        "230 StaleAck orders billing #1",
        "335 Applied billing #1 2",
        "340 Requeued orders billing #1 lease",
        "345 StaleAck orders billing #1",
    ]


@pytest.mark.parametrize("policy", ["requeue", "wait-for-lease"])
def test_what_a_crash_does_to_leases_is_the_queues_choice(policy: str) -> None:
    tiny = Tiny(
        queue=orders(lease_us=500 * MS, on_disconnect=policy),
        script=((150, CrashNode("billing", for_us=20 * MS)),),
    ).until(900)
    again = {"requeue": "180 DELIVER #1", "wait-for-lease": "610 DELIVER #1"}[policy]
    assert tiny.packets("DELIVER") == ["110 DELIVER #1", again]


def test_a_restarted_consumer_has_full_credit_though_old_leases_run() -> None:
    tiny = Tiny(
        shop(limit=2, rate_per_s=1_000, window=9),
        orders(lease_us=500 * MS, on_disconnect="wait-for-lease"),
        script=((50, CrashNode("billing", for_us=20 * MS)),),
    ).until(300)
    assert tiny.packets("DELIVER") == ["11 DELIVER #1", "80 DELIVER #2"]


def test_the_end_of_a_former_lifes_lease_gives_no_credit_to_the_new_one() -> None:
    tiny = Tiny(
        shop(limit=2, rate_per_s=1_000, window=9),
        orders(lease_us=500 * MS, on_disconnect="wait-for-lease"),
        billing(900),
        script=((50, CrashNode("billing", for_us=20 * MS)),),
    ).until(579)
    # #1 is back at 511, but the new life works on #2.
    assert tiny.packets("DELIVER") == ["11 DELIVER #1", "80 DELIVER #2"]
    assert tiny.times(Requeued) == [511]


def test_after_a_cut_stream_the_running_leases_still_use_up_the_credit() -> None:
    tiny = Tiny(
        shop(limit=2, window=9),
        orders(lease_us=500 * MS, on_disconnect="wait-for-lease"),
        billing(300),
        down=link(transport="stream"),
        script=((150, CutLink("orders", "billing", for_us=20 * MS)),),
    ).until(420)
    # The process is the same one, and its first message is still unacknowledged on the books.
    assert tiny.packets("DELIVER") == ["110 DELIVER #1"]


def test_a_lease_that_ends_while_the_queue_is_paused_ends_at_its_resume() -> None:
    tiny = Tiny(
        queue=orders(lease_us=100 * MS),
        consumer=billing(500),
        script=((150, PauseNode("orders", for_us=300 * MS)),),
    ).until(500)
    assert tiny.times(Requeued) == [450]
