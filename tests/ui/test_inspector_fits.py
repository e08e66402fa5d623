"""Are all words of the inspector whole, whatever is selected?"""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from playground.ui.main_window import MainWindow
from tests.ui.real import real_window


def targets(window: MainWindow) -> list[tuple[str, ...]]:
    """Every node and every link."""
    frame = window.bridge.last
    nodes = [("node", node.id) for node in frame.nodes]
    return [*nodes, *(("link", link.source, link.target) for link in frame.links)]


def cut_off(window: MainWindow) -> list[str]:
    """The words on the page that have less room than they need."""
    page = window.panes.inspector.page
    assert page is not None
    words: list[QPushButton | QLabel] = [*page.findChildren(QPushButton)]
    words += [label for label in page.findChildren(QLabel) if not label.wordWrap()]
    return [
        each.text()
        for each in words
        if each.isVisible() and each.fontMetrics().horizontalAdvance(each.text()) > each.width()
    ]


@pytest.mark.parametrize(
    "preset",
    ["03-exactly-once-and-its-cost", "14-poison-and-dead-letters", "20-the-e-mail-outside"],
)
def test_no_button_and_no_title_is_cut_off(preset: str, qtbot: QtBot) -> None:
    with real_window(preset) as window:
        window.resize(1600, 900)
        seen = 0
        for target in targets(window):
            window.select(target)  # type: ignore[arg-type]
            window.show_frame(window.bridge.last)
            QApplication.processEvents()
            assert cut_off(window) == [], target
            seen += 1
        assert seen >= 8
