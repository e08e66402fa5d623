"""Can a run be looked at in its past, and played on from there as if one had never been later?"""

import itertools

import pytest

from playground.engine.commands import AddNode, CrashNode, PauseNode, RenameNode
from playground.engine.parameters import ConsumerParameters
from playground.session import keyframes
from playground.session.session import Session
from tests.session.clicks import click_around, in_time, trace, two_groups
from tests.session.scenes import chain, lossy


def run(session: Session, wall_s: float) -> None:
    for _ in range(round(wall_s / 0.016)):
        session.tick(0.016, in_time)


@pytest.mark.parametrize("apart", [100, 3_000, 10**9])
def test_a_moment_is_the_same_before_and_after_going_back(
    apart: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyframes, "APART_RECORDS", apart)
    session = Session(two_groups())
    seen = {}
    for part in range(6):
        click_around(session, 1.5, seed=part, clicks=8)
        session.run_to(session.now_us + 1_000)
        seen[session.now_us] = (trace(session), session.frame())
    for at_us in sorted(seen, key=lambda at: (at % 7, at)):
        session.seek(at_us)
        fingerprint, before = seen[at_us]
        after = session.frame()
        assert session.now_us == at_us
        assert trace(session) == fingerprint
        assert after.groups == before.groups
        assert after.deaths == before.deaths
        assert after.marks == before.marks
        assert after.nodes == before.nodes


def test_played_again_a_run_repeats_its_clicks() -> None:
    session = Session(chain())
    run(session, 1.0)
    session.submit(CrashNode("billing", for_us=500_000))
    run(session, 2.0)
    end_us, fingerprint = session.now_us, trace(session)
    session.seek(500_000)
    assert session.frame().ahead == 1
    session.play()
    run(session, 1.5)
    session.run_to(end_us)
    assert (session.now_us, trace(session)) == (end_us, fingerprint)
    assert session.frame().ahead == 0


def test_a_click_in_the_past_begins_another_branch_and_the_old_one_is_kept() -> None:
    session = Session(chain())
    run(session, 1.0)
    session.submit(CrashNode("billing", for_us=500_000))
    run(session, 1.0)
    end_us, old = session.now_us, trace(session)
    session.seek(500_000)
    session.submit(PauseNode("billing", for_us=100_000))
    frame = session.tick(0.016, in_time)
    assert [line.text for line in frame.log if line.kind == "branch"] == [
        "Another branch begins here: the later click is laid aside."
    ]
    assert session.journal == [(500_000, PauseNode("billing", for_us=100_000))]
    session.play()
    run(session, 2.0)
    new_us, new = session.now_us, trace(session)
    assert session.frame().has_branch
    session.seek_branch()
    assert (session.now_us, trace(session)) == (end_us, old)
    session.seek_branch()
    assert (session.now_us, trace(session)) == (new_us, new)


def test_the_document_is_that_of_the_moment_but_for_its_places() -> None:
    session = Session(two_groups())
    run(session, 0.5)
    session.submit(RenameNode("billing", "charges"))
    session.submit(AddNode("audit", ConsumerParameters()))
    run(session, 0.5)
    latest = session.scenario
    session.seek(100_000)
    assert list(session.scenario.nodes) == ["shop", "orders", "billing", "metrics"]
    assert session.scenario.layout == latest.layout
    session.seek_end()
    assert session.scenario.nodes == latest.nodes


def test_just_before_leads_from_one_turning_point_to_the_one_before() -> None:
    session = Session(chain())
    run(session, 1.0)
    session.submit(CrashNode("billing", for_us=100_000))
    run(session, 1.0)
    session.submit(PauseNode("billing", for_us=100_000))
    run(session, 1.0)
    session.seek_before()
    assert session.frame().ahead == 1
    session.seek_before()
    frame = session.frame()
    assert frame.ahead == 2
    assert frame.now_us == session.now_us < 1_000_000
    assert frame.nodes[2].is_up
    here_us = session.now_us
    session.seek_before()
    assert session.now_us == here_us


def test_a_long_way_takes_several_ticks_and_says_how_far_it_is() -> None:
    session = Session(lossy())
    session.run_to(60_000_000)
    old = session.frame()
    is_there = session.seek(50_000_000, lambda: True)
    assert not is_there
    going = session.frame()
    assert going.now_us == old.now_us
    assert going.going is not None
    assert going.going.at_us == 50_000_000
    shares = [going.going.share]
    session.submit(CrashNode("billing"))
    while session.is_going:
        frame = session.tick(0.016, lambda: True)
        shares.append(frame.going.share if frame.going else 1.0)
    assert shares == sorted(shares)
    assert (frame.now_us, frame.is_running) == (50_000_000, False)
    assert session.journal == []
    session.tick(0.016, in_time)
    assert [at for at, _ in session.journal] == [50_000_000]


def test_no_edit_is_made_on_the_way() -> None:
    session = Session(lossy())
    session.run_to(30_000_000)
    session.seek(25_000_000, lambda: True)
    assert session.is_going
    assert session.edit(chain()).startswith("The run is on its way")


def test_keyframes_are_few_and_closer_together_lately(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyframes, "APART_RECORDS", 100)
    session = Session(lossy())
    for _ in range(100):
        session.run_to(session.now_us + 2_000_000)
        session.frame()
    kept = session._player.keyframes.kept
    assert len(kept) <= keyframes.MOST_KEYFRAMES
    assert kept[0].at_us == 0
    end = session.simulator.world.next_seq
    apart = 2 * session.simulator.world.ledger.count
    for earlier, later in itertools.pairwise(kept):
        assert later.seq - earlier.seq <= max(2 * apart, (end - earlier.seq) / 2)


def test_the_log_tells_again_what_it_told_after_the_moment_it_went_back_to() -> None:
    session = Session(lossy())
    session.run_to(5_000_000)
    told = list(session.frame().log)
    session.run_to(9_000_000)
    session.frame()
    session.seek(5_000_000)
    assert session.note_jump()
    assert not session.note_jump()
    assert list(session.frame().log) == told


def test_the_curves_of_a_moment_are_those_it_had() -> None:
    session = Session(lossy())
    session.run_to(5_000_000)
    before = session.frame().charts
    session.run_to(9_000_000)
    session.frame()
    session.seek(5_000_000)
    after = session.frame().charts
    assert before is not None
    assert after is not None
    for one, other in zip(before, after, strict=True):
        assert [(c.name, list(c.x_s), list(c.y)) for c in one.curves] == [
            (c.name, list(c.x_s), list(c.y)) for c in other.curves
        ]


def test_the_story_of_a_message_is_there_after_going_back() -> None:
    session = Session(chain())
    session.run_to(8_000_000)
    session.frame()
    session.seek(3_000_000)
    story = session.story(5)
    assert story is not None
    assert story.note == ""
    assert session.story(75) is None
