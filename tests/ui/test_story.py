"""Does a number lead to its messages, a message to its life, and a line of the log to its place?"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.session.frame import LogLine
from playground.session.session import Session
from playground.session.story import MessageLine, Story
from playground.ui.main_window import MainWindow
from playground.ui.panels.life_layout import lay_out
from playground.ui.panels.log_model import names_message
from playground.ui.panels.story import EMPTY, StoryPanel
from playground.ui.theme import DARK, LIGHT, THEMES
from tests.ui import samples
from tests.ui.fakes import FakeCanvas, FakeRun


@pytest.fixture
def story(qtbot: QtBot) -> StoryPanel:
    panel = StoryPanel(LIGHT)
    panel.set_source(
        lambda group, bucket, limit: samples.lines(),
        lambda message: samples.story() if message == 42 else None,
    )
    qtbot.addWidget(panel)
    panel.resize(1312, 212)
    panel.show()
    return panel


def test_at_first_it_says_what_to_do(story: StoryPanel) -> None:
    assert (story.quiet, story.heading) == (EMPTY, "")


def test_a_number_lists_its_messages_and_tells_the_newest(story: StoryPanel) -> None:
    story.show_number("metrics", "lost")
    assert story.heading == "metrics · lost · 2 messages"
    assert [line.name for line in story.list.model_.lines] == ["shop#43", "shop#29"]
    assert story.words.sentences == ("shop#43 was lost for metrics at 10.7 s.",)


def test_only_the_lanes_of_the_group_are_drawn(story: StoryPanel) -> None:
    story.show_number("metrics", "lost")
    assert story.diagram.texts() == ["produced", "SEND", "kept · forgotten", "DELIVER", "dropped"]


def test_a_message_of_the_canvas_is_told_for_every_group_the_worst_first(story: StoryPanel) -> None:
    story.show_message(42)
    assert not story.list.isVisible()
    assert story.words.sentences == (
        "shop#43 was lost for metrics at 10.7 s.",
        "shop#43 was applied twice by billing.",
    )
    assert "applied · crash" in story.diagram.texts()


def test_another_line_tells_another_life(story: StoryPanel) -> None:
    story.show_number("metrics", "lost")
    QTest.keyClick(story.list, Qt.Key.Key_Down)
    assert (story.message, story.story) == (28, None)


def test_an_empty_number_says_so(story: StoryPanel) -> None:
    story.set_source(lambda group, bucket, limit: (), lambda message: None)
    story.show_number("metrics", "dead")
    assert story.quiet == "No message stands behind this number."
    story.show_number("metrics", "suppressed")
    assert story.quiet == "The records that would say which are no longer kept."


def test_the_chosen_message_stays_chosen_while_the_list_grows(story: StoryPanel) -> None:
    story.show_number("metrics", "lost")
    newer = MessageLine(50, 51, "shop#51", 12_000_000, "lost", "lost")
    story.set_source(
        lambda group, bucket, limit: (newer, *samples.lines()), lambda message: samples.story()
    )
    for is_pointed, row in ((True, 0), (False, 1)):  # under the pointer a list keeps still
        story.list.viewport().setAttribute(Qt.WidgetAttribute.WA_UnderMouse, is_pointed)
        story.refresh()
        assert (story.message, story.list.currentIndex().row()) == (42, row)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("width", [1312, 1024, 500])
def test_it_can_be_painted_at_any_width(story: StoryPanel, theme: object, width: int) -> None:
    story.resize(width, 212)
    story.set_theme(theme)  # type: ignore[arg-type]
    story.show_number("billing", "twice")
    assert not story.grab().isNull()
    story.show_message(42)
    assert not story.grab().isNull()


def test_time_goes_from_left_to_right_and_nothing_is_written_over_another() -> None:
    layout = lay_out(samples.story(), "", (900.0, 150.0), lambda text: 7.0 * len(text))
    assert [lane.node for lane in layout.lanes] == ["shop", "orders", "metrics", "billing"]
    xs = [x for x, _ in sorted(layout.ticks, key=lambda tick: tick[1])]
    assert xs == sorted(xs)
    assert all(arrow.x2 - arrow.x1 >= 7.0 * len(arrow.event.text) for arrow in layout.arrows)
    by_lane: dict[int, float] = {}
    for stop in layout.stops:
        wide = 7.0 * len(stop.text)
        left = stop.x if stop.is_met else stop.x - wide / 2
        assert left >= by_lane.get(stop.lane, 0.0) or not stop.text
        by_lane[stop.lane] = left + wide


# ---------------------------------------------------------------------- in the window


def test_a_click_on_lost_opens_the_lost_messages(window: MainWindow, run: FakeRun) -> None:
    window.show_frame(samples.frame())
    window.panes.board.rows[0].button("lost").click()
    assert window.panes.story.isVisible()
    assert ("messages_of", "metrics", "lost") in run.asked
    assert window.panes.story.words.sentences == ("shop#43 was lost for metrics at 10.7 s.",)


def test_a_packet_and_a_grave_lead_to_their_story(window: MainWindow) -> None:
    window.canvas.story_requested.emit(42)
    assert window.panes.story.isVisible()
    assert window.panes.story.story == samples.story()


def test_opening_another_scenario_forgets_the_story(window: MainWindow) -> None:
    window.canvas.story_requested.emit(42)
    window.bridge.open(window.bridge.scenario)
    assert window.panes.story.quiet == EMPTY


def test_a_number_that_was_asked_about_is_asked_again_after_a_restart(window: MainWindow) -> None:
    window.reader.show_number("metrics", "lost")
    window.bridge.to_start()
    assert window.panes.story.heading == "metrics · lost · 2 messages"


def test_a_line_of_the_log_is_shown_on_the_canvas(window: MainWindow) -> None:
    canvas = window.canvas
    assert isinstance(canvas, FakeCanvas)
    window.panes.log.line_pointed.emit(LogLine(1, 0, "fault", "billing>orders", 44, "dropped"))
    assert canvas.selected == ("link", "orders", "billing")
    window.panes.log.line_pointed.emit(LogLine(1, 0, "fault", "metrics", -1, "crashed"))
    assert canvas.selected == ("node", "metrics")


def test_entering_a_line_of_the_log_tells_its_message(window: MainWindow) -> None:
    window.panes.log.line_chosen.emit(LogLine(1, 0, "loss", "metrics", 42, "43 was lost."))
    assert window.panes.story.story == samples.story()
    window.panes.log.line_chosen.emit(LogLine(1, 0, "fault", "metrics", -1, "crashed"))
    assert window.panes.story.message == 42


def test_the_log_can_be_narrowed_to_a_place_a_kind_and_a_message(window: MainWindow) -> None:
    window.show_frame(samples.frame())
    log = window.panes.log
    log.place.setCurrentText("billing")
    assert log.texts() == ["31 was applied twice in billing."]
    log.place.setCurrentText("metrics")
    log.kinds.choose("loss")
    assert log.texts() == ["45 was lost: metrics crashed holding it."]
    log.place.setCurrentText("Everywhere")
    log.kinds.choose("all")
    log.add((LogLine(5, 0, "info", "orders", 16, "orders gave up on shop#17: dropped."),))
    log.name.setText("17")
    assert log.texts() == ["orders gave up on shop#17: dropped."]
    log.name.setText("")
    log.show_message(30)
    assert log.texts() == ["31 was applied twice in billing."]


def test_the_log_follows_the_selection_when_asked_to(window: MainWindow) -> None:
    window.show_frame(samples.frame())
    log = window.panes.log
    log.place.setCurrentText("At the selection")
    window.select(("node", "metrics"))
    assert len(log.texts()) == 2
    window.select(("node", "billing"))
    assert log.texts() == ["31 was applied twice in billing."]
    window.select(None)
    assert len(log.texts()) == 3


@pytest.mark.parametrize(
    ("text", "name", "is_named"),
    [
        ("shop#17 was lost.", "17", True),
        ("shop#17 was lost.", "#17", True),
        ("shop#17 was lost.", "shop#17", True),
        ("shop#171 was lost.", "17", False),
        ("shop#17 was lost.", "mall#17", False),
        ("Lost at 17 s.", "17", False),
    ],
)
def test_a_message_is_found_by_its_number_or_its_name(text: str, name: str, is_named: bool) -> None:
    assert names_message(text, name) == is_named


def test_a_true_run_tells_true_stories_in_the_dark(story: StoryPanel) -> None:
    from tests.session.scenes import lossy

    run = Session(lossy())
    run.run_to(6_000_000)

    def ask(message: int) -> Story | None:
        return run.story(message)

    story.set_theme(DARK)
    story.set_source(run.messages_of, ask)
    story.show_number("billing", "lost")
    assert story.words.sentences[0].startswith(f"shop#{story.list.model_.lines[0].number} was lost")
    assert not story.grab().isNull()
