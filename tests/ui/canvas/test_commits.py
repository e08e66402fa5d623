"""Frame in, words, places and pixels out: is a transaction seen where it is?"""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from playground.session.commit_frames import OpenTransaction
from playground.session.frame import (
    CoordinatorView,
    DatabaseView,
    Frame,
    NodeView,
    QueueView,
)
from playground.ui.canvas import (
    commit_words,
    consumer_boxes,
    database_card,
    layout,
    queue_card,
    words,
)
from playground.ui.canvas.choices import how_choices, idempotency_choices, lock_of, shield_of
from playground.ui.canvas.finding import node_at, port_at
from playground.ui.canvas.hints import toolbar_verbs
from playground.ui.canvas.pencil import Ruler
from playground.ui.canvas.tools.link_nodes import possible_targets
from playground.ui.canvas.verbs import link_verbs, points
from playground.ui.canvas.view import CanvasView
from playground.ui.patterns import pattern_ink
from playground.ui.theme import LIGHT, THEMES, Theme
from tests.session.committing import committed_and_not_marked, down, in_doubt
from tests.ui.canvas import frames
from tests.ui.canvas.frames import MS, NOW_US, S


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def view_in(frame: Frame, node: str) -> NodeView:
    return next(each for each in frame.nodes if each.id == node)


def shown(made: list[CanvasView], frame: Frame, theme: Theme = LIGHT) -> CanvasView:
    view = CanvasView(theme)
    made.append(view)
    view.resize(1280, 620)
    view.show_frame(frame)
    view.show()
    view.camera.set_zoom(1.0)
    QApplication.processEvents()
    return view


def entry(**changes: object) -> OpenTransaction:
    begun = OpenTransaction(1, 6, 7, "billing", "begun", NOW_US - 400 * MS, NOW_US + 9_600 * MS, ())
    return begun._replace(**changes)  # type: ignore[arg-type]


# ---------------------------------------------------------------------- words


def test_a_row_of_the_log_says_how_far_it_is_and_whom_it_waits_for() -> None:
    asked = entry(state="preparing", waits_for=("billing database", "orders"))
    told = entry(state="committing", waits_for=("orders",), until_us=None)
    found = [
        (commit_words.transaction_words(each), plain(commit_words.transaction_rest(each, NOW_US)))
        for each in (entry(), asked, asked._replace(waits_for=("orders",)), told)
    ]
    assert found == [
        ("begun", "aborts in 9.6 s"),
        ("asks for votes", "of 2"),
        ("asks for votes", "of orders"),
        ("committing", "tells orders"),
    ]


def test_a_queue_says_since_when_its_first_entry_is_in_doubt() -> None:
    locked = frames.ready(10)._replace(state="held", since_us=NOW_US - 1_200 * MS, is_in_doubt=True)
    queue = frames.queue("orders", frames.lane("billing", locked, frames.ready(11)))
    assert plain(words.queue_fact(queue, NOW_US)[0]) == "in doubt 1.2 s"
    sure = locked._replace(is_in_doubt=False)
    calm = frames.queue("orders", frames.lane("billing", sure))
    assert "in doubt" not in words.queue_fact(calm, NOW_US)[0]


def test_a_consumer_that_waits_says_for_whom() -> None:
    frame = down("transaction").frame()
    consumer = view_in(frame, "billing")
    assert isinstance(consumer, words.ConsumerView)
    assert words.consumer_line(consumer, frame.now_us).left == "asks the coordinator"
    asking = consumer._replace(awaits=("TXN_SEND", "TXN_OFFSETS"))
    assert words.consumer_line(asking, frame.now_us).left == "asks the queue"
    zombie = consumer._replace(awaits=(), refused=(11, "orders"))
    assert words.consumer_line(zombie, frame.now_us).left == "11 refused by orders"


def test_a_compartment_tells_what_is_open_besides_what_is_wrong() -> None:
    row = frames.group("billing", "exactly-once")._replace(
        pending=2, in_doubt=1, blocked=3, stable=41, calls=45, calls_twice=2
    )
    told = [plain(line.words) for line in database_card.open_ends(row)]
    assert told == ["+2 calls", "1 in doubt", "1 pending", "3 behind"]
    assert database_card.facts(row) == (("readable", "41"), ("calls", "45"))
    quiet = frames.group("billing", "exactly-once")
    assert (database_card.open_ends(quiet), database_card.facts(quiet)) == ((), ())


def test_a_commit_needs_no_idempotency_and_has_three_ways() -> None:
    consumer = frames.exactly_once(how="transaction", idempotency="none")
    assert shield_of(consumer) == ("inbox", "transaction")
    assert idempotency_choices(consumer) == ()
    assert "undone" in lock_of(consumer)
    ways = how_choices(consumer)
    assert [way.word for way in ways] == ["by inbox", "by transaction", "by two-phase"]
    assert [way.is_current for way in ways] == [False, True, False]


# ---------------------------------------------------------------------- verbs


def test_the_links_of_a_coordinator_lose_the_packets_that_travel_there() -> None:
    frame = in_doubt().frame()
    ends = {
        (link.source, link.target): (link, view_in(frame, link.source), view_in(frame, link.target))
        for link in frame.links
    }
    found = {key: [verb.word for verb in link_verbs(*each)] for key, each in ends.items()}
    assert "Lose next REQ" in found["billing", "coordinator"]
    assert "Lose next DECIDE" in found["coordinator", "orders"]
    assert "Slow" not in found["coordinator", "billing database"]
    of_one = committed_and_not_marked().frame()
    link = next(link for link in of_one.links if link.source == "coordinator")
    verbs = link_verbs(link, view_in(of_one, link.source), view_in(of_one, link.target))
    assert "Lose next MARKER" in [verb.word for verb in verbs]


def test_a_crash_is_armed_at_the_points_of_those_who_commit() -> None:
    frame = in_doubt().frame()
    of_participant = ("prepare-received", "prepared", "verdict-received", "decided")
    assert points(view_in(frame, "coordinator")) == (
        "received", "before-log", "after-log", "mid-decide", "decided",
    )  # fmt: skip
    assert points(view_in(frame, "orders"))[3:] == of_participant
    assert points(view_in(frame, "billing database")) == of_participant
    queue = view_in(committed_and_not_marked().frame(), "orders")
    assert points(queue)[3:] == of_participant[2:]
    assert points(frames.queue("orders")) == ("received", "appended", "confirmed")


def test_a_consumer_is_linked_to_one_coordinator_and_that_to_each_queue_once() -> None:
    frame = in_doubt().frame()
    assert possible_targets(frame, "metrics")["coordinator"]
    assert not possible_targets(frame, "billing")["coordinator"]
    assert not possible_targets(frame, "coordinator")["orders"]
    assert not any(possible_targets(frame, "billing database").values())


# ---------------------------------------------------------------------- places


def test_a_coordinator_stands_below_its_queue_and_reaches_it_from_edge_to_edge(
    made: list[CanvasView],
) -> None:
    plan = shown(made, in_doubt().frame()).canvas.plan
    queue, coordinator = plan.boxes["orders"], plan.boxes["coordinator"]
    assert coordinator.top() - queue.bottom() > layout.BELOW_PX - layout.SNAP_PX
    way = plan.paths["coordinator", "orders"].middle
    assert np.ptp(way[:, 0]) < 1.0
    assert len(plan.level) == 3  # at the coordinator, below the queue, below the cylinder


def test_no_card_lies_on_the_way_from_a_coordinator_to_the_database(
    made: list[CanvasView],
) -> None:
    plan = shown(made, in_doubt().frame()).canvas.plan
    way = plan.paths["coordinator", "billing database"].middle[4:-4]
    cards = [box for node, box in plan.boxes.items() if node != "billing database"]
    assert not any(box.contains(QPointF(x, y)) for x, y in way for box in cards)


@pytest.mark.parametrize("place", [(660.0, 500.0), (268.0, 560.0), (268.0, -260.0), (-160.0, 20.0)])
def test_wherever_a_coordinator_is_dragged_its_links_leave_from_outside_its_card(
    made: list[CanvasView], place: tuple[float, float]
) -> None:
    view = shown(made, in_doubt().frame())
    view.canvas.move_live({"coordinator": place})
    plan = view.canvas.plan
    inner = plan.boxes["coordinator"].adjusted(2, 2, -2, -2)
    for key, path in plan.paths.items():
        if "coordinator" in key:
            own = path.middle[:12] if key[0] == "coordinator" else path.middle[-12:]
            assert not any(inner.contains(QPointF(x, y)) for x, y in own), key


def test_a_groups_part_of_the_database_and_a_level_port_are_found_under_the_pointer(
    made: list[CanvasView],
) -> None:
    scene = shown(made, in_doubt().frame()).canvas
    part = scene.plan.boxes["billing database"]
    assert scene.plan.database.contains(part)
    assert node_at(scene, part.center()) == "billing database"
    queue = scene.plan.boxes["orders"]
    assert (queue.center().x(), queue.bottom()) in scene.plan.level
    found = port_at(scene, QPointF(queue.center().x() + 12, queue.bottom() + 6))
    assert found is not None
    assert [verb.word for verb in toolbar_verbs(scene, ("node", "billing database"))] == [
        "Crash",
        "Pause",
        "Arm crash",
    ]


# ---------------------------------------------------------------------- pixels


def test_what_is_in_doubt_wears_a_pattern_and_not_a_colour_alone(made: list[CanvasView]) -> None:
    view = shown(made, in_doubt().frame())
    queue = view_in(in_doubt().frame(), "orders")
    assert isinstance(queue, QueueView)
    box = queue_card.slot_box(LIGHT, 0, 0).translated(view.canvas.plan.boxes["orders"].topLeft())
    image = view.grab(view.mapFromScene(box).boundingRect()).toImage()
    found = {
        QColor(image.pixel(x, y)).name()
        for x in range(image.width())
        for y in range(image.height())
    }
    assert LIGHT.status("in_doubt").fill.lower() in found
    dark = pattern_ink(LIGHT, "in_doubt")
    assert any(abs(QColor(c).lightness() - dark.lightness()) < 30 for c in found)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_theme_paints_every_state_of_who_commits(
    made: list[CanvasView], theme: Theme
) -> None:
    frame = in_doubt().frame()
    database, coordinator = view_in(frame, "billing database"), view_in(frame, "coordinator")
    assert isinstance(database, DatabaseView)
    assert isinstance(coordinator, CoordinatorView)
    busy = coordinator._replace(
        is_up=True, open=(entry(), entry(state="committing", waits_for=("orders",))), open_total=5
    )
    states = (
        (database, coordinator),
        (database._replace(is_up=False, restarts_us=frame.now_us + S), busy),
        (database._replace(is_paused=True), busy._replace(is_paused=True)),
        (database._replace(prepared=()), busy._replace(armed=("before-log",))),
    )
    view = shown(made, frame, theme)
    pictures = set()
    for changed in states:
        swap = {each.id: each for each in changed}
        view.show_frame(frame._replace(nodes=tuple(swap.get(n.id, n) for n in frame.nodes)))
        for zoom in (0.1, 0.3, 0.6, 2.0, 1.0):
            view.camera.set_zoom(zoom)
            image = view.grab().toImage()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == len(states)


def test_no_label_of_six_cells_touches_its_neighbour() -> None:
    consumer = view_in(down("transaction").frame(), "billing")
    assert isinstance(consumer, words.ConsumerView)
    for theme in THEMES:
        ruler = Ruler(theme)
        ends = 0.0
        for cell, name in zip(consumer_boxes.cells(consumer, theme), consumer.stages, strict=True):
            half = ruler.width(name, "stage_current") / 2
            assert cell.center().x() - half > ends, (theme.name, name)
            ends = cell.center().x() + half
