"""Where in the window does each panel stand?

The arithmetic of the window's layout, apart from its widgets: sizes in, rectangles out.
"""

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize

from playground.ui.panels import inspector, left_dock, rail, tab_bar, timeline

NARROW_PX = 1_200
SHORT_PX = 800
SMALLEST_CANVAS_PX = 120
SMALLEST_PAGE_PX = 120


class Places(NamedTuple):
    """A rectangle for each panel; empty where it is hidden."""

    top: QRect
    left: QRect
    canvas: QRect
    board: QRect
    tabs: QRect
    page: QRect
    timeline: QRect
    inspector: QRect


def places(
    size: QSize,
    *,
    top_px: int,
    board_px: int,
    page_px: int,
    is_stage: bool,
    is_drawer_open: bool,
) -> Places:
    """Lay the panels out; the canvas takes all extra height."""
    width, height = size.width(), size.height()
    is_narrow = width < NARROW_PX
    dock = 0 if is_stage else rail.RAIL_PX if is_narrow else left_dock.WIDTH_PX
    side = 0 if is_stage or is_narrow else inspector.WIDTH_PX
    body = width - side
    strip = 0 if is_stage else timeline.HEIGHT_PX
    tabs = 0 if is_stage else tab_bar.HEIGHT_PX
    room = height - top_px - board_px - tabs - strip - SMALLEST_CANVAS_PX
    page = 0 if is_stage else min(page_px, max(SMALLEST_PAGE_PX, room))
    canvas_px = max(SMALLEST_CANVAS_PX, height - top_px - board_px - tabs - page - strip)
    y = top_px
    canvas = QRect(dock, y, body - dock, canvas_px)
    left = QRect(0, y, dock, canvas_px)
    y += canvas_px
    board = QRect(0, y, body, board_px)
    y += board_px
    bar = QRect(0, y, body, tabs)
    y += tabs
    pages = QRect(0, y, body, page)
    y += page
    line = QRect(0, y, body, strip)
    right = QRect(width - side, top_px, side, height - top_px)
    if is_narrow and is_drawer_open and not is_stage:
        right = QRect(width - inspector.WIDTH_PX, top_px, inspector.WIDTH_PX, canvas_px)
    return Places(QRect(0, 0, width, top_px), left, canvas, board, bar, pages, line, right)
