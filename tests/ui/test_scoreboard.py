"""Does the scoreboard say what the frame says?"""

import pytest
from pytestqt.qtbot import QtBot

from playground.session.frame import GroupRow
from playground.ui.panels.board_columns import BUCKETS, REPEATS, bar_parts, shown_counts
from playground.ui.panels.board_row import BoardRow
from playground.ui.panels.board_words import tooltip, wilson
from playground.ui.panels.scoreboard import Scoreboard
from playground.ui.theme import LIGHT, PROJECTOR, Theme
from tests.ui import samples


def shown(qtbot: QtBot, *groups: GroupRow, theme: Theme = LIGHT, width: int = 1312) -> Scoreboard:
    board = Scoreboard(theme)
    qtbot.addWidget(board)
    board.resize(width, 158)
    board.set_narrow(width < 1200)
    board.show_frame(samples.frame(groups=groups or samples.groups()))
    return board


def texts(board: Scoreboard, *keys: str) -> list[str]:
    return [" ".join(row.button(key).text() for key in keys) for row in board.rows]


def test_a_row_is_an_equation(qtbot: QtBot) -> None:
    board = shown(qtbot)
    keys = ("produced", "once", "twice", "in_flight", "in_doubt", "dead", "lost")
    assert texts(board, *keys) == ["50 41 0 5 0 0 4", "50 43 3 4 0 0 0", "50 46 0 4 0 0 0"]


def test_delivered_again_and_applied_again_are_two_numbers(qtbot: QtBot) -> None:
    assert texts(shown(qtbot), "delivered_again", "applied_again") == ["0 0", "8 3", "7 0"]


def test_every_number_names_its_group_for_a_screen_reader(qtbot: QtBot) -> None:
    board = shown(qtbot)
    assert board.rows[0].button("lost").accessibleName() == "metrics: lost 4"


def test_numbers_stand_at_the_right_edges_of_the_specification(qtbot: QtBot) -> None:
    board = shown(qtbot)
    row = board.rows[0]
    edges = {
        key: row.button(key).geometry().right() + 1 - row.button(key).padding_px
        for key in ("produced", "once", "twice", "in_flight", "in_doubt", "dead", "lost")
    }
    expected = (240, 572, 644, 718, 792, 858, 918)
    assert list(edges.values()) == pytest.approx(expected, abs=1)


def test_columns_grow_with_the_widest_number_and_do_not_jump_back(qtbot: QtBot) -> None:
    big = samples.group("metrics", "at-most-once", produced=98_765, applied_once=98_765)
    board = shown(qtbot, big)
    grown = board.rows[0].button("once").geometry()
    small = samples.group("metrics", "at-most-once", produced=7, applied_once=7)
    board.show_frame(samples.frame(groups=(small,)))
    assert board.rows[0].button("once").geometry() == grown


def test_a_narrow_board_drops_what_is_zero_everywhere(qtbot: QtBot) -> None:
    board = shown(qtbot, width=1024)
    row = board.rows[0]
    kept = [key for key in ("in_doubt", "dead", "deliveries", "suppressed") if key in row._buttons]
    assert kept == []
    assert row.button("lost").text() == "4"


@pytest.mark.parametrize(("theme", "width"), [(LIGHT, 1024), (PROJECTOR, 1280)])
def test_a_plate_in_the_last_column_stands_within_its_row(
    qtbot: QtBot, theme: Theme, width: int
) -> None:
    board = shown(qtbot, theme=theme, width=width)
    row = board.rows[1]
    button = row.button("applied_again")
    assert button.value
    assert button.geometry().right() + 1 <= row.width() - 8


def test_the_projector_shows_forty_pixel_digits(qtbot: QtBot) -> None:
    board = shown(qtbot, theme=PROJECTOR, width=1280)
    assert board.wanted_height() == 232
    assert PROJECTOR.role("board").size_px == 40


def test_a_click_on_a_number_says_which(qtbot: QtBot) -> None:
    board = shown(qtbot)
    with qtbot.waitSignal(board.number_clicked) as clicked:
        board.rows[0].button("lost").click()
    assert clicked.args == ["metrics", "lost"]


def test_more_than_four_groups_scroll(qtbot: QtBot) -> None:
    many = tuple(samples.group(f"g{n}", "at-least-once", produced=n) for n in range(9))
    assert shown(qtbot, *many).wanted_height() == 44 + 4 * 38


def test_rows_that_are_scrolled_away_take_turns_and_are_told_when_they_come_in_sight(
    qtbot: QtBot,
) -> None:
    def groups(once: int) -> tuple[GroupRow, ...]:
        return tuple(
            samples.group(f"g{n}", "at-least-once", produced=90, applied_once=once)
            for n in range(20)
        )

    def once() -> list[str]:
        return [row.button("once").text() for row in board.rows]

    board = shown(qtbot, *groups(11))
    board.show()
    board.show_frame(samples.frame(groups=groups(22), is_running=True))
    assert once().count("22") < 8
    assert once()[:4] == ["22"] * 4
    board._area.verticalScrollBar().setValue(10_000)
    assert once() == ["22"] * 20
    for _ in range(20):
        board.show_frame(samples.frame(groups=groups(33), is_running=True))
    assert once() == ["33"] * 20
    board.show_frame(samples.frame(groups=groups(44), is_running=False))
    assert once() == ["44"] * 20


def test_no_group_leaves_room_for_a_sentence(qtbot: QtBot) -> None:
    board = Scoreboard(LIGHT)
    qtbot.addWidget(board)
    board.show_frame(samples.frame(groups=()))
    assert (board.rows, board.wanted_height()) == ([], 82)


def test_the_smallest_part_of_a_bar_is_seen_and_the_parts_fill_it() -> None:
    row = samples.group("g", "at-most-once", produced=10_000, applied_once=9_999, lost=1)
    parts = bar_parts(row, 250, 8)
    assert [(count.key, width) for count, _, width in parts] == [("once", 240), ("lost", 8)]


def test_a_bar_of_six_tiny_parts_keeps_inside_its_width() -> None:
    row = samples.group("g", "at-most-once", produced=6, **{count.field: 1 for count in BUCKETS})
    _, left, width = bar_parts(row, 250, 8)[-1]
    assert left + width == pytest.approx(250)


def test_lost_says_how_sure_the_share_is() -> None:
    count = BUCKETS[-1]
    assert tooltip(samples.groups()[0], count) == "4 of 45 settled, 8.9\u00a0% (3.5–20.7)"


@pytest.mark.parametrize(("hits", "of"), [(0, 0), (0, 10), (10, 10)])
def test_the_interval_stays_between_none_and_all(hits: int, of: int) -> None:
    low, high = wilson(hits, of)
    assert 0 <= low <= high <= 1


def test_the_tick_is_a_comparison() -> None:
    broken = samples.groups()[0]._replace(lost=3)
    assert (samples.groups()[0].adds_up, broken.adds_up) == (True, False)


def test_a_set_that_was_executed_again_has_a_number_of_its_own() -> None:
    rows = (samples.group("orders", "at-least-once", produced=9, reexecuted=3, stale_final=2),)
    assert [count.key for count in shown_counts(rows, False, False)[1]][-1] == "set_again"
    plain = shown_counts(samples.groups(), False, False)[1]
    assert [count.key for count in plain][-1] == "suppressed"
    count = next(count for count in REPEATS if count.key == "applied_again")
    assert tooltip(rows[0], count) == (
        "orders: 0 effects beyond the first; 2 keys were left in an old state"
    )


def test_a_board_that_stands_as_before_moves_no_number(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = shown(qtbot)
    placed: list[object] = []
    monkeypatch.setattr(BoardRow, "_place", lambda _, place, columns: placed.append(place))
    board.set_narrow(False)
    assert placed == []
    board.set_theme(PROJECTOR)
    assert placed != []
