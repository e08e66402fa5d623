"""Does a hand on the canvas change document and running engine, and does undo change both?"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from pytestqt.qtbot import QtBot

from playground.engine import laws
from playground.engine.commands import AddLink, SetLink, SetNode
from playground.engine.parameters import (
    ConsumerParameters,
    LinkParameters,
    Loss,
    ProducerParameters,
    QueueParameters,
    Spread,
)
from playground.scenario.load import load_text
from playground.scenario.model import Link, Scenario
from playground.scenario.save import to_text
from playground.session.session import Session
from playground.ui.actions import ACTIONS
from playground.ui.application import application
from playground.ui.bridge import Bridge
from playground.ui.canvas.view import CanvasView
from playground.ui.document import Document
from playground.ui.main_window import MainWindow
from playground.ui.theme import LIGHT, PROJECTOR

LEFT, BARE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
SCENE = Scenario(
    name="three",
    nodes={
        "shop": ProducerParameters(rate_per_s=20, window=8),
        "orders": QueueParameters(),
        "billing": ConsumerParameters(work=Spread(mean_us=30_000)),
        "payouts": ConsumerParameters(work=Spread(mean_us=30_000)),
    },
    links=(
        Link(source="shop", target="orders"),
        Link(source="orders", target="billing"),
        Link(source="orders", target="payouts"),
    ),
    layout={
        "shop": (24.0, 160.0),
        "orders": (272.0, 144.0),
        "billing": (648.0, 48.0),
        "payouts": (648.0, 272.0),
    },
)


class Desk:
    """The true window over a true session, and hands to build with."""

    def __init__(self, qtbot: QtBot, scenario: Scenario) -> None:
        application()
        self.qtbot = qtbot
        self.sessions: list[Session] = []
        self.bridge = Bridge(self._open, scenario)
        self.window = MainWindow(self.bridge, CanvasView, (), LIGHT, Document())
        self.window.show()
        self.canvas = self.window.canvas
        self.canvas.fit()

    def _open(self, scenario: Scenario, seed: int | None) -> Session:
        self.sessions.append(Session(scenario, seed))
        return self.sessions[-1]

    @property
    def session(self) -> Session:
        return self.sessions[-1]

    @property
    def document(self) -> Scenario:
        return self.session.scenario

    @property
    def toasts(self) -> list[tuple[str, str]]:
        return [(toast.title, toast.body) for toast in self.window.toasts.shown]

    def run(self, seconds: float) -> None:
        self.bridge.tick(seconds, lambda: False)
        self.check()

    def check(self) -> None:
        """The laws hold, and the engine is what the document says."""
        world = self.session.simulator.world
        laws.check(world)
        assert {n: node.parameters for n, node in world.nodes.items()} == self.document.nodes
        links = {(link.source, link.target): link.parameters for link in self.document.links}
        assert {key: link.parameters for key, link in world.links.items()} == links
        assert {view.id for view in self.bridge.last.nodes} == set(self.document.nodes)

    def do(self, action: str) -> None:
        assert self.window.actions_by_id[action].isEnabled(), action
        self.window.actions_by_id[action].trigger()
        self.check()

    def undo(self) -> None:
        self.do("undo")

    def redo(self) -> None:
        self.do("redo")

    @property
    def steps(self) -> list[str]:
        stack = self.window.hands.editor.stack
        return [stack.text(index) for index in range(stack.count())]

    # ------------------------------------------------------------------ the mouse

    def on(self, node: str, dx: float = 70, dy: float = 36) -> QPoint:
        box = self.canvas.canvas.plan.boxes[node]
        return self.canvas.mapFromScene(box.topLeft() + QPointF(dx, dy))

    def port(self, node: str, is_right: bool) -> QPoint:
        centre = self.canvas.canvas.plan.boxes[node].center().x()
        ports = [p for p in self.canvas.canvas.plan.ports if p[3] == node]
        x, y, *_ = next(p for p in ports if (p[0] > centre) == is_right)
        return self.canvas.mapFromScene(QPointF(x + (3 if is_right else -3), y))

    def drag(self, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier = BARE) -> None:
        glass = self.canvas.viewport()
        self.qtbot.mousePress(glass, LEFT, keys, start)
        for step in range(1, 6):
            self.move(start + (end - start) * (step / 5), keys)
        self.qtbot.mouseRelease(glass, LEFT, keys, end)
        self.check()

    def move(self, at: QPoint, keys: Qt.KeyboardModifier = BARE) -> None:
        """The pointer is moved with the left button and these keys held."""
        glass = self.canvas.viewport()
        moved = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(at),
            QPointF(glass.mapToGlobal(at)),
            Qt.MouseButton.NoButton,
            LEFT,
            keys,
        )
        QCoreApplication.sendEvent(glass, moved)

    def click(self, at: QPoint, keys: Qt.KeyboardModifier = BARE) -> None:
        self.qtbot.mouseClick(self.canvas.viewport(), LEFT, keys, at)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = BARE) -> None:
        self.qtbot.keyClick(self.canvas, key, keys)

    @property
    def selected(self) -> tuple[str, ...]:
        return self.canvas.building.selected_nodes()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot, SCENE)
    made.run(1.0)
    yield made
    made.canvas.hovering.close()
    made.window.hands.editor.stack.setClean()
    made.window.close()
    made.window.deleteLater()


# ---------------------------------------------------------------------- adding


def test_a_part_is_added_selected_and_taken_back(desk: Desk) -> None:
    desk.window.panes.dock.parts[2].click()
    desk.check()
    assert desk.steps == ["add consumer"]
    assert desk.selected == ("consumer",)
    desk.undo()
    assert desk.document == SCENE
    assert desk.toasts == [("Undone: add consumer", "")]


def test_a_double_click_on_the_paper_offers_every_part_and_puts_one_there(desk: Desk) -> None:
    at = QPointF(120, 380)
    texts = [action.text() for action in desk.canvas.building.part_menu(at).actions()]
    assert texts == ["Producer", "Queue", "Consumer", "Coordinator"]
    desk.canvas.building.part_menu(at).actions()[0].trigger()
    desk.check()
    assert desk.document.layout["producer"] == (48.0, 320.0)


def test_a_part_is_dropped_with_its_middle_at_the_pointer(desk: Desk) -> None:
    desk.canvas.building.drop("consumer", QPointF(500, 400))
    assert desk.document.layout["consumer"] == (368.0, 336.0)


def test_a_new_consumer_joins_nobodys_group(desk: Desk) -> None:
    desk.window.hands.submit(SetNode("billing", (("group", "consumer"),)))
    desk.do("add-consumer")
    assert "consumer-2" in desk.document.nodes


# ---------------------------------------------------------------------- moving


def test_a_drag_is_one_step_and_undo_puts_the_picture_back(desk: Desk) -> None:
    before = desk.canvas.canvas.plan.boxes["billing"].topLeft()
    desk.drag(desk.on("billing"), desk.on("billing") + QPoint(43, 62))
    assert desk.steps == ["move billing"]
    assert desk.document.layout["billing"] == (688.0, 112.0)
    assert desk.canvas.canvas.plan.boxes["billing"].topLeft() == QPointF(688, 112)
    desk.undo()
    assert desk.canvas.canvas.plan.boxes["billing"].topLeft() == before
    assert desk.document == SCENE


def test_undo_puts_back_a_node_that_the_document_had_not_placed(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Scenario(name="bare", nodes=SCENE.nodes, links=SCENE.links))
    before = desk.canvas.canvas.plan.boxes["billing"].topLeft()
    desk.drag(desk.on("billing"), desk.on("billing") + QPoint(40, 64))
    desk.undo()
    assert desk.canvas.canvas.plan.boxes["billing"].topLeft() == before
    desk.window.hands.editor.stack.setClean()
    desk.window.close()
    desk.window.deleteLater()


def test_a_card_comes_to_rest_in_line_with_another(desk: Desk) -> None:
    desk.drag(desk.on("payouts"), desk.on("payouts") + QPoint(3, 60))
    assert desk.document.layout["payouts"] == (648.0, 336.0)
    desk.undo()
    desk.drag(desk.on("payouts"), desk.on("payouts") + QPoint(3, 61), ALT)
    assert desk.document.layout["payouts"] != (648.0, 336.0)


def test_guides_show_what_lines_up_and_go_with_the_button(desk: Desk) -> None:
    glass, start = desk.canvas.viewport(), desk.on("payouts")
    desk.qtbot.mousePress(glass, LEFT, BARE, start)
    desk.qtbot.mouseMove(glass, start + QPoint(3, 60))
    guides = desk.canvas.canvas.sketch.guides
    assert [(guide.is_upright, guide.at) for guide in guides] == [
        (True, 648.0),
        (True, 912.0),
    ]
    desk.qtbot.mouseRelease(glass, LEFT, BARE, start + QPoint(3, 60))
    assert desk.canvas.canvas.sketch.guides == ()


def test_escape_ends_a_drag_where_it_began(desk: Desk) -> None:
    glass, start = desk.canvas.viewport(), desk.on("shop")
    desk.qtbot.mousePress(glass, LEFT, BARE, start)
    desk.qtbot.mouseMove(glass, start + QPoint(80, 80))
    desk.key(Qt.Key.Key_Escape)
    assert (desk.steps, desk.document) == ([], SCENE)


def test_nudges_that_follow_each_other_are_one_step(desk: Desk) -> None:
    desk.window.select(("node", "shop"))
    for _ in range(3):
        desk.key(Qt.Key.Key_Right)
    assert desk.steps == ["move shop"]
    assert desk.document.layout["shop"] == (48.0, 160.0)
    desk.undo()
    assert desk.document == SCENE


# ---------------------------------------------------------------------- several


def test_a_rubber_band_selects_what_it_touches_and_a_drag_moves_all_of_it(desk: Desk) -> None:
    desk.drag(desk.canvas.mapFromScene(600, 20), desk.canvas.mapFromScene(920, 440))
    assert desk.selected == ("billing", "payouts")
    desk.drag(desk.on("billing"), desk.on("billing") + QPoint(0, 22))
    assert desk.steps == ["move billing and payouts"]
    assert desk.document.layout["billing"] == (648.0, 72.0)
    assert desk.document.layout["payouts"] == (648.0, 296.0)


def test_clicks_with_ctrl_or_shift_join_and_part(desk: Desk) -> None:
    desk.click(desk.on("shop"))
    desk.click(desk.on("orders", 40, 20), CTRL)
    desk.click(desk.on("billing", 40, 40), SHIFT)
    desk.click(desk.on("shop"), CTRL)
    assert desk.selected == ("orders", "billing")
    desk.click(desk.canvas.mapFromScene(200, 20))
    assert desk.selected == ()


def test_keys_break_nothing_while_several_are_selected(desk: Desk) -> None:
    desk.do("select-all")
    assert len(desk.selected) == 4
    desk.key(Qt.Key.Key_C)
    desk.run(0.1)
    assert all(view.is_up for view in desk.bridge.last.nodes)


def test_cards_are_lined_up_in_one_step(desk: Desk) -> None:
    desk.canvas.building.select_nodes(("shop", "billing"))
    desk.do("align-top")
    assert desk.steps == ["align the top edges of shop and billing"]
    assert desk.document.layout["shop"] == (24.0, 48.0)
    desk.do("align-middle")
    assert desk.document.layout["billing"] == (648.0, 48.0 + (140 - 124) / 2)
    desk.undo()
    desk.undo()
    assert desk.document == SCENE


def test_everything_is_arranged_in_one_step(desk: Desk) -> None:
    desk.drag(desk.on("shop"), desk.on("shop") + QPoint(200, 180))
    desk.do("arrange")
    assert [desk.document.layout[node][0] for node in SCENE.nodes] == [24.0, 268.0, 648.0, 648.0]
    assert desk.steps == ["move shop", "arrange everything"]


# ---------------------------------------------------------------------- linking


def test_a_link_is_drawn_to_a_new_consumer(desk: Desk) -> None:
    desk.canvas.building.drop("consumer", QPointF(500, 420))
    desk.drag(desk.port("orders", True), desk.on("consumer"))
    assert desk.steps[-1] == "link orders to consumer"
    desk.run(1.0)
    assert desk.session.simulator.world.ledger.groups["consumer"].produced > 0
    desk.undo()
    assert "consumer" not in desk.session.simulator.world.ledger.groups


def test_while_a_link_is_drawn_only_sensible_targets_light_up(desk: Desk) -> None:
    desk.do("add-consumer")
    glass, start = desk.canvas.viewport(), desk.port("orders", True)
    desk.qtbot.mousePress(glass, LEFT, BARE, start)
    desk.qtbot.mouseMove(glass, start + QPoint(60, 60))
    scene = desk.canvas.canvas
    assert scene.ports.targets == {
        "shop": False,
        "billing": False,
        "payouts": False,
        "consumer": True,
    }
    assert scene.nodes["billing"].touch.is_faint
    assert scene.packets.opacity() == scene.links["shop", "orders"].opacity() == 0.4
    desk.key(Qt.Key.Key_Escape)
    assert scene.packets.opacity() == 1.0


def test_a_second_queue_is_refused_with_a_sentence(desk: Desk) -> None:
    desk.do("add-queue")
    before = desk.document
    desk.drag(desk.port("shop", True), desk.on("queue", 40, 20))
    assert desk.document is before
    assert desk.toasts[-1] == (
        "shop and queue stay apart",
        "'shop' is linked to 'orders' already; a producer has one queue. "
        "Remove a link, or add a node.",
    )


def test_a_node_is_linked_by_keys_alone(desk: Desk) -> None:
    desk.do("add-consumer")
    menu = desk.canvas.building.link_menu("consumer")
    assert [action.text() for action in menu.actions()] == ["orders"]
    menu.actions()[0].trigger()
    desk.check()
    assert desk.document.links[-1] == Link(source="orders", target="consumer")


# ---------------------------------------------------------------------- deleting


@pytest.mark.parametrize("node", ["shop", "orders", "billing"])
def test_a_node_with_packets_in_flight_is_deleted_and_comes_back(desk: Desk, node: str) -> None:
    assert desk.session.simulator.world.flights
    desk.window.select(("node", node))
    desk.do("delete")
    assert desk.steps == [f"delete {node}"]
    assert node not in desk.session.simulator.world.nodes
    desk.run(0.5)
    desk.undo()
    assert to_text(desk.document) == to_text(SCENE)
    assert [view.id for view in desk.bridge.last.nodes] == list(SCENE.nodes)
    before = desk.bridge.last.groups[0].produced
    desk.run(1.0)
    assert desk.bridge.last.groups[0].produced > before
    assert desk.bridge.last.groups[0].applied_once > 0


def test_several_are_deleted_in_one_step(desk: Desk) -> None:
    desk.canvas.building.select_nodes(("orders", "payouts"))
    desk.do("delete")
    assert (desk.steps, list(desk.document.nodes)) == (
        ["delete orders and payouts"],
        ["shop", "billing"],
    )
    desk.undo()
    assert desk.document == SCENE


def test_a_selected_link_is_deleted(desk: Desk) -> None:
    desk.window.select(("link", "orders", "billing"))
    desk.do("delete")
    assert desk.steps == ["unlink orders from billing"]


# ---------------------------------------------------------------------- parameters


def test_what_the_inspector_sets_has_a_name_and_is_taken_back(desk: Desk) -> None:
    desk.window.hands.submit(SetNode("billing", (("guarantee", "exactly-once"),)))
    desk.check()
    desk.window.hands.submit(SetNode("orders", (("lease_us", 250_000),)))
    desk.check()
    rain = SetLink("shop", "orders", (("loss", Loss(request=0.5, reply=0.5)),))
    desk.window.hands.submit(rain)
    desk.check()
    assert desk.steps == [
        "set billing's guarantee to exactly-once",
        "set orders' lease to 250 ms",
        "set the link shop to orders: loss to 50 %",
    ]
    assert desk.window.actions_by_id["undo"].text() == f"Undo: {desk.steps[-1]}"
    for _ in range(3):
        desk.undo()
    assert desk.document == SCENE


def test_what_no_file_could_say_is_refused_in_the_words_of_the_loader(desk: Desk) -> None:
    desk.window.hands.submit(SetLink("shop", "orders", (("duplicate", 0.5),)))
    desk.window.hands.submit(SetLink("shop", "orders", (("transport", "stream"),)))
    desk.check()
    assert len(desk.steps) == 1
    assert desk.toasts[-1][1].startswith("On a stream a single packet cannot be duplicated")


def test_a_file_keeps_what_a_guarantee_overrules_to_itself(desk: Desk) -> None:
    desk.window.hands.submit(SetNode("billing", (("idempotency", "memory"),)))
    desk.window.hands.submit(SetNode("billing", (("guarantee", "exactly-once"),)))
    assert load_text(to_text(desk.document)).nodes["billing"] == ConsumerParameters(
        guarantee="exactly-once", work=Spread(mean_us=30_000)
    )
    desk.window.hands.submit(SetNode("billing", (("guarantee", "at-least-once"),)))
    billing = desk.document.nodes["billing"]
    assert isinstance(billing, ConsumerParameters)
    assert billing.idempotency == "memory"


def test_a_wish_that_changes_nothing_is_no_step(desk: Desk) -> None:
    desk.window.hands.submit(SetNode("billing", (("prefetch", 1),)))
    assert desk.steps == []


# ---------------------------------------------------------------------- names


def test_a_name_is_changed_in_place_and_everything_is_kept(desk: Desk) -> None:
    produced = desk.bridge.last.groups[0].produced
    desk.window.select(("node", "billing"))
    desk.do("rename")
    field = desk.canvas.building.field
    assert field is not None
    field.setText("charges")
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.check()
    assert desk.steps == ["rename billing to charges"]
    assert desk.selected == ("charges",)
    assert desk.bridge.last.groups[0].group == "charges"
    assert desk.bridge.last.groups[0].produced == produced
    desk.run(0.5)
    desk.undo()
    assert desk.document == SCENE
    assert desk.bridge.last.groups[0].produced > produced


@pytest.mark.qt_log_ignore("does not support raise", extend=True)  # the tooltip, offscreen
def test_a_name_that_cannot_be_stays_in_the_field(desk: Desk) -> None:
    desk.canvas.building.begin_rename("billing")
    field = desk.canvas.building.field
    assert field is not None
    field.setText("orders")
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert desk.canvas.building.field is field
    desk.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert desk.canvas.building.field is None
    assert desk.document == SCENE


def test_a_double_click_on_a_name_opens_the_field(desk: Desk) -> None:
    at = desk.on("shop", 50, 16)
    desk.qtbot.mouseDClick(desk.canvas.viewport(), LEFT, BARE, at)
    field = desk.canvas.building.field
    assert field is not None
    assert field.text() == "shop"
    desk.qtbot.keyClick(field, Qt.Key.Key_Escape)


# ---------------------------------------------------------------------- the clipboard


def test_copied_nodes_are_a_scenario_and_are_pasted_under_free_names(desk: Desk) -> None:
    desk.canvas.building.select_nodes(("orders", "billing"))
    desk.do("copy")
    copied = load_text(QGuiApplication.clipboard().text())
    assert (list(copied.nodes), len(copied.links)) == (["orders", "billing"], 1)
    desk.do("paste")
    assert desk.steps == ["paste orders-2 and billing-2"]
    assert desk.document.links[-1] == Link(source="orders-2", target="billing-2")
    assert desk.document.layout["orders-2"] == (304.0, 176.0)
    assert desk.selected == ("orders-2", "billing-2")
    desk.undo()
    assert desk.document == SCENE


def test_cut_nodes_come_back_under_their_names(desk: Desk) -> None:
    desk.canvas.building.select_nodes(("billing", "payouts"))
    desk.do("cut-out")
    assert list(desk.document.nodes) == ["shop", "orders"]
    desk.do("paste")
    assert list(desk.document.nodes) == ["shop", "orders", "billing", "payouts"]


def test_a_scenario_from_elsewhere_is_pasted(desk: Desk) -> None:
    QGuiApplication.clipboard().setText(
        "format: 1\nnodes:\n  q: {kind: queue}\n  c: {kind: consumer, group: billing}\n"
        "links:\n  - {from: q, to: c}\n"
    )
    desk.do("paste")
    consumer = desk.document.nodes["c"]
    assert isinstance(consumer, ConsumerParameters)
    assert consumer.group == "billing-2"


def test_anything_else_is_refused_with_its_first_problem(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("format: 1\nnodes:\n  q: {kind: cue}\nlinks: []\n")
    desk.do("paste")
    title, reason = desk.toasts[-1]
    assert title == "The clipboard holds no scenario"
    assert reason.startswith("Line 3: 'cue' is not a kind.")
    assert desk.steps == []


def test_a_duplicate_reads_the_same_queue(desk: Desk) -> None:
    desk.window.select(("node", "billing"))
    desk.do("double")
    assert desk.document.links[-1] == Link(source="orders", target="billing-2")
    assert desk.selected == ("billing-2",)
    desk.run(1.0)
    assert desk.session.simulator.world.ledger.groups["billing-2"].applied_once > 0


# ---------------------------------------------------------------------- all of it


def test_undoing_and_redoing_everything_gives_the_same_texts(desk: Desk) -> None:
    desk.drag(desk.on("billing"), desk.on("billing") + QPoint(40, 40))
    desk.do("add-consumer")
    desk.window.hands.submit(AddLink("orders", "consumer", LinkParameters()))
    desk.run(0.3)
    desk.window.hands.build.rename("orders", "sales")
    desk.window.select(("node", "sales"))
    desk.do("double")
    desk.run(0.3)
    desk.window.select(("node", "sales"))
    desk.do("delete")
    desk.window.hands.submit(SetNode("billing", (("prefetch", 7),)))
    after = to_text(desk.document)
    steps = desk.steps
    for _ in steps:
        desk.undo()
        desk.run(0.1)
    assert to_text(desk.document) == to_text(SCENE)
    for _ in steps:
        desk.redo()
        desk.run(0.1)
    assert to_text(desk.document) == after
    assert desk.steps == steps


def test_the_mark_of_the_title_follows_what_was_saved(desk: Desk, tmp_path: Path) -> None:
    desk.drag(desk.on("billing"), desk.on("billing") + QPoint(40, 40))
    assert desk.window.isWindowModified()
    assert desk.window.hands.files.save_to(tmp_path / "x.yaml")
    desk.window.show_title()
    assert not desk.window.isWindowModified()
    desk.undo()
    assert desk.window.isWindowModified()
    desk.redo()
    assert not desk.window.isWindowModified()


def test_a_new_document_is_an_empty_canvas_with_its_sentence(desk: Desk) -> None:
    desk.do("new")
    assert desk.canvas.overlays.empty.isVisible()
    desk.do("add-producer")
    assert not desk.canvas.overlays.empty.isVisible()
    assert desk.steps == ["add producer"]


def test_a_reset_keeps_the_edits_and_begins_anew(desk: Desk) -> None:
    desk.do("add-consumer")
    desk.do("reset")
    assert desk.bridge.last.now_us == 0
    desk.undo()
    assert desk.document == SCENE


def test_on_the_projector_empty_paper_is_pushed(desk: Desk) -> None:
    desk.window.set_theme(PROJECTOR)
    before = desk.canvas.mapToScene(QPoint(0, 0))
    desk.drag(desk.canvas.mapFromScene(200, 20), desk.canvas.mapFromScene(260, 60))
    assert desk.canvas.mapToScene(QPoint(0, 0)) != before
    assert not desk.canvas.building.begin_at(QPointF(200, 20), QPoint(0, 0))


def test_what_can_be_done_stands_in_the_context_menus(desk: Desk) -> None:
    menu = desk.canvas.building.menu_of(("node", "billing"), QPointF())
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[-6:] == ["Rename", "Link to…", "Duplicate", "Copy", "Cut", "Delete"]
    menu = desk.canvas.building.menu_of(None, QPointF())
    texts = [action.text() for action in menu.actions() if action.text()]
    parts = ["Producer", "Queue", "Consumer", "Coordinator"]
    assert texts == [*parts, "Paste", "Select all", "Arrange everything", "Fit"]


def test_no_two_actions_share_a_name_or_a_key() -> None:
    names = Counter(spec.id for spec in ACTIONS)
    keys = Counter(key for spec in ACTIONS for key in spec.keys)
    assert {name for name, count in names.items() if count > 1} == set()
    assert {key for key, count in keys.items() if count > 1} == set()
