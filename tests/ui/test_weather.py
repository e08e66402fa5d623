"""Can a storm be chosen, started, ended and mended, by mouse and by key?"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.engine.commands import (
    ArmCrash,
    ArmPacketFault,
    CrashNode,
    CutLink,
    PauseNode,
)
from playground.session.session import Session
from playground.ui.application import application
from playground.ui.bridge import Bridge
from playground.ui.document import Document
from playground.ui.main_window import MainWindow
from playground.ui.panels.faults import heal_everything
from playground.ui.theme import DARK, LIGHT, PROJECTOR
from tests.session.scenes import chain
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
    made.close()
    made.deleteLater()


def tick(window: MainWindow, seconds: float = 0.0) -> None:
    for _ in range(max(1, round(seconds / 0.05))):
        window.bridge.tick(0.05 if seconds else 0.0, in_time)


def test_a_storm_is_chosen_on_its_card_and_started(qtbot: QtBot, window: MainWindow) -> None:
    weather = window.weather
    qtbot.mouseClick(weather.button, Qt.MouseButton.LeftButton)
    assert weather.card.isVisible()
    qtbot.mouseClick(weather.card.strengths.buttons[4], Qt.MouseButton.LeftButton)
    assert weather.card.often.text() == "Violent: 200 faults a minute"
    weather.card.seed.setValue(12)
    qtbot.mouseClick(weather.card.start, Qt.MouseButton.LeftButton)
    tick(window)
    storm = window.bridge.last.storm
    assert storm is not None
    assert (storm.word, storm.seed) == ("violent", 12)
    assert weather.button.text() == "Storm: violent"
    assert weather.button.accessibleName() == "Storm: violent, 200 faults a minute"
    assert weather.card.start.text() == "Stop"
    tick(window, 10.0)
    assert any(mark.kind == "crash" for mark in window.bridge.last.marks)
    qtbot.mouseClick(weather.card.start, Qt.MouseButton.LeftButton)
    tick(window)
    assert window.bridge.last.storm is None
    assert weather.button.text() == "Storm"


def test_another_strength_while_it_blows_takes_its_place(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_by_id["storm-on"].trigger()
    tick(window)
    window.weather.toggle_card()
    qtbot.mouseClick(window.weather.card.strengths.buttons[0], Qt.MouseButton.LeftButton)
    tick(window)
    storm = window.bridge.last.storm
    assert storm is not None
    assert storm.word == "calm"


def test_keys_alone_are_enough(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_by_id["storm"].trigger()
    card = window.weather.card
    assert card.isVisible()
    qtbot.keyClick(card.start, Qt.Key.Key_Return)
    tick(window)
    assert window.bridge.last.storm is not None
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert window.bridge.last.storm is not None
    window.actions_by_id["storm-on"].trigger()
    tick(window)
    assert window.bridge.last.storm is None


def test_everything_can_be_healed_at_once(window: MainWindow) -> None:
    assert not window.actions_by_id["heal-all"].isEnabled()
    for wish in (
        CrashNode("shop", for_us=60_000_000),
        PauseNode("billing"),
        CutLink("orders", "billing", "reply"),
        ArmPacketFault("drop", "shop", "orders", "SEND"),
        ArmCrash("billing", "before-ack"),
    ):
        window.bridge.submit(wish)
    tick(window)
    assert len(heal_everything(window.bridge.last)) == 5
    window.actions_by_id["heal-all"].trigger()
    tick(window)
    assert heal_everything(window.bridge.last) == ()
    assert [toast.title for toast in window.toasts.shown][-1] == "Healed: 5"


def test_reset_ends_the_storm_too(window: MainWindow) -> None:
    window.actions_by_id["storm-on"].trigger()
    tick(window, 2.0)
    window.actions_by_id["reset"].trigger()
    assert window.bridge.last.storm is None
    assert window.bridge.last.end_us == 0


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR], ids=lambda theme: theme.name)
@pytest.mark.parametrize("size", [(760, 560), (1024, 768), (1600, 900)])
def test_the_card_is_whole_inside_the_window(
    window: MainWindow, theme: object, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.set_theme(theme)  # type: ignore[arg-type]
    window.weather.toggle_card()
    card, body = window.weather.card, window.centralWidget()
    assert body.rect().contains(card.geometry())
    assert card.start.width() >= card.start.sizeHint().width()


def test_in_a_low_window_the_card_leaves_the_scoreboard_to_be_seen(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1024, 768)
    window.show()
    qtbot.waitExposed(window)
    window.weather.toggle_card()
    card = window.weather.card
    assert card.isVisible()
    assert not card.geometry().intersects(window.panes.board.geometry())


def test_after_the_card_the_keys_are_the_canvass_again(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitExposed(window)
    card = window.weather.card
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):  # put away; started
        window.weather.toggle_card()
        assert window.focusWidget() is card.start
        qtbot.keyClick(card.start, key)
        assert window.focusWidget() is window.canvas
