"""What does settling stop, what does it bring back, and what is left when nothing is due?"""

from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    CrashNode,
    CutLink,
    PauseNode,
    Settle,
)
from playground.engine.parameters import Loss
from playground.engine.records import (
    FaultStruck,
    LinkHealed,
    NodeCrashed,
    NodeRestarted,
    NodeResumed,
    Produced,
)
from playground.engine.settle import stuck

from .tiny import MS, Tiny, billing, link, orders, retry, shop


def test_the_rest_of_the_script_is_dropped() -> None:
    tiny = Tiny(script=((300, CrashNode("billing")),)).until(200).settle()
    assert tiny.all(NodeCrashed) == []


def test_everything_armed_is_dropped() -> None:
    tiny = Tiny(
        script=(
            (0, ArmCrash("billing", "before-ack")),
            (0, ArmPacketFault("drop", "orders", "billing", "DELIVER")),
        )
    ).until(105)
    assert tiny.settle().book().applied_once == 1
    assert (tiny.consumer().armed, tiny.all(NodeCrashed, FaultStruck)) == ([], [])


def test_all_chances_become_zero() -> None:
    bad = link(loss=Loss(request=1.0, reply=1.0))
    tiny = Tiny(
        shop(retry=retry(50)),
        consumer=billing(crash_chance=1.0, failure_chance=1.0),
        up=bad,
        down=bad,
    ).until(1_000)
    assert tiny.settle().book().applied_once == 1


def test_producers_submit_nothing_new_and_finish_what_they_began() -> None:
    tiny = Tiny(
        shop(limit=None, window=1, retry=retry(50)), script=((0, CutLink("shop", "orders")),)
    )
    tiny.until(550).settle()
    assert len(tiny.all(Produced)) == 5
    assert tiny.book().applied_once == 5


def test_links_heal_and_paused_and_crashed_nodes_come_back_now() -> None:
    tiny = Tiny(
        script=(
            (10, CutLink("shop", "orders")),
            (20, PauseNode("billing")),
            (30, CrashNode("orders", for_us=99_000 * MS)),
        )
    ).until(500)
    tiny.settle()
    assert tiny.story(LinkHealed, NodeResumed, NodeRestarted) == [
        "500 LinkHealed shop orders",
        "500 NodeRestarted orders",
        "500 NodeResumed billing",
    ]


def test_attempts_still_run_out_while_it_settles() -> None:
    tiny = Tiny(shop(retry=retry(200, attempts=1)), script=((0, CutLink("shop", "orders")),)).until(
        150
    )
    assert tiny.settle().shop.gave_up == [0]


def test_a_world_that_has_settled_has_nothing_in_flight() -> None:
    tiny = Tiny(shop(limit=None), script=((350, CrashNode("billing")),)).until(1_000).settle()
    assert (tiny.book().in_flight, stuck(tiny.world)) == (0, "")
    assert tiny.simulator.next_us() is None


def test_what_is_stuck_is_named() -> None:
    # The only lease never ends, and its delivery was lost.
    tiny = Tiny(
        queue=orders(lease_us=None),
        script=((0, ArmPacketFault("drop", "orders", "billing", "DELIVER")),),
    ).until(500)
    assert stuck(tiny.settle().world) == "1 message of billing"


def test_settling_draws_no_fate_anew() -> None:
    def run(settles: bool) -> list[str]:
        tiny = Tiny(shop(limit=3, rate_per_s=100)).until(105)
        if settles:
            tiny.do(Settle())
        return tiny.until(900).packets()

    assert run(True) == run(False)
