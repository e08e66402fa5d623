"""Does each number lead to its messages, and each message to its life and one true sentence?"""

from dataclasses import replace

import pytest

from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    CrashNode,
    DropPacket,
    PauseNode,
    RenameNode,
)
from playground.engine.parameters import ConsumerParameters, ProducerParameters, QueueParameters
from playground.engine.records import Produced
from playground.scenario.model import Scenario, ScriptEntry
from playground.session import memory, stories
from playground.session.memory import RecordMemory
from playground.session.message_lists import BUCKETS
from playground.session.session import Session
from playground.session.story import Story
from tests.session.scenes import chain, lossy


def session(scenario: Scenario, until_s: float, *wishes: object) -> Session:
    """A run that has stood still at ``until_s``; the wishes were granted at its start."""
    made = Session(scenario)
    made.pause()
    for wish in wishes:
        made.submit(wish)  # type: ignore[arg-type]
    made.run_to(round(until_s * 1e6))
    made.frame()
    return made


def with_nodes(scenario: Scenario, **nodes: object) -> Scenario:
    return replace(scenario, nodes={**scenario.nodes, **nodes})  # type: ignore[dict-item]


def told(story: Story | None) -> list[str]:
    """A story as lines: who, what, and how a packet ended."""
    assert story is not None
    return [
        f"{event.lane}>{event.target} {event.text} {event.fate}"
        if event.kind == "packet"
        else f"{event.lane} {event.text or event.kind}"
        for event in story.events
    ]


def sentences(story: Story | None) -> list[str]:
    assert story is not None
    return [ending.sentence for ending in story.endings]


def test_a_life_without_faults_is_four_packets_long() -> None:
    run = session(chain(), 1.0)
    assert told(run.story(0)) == [
        "shop produced",
        "shop>orders SEND arrives",
        "orders kept",
        "orders>shop CONFIRM arrives",
        "orders>billing DELIVER arrives",
        "shop confirmed",
        "billing begun",
        "billing applied",
        "billing>orders ACK arrives",
        "orders done",
    ]
    assert sentences(run.story(0)) == ["shop#1 was applied once by billing at 190 ms."]


def test_a_crash_before_the_ack_applies_it_twice_and_the_story_says_why() -> None:
    run = session(chain(), 6.0, ArmCrash("billing", "before-ack", "shop#1"))
    (line,) = run.messages_of("billing", "applied_many")
    assert line.name == "shop#1"
    assert line.text == "applied twice, at 190 ms and 2.28 s: its consumer crashed before the ack"
    story = run.story(line.message)
    assert sentences(story) == [
        "shop#1 was applied twice by billing, at 190 ms and 2.28 s: its consumer crashed before "
        "the ack. An inbox would have suppressed the repeat."
    ]
    assert told(story)[7:13] == [
        "billing applied",
        "billing crash",
        "orders back: disconnected",
        "billing restart",
        "orders>billing DELIVER ×2 arrives",
        "billing begun",
    ]


def test_the_moment_is_marked_where_the_promise_breaks() -> None:
    at_least = session(chain(), 6.0, ArmCrash("billing", "before-ack", "shop#1")).story(0)
    fires = with_nodes(chain(), shop=ProducerParameters(rate_per_s=10, publish="fire-and-forget"))
    lost = session(fires, 2.0, ArmPacketFault("drop", "shop", "orders", "SEND", "shop#1")).story(0)
    assert at_least is not None
    assert lost is not None
    assert [event.kind for event in at_least.events if event.breaks] == []
    assert [event.kind for event in lost.events if event.breaks] == ["lost"]
    assert lost.endings[0].sentence.endswith("At least once was promised.")


def test_a_dropped_packet_ends_where_it_died() -> None:
    run = session(chain(), 0.11)
    sending = int(run.frame().flights.flight[0])
    run.submit(DropPacket(sending))
    run.run_to(2_000_000)
    story = run.story(0)
    assert story is not None
    sent = next(event for event in story.events if event.kind == "packet")
    assert (sent.fate, sent.ends_us, sent.part) == ("dropped", 110_000, 0.5)
    assert told(story)[2] == "shop>orders SEND ×2 arrives"


def test_what_lies_ahead_of_a_packet_is_not_told() -> None:
    run = session(lossy(), 0.101)
    assert told(run.story(0)) == ["shop produced", "shop>orders SEND flying"]


def test_a_message_that_came_to_a_closed_door_says_so() -> None:
    consumer = ConsumerParameters(guarantee="at-most-once")
    run = session(with_nodes(chain(), billing=consumer), 0.125)
    run.submit(CrashNode("billing"))
    run.run_to(145_000)
    (line,) = run.messages_of("billing", "lost")
    assert line.text == (
        "lost at 140 ms: it arrived while billing was down, and the queue had forgotten it"
    )


@pytest.mark.parametrize(
    ("at_s", "text"),
    [
        (0.105, "under way: on its way to orders"),
        (0.13, "under way: on its way to billing"),
        (0.15, "under way: billing is at work on it"),
    ],
)
def test_a_message_under_way_says_where_it_is(at_s: float, text: str) -> None:
    fires = ProducerParameters(rate_per_s=10, publish="fire-and-forget")
    run = session(with_nodes(chain(), shop=fires), at_s)
    assert [line.text for line in run.messages_of("billing", "in_flight")] == [text]


def test_a_paused_consumer_holds_what_it_stopped_over() -> None:
    run = session(chain(), 0.15)
    run.submit(PauseNode("billing"))
    run.run_to(160_000)
    (line,) = run.messages_of("billing", "in_flight")
    assert line.text == "under way: billing has stopped over it"


def test_a_suppressed_repeat_is_found_in_the_records() -> None:
    inbox = ConsumerParameters(guarantee="exactly-once")
    run = session(
        with_nodes(chain(), billing=inbox), 8.0, ArmPacketFault("drop", "billing", "orders", "ACK")
    )
    (line,) = run.messages_of("billing", "suppressed")
    assert line.text.endswith("delivered twice: the repeat was recognised and suppressed")
    assert "billing suppressed" in told(run.story(line.message))


def test_dead_letters_belong_to_the_life_of_their_message() -> None:
    scene = with_nodes(
        chain(poison=(1,)),
        orders=QueueParameters(max_deliveries=2, dead_letter="morgue"),
        morgue=QueueParameters(),
    )
    run = session(scene, 3.0)
    (line,) = run.messages_of("billing", "dead_lettered")
    assert line.text == "given up and moved to morgue, delivered twice without success"
    story = run.story(line.message)
    assert story is not None
    assert [lane.node for lane in story.lanes] == ["shop", "orders", "billing", "morgue"]
    assert told(story)[-2:] == ["orders to morgue", "morgue kept"]


@pytest.mark.parametrize("bucket", BUCKETS)
def test_every_list_has_as_many_messages_as_its_number(bucket: str) -> None:
    run = session(lossy(), 12.0, CrashNode("billing", 2_000_000))
    (row,) = run.frame().groups
    lines = run.messages_of("billing", bucket)
    assert len(lines) == min(200, getattr(row, bucket))
    assert [line.message for line in lines] == sorted(
        (line.message for line in lines), reverse=True
    )


def test_a_list_keeps_to_its_limit_and_begins_with_the_newest() -> None:
    run = session(chain(), 10.0)
    numbers = [line.number for line in run.messages_of("billing", "produced", 3)]
    assert numbers == [100, 99, 98]


def test_asking_does_not_hinder_the_columns_from_growing() -> None:
    run = session(chain(), 1.0)
    for bucket in BUCKETS:
        run.messages_of("billing", bucket)
    run.run_to(120_000_000)
    assert run.simulator.world.ledger.count > 1024


def test_the_log_asks_nobody_and_the_story_takes_nothing_from_it() -> None:
    run = session(lossy(), 0.0)
    run.run_to(3_000_000)
    run.story(0)
    assert sum(line.kind == "loss" for line in run.frame().log) == run.frame().groups[0].lost


def test_what_is_no_longer_kept_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_RECORDS", 60)
    run = session(chain(), 10.0)
    story = run.story(0)
    assert story is not None
    assert (story.events, story.note) == ((), stories.NOT_KEPT)
    assert sentences(story) == ["shop#1 was applied once by billing."]


def test_a_renamed_node_has_one_lane() -> None:
    run = session(chain(), 0.15)
    run.submit(RenameNode("billing", "charges"))
    run.run_to(1_000_000)
    story = run.story(0)
    assert story is not None
    assert [lane.node for lane in story.lanes] == ["shop", "orders", "charges"]


def test_there_is_no_story_of_what_was_never_produced() -> None:
    run = session(chain(), 1.0)
    assert run.story(-1) is None
    assert run.story(10**6) is None
    assert run.messages_of("nobody", "lost") == ()


def test_a_new_run_begins_with_an_empty_memory() -> None:
    run = session(chain(), 1.0)
    run.reset()
    assert run.story(0) is None


def test_the_memory_is_a_ring_and_passes_over_what_it_has() -> None:
    kept = RecordMemory()
    records = [Produced(seq, seq, 0, "shop", seq % 3) for seq in range(1, 10)]
    kept.read(list(records[:6]))
    kept.read(list(records))
    assert [record.seq for record in kept.about(frozenset({1}))] == [1, 4, 7]
    kept.read([Produced(10, 10, 0, "shop", 1)])
    assert [record.seq for record in kept.about(frozenset({1}))] == [1, 4, 7, 10]


def test_a_life_in_a_script_is_told_like_any_other() -> None:
    scene = replace(chain(), script=(ScriptEntry(at_us=0, command=CrashNode("billing")),))
    run = session(scene, 5.0)
    assert "billing crash" in told(run.story(0))


def test_latency_and_price_are_sampled_once_a_second() -> None:
    run = Session(chain())
    run.run_to(12_000_000)
    charts = {chart.key: chart for chart in run.frame().charts or ()}
    (price,) = charts["price"].curves
    assert price.y[-1] == pytest.approx(4.0, abs=0.1)
    (median,) = charts["latency_p50"].curves
    assert median.y[-1] == pytest.approx(90.0, rel=0.02)
    assert len(median.x_s) == 12
