"""Does a cue card find a place where it covers nothing, or a strip of its own?"""

from PySide6.QtCore import QRectF

from playground.ui.stage.card_place import Type, best, set_in, strip_px

WHOLE = QRectF(0, 0, 1280, 432)
KIND = Type(36.0, 24.0, 12.0, lambda text: 13.0 * len(text))
SHORT = "It dies here."
LONG = "Worker-b has marked order 2 shipped, and then completed it twice over."


def test_in_an_empty_room_it_stands_at_the_lower_left() -> None:
    placed = best(SHORT, WHOLE, (), KIND)
    assert (placed.box.left(), placed.box.bottom()) == (16.0, 426.0)
    assert placed.lines == (SHORT,)


def test_where_that_is_taken_it_stands_elsewhere() -> None:
    taken = QRectF(0, 300, 400, 132)
    placed = best(SHORT, WHOLE, (taken,), KIND)
    assert not placed.box.intersects(taken)


def test_it_is_set_narrower_to_fit_beside_a_node() -> None:
    nodes = (QRectF(560, 0, 720, 432), QRectF(0, 0, 560, 250))
    placed = best(LONG, WHOLE, nodes, KIND)
    assert placed.covered_px2 == 0
    assert len(placed.lines) > 1


def test_no_word_is_lost() -> None:
    for wide in (400, 600, 1100):
        assert " ".join(set_in(LONG, wide, KIND)[0]) == LONG


def test_no_word_stands_alone_in_the_last_line() -> None:
    text = "Order 14 is charged, then billing crashes before it can ack."
    lines, _ = set_in(text, 13 * 58 + 48, KIND)
    assert lines == ("Order 14 is charged, then billing", "crashes before it can ack.")


def test_where_there_is_no_place_a_strip_as_high_as_the_highest_card_is_kept() -> None:
    full = (WHOLE,)
    assert strip_px((SHORT,), WHOLE, (), KIND) == 0
    assert strip_px((SHORT, LONG), WHOLE, full, KIND) >= 36 + 12
