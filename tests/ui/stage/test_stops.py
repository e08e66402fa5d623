"""Does a run rest exactly at its cues, at any speed, and nowhere else?"""

from dataclasses import replace

import pytest

from playground.catalogue import find
from playground.scenario.load import load_file
from playground.scenario.model import Cue, Scenario
from playground.session.session import Session
from playground.ui.stage.stops import CueStops

S = 1_000_000
WALL_S = 0.016
MOST_TICKS = 4_000


def scenario(*cues: Cue) -> Scenario:
    return replace(load_file(find("05-payment-charged-twice")), cues=cues)


def never() -> bool:
    return False


def always() -> bool:
    return True


def played(run: Session, stops: CueStops, speed: float = 10.0, *, is_late: bool = False) -> None:
    """Tick until the run rests."""
    run.set_speed(speed)
    for _ in range(MOST_TICKS):
        frame = stops.tick(run, WALL_S, always if is_late else never)
        assert frame.now_us == run.now_us
        if not run.is_running:
            return
    raise AssertionError(f"it never rested; it is at {run.now_us} µs")


@pytest.mark.parametrize("speed", [0.5, 1.0, 37.0, 1000.0])
def test_it_rests_at_the_very_microsecond_at_any_speed(speed: float) -> None:
    run = Session(scenario(Cue(at_us=1_234_567, say="Here.", pause=True)))
    played(run, CueStops(), speed)
    assert run.now_us == 1_234_567


def test_a_slow_machine_rests_there_as_well() -> None:
    run = Session(scenario(Cue(at_us=2 * S + 1, say="Here.", pause=True)))
    played(run, CueStops(), 1000.0, is_late=True)
    assert run.now_us == 2 * S + 1


def test_what_happened_is_the_same_with_and_without_a_rest() -> None:
    with_rest = Session(scenario(Cue(at_us=3_333_333, say="Here.", pause=True)))
    played(with_rest, CueStops(), 20.0)
    with_rest.run_to(9 * S)
    without = Session(scenario())
    without.run_to(9 * S)
    hashes = [run.simulator.world.trace.sha256() for run in (with_rest, without)]
    assert hashes[0] == hashes[1]


def test_no_line_of_the_log_is_lost_at_a_stop() -> None:
    stops, seen = CueStops(), []
    run = Session(scenario(Cue(at_us=4 * S, say="Here.", pause=True)))
    while run.is_running:
        seen += stops.tick(run, 0.5, never).log
    whole = Session(scenario())
    whole.run_to(4 * S)
    assert [line.text for line in seen] == [line.text for line in whole.frame().log]


def test_space_goes_on_to_the_next_waiting_card() -> None:
    run, stops = Session(scenario(*waiting(2, 3))), CueStops()
    played(run, stops)
    run.play()
    played(run, stops)
    assert run.now_us == 3 * S


def test_a_card_at_the_start_waits_before_anything_happens() -> None:
    run, stops = Session(scenario(*waiting(0, 2))), CueStops()
    played(run, stops)
    assert run.now_us == 0
    run.play()
    played(run, stops)
    assert run.now_us == 2 * S


def test_after_a_reset_it_waits_again() -> None:
    run, stops = Session(scenario(*waiting(2, 4))), CueStops()
    played(run, stops)
    run.reset()
    stops.restart()
    run.play()
    played(run, stops)
    assert run.now_us == 2 * S


def test_who_has_gone_to_a_card_is_not_held_there_a_second_time() -> None:
    run, stops = Session(scenario(*waiting(2, 4))), CueStops()
    run.run_to(2 * S)
    stops.stand_at(2 * S)
    played(run, stops)
    assert run.now_us == 4 * S


def test_hidden_cards_hold_nobody() -> None:
    run, stops = Session(scenario(*waiting(1))), CueStops()
    stops.waits_at_cues = False
    run.set_speed(100.0)
    for _ in range(5):
        stops.tick(run, WALL_S, never)
    assert run.is_running
    assert run.now_us > 5 * S


def test_an_aim_is_reached_and_forgotten() -> None:
    run, stops = Session(scenario()), CueStops()
    stops.aim(3 * S)
    played(run, stops)
    assert run.now_us == 3 * S
    run.play()
    stops.tick(run, WALL_S, never)
    assert run.is_running


def test_aimed_at_twice_it_is_there_at_once() -> None:
    run, stops = Session(scenario()), CueStops()
    run.set_speed(0.01)
    stops.aim(3 * S)
    stops.tick(run, WALL_S, never)
    assert run.now_us < 1_000
    stops.aim(3 * S)
    stops.tick(run, WALL_S, never)
    assert run.now_us == 3 * S


def test_the_way_to_an_aim_keeps_to_the_budget() -> None:
    run, stops = Session(scenario()), CueStops()
    for _ in range(2):
        stops.aim(30 * S)
    stops.tick(run, WALL_S, always)
    assert 0 < run.now_us < 30 * S


def test_a_pause_on_the_way_drops_the_aim() -> None:
    run, stops = Session(scenario()), CueStops()
    stops.aim(3 * S)
    run.pause()
    stops.tick(run, WALL_S, never)
    assert stops.goal_us == -1


def waiting(*seconds: int) -> tuple[Cue, ...]:
    return tuple(Cue(at_us=at * S, say="Wait.", pause=True) for at in seconds)
