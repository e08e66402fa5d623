"""Are the verbs of building words beside a thing, and does a click on one build?"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from playground.ui.actions import ACTIONS
from playground.ui.canvas import hints, queue_slots
from playground.ui.canvas.hints import MOST_WORDS
from playground.ui.canvas.view import CanvasView
from playground.ui.main_window import MainWindow
from playground.ui.panels.key_sheet import HANDS, KeySheet, sections
from playground.ui.theme import PROJECTOR
from tests.ui.canvas import frames
from tests.ui.real import S, go, real_window

BUILT = ["Link from here", "Rename", "Duplicate", "Delete"]


@pytest.fixture
def live() -> Iterator[MainWindow]:
    with real_window(cues=()) as window:
        go(window, 6 * S)
        yield window


def toolbar_of(window: MainWindow, target: tuple[str, ...]) -> None:
    assert isinstance(window.canvas, CanvasView)
    window.canvas.hovering._wanted = target  # type: ignore[assignment]
    window.canvas.hovering._open()


def more(window: MainWindow) -> QMenu:
    """Press *More* and take the menu that opens."""
    assert isinstance(window.canvas, CanvasView)
    bar = window.canvas.hovering.toolbar
    at = bar.word_box("More").center().toPoint()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_a_toolbar_has_at_most_five_words(live: MainWindow) -> None:
    assert isinstance(live.canvas, CanvasView)
    scene = live.canvas.canvas
    for target in (("node", "checkout"), ("node", "billing"), ("link", "payments", "billing")):
        found = hints.toolbar_verbs(scene, target)
        assert len(found) <= MOST_WORDS
        assert found[-1].word == "More"


def test_what_can_be_built_with_a_node_is_under_more(live: MainWindow) -> None:
    toolbar_of(live, ("node", "billing"))
    menu = more(live)
    words = [action.text().split("\t")[0] for action in menu.actions()]
    menu.close()
    assert words[-4:] == BUILT


def test_a_click_on_duplicate_doubles_the_node(live: MainWindow) -> None:
    before = set(live.bridge.scenario.nodes)
    toolbar_of(live, ("node", "billing"))
    menu = more(live)
    action = next(a for a in menu.actions() if a.text().startswith("Duplicate"))
    action.trigger()
    menu.close()
    assert len(set(live.bridge.scenario.nodes) - before) == 1


def test_a_click_on_delete_removes_the_link(live: MainWindow) -> None:
    toolbar_of(live, ("link", "payments", "billing"))
    menu = more(live)
    next(a for a in menu.actions() if a.text().startswith("Delete")).trigger()
    menu.close()
    live.bridge.tick(0.0, lambda: False)
    assert not any(link.target == "billing" for link in live.bridge.last.links)


def test_on_the_stage_nothing_is_built(live: MainWindow) -> None:
    assert isinstance(live.canvas, CanvasView)
    live.set_theme(PROJECTOR)
    words = [v.word for v in hints.toolbar_verbs(live.canvas.canvas, ("node", "billing"))]
    assert "More" not in words


def test_the_age_of_an_entry_is_told_to_a_tenth_and_later_to_a_second() -> None:
    slot = frames.ready(17)._replace(born_us=1 * S)
    assert queue_slots.age_words(slot, int(3.44 * S)) == "2.4\u00a0s"
    assert queue_slots.age_words(slot, 21 * S) == "20\u00a0s"
    assert queue_slots.age_words(slot._replace(born_us=None), 21 * S) == ""


def test_the_sheet_has_every_key_and_what_hands_do(live: MainWindow) -> None:
    found = dict(sections(ACTIONS))
    rows = [row for part in found.values() for row in part]
    for spec in ACTIONS:
        assert not spec.keys or any(spec.key in row.keys and row.does == spec.tip for row in rows)
    assert set(HANDS) <= set(rows)


@pytest.mark.parametrize("size", [(1024, 768), (1600, 900)])
def test_the_sheet_fits_the_window_and_cuts_no_line_off(
    live: MainWindow, size: tuple[int, int]
) -> None:
    live.resize(*size)
    live.hands.show_keys()
    sheet = live.findChild(KeySheet)
    assert sheet is not None
    QApplication.processEvents()
    body = sheet.area.widget()
    assert sheet.width() <= size[0]
    assert sheet.height() <= size[1]
    assert body.width() <= sheet.area.viewport().width()
    for label in body.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())
    sheet.close()
