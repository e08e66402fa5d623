"""Which command does a gesture in the inspector lead to?"""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from playground.engine.commands import (
    ArmPacketFault,
    CrashNode,
    CutLink,
    Disarm,
    DropPacket,
    FailNext,
    PauseNode,
    SetLink,
    SetNode,
)
from playground.engine.parameters import Loss, Retry, Spread
from playground.ui.forms import FieldEditor
from playground.ui.main_window import MainWindow
from playground.ui.panels.node_page import NodePage
from playground.ui.theme import DARK
from tests.ui import samples
from tests.ui.fakes import FakeRun


@pytest.fixture
def billing(window: MainWindow) -> NodePage:
    window.select(("node", "billing"))
    page = window.panes.inspector.page
    assert isinstance(page, NodePage)
    return page


def enter(editor: FieldEditor, text: str, qtbot: QtBot) -> None:
    line = editor.editor
    assert isinstance(line, QLineEdit)
    line.clear()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_a_press_on_a_sign_chooses_the_guarantee(
    billing: NodePage, run: FakeRun, qtbot: QtBot
) -> None:
    switch = billing.switch
    assert switch is not None
    at = QPoint(switch.width() - 20, 28)
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=at)
    assert run.asked == [SetNode("billing", (("guarantee", "exactly-once"), ("how", None)))]


def test_a_press_on_the_chosen_sign_asks_for_nothing(
    billing: NodePage, run: FakeRun, qtbot: QtBot
) -> None:
    assert billing.switch is not None
    at = QPoint(billing.switch.width() // 2, 28)
    qtbot.mouseClick(billing.switch, Qt.MouseButton.LeftButton, pos=at)
    assert run.asked == []


def test_the_idempotency_is_one_of_six_and_explained(billing: NodePage, run: FakeRun) -> None:
    combo = billing.idempotency
    assert combo is not None
    assert combo.count() == 6
    assert billing.sentence.text().startswith("The effect, then a durable mark.")
    combo.setCurrentText("inbox")
    combo.textActivated.emit("inbox")
    assert run.asked == [SetNode("billing", (("idempotency", "inbox"),))]


def test_a_field_takes_a_quantity_with_its_unit(
    billing: NodePage, run: FakeRun, qtbot: QtBot
) -> None:
    enter(billing.editors["work.mean_us"], "1.5 s", qtbot)
    assert run.asked == [SetNode("billing", (("work", Spread(mean_us=1_500_000)),))]


def test_per_cent_become_a_fraction(billing: NodePage, run: FakeRun, qtbot: QtBot) -> None:
    enter(billing.editors["crash_chance"], "10 %", qtbot)
    assert run.asked == [SetNode("billing", (("crash_chance", 0.1),))]


def test_what_cannot_be_read_asks_for_nothing_and_says_why(
    billing: NodePage, run: FakeRun, qtbot: QtBot
) -> None:
    editor = billing.editors["prefetch"]
    enter(editor, "0", qtbot)
    assert run.asked == []
    assert editor.editor.toolTip() == "0 is too small: at least 1."
    assert editor.editor.property("wrong") == "true"


@pytest.mark.parametrize(
    ("verb", "command"),
    [
        ("crash", CrashNode("billing")),
        ("pause", PauseNode("billing")),
        ("lose-ack", ArmPacketFault("drop", "billing", "orders", "ACK")),
        ("fail", FailNext("billing")),
    ],
)
def test_each_button_breaks_something(
    billing: NodePage, run: FakeRun, verb: str, command: object
) -> None:
    billing.verbs[verb].click()
    assert run.asked == [command]


def test_what_is_armed_can_be_disarmed(billing: NodePage, run: FakeRun) -> None:
    assert billing.strip.text == "crash before mark"
    billing.strip.disarm.click()
    assert run.asked == [Disarm("billing")]


def test_a_verb_that_changes_nothing_says_why(window: MainWindow) -> None:
    window.select(("node", "metrics"))
    page = window.panes.inspector.page
    assert page is not None
    assert not page.verbs["lose-ack"].isEnabled()
    assert page.verbs["lose-ack"].toolTip() == "metrics auto-acks, no ack is sent."
    assert page.verbs["crash"].text() == "Restart"


def test_exactly_once_brings_its_inbox_along(window: MainWindow) -> None:
    window.select(("node", "payouts"))
    page = window.panes.inspector.page
    assert isinstance(page, NodePage)
    assert page.idempotency is not None
    assert (page.idempotency.currentText(), page.idempotency.isEnabled()) == ("inbox", False)


def test_how_offers_what_fits_the_guarantee(billing: NodePage) -> None:
    combo = billing.editors["how"].editor
    assert isinstance(combo, QComboBox)
    assert [combo.itemText(i) for i in range(combo.count())] == ["ack-after", "double-ack"]


def test_a_link_can_be_made_to_lose_replies(window: MainWindow, run: FakeRun, qtbot: QtBot) -> None:
    window.select(("link", "orders", "billing"))
    page = window.panes.inspector.page
    assert page is not None
    enter(page.editors["loss.reply"], "25%", qtbot)
    page.verbs["cut"].click()
    assert run.asked == [
        SetLink("orders", "billing", (("loss", Loss(reply=0.25)),)),
        CutLink("orders", "billing"),
    ]


def test_a_packet_can_be_dropped(window: MainWindow, run: FakeRun) -> None:
    window.select(("packet", 3))
    page = window.panes.inspector.page
    assert page is not None
    page.verbs["drop"].click()
    assert run.asked == [DropPacket(3)]


def test_a_page_closes_with_its_subject(window: MainWindow) -> None:
    window.select(("packet", 3))
    flights = samples.frame().flights
    gone = flights._replace(flight=flights.flight + 100)
    window.show_frame(samples.frame(flights=gone))
    assert window.panes.inspector.page is None


def test_a_retry_keeps_what_is_not_changed(window: MainWindow, run: FakeRun, qtbot: QtBot) -> None:
    window.select(("node", "shop"))
    page = window.panes.inspector.page
    assert page is not None
    enter(page.editors["retry.timeout_us"], "1 s", qtbot)
    assert run.asked == [SetNode("shop", (("retry", Retry(timeout_us=1_000_000)),))]


def test_unlimited_is_a_word(window: MainWindow, run: FakeRun, qtbot: QtBot) -> None:
    window.select(("node", "orders"))
    page = window.panes.inspector.page
    assert page is not None
    enter(page.editors["lease_us"], "unlimited", qtbot)
    assert run.asked == [SetNode("orders", (("lease_us", None),))]


def test_the_row_of_the_selected_consumer_is_highlighted(window: MainWindow) -> None:
    window.select(("node", "billing"))
    assert [row._is_picked for row in window.panes.board.rows] == [False, True, False]


def test_everything_on_the_page_follows_another_theme(
    window: MainWindow, billing: NodePage
) -> None:
    window.set_theme(DARK)
    worn = {
        type(child).__name__: child.theme.name
        for child in billing.findChildren(QWidget)
        if hasattr(child, "theme")
    }
    assert "GuaranteeSwitch" in worn
    assert set(worn.values()) == {DARK.name}
