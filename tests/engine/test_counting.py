"""What does each counter of the scoreboard count, and when?"""

from playground.engine.commands import ArmPacketFault, CrashNode
from playground.engine.records import Delivered

from .tiny import MS, Tiny, billing, orders, retry, shop

LOSE_ACK = (0, ArmPacketFault("drop", "billing", "orders", "ACK"))


def test_a_delivery_counts_when_it_reaches_the_process_its_buffer_included() -> None:
    tiny = Tiny(shop(limit=3, rate_per_s=1_000, window=9), consumer=billing(prefetch=9)).until(40)
    assert (tiny.book().deliveries, len(tiny.consumer().buffer)) == (3, 2)


def test_buffered_copies_of_auto_ack_are_in_flight_and_die_with_the_consumer() -> None:
    tiny = Tiny(
        shop(limit=3, rate_per_s=1_000, window=9), consumer=billing(guarantee="at-most-once")
    ).until(60)
    assert (len(tiny.orders.log), tiny.book().in_flight) == (0, 3)
    assert tiny.do(CrashNode("billing")).lost() == {"consumer-crash": 3}


def test_the_wait_is_sampled_once_from_the_append_to_the_first_begin() -> None:
    tiny = Tiny(queue=orders(lease_us=300 * MS), script=(LOSE_ACK,)).until(2_000)
    wait = tiny.book().wait
    assert (tiny.book().deliveries, wait.count, wait.mean) == (2, 1, 10 * MS)


def test_the_wait_is_measured_from_the_entry_that_is_begun() -> None:
    # The first SEND is lost: the entry is of 160, its first program begins at 170.
    tiny = Tiny(
        shop(retry=retry(50)), script=((0, ArmPacketFault("drop", "shop", "orders", "SEND")),)
    ).until(2_000)
    assert tiny.book().wait.mean == 10 * MS


def test_the_latency_runs_from_the_submit_to_the_first_effect() -> None:
    tiny = Tiny(
        shop(limit=2, rate_per_s=1_000, window=1), orders(lease_us=300 * MS), script=(LOSE_ACK,)
    ).until(2_000)
    # #1 from 1 to 121; #2 was submitted at 2; both first effects once, the repeat not at all.
    assert (tiny.book().latency.count, tiny.book().effect_total) == (2, 3)


def test_in_flight_turns_into_once_and_once_into_many() -> None:
    tiny = Tiny(queue=orders(lease_us=300 * MS), script=(LOSE_ACK,))
    book = tiny.until(150).book()
    assert (book.in_flight, book.applied_once, book.applied_many) == (1, 0, 0)
    tiny.until(250)
    assert (book.in_flight, book.applied_once, book.applied_many) == (0, 1, 0)
    tiny.until(2_000)
    assert (book.in_flight, book.applied_once, book.applied_many) == (0, 0, 1)


def test_duplicate_effects_count_every_effect_after_the_first() -> None:
    tiny = Tiny(queue=orders(lease_us=115 * MS)).until(460)
    book = tiny.book()
    assert (book.effect_total, book.duplicate_effects, book.applied_many) == (3, 2, 1)


def test_money_is_what_the_effects_took() -> None:
    tiny = Tiny(shop(limit=2, amount=25), orders(lease_us=300 * MS), script=(LOSE_ACK,)).until(
        5_000
    )
    assert (tiny.book().money_settled, tiny.book().money_is) == (50, 75)


def test_deliveries_are_numbered_for_the_group_whichever_entry_they_come_from() -> None:
    tiny = Tiny(
        shop(retry=retry(50)), script=((0, ArmPacketFault("drop", "orders", "shop", "CONFIRM")),)
    ).until(2_000)
    assert tiny.story(Delivered) == ["120 Delivered billing #1 1", "240 Delivered billing #1 2"]


def test_out_of_order_counts_each_overtaken_message_once() -> None:
    workers = {"a": billing(500, group="g"), "b": billing(10, group="g")}
    tiny = Tiny(shop(limit=4, rate_per_s=20), consumers=workers).until(5_000)
    # #1 is done last, behind #2, #3 and #4.
    assert tiny.book("g").out_of_order == 1


def test_keys_have_orders_of_their_own() -> None:
    workers = {"a": billing(500, group="g"), "b": billing(10, group="g")}
    tiny = Tiny(shop(limit=2, rate_per_s=20, keys=2), consumers=workers).until(5_000)
    assert tiny.book("g").out_of_order == 0
