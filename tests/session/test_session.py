"""Does the session pace a run without changing it, and does everything that is clicked last?"""

import itertools
from collections.abc import Callable

import pytest

from playground.engine.commands import (
    ArmPacketFault,
    CrashNode,
    PauseNode,
    RestartNode,
    SetLink,
    SetNode,
)
from playground.engine.parameters import ConsumerParameters, Loss
from playground.session.frame import ConsumerView
from playground.session.session import Session
from tests.session.scenes import chain, lossy


def always_in_time() -> bool:
    return False


def out_of_time_after(looks: int) -> Callable[[], bool]:
    counter = itertools.count(1)
    return lambda: next(counter) >= looks


def run(session: Session, wall_s: float, tick_s: float = 0.016) -> None:
    for _ in range(round(wall_s / tick_s)):
        session.tick(tick_s, always_in_time)


@pytest.mark.parametrize("speed", [0.1, 1.0, 50.0])
def test_the_speed_changes_nothing_but_the_time_it_takes(speed: float) -> None:
    slow, fast = Session(chain()), Session(chain())
    slow.set_speed(speed)
    while slow.now_us < 4_000_000:
        slow.tick(0.016, always_in_time)
    fast.run_to(slow.now_us)
    trace = slow.simulator.world.trace.sha256()
    assert fast.simulator.world.trace.sha256() == trace


def test_a_second_of_wall_time_is_a_second_of_virtual_time_at_speed_one() -> None:
    session = Session(chain())
    run(session, 1.6)
    assert session.now_us == 1_600_000


def test_what_does_not_fit_slips_and_is_said() -> None:
    session = Session(chain())
    session.set_speed(1000)
    frame = session.tick(0.016, out_of_time_after(1))
    assert frame.now_us < 16_000_000
    assert frame.behind_s == pytest.approx(0.016 - frame.now_us / 1e9, abs=1e-6) or (
        frame.behind_s == 0.0
    )
    reached = frame.now_us
    session.set_speed(1)
    assert session.tick(0.016, always_in_time).now_us == reached + 16_000


def test_a_paused_session_stands_still_but_grants_wishes() -> None:
    session = Session(chain())
    run(session, 1.6)
    session.pause()
    session.submit(CrashNode("billing"))
    frame = session.tick(0.016, always_in_time)
    assert frame.now_us == 1_600_000
    assert not frame.nodes[2].is_up


def test_nothing_changes_before_the_next_tick() -> None:
    session = Session(chain())
    session.submit(CrashNode("billing"))
    assert session.frame().nodes[2].is_up


def test_reset_restores_the_time_the_speed_the_faults_and_the_seed() -> None:
    session = Session(chain(), seed=99)
    session.set_speed(10)
    session.submit(PauseNode("billing"))
    run(session, 0.5)
    session.reset()
    frame = session.frame()
    assert (frame.now_us, frame.speed, frame.seed) == (0, 1.0, 3)
    assert not frame.nodes[2].is_paused
    assert frame.groups[0].produced == 0


def test_the_same_clicks_at_the_same_times_give_the_same_run() -> None:
    def play() -> str:
        session = Session(lossy())
        run(session, 1.0)
        session.submit(CrashNode("billing", for_us=300_000))
        run(session, 2.0)
        return session.simulator.world.trace.sha256()

    assert play() == play()


def test_the_journal_holds_every_wish_with_its_time() -> None:
    session = Session(chain())
    run(session, 0.16)
    session.submit(CrashNode("billing"))
    run(session, 0.16)
    assert session.journal == [(160_000, CrashNode("billing"))]


def test_a_guarantee_chosen_while_running_is_in_the_document() -> None:
    session = Session(chain())
    session.submit(SetNode("billing", (("guarantee", "exactly-once"),)))
    session.submit(SetLink("orders", "billing", (("loss", Loss(reply=0.5)),)))
    frame = session.tick(0.016, always_in_time)
    node = session.scenario.nodes["billing"]
    assert isinstance(node, ConsumerParameters)
    assert node.guarantee == "exactly-once"
    assert session.scenario.links[1].parameters.loss == Loss(reply=0.5)
    assert frame.groups[0].guarantee == "exactly-once"


def test_a_rejected_wish_is_said_and_leaves_the_document_alone() -> None:
    session = Session(chain())
    before = session.scenario
    session.submit(RestartNode("billing"))
    session.submit(SetNode("nobody", (("guarantee", "exactly-once"),)))
    frame = session.tick(0.016, always_in_time)
    assert [line.kind for line in frame.log] == ["rejected", "rejected"]
    assert frame.log[0].text == "billing is up already."
    assert session.scenario == before


def test_step_goes_to_the_next_thing_that_happens() -> None:
    session = Session(chain())
    session.pause()
    session.step()
    assert session.now_us == 100_000
    session.step()
    assert session.now_us == 120_000


def test_a_frame_adds_up_and_shows_each_death_at_its_place() -> None:
    session = Session(lossy())
    run(session, 8.0)
    frame = session.frame()
    (row,) = frame.groups
    assert row.adds_up
    assert row.lost > 0
    lost = [death for death in frame.deaths if death.kind == "message"]
    assert len(lost) == row.lost
    assert {death.place for death in lost} == {"shop>orders"}
    assert all(0.2 <= death.fraction <= 0.8 for death in lost)
    assert row.really_is == row.should_be - row.money_lost + row.money_twice


def test_log_lines_come_once() -> None:
    session = Session(lossy())
    lines = []
    for _ in range(500):
        lines += session.tick(0.016, always_in_time).log
    assert len({line.seq for line in lines}) == len(lines)
    assert sum(line.kind == "loss" for line in lines) == session.frame().groups[0].lost


def test_charts_are_none_while_nothing_changes() -> None:
    session = Session(chain())
    assert session.tick(0.016, always_in_time).charts is not None
    session.pause()
    session.frame()
    assert session.tick(0.016, always_in_time).charts is None


def test_curves_stay_bounded_in_a_long_run() -> None:
    session = Session(lossy())
    session.run_to(600_000_000)
    frame = session.frame()
    assert frame.charts is not None
    for chart in frame.charts:
        for curve in chart.curves:
            assert len(curve.y) <= 600
            assert curve.x_s[-1] == 600.0


def test_a_card_tells_whether_the_effect_at_work_was_applied_before() -> None:
    session = Session(chain())
    session.pause()
    session.submit(ArmPacketFault("drop", "billing", "orders", "ACK"))
    session.tick(0.0, always_in_time)
    session.run_to(150_000)  # the first message, for the first time
    assert at_work(session) == (1, False)
    session.run_to(5_150_000)  # its ack was lost, and its lease has ended
    assert at_work(session) == (1, True)


def at_work(session: Session) -> tuple[int | None, bool]:
    billing = next(each for each in session.frame().nodes if isinstance(each, ConsumerView))
    return billing.number, billing.is_repeat
