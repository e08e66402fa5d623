"""Does the program end with code 0 and nothing to say, whatever it is doing at that moment?"""

import signal
import sys
from pathlib import Path

import pytest

from tests.ui.real_app import ended, start

HEAD = """
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from playground.engine.commands import CrashNode, SetNode

async def visit(window, bridge):
    act = {name: action.trigger for name, action in window.actions_by_id.items()}
    await until(lambda: bridge.last.now_us > 0)
"""

STATES = {
    "at full speed": """
    bridge.set_speed(1000.0)
    await until(lambda: bridge.last.now_us > 5_000_000)
    """,
    "while it is paused": """
    act["run"]()
    await until(lambda: not bridge.last.is_running)
    """,
    "with the sheet of keys open": """
    act["help"]()
    await settled()
    assert QApplication.activeWindow() is not window
    """,
    "with a menu open": """
    window.panes.top.menu.click()
    await until(lambda: QApplication.activePopupWidget() is not None)
    """,
    "with a name being written": """
    window.select(("node", "billing"))
    act["rename"]()
    await settled()
    """,
    "with the report of a mistake open": """
    QTimer.singleShot(0, lambda: 1 / 0)
    await until(lambda: window._mistakes is not None and window._mistakes.isVisible())
    """,
    "while it presents": """
    act["present"]()
    await settled()
    """,
    "while a picture is taken": """
    QTimer.singleShot(0, window.grab)
    """,
    "with edits that were made and taken back": """
    window.select(("node", "billing"))
    act["double"]()
    act["undo"]()
    await settled()
    """,
    "with edits that nobody wants": """
    window.select(("node", "billing"))
    act["double"]()
    bridge.submit(CrashNode("billing"))
    await settled()
    window.hands.editor.stack.setClean()
    """,
}
LEAVE = """
    window.close()
"""


@pytest.mark.parametrize("state", STATES)
def test_closed_in_this_state_it_ends_with_code_0_and_in_silence(
    state: str, tmp_path: Path
) -> None:
    code, out, said = ended(start(HEAD + STATES[state] + LEAVE, tmp_path))
    assert (code, said, out) == (0, [], [])


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("which", ["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("state", ["at full speed", "while it is paused"])
def test_a_signal_closes_it_as_a_click_would(which: str, state: str, tmp_path: Path) -> None:
    assert signalled(which, STATES[state], tmp_path) == (0, [], [])


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_signal_asks_no_question_and_what_was_not_saved_is_kept(tmp_path: Path) -> None:
    edit = """
    window.select(("node", "billing"))
    act["double"]()
    await settled()
    """
    assert signalled("SIGTERM", edit, tmp_path) == (0, [], [])
    kept = list(tmp_path.rglob("*.unsaved"))
    assert len(kept) == 1
    assert "billing-2" in kept[0].read_text("utf-8")


def signalled(which: str, state: str, home: Path) -> tuple[int, list[str], list[str]]:
    """How the program ends that gets a signal in this state."""
    process = start(f'{HEAD}{state}\n    print("ready", flush=True)\n', home)
    assert process.stdout is not None
    if process.stdout.readline() == "ready\n":
        process.send_signal(signal.Signals[which])
    return ended(process)
