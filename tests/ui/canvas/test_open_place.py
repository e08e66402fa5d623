"""Does a new card find a free place near the middle of what is looked at?"""

import time
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from playground.ui.canvas.open_place import CLEAR_PX, open_place
from playground.ui.main_window import MainWindow
from tests.ui.real import real_window

SEEN = QRectF(0, 0, 1200, 600)
SIZE = (280.0, 96.0)


def at(place: tuple[float, float]) -> QRectF:
    """The card there."""
    return QRectF(*place, *SIZE)


def test_on_empty_paper_the_kinds_stand_side_by_side_in_the_order_of_a_path() -> None:
    found = [open_place(kind, SIZE, SEEN, []) for kind in ("producer", "queue", "consumer")]
    assert [x for x, _ in found] == sorted({x for x, _ in found})
    assert len({y for _, y in found}) == 1
    assert at(found[1]).contains(SEEN.center())


def test_a_taken_middle_is_left_free_by_the_usual_gap_inside_the_view() -> None:
    cards: list[QRectF] = []
    for _ in range(4):
        new = at(open_place("queue", SIZE, SEEN, cards))
        around = new.adjusted(-CLEAR_PX, -CLEAR_PX, CLEAR_PX, CLEAR_PX)
        assert not [box for box in cards if box.intersects(around)]
        assert SEEN.contains(new)
        cards.append(new)


def test_it_stands_beside_a_lane_rather_than_on_it() -> None:
    lane = np.array([(x, 300.0) for x in range(0, 1200, 10)])
    new = at(open_place("queue", SIZE, SEEN, [], lane))
    assert not [y for _, y in lane if new.top() <= y <= new.bottom()]
    assert SEEN.contains(new)


def test_paper_that_is_full_far_around_takes_it_below_everything() -> None:
    everything = QRectF(-3000, -3000, 6000, 6000)
    new = at(open_place("queue", SIZE, SEEN, [everything]))
    assert new.top() >= everything.bottom()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """Preset 4, fitted."""
    with real_window("04-three-side-by-side") as window:
        yield window


@pytest.mark.parametrize("kind", ["producer", "queue", "consumer"])
def test_the_keys_for_new_nodes_never_put_one_on_another(kind: str, window: MainWindow) -> None:
    for _ in range(4):
        window.actions_by_id[f"add-{kind}"].trigger()
    plan = window.canvas.canvas.plan
    boxes = [*plan.boxes.values(), plan.database]
    touching = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if a.intersects(b)]
    assert touching == []


def test_among_a_hundred_cards_the_place_is_found_without_a_pause() -> None:
    cards = [QRectF(300 * (i % 10), 120 * (i // 10), 280, 96) for i in range(100)]
    lane = np.array([(x % 3000, x % 1200) for x in range(0, 100 * 96 * 40, 40)], float)
    begin = time.process_time()
    open_place("queue", SIZE, SEEN, cards, lane)
    assert time.process_time() - begin < 1.0
