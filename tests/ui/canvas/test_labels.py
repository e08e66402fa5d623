"""Does anything that is written on the canvas cover anything else, in any preset, at any time?"""

from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from playground.paths import preset_files
from playground.scenario.load import load_file
from playground.session.session import Session
from playground.ui.canvas import weather
from playground.ui.canvas.pencil import Ruler
from playground.ui.canvas.view import CanvasView
from playground.ui.theme import LIGHT, PROJECTOR, Theme
from tests.ui.canvas import frames
from tests.ui.canvas.frames import MS, NOW_US

MOMENTS_US = (3_300_000, 5_600_000, 8_000_000, 12_480_000)
SIZES = ((1112, 480), (976, 480))


def shown(made: list[CanvasView], theme: Theme, size: tuple[int, int], path: Path) -> CanvasView:
    view = CanvasView(theme)
    made.append(view)
    view.resize(*size)
    scenario = load_file(path)
    view.set_layout(dict(scenario.layout))
    view.show()
    return view


def written(view: CanvasView) -> list[QRectF]:
    """The boxes of all labels and plates, but for counts that sit on the edge of their own card."""
    boxes = view.canvas.plan.boxes
    on_cards = [
        box
        for place, box in view.canvas.plates.grave_boxes
        if place in boxes and box.intersects(boxes[place])
    ]
    return [box for box in view.canvas.plates.labels if box not in on_cards]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}")
@pytest.mark.parametrize("path", preset_files(), ids=lambda path: path.stem[:2])
def test_no_label_covers_a_card_a_port_or_another_label(
    made: list[CanvasView], path: Path, size: tuple[int, int]
) -> None:
    view = shown(made, LIGHT, size, path)
    session = Session(load_file(path))
    session.pause()
    for at_us in MOMENTS_US:
        session.run_to(at_us)
        view.show_frame(session.frame())
        view.fit()
        QApplication.processEvents()
        view.grab()
        labels = written(view)
        plan = view.canvas.plan
        fixed = [*plan.boxes.values(), plan.database]
        wide, high = LIGHT.metrics.port_px
        fixed += [QRectF(x - wide / 2, y - high / 2, wide, high) for x, y, *_ in plan.ports]
        assert not [(a, b) for a in labels for b in fixed if a.intersects(b)], at_us
        assert not [(a, b) for a, b in combinations(labels, 2) if a.intersects(b)], at_us


def test_the_name_of_a_packet_touches_no_other_link(made: list[CanvasView]) -> None:
    named = 0
    for path in preset_files()[3:12]:
        view = shown(made, LIGHT, SIZES[1], path)
        session = Session(load_file(path))
        session.pause()
        for at_us in (3_300_000, 8_200_000):
            session.run_to(at_us)
            view.show_frame(session.frame())
            view.fit()
            view.grab()
            paths = view.canvas.plan.paths
            for link, box in view.canvas.names.boxes:
                named += 1
                others = [way for key, way in paths.items() if key != link]
                points = [point for way in others for point in (*way.request, *way.reply)]
                assert not [p for p in points if box.contains(*map(float, p))], (path, at_us)
    assert named > 20


def test_a_label_that_has_room_is_one_line_20_px_beyond_the_reply_lane(
    made: list[CanvasView],
) -> None:
    view = CanvasView()
    made.append(view)
    view.resize(1112, 480)
    nodes = (frames.queue("q", frames.lane("far")), frames.consumer("far"))
    view.set_layout({"q": (24.0, 200.0), "far": (700.0, 204.0)})
    view.show_frame(frames.frame(*nodes, links=(frames.link("q", "far", loss_reply=0.1),)))
    view.grab()
    (box,) = view.canvas.plates.labels
    lane = view.canvas.plan.paths["q", "far"].reply
    middle = lane[len(lane) // 2]
    assert box.center().y() - middle[1] == pytest.approx(20, abs=1)
    assert box.center().x() == pytest.approx(middle[0], abs=6)
    assert box.height() == weather.LINE_EM * 12


def test_the_weather_is_told_in_two_lines_at_most_and_shorter_each_time(
    made: list[CanvasView],
) -> None:
    link = frames.link(loss_request=0.05, loss_reply=0.08, latency_us=300 * MS)
    plain = [
        tuple(line.replace("\u00a0", " ") for line in lines) for lines in weather.forms_of(link)
    ]
    assert plain == [
        ("300 ms · loses 5 % out, 8 % back",),
        ("300 ms", "loses 5 % out, 8 % back"),
        ("loses 5 % out, 8 % back",),
        ("loses 5 % out,", "8 % back"),
    ]
    ruler = Ruler(LIGHT)
    widths = [weather.size_of(ruler, lines)[0] for lines in weather.forms_of(link)]
    assert widths == sorted(widths, reverse=True)


def test_where_there_is_no_room_the_weather_waits_for_the_pointer(made: list[CanvasView]) -> None:
    view = CanvasView()
    made.append(view)
    view.resize(1112, 480)
    nodes = (
        frames.queue("q", frames.lane("near")),
        frames.consumer("near"),
        frames.producer("above"),
        frames.consumer("below"),
        frames.consumer("beneath"),
    )
    view.set_layout(
        {
            "q": (24.0, 200.0),
            "near": (330.0, 182.0),
            "above": (220.0, 90.0),
            "below": (230.0, 310.0),
            "beneath": (0.0, 310.0),
        }
    )
    frame = frames.frame(*nodes, links=(frames.link("q", "near", loss_reply=0.1),))
    view.show_frame(frame)
    view.grab()
    assert view.canvas.plates.labels == []
    view.canvas.hover(("link", "q", "near"))
    view.grab()
    assert len(view.canvas.plates.labels) == 1


def test_a_grave_of_a_node_is_tied_to_its_card(made: list[CanvasView]) -> None:
    view = CanvasView()
    made.append(view)
    view.resize(1112, 480)
    lost = frames.death("message", "far", 0.0, 17, "17: gone", at_us=NOW_US - 5_000 * MS)
    view.set_layout({"q": (24.0, 200.0), "far": (700.0, 182.0)})
    nodes = (frames.queue("q", frames.lane("far")), frames.consumer("far"))
    view.show_frame(frames.frame(*nodes, links=(frames.link("q", "far"),), deaths=(lost,)))
    view.show()
    view.fit()
    image = view.grab().toImage()
    ((_, box),) = view.canvas.plates.grave_boxes
    card = view.canvas.plan.boxes["far"]
    assert not box.intersects(card)
    foot = view.mapFromScene(card.left() + 40, card.top() - 8)
    near = [image.pixelColor(foot.x() + dx, foot.y()) for dx in (-1, 0, 1)]
    assert max(colour.red() - colour.blue() for colour in near) > 80


def test_a_packet_at_its_port_shows_its_whole_number(made: list[CanvasView]) -> None:
    for theme in (LIGHT, PROJECTOR):
        view = CanvasView(theme)
        made.append(view)
        view.resize(1112, 480)
        nodes = (frames.queue("q", frames.lane("far")), frames.consumer("far"))
        view.set_layout({"q": (24.0, 200.0), "far": (700.0, 182.0)})
        link = frames.link("q", "far")
        ends = frames.flights((0, "DELIVER", 47, 0.0, 1), (0, "DELIVER", 48, 1.0, 1))
        view.show_frame(frames.frame(*nodes, links=(link,), flights=ends))
        rail = view.canvas.plan.paths["q", "far"].request
        first, last = view.canvas.packets.arranged.at
        hidden_px = theme.metrics.packet_px - 2
        assert first[0] - rail[0][0] == pytest.approx(hidden_px, abs=0.6)
        assert rail[-1][0] - last[0] == pytest.approx(hidden_px, abs=0.6)
