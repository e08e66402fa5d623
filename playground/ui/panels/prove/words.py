"""What does the page say about a proof: while it runs, when it is done, of each verdict?"""

import re
from dataclasses import replace

from playground.checker.bounds import Bounds, FaultKind, Property
from playground.checker.certificate_text import verdict_lines
from playground.checker.explore import Progress
from playground.checker.verdict import Proof, Verdict, Word
from playground.ui.format import THIN_SPACE, decimal, number

EMPTY = "Choose how many faults to try, then run."
BEGINS = "The search begins…"
SEARCHING = "Searching, the fewest faults first. Cancel shows what is known by then."
CHANGED = "The scene has changed since. These verdicts are about the scene as it was."
ON_CANVAS = "A counterexample is on the canvas; these verdicts are about its scene."
NO_GROUP = "There is no consumer group to prove anything about. Link a consumer to a queue."
NOT_DRAWN = "There are too many sets to draw them all; this one is only named"

_COMMA = re.compile(r"(?<=\d),(?=\d{3})")

CHIPS: dict[Word, str] = {
    "certified": "Certified",
    "counterexample": "Counterexample",
    "inconclusive": "Inconclusive",
    "vacuous": "Vacuous",
}
FAULTS: dict[FaultKind, str] = {
    "drop": "packet lost",
    "late": "packet late",
    "duplicate": "packet twice",
    "crash": "crash",
    "pause": "pause",
    "broker-crash": "broker crash",
}
"""What a check box is called; its tooltip has the sentence."""
PACKETS: tuple[FaultKind, ...] = ("drop", "late", "duplicate")
PROCESSES: tuple[FaultKind, ...] = ("crash", "pause", "broker-crash")
PROMISES: dict[Property, str] = {
    "loss": "not lost",
    "duplicate_effect": "not twice",
    "stuck": "finished",
    "out_of_order": "in order",
}


def faults(count: int) -> str:
    """``1 fault``, ``3 faults``."""
    return "1 fault" if count == 1 else f"{count} faults"


def progress_words(progress: Progress, bounds: Bounds) -> str:
    """``598 of 8 975 schedules, 2 of 3 faults``: exact, never an estimate."""
    level = f"{progress.faults} of {faults(bounds.faults)}"
    if not progress.of:
        return f"{number(progress.total)} states, {level}"
    return f"{number(progress.done)} of {number(progress.of)} schedules, {level}"


def found_words(progress: Progress) -> str:
    """Which part of the scene is searched, and what has been found on the way."""
    part = f"Part {progress.part} of {progress.parts} · " if progress.parts > 1 else ""
    count = len(progress.broken)
    if not count:
        return f"{part}nothing found so far" if part else "Nothing found so far"
    return f"{part}{count} promise{'' if count == 1 else 's'} broken so far"


def head_words(proof: Proof) -> str:
    """What was asked and what it took, in one line."""
    bounds = proof.bounds
    messages = "1 message" if bounds.messages == 1 else f"{bounds.messages} messages"
    return (
        f"{proof.scenario} · {proof.method} · {messages} of each producer, "
        f"at most {faults(bounds.faults)} · {decimal(proof.seconds, 1)} s"
    )


def counted(proof: Proof) -> str:
    """``6 certified, 3 counterexamples``."""
    count = {word: sum(each.word == word for each in proof.verdicts) for word in CHIPS}
    plural = "" if count["counterexample"] == 1 else "s"
    said = {**{word: word for word in CHIPS}, "counterexample": f"counterexample{plural}"}
    return ", ".join(f"{many} {said[word]}" for word, many in count.items() if many)


def honest_words(verdict: Verdict, proof: Proof) -> str:
    """What was done for a verdict and what was seen, without the sets."""
    lines = list(verdict_lines(replace(verdict, minimal=()), proof))[1:]
    text = " ".join(line.strip() for line in lines)
    if verdict.word == "counterexample":
        many = len(verdict.minimal)
        smallest = "without any fault" if not verdict.faults else f"with {faults(verdict.faults)}"
        text = f"Broken {smallest}. {_sets(many)} {text}"
    return _COMMA.sub(THIN_SPACE, text)


def _sets(many: int) -> str:
    if many == 1:
        return "One set of faults does it, none of them too many."
    return f"{number(many)} sets of faults do it, none with a fault too many."
