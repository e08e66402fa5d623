"""Does the inspector say on what a promise rests, and play how it breaks?"""

import pytest
from pytestqt.qtbot import QtBot

from playground.engine.commands import ArmCrash, SetNode
from playground.scenario.edit import edited
from playground.scenario.model import Scenario
from playground.ui.main_window import MainWindow
from playground.ui.panels.checklist import ConditionRow
from playground.ui.panels.node_page import NodePage
from playground.ui.reader import TO_LOOK_MS, speed_for
from tests.ui.fakes import FakeRun


def page_of(window: MainWindow, node: str) -> NodePage:
    window.select(("node", node))
    page = window.panes.inspector.page
    assert isinstance(page, NodePage)
    return page


def row_of(page: NodePage, code: str) -> ConditionRow:
    return next(row for row in page.checklist.rows if row.condition.code == code)


@pytest.mark.parametrize(
    ("node", "headings"),
    [
        ("billing", ["Never loses, if 7 of 8", "Never applies twice, if 2 of 3"]),
        ("payouts", ["Never loses, if 7 of 8", "Never applies twice, if 3 of 3"]),
        ("metrics", ["Never applies twice, if 2 of 3", "Never loses, if 6 of 8"]),
    ],
)
def test_each_guarantee_has_the_lists_that_apply_to_it(
    window: MainWindow, node: str, headings: list[str]
) -> None:
    assert page_of(window, node).checklist.texts()[:2] == headings


def test_a_condition_that_fails_says_why_and_can_be_played(window: MainWindow) -> None:
    row = row_of(page_of(window, "billing"), "N1")
    assert row.condition.unmet == (
        "A crash of 'shop' takes what is not confirmed yet. Set outbox: true.",
    )
    assert row.play is not None
    assert row.play.text() == "▸ Play how this loses one"


def test_a_condition_that_holds_is_one_quiet_row(window: MainWindow) -> None:
    row = row_of(page_of(window, "billing"), "N2")
    assert (row.play, row.height()) == (None, 28)
    assert row.accessibleName().startswith("N2 holds: ")


def test_queues_and_producers_promise_nothing(window: MainWindow) -> None:
    assert page_of(window, "orders").checklist.texts() == []


def test_the_list_follows_the_document(window: MainWindow, run: FakeRun) -> None:
    page = page_of(window, "billing")
    run.scenario = edited(run.scenario, SetNode("orders", (("durability", "memory"),)))
    window.show_frame(run.shown)
    assert page.checklist.texts()[0] == "Never loses, if 6 of 8"
    assert row_of(page, "N2").play is not None


def test_playing_opens_a_small_scene_that_stands_still_and_then_runs_slowly(
    window: MainWindow, run: FakeRun, qtbot: QtBot
) -> None:
    row = row_of(page_of(window, "billing"), "N1")
    assert row.play is not None
    row.play.click()
    scene: Scenario = run.scenario
    assert scene.name == "N1: shop dies with its intent"
    assert list(scene.nodes) == ["shop", "orders", "billing"]
    assert [entry.command for entry in scene.script] == [ArmCrash("shop", "before-send", "shop#2")]
    assert (run.shown.is_running, run.shown.speed) == (False, 0.1)
    assert window.hands.files.document.path is None
    (toast,) = window.toasts.shown
    assert (toast.title, toast.body) == (
        "N1: shop dies with its intent",
        "shop crashes just before it sends shop#2. Nobody else knows of it.",
    )
    starter = window.reader.starter
    assert (starter.isActive(), starter.interval()) == (True, TO_LOOK_MS)
    starter.timeout.emit()
    assert run.shown.is_running


def test_whoever_starts_it_by_hand_is_not_started_again(window: MainWindow, run: FakeRun) -> None:
    window.reader.play_witness("billing", "N1")
    window.bridge.set_running(True)
    window.bridge.tick(0.016, lambda: False)
    assert not window.reader.starter.isActive()


def test_what_cannot_be_shown_is_said(window: MainWindow, run: FakeRun) -> None:
    before = run.scenario
    window.reader.play_witness("billing", "N3")
    assert run.scenario is before
    assert [toast.title for toast in window.toasts.shown] == ["N3 cannot be shown here"]


def test_what_happens_is_a_few_seconds_away() -> None:
    assert [speed_for(at_us) for at_us in (100_000, 1_500_000, 8_000_000, 60_000_000)] == [
        0.1,
        0.2,
        1.0,
        10.0,
    ]
