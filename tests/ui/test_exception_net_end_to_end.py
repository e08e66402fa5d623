"""Does a mistake anywhere in the running program end in one dialog and one line of the log?

The real composition, in one process of its own: one mistake after the other, each in another place.
"""

import json

import pytest

from tests.ui.real_app import ended, log_file, start

PLACES = (
    "a slot",
    "a paint event",
    "an event handler",
    "a shortcut",
    "a timer",
    "a task",
    "a loop callback",
    "a callback of a worker",
    "a callback in a worker",
    "a thread",
    "a destructor",
)

VISIT = """
import json
from concurrent.futures import ThreadPoolExecutor
from PySide6.QtCore import QEvent, QTimer, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

def fail(*_):
    raise ValueError("on purpose")

class Clumsy(QWidget):
    is_painting = False
    def paintEvent(self, event):
        if self.is_painting:
            self.is_painting = False
            fail()
    def event(self, event):
        if event.type() == QEvent.Type.User:
            fail()
        return super().event(event)

class Loud:
    def __del__(self):
        fail()

async def task():
    fail()

def purposes(window):
    return [text for text in window.panes.log.texts() if "on purpose" in text]

async def visit(window, bridge):
    clumsy = Clumsy(window)
    clumsy.setGeometry(0, 0, 20, 20)
    clumsy.show()
    shortcut = QShortcut(QKeySequence("F12"), window)
    shortcut.activated.connect(fail)
    pool = ThreadPoolExecutor(1)
    loop = asyncio.get_running_loop()

    def in_slot():
        bridge.frame_ready.connect(fail)
        bridge.show()
        bridge.frame_ready.disconnect(fail)

    def in_paint_event():
        clumsy.is_painting = True
        clumsy.update()

    def in_task():
        asyncio.ensure_future(task())

    def in_destructor():
        Loud()

    places = {
        "a slot": in_slot,
        "a paint event": in_paint_event,
        "an event handler": lambda: QApplication.postEvent(clumsy, QEvent(QEvent.Type.User)),
        "a shortcut": lambda: QTest.keyClick(window.windowHandle(), Qt.Key.Key_F12),
        "a timer": lambda: QTimer.singleShot(0, fail),
        "a task": in_task,
        "a loop callback": lambda: loop.call_soon(fail),
        "a callback of a worker": lambda: pool.submit(int).add_done_callback(
            lambda done: loop.call_soon_threadsafe(fail)
        ),
        "a callback in a worker": lambda: pool.submit(int).add_done_callback(fail),
        "a thread": lambda: threading.Thread(target=fail).start(),
        "a destructor": in_destructor,
    }
    for place, act in places.items():
        dialog = window._mistakes
        if dialog is not None:
            dialog.close()
        window.activateWindow()
        await settled()
        await until(lambda: window.isActiveWindow())
        lines = len(purposes(window))
        act()
        await until(lambda: len(purposes(window)) > lines)
        gc.collect()
        await settled()
        dialog = window._mistakes
        frame = bridge.last.now_us
        await until(lambda: bridge.last.now_us > frame)  # the window lives on
        said = {
            "place": place,
            "dialogs": sum(w.isVisible() for w in window.findChildren(type(dialog))),
            "count": dialog.count,
            "sentence": dialog.sentence.text(),
            "lines": purposes(window),
        }
        print(json.dumps(said), flush=True)
    dialog.close()
    pool.shutdown()
    window.close()
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, dict[str, object]], str]:
    """What each place led to, and the log file."""
    home = tmp_path_factory.mktemp("home")
    code, out, said = ended(start(VISIT, home))
    assert (said, code) == ([], 0)
    found = {each["place"]: each for each in map(json.loads, out)}
    return found, log_file(home).read_text("utf-8")


@pytest.mark.parametrize("place", PLACES)
def test_a_mistake_is_one_dialog_and_one_line_and_the_window_lives_on(
    place: str, told: tuple[dict[str, dict[str, object]], str]
) -> None:
    seen = told[0][place]
    assert (seen["dialogs"], seen["count"]) == (1, 1)
    assert "ValueError: on purpose" in str(seen["sentence"])
    assert seen["lines"] == ["ValueError: on purpose"] * (PLACES.index(place) + 1)


def test_the_file_has_an_entry_for_each(
    told: tuple[dict[str, dict[str, object]], str],
) -> None:
    heads = [line for line in told[1].splitlines() if " ERROR " in line]
    assert len(heads) == len(PLACES)
    assert told[1].count("Traceback") == len(PLACES)
