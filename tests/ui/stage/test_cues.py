"""Is a cue card a function of time alone?"""

from playground.scenario.model import Cue
from playground.ui.stage import cues

S = 1_000_000
FIRST = Cue(at_us=0, say="It begins.")
SECOND = Cue(at_us=3 * S, say="It dies.", pause=True)
THIRD = Cue(at_us=9 * S, say="It is over.")
ALL = (FIRST, SECOND, THIRD)


def test_cards_are_in_order_of_time_whatever_the_file_says() -> None:
    assert cues.in_time((THIRD, FIRST, SECOND)) == ALL


def test_a_card_is_up_from_its_moment_until_the_next_one() -> None:
    moments = {0: FIRST, 3 * S - 1: FIRST, 3 * S: SECOND, 9 * S: THIRD, 99 * S: THIRD}
    assert {at: cues.shown(ALL, at) for at in moments} == moments


def test_before_the_first_card_there_is_none() -> None:
    assert cues.shown((SECOND,), 2 * S) is None


def test_next_is_the_first_card_to_come() -> None:
    assert cues.following(ALL, 0) == SECOND
    assert cues.following(ALL, 9 * S) is None


def test_back_is_the_beginning_of_this_card_and_from_there_the_one_before() -> None:
    assert cues.preceding(ALL, 5 * S) == SECOND
    assert cues.preceding(ALL, 3 * S) == FIRST
    assert cues.preceding(ALL, 0) is None


def test_a_run_waits_at_a_card_once() -> None:
    assert cues.waiting(ALL, 0, -1) == SECOND
    assert cues.waiting(ALL, 3 * S, -1) == SECOND
    assert cues.waiting(ALL, 3 * S, 3 * S) is None
