"""Frame in, pixels out: is everything painted, nothing too small, and nothing twice?"""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from playground.ui import fonts
from playground.ui.canvas import database_card, pencil
from playground.ui.canvas.pencil import Detail, detail_at
from playground.ui.canvas.view import CanvasView
from playground.ui.theme import DARK, LIGHT, PROJECTOR, THEMES, Theme
from tests.ui.canvas import frames


def canvas(made: list[CanvasView], theme: Theme = LIGHT, width: int = 1112) -> CanvasView:
    view = CanvasView(theme)
    made.append(view)
    view.resize(width, 480 if not theme.is_stage else 432)
    view.set_layout(frames.REFERENCE_LAYOUT)
    view.show_frame(frames.reference())
    view.show()
    view.fit()
    QApplication.processEvents()
    return view


def colour_at(image: QImage, x: float, y: float) -> str:
    return QColor(image.pixel(round(x), round(y))).name().upper()


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_theme_paints_every_state(made: list[CanvasView], theme: Theme) -> None:
    view = canvas(made, theme)
    for frame, layout in (frames.consumer_states(), frames.link_states(), frames.other_nodes()):
        view.set_layout(layout)
        view.show_frame(frame)
        for zoom in (0.1, 0.3, 0.6, 1.0, 2.0):
            view.camera.set_zoom(zoom)
            assert not view.grab().isNull()


def test_the_reference_scene_has_its_colours_where_they_belong(made: list[CanvasView]) -> None:
    view = canvas(made)
    image = view.grab().toImage()
    band = view.mapFromScene(view.canvas.plan.boxes["billing"].topLeft())
    assert colour_at(image, band.x() + 3, band.y() + 100) == LIGHT.guarantee("at-least-once").fill
    crash = view.mapFromScene(view.canvas.plan.boxes["metrics"].center())
    assert colour_at(image, crash.x() + 100, crash.y()) == LIGHT.crash_tint
    assert colour_at(image, 4, 4) == LIGHT.canvas
    packet = view.mapFromScene(view.canvas.packets.place_of(1))
    assert colour_at(image, packet.x() - 8, packet.y()) == LIGHT.identity(50).upper()


def test_a_frame_without_changes_paints_no_card_again(made: list[CanvasView]) -> None:
    view = canvas(made)
    view.grab()
    before = {node: item.paints for node, item in view.canvas.nodes.items()}
    view.show_frame(frames.reference())
    view.grab()
    assert {node: item.paints for node, item in view.canvas.nodes.items()} == before


def test_only_the_card_that_changed_is_painted_again(made: list[CanvasView]) -> None:
    view = canvas(made)
    view.grab()
    before = {node: item.paints for node, item in view.canvas.nodes.items()}
    frame = frames.reference()
    nodes = tuple(n._replace(produced=51) if n.id == "shop" else n for n in frame.nodes)
    view.show_frame(frame._replace(nodes=nodes))
    view.grab()
    after = {node: item.paints for node, item in view.canvas.nodes.items()}
    assert {node for node in after if after[node] != before[node]} == {"shop"}


@pytest.mark.parametrize("zoom", [0.3, 0.5, 0.7, 0.86, 1.0, 1.7])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_no_text_is_smaller_than_11_px_on_the_screen(
    made: list[CanvasView], monkeypatch: pytest.MonkeyPatch, theme: Theme, zoom: float
) -> None:
    view = canvas(made, theme)
    sizes: list[float] = []

    write = pencil.Pencil.text

    def text(self: pencil.Pencil, *arguments: object, **more: object) -> float:
        result = write(self, *arguments, **more)
        sizes.append(self.painter.font().pixelSize() * self.painter.worldTransform().m11())
        return result

    monkeypatch.setattr(pencil.Pencil, "text", text)
    for frame, layout in (
        (frames.reference(), frames.REFERENCE_LAYOUT),
        frames.consumer_states(),
        frames.link_states(),
        frames.other_nodes(),
    ):
        view.set_layout(layout)
        view.show_frame(frame)
        view.camera.set_zoom(zoom)
        view.grab()
    assert sizes
    assert min(sizes) >= 10.9


def test_the_projector_fits_the_reference_scene_at_life_size(made: list[CanvasView]) -> None:
    view = canvas(made, PROJECTOR, 1280)
    assert view.zoom >= 0.99


def test_the_desktop_fits_the_reference_scene_at_life_size(made: list[CanvasView]) -> None:
    assert canvas(made).zoom == 1.0


def test_nodes_without_a_place_find_one_and_none_covers_another(made: list[CanvasView]) -> None:
    view = canvas(made)
    view.set_layout({})
    view.canvas.positions.forget()
    view.show_frame(frames.reference())
    boxes = [*view.canvas.plan.boxes.values(), view.canvas.plan.database]
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
    shop, orders = view.canvas.plan.boxes["shop"], view.canvas.plan.boxes["orders"]
    assert orders.left() - shop.right() == 104


def test_the_level_of_detail_follows_the_zoom() -> None:
    assert [detail_at(zoom) for zoom in (0.1, 0.44, 0.72, 0.73, 1.6)] == list(Detail)


def test_the_database_never_nets_what_is_lost_with_what_is_twice() -> None:
    row = frames.group("g", "at-least-once", money_lost=200, money_twice=200)
    assert [line.words for line in database_card.differences(row)] == ["−200 lost", "+200 twice"]
    fine = frames.group("g", "at-least-once")
    assert [line.words for line in database_card.differences(fine)] == ["equal"]
    old = fine._replace(stale_final=3)
    assert [line.words for line in database_card.differences(old)] == ["3 out of date"]


def test_the_empty_canvas_says_what_to_do(made: list[CanvasView]) -> None:
    view = canvas(made)
    view.show_frame(frames.frame())
    assert view.overlays.empty.isVisible()
    assert view.canvas.nodes == {}


def test_a_narrow_canvas_folds_its_legend_into_a_button(made: list[CanvasView]) -> None:
    view = canvas(made, LIGHT, 740)
    assert (view.overlays.line.isVisible(), view.overlays.button.isVisible()) == (False, True)


def test_digits_are_tabular(qapp: QApplication) -> None:
    widths = {fonts.width_px(str(digit) * 3, LIGHT.role("board")) for digit in range(10)}
    assert len(widths) == 1
