"""Is it seen where dead letters go?"""

import pytest
from PySide6.QtCore import QRectF

from playground.session.frame import Frame
from playground.ui.canvas.drains import drains
from tests.ui import samples

ABOVE = QRectF(272, 40, 236, 96)
CARD = {"orders": ABOVE}


def frame_with(*sources: str) -> Frame:
    nodes = (samples.queue(id="orders"), samples.queue(id="dead", dead_from=sources))
    return samples.frame(nodes=nodes)


@pytest.mark.parametrize(
    ("target", "way"),
    [
        (ABOVE.translated(0, 200), (0, 1)),
        (ABOVE.translated(40, -200), (0, -1)),
        (ABOVE.translated(400, 20), (1, 0)),
        (ABOVE.translated(-400, 0), (-1, 0)),
    ],
    ids=["below", "above", "right", "left"],
)
def test_an_arrow_leads_straight_from_one_card_to_the_other(
    target: QRectF, way: tuple[int, int]
) -> None:
    (arrow,) = drains(frame_with("orders"), {**CARD, "dead": target})
    whole = arrow.end - arrow.start
    assert (whole.x() > 0) - (whole.x() < 0) == way[0]
    assert (whole.y() > 0) - (whole.y() < 0) == way[1]
    assert not ABOVE.contains(arrow.start)
    assert not target.contains(arrow.end)


def test_a_queue_that_takes_no_dead_letters_has_no_arrow() -> None:
    assert drains(frame_with(), {**CARD, "dead": ABOVE.translated(0, 200)}) == []


def test_cards_without_room_between_them_have_no_arrow() -> None:
    assert drains(frame_with("orders"), {**CARD, "dead": ABOVE.translated(0, 100)}) == []
