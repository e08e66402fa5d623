"""What survives a crash of the queue: entries, confirms, acks, counts? By durability and kind."""

import pytest

from playground.engine.commands import (
    ArmCrash,
    CrashNode,
    DelayPacket,
    DuplicatePacket,
    PauseNode,
)
from playground.engine.records import (
    Acked,
    Appended,
    Applied,
    Confirmed,
    Connected,
    Delivered,
    StaleAck,
)

from .tiny import MS, Tiny, billing, link, orders, retry, shop

# Nobody reads: the consumer is away until 9 s.
AWAY = (0, CrashNode("billing", for_us=9_000 * MS))


def held(tiny: Tiny) -> int:
    """Entries in the queue."""
    return len(tiny.orders.log)


@pytest.mark.parametrize(
    ("durability", "what", "left"),
    [
        ("memory", "machine", 0),
        ("memory", "process", 0),
        ("lazy", "machine", 2),
        ("lazy", "process", 3),
        ("sync", "machine", 3),
        ("sync", "process", 3),
    ],
)
def test_what_a_crash_leaves(durability: str, what: str, left: int) -> None:
    # Appended at 110, 210, 310; the disk was written at 250.
    tiny = Tiny(
        shop(limit=3),
        orders(durability=durability, flush_us=250 * MS),
        script=(AWAY, (320, CrashNode("orders", 10 * MS, what))),  # type: ignore[arg-type]
    ).until(400)
    assert held(tiny) == left
    assert tiny.lost() == ({"queue-crash": 3 - left} if left < 3 else {})


def test_an_entry_appended_at_the_instant_of_the_flush_is_on_the_disk() -> None:
    tiny = Tiny(
        queue=orders(durability="lazy", flush_us=110 * MS),
        script=(AWAY, (115, CrashNode("orders", 10 * MS))),
    ).until(400)
    assert held(tiny) == 1


def test_a_crash_at_the_instant_of_the_flush_comes_after_it() -> None:
    tiny = Tiny(
        queue=orders(durability="lazy", flush_us=120 * MS),
        script=(AWAY, (120, CrashNode("orders", 10 * MS))),
    ).until(400)
    assert held(tiny) == 1


def test_a_crash_by_a_packet_at_the_instant_of_the_flush_comes_before_it() -> None:
    tiny = Tiny(
        queue=orders(durability="lazy", flush_us=110 * MS),
        script=(AWAY, (0, ArmCrash("orders", "appended"))),
    ).until(130)
    assert held(tiny) == 0


def test_a_flush_of_no_interval_writes_everything() -> None:
    tiny = Tiny(
        queue=orders(durability="lazy", flush_us=0),
        script=(AWAY, (110, CrashNode("orders", 10 * MS))),
    ).until(400)
    assert held(tiny) == 1


def test_the_flush_of_a_paused_queue_waits() -> None:
    tiny = Tiny(
        queue=orders(durability="lazy", flush_us=120 * MS),
        script=(AWAY, (115, PauseNode("orders")), (130, CrashNode("orders", 10 * MS))),
    ).until(400)
    assert held(tiny) == 0


def test_memory_confirms_and_loses_nevertheless() -> None:
    tiny = Tiny(
        queue=orders(durability="memory"), script=(AWAY, (130, CrashNode("orders", 10 * MS)))
    ).until(400)
    assert tiny.story(Confirmed) == ["120 Confirmed shop #1"]
    assert tiny.book().lost == 1


def test_packets_that_arrive_while_it_is_down_are_lost() -> None:
    tiny = Tiny(
        shop(publish="fire-and-forget"), script=((105, CrashNode("orders", for_us=50 * MS)),)
    ).until(400)
    assert tiny.lost() == {"queue-crash": 1}


def test_what_it_sent_before_its_crash_goes_on() -> None:
    tiny = Tiny(script=((115, CrashNode("orders", for_us=50 * MS)),)).until(150)
    assert tiny.story(Delivered, Confirmed) == [
        "120 Confirmed shop #1",
        "120 Delivered billing #1 1",
    ]


def test_leases_are_lost_and_their_tokens_stay_stale() -> None:
    tiny = Tiny(script=((150, CrashNode("orders", for_us=20 * MS)),)).until(400)
    # Back at 170, the consumer at 180; the ACK of the first life comes at 230.
    assert tiny.packets("DELIVER") == ["110 DELIVER #1", "180 DELIVER #1"]
    assert (tiny.book().stale_acks, tiny.book().duplicate_effects) == (1, 1)


def test_delivery_counts_survive() -> None:
    tiny = Tiny(
        queue=orders(max_deliveries=2),
        consumer=billing(1_000),
        script=(
            (150, CrashNode("orders", for_us=20 * MS)),
            (250, CrashNode("orders", for_us=20 * MS)),
        ),
    ).until(900)
    assert tiny.packets("DELIVER") == ["110 DELIVER #1", "180 DELIVER #1"]
    assert tiny.orders.dead_lettered == 1


def test_its_consumers_come_back_one_latency_after_its_restart() -> None:
    tiny = Tiny(script=((50, CrashNode("orders", for_us=20 * MS)),), down=link(33)).until(200)
    assert tiny.story(Connected)[-1] == "103 Connected orders billing"


def test_an_explicit_ack_since_the_last_flush_is_undone_on_a_lazy_disk() -> None:
    tiny = Tiny(
        queue=orders(ack_durability="lazy"), script=((240, CrashNode("orders", for_us=20 * MS)),)
    ).until(2_000)
    assert tiny.story(Applied) == ["220 Applied billing #1 1", "380 Applied billing #1 2"]


def test_an_ack_before_the_last_flush_stays() -> None:
    tiny = Tiny(
        queue=orders(ack_durability="lazy", flush_us=235 * MS),
        script=((240, CrashNode("orders", for_us=20 * MS)),),
    ).until(2_000)
    assert tiny.book().effect_total == 1


def test_a_process_crash_undoes_no_ack() -> None:
    tiny = Tiny(
        queue=orders(ack_durability="lazy"),
        script=((240, CrashNode("orders", 20 * MS, "process")),),
    ).until(2_000)
    assert tiny.book().effect_total == 1


def test_an_auto_ack_never_comes_back() -> None:
    tiny = Tiny(
        queue=orders(ack_durability="lazy"),
        consumer=billing(guarantee="at-most-once"),
        script=((115, CrashNode("orders", for_us=20 * MS)),),
    ).until(2_000)
    assert tiny.story(Acked, Applied) == [
        "110 Acked orders billing #1 auto",
        "220 Applied billing #1 1",
    ]


@pytest.mark.parametrize(
    ("point", "entries", "confirms"), [("received", 0, 0), ("appended", 1, 0), ("confirmed", 1, 1)]
)
def test_the_points_of_a_queue(point: str, entries: int, confirms: int) -> None:
    tiny = Tiny(
        shop(retry=retry(9_000)),
        orders(restart_after_us=50 * MS),
        script=(AWAY, (0, ArmCrash("orders", point))),
    ).until(400)
    assert (len(tiny.all(Appended)), len(tiny.packets("CONFIRM"))) == (entries, confirms)


def test_a_sync_confirm_takes_no_virtual_time() -> None:
    for durability in ("memory", "lazy", "sync"):
        tiny = Tiny(queue=orders(durability=durability)).until(200)
        assert tiny.packets("CONFIRM", "DELIVER") == ["110 CONFIRM #1", "110 DELIVER #1"]


def test_the_token_of_an_undone_ack_is_stale() -> None:
    tiny = Tiny(queue=orders(ack_durability="lazy")).until(225)
    copy = tiny.flights("ACK")[0]
    tiny.do(DuplicatePacket(copy), DelayPacket(copy, 70 * MS))
    tiny.until(240).do(CrashNode("orders", for_us=20 * MS)).until(310)
    # One copy had acked at 230; the other one comes at 300, when the entry is out again.
    assert (tiny.times(StaleAck), len(tiny.orders.log)) == ([300], 1)
