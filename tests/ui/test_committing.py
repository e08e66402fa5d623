"""Can a coordinator be chosen, built, broken and taken back, and does the window tell of it?"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.engine import laws
from playground.engine.commands import AddLink, CrashNode, RemoveLink, SetNode
from playground.engine.parameters import CoordinatorParameters, LinkParameters
from playground.scenario.model import Scenario
from playground.session.frame import CoordinatorView, DatabaseView
from playground.session.session import Session
from playground.ui.application import application
from playground.ui.bridge import Bridge
from playground.ui.canvas.view import CanvasView
from playground.ui.document import Document
from playground.ui.main_window import MainWindow
from playground.ui.panels.database_page import DatabasePage
from playground.ui.panels.node_page import NodePage
from playground.ui.theme import LIGHT
from tests.session.committing import S, scene
from tests.session.scenes import chain

LEFT = Qt.MouseButton.LeftButton


class Desk:
    """The true window over a true session."""

    def __init__(self, scenario: Scenario) -> None:
        application()
        self.sessions: list[Session] = []
        self.bridge = Bridge(self._open, scenario)
        self.bridge.set_running(False)
        self.window = MainWindow(self.bridge, CanvasView, (), LIGHT, Document())
        self.window.show()
        QApplication.processEvents()

    def _open(self, scenario: Scenario, seed: int | None) -> Session:
        self.sessions.append(Session(scenario, seed))
        return self.sessions[-1]

    @property
    def canvas(self) -> CanvasView:
        canvas = self.window.canvas
        assert isinstance(canvas, CanvasView)
        return canvas

    @property
    def document(self) -> Scenario:
        return self.bridge.scenario

    @property
    def toasts(self) -> list[tuple[str, str]]:
        return [(toast.title, toast.body) for toast in self.window.toasts.shown]

    def run(self, seconds: float) -> None:
        self.bridge.set_running(True)
        self.bridge.tick(seconds, lambda: False)
        self.bridge.set_running(False)

    def do(self, action: str) -> None:
        assert self.window.actions_by_id[action].isEnabled(), action
        self.window.actions_by_id[action].trigger()

    def wish(self, command: object) -> None:
        self.canvas.command_requested.emit(command)

    def middle(self, node: str) -> QPoint:
        box = self.canvas.canvas.plan.boxes[node]
        return self.canvas.mapFromScene(QPointF(box.center().x(), box.top() + 12))


@pytest.fixture
def desks(qtbot: QtBot) -> Iterator[list[Desk]]:
    made: list[Desk] = []
    yield made
    for desk in made:
        desk.window.hands.editor.stack.setClean()
        desk.window.close()
        desk.window.deleteLater()


def desk_of(desks: list[Desk], scenario: Scenario) -> Desk:
    desks.append(Desk(scenario))
    return desks[-1]


@pytest.mark.parametrize("how", ["transaction", "two-phase"])
def test_choosing_how_while_it_runs_adds_the_coordinator_in_one_step(
    desks: list[Desk], how: str
) -> None:
    desk = desk_of(desks, chain(guarantee="exactly-once"))
    desk.run(1.0)
    before = desk.document
    desk.wish(SetNode("billing", (("how", how),)))
    assert isinstance(desk.document.nodes["coordinator"], CoordinatorParameters)
    assert desk.window.hands.editor.stack.count() == 1
    desk.run(3.0)
    plan, frame = desk.canvas.canvas.plan, desk.bridge.last
    assert {("billing", "coordinator"), ("coordinator", "orders")} <= plan.paths.keys()
    coordinator = next(each for each in frame.nodes if isinstance(each, CoordinatorView))
    assert coordinator.committed > 0
    desk.do("undo")
    assert desk.document == before
    desk.run(1.0)
    kinds = {type(node) for node in desk.bridge.last.nodes}
    assert CoordinatorView not in kinds
    assert DatabaseView not in kinds
    desk.do("redo")
    desk.run(1.0)
    laws.check(desk.sessions[-1].simulator.world)


def test_a_new_coordinator_is_dragged_linked_renamed_and_undone(
    desks: list[Desk], qtbot: QtBot
) -> None:
    desk = desk_of(desks, chain())
    desk.do("add-coordinator")
    assert desk.window.selection == ("node", "coordinator")
    desk.wish(AddLink("billing", "coordinator", LinkParameters()))
    desk.wish(AddLink("coordinator", "orders", LinkParameters()))
    assert {("billing", "coordinator"), ("coordinator", "orders")} <= {
        (link.source, link.target) for link in desk.document.links
    }
    glass, start = desk.canvas.viewport(), desk.middle("coordinator")
    qtbot.mousePress(glass, LEFT, pos=start)
    qtbot.mouseMove(glass, start + QPoint(20, 15))
    qtbot.mouseMove(glass, start + QPoint(48, 30))
    qtbot.mouseRelease(glass, LEFT, pos=start + QPoint(48, 30))
    assert "coordinator" in desk.document.layout
    desk.window.hands.build.rename("coordinator", "judge")
    assert "judge" in desk.document.nodes
    while desk.window.hands.editor.stack.canUndo():
        desk.do("undo")
    assert desk.document.nodes == chain().nodes


def test_a_coordinator_that_is_needed_stays_and_says_why(desks: list[Desk]) -> None:
    desk = desk_of(desks, scene("transaction"))
    desk.window.select(("node", "coordinator"))
    desk.do("delete")
    assert "coordinator" in desk.document.nodes
    assert "commits through a coordinator" in desk.toasts[-1][1]


def test_a_groups_database_is_crashed_by_hand_but_neither_moved_nor_deleted(
    desks: list[Desk], qtbot: QtBot
) -> None:
    desk = desk_of(desks, scene("two-phase"))
    desk.run(2.0)
    name = "billing database"
    box = desk.canvas.canvas.plan.boxes[name]
    assert desk.canvas.canvas.plan.database.contains(box)
    qtbot.mouseClick(desk.canvas.viewport(), LEFT, pos=desk.canvas.mapFromScene(box.center()))
    assert desk.window.selection == ("node", name)
    assert isinstance(desk.window.panes.inspector.page, DatabasePage)
    before = desk.document
    desk.do("delete")
    assert desk.document == before
    assert desk.toasts[-1][0] == f"{name} stays"
    desk.window.select(("link", "coordinator", name))
    desk.window.hands.build.delete()
    assert desk.toasts[-1][0] == f"{name} stays linked"
    desk.wish(CrashNode(name, for_us=1 * S))
    desk.run(0.1)
    down = next(each for each in desk.bridge.last.nodes if each.id == name)
    assert not down.is_up
    verbs = [verb.word for verb in desk.canvas.verbs_of(("node", name))]
    assert verbs == ["Restart", "Pause", "Arm crash"]


def test_the_link_of_a_consumer_that_needs_it_stays(desks: list[Desk]) -> None:
    desk = desk_of(desks, scene("transaction"))
    desk.wish(RemoveLink("billing", "coordinator"))
    assert any(link.source == "billing" for link in desk.document.links)
    assert "commits through a coordinator" in desk.toasts[-1][1]


def test_the_price_stands_beside_the_guarantee_with_the_others_of_the_scene(
    desks: list[Desk],
) -> None:
    desk = desk_of(desks, scene("transaction"))
    desk.run(6.0)
    desk.window.select(("node", "billing"))
    page = desk.window.panes.inspector.page
    assert isinstance(page, NodePage)
    assert page.price is not None
    table = page.price
    assert [price.group for price in table.prices] == ["billing", "metrics"]
    told = {row.name: row.values for row in table.rows}
    assert told["consumer waits"][1] == told["readers wait"][1] == "–"
    packets = [float(value) for value in told["packets"]]
    assert packets[0] > packets[1] > 0
    assert "billing: packets" in table.accessibleDescription()
    how = page.editors["how"].editor
    assert "committed together" in how.toolTip()


def test_the_legend_explains_the_signs_of_transactions_only_where_there_are_any(
    desks: list[Desk],
) -> None:
    plain = desk_of(desks, chain()).canvas.overlays.line
    grown = desk_of(desks, scene("transaction")).canvas.overlays.line
    names = [text for text, *_ in grown.entries]
    assert names[-2:] == ["locked", "in doubt"]
    assert len(plain.entries) == len(names) - 2
    assert grown.width() > plain.width()
