"""Which canvases does a test make? They are closed behind it."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from playground.ui.canvas.view import CanvasView


@pytest.fixture
def made(qtbot: QtBot) -> Iterator[list[CanvasView]]:
    """Views to close; a test adds its own."""
    views: list[CanvasView] = []
    yield views
    for view in views:
        view.hovering.close()
        view.close()
        view.deleteLater()
