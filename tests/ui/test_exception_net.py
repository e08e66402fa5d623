"""Does every mistake reach the reporter, exactly once, and does the window live on?"""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, Signal, qCritical
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from playground.ui.exception_net import ExceptionNet, Mistake
from playground.ui.main_window import MainWindow


class Caught(list[Mistake]):
    """What has been reported."""


@pytest.fixture
def net(tmp_path: Path) -> Iterator[tuple[ExceptionNet, Caught]]:
    made = ExceptionNet(tmp_path / "log" / "mistakes.log")
    caught = Caught()
    made.caught.connect(caught.append)
    made.install()
    yield made, caught
    made.remove()


def fail() -> None:
    raise ValueError("on purpose")


class Source(QObject):
    fired = Signal()


class Clumsy(QWidget):
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            fail()
        return super().event(event)


def in_slot(qtbot: QtBot) -> None:
    source = Source()
    source.fired.connect(fail)
    source.fired.emit()


def in_virtual_method(qtbot: QtBot) -> None:
    widget = Clumsy()
    qtbot.addWidget(widget)
    QApplication.postEvent(widget, QEvent(QEvent.Type.User))
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()


def in_shortcut(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    shortcut = QShortcut(QKeySequence("X"), widget)
    shortcut.activated.connect(fail)
    shortcut.activated.emit()


def in_timer(qtbot: QtBot) -> None:
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(fail)
    with qtbot.waitSignal(timer.timeout):
        timer.start(0)


def in_thread(qtbot: QtBot) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    QApplication.processEvents()


@pytest.mark.parametrize("place", [in_slot, in_virtual_method, in_shortcut, in_timer, in_thread])
def test_a_mistake_is_reported_exactly_once(
    place: Callable[[QtBot], None], net: tuple[ExceptionNet, Caught], qtbot: QtBot
) -> None:
    place(qtbot)
    assert [mistake.sentence for mistake in net[1]] == ["ValueError: on purpose"]
    assert "in fail" in net[1][0].report


def test_the_same_exception_from_two_nets_is_one_mistake(
    net: tuple[ExceptionNet, Caught],
) -> None:
    error = ValueError("on purpose")
    net[0].report("the window", error)
    net[0].report("the event loop", error)
    assert len(net[1]) == 1


@pytest.mark.no_qt_log
def test_what_qt_calls_critical_is_reported(net: tuple[ExceptionNet, Caught]) -> None:
    qCritical("on purpose")
    assert [mistake.where for mistake in net[1]] == ["Qt"]


def test_it_is_written_to_the_file(net: tuple[ExceptionNet, Caught], tmp_path: Path) -> None:
    net[0].report("the window", ValueError("on purpose"))
    assert "ValueError: on purpose" in (tmp_path / "log" / "mistakes.log").read_text("utf-8")


def test_a_place_that_cannot_be_written_is_no_second_mistake(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    blocked = ExceptionNet(tmp_path / "file" / "mistakes.log")
    caught = Caught()
    blocked.caught.connect(caught.append)
    blocked.install()
    blocked.report("the window", ValueError("on purpose"))
    blocked.remove()
    assert len(caught) == 1


def test_the_hooks_are_put_back(tmp_path: Path) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    made = ExceptionNet(None)
    made.install()
    assert sys.excepthook != before[0]
    made.remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_the_window_shows_it_and_lives_on(window: MainWindow) -> None:
    window.show_mistake(Mistake("the window", "ValueError: on purpose", "the trace"))
    window.show_mistake(Mistake("the window", "ValueError: again", "the trace"))
    dialog = window._mistakes
    assert dialog is not None
    assert (dialog.isVisible(), dialog.isModal(), dialog.count) == (True, False, 2)
    assert window.panes.log.texts() == ["ValueError: on purpose", "ValueError: again"]
    assert window.isVisible()
    dialog.close()
