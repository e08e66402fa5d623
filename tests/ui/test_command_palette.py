"""Is anything found and done by typing a few letters of it?"""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from playground.engine.commands import CrashNode
from playground.ui.main_window import MainWindow
from playground.ui.panels.command_palette import NOTHING, CommandPalette
from playground.ui.theme import PROJECTOR
from tests.ui.fakes import FakeRun

Key = Qt.Key


@pytest.fixture
def palette(window: MainWindow) -> CommandPalette:
    """Open over the canvas, where the keys were."""
    window.canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.activateWindow()
    window.canvas.setFocus()
    QApplication.processEvents()
    assert window.actions_by_id["palette"].shortcut().toString() == "Ctrl+K"
    window.actions_by_id["palette"].trigger()
    return window.companions.palette


def test_letters_and_enter_do_it(palette: CommandPalette, run: FakeRun) -> None:
    QTest.keyClicks(palette.field, "crsh bil")
    assert palette.texts()[0] == "Crash billing"
    QTest.keyClick(palette.field, Key.Key_Return)
    assert run.asked == [CrashNode("billing")]
    assert not palette.isVisible()


def test_letters_are_typed_and_do_not_reach_the_window(
    palette: CommandPalette, run: FakeRun, window: MainWindow
) -> None:
    window.select(("node", "billing"))
    palette.field.setFocus()
    for letter in "c p n":
        QTest.keyClicks(palette.field, letter)
    assert palette.field.text() == "c p n"
    assert run.asked == []


def test_escape_closes_it_and_nothing_else(palette: CommandPalette, window: MainWindow) -> None:
    window.select(("node", "billing"))
    palette.field.setFocus()
    QTest.keyClick(palette.field, Key.Key_Escape)
    assert not palette.isVisible()
    assert window.selection == ("node", "billing")
    assert window.focusWidget() is window.canvas


def test_closed_it_gives_the_keys_to_the_canvas_if_their_owner_is_gone(window: MainWindow) -> None:
    owner = QLineEdit(window)
    owner.show()
    window.activateWindow()
    owner.setFocus()
    window.actions_by_id["palette"].trigger()
    shiboken6.delete(owner)
    window.actions_by_id["palette"].trigger()
    assert not window.companions.palette.isVisible()
    assert window.focusWidget() is window.canvas


def test_arrows_choose(palette: CommandPalette) -> None:
    second, last = palette.texts()[1], palette.texts()[-1]
    QTest.keyClick(palette.field, Key.Key_Down)
    assert palette.current is not None
    assert palette.current.text == second
    for _ in range(30):
        QTest.keyClick(palette.field, Key.Key_PageDown)
    assert palette.current.text == last


def test_what_cannot_be_done_says_why_and_stays(palette: CommandPalette, run: FakeRun) -> None:
    QTest.keyClicks(palette.field, "lose next ack orders metrics")
    current = palette.current
    assert current is not None
    assert "auto-acks" in current.reason
    QTest.keyClick(palette.field, Key.Key_Return)
    assert palette.isVisible()
    assert run.asked == []


def test_nonsense_gets_a_sentence(palette: CommandPalette) -> None:
    QTest.keyClicks(palette.field, "xyzzy")
    assert palette.texts() == [NOTHING]
    QTest.keyClick(palette.field, Key.Key_Return)
    assert palette.isVisible()


def test_each_line_is_spoken_with_its_key_and_its_reason(palette: CommandPalette) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [palette.model.item(row).data(role) for row in range(palette.model.rowCount())]
    assert "Run, Time, Space" in spoken
    assert "Undo, Edit, Ctrl+Z, nothing has been edited" in spoken


@pytest.mark.parametrize("size", [(1024, 768), (760, 560), (1600, 900)])
def test_it_stays_inside_the_window(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.actions_by_id["palette"].trigger()
    assert window.rect().contains(window.companions.palette.geometry())


def test_it_opens_on_the_stage_too_and_refuses_to_build_there(window: MainWindow) -> None:
    window.set_theme(PROJECTOR)
    window.actions_by_id["palette"].trigger()
    palette = window.companions.palette
    QTest.keyClicks(palette.field, "rename billing")
    assert palette.current is not None
    assert palette.current.reason == "not while presenting"
    QApplication.processEvents()
