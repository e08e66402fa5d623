"""What happens to a message that a queue has no room for, or keeps for too long?"""

from playground.engine.commands import CrashNode, ExpireEntry, PauseNode, SetNode
from playground.engine.records import Appended, Applied, Expired, Refused

from .tiny import MS, Tiny, billing, orders, retry, shop

THREE = shop(limit=3, window=9, publish="fire-and-forget")
AWAY = (0, CrashNode("billing", for_us=9_000 * MS))


def test_a_full_queue_refuses_a_confirmed_producer() -> None:
    tiny = Tiny(
        shop(limit=2, window=9, retry=retry(500, backoff_ms=500)),
        orders(capacity=1),
        script=(AWAY,),
    ).until(300)
    assert tiny.story(Refused) == ["210 Refused orders #2 full"]
    assert tiny.packets("REFUSE") == ["210 REFUSE #2"]
    assert tiny.orders.rejected == 1


def test_a_full_queue_is_silent_to_fire_and_forget() -> None:
    tiny = Tiny(THREE, orders(capacity=1), script=(AWAY,)).until(900)
    assert (tiny.packets("REFUSE"), tiny.lost()) == ([], {"overflow": 2})


def test_the_leased_entry_counts_in_the_capacity() -> None:
    tiny = Tiny(THREE, orders(capacity=1), billing(500)).until(900)
    assert tiny.story(Appended) == ["110 Appended orders #1 0"]


def test_an_auto_acked_entry_makes_room_at_once() -> None:
    tiny = Tiny(THREE, orders(capacity=1), billing(500, guarantee="at-most-once")).until(900)
    assert tiny.orders.rejected == 0


def test_an_entry_counts_until_the_last_group_has_finished_it() -> None:
    workers = {"fast": billing(10), "slow": billing(500)}
    tiny = Tiny(THREE, orders(capacity=1), consumers=workers).until(900)
    assert (tiny.lost("fast"), tiny.lost("slow")) == ({"overflow": 2}, {"overflow": 2})


def test_drop_oldest_gives_up_the_oldest_entry() -> None:
    tiny = Tiny(THREE, orders(capacity=2, overflow="drop-oldest"), script=(AWAY,)).until(900)
    assert tiny.story(Expired) == ["310 Expired orders #1 overflow"]
    assert tiny.lost() == {"overflow": 1}


def test_drop_oldest_spares_what_is_leased() -> None:
    tiny = Tiny(THREE, orders(capacity=2, overflow="drop-oldest"), billing(900)).until(900)
    assert tiny.story(Expired) == ["310 Expired orders #2 overflow"]


def test_drop_oldest_spares_what_any_group_has_leased_and_drops_for_all_groups() -> None:
    workers = {"busy": billing(900), "away": billing(900)}
    tiny = Tiny(
        THREE,
        orders(capacity=2, overflow="drop-oldest"),
        consumers=workers,
        script=((0, CrashNode("away", for_us=9_000 * MS)),),
    ).until(900)
    assert tiny.story(Expired) == ["310 Expired orders #2 overflow"]
    assert (tiny.lost("busy"), tiny.lost("away")) == ({"overflow": 1}, {"overflow": 1})


def test_drop_oldest_refuses_when_everything_is_leased() -> None:
    tiny = Tiny(THREE, orders(capacity=1, overflow="drop-oldest"), billing(900)).until(250)
    assert tiny.story(Expired, Refused) == ["210 Refused orders #2 full"]


def test_retention_takes_what_nobody_has_read() -> None:
    tiny = Tiny(queue=orders(retention_us=300 * MS), script=(AWAY,)).until(900)
    assert tiny.story(Expired) == ["410 Expired orders #1 retention"]
    assert tiny.lost() == {"retention": 1}


def test_every_entry_has_its_own_retention() -> None:
    tiny = Tiny(THREE, orders(retention_us=300 * MS), script=(AWAY,)).until(900)
    assert tiny.times(Expired) == [410, 510, 610]


def test_retention_takes_a_leased_entry_while_its_copy_stays_in_flight() -> None:
    tiny = Tiny(queue=orders(retention_us=50 * MS)).until(180)
    assert tiny.story(Expired) == ["160 Expired orders #1 retention"]
    assert (tiny.book().in_flight, tiny.book().lost) == (1, 0)
    assert tiny.until(900).story(Applied) == ["220 Applied billing #1 1"]


def test_the_crash_of_the_consumer_then_takes_the_last_copy() -> None:
    tiny = Tiny(queue=orders(retention_us=50 * MS), script=((180, CrashNode("billing")),))
    assert tiny.until(900).lost() == {"consumer-crash": 1}


def test_an_ack_at_the_instant_of_the_retention_counts() -> None:
    tiny = Tiny(queue=orders(retention_us=120 * MS)).until(900)
    assert tiny.orders.expired == 0


def test_the_retention_of_a_paused_queue_waits() -> None:
    tiny = Tiny(
        queue=orders(retention_us=100 * MS),
        script=(AWAY, (150, PauseNode("orders", for_us=200 * MS))),
    ).until(900)
    assert tiny.times(Expired) == [350]


def test_a_retention_that_ended_while_the_queue_was_down_strikes_at_its_restart() -> None:
    tiny = Tiny(
        queue=orders(retention_us=100 * MS),
        script=(AWAY, (150, CrashNode("orders", for_us=200 * MS))),
    ).until(900)
    assert tiny.times(Expired) == [350]


def test_a_shorter_retention_acts_at_once() -> None:
    tiny = Tiny(
        THREE,
        orders(retention_us=9_000 * MS),
        script=(AWAY, (250, SetNode("orders", (("retention_us", 100 * MS),)))),
    ).until(900)
    assert tiny.times(Expired) == [250, 310, 410]


def test_a_longer_retention_acts_at_once() -> None:
    tiny = Tiny(
        queue=orders(retention_us=200 * MS),
        script=(AWAY, (250, SetNode("orders", (("retention_us", 400 * MS),)))),
    ).until(900)
    assert tiny.times(Expired) == [510]


def test_a_click_expires_an_entry_for_all_groups() -> None:
    tiny = Tiny(
        THREE,
        consumers={"a": billing(), "b": billing()},
        script=((205, CrashNode("a")), (205, CrashNode("b")), (400, ExpireEntry("orders", "3"))),
    ).until(410)
    assert (tiny.lost("a"), tiny.lost("b")) == ({"retention": 1}, {"retention": 1})
