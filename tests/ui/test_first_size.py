"""How large does the window begin, on a screen that may be smaller than it?"""

import pytest
from PySide6.QtCore import QSize

from playground.app import TITLE_BAR_PX, size_on_screen

WANTED = QSize(1600, 900)


def test_on_a_large_screen_it_begins_as_large_as_it_likes() -> None:
    assert size_on_screen(WANTED, QSize(2560, 1400)) == WANTED


@pytest.mark.parametrize(
    ("room", "size"),
    [
        (QSize(1366, 728), QSize(1366, 728 - TITLE_BAR_PX)),
        (QSize(1280, 1024), QSize(1280, 900)),
        (QSize(1920, 900), QSize(1600, 900 - TITLE_BAR_PX)),
        (QSize(1024, 768), QSize(1024, 768 - TITLE_BAR_PX)),
    ],
    ids=["small", "narrow", "low", "smallest"],
)
def test_on_a_small_screen_it_ends_above_the_edge_with_its_title_bar(
    room: QSize, size: QSize
) -> None:
    assert size_on_screen(WANTED, room) == size
