"""How much is painted in one frame, and is everything painted in the end?"""

from typing import Any

import frames
import pytest
from PySide6.QtWidgets import QApplication

from playground.session.frame import Frame
from playground.ui.canvas import placement
from playground.ui.canvas.scene import MOST_REPAINTS_OF_MANY
from playground.ui.canvas.view import CanvasView
from playground.ui.theme import PROJECTOR

COUNT = 30


def crowd(produced: int, *, is_running: bool) -> Frame:
    nodes = tuple(frames.producer(f"shop-{i}", produced=produced) for i in range(COUNT))
    return frames.frame(*nodes, is_running=is_running)


def canvas(made: list[CanvasView]) -> CanvasView:
    view = CanvasView()
    made.append(view)
    view.resize(1112, 480)
    view.set_layout({f"shop-{i}": (170.0 * (i % 6), 130.0 * (i // 6)) for i in range(COUNT)})
    view.show_frame(crowd(0, is_running=False))
    view.show()
    view.fit()
    QApplication.processEvents()
    view.grab()
    return view


def painted(view: CanvasView, frame: Frame) -> set[str]:
    before = {node: item.paints for node, item in view.canvas.nodes.items()}
    view.show_frame(frame)
    view.grab()
    return {node for node, item in view.canvas.nodes.items() if item.paints != before[node]}


def test_of_thirty_cards_that_change_at_once_a_few_are_painted_in_each_frame(
    made: list[CanvasView],
) -> None:
    view = canvas(made)
    seen: list[str] = []
    while some := painted(view, crowd(1, is_running=True)):
        assert len(some) <= MOST_REPAINTS_OF_MANY
        seen += some
    assert len(seen) == len(set(seen)) == COUNT


def test_a_run_that_stands_still_shows_all_of_it(made: list[CanvasView]) -> None:
    view = canvas(made)
    painted(view, crowd(1, is_running=True))
    painted(view, crowd(1, is_running=False))
    assert painted(view, crowd(1, is_running=True)) == set()


def test_a_card_that_waits_its_turn_is_asked_for_its_newest_state(made: list[CanvasView]) -> None:
    view = canvas(made)
    view.show_frame(crowd(7, is_running=True))
    assert {item.view.produced for item in view.canvas.nodes.values()} == {7}


def test_another_theme_lays_the_scene_out_once(
    made: list[CanvasView], monkeypatch: pytest.MonkeyPatch
) -> None:
    view = canvas(made)
    places: list[object] = []
    place_links = placement.place_links

    def counted(*arguments: Any) -> None:
        places.append(arguments)
        place_links(*arguments)

    monkeypatch.setattr(placement, "place_links", counted)
    view.set_theme(PROJECTOR)
    view.show_frame(crowd(0, is_running=False))
    assert len(places) == 1
