"""What can be asked of the command ``prove``, and with which words?

Only the words stand here, so that naming the command costs nothing; the proof itself is imported
when it is done.
"""

import argparse
import os
from typing import Any

MOST_WORKERS = 64


def add_prove(commands: Any) -> argparse.ArgumentParser:
    """The parser of the command; the caller says what it does."""
    from playground.checker.bounds import CATALOGUE, DEFAULT_CATALOGUE, DEFAULT_PROPERTIES

    parser: argparse.ArgumentParser = commands.add_parser(
        "prove",
        help="search all ways in which a few faults could break a promise",
        epilog="Ends with 0 if all is certified, 1 with a counterexample, 2 on bad input, "
        "3 if something is inconclusive or vacuous.",
    )
    add = parser.add_argument
    add("scenario", nargs="?", help="a preset's name or a file")
    add("--messages", type=_messages, default=2, metavar="N", help="of each producer, default 2")
    add("--faults", type=_faults, default=2, metavar="K", help="at most so many, default 2")
    add(
        "--catalogue",
        type=_catalogue,
        default=DEFAULT_CATALOGUE,
        metavar="A,B",
        help=f"of {', '.join(CATALOGUE)}; default {','.join(DEFAULT_CATALOGUE)}",
    )
    add(
        "--property",
        type=_properties,
        default=DEFAULT_PROPERTIES,
        metavar="A,B",
        help="of loss, duplicate_effect, stuck, out_of_order; default the first three",
    )
    add("--any-timing", action="store_true", help="whatever the latencies and timers are")
    add(
        "--asynchronous",
        action="store_true",
        help="with --any-timing: any timer may fire at any moment, which is no fault then",
    )
    add("--group", action="append", default=[], metavar="G", help="this group; may come again")
    add("--first", action="store_true", help="only the smallest sets of faults, not all minimal")
    add("--seconds", type=_seconds, metavar="S", help="stop after so long: inconclusive")
    add("--workers", type=_workers, default=_default_workers(), metavar="N", help="processes")
    add("--json", action="store_true", help="print one JSON object")
    add("--out", metavar="CERT.json", help="write the certificate")
    add("--save", metavar="FOLDER", help="write each counterexample as a scenario")
    add("--verify", metavar="CERT.json", help="run a certificate again and compare")
    return parser


def _default_workers() -> int:
    return min(4, os.cpu_count() or 1)


def _whole(text: str, lowest: int, highest: int, what: str) -> int:
    if not text.isdigit() or len(text) > 9 or not lowest <= int(text) <= highest:
        raise argparse.ArgumentTypeError(
            f"{what} is a whole number from {lowest} to {highest}, not {text!r}"
        )
    return int(text)


def _messages(text: str) -> int:
    from playground.checker.bounds import MOST_MESSAGES

    return _whole(text, 1, MOST_MESSAGES, "the number of messages")


def _faults(text: str) -> int:
    from playground.checker.bounds import MOST_FAULTS

    return _whole(text, 0, MOST_FAULTS, "the number of faults")


def _workers(text: str) -> int:
    return _whole(text, 1, MOST_WORKERS, "the number of workers")


def _seconds(text: str) -> float:
    return float(_whole(text.removesuffix("s").rstrip(), 1, 86_400, "the time in seconds"))


def _words(text: str, known: tuple[str, ...], what: str) -> tuple[str, ...]:
    from playground.scenario.problem import nearest, one_of

    words = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    for word in words:
        if word not in known:
            meant = nearest(word, known)
            remedy = f"did you mean {meant}?" if meant else f"write some of {one_of(known, 'and')}"
            raise argparse.ArgumentTypeError(f"{word!r} is no {what}; {remedy}")
    if not words:
        raise argparse.ArgumentTypeError(f"name at least one {what}")
    return words


def _catalogue(text: str) -> tuple[str, ...]:
    from playground.checker.bounds import CATALOGUE

    chosen = _words(text, CATALOGUE, "fault")
    return tuple(kind for kind in CATALOGUE if kind in chosen)


def _properties(text: str) -> tuple[str, ...]:
    from playground.checker.bounds import PROPERTIES

    # The words of a sentence are understood as well.
    chosen = _words(text.replace("-", "_"), PROPERTIES, "property")
    return tuple(each for each in PROPERTIES if each in chosen)
