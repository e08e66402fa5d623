"""What becomes of an undo that the run cannot follow?"""

from pytestqt.qtbot import QtBot

from playground.engine.commands import SetNode
from playground.ui.main_window import MainWindow
from tests.ui.fakes import FakeRun


def test_an_undo_that_is_refused_can_be_asked_for_again(
    window: MainWindow, run: FakeRun, qtbot: QtBot
) -> None:
    prefetch = "prefetch"
    before = run.scenario.nodes["billing"]
    window.hands.submit(SetNode("billing", ((prefetch, 9),)))
    follow, run.edit = run.edit, lambda after, rename=None: "Not now."  # type: ignore[method-assign]
    window.hands.undo()
    stack = window.hands.editor.stack
    assert (stack.index(), stack.count()) == (1, 1)
    assert [toast.body for toast in window.toasts.shown] == ["Not now."]
    run.edit = follow  # type: ignore[method-assign]
    window.hands.undo()
    assert run.scenario.nodes["billing"] == before
    run.edit = lambda after, rename=None: "Not now."  # type: ignore[method-assign]
    window.hands.redo()
    assert (stack.index(), stack.count()) == (0, 1)
    run.edit = follow  # type: ignore[method-assign]
    window.hands.redo()
    assert getattr(run.scenario.nodes["billing"], prefetch) == 9
