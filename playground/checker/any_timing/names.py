"""Which tokens, offsets, incarnations and sessions are alive, and what are they called?

Handlers only ever compare these numbers with one another: which number it is says nothing. So the
numbers alive in a state are renamed to 1, 2, 3 …, and two histories that differ in nothing but how
often something was tried lead to one state. Under fencing tokens are compared by size: there they
keep their order. A *weak* mention keeps no number alive: a note about a token that nobody holds
any more is dropped.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Name(NamedTuple):
    """One number of a kind that belongs to a node."""

    kind: str  # token, offset, incarnation, session, attempt
    owner: str  # the node, for attempts the message too
    number: int
    rank: int = 0  # what it is sorted by before its own size: the offset that a token is for


class Names(NamedTuple):
    """The numbers that a part of a state mentions."""

    strong: frozenset[Name]
    weak: frozenset[Name] = frozenset()


NO_NAMES = Names(frozenset())

FRESH_OFFSET = 100
FRESH_TOKEN = 1000
"""What a queue gives out next: above every renamed number, so that nothing is confused."""

Renaming = dict[tuple[str, str], dict[int, int]]
"""By kind and owner: old number -> new number. A number that is not in it is dead."""


def renaming_of(parts: Iterable[Names]) -> Renaming | None:
    """How the numbers of a state are to be renamed; ``None`` where all is well as it is."""
    strong: dict[tuple[str, str], dict[int, int]] = {}
    weak: set[tuple[str, str, int]] = set()
    for part in parts:
        for kind, owner, number, rank in part.strong:
            numbers = strong.setdefault((kind, owner), {})
            numbers[number] = max(rank, numbers.get(number, rank))
        weak.update((kind, owner, number) for kind, owner, number, _ in part.weak)
    found: Renaming = {}
    is_identity = True
    for (kind, owner), ranks in strong.items():
        first = 0 if kind == "offset" else 1
        ordered = sorted(ranks, key=lambda number: (ranks[number], number))
        found[kind, owner] = {old: new for new, old in enumerate(ordered, first)}
        is_identity = is_identity and ordered == list(range(first, first + len(ordered)))
    for kind, owner, number in weak:
        if number not in found.get((kind, owner), ()):
            is_identity = False
    return None if is_identity else found
