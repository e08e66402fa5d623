"""Does a message that is followed stay marked, and in sight, wherever it goes?"""

import numpy as np
from PySide6.QtGui import QColor

from playground.ui.canvas.view import CanvasView
from playground.ui.theme import LIGHT
from tests.ui.canvas import frames
from tests.ui.canvas.frames import MS, NOW_US


def canvas(made: list[CanvasView]) -> CanvasView:
    view = CanvasView()
    made.append(view)
    view.resize(1112, 480)
    view.set_layout(frames.REFERENCE_LAYOUT)
    view.show_frame(frames.reference())
    view.show()
    view.fit()
    return view


def is_ringed(view: CanvasView, x: float, y: float) -> bool:
    """Whether there is ink 15 px to the left of a place."""
    image = view.grab().toImage()
    at = view.mapFromScene(x - 15, y)
    near = [image.pixelColor(at.x() + dx, at.y()) for dx in (-1, 0, 1)]
    ink = QColor(LIGHT.ink).lightness()
    return min(colour.lightness() for colour in near) <= ink + 40


def test_every_packet_of_a_followed_message_wears_the_ring(made: list[CanvasView]) -> None:
    view = canvas(made)
    view.canvas.follow(45)  # the ledger row of message 46
    places = view.canvas.packets
    both = [i for i, row in enumerate(places.arranged.row) if places.table.number[row] == 46]
    assert len(both) == 2
    for i in both:
        assert is_ringed(view, *places.arranged.at[i])


def test_it_is_marked_while_it_waits_in_a_queue_and_while_it_is_worked_on(
    made: list[CanvasView],
) -> None:
    view = canvas(made)
    frame = frames.reference()
    at_work = tuple(
        n._replace(message=47) if n.id == "billing" and n.number == 47 else n for n in frame.nodes
    )
    view.show_frame(frame._replace(nodes=at_work))
    view.canvas.follow(47)
    resting = view.canvas.badges.resting
    assert len(resting) == 4  # in three lanes, and at work in billing
    assert all(is_ringed(view, place.x(), place.y()) for place in resting)


def test_a_crowd_does_not_swallow_the_followed_packet(made: list[CanvasView]) -> None:
    view = canvas(made)
    rows = [(2, "DELIVER", n, n / 200, 1) for n in range(1, 101)]
    frame = frames.reference()._replace(flights=frames.flights(*rows))
    view.show_frame(frame)
    assert len(view.canvas.packets.arranged.row) == 0
    view.canvas.follow(49)
    assert [int(view.canvas.packets.table.number[r]) for r in view.canvas.packets.arranged.row] == [
        50
    ]


def test_the_view_goes_where_the_followed_message_goes(made: list[CanvasView]) -> None:
    view = canvas(made)
    view.zoom_by(4.0)
    view.canvas.follow(46)  # message 47
    for _ in range(80):
        view.show_frame(frames.reference())
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    place = view.canvas.followed_at()
    assert place is not None
    assert seen.contains(place)


def test_the_view_stays_where_it_is_while_the_message_is_seen(made: list[CanvasView]) -> None:
    view = canvas(made)
    before = view.mapToScene(0, 0)
    view.canvas.follow(46)
    view.show_frame(frames.reference())
    assert view.mapToScene(0, 0) == before


def test_escape_lets_go_of_it(made: list[CanvasView]) -> None:
    view = canvas(made)
    view.canvas.follow(46)
    assert view.let_go()
    assert view.canvas.followed_at() is None


def test_another_scenario_is_not_followed(made: list[CanvasView]) -> None:
    view = canvas(made)
    view.canvas.follow(46)
    view.show_frame(frames.frame(frames.producer("other")))
    assert view.canvas.packets.followed == -1


def test_a_followed_packet_says_its_whole_number(made: list[CanvasView]) -> None:
    view = canvas(made)
    table = frames.flights((2, "DELIVER", 1248, 0.5, 1), latency_us=20 * MS)
    frame = frames.reference()._replace(flights=table, speed=1.0, now_us=NOW_US)
    view.show_frame(frame)
    before = view.grab().toImage()
    view.canvas.follow(1247)
    after = view.grab().toImage()
    x, y = np.asarray(view.canvas.packets.arranged.at[0])
    corner = view.mapFromScene(x - 20, y - 34)
    changed = sum(
        before.pixel(corner.x() + dx, corner.y() + dy)
        != after.pixel(corner.x() + dx, corner.y() + dy)
        for dx in range(40)
        for dy in range(16)
    )
    assert changed > 40
