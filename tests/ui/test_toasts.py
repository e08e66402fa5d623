"""Do the cards over the canvas say what holds, and cover nothing that somebody needs?"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from playground.engine.commands import CrashNode, PauseNode, RestartNode
from playground.scenario.model import Cue
from playground.ui.canvas.in_use import in_use
from playground.ui.main_window import MainWindow
from tests.ui.real import S, go, real_window, ticks

BEGIN = "It begins, and what is said of that is long enough to reach the middle of the canvas."
LATER = f"4 came again. {BEGIN}"


@pytest.fixture
def window() -> Iterator[MainWindow]:
    cues = (Cue(at_us=0, say=BEGIN), Cue(at_us=2 * S, say=LATER))
    with real_window("07-mark-order-completed", cues=cues) as made:
        yield made


def said(window: MainWindow) -> list[tuple[str, str]]:
    return [(toast.title, toast.body) for toast in window.toasts.shown]


def boxes(window: MainWindow) -> list[QRect]:
    return [toast.geometry().adjusted(8, 6, -8, -10) for toast in window.toasts.shown]


def test_a_newer_fault_of_a_node_takes_the_place_of_the_older_one(window: MainWindow) -> None:
    for wish in (PauseNode("worker-a"), CrashNode("worker-a", for_us=2 * S)):
        window.hands.submit(wish)
        ticks(window, 0.0)
    assert said(window) == [("worker-a crashed", "It is back at 2 s.")]


def test_what_has_passed_is_said_no_longer(window: MainWindow) -> None:
    for node in ("worker-a", "worker-b"):
        window.hands.submit(CrashNode(node, for_us=2 * S))
        ticks(window, 0.0)
    window.hands.submit(RestartNode("worker-a"))
    ticks(window, 0.0)
    assert [title for title, _ in said(window)] == ["worker-b crashed"]


def test_what_follows_a_semicolon_is_in_the_second_line(window: MainWindow) -> None:
    window.hands.submit(PauseNode("worker-a"))
    ticks(window, 0.0)
    assert said(window) == [("worker-a is paused", "Its connections live and nobody notices.")]


def test_they_stand_above_a_cue_card_also_one_that_comes_later(window: MainWindow) -> None:
    card = window.presenter.card
    for moment in (0, 2 * S):
        go(window, moment)
        window.toasts.say("Something", "It has happened.")
        assert card.isVisible()
        assert [box for box in boxes(window) if box.intersects(card.geometry())] == []


def test_they_leave_the_open_toolbar_and_its_node_free(window: MainWindow) -> None:
    window.select(("node", "worker-b"))
    window.canvas.hovering.pin(("node", "worker-b"))
    QApplication.processEvents()
    window.canvas.hovering.toolbar.show()
    used = in_use(window.canvas)
    assert len(used) == 2
    window.toasts.say("One", "It has happened.")
    window.toasts.say("Two", "It has happened.")
    assert [box for box in boxes(window) for each in used if box.intersects(each)] == []


def test_a_cue_card_does_not_claim_what_a_click_has_changed(window: MainWindow) -> None:
    card = window.presenter.card
    go(window, S)
    window.hands.submit(CrashNode("worker-a", for_us=S))
    ticks(window, 0.0)
    assert card.text == BEGIN  # written for what was before
    go(window, 2 * S)
    assert card.text == f"Without your changes: {LATER}"
    window.bridge.reset()
    go(window, 2 * S)
    assert card.text == LATER
