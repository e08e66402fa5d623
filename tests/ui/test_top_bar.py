"""Does the top bar say what the frame says, and ask for what is pressed?"""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.ui.main_window import MainWindow
from playground.ui.panels.speed_slider import next_decade, to_position, to_speed
from tests.ui import samples
from tests.ui.fakes import FakeRun


def test_it_shows_name_time_speed_seed_and_how_far_it_is_behind(window: MainWindow) -> None:
    top = window.panes.top
    assert (top.name.text(), top.seed.text()) == ("Three side by side", "42")
    assert (top.clock_text, top.speed_text) == ("12.480\u00a0s", "1/10×")
    assert top.behind_text == "0.2\u00a0s behind"


def test_behind_is_said_only_when_it_is_true(window: MainWindow) -> None:
    window.show_frame(samples.frame(behind_s=0.0))
    assert window.panes.top.behind_text == ""


def test_space_pauses_and_runs(window: MainWindow, run: FakeRun, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert not run.is_running
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert run.is_running


def test_space_presses_the_button_that_has_the_focus(
    window: MainWindow, run: FakeRun, qtbot: QtBot
) -> None:
    window.activateWindow()
    window.panes.top.step.setFocus()
    qtbot.keyClick(window.panes.top.step, Qt.Key.Key_Space)
    assert run.asked == ["step"]


def test_step_steps(window: MainWindow, run: FakeRun, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.panes.top.step, Qt.MouseButton.LeftButton)
    assert run.asked == ["step"]


def test_reset_resets_to_the_documents_seed(window: MainWindow, run: FakeRun) -> None:
    window.actions_by_id["reset"].trigger()
    assert run.asked == [("reset", None)]


def test_plus_goes_to_the_next_decade(window: MainWindow, run: FakeRun) -> None:
    window.actions_by_id["faster"].trigger()
    assert run.speed == 1.0


@pytest.mark.parametrize(
    ("speed", "direction", "expected"),
    [(0.1, 1, 1.0), (0.1, -1, 0.01), (0.01, -1, 0.01), (1000.0, 1, 1000.0), (2.0, -1, 1.0)],
)
def test_decades_end_at_the_ends(speed: float, direction: int, expected: float) -> None:
    assert next_decade(speed, direction) == expected


@pytest.mark.parametrize("speed", [0.01, 0.1, 1.0, 10.0, 100.0, 1000.0])
def test_each_decade_is_an_exact_stop(speed: float) -> None:
    assert to_speed(to_position(speed)) == speed


def test_the_slider_asks_for_a_speed(window: MainWindow, run: FakeRun) -> None:
    window.panes.top.slider.setValue(20)
    assert run.speed == 100.0


def test_the_seed_is_copied(window: MainWindow, qapp: object) -> None:
    window.panes.top.seed.click()
    assert qapp.clipboard().text() == "42"  # type: ignore[attr-defined]


def test_every_button_names_its_key(window: MainWindow) -> None:
    tips = {name: action.toolTip() for name, action in window.actions_by_id.items()}
    assert tips["run"] == "Run or pause (Space)"
    assert tips["step"].endswith("(N)")
    assert all(action.text() and action.toolTip() for action in window.actions_by_id.values())


def test_no_key_does_two_things(window: MainWindow) -> None:
    keys = [key.toString() for a in window.actions_by_id.values() for key in a.shortcuts()]
    assert len(keys) == len(set(keys))
