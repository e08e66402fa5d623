"""What does the queue recognise as sent before, by message id or by sequence, and for how long?"""

from playground.engine.commands import ArmPacketFault, CrashNode, CutLink, ForgetDedup
from playground.engine.records import (
    Appended,
    Confirmed,
    Deduplicated,
    GaveUp,
    Refused,
)

from .tiny import MS, Tiny, billing, link, orders, retry, shop

DROP_CONFIRM = (0, ArmPacketFault("drop", "orders", "shop", "CONFIRM"))
DROP_SEND_1 = (0, ArmPacketFault("drop", "shop", "orders", "SEND", "1"))


def test_a_repeated_send_is_confirmed_again_and_not_appended() -> None:
    tiny = Tiny(
        shop(identity="message-id", retry=retry(50)),
        orders(deduplicate="message-id"),
        script=(DROP_CONFIRM,),
    ).until(900)
    assert tiny.story(Appended, Deduplicated, Confirmed) == [
        "110 Appended orders #1 0",
        "160 Deduplicated orders #1",
        "170 Confirmed shop #1",
    ]


def test_a_queue_cannot_recognise_what_carries_no_id() -> None:
    tiny = Tiny(
        shop(identity="none", retry=retry(50)),
        orders(deduplicate="message-id"),
        script=(DROP_CONFIRM,),
    ).until(900)
    assert tiny.times(Appended) == [110, 160]


def test_a_queue_that_looks_for_sequences_does_not_see_ids() -> None:
    tiny = Tiny(
        shop(identity="message-id", retry=retry(50)),
        orders(deduplicate="sequence"),
        script=(DROP_CONFIRM,),
    ).until(900)
    assert tiny.times(Appended) == [110, 160]


def test_the_window_runs_from_the_append_and_a_duplicate_does_not_renew_it() -> None:
    # SENDs arrive at 110, 160, 210, 260 …: the CONFIRMs never do.
    tiny = Tiny(
        shop(identity="message-id", retry=retry(50)),
        orders(deduplicate="message-id", dedup_window_us=100 * MS),
        script=((0, CutLink("shop", "orders", "reply")),),
    ).until(350)
    assert tiny.story(Appended, Deduplicated) == [
        "110 Appended orders #1 0",
        "160 Deduplicated orders #1",
        "210 Appended orders #1 1",
        "260 Deduplicated orders #1",
        "310 Appended orders #1 2",
    ]


def test_message_id_dedup_works_across_a_producers_restart() -> None:
    tiny = Tiny(
        shop(identity="message-id", outbox=True),
        orders(deduplicate="message-id"),
        script=((115, CrashNode("shop", for_us=10 * MS)), DROP_CONFIRM),
    ).until(900)
    assert tiny.story(Appended, Deduplicated) == [
        "110 Appended orders #1 0",
        "135 Deduplicated orders #1",
    ]


def test_a_new_session_is_not_recognised_by_sequence() -> None:
    tiny = Tiny(
        shop(identity="sequence", outbox=True),
        orders(deduplicate="sequence"),
        script=((115, CrashNode("shop", for_us=10 * MS)), DROP_CONFIRM),
    ).until(900)
    assert tiny.times(Appended) == [110, 135]


def test_a_sequence_number_that_was_appended_is_a_duplicate() -> None:
    tiny = Tiny(
        shop(identity="sequence", retry=retry(50)),
        orders(deduplicate="sequence"),
        script=(DROP_CONFIRM,),
    ).until(900)
    assert tiny.story(Appended, Deduplicated) == [
        "110 Appended orders #1 0",
        "160 Deduplicated orders #1",
    ]


def test_a_sequence_number_beyond_the_next_is_refused_and_retried_in_order() -> None:
    tiny = Tiny(
        shop(limit=3, rate_per_s=1_000, window=3, identity="sequence", retry=retry(50)),
        orders(deduplicate="sequence"),
        script=(DROP_SEND_1,),
    ).until(900)
    assert tiny.story(Refused)[:2] == [
        "12 Refused orders #2 out-of-order",
        "13 Refused orders #3 out-of-order",
    ]
    assert [line.split()[3] for line in tiny.story(Appended)] == ["#1", "#2", "#3"]


def test_without_sequences_the_same_loss_reorders() -> None:
    tiny = Tiny(
        shop(limit=3, rate_per_s=1_000, window=3, retry=retry(50)), script=(DROP_SEND_1,)
    ).until(900)
    assert [line.split()[3] for line in tiny.story(Appended)] == ["#2", "#3", "#1"]


def test_giving_up_opens_a_new_session_whose_numbers_begin_at_one() -> None:
    # Message 1 is given up at 150; without a new session 2 would be out of order for ever.
    tiny = Tiny(
        shop(limit=2, identity="sequence", retry=retry(50, attempts=1)),
        orders(deduplicate="sequence"),
        script=(DROP_SEND_1,),
    ).until(900)
    assert tiny.story(GaveUp, Refused, Appended) == [
        "150 GaveUp shop #1 timeout",
        "210 Appended orders #2 0",
    ]


def test_a_networks_copy_is_recognised_by_its_id() -> None:
    tiny = Tiny(
        shop(identity="message-id"), orders(deduplicate="message-id"), up=link(duplicate=1.0)
    ).until(900)
    assert tiny.story(Appended, Deduplicated) == [
        "110 Appended orders #1 0",
        "110 Deduplicated orders #1",
    ]


def test_fire_and_forget_with_an_id_is_recognised_and_gets_no_answer() -> None:
    tiny = Tiny(
        shop(identity="message-id", publish="fire-and-forget"),
        orders(deduplicate="message-id"),
        up=link(duplicate=1.0),
    ).until(900)
    assert (tiny.orders.deduplicated, tiny.packets("CONFIRM")) == (1, [])


def test_a_click_makes_the_queue_forget() -> None:
    tiny = Tiny(
        shop(identity="message-id", retry=retry(50)),
        orders(deduplicate="message-id"),
        script=(DROP_CONFIRM, (140, ForgetDedup("orders", "1"))),
    ).until(900)
    assert tiny.times(Appended) == [110, 160]


def test_a_sync_queue_remembers_through_its_own_crash() -> None:
    tiny = Tiny(
        shop(identity="message-id", retry=retry(50)),
        orders(deduplicate="message-id"),
        billing(500),
        script=(DROP_CONFIRM, (120, CrashNode("orders", for_us=10 * MS))),
    ).until(300)
    assert tiny.story(Appended, Deduplicated) == [
        "110 Appended orders #1 0",
        "160 Deduplicated orders #1",
    ]


def test_a_lazy_queue_loses_the_memory_together_with_the_entry() -> None:
    tiny = Tiny(
        shop(identity="message-id", retry=retry(50)),
        orders(deduplicate="message-id", durability="lazy"),
        billing(500),
        script=(DROP_CONFIRM, (120, CrashNode("orders", for_us=10 * MS))),
    ).until(300)
    assert tiny.times(Appended) == [110, 160]


def test_forgetting_old_appends_does_not_lose_younger_ones() -> None:
    tiny = Tiny(
        shop(limit=600, rate_per_s=1_000, window=9, identity="message-id"),
        orders(deduplicate="message-id", dedup_window_us=100 * MS),
        up=link(duplicate=1.0),
    ).until(5_000)
    assert (tiny.orders.appended, tiny.orders.deduplicated) == (600, 600)
