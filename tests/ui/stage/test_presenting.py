"""Can a speaker do the whole talk with a clicker?"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.scenario.model import Cue
from playground.ui.main_window import MainWindow
from playground.ui.theme import DARK
from tests.ui.real import S, go, real_window, ticks

BEGIN, DIE, END = "It begins.", "It dies here.", "It is over."
CUES = (
    Cue(at_us=0, say=BEGIN),
    Cue(at_us=2 * S, say=DIE, pause=True),
    Cue(at_us=4 * S, say=END),
)
Key = Qt.Key


@pytest.fixture
def talk() -> Iterator[MainWindow]:
    """A window with three cue cards, on the stage, at rest at the start."""
    with real_window(cues=CUES) as window:
        press(window, Key.Key_F5)
        yield window


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key)
    QApplication.processEvents()


def said(window: MainWindow) -> str:
    card = window.presenter.card
    return " ".join(card.lines) if card.isVisible() else ""


def test_the_card_of_the_moment_is_on_the_stage_in_large_letters(talk: MainWindow) -> None:
    assert said(talk) == BEGIN
    assert talk.theme.role("title").size_px >= 26
    assert talk.presenter.card.height() >= 36


@pytest.mark.parametrize("key", [Key.Key_PageDown, Key.Key_Right])
def test_the_clicker_plays_until_the_next_card_and_rests_there(
    talk: MainWindow, key: Qt.Key
) -> None:
    for moment, words in ((2 * S, DIE), (4 * S, END)):
        press(talk, key)
        ticks(talk, 0.5, 20)
        assert (talk.bridge.last.now_us, talk.bridge.is_running) == (moment, False)
        assert said(talk) == words


def test_after_the_last_card_the_run_plays_on(talk: MainWindow) -> None:
    go(talk, 4 * S)
    press(talk, Key.Key_PageDown)
    ticks(talk, 0.5, 4)
    assert talk.bridge.is_running
    assert talk.bridge.last.now_us == 6 * S


@pytest.mark.parametrize("key", [Key.Key_PageUp, Key.Key_Left])
def test_back_goes_to_the_card_before(talk: MainWindow, key: Qt.Key) -> None:
    go(talk, 5 * S)
    for moment, words in ((4 * S, END), (2 * S, DIE), (0, BEGIN)):
        press(talk, key)
        ticks(talk, 0.0, 3)
        assert (talk.bridge.last.now_us, said(talk)) == (moment, words)


def test_space_runs_on_from_a_card_that_waits(talk: MainWindow) -> None:
    press(talk, Key.Key_Space)
    ticks(talk, 0.5, 10)
    assert talk.bridge.last.now_us == 2 * S
    press(talk, Key.Key_Space)
    ticks(talk, 0.5, 10)
    assert talk.bridge.last.now_us > 4 * S


@pytest.mark.parametrize("key", [Key.Key_B, Key.Key_Period])
def test_the_screen_goes_black_and_any_key_brings_it_back(talk: MainWindow, key: Qt.Key) -> None:
    talk.bridge.set_running(True)
    press(talk, key)
    curtain = talk.presenter.curtain
    assert curtain.isVisible()
    assert curtain.geometry() == talk.rect()
    assert not talk.bridge.is_running
    press(talk, Key.Key_PageDown)
    assert not curtain.isVisible()
    assert talk.bridge.is_running
    assert talk.presenter.stops.goal_us == -1  # the key lifted the curtain and did nothing else


def test_a_run_at_rest_rests_behind_the_curtain_and_after_it(talk: MainWindow) -> None:
    press(talk, Key.Key_B)
    press(talk, Key.Key_B)
    assert not talk.bridge.is_running


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_F5])
def test_leaving_brings_the_desk_back(key: Qt.Key) -> None:
    with real_window(cues=CUES, theme=DARK) as window:
        window.select(("node", "payments"))
        window.open_page("Log")
        press(window, Key.Key_F5)
        assert (window.is_presenting, window.selection) == (True, None)
        assert not window.panes.log.isVisible()
        press(window, key)
        assert window.theme is DARK
        assert window.selection == ("node", "payments")
        assert window.panes.log.isVisible()
        assert not window.isFullScreen()


def test_at_the_desk_the_arrows_belong_to_the_canvas() -> None:
    with real_window(cues=CUES) as window:
        press(window, Key.Key_Right)
        press(window, Key.Key_B)
        assert not window.bridge.is_running
        assert not window.presenter.curtain.isVisible()


def test_at_the_desk_a_card_is_small_and_goes_when_it_has_been_read() -> None:
    with real_window(cues=CUES) as window:
        go(window, 2 * S)
        assert said(window).startswith(DIE)
        assert window.presenter.card.height() <= 32
        go(window, 12 * S + 1)
        assert said(window) == ""


def test_a_waiting_card_at_the_desk_names_the_key_that_goes_on() -> None:
    with real_window(cues=CUES) as window:
        window.bridge.set_running(True)
        ticks(window, 0.5, 10)
        assert window.bridge.last.now_us == 2 * S
        assert said(window).endswith("Paused here, Space goes on.")


def test_cards_can_be_put_away_at_the_desk() -> None:
    with real_window(cues=CUES) as window:
        window.actions_by_id["cues"].trigger()
        assert said(window) == ""
        window.bridge.set_running(True)
        ticks(window, 0.5, 10)
        assert window.bridge.last.now_us == 5 * S


def test_no_card_covers_a_node_on_the_stage() -> None:
    for name in ("04-three-side-by-side", "18-retry-storm", "22-overload"):
        with real_window(name) as window:
            window.presenter.toggle()
            window.resize(1280, 720)
            for cue in window.bridge.scenario.cues:
                go(window, cue.at_us)
                card = window.presenter.card
                inner = QRectF(card.geometry()).adjusted(2, 2, -2, -2)
                hit = [box for box in card.obstacles() if box.intersects(inner)]
                assert (name, cue.say, hit) == (name, cue.say, [])
