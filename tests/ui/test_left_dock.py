"""Does the left dock leave room for the lesson, however low it is?"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from playground.ui.main_window import MainWindow
from playground.ui.panels.presets import RIGHT_PX, TITLE_X, PresetRows
from tests.ui.real import real_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """The first preset; the list is short where the dock is low."""
    with real_window("01-at-most-once-logging") as window:
        yield window


@pytest.mark.parametrize("height", [900, 1000, 1200])
def test_five_lines_of_the_lesson_are_seen_and_the_list_needs_no_scroll_bar(
    height: int, window: MainWindow
) -> None:
    window.resize(1600, height)
    QApplication.processEvents()
    dock = window.panes.dock
    lesson = dock.findChild(QScrollArea)
    assert isinstance(lesson, QScrollArea)
    assert lesson.viewport().height() >= 100
    assert dock.list.verticalScrollBar().maximum() == 0
    assert dock.list.item(dock.list.count() - 1).text().endswith(" more")


def test_what_the_short_list_leaves_out_is_one_click_away(window: MainWindow) -> None:
    dock = window.panes.dock
    short = dock.list.count()
    dock.list.itemClicked.emit(dock.list.item(short - 1))
    assert dock.list.count() == len(window.presets)


def test_an_open_preset_far_down_the_list_is_seen_in_it(window: MainWindow) -> None:
    window.hands.open_preset(window.presets[-1])
    QApplication.processEvents()
    rows = window.panes.dock.list
    last = rows.visualItemRect(rows.item(rows.count() - 1))
    assert rows.viewport().rect().contains(last)


def test_the_title_of_every_preset_is_whole_beside_a_scroll_bar(window: MainWindow) -> None:
    window.hands.open_preset(window.presets[-1])
    QApplication.processEvents()
    rows = window.panes.dock.list
    assert rows.verticalScrollBar().maximum() > 0
    delegate = rows.itemDelegate()
    assert isinstance(delegate, PresetRows)
    room_px = rows.viewport().width() - RIGHT_PX - TITLE_X
    titles = [preset.title for preset in window.presets]
    assert [delegate.fitted(each, room_px, is_current=True)[1] for each in titles] == titles


def test_the_open_preset_stays_in_sight_when_the_dock_becomes_lower(qtbot: QtBot) -> None:
    with real_window("04-three-side-by-side") as window:
        window.hands.open_preset(window.presets[3])
        for height in (900, 860, 800):
            window.resize(1600, height)
            QApplication.processEvents()
            rows = window.panes.dock.list
            stems = [rows.item(i).data(Qt.ItemDataRole.UserRole) for i in range(rows.count())]
            row = next(i for i, p in enumerate(stems) if getattr(p, "number", "") == "4")
            assert rows.viewport().rect().intersects(rows.visualItemRect(rows.item(row)))
