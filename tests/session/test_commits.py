"""Does a frame say what is open, what is in doubt, and since when?"""

from playground.engine.commands import PauseNode
from playground.session.frame import (
    ConsumerView,
    CoordinatorView,
    DatabaseView,
    Frame,
    NodeView,
    QueueView,
)
from tests.session.committing import MS, S, at, committed_and_not_marked, down, in_doubt, scene


def view(frame: Frame, node: str) -> NodeView:
    return next(each for each in frame.nodes if each.id == node)


def test_a_coordinator_shows_what_is_open_and_whom_it_waits_for() -> None:
    session = at(scene("two-phase"), 3 * S)
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for step in range(60):
        session.run_to(3 * S + step * 10 * MS)
        coordinator = view(session.frame(), "coordinator")
        assert isinstance(coordinator, CoordinatorView)
        assert len(coordinator.open) == min(coordinator.open_total, 3)
        seen |= {(each.state, each.waits_for) for each in coordinator.open}
    assert ("preparing", ("billing database", "orders")) in seen
    assert ("committing", ("billing database", "orders")) in seen
    assert coordinator.committed > 0


def test_what_is_prepared_is_held_and_in_doubt_from_that_moment_on() -> None:
    frame = in_doubt().frame()
    queue, database = view(frame, "orders"), view(frame, "billing database")
    assert isinstance(queue, QueueView)
    assert isinstance(database, DatabaseView)
    held = [slot for lane in queue.lanes for slot in lane.slots if slot.state == "held"]
    assert [slot.is_in_doubt for slot in held] == [True]
    assert [each.number for each in database.prepared] == [held[0].number]
    row = next(row for row in frame.groups if row.group == "billing")
    assert row.in_doubt == 1
    assert row.doubt_us == min(held[0].since_us, database.prepared[0].since_us)
    assert row.adds_up


def test_a_reader_sees_the_outputs_before_the_first_undecided_one() -> None:
    frame = committed_and_not_marked().frame()
    row = next(row for row in frame.groups if row.group == "billing")
    assert (row.pending, row.in_doubt, row.stable) == (1, 1, row.applied_once)
    other = next(row for row in frame.groups if row.group == "metrics")
    assert (other.pending, other.stable, other.doubt_us) == (0, None, -1)


def test_a_consumer_says_for_whose_answer_it_waits() -> None:
    consumer = view(down("transaction").frame(), "billing")
    assert isinstance(consumer, ConsumerView)
    assert consumer.awaits == ("ADD_PARTITIONS",)
    assert consumer.stages == ("receive", "effect", "begin", "write", "commit", "ok")
    two = view(down("two-phase").frame(), "billing")
    assert isinstance(two, ConsumerView)
    assert two.awaits == ("REQ",)
    assert two.stages == ("receive", "effect", "commit", "ok")


def test_calls_outside_the_transaction_are_counted_beside_the_effects() -> None:
    wish = (3 * S, PauseNode("billing", for_us=5 * S))
    frame = at(scene("transaction", wish, effect="call"), 12 * S).frame()
    row = next(row for row in frame.groups if row.group == "billing")
    assert row.calls is not None
    assert row.calls - row.calls_twice >= row.applied_once
    assert row.duplicate_effects == 0


def test_the_log_tells_of_a_refused_zombie_and_its_story_has_the_coordinators_lane() -> None:
    wish = (3 * S, PauseNode("billing", for_us=8 * S))
    session = at(scene("transaction", wish), 13 * S)
    lines = session.frame().log
    refused = [line for line in lines if "refused billing to commit" in line.text]
    assert refused
    session.seek(refused[0].at_us + 500 * MS)
    consumer = view(session.frame(), "billing")
    assert isinstance(consumer, ConsumerView)
    number = session.simulator.world.ledger.number[refused[0].message]
    assert consumer.refused == (number, refused[0].node)
    session.seek(refused[0].at_us - 500 * MS)
    before = view(session.frame(), "billing")
    assert isinstance(before, ConsumerView)
    assert before.refused is None
    session.seek(13 * S)
    story = session.story(refused[0].message)
    assert story is not None
    assert "coordinator" in [lane.kind for lane in story.lanes]
    assert any(event.lane == "coordinator" for event in story.events)
