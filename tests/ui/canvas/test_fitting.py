"""Does a fitted scene stay clear of what lies on the glass, and can its words be read?"""

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.canvas.pencil import Detail, detail_at
from playground.ui.main_window import MainWindow
from playground.ui.theme import PROJECTOR
from tests.ui.real import real_window, ticks

HIGH = ("04-three-side-by-side", "12-the-slow-consumer", "16-broker-crash", "22-overload")
"""The presets whose scenes are high."""


def cards(window: MainWindow) -> list[QRectF]:
    """Every card in pixels of the canvas."""
    seen = window.canvas.viewportTransform()
    return [seen.mapRect(box) for box in window.canvas.canvas.plan.boxes.values()]


def lanes(window: MainWindow) -> list[QPointF]:
    """Points on every lane of every link, in pixels of the canvas."""
    seen = window.canvas.viewportTransform()
    paths = window.canvas.canvas.plan.paths.values()
    return [seen.map(QPointF(x, y)) for path in paths for x, y in (*path.request, *path.reply)]


def fitted(window: MainWindow, size: tuple[int, int]) -> None:
    """The whole scene in view in a window of this size."""
    window.resize(*size)
    QApplication.processEvents()
    window.show_frame(window.bridge.last)
    window.canvas.fit()


@pytest.mark.parametrize("preset", HIGH)
def test_no_card_reaches_into_the_line_of_the_legend(preset: str, qtbot: QtBot) -> None:
    with real_window(preset) as window:
        for size in ((1600, 900), (1024, 768), (1280, 720)):
            fitted(window, size)
            glass = window.canvas.overlays
            signs: list[QWidget] = [glass.line, glass.button, window.presenter.card]
            shown = [QRectF(sign.geometry()) for sign in signs if sign.isVisible()]
            assert shown
            covered = [(card, sign) for card in cards(window) for sign in shown if card & sign]
            assert covered == []


LOW_LINKS = ("03-exactly-once-and-its-cost", "20-the-e-mail-outside", "21-the-coordinator-dies")


@pytest.mark.parametrize("preset", LOW_LINKS)
@pytest.mark.parametrize("size", [(1600, 900), (1024, 768)], ids=["large", "small"])
def test_neither_a_cue_card_nor_the_zoom_buttons_lie_over_a_card_or_a_link(
    preset: str, size: tuple[int, int], qtbot: QtBot
) -> None:
    with real_window(preset) as window:
        fitted(window, size)
        card, tools = window.presenter.card, window.canvas.overlays.tools
        assert card.isVisible()
        glass = [QRectF(each.geometry()) for each in (card, *(tool for _, tool in tools))]
        assert [(box, over) for box in cards(window) for over in glass if box & over] == []
        assert [over for point in lanes(window) for over in glass if over.contains(point)] == []


def test_the_legend_steps_back_for_a_cue_card_and_returns(qtbot: QtBot) -> None:
    with real_window("20-the-e-mail-outside") as window:
        fitted(window, (1600, 900))
        legend = window.canvas.overlays.line
        assert (window.presenter.card.isVisible(), legend.isVisible()) == (True, False)
        window.presenter.stops.waits_at_cues = False
        window.show_frame(window.bridge.last)
        assert (window.presenter.card.isVisible(), legend.isVisible()) == (False, True)


def test_a_long_legend_stands_closer_so_that_the_zoom_buttons_stay_in_its_line(
    qtbot: QtBot,
) -> None:
    with real_window("20-the-e-mail-outside") as window:
        fitted(window, (1600, 900))
        glass = window.canvas.overlays
        first = glass.tools[0][1].geometry()
        assert glass.line.geometry().right() < first.left()
        assert abs(first.center().y() - glass.line.geometry().center().y()) <= 1


@pytest.mark.parametrize("preset", HIGH)
def test_on_a_small_projector_the_discs_keep_their_digits_above_a_cue_card(
    preset: str, qtbot: QtBot
) -> None:
    with real_window(preset) as window:
        window.set_theme(PROJECTOR)
        fitted(window, (1280, 720))
        assert detail_at(window.canvas.zoom, PROJECTOR) >= Detail.FULL


def test_a_cue_card_on_the_stage_leaves_the_words_about_the_weather_readable(qtbot: QtBot) -> None:
    with real_window("08-the-lost-ack") as window:
        window.set_theme(PROJECTOR)
        fitted(window, (1280, 720))
        window.bridge.set_running(True)
        ticks(window, 0.5, 20)
        assert window.bridge.last.now_us >= 9_500_000
        for _ in range(2):  # the words find their places when they are painted
            QApplication.processEvents()
            window.show_frame(window.bridge.last)
        seen = window.canvas.viewportTransform()
        words = [seen.mapRect(box) for box in window.canvas.canvas.plates.weather]
        card = window.presenter.card
        assert words
        assert card.isVisible()
        assert [box for box in words if box & QRectF(card.geometry())] == []


def test_long_names_stand_whole_on_the_projectors_board(qtbot: QtBot) -> None:
    with real_window("10-between-effect-and-mark") as window:
        window.set_theme(PROJECTOR)
        fitted(window, (1280, 720))
        names = [row.group for row in window.bridge.last.groups]
        assert len(names) == 3
        for row in window.panes.board.rows:
            assert row.shown_name in names


def test_the_usual_keys_bring_the_scene_nearer_farther_and_back(qtbot: QtBot) -> None:
    with real_window("04-three-side-by-side") as window:
        fitted(window, (1600, 900))
        window.activateWindow()
        window.canvas.setFocus()
        whole = window.canvas.zoom
        ctrl = Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(window.canvas, Qt.Key.Key_Minus, ctrl)
        assert window.canvas.zoom < whole
        QTest.keyClick(window.canvas, Qt.Key.Key_Equal, ctrl)
        QTest.keyClick(window.canvas, Qt.Key.Key_Plus, ctrl)
        assert window.canvas.zoom > whole
        QTest.keyClick(window.canvas, Qt.Key.Key_0, ctrl)
        window.canvas.camera.arrive()
        assert window.canvas.zoom == pytest.approx(whole)
