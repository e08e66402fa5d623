"""Can every column of the price table be told from the others?"""

from itertools import pairwise

from playground.ui.panels.price_heads import GAP_PX, heads


def width(text: str) -> float:
    return 6.0 * len(text)


def test_names_stay_whole_where_there_is_room() -> None:
    found = heads(["billing-a", "billing-b"], 43, 150, width)
    assert [head.lines for head in found] == [("billing-a",), ("billing-b",)]


def test_names_are_broken_at_a_hyphen_before_they_are_cut() -> None:
    found = heads(["mark-first", "mark-last", "one-commit"], 43, 150, width)
    assert [head.lines for head in found] == [
        ("mark-", "first"),
        ("mark-", "last"),
        ("one-", "commit"),
    ]


def test_a_long_word_reaches_under_the_name_before_it() -> None:
    found = heads(["inbox", "transaction", "two-phase"], 43, 149, width)
    assert [head.lines for head in found] == [
        ("inbox",),
        ("", "transaction"),
        ("two-", "phase"),
    ]


def test_names_that_begin_alike_still_differ_when_they_are_cut() -> None:
    names = ["warehousesnorth" * 2, "warehousessouth" * 2, "warehouseswest" * 2]
    found = heads(names, 43, 149, width)
    assert len({head.lines for head in found}) == 3
    assert all("…" in head.lines[0] for head in found[1:])


def test_columns_have_room_for_their_values_and_fill_no_more_than_there_is() -> None:
    for names in (["a"], ["a", "b"], ["mark-first", "transaction", "warehousesnorth"]):
        found = heads(names, 43, 149, width)
        assert all(head.wide_px >= 43 for head in found)
        assert sum(head.wide_px for head in found) + GAP_PX * (len(found) - 1) <= 149


def test_a_name_that_reaches_to_the_left_covers_no_other() -> None:
    found = heads(["transaction", "transaction2", "transaction3"], 43, 149, width)
    for before, head in pairwise(found):
        if head.lines[0] == "":
            assert len(before.lines) == 1
