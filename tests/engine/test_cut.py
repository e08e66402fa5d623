"""What does a cut stop, who notices it, and how does a consumer's crash close its connection?"""

from playground.engine.commands import (
    CrashNode,
    CutLink,
    DelayPacket,
    HealLink,
    PauseNode,
    RestartNode,
)
from playground.engine.parameters import LinkParameters, Spread
from playground.engine.records import (
    Acked,
    Appended,
    Connected,
    Disconnected,
    LinkCut,
    LinkHealed,
    PacketDied,
    Requeued,
    StaleAck,
)

from .tiny import MS, Tiny, billing, link, orders, retry, shop

STREAM = link(transport="stream")


def test_every_packet_in_flight_that_way_is_lost_and_the_other_way_goes_on() -> None:
    tiny = Tiny(script=((115, CutLink("orders", "billing", "request")),)).until(300)
    assert tiny.story(PacketDied) == ["115 PacketDied 11 orders billing DELIVER #1 cut 500"]
    assert tiny.times(Appended) == [110]


def test_a_cut_of_the_reply_takes_the_confirm_only() -> None:
    tiny = Tiny(
        shop(retry=retry(50, attempts=1)), script=((105, CutLink("shop", "orders", "reply")),)
    ).until(400)
    assert (tiny.packets("CONFIRM"), tiny.book().applied_once) == (["110 CONFIRM #1 cut"], 1)


def test_without_a_time_it_lasts_until_it_is_healed() -> None:
    script = ((0, CutLink("shop", "orders")), (5_000, HealLink("shop", "orders")))
    tiny = Tiny(script=script).until(9_000)
    assert tiny.story(LinkCut, LinkHealed) == [
        "0 LinkCut shop orders both ?",
        "5000 LinkHealed shop orders",
    ]


def test_with_a_time_it_heals_by_itself() -> None:
    tiny = Tiny(script=((0, CutLink("shop", "orders", for_us=150 * MS)),)).until(900)
    assert tiny.times(LinkHealed) == [150]


def test_an_old_heal_does_not_end_a_younger_cut() -> None:
    tiny = Tiny(
        script=(
            (10, CutLink("shop", "orders", for_us=100 * MS)),
            (20, HealLink("shop", "orders")),
            (30, CutLink("shop", "orders", for_us=300 * MS)),
        )
    ).until(900)
    assert tiny.times(LinkHealed) == [20, 330]


def test_what_is_sent_into_a_cut_is_lost_even_if_it_heals_meanwhile() -> None:
    tiny = Tiny(
        shop(publish="fire-and-forget"), script=((50, CutLink("shop", "orders", for_us=52 * MS)),)
    ).until(900)
    assert tiny.lost() == {"send-lost": 1}


def test_on_datagrams_nobody_notices_and_the_lease_runs_out() -> None:
    tiny = Tiny(
        queue=orders(lease_us=500 * MS),
        script=((150, CutLink("orders", "billing", for_us=100 * MS)),),
    ).until(700)
    assert tiny.all(Disconnected) == []
    assert tiny.times(Requeued) == [610]


def test_on_a_stream_the_queue_notices_at_once() -> None:
    tiny = Tiny(down=STREAM, script=((150, CutLink("orders", "billing", for_us=100 * MS)),)).until(
        200
    )
    assert tiny.story(Disconnected, Requeued) == [
        "150 Disconnected orders billing",
        "150 Requeued orders billing #1 disconnect",
    ]


def test_after_a_cut_stream_heals_the_consumer_is_back_one_latency_later() -> None:
    tiny = Tiny(down=STREAM, script=((150, CutLink("orders", "billing", for_us=100 * MS)),)).until(
        900
    )
    assert tiny.times(Connected) == [0, 260]
    assert tiny.packets("DELIVER") == ["110 DELIVER #1", "260 DELIVER #1"]


def test_nothing_overtakes_on_a_stream() -> None:
    wild = Spread(mean_us=50 * MS, distribution="exponential")
    tiny = Tiny(
        shop(limit=50, rate_per_s=1_000, window=99),
        up=LinkParameters(latency=wild, transport="stream"),
    ).until(2_000)
    assert [entry.message for entry in tiny.all(Appended)] == list(range(50))


def test_the_same_weather_reorders_on_datagrams() -> None:
    wild = Spread(mean_us=50 * MS, distribution="exponential")
    tiny = Tiny(shop(limit=50, rate_per_s=1_000, window=99), up=LinkParameters(latency=wild)).until(
        2_000
    )
    assert [entry.message for entry in tiny.all(Appended)] != list(range(50))


# ---------------------------------------------------------------------- the closing of a connection


def test_the_closing_arrives_one_mean_latency_after_the_crash() -> None:
    tiny = Tiny(script=((150, CrashNode("billing")),)).until(900)
    assert tiny.times(Disconnected) == [160]


def test_the_closing_arrives_behind_the_ack_that_is_on_its_way() -> None:
    tiny = Tiny(script=((225, CrashNode("billing")),), down=link(10)).until(900)
    assert tiny.story(Acked, Disconnected) == [
        "230 Acked orders billing #1 ack",
        "235 Disconnected orders billing",
    ]


def test_the_closing_waits_for_an_ack_that_is_delayed_before_or_after_the_crash() -> None:
    for clicks in ((222, 225), (226, 225)):
        delay_at, crash_at = clicks
        tiny = Tiny().until(min(clicks))
        for now in sorted(clicks):
            tiny.until(now)
            if now == delay_at:
                tiny.do(DelayPacket(tiny.flights("ACK")[0], 100 * MS))
            if now == crash_at:
                tiny.do(CrashNode("billing"))
        assert tiny.until(900).story(Acked, Disconnected) == [
            "330 Acked orders billing #1 ack",
            "330 Disconnected orders billing",
        ]


def test_until_the_closing_has_arrived_the_queue_dispatches_as_before() -> None:
    tiny = Tiny(
        shop(publish="fire-and-forget"),
        consumer=billing(guarantee="at-most-once"),
        script=((105, CrashNode("billing")),),
    ).until(900)
    assert tiny.packets("DELIVER") == ["110 DELIVER #1"]
    assert tiny.lost() == {"consumer-crash": 1}


def test_after_the_closing_it_dispatches_no_more() -> None:
    tiny = Tiny(
        consumer=billing(guarantee="at-most-once"), script=((95, CrashNode("billing")),)
    ).until(900)
    assert tiny.packets("DELIVER") == []


def test_a_restarted_consumer_is_served_one_latency_later() -> None:
    tiny = Tiny(script=((50, CrashNode("billing", for_us=100 * MS)),)).until(900)
    assert tiny.packets("DELIVER") == ["160 DELIVER #1"]


def test_a_cut_on_datagrams_holds_the_closing_back() -> None:
    tiny = Tiny(
        script=((140, CutLink("orders", "billing", for_us=300 * MS)), (150, CrashNode("billing"))),
    ).until(900)
    assert tiny.times(Disconnected) == [450]


def test_a_packet_of_an_earlier_incarnation_is_discarded() -> None:
    tiny = Tiny(
        script=((112, CrashNode("billing", for_us=3 * MS)),), queue=orders(lease_us=None)
    ).until(121)
    assert tiny.story(PacketDied) == ["120 PacketDied 11 orders billing DELIVER #1 stale 1000"]


def test_an_ack_of_an_earlier_incarnation_still_counts() -> None:
    tiny = Tiny(script=((225, CrashNode("billing", for_us=0)),)).until(900)
    assert tiny.story(Acked, StaleAck) == ["230 Acked orders billing #1 ack"]


def test_a_restart_by_hand_makes_the_planned_one_void() -> None:
    tiny = Tiny(
        script=(
            (10, CrashNode("billing", for_us=500 * MS)),
            (20, RestartNode("billing")),
            (30, CrashNode("billing", for_us=9_000 * MS)),
        )
    ).until(900)
    assert not tiny.consumer().is_up


def test_a_paused_consumer_reconnects_when_it_goes_on() -> None:
    tiny = Tiny(
        down=STREAM,
        script=(
            (50, PauseNode("billing", for_us=200 * MS)),
            (60, CutLink("orders", "billing", for_us=10 * MS)),
        ),
    ).until(900)
    assert tiny.times(Connected) == [0, 260]
