"""Gesture in, command out: does every hand on the canvas do what it says, and nothing else?"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence
from pytestqt.qtbot import QtBot

from playground.engine.commands import (
    AddLink,
    ArmCrash,
    ArmPacketFault,
    CrashNode,
    CutLink,
    Disarm,
    DropPacket,
    PauseNode,
)
from playground.engine.parameters import LinkParameters
from playground.ui.canvas import consumer_boxes
from playground.ui.canvas.menus import choice_menu, verb_menu
from playground.ui.canvas.view import CanvasView
from playground.ui.theme import LIGHT
from tests.ui.canvas import frames

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
BARE = Qt.KeyboardModifier.NoModifier


class Hands:
    """A canvas with the reference scene, and what it has asked for."""

    def __init__(self, qtbot: QtBot, view: CanvasView) -> None:
        self.qtbot, self.view = qtbot, view
        self.commands: list[object] = []
        self.moves: list[tuple[str, float, float]] = []
        self.selections: list[object] = []
        self.stories: list[int] = []
        view.command_requested.connect(self.commands.append)
        view.nodes_moved.connect(
            lambda places, _: self.moves.extend((node, *at) for node, at in places.items())
        )
        view.selection_changed.connect(self.selections.append)
        view.story_requested.connect(self.stories.append)

    def at(self, x: float, y: float) -> QPoint:
        return self.view.mapFromScene(QPointF(x, y))

    def click(self, x: float, y: float) -> None:
        self.qtbot.mouseMove(self.view.viewport(), self.at(x, y))
        self.qtbot.mouseClick(self.view.viewport(), LEFT, BARE, self.at(x, y))

    def drag(self, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT) -> None:
        glass = self.view.viewport()
        self.qtbot.mousePress(glass, button, BARE, start)
        for step in range(1, 5):
            self.qtbot.mouseMove(glass, start + (end - start) * (step / 4))
        self.qtbot.mouseRelease(glass, button, BARE, end)

    def key(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.view, key)

    def word(self, word: str) -> None:
        """Click a word of the open toolbar."""
        bar = self.view.hovering.toolbar
        assert bar.isVisible()
        self.qtbot.mouseClick(bar, LEFT, BARE, bar.word_box(word).center().toPoint())


@pytest.fixture
def hands(qtbot: QtBot) -> Iterator[Hands]:
    view = CanvasView(LIGHT)
    view.resize(1112, 480)
    view.set_layout(frames.REFERENCE_LAYOUT)
    view.show_frame(frames.reference())
    view.show()
    view.fit()
    yield Hands(qtbot, view)
    view.hovering.close()
    view.close()
    view.deleteLater()


def test_a_click_selects_a_card_a_link_or_nothing(hands: Hands) -> None:
    hands.click(700, 195)
    hands.click(*hands.view.canvas.plan.paths["shop", "orders"].middle[20])
    hands.click(60, 40)
    assert hands.selections == [("node", "billing"), ("link", "shop", "orders"), None]
    assert hands.commands == []


def test_a_dragged_node_takes_its_links_along_and_says_once_where_it_is(hands: Hands) -> None:
    before = hands.view.canvas.plan.paths["shop", "orders"].middle[0].copy()
    hands.drag(hands.at(80, 200), hands.at(96, 264))
    assert hands.moves == [("shop", 40.0, 248.0)]
    after = hands.view.canvas.plan.paths["shop", "orders"].middle[0]
    assert (after - before).tolist() == pytest.approx([16, 62], abs=2.1)
    assert hands.selections == []


def test_a_press_without_a_drag_moves_nothing(hands: Hands) -> None:
    hands.drag(hands.at(80, 200), hands.at(82, 201))
    assert hands.moves == []


def test_the_database_can_be_dragged_but_is_no_news_for_the_document(hands: Hands) -> None:
    hands.drag(hands.at(1020, 200), hands.at(1040, 216))
    assert hands.view.canvas.plan.database.left() == 976
    assert hands.moves == []


def test_a_middle_drag_pans(hands: Hands) -> None:
    before = hands.view.mapToScene(QPoint(0, 0))
    hands.drag(QPoint(400, 400), QPoint(440, 420), MIDDLE)
    moved = before - hands.view.mapToScene(QPoint(0, 0))
    assert (moved.x(), moved.y()) == (40, 20)


def test_space_held_pans_and_space_tapped_is_the_windows(hands: Hands) -> None:
    taps: list[bool] = []
    action = QAction(hands.view)
    action.setShortcut(QKeySequence(Qt.Key.Key_Space))
    action.triggered.connect(lambda checked: taps.append(checked))
    hands.qtbot.keyPress(hands.view, Qt.Key.Key_Space)
    hands.drag(QPoint(80, 200), QPoint(120, 200))
    hands.qtbot.keyRelease(hands.view, Qt.Key.Key_Space)
    assert (taps, hands.moves) == ([], [])
    hands.key(Qt.Key.Key_Space)
    assert len(taps) == 1


def test_the_point_under_the_wheel_stays_where_it_is(hands: Hands) -> None:
    at = QPointF(700, 195)
    here = hands.view.mapFromScene(at)
    hands.view.zoom_by(1.5, QPointF(here))
    assert (hands.view.mapFromScene(at) - here).manhattanLength() <= 2
    hands.key(Qt.Key.Key_F)
    hands.view.camera.arrive()
    assert hands.view.zoom == pytest.approx(1.0)


def gate_point(hands: Hands, gate: int) -> tuple[float, float]:
    view = hands.view.canvas.consumer("billing")
    assert view is not None
    box = hands.view.canvas.plan.boxes["billing"]
    boxes = dict(consumer_boxes.gate_boxes(view, LIGHT))
    point = boxes[gate].center() + box.topLeft()
    return point.x(), point.y()


def test_a_click_on_a_gate_arms_a_crash_and_one_on_an_armed_gate_disarms(hands: Hands) -> None:
    hands.click(*gate_point(hands, 3))
    hands.click(*gate_point(hands, 2))
    assert hands.commands == [ArmCrash("billing", "after-mark"), Disarm("billing")]


def test_a_click_on_a_packet_picks_it_and_its_words_act(hands: Hands) -> None:
    x, y = hands.view.canvas.packets.arranged.at[-1]
    flight = int(hands.view.canvas.packets.table.flight[hands.view.canvas.packets.arranged.row[-1]])
    hands.click(x, y)
    assert hands.selections == [("packet", flight)]
    hands.word("Drop")
    hands.word("Follow")
    assert hands.commands == [DropPacket(flight)]
    assert hands.stories == [hands.view.canvas.packets.followed]


def test_the_toolbar_opens_beside_what_the_pointer_rests_on(hands: Hands) -> None:
    hands.qtbot.mouseMove(hands.view.viewport(), hands.at(700, 195))
    hands.qtbot.waitUntil(hands.view.hovering.toolbar.isVisible)
    hands.word("Crash")
    hands.word("Pause")
    assert hands.commands == [CrashNode("billing"), PauseNode("billing")]
    bar = hands.view.hovering.toolbar
    card = hands.view.mapFromScene(hands.view.canvas.plan.boxes["billing"]).boundingRect()
    assert not bar.bar().toRect().translated(bar.pos()).intersects(card)


def test_a_links_words_cut_it_and_lose_its_packets(hands: Hands) -> None:
    hands.view.hovering._wanted = ("link", "orders", "payouts")
    hands.view.hovering._open()
    hands.word("Cut")
    hands.word("Lose next ACK")
    assert hands.commands == [
        CutLink("orders", "payouts"),
        ArmPacketFault("drop", "payouts", "orders", "ACK"),
    ]


@pytest.mark.qt_log_ignore("does not support raise", extend=True)  # the tooltip, offscreen
def test_a_verb_that_cannot_act_does_nothing(hands: Hands) -> None:
    hands.view.hovering._wanted = ("link", "orders", "metrics")
    hands.view.hovering._open()
    hands.word("Lose next ACK")
    assert hands.commands == []


@pytest.mark.parametrize(
    ("key", "command"),
    [(Qt.Key.Key_C, CrashNode("billing")), (Qt.Key.Key_P, PauseNode("billing"))],
)
def test_letters_are_the_verbs_of_the_selected_node(
    hands: Hands, key: Qt.Key, command: object
) -> None:
    hands.view.select("billing")
    hands.key(key)
    assert hands.commands == [command]


def test_letters_are_the_verbs_of_the_selected_link(hands: Hands) -> None:
    hands.view.select(("link", "orders", "billing"))
    hands.key(Qt.Key.Key_X)
    hands.key(Qt.Key.Key_L)
    assert hands.commands == [
        CutLink("orders", "billing"),
        ArmPacketFault("drop", "billing", "orders", "ACK"),
    ]


def test_tab_goes_from_left_to_right_and_enter_selects(hands: Hands) -> None:
    hands.view.setFocus()
    for _ in range(3):
        hands.key(Qt.Key.Key_Tab)
    assert hands.view.canvas.focused == ("node", "orders")
    hands.key(Qt.Key.Key_Return)
    assert hands.selections == [("node", "orders")]


def test_arrows_nudge_the_selected_node(hands: Hands) -> None:
    hands.view.select("shop")
    hands.key(Qt.Key.Key_Right)
    assert hands.moves == [("shop", 32.0, 184.0)]


def test_escape_lets_go(hands: Hands) -> None:
    hands.view.select("shop")
    hands.key(Qt.Key.Key_Escape)
    assert hands.selections == [("node", "shop"), None]


def test_a_link_is_drawn_from_a_port_to_a_node_that_can_take_it(hands: Hands) -> None:
    lonely = frames.consumer("audit", is_connected=False)
    frame = frames.reference()
    hands.view.set_layout({**frames.REFERENCE_LAYOUT, "audit": (300.0, 360.0)})
    hands.view.show_frame(frame._replace(nodes=(*frame.nodes, lonely)))
    x, y, _, _ = next(p for p in hands.view.canvas.plan.ports if p[3] == "orders" and p[0] > 400)
    hands.drag(hands.at(x + 3, y), hands.at(420, 370))
    assert hands.commands == [AddLink("orders", "audit", LinkParameters())]


def test_the_same_verbs_stand_in_a_menu(hands: Hands) -> None:
    chosen: list[object] = []
    verbs = hands.view.verbs_of(("node", "billing"))
    menu = verb_menu(hands.view, verbs, chosen.append)
    assert [action.text() for action in menu.actions()] == [
        "Crash\tC",
        "Pause\tP",
        "Arm crash",
        "Fail next",
        "Disarm",
    ]
    menu.actions()[0].trigger()
    assert chosen == [verbs[0]]


def test_a_choice_in_a_menu_is_one_wish(hands: Hands) -> None:
    from playground.ui.canvas.choices import guarantee_choices

    consumer = hands.view.canvas.consumer("billing")
    assert consumer is not None
    chosen: list[object] = []
    choices = guarantee_choices(consumer)
    menu = choice_menu(hands.view, choices, LIGHT, chosen.append)
    menu.actions()[2].trigger()
    assert chosen == [choices[2]]
