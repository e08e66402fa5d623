"""Do the charts and the timeline show what the frame brings?"""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from playground.session.frame import FaultMark, Series
from playground.ui.panels.chart_data import stepped, value_at, value_step
from playground.ui.panels.charts import ChartsPanel
from playground.ui.panels.end_labels import end_labels, spread_out
from playground.ui.panels.fault_marks import count_place, grouped, outages
from playground.ui.panels.timeline import Timeline, due_from, nice_step, outcomes_from
from playground.ui.theme import LIGHT
from tests.ui import samples


@pytest.fixture
def charts(qtbot: QtBot) -> ChartsPanel:
    panel = ChartsPanel(LIGHT)
    qtbot.addWidget(panel)
    panel.resize(1312, 132)
    panel.show()
    panel.show_frame(samples.frame())
    panel.refresh()
    return panel


def test_each_line_is_named_where_it_ends(charts: ChartsPanel) -> None:
    assert [(label.value, label.names) for label in charts.plots["lost"].labels] == [
        (4, "metrics"),
        (0, "billing, payouts"),
    ]


def test_plots_are_made_once_and_get_new_data(charts: ChartsPanel) -> None:
    plot = charts.plots["lost"]
    before = dict(plot._curves)
    charts.show_frame(samples.frame())
    charts.refresh()
    assert plot._curves == before


def test_a_group_that_is_gone_takes_its_curve_along(charts: ChartsPanel) -> None:
    lost = samples.charts()[0]
    charts.show_frame(samples.frame(charts=(lost._replace(curves=lost.curves[:1]),)))
    charts.refresh()
    assert list(charts.plots["lost"]._curves) == ["metrics"]


def test_a_curve_is_a_staircase_until_now() -> None:
    x, y = stepped(np.array([0.0, 2.0]), np.array([0.0, 1.0]), 3.0)
    assert (x.tolist(), y.tolist()) == ([0, 2, 2, 3], [0, 0, 1, 1])


def test_the_value_under_the_pointer_is_the_one_that_held() -> None:
    series = Series("a", "", np.array([0.0, 2.0]), np.array([0.0, 1.0]))
    assert [value_at(series, at) for at in (1.9, 2.0, 9.0)] == [0, 1, 1]


def test_labels_keep_their_distance_and_stay_inside() -> None:
    assert spread_out([100, 101, 102], 0, 110) == [78, 94, 110]


def test_labels_of_many_curves_fit() -> None:
    curves = [Series(f"q{n}", "", np.array([0.0]), np.array([float(n)])) for n in range(20)]
    labels = end_labels(curves, lambda value: 80 - value, QRectF(0, 20, 400, 100))
    gaps = np.diff([label.y_px for label in labels])
    assert len(labels) == 6
    assert gaps.min() >= 16


def test_faults_closer_than_twelve_pixels_are_one_sign_and_a_crash_leads() -> None:
    marks = (
        FaultMark(100, 100, "drop", "a"),
        FaultMark(105, 105, "crash", "b"),
        FaultMark(200, 200, "drop", "a"),
    )
    groups = grouped(marks, float)
    assert [(group.mark.kind, group.faults) for group in groups] == [("crash", 2), ("drop", 1)]


def test_a_count_behind_a_sign_has_room_before_the_next_sign() -> None:
    marks = [FaultMark(at, at, "drop", "a") for at in (10, 15, 30, 60)]
    groups = grouped(marks, float)
    assert [(group.x_px, group.faults) for group in groups] == [(10, 3), (60, 1)]


@pytest.mark.parametrize(
    ("highest", "step"), [(1, 1), (3, 1), (4, 2), (7, 2), (8, 4), (17, 5), (20, 10), (900, 400)]
)
def test_three_or_four_whole_ticks(highest: float, step: float) -> None:
    assert value_step(highest) == step


def test_a_storm_over_three_is_one_band() -> None:
    marks = [FaultMark(10, 20, "crash", name) for name in "abc"]
    marks += [FaultMark(15, 30, "crash", "d"), FaultMark(15, 16, "cut", "e")]
    assert [(each.at_us, each.until_us, each.kind) for each in outages(marks)] == [
        (10, 30, "crash"),
        (15, 16, "cut"),
    ]


def test_a_count_stands_behind_its_sign_but_never_over_the_line_of_now() -> None:
    assert count_place(100.0, 200.0) == (109.0, "left")
    assert count_place(190.0, 200.0) == (181.0, "right")


def test_no_menu_offers_an_export(charts: ChartsPanel) -> None:
    assert not charts.plots["lost"].plot.menuEnabled()


def test_a_chart_brings_next_to_no_hidden_widgets(charts: ChartsPanel) -> None:
    """A change of theme dresses every widget there is, seen or not."""
    for chart in charts.plots.values():
        assert len(chart.findChildren(QWidget)) < 10
    loose = [w for w in QApplication.allWidgets() if type(w).__name__ == "QGroupBox"]
    assert loose == []


def test_the_second_pair_is_behind_a_switch(charts: ChartsPanel) -> None:
    charts.switch.choose("load")
    shown = [key for key, plot in charts.plots.items() if not plot.isHidden()]
    assert shown == ["depth", "throughput"]


def test_a_click_in_a_chart_names_a_moment(charts: ChartsPanel, qtbot: QtBot) -> None:
    plot = charts.plots["lost"]
    at = QPoint(round(plot.scale_now.x_of(4.0)), 60)
    qtbot.mouseMove(plot.viewport(), at)
    with qtbot.waitSignal(charts.time_clicked) as clicked:
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert clicked.args[0] == pytest.approx(4_000_000, abs=30_000)


def test_what_is_due_stands_in_the_future() -> None:
    texts = [due.text for due in due_from(samples.frame())]
    assert texts[0] == "metrics back"
    assert "lease 45" in texts


def test_losses_and_repeats_stand_on_the_rail() -> None:
    found = outcomes_from(samples.charts())
    assert [outcome.is_loss for outcome in found].count(True) == 4
    assert [outcome.is_loss for outcome in found].count(False) == 3


def test_the_past_fills_three_quarters_of_the_timeline(qtbot: QtBot) -> None:
    line = Timeline(LIGHT)
    qtbot.addWidget(line)
    line.resize(1312, 46)
    line.show_frame(samples.frame())
    assert line.now_text == "12.48"
    assert line.x_of(samples.NOW_US) == pytest.approx(24 + 0.74 * 1264)
    assert line.x_of(0) == 24


@pytest.mark.parametrize(
    ("span", "most", "step"), [(15.2, 8, 2), (60, 8, 10), (4, 3, 2), (3, 3, 1)]
)
def test_ticks_are_round_numbers(span: float, most: int, step: float) -> None:
    assert nice_step(span, most) == step


def test_a_click_on_a_name_hides_its_curve_everywhere_and_brings_it_back(
    charts: ChartsPanel, qtbot: QtBot
) -> None:
    plot = charts.plots["lost"]
    plot.grab()
    assert [each.name for each in plot.name_boxes] == ["metrics", "billing", "payouts"]
    at = plot.name_boxes[0].box.center().toPoint()
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert list(plot._curves) == ["billing", "payouts"]
    assert list(charts.plots["applied_again"]._curves) == ["billing", "payouts"]
    plot.grab()
    hidden = next(each for each in plot.name_boxes if each.name == "metrics")
    assert hidden.box.center().y() == 16.0
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=hidden.box.center().toPoint())
    assert sorted(plot._curves) == ["billing", "metrics", "payouts"]


@pytest.mark.parametrize(
    ("page", "keys"),
    [
        ("repeats", ["delivered_again", "applied_again"]),
        ("load", ["depth", "throughput"]),
        ("latency", ["latency_p50", "latency_p95", "latency_p99"]),
        ("price", ["throughput", "price"]),
    ],
)
def test_each_page_has_its_charts(charts: ChartsPanel, page: str, keys: list[str]) -> None:
    charts.switch.choose(page)
    assert [key for key, plot in charts.plots.items() if plot.isVisible()] == keys
