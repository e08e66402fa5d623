"""What is wrong with a scenario file, where, and what can be done about it?"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple, NoReturn

LONGEST_LINE = 200
LONGEST_QUOTE = 40
MOST_LINES = 20
LONGEST_PATH = 80
MOST_COMPARED_CHARACTERS = 60_000
"""Looking for the nearest name is slow; a file with thousands of mistakes must not take seconds."""

Path = tuple[str | int, ...]
"""The keys and list positions that lead to a value: ``("links", 0, "loss")``."""


Suggest = Callable[[str, Collection[str]], str | None]
"""Finds the valid name that was probably meant: ``nearest``, or a ProblemList's own."""


class Place(NamedTuple):
    """A position in the file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: its place, its path in the file, and a sentence with the remedy."""

    line: int
    column: int
    path: str
    sentence: str


class ScenarioError(Exception):
    """A file that cannot be a scenario, with every problem that was found in it."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        super().__init__(file, tuple(problems))
        self.file = file
        self.problems = tuple(problems)

    def lines(self, limit: int = MOST_LINES) -> list[str]:
        """``FILE:LINE:COL: path: sentence`` for the first problems, then how many more."""
        lines = [line_of(self.file, problem) for problem in self.problems[:limit]]
        if len(self.problems) > limit:
            lines.append(f"and {len(self.problems) - limit} more")
        return lines

    def __str__(self) -> str:
        return "\n".join(self.lines())


def line_of(file: str, problem: Problem) -> str:
    """One line for a terminal, without characters that a terminal would obey."""
    line = (
        f"{visible(file)}:{problem.line}:{problem.column}: "
        f"{visible(problem.path)}: {visible(problem.sentence)}"
    )
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"


class ProblemList:
    """The problems of one file, as they are found; ``touches`` lets a mistake be told once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: list[Problem] = []
        self._touched: set[Path] = set()
        self._compared = 0

    def __len__(self) -> int:
        return len(self._problems)

    def add(self, place: Place, path: Path, sentence: str) -> None:
        """Note a problem and go on."""
        self._problems.append(Problem(place.line, place.column, path_text(path), sentence))
        self.touch(path)

    def refuse(self, place: Place, path: Path, sentence: str) -> NoReturn:
        """End the check with this one sentence."""
        raise ScenarioError(
            self.file, (Problem(place.line, place.column, path_text(path), sentence),)
        )

    def touch(self, path: Path) -> None:
        """A value that is wrong, or meant by a misspelling: nothing can be concluded from it."""
        for length in range(1, len(path) + 1):
            self._touched.add(path[:length])

    def touches(self, path: Path) -> bool:
        """Whether something is wrong at this path or below it."""
        return path in self._touched

    def suggest(self, word: str, words: Collection[str]) -> str | None:
        """The nearest valid name, while there are few mistakes."""
        self._compared += sum(map(len, words))
        return nearest(word, words) if self._compared <= MOST_COMPARED_CHARACTERS else None

    def in_order(self) -> tuple[Problem, ...]:
        """By position in the file."""
        return tuple(sorted(self._problems, key=lambda found: (found.line, found.column)))


def nearest(word: str, words: Collection[str]) -> str | None:
    """The valid name that was probably meant, whatever its case and its hyphens."""
    by_likeness = {_likeness(valid): valid for valid in words}
    found = get_close_matches(_likeness(word[:64]), by_likeness, 1, 0.6)
    return by_likeness[found[0]] if found else None


def _likeness(word: str) -> str:
    return word.lower().replace("_", "-")


def path_text(path: Path) -> str:
    """``nodes.billing.guarantee``, ``links[0].loss``; the file itself is ``scenario``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{shortened(step)}"
    text = text.removeprefix(".") or "scenario"
    return text if len(text) <= LONGEST_PATH else f"…{text[1 - LONGEST_PATH :]}"


def one_of(words: Sequence[str], conjunction: str = "or") -> str:
    """``a, b or c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def quoted(text: str) -> str:
    """A word of the file in quotes, short."""
    return f"'{shortened(text)}'"


def shortened(text: str) -> str:
    """At most as long as a name that one can still recognise."""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def visible(text: str) -> str:
    """Control and direction characters written out, so that a line stays a line."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else f"\\u{ord(character):04x}" for character in text
    )
