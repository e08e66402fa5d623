"""Are the sites of a run the places where something can go wrong, under names that people read?"""

import pytest

from playground.checker.bounds import CATALOGUE, Bounds
from playground.checker.lateness import AFTER_US
from playground.checker.scene import parts
from playground.checker.sites import Fault
from playground.checker.trial import Trial
from playground.engine.records import PacketSent
from playground.scenario.model import Scenario

from .scenes import MS, S, chain, exactly_once


def trial_of(scenario: Scenario, messages: int = 1) -> Trial:
    bounds = Bounds(messages=messages, faults=1, catalogue=CATALOGUE)
    (part,) = parts(scenario, bounds.messages)
    return Trial(part, bounds)


def sites(scenario: Scenario, *schedule: Fault) -> list[str]:
    """What could strike, without how much later."""
    children = trial_of(scenario).run(schedule, finds_next=True).children
    return [fault._replace(by_us=0).words() for fault in children]


def test_the_sites_of_the_plain_chain_in_the_order_of_the_run() -> None:
    plain = [each for each in sites(chain()) if not each.startswith(("duplicate", "late", "pause"))]
    assert plain == [
        "crash shop at before-send with shop#1",
        "drop SEND of shop#1 from shop to orders",
        "crash shop at after-send with shop#1",
        "crash orders at received with shop#1",
        "crash orders at appended with shop#1",
        "drop CONFIRM of shop#1 from orders to shop",
        "crash orders at confirmed with shop#1",
        "drop DELIVER of shop#1 from orders to billing",
        "crash billing at received with shop#1",
        "crash billing at mid-effect with shop#1",
        "crash billing at after-effect with shop#1",
        "drop ACK of shop#1 from billing to orders",
        "crash billing at after-ack with shop#1",
        "crash orders at ack-received with shop#1",
        "crash orders at acked with shop#1",
    ]


def test_what_is_late_duplicated_or_paused_has_the_same_sites() -> None:
    found = sites(chain())
    for packet, way in (
        ("SEND", "from shop to orders"),
        ("CONFIRM", "from orders to shop"),
        ("DELIVER", "from orders to billing"),
        ("ACK", "from billing to orders"),
    ):
        for kind in ("drop", "late", "duplicate"):
            assert f"{kind} {packet} of shop#1 {way}" in found
    crashes = {each.partition(" ")[2] for each in found if each.startswith("crash billing")}
    pauses = {each.partition(" ")[2] for each in found if each.startswith("pause")}
    assert crashes == pauses != set()


@pytest.mark.parametrize(
    ("scenario", "missing"),
    [
        (chain({"publish": "fire-and-forget"}), ("late SEND", "drop CONFIRM")),
        (chain(queue={"lease_us": None}), ("late DELIVER", "late ACK", "pause")),
        (
            chain(consumer={"guarantee": "at-most-once"}),
            ("late DELIVER", "drop ACK", "pause", "crash billing at before-ack"),
        ),
        (chain(link={"transport": "stream"}), ("drop", "late", "duplicate")),
    ],
)
def test_nothing_is_offered_where_it_makes_no_sense(
    scenario: Scenario, missing: tuple[str, ...]
) -> None:
    found = sites(scenario)
    assert found
    assert [each for each in found if each.startswith(missing)] == []


@pytest.mark.parametrize("how", ["commit-first", "double-ack"])
def test_an_awaited_answer_can_be_late(how: str) -> None:
    guarantee = "at-most-once" if how == "commit-first" else "at-least-once"
    found = sites(chain(consumer={"guarantee": guarantee, "how": how}))
    assert "late ACK_OK of shop#1 from orders to billing" in found


def test_a_fault_that_strikes_opens_sites_behind_it_only() -> None:
    trial = trial_of(chain())
    everything = trial.run((), finds_next=True).children
    drop = next(each for each in everything if each.words().startswith("drop ACK"))
    behind = [each.words() for each in trial.run((drop,), finds_next=True).children]
    assert "drop DELIVER of shop#1 from orders to billing (number 2)" in behind
    assert not [each for each in behind if each.startswith("drop SEND")]


def test_a_site_keeps_its_name_whatever_the_times_are() -> None:
    names = [
        {fault.key for fault in trial_of(chain(seed=seed)).run((), finds_next=True).children}
        for seed in (1, 2)
    ]
    slow = chain(consumer={"restart_after_us": 7 * S})
    names.append({fault.key for fault in trial_of(slow).run((), finds_next=True).children})
    assert names[0] == names[1] == names[2]


def arrivals(fault: Fault, packet: str, scenario: Scenario) -> list[int]:
    """When the packets of this kind arrive, in the run with this fault."""
    simulator = trial_of(scenario).start((fault,))
    records: list[object] = []
    simulator.world.trace.sinks.append(records.extend)
    simulator.play(5_000)
    records += simulator.world.trace.tail()
    return [
        each.ends_us for each in records if isinstance(each, PacketSent) and each.packet == packet
    ]


@pytest.mark.parametrize(
    ("packet", "after_us"),
    [
        # Produced at 500 ms; the second attempt leaves after a timeout of 500 ms and 200 ms.
        ("SEND", 1_200 * MS),
        ("CONFIRM", 1_200 * MS),
        # Delivered from 520 ms on, under a lease of 5 s.
        ("DELIVER", 5_520 * MS),
        ("ACK", 5_520 * MS),
    ],
)
def test_a_late_packet_comes_right_after_what_its_absence_has_led_to(
    packet: str, after_us: int
) -> None:
    children = trial_of(exactly_once()).run((), finds_next=True).children
    late = next(each for each in children if (each.kind, each.what) == ("late", packet))
    assert arrivals(late, packet, exactly_once())[0] == after_us + AFTER_US
