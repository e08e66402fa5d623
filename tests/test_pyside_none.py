"""Does painting give back every reference to None that it takes?

Some releases of PySide6 drop one at nearly every call on CPython before 3.12; the process dies
within seconds. Since 3.12 None is immortal and its count stands still.
"""

import sys

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QGraphicsView, QStyleOptionGraphicsItem
from pytestqt.qtbot import QtBot

ITEMS = 20
REPAINTS = 50
NOISE = 200  # what caches and the test's own names may hold or let go

pytestmark = pytest.mark.usefixtures("qtbot")


class MovingDisc(QGraphicsItem):
    """An item whose every call returns None, as most of Qt's do."""

    def boundingRect(self) -> QRectF:
        return QRectF(-10, -10, 20, 20)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: object = None
    ) -> None:
        painter.setBrush(QColor("teal"))
        painter.drawEllipse(self.boundingRect())


def repaint(view: QGraphicsView, discs: list[MovingDisc], times: int) -> None:
    for step in range(times):
        for number, disc in enumerate(discs):
            disc.setPos(10 * number, step)
        view.viewport().repaint()


def test_repeated_repaints_keep_the_count_of_references_to_none(qtbot: QtBot) -> None:
    scene = QGraphicsScene(0, 0, 200, 100)
    discs = [MovingDisc() for _ in range(ITEMS)]
    for disc in discs:
        scene.addItem(disc)
    view = QGraphicsView(scene)
    qtbot.addWidget(view)
    view.show()
    repaint(view, discs, 2)  # fills the caches

    before = sys.getrefcount(None)
    repaint(view, discs, REPAINTS)
    change = sys.getrefcount(None) - before

    if sys.version_info >= (3, 12):
        assert change == 0
    else:
        assert change > -NOISE, f"{-change} references to None were lost in {REPAINTS} repaints"
