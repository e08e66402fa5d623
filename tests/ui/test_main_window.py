"""Does the window hang together: places, selection, files, presentation, closing?"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.engine.commands import AddNode, CrashNode, RemoveNode, SetNode
from playground.session.frame import LogLine
from playground.ui.main_window import MainWindow
from playground.ui.panels.toast import wrapped
from playground.ui.theme import DARK
from tests.ui import samples
from tests.ui.fakes import FakeCanvas, FakeRun

GOOD = """\
format: 1
name: Small
nodes:
  shop: {kind: producer, rate: 1 /s}
  orders: {kind: queue}
links:
  - {from: shop, to: orders}
"""


def boxes(window: MainWindow) -> dict[str, tuple[int, int, int, int]]:
    panes = window.panes
    parts = {
        "top": panes.top,
        "dock": panes.dock,
        "canvas": panes.canvas,
        "board": panes.board,
        "tabs": panes.tabs,
        "charts": panes.charts,
        "timeline": panes.timeline,
        "inspector": panes.inspector,
    }
    return {name: part.geometry().getRect() for name, part in parts.items()}


def test_panels_stand_where_the_specification_puts_them(window: MainWindow) -> None:
    assert boxes(window) == {
        "top": (0, 0, 1600, 52),
        "dock": (0, 52, 200, 480),
        "canvas": (200, 52, 1112, 480),
        "board": (0, 532, 1312, 158),
        "tabs": (0, 690, 1312, 32),
        "charts": (0, 722, 1312, 132),
        "timeline": (0, 854, 1312, 46),
        "inspector": (1312, 52, 288, 848),
    }


def test_a_small_window_has_a_rail_a_drawer_and_no_charts(window: MainWindow) -> None:
    window.resize(1024, 768)
    panes = window.panes
    assert (panes.dock.isVisible(), panes.rail.isVisible()) == (False, True)
    assert (panes.charts.isVisible(), panes.inspector.isVisible()) == (False, False)
    assert panes.canvas.geometry().getRect() == (48, 52, 976, 480)
    window.select(("node", "billing"))
    assert panes.inspector.geometry().getRect() == (736, 52, 288, 480)
    window.actions_by_id["leave"].trigger()
    assert not panes.inspector.isVisible()


def test_present_leaves_canvas_and_board(window: MainWindow) -> None:
    window.actions_by_id["present"].trigger()
    panes = window.panes
    visible = [panes.dock, panes.rail, panes.tabs, panes.timeline, panes.inspector, panes.charts]
    assert not any(panel.isVisible() for panel in visible)
    assert panes.board.wanted_height() == 232
    window.select(None)
    window.actions_by_id["leave"].trigger()
    assert panes.timeline.isVisible()


def test_the_theme_can_be_turned(window: MainWindow) -> None:
    window.actions_by_id["theme"].trigger()
    assert window.theme is DARK
    assert window.panes.board.theme is DARK


def test_every_frame_reaches_the_canvas(window: MainWindow) -> None:
    canvas = window.canvas
    assert isinstance(canvas, FakeCanvas)
    canvas.told.clear()
    window.bridge.tick(0.016, lambda: False)
    assert canvas.told == ["frame"]


def test_an_edit_can_be_taken_back(window: MainWindow, run: FakeRun) -> None:
    window.hands.submit(SetNode("billing", (("prefetch", 9),)))
    window.actions_by_id["undo"].trigger()
    window.actions_by_id["redo"].trigger()
    there, back = SetNode("billing", (("prefetch", 9),)), SetNode("billing", (("prefetch", 4),))
    assert run.asked == [there, back, there]


def test_taking_back_a_guarantee_brings_back_where_the_ack_stood(
    window: MainWindow, run: FakeRun
) -> None:
    window.hands.submit(SetNode("billing", (("guarantee", "at-most-once"),)))
    window.hands.undo()
    assert run.asked[-1] == SetNode("billing", (("guarantee", "at-least-once"), ("how", None)))


def test_a_removed_node_comes_back_with_its_links(window: MainWindow, run: FakeRun) -> None:
    window.select(("node", "orders"))
    window.actions_by_id["delete"].trigger()
    window.actions_by_id["undo"].trigger()
    assert run.asked[0] == RemoveNode("orders")
    assert isinstance(run.asked[1], AddNode)
    assert len(run.asked) == 2 + 4


def test_a_part_gets_a_free_name(window: MainWindow, run: FakeRun) -> None:
    window.panes.dock.parts[2].click()
    added = run.asked[0]
    assert isinstance(added, AddNode)
    assert added.node == "consumer"


def test_keys_break_what_is_selected(window: MainWindow, run: FakeRun, qtbot: QtBot) -> None:
    window.select(("node", "billing"))
    qtbot.keyClick(window, Qt.Key.Key_C)
    assert run.asked == [CrashNode("billing")]


def test_keys_break_nothing_when_nothing_is_selected(
    window: MainWindow, run: FakeRun, qtbot: QtBot
) -> None:
    window.select(None)
    qtbot.keyClick(window, Qt.Key.Key_C)
    assert run.asked == []


def test_a_rejected_wish_is_said(window: MainWindow) -> None:
    line = LogLine(1, 0, "rejected", "metrics", -1, "metrics auto-acks. No ack is sent.")
    window.show_frame(samples.frame(log=(line,)))
    assert [(toast.title, toast.body) for toast in window.toasts.shown] == [
        ("metrics auto-acks", "No ack is sent.")
    ]


def test_a_fault_is_said_only_to_the_one_who_asked_for_it(window: MainWindow) -> None:
    line = LogLine(1, 0, "fault", "billing", -1, "Billing crashed. It held 47.")
    window.show_frame(samples.frame(log=(line,)))
    assert window.toasts.shown == []
    window.hands.submit(CrashNode("billing"))
    window.show_frame(samples.frame(log=(line,)))
    assert [toast.title for toast in window.toasts.shown] == ["Billing crashed"]


def test_at_most_two_toasts_are_in_sight(window: MainWindow) -> None:
    for number in range(5):
        window.toasts.say(f"Number {number}")
    assert [toast.title for toast in window.toasts.shown] == ["Number 3", "Number 4"]


def test_a_toast_wraps_into_two_lines() -> None:
    assert wrapped("one two three four", 9, len, 2) == ["one two", "three fo…"]


def test_a_file_is_opened_and_named_in_the_title(
    window: MainWindow, run: FakeRun, tmp_path: Path
) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(GOOD, "utf-8")
    assert window.hands.open_file(path)
    assert window.hands.files.document.path == path


def test_a_wrong_file_leaves_the_open_scenario_alone(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(GOOD.replace("kind: queue", "kind: cue"), "utf-8")
    before = window.bridge.scenario
    assert not window.hands.open_file(path)
    assert window.bridge.scenario is before
    (card,) = window.choosing.cards
    assert card.title == "wrong.yaml was not opened"
    assert card.lines[0].startswith("wrong.yaml:5:")
    assert card.lines[-1] == "The open scenario is unchanged."


def test_saving_writes_a_file_that_opens_again(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "saved.yaml"
    assert window.hands.files.save_to(path)
    assert window.hands.open_file(path)


def test_a_place_that_cannot_be_written_is_named(window: MainWindow, tmp_path: Path) -> None:
    assert not window.hands.files.save_to(tmp_path / "nowhere" / "saved.yaml")
    assert [card.title for card in window.choosing.cards] == ["saved.yaml was not saved"]


def test_a_part_is_added_where_it_was_dropped(window: MainWindow, run: FakeRun) -> None:
    window.canvas.part_dropped.emit("queue", 10.0, 20.0)
    assert [type(each).__name__ for each in run.asked] == ["AddNode"]
    assert run.scenario.layout["queue"] == (10.0, 20.0)


def test_the_log_is_bounded(window: MainWindow) -> None:
    for start in range(0, 12_000, 400):
        lines = tuple(LogLine(n, n, "info", "", -1, str(n)) for n in range(start, start + 400))
        window.panes.log.add(lines)
    texts = window.panes.log.texts()
    assert len(texts) <= 5_000
    assert texts[-1] == "11999"


def test_the_sheet_of_keys_can_be_opened(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_by_id["help"].trigger()
    sheets = [w for w in QApplication.topLevelWidgets() if w.windowTitle() == "All keys"]
    assert [sheet.isVisible() for sheet in sheets] == [True]
    sheets[0].close()


@pytest.mark.parametrize(("action", "title"), [("help", "All keys"), ("settings", "Settings")])
def test_a_sheet_that_is_open_is_not_opened_twice(
    window: MainWindow, action: str, title: str
) -> None:
    for _ in range(3):
        window.actions_by_id[action].trigger()
    sheets = [w for w in QApplication.topLevelWidgets() if w.windowTitle() == title]
    assert [sheet.isVisible() for sheet in sheets] == [True]
    sheets[0].close()


@pytest.mark.parametrize("name", ["dock", "board", "inspector"])
def test_every_control_has_a_name(window: MainWindow, name: str) -> None:
    from PySide6.QtWidgets import QAbstractButton

    window.select(("node", "billing"))
    buttons = getattr(window.panes, name).findChildren(QAbstractButton)
    nameless = [b for b in buttons if not (b.accessibleName() or b.text())]
    assert nameless == []
