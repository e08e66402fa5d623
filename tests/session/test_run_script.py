"""Does the file that is made of a run play that very run?"""

from dataclasses import replace

import pytest

from playground.engine import commands as c
from playground.engine.parameters import ConsumerParameters, LinkParameters
from playground.headless.run import run as run_headless
from playground.scenario.load import load_text
from playground.scenario.model import Cue
from playground.scenario.save import to_text
from playground.session.run_script import RunScript
from playground.session.session import Session
from tests.session.clicks import click_around, in_time, trace, two_groups
from tests.session.committing import scene


def report(script: RunScript) -> dict[str, object]:
    assert script.scenario is not None, script.notes
    return run_headless(load_text(to_text(script.scenario))).report


@pytest.mark.parametrize("seed", range(4))
def test_the_file_of_a_rich_run_gives_its_trace_and_its_counters(seed: int) -> None:
    session = Session(two_groups(), seed=11 + seed)
    click_around(session, 8.0, seed=seed)
    session.run_to(session.now_us + 123_457)
    script = session.run_script()
    assert script.is_exact
    assert len(script.happened) > 20
    again = report(script)
    world = session.simulator.world
    for group, book in world.ledger.groups.items():
        for counter in ("produced", "lost", "deliveries", "duplicate_effects", "in_flight"):
            assert again["groups"][group][counter] == getattr(book, counter)  # type: ignore[index]
    assert again["now_us"] == session.now_us
    assert all(claim["holds"] for claim in again["expect"])  # type: ignore[attr-defined]
    if not script.notes:
        assert again["trace_sha256"] == trace(session)


def test_without_a_refused_wish_even_the_trace_is_the_same() -> None:
    session = Session(two_groups())
    session.run_to(1_234_567)
    for wish in (
        c.CrashNode("billing", for_us=100_000),
        c.ArmPacketFault("duplicate", "shop", "orders", "SEND"),
        c.Burst("shop", 3),
        c.SetNode("metrics", (("guarantee", "exactly-once"), ("how", None))),
    ):
        session.submit(wish)
    session.run_to(1_900_000)
    flight = int(session.frame().flights.flight[0])
    session.submit(c.DropPacket(flight))
    session.run_to(4_000_001)
    script = session.run_script()
    assert script.notes == ()
    assert report(script)["trace_sha256"] == trace(session)


def test_what_was_done_to_a_groups_database_is_in_the_file_too() -> None:
    session = Session(scene("two-phase"))
    session.run_to(1_234_567)
    for wish in (
        c.ArmCrash("billing database", "prepared"),
        c.ArmPacketFault("drop", "billing database", "coordinator", "VOTE"),
        c.CutLink("coordinator", "billing database", for_us=300_000),
    ):
        session.submit(wish)
    session.run_to(5_000_001)
    session.submit(c.CrashNode("billing database", for_us=300_000))
    session.run_to(9_000_001)
    script = session.run_script()
    assert (script.notes, len(script.happened)) == ((), 4)
    assert report(script)["trace_sha256"] == trace(session)


def test_a_storm_is_written_strike_by_strike() -> None:
    session = Session(two_groups())
    session.blow(4, 9)
    session.tick(0.0, in_time)
    session.run_to(15_000_000)
    script = session.run_script()
    assert len(script.happened) == len(session.journal) > 20
    assert report(script)["trace_sha256"] == trace(session)


def test_cue_cards_after_the_first_click_are_left_out_and_that_is_said() -> None:
    cues = tuple(Cue(at_us=at_us, say=f"{at_us}") for at_us in (0, 1_000_000, 3_000_000))
    session = Session(replace(two_groups(), cues=cues))
    session.run_to(2_000_000)
    untouched = session.run_script()
    assert untouched.scenario is not None
    assert (untouched.scenario.cues, untouched.notes) == (cues, ())
    session.submit(c.CrashNode("billing", for_us=100_000))
    session.run_to(4_000_000)
    script = session.run_script()
    assert script.scenario is not None
    assert script.scenario.cues == cues[:2]
    assert script.notes == (
        "The cue cards after the first click: left out, they tell of another run.",
    )


def test_what_was_clicked_later_than_now_is_not_in_it() -> None:
    session = Session(two_groups())
    click_around(session, 6.0)
    session.seek(2_000_000)
    assert report(session.run_script())["now_us"] == 2_000_000


def test_a_run_in_which_something_was_built_is_said_to_be_another_one() -> None:
    session = Session(two_groups())
    session.run_to(1_000_000)
    session.submit(c.CrashNode("billing", for_us=100_000))
    session.submit(c.CrashNode("metrics", for_us=100_000))
    session.submit(c.RenameNode("billing", "charges"))
    session.submit(c.AddNode("audit", ConsumerParameters()))
    session.submit(c.AddLink("orders", "audit", LinkParameters()))
    session.submit(c.RemoveNode("metrics"))
    session.run_to(2_000_000)
    script = session.run_script()
    assert not script.is_exact
    assert "rename billing to charges, at 1 s, and 3 more" in script.notes[0]
    assert "another run" in script.notes[0]
    assert script.notes[1] == "1 at what is no longer there: left out."
    assert script.happened == ("1 s  crash charges for 100 ms",)
    assert script.scenario is not None
    assert list(script.scenario.nodes) == ["shop", "orders", "charges", "audit"]
    assert script.scenario.expect == ()
    report(script)


def test_a_refused_wish_is_left_out_and_counted() -> None:
    session = Session(two_groups())
    session.submit(c.RestartNode("billing"))
    session.run_to(1_000_000)
    script = session.run_script()
    assert script.happened == ()
    assert script.notes == ("1 that could not be granted: left out.",)
