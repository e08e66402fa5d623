"""Can one look at the past of a run in the window, branch there, and keep the run as a file?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from playground.engine.commands import CrashNode
from playground.engine.parameters import QueueParameters
from playground.headless.run import run as run_headless
from playground.scenario.edit import AddNode, edited
from playground.scenario.load import load_file
from playground.session.session import Session
from playground.ui import bridge
from playground.ui.application import application
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.main_window import MainWindow
from playground.ui.theme import LIGHT
from tests.session.scenes import chain, lossy
from tests.ui.fakes import FakeCanvas


def in_time() -> bool:
    return False


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window over a real run."""
    application()
    made = MainWindow(Bridge(Session, chain()), FakeCanvas, (), LIGHT, Document())
    made.show()
    yield made
    made.hands.editor.stack.setClean()
    made.close()
    made.deleteLater()


def play(window: MainWindow, seconds: float) -> None:
    window.bridge.set_running(True)
    for _ in range(round(seconds / 0.05)):
        window.bridge.tick(0.05, in_time)


def said(window: MainWindow) -> list[str]:
    return [toast.title for toast in window.toasts.shown]


def press(window: MainWindow, action: str) -> None:
    window.actions_by_id[action].trigger()


def test_a_click_on_the_timeline_goes_there_and_rests(qtbot: QtBot, window: MainWindow) -> None:
    play(window, 4.0)
    timeline = window.panes.timeline
    at = QPoint(round(timeline.x_of(1_000_000)), 24)
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=at)
    frame = window.bridge.last
    assert frame.now_us == pytest.approx(1_000_000, abs=20_000)
    assert not frame.is_running
    assert frame.end_us == 4_000_000
    at = QPoint(round(timeline.x_of(3_000_000)), 24)
    qtbot.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=at)
    assert window.bridge.last.now_us == pytest.approx(3_000_000, abs=20_000)
    press(window, "end")
    assert window.bridge.last.now_us == 4_000_000
    assert not window.actions_by_id["end"].isEnabled()


def test_just_before_undoes_nothing_and_a_new_click_branches(window: MainWindow) -> None:
    play(window, 1.0)
    window.hands.submit(CrashNode("billing", for_us=500_000))
    play(window, 1.0)
    press(window, "before")
    assert window.bridge.last.now_us == 750_000
    assert "One click lies ahead" in said(window)
    window.hands.submit(CrashNode("shop", for_us=500_000))
    window.bridge.tick(0.0, in_time)
    assert "Another branch begins here: the later click is laid aside" in said(window)
    assert window.actions_by_id["branch"].isEnabled()
    press(window, "branch")
    assert window.bridge.last.now_us == 2_000_000
    assert [view.is_up for view in window.bridge.last.nodes] == [True, True, True]


def test_before_anything_went_wrong_there_is_nowhere_to_go_back_to(window: MainWindow) -> None:
    play(window, 1.0)
    press(window, "before")
    assert said(window) == ["Nothing has gone wrong yet"]
    assert window.bridge.last.now_us == 1_000_000


def test_the_log_has_each_line_once_after_going_back_and_on(window: MainWindow) -> None:
    window.bridge.open(lossy())
    play(window, 8.0)
    told = window.panes.log.texts()
    window.bridge.go_to(3_000_000)
    assert 0 < len(window.panes.log.texts()) < len(told)
    press(window, "end")
    assert window.panes.log.texts() == told


def test_an_edit_that_lies_ahead_can_be_made_again_by_redo(window: MainWindow) -> None:
    play(window, 1.0)
    editor = window.hands.editor
    editor.do("add spare", edited(editor.document, AddNode("spare", QueueParameters())))
    play(window, 1.0)
    window.bridge.go_to(500_000)
    assert "spare" not in window.bridge.scenario.nodes
    assert editor.stack.redoText() == "add spare"
    press(window, "end")
    assert "spare" in window.bridge.scenario.nodes
    assert editor.stack.undoText() == "add spare"
    window.bridge.go_to(500_000)
    press(window, "redo")
    assert "spare" in window.bridge.scenario.nodes
    assert "spare" in [view.id for view in window.bridge.last.nodes]
    assert window.bridge.last.now_us == 500_000


def test_a_long_way_is_told_and_made_in_ticks(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.bridge.open(lossy())
    session = window.bridge._run
    session.run_to(70_000_000)
    window.bridge.show()
    monkeypatch.setattr(bridge, "LOOKS_AT_ONCE", 1)
    window.bridge.go_to(1)
    window.bridge.go_to(60_000_000)
    words = []
    while window.bridge.is_going:
        words.append(window.panes.timeline.going_text)
        window.bridge.tick(0.016, in_time if len(words) > 3 else lambda: True)
    assert words[0].startswith("going to")
    assert words[0].endswith("%")
    assert window.panes.timeline.going_text == ""
    assert window.bridge.last.now_us == 60_000_000


def test_the_run_is_saved_as_a_file_that_comes_to_the_same(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(window, 1.0)
    window.hands.submit(CrashNode("billing", for_us=500_000))
    play(window, 2.0)
    path = tmp_path / "kept.yaml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    press(window, "save-run")
    card = window.choosing.cards[-1]
    assert card.title == "Save this run, with one click, as a scenario?"
    assert "1 s  crash billing for 500 ms" in card.lines
    card.buttons[0].click()
    outcome = run_headless(load_file(path))
    row = window.bridge.last.groups[0]
    assert outcome.exit_code == 0
    assert outcome.report["groups"]["billing"]["deliveries"] == row.deliveries
    assert "Saved kept.yaml" in said(window)
    assert window.bridge.scenario.script == ()
