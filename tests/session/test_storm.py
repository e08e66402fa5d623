"""Is a storm the same storm whenever it blows, and does it ask for nothing that cannot be?"""

from dataclasses import replace
from pathlib import Path

import pytest

from playground.engine.commands import ArmPacketFault
from playground.engine.parameters import LinkParameters
from playground.engine.records import CommandRejected
from playground.headless.run import run as run_headless
from playground.scenario.load import load_file, load_text
from playground.scenario.model import Link
from playground.scenario.save import to_text
from playground.session.session import Session
from playground.session.storm import STRENGTHS
from tests.session.clicks import in_time, trace, two_groups

PRESETS = sorted((Path(__file__).parents[2] / "presets").glob("*.yaml"))
COMMITTING = """
format: 1
nodes:
  shop: {{kind: producer, rate: 10 /s}}
  orders: {{kind: queue}}
  billing: {{kind: consumer, guarantee: exactly-once, how: {}}}
links:
  - {{from: shop, to: orders}}
  - {{from: orders, to: billing}}
"""
VIOLENT = len(STRENGTHS) - 1


def stormy(speed: float, until_us: int, strength: int = VIOLENT, seed: int = 7) -> Session:
    session = Session(two_groups())
    session.run_to(1_000_000)
    session.blow(strength, seed)
    session.set_speed(speed)
    while session.now_us < until_us:
        session.tick(min(0.016, (until_us - session.now_us) / 1e6 / speed), in_time)
    return session


def test_the_speed_does_not_change_a_storm() -> None:
    slow, fast = stormy(0.7, 12_000_000), stormy(40.0, 12_000_000)
    assert slow.journal == fast.journal
    assert trace(slow) == trace(fast)
    assert len(slow.journal) > 20


def test_another_seed_or_strength_is_another_storm() -> None:
    here, there = stormy(10, 12_000_000), stormy(10, 12_000_000, seed=8)
    assert here.journal != there.journal
    calm = stormy(10, 12_000_000, strength=0)
    assert len(calm.journal) < len(here.journal) / 4


@pytest.mark.parametrize("strength", range(len(STRENGTHS)))
def test_it_strikes_about_as_often_as_it_says(strength: int) -> None:
    session = stormy(500, 601_000_000, strength)
    expected = STRENGTHS[strength].faults_a_minute * 10
    assert len(session.journal) == pytest.approx(expected, rel=0.3)


def test_when_it_is_over_nothing_more_strikes_and_nothing_is_healed() -> None:
    session = stormy(10, 12_000_000)
    session.calm()
    frame = session.tick(0.0, in_time)
    assert frame.storm is None
    struck = len(session.journal)
    session.run_to(20_000_000)
    assert len(session.journal) == struck
    assert "What it has broken stays" in frame.log[-1].text


def test_a_stream_suffers_only_what_a_stream_can() -> None:
    scenario = two_groups()
    stream = LinkParameters(transport="stream")
    links = tuple(
        Link(source=each.source, target=each.target, parameters=stream) for each in scenario.links
    )
    session = Session(type(scenario)(name="s", nodes=scenario.nodes, links=links))
    session.blow(VIOLENT, 3)
    session.tick(0.0, in_time)
    session.run_to(60_000_000)
    faults = {wish.fault for _, wish in session.journal if isinstance(wish, ArmPacketFault)}
    assert faults == {"delay"}


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem[:2])
def test_every_strike_in_every_preset_can_be_granted(path: Path) -> None:
    session = Session(replace(load_file(path), script=()))
    session.blow(VIOLENT, 1)
    refused: list[str] = []

    def note(records: list[object]) -> None:
        refused.extend(each.reason for each in records if isinstance(each, CommandRejected))

    session.simulator.world.trace.sinks.append(note)
    session.tick(0.0, in_time)
    session.run_to(30_000_000)
    note(session.simulator.world.trace.tail())
    assert refused == []
    assert len(session.journal) > 40


@pytest.mark.parametrize("how", ["transaction", "two-phase"])
def test_a_storm_over_a_coordinator_can_be_granted_written_down_and_played_again(how: str) -> None:
    scenario = load_text(COMMITTING.format(how))
    session = Session(scenario)
    session.blow(VIOLENT, 3)
    session.tick(0.0, in_time)
    session.run_to(15_000_000)
    assert ("billing database" in str(session.journal)) == (how == "two-phase")
    script = session.run_script()
    assert script.notes == ()
    assert script.scenario is not None
    report = run_headless(load_text(to_text(script.scenario))).report
    fingerprint = trace(session)
    assert report["trace_sha256"] == fingerprint
    session.run_to(20_000_000)
    session.seek(15_000_000)
    assert trace(session) == fingerprint


def test_going_back_and_on_meets_the_same_storm() -> None:
    session = stormy(10, 12_000_000)
    fingerprint, end_us = trace(session), session.now_us
    session.seek(500_000)
    assert session.frame().storm is None
    session.run_to(end_us)
    assert trace(session) == fingerprint
    storm = session.frame().storm
    assert storm is not None
    assert storm.word == "violent"
    session.run_to(end_us + 5_000_000)
    later = trace(session)
    straight = stormy(10, end_us + 5_000_000)
    assert trace(straight) == later
