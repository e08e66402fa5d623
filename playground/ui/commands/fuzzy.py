"""How well do a few typed letters fit a line of text?

Pure. The query is parted into words; each of them must be found, at the beginning of a word, in
the middle of one, or scattered in its order through the text. The order of the words is free.
"""

import re
from collections.abc import Iterable, Sequence

PREFIX, INSIDE, SCATTERED = 3.0, 2.0, 1.0
WHOLE = 0.5  # a word that is typed to its end
EARLY = 0.25  # for a word that stands where it was typed
_WORD = re.compile(r"[\w.×/-]+")
_ARROW = re.compile(r"->|→|>")


def words_of(text: str) -> list[str]:
    """The words of a text in small letters; arrows are no words."""
    return _WORD.findall(_ARROW.sub(" ", text.casefold()))


def score(query: str, text: str) -> float:
    """How well a query fits, 0 where it does not; an empty one fits everything a little."""
    wanted, there = words_of(query), words_of(text)
    if not wanted:
        return EARLY
    total = 0.0
    last = -1
    for word in wanted:
        best, at = _best(word, there)
        if best <= 0:
            return 0.0
        total += best + (EARLY if at > last else 0.0)
        last = at
    return total / len(wanted)


def _best(word: str, there: Sequence[str]) -> tuple[float, int]:
    best, at = 0.0, -1
    for index, other in enumerate(there):
        if other.startswith(word):
            found = PREFIX + (WHOLE if other == word else 0.0)
        elif word in other:
            found = INSIDE
        else:
            found = SCATTERED * _density(word, other)
        if found > best:
            best, at = found, index
    return best, at


def _density(word: str, other: str) -> float:
    """1 where the letters stand side by side, less the farther apart, 0 where one is missing."""
    if len(word) < 2 or word[0] != other[0]:
        return 0.0
    first = at = 0
    for letter in word:
        at = other.find(letter, at) + 1
        if not at:
            return 0.0
    return len(word) / (at - first)


def ranked(query: str, texts: Iterable[str], most: int) -> list[int]:
    """The indexes of the best texts, the best first; equal ones keep their order."""
    scored = [(score(query, text), index, text) for index, text in enumerate(texts)]
    fitting = [each for each in scored if each[0] > 0]
    if words_of(query):
        fitting.sort(key=lambda each: (-each[0], len(words_of(each[2])), each[1]))
    return [index for _, index, _ in fitting[:most]]
