"""Do the words under a stage bar stand apart, each under its own cell?"""

from playground.ui.canvas.stage_labels import GAP_PX, MOST_ASIDE_PX, Word, centres


def test_words_with_room_stand_in_the_middle_of_their_cells() -> None:
    words = [Word(50, 30), Word(120, 30), Word(190, 30)]
    assert centres(words, -1, 0, 240) == {0: 50, 1: 120, 2: 190}


def test_words_that_would_touch_step_aside_and_none_is_left_out() -> None:
    words = [Word(35, 44), Word(75, 40), Word(115, 30)]
    found = centres(words, -1, 10, 240)
    assert sorted(found) == [0, 1, 2]
    for left, right in ((0, 1), (1, 2)):
        gap = found[right] - found[left] - (words[left].width + words[right].width) / 2
        assert gap >= GAP_PX - 0.01


def test_no_word_reaches_over_the_edge_of_the_card() -> None:
    words = [Word(20, 50), Word(220, 50)]
    found = centres(words, -1, 0, 240)
    assert found == {0: 25, 1: 215}


def test_where_there_is_no_room_the_word_of_the_cell_at_work_stands() -> None:
    words = [Word(20, 60), Word(40, 60), Word(60, 60)]
    assert list(centres(words, 2, 0, 90)) == [2]


def test_no_word_steps_so_far_aside_that_it_could_be_its_neighbours() -> None:
    words = [Word(30, 60), Word(60, 60)]
    found = centres(words, -1, 0, 240)
    assert all(abs(found[i] - words[i].centre) <= MOST_ASIDE_PX for i in found)
    assert list(found) == [0]
