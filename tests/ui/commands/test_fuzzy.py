"""Do a few letters find what was meant?"""

from playground.ui.commands.fuzzy import ranked, score

TEXTS = [
    "Crash billing",
    "Arm crash of billing: before ack",
    "Cut orders → billing",
    "Cut shop → orders",
    "Open 5 Payment charged twice",
    "Run",
    "Restart billing",
]


def best(query: str) -> str:
    found = ranked(query, TEXTS, 10)
    return TEXTS[found[0]] if found else ""


def test_words_in_any_order_and_case_find_it() -> None:
    assert best("crash billing") == best("BILLING crash") == "Crash billing"


def test_the_beginnings_of_words_are_enough() -> None:
    assert best("cr bil") == "Crash billing"
    assert best("op pay") == "Open 5 Payment charged twice"


def test_a_letter_left_out_does_not_matter() -> None:
    assert best("crsh bil") == "Crash billing"


def test_an_arrow_can_be_typed() -> None:
    assert best("cut orders -> billing") == "Cut orders → billing"
    assert best("cut shop->orders") == "Cut shop → orders"


def test_every_word_must_be_found() -> None:
    assert score("crash nobody", "Crash billing") == 0


def test_the_whole_word_comes_before_its_beginning() -> None:
    assert ranked("run", ["Runway", "Run"], 2) == [1, 0]


def test_nothing_typed_shows_everything_in_its_order() -> None:
    assert ranked("", TEXTS, 3) == [0, 1, 2]
