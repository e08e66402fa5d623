"""How does a producer publish: attempts, backoff, windows, sessions, outbox, its own crash?"""

from playground.engine import parameters as p
from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    CrashNode,
    CutLink,
    PauseNode,
    SetNode,
)
from playground.engine.ledger import CONFIRMED, GAVE_UP
from playground.engine.records import Appended, Applied, Confirmed, Forgotten, GaveUp, Produced

from .tiny import MS, Tiny, billing, link, orders, retry, shop

CUT = (0, CutLink("shop", "orders"))


def test_message_n_of_a_regular_producer_comes_at_n_over_rate() -> None:
    tiny = Tiny(shop(rate_per_s=3, limit=4, window=9)).until(2_000)
    assert tiny.times(Produced) == [333.333, 666.667, 1_000, 1_333.333]


def test_a_burst_comes_every_burst_over_rate() -> None:
    tiny = Tiny(shop(arrivals="burst", burst=3, rate_per_s=10, limit=5, window=9)).until(2_000)
    assert tiny.times(Produced) == [300, 300, 300, 600, 600]


def test_a_message_counts_as_produced_while_it_waits_in_the_buffer() -> None:
    tiny = Tiny(shop(limit=3, window=1), script=(CUT,)).until(300)
    assert (tiny.shop.produced, len(tiny.shop.buffer), tiny.shop.attempts) == (3, 2, 1)


def test_the_window_lets_the_next_send_out_when_a_confirm_comes() -> None:
    tiny = Tiny(shop(rate_per_s=1_000, limit=3, window=2)).until(100)
    assert tiny.packets("SEND") == ["1 SEND #1", "2 SEND #2", "21 SEND #3"]


def test_fire_and_forget_ignores_window_and_retry() -> None:
    tiny = Tiny(shop(rate_per_s=1_000, limit=3, window=1, publish="fire-and-forget"), script=(CUT,))
    assert tiny.until(9_000).packets() == ["1 SEND #1 cut", "2 SEND #2 cut", "3 SEND #3 cut"]


def test_attempt_k_plus_1_follows_timeout_and_backoff_times_factor() -> None:
    schedule = p.Retry(timeout_us=500 * MS, backoff_us=200 * MS, factor=2, cap_us=1_000 * MS)
    tiny = Tiny(shop(retry=schedule), script=(CUT,)).until(6_000)
    # The waits are 500 + 200, 500 + 400, 500 + 800, then 500 + 1000 for ever.
    assert [float(line.split()[0]) for line in tiny.packets("SEND")] == [
        100, 800, 1_700, 3_000, 4_500, 6_000,
    ]  # fmt: skip


def test_it_gives_up_when_the_last_attempt_times_out_and_no_backoff_later() -> None:
    tiny = Tiny(shop(retry=retry(50, attempts=2, backoff_ms=30)), script=(CUT,)).until(9_000)
    assert tiny.story(GaveUp) == ["230 GaveUp shop #1 timeout"]
    assert len(tiny.packets("SEND")) == 2


def test_one_attempt_means_no_retry() -> None:
    tiny = Tiny(shop(retry=retry(50, attempts=1)), script=(CUT,)).until(9_000)
    assert tiny.story(GaveUp) == ["150 GaveUp shop #1 timeout"]


def test_a_confirm_after_giving_up_is_ignored() -> None:
    # The CONFIRM needs 20 ms, the producer waits for 15.
    tiny = Tiny(shop(retry=retry(15, attempts=1))).until(9_000)
    assert tiny.story(GaveUp, Confirmed) == ["115 GaveUp shop #1 timeout"]
    assert tiny.world.ledger.status[0] == GAVE_UP
    assert tiny.book().applied_once == 1


def test_a_late_confirm_counts_while_the_next_attempt_waits_for_its_backoff() -> None:
    tiny = Tiny(shop(retry=retry(15, backoff_ms=100))).until(9_000)
    assert tiny.packets("SEND") == ["100 SEND #1"]
    assert tiny.world.ledger.status[0] == CONFIRMED


def test_a_confirm_at_the_instant_of_the_timeout_counts() -> None:
    tiny = Tiny(shop(retry=retry(20))).until(9_000)
    assert tiny.packets("SEND") == ["100 SEND #1"]


def test_the_backoff_after_a_refusal_begins_with_the_refusal() -> None:
    # Full from 110 on; the consumer's ACK of message 1 arrives at 430.
    tiny = Tiny(
        shop(limit=2, window=9, retry=retry(500, backoff_ms=250)), orders(capacity=1), billing(300)
    ).until(2_000)
    assert tiny.packets("SEND", "REFUSE") == [
        "100 SEND #1",
        "200 SEND #2",
        "210 REFUSE #2",
        "470 SEND #2",
    ]


def test_a_refusal_of_the_last_attempt_is_given_up_at_once() -> None:
    tiny = Tiny(shop(limit=2, window=9, retry=retry(500, attempts=1)), orders(capacity=1)).until(
        9_000
    )
    assert tiny.story(GaveUp) == ["220 GaveUp shop #2 refused"]


def test_the_retries_of_one_message_do_not_disturb_another() -> None:
    tiny = Tiny(
        shop(limit=2, window=2, retry=retry(60)),
        script=((50, ArmPacketFault("drop", "shop", "orders", "SEND", "1")),),
    ).until(900)
    assert tiny.packets("SEND") == ["100 SEND #1 lost", "160 SEND #1", "200 SEND #2"]


def test_a_crash_forgets_what_is_buffered_and_unconfirmed() -> None:
    tiny = Tiny(shop(limit=3, window=1), script=(CUT, (350, CrashNode("shop")))).until(9_000)
    assert tiny.story(Forgotten) == [f"350 Forgotten shop #{n}" for n in (1, 2, 3)]
    assert tiny.lost() == {"producer-crash": 3}


def test_with_an_outbox_a_restart_begins_again_with_attempt_one() -> None:
    tiny = Tiny(
        shop(outbox=True, limit=2, window=1, retry=retry(50, attempts=2), restart_after_us=5 * MS),
        script=((0, CutLink("shop", "orders", for_us=150 * MS)), (120, CrashNode("shop"))),
    ).until(9_000)
    assert tiny.packets("SEND") == [
        "100 SEND #1 cut",
        "125 SEND #1 cut",
        "175 SEND #1",
        "225 SEND #2",
    ]
    assert tiny.book().applied_once == 2


def test_after_a_restart_the_next_message_follows_one_fresh_gap() -> None:
    tiny = Tiny(shop(limit=3, restart_after_us=33 * MS), script=((150, CrashNode("shop")),)).until(
        9_000
    )
    assert tiny.times(Produced) == [100, 283, 383]


def test_nothing_is_submitted_while_it_is_down() -> None:
    tiny = Tiny(shop(limit=None), script=((50, CrashNode("shop", for_us=400 * MS)),)).until(500)
    assert tiny.times(Produced) == []


def test_messages_that_fall_into_a_pause_are_not_made_up() -> None:
    tiny = Tiny(shop(limit=3, window=9), script=((150, PauseNode("shop", for_us=200 * MS)),)).until(
        9_000
    )
    assert tiny.times(Produced) == [100, 400, 500]


def test_attempts_count_sends_and_not_the_networks_copies() -> None:
    tiny = Tiny(up=link(duplicate=1.0)).until(9_000)
    assert tiny.shop.attempts == 1
    assert len(tiny.packets("SEND")) == 2


def test_before_send_dies_before_the_packet_leaves_and_after_send_behind_it() -> None:
    before = Tiny(script=((0, ArmCrash("shop", "before-send")),)).until(9_000)
    after = Tiny(script=((0, ArmCrash("shop", "after-send")),)).until(9_000)
    assert (before.packets("SEND"), before.lost()) == ([], {"producer-crash": 1})
    assert (after.packets("SEND"), after.book().applied_once) == (["100 SEND #1"], 1)


def test_a_message_sent_as_confirmed_is_confirmed_whatever_is_set_meanwhile() -> None:
    tiny = Tiny(script=((105, SetNode("shop", (("publish", "fire-and-forget"),))),)).until(9_000)
    assert tiny.story(Confirmed) == ["120 Confirmed shop #1"]
    assert len(tiny.all(Appended)) == 1


def test_a_lost_confirm_makes_a_second_entry_and_a_second_effect() -> None:
    tiny = Tiny(
        shop(retry=retry(50)), script=((0, ArmPacketFault("drop", "orders", "shop", "CONFIRM")),)
    ).until(9_000)
    assert tiny.story(Applied) == ["220 Applied billing #1 1", "340 Applied billing #1 2"]
