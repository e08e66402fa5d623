"""Can the canvas be read and used without a mouse and without seeing it?"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from playground.engine.commands import CrashNode
from playground.ui.canvas import hints
from playground.ui.canvas.verbs import Verb
from playground.ui.canvas.view import CanvasView
from playground.ui.commands.thing_menu import thing_menu
from playground.ui.main_window import MainWindow
from playground.ui.panels.outline import TARGET
from playground.ui.panels.outline_words import Line, lines
from tests.ui import samples
from tests.ui.real import S, go, real_window

Key = Qt.Key


@pytest.fixture(scope="module")
def said() -> dict[str, Line]:
    """The lines of the reference frame by their names."""
    found: dict[str, Line] = {}
    todo = list(lines(samples.frame(), has_packets=True))
    while todo:
        line = todo.pop()
        found[line.name] = line
        todo += line.below
    return found


def test_there_is_a_line_for_every_node_and_link(said: dict[str, Line]) -> None:
    frame = samples.frame()
    wanted = {view.id for view in frame.nodes}
    wanted |= {f"{link.source} → {link.target}" for link in frame.links}
    assert wanted <= set(said)


def test_a_line_says_what_it_is_its_state_and_its_counts(said: dict[str, Line]) -> None:
    assert "at-least-once 1..n" in said["billing"].kind
    assert "3 twice or more" in said["billing"].counts
    assert said["metrics"].state.startswith("Crashed · back in")
    assert "produced" in said["shop"].counts
    assert said["orders → billing"].kind == "link"


def test_a_line_is_spoken_whole(said: dict[str, Line]) -> None:
    spoken = said["billing"].spoken
    for part in ("billing", "consumer", said["billing"].state, said["billing"].counts):
        assert part in spoken


def test_packets_are_lines_while_the_run_rests_and_not_while_it_runs() -> None:
    def kinds(rows: tuple[Line, ...]) -> set[str]:
        return {row.kind for row in rows} | {k for row in rows for k in kinds(row.below)}

    assert "packet" in kinds(lines(samples.frame(), has_packets=True))
    assert "packet" not in kinds(lines(samples.frame(), has_packets=False))


# ---------------------------------------------------------------------- in the window


@pytest.fixture
def live() -> Iterator[MainWindow]:
    """A true window at rest at 6 s with the outline open."""
    with real_window(cues=()) as window:
        go(window, 6 * S)
        window.actions_by_id["outline"].trigger()
        QApplication.processEvents()
        yield window


def indexes(window: MainWindow) -> dict[object, QModelIndex]:
    model = window.panes.outline.model
    found: dict[object, QModelIndex] = {}
    todo = [model.index(row, 0) for row in range(model.rowCount())]
    while todo:
        index = todo.pop()
        if index.data(TARGET) is not None:
            found[index.data(TARGET)] = index
        todo += [model.index(row, 0, index) for row in range(model.rowCount(index))]
    return found


def test_its_key_brings_the_keys_into_it(live: MainWindow) -> None:
    assert live.focusWidget() is live.panes.outline.tree


def test_what_is_chosen_there_is_selected_on_the_canvas(live: MainWindow) -> None:
    assert isinstance(live.canvas, CanvasView)
    for target, index in indexes(live).items():
        live.panes.outline.tree.setCurrentIndex(index)
        assert live.canvas.canvas.selected == target
        assert live.selection == target


def test_what_is_selected_on_the_canvas_is_the_current_line(live: MainWindow) -> None:
    for target in (("node", "billing"), ("link", "payments", "billing")):
        live.select(target)
        assert live.panes.outline.tree.currentIndex().siblingAtColumn(0).data(TARGET) == target
    live.select(None)
    assert not live.panes.outline.tree.currentIndex().isValid()


def test_a_node_that_goes_takes_its_line_along(live: MainWindow) -> None:
    live.select(("node", "billing"))
    live.actions_by_id["delete"].trigger()
    assert ("node", "billing") not in indexes(live)
    assert live.selection is None


def test_the_arrows_walk_and_a_letter_strikes(live: MainWindow) -> None:
    tree = live.panes.outline.tree
    live.select(("node", "checkout"))
    QTest.keyClick(tree, Key.Key_Down)
    QTest.keyClick(tree, Key.Key_Down)
    assert live.selection == ("node", "payments")
    live.actions_by_id["crash"].trigger()
    live.bridge.tick(0.0, lambda: False)
    assert not next(view for view in live.bridge.last.nodes if view.id == "payments").is_up


def test_enter_opens_the_verbs_of_the_line(live: MainWindow) -> None:
    live.select(("node", "billing"))
    QTest.keyClick(live.panes.outline.tree, Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Crash" in menu.actions()[0].text()
    menu.close()


def leaves(menu: QMenu) -> list[QAction]:
    found: list[QAction] = []
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            found += leaves(below)
        elif not action.isSeparator():
            found.append(action)
    return found


def words_in(found: tuple[Verb, ...]) -> list[str]:
    return [w for v in found for w in (words_in(v.choices) if v.choices else [v.word])]


def test_every_verb_of_the_canvas_is_in_the_menu_of_its_line(live: MainWindow) -> None:
    assert isinstance(live.canvas, CanvasView)
    seen = set()
    for target in indexes(live):
        menu = thing_menu(live, target, live)
        texts = [action.text().split("\t")[0] for action in leaves(menu)]
        wanted = words_in(hints.verbs_of(live.canvas.canvas, target))
        assert texts[: len(wanted)] == wanted
        seen.add(target[0])
        menu.deleteLater()
    assert seen == {"node", "link", "packet"}


def test_every_verb_chosen_by_keys_leaves_as_its_command(
    live: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(live.canvas, CanvasView)
    wished: list[object] = []
    monkeypatch.setattr(live.hands, "submit", wished.append)
    for target in indexes(live):
        commands = [
            verb.command for verb in flat(hints.verbs_of(live.canvas.canvas, target)) if is_on(verb)
        ]
        menu = thing_menu(live, target, live)
        wished.clear()
        for action in leaves(menu)[: len(flat(hints.verbs_of(live.canvas.canvas, target)))]:
            if action.isEnabled() and action.text().split("\t")[0] != "Follow":
                action.trigger()
        assert wished[: len(commands)] == commands
        menu.deleteLater()


def flat(found: tuple[Verb, ...]) -> list[Verb]:
    return [v for verb in found for v in (flat(verb.choices) if verb.choices else [verb])]


def is_on(verb: Verb) -> bool:
    return verb.is_enabled and verb.command is not None


def test_while_it_runs_it_is_told_now_and_then(live: MainWindow) -> None:
    outline = live.panes.outline
    live.hands.submit(CrashNode("billing"))
    live.bridge.set_running(True)
    states = []
    for _ in range(30):
        live.bridge.tick(0.001, lambda: False)
        index = indexes(live)["node", "billing"].siblingAtColumn(2)
        states.append(index.data())
    assert states[0] == states[5]
    assert states[-1].startswith("Crashed")
    assert outline.tree.accessibleName()
