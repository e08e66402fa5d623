"""What if a fault shall strike the second time, or stop a consumer between two steps?"""

import pytest

from playground.engine.commands import ArmCrash, ArmPacketFault, ArmPause, CrashNode, PauseNode
from playground.engine.records import (
    Acked,
    Applied,
    CommandRejected,
    FaultArmed,
    FaultStruck,
    NodeCrashed,
    NodePaused,
    NodeResumed,
)
from playground.engine.simulator import Simulator

from .tiny import MS, Tiny, billing, orders, retry, shop


def test_the_second_packet_is_dropped_and_the_first_passes() -> None:
    tiny = Tiny(
        shop(limit=2), script=((0, ArmPacketFault("drop", "shop", "orders", "SEND", nth=2)),)
    ).until(205)
    assert tiny.packets("SEND") == ["100 SEND #1", "200 SEND #2 lost"]


def test_the_second_packet_of_one_message_is_its_second_attempt() -> None:
    drop = ArmPacketFault("drop", "shop", "orders", "SEND", "shop#1")
    tiny = Tiny(
        shop(retry=retry(50)),
        script=((0, drop), (0, ArmPacketFault("drop", "shop", "orders", "SEND", "shop#1", nth=2))),
    ).until(300)
    # Every packet counts for the second, the one that another fault has taken too.
    assert tiny.packets("SEND") == ["100 SEND #1 lost", "150 SEND #1 lost", "200 SEND #1"]


def test_two_plain_faults_take_the_next_two_packets() -> None:
    drop = ArmPacketFault("drop", "shop", "orders", "SEND")
    tiny = Tiny(shop(retry=retry(50)), script=((0, drop), (0, drop))).until(300)
    assert tiny.packets("SEND") == ["100 SEND #1 lost", "150 SEND #1 lost", "200 SEND #1"]
    assert len(tiny.all(FaultStruck)) == 2


def test_a_crash_at_the_second_passage_lets_the_first_message_pass() -> None:
    tiny = Tiny(shop(limit=2), script=((0, ArmCrash("billing", "before-ack", nth=2)),)).until(600)
    assert tiny.times(NodeCrashed) == [340]
    assert tiny.times(Acked, 1) == [230]


def test_what_waits_for_another_time_says_so() -> None:
    tiny = Tiny(script=((0, ArmCrash("billing", "before-ack", "1", nth=3)),)).until(1)
    assert [record.what for record in tiny.all(FaultArmed)] == [
        "crash at before-ack with shop#1, time 3 from now"
    ]


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ("received", {"paused": [120], "applied": [720], "acked": [730]}),
        ("before-effect", {"paused": [120], "applied": [720], "acked": [730]}),
        ("mid-effect", {"paused": [170], "applied": [720], "acked": [730]}),
        ("before-ack", {"paused": [220], "applied": [220], "acked": [730]}),
        ("after-ack", {"paused": [220], "applied": [220], "acked": [230]}),
    ],
)
def test_a_pause_strikes_right_before_the_step(point: str, expected: dict[str, list[int]]) -> None:
    tiny = Tiny(script=((0, ArmPause("billing", point, for_us=500 * MS)),)).until(1_000)
    assert {
        "paused": tiny.times(NodePaused),
        "applied": tiny.times(Applied),
        "acked": tiny.times(Acked),
    } == expected


def test_a_pause_without_an_end_lasts_until_it_is_resumed() -> None:
    tiny = Tiny(script=((0, ArmPause("billing", "before-ack")),)).until(5_000)
    assert tiny.times(NodeResumed) == []
    assert tiny.consumer().is_paused


def test_after_a_pause_the_same_point_is_reached_again() -> None:
    pause = ArmPause("billing", "before-ack", for_us=100 * MS)
    crash = ArmCrash("billing", "before-ack", nth=2)
    tiny = Tiny(script=((0, pause), (0, crash))).until(400)
    assert (tiny.times(NodePaused), tiny.times(NodeCrashed)) == ([220], [320])


def test_a_second_pause_keeps_what_arrived_during_the_first() -> None:
    tiny = Tiny(
        shop(limit=3),
        consumer=billing(prefetch=3),
        script=(
            (0, ArmPause("billing", "before-ack", for_us=200 * MS)),
            (0, ArmPause("billing", "before-ack", nth=2, for_us=200 * MS)),
        ),
    ).until(3_000)
    assert tiny.times(NodePaused) == [220, 420]
    assert tiny.book().applied_once == 3


def test_a_paused_consumer_can_still_crash() -> None:
    tiny = Tiny(
        script=((0, ArmPause("billing", "before-ack")), (400, CrashNode("billing", 100 * MS)))
    ).until(2_000)
    assert tiny.times(NodeCrashed) == [400]
    assert tiny.book().effect_total == 2  # the ack was not sent, so it came again


def test_a_pause_at_a_point_is_for_consumers() -> None:
    tiny = Tiny().do(ArmPause("shop", "before-send"))
    (rejected,) = tiny.all(CommandRejected)
    assert "only a consumer pauses at a point" in rejected.reason


def test_an_armed_pause_is_the_same_in_a_fork() -> None:
    tiny = Tiny(script=((0, ArmPause("billing", "before-ack", for_us=100 * MS)),)).until(250)
    twin = Simulator(tiny.world.fork())
    for simulator in (tiny.simulator, twin):
        simulator.run_until(2_000 * MS)
    assert tiny.world.trace.sha256() == twin.world.trace.sha256()


@pytest.mark.parametrize(
    ("point", "how", "deliveries"),
    [("ack-received", "ack-after", 2), ("acked", "ack-after", 1), ("acked", "double-ack", 1)],
)
def test_a_queue_can_crash_around_an_ack(point: str, how: str, deliveries: int) -> None:
    tiny = Tiny(
        queue=orders(restart_after_us=100 * MS),
        consumer=billing(how=how),
        script=((0, ArmCrash("orders", point)),),
    ).until(5_000)
    assert tiny.times(NodeCrashed) == [230]
    assert tiny.book().deliveries == deliveries


def test_a_pause_by_a_click_still_strikes_between_events() -> None:
    tiny = Tiny(script=((150, PauseNode("billing", 100 * MS)),)).until(1_000)
    assert (tiny.times(NodePaused), tiny.times(Applied)) == ([150], [320])
