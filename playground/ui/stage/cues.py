"""Which cue card is shown at a virtual time, and which comes next?

Pure: the cards of a scenario and a moment in, a card out. A card is a function of time alone, so
that pausing, going back and starting again show the right one without being told.
"""

from collections.abc import Sequence

from playground.scenario.model import Cue

READING_MS = 8_000.0
"""How long a card stays on the desk, in milliseconds of the one who watches."""


def in_time(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """The cards by their moment; of those at one moment the last in the file comes last."""
    return tuple(sorted(cues, key=lambda cue: cue.at_us))


def shown(cues: Sequence[Cue], now_us: int) -> Cue | None:
    """The card that is up at a moment: the last one that has come."""
    come = [cue for cue in cues if cue.at_us <= now_us]
    return come[-1] if come else None


def following(cues: Sequence[Cue], now_us: int) -> Cue | None:
    """The first card after a moment."""
    return next((cue for cue in cues if cue.at_us > now_us), None)


def preceding(cues: Sequence[Cue], now_us: int) -> Cue | None:
    """Where *back* leads: the beginning of this card, or from there the card before it."""
    before = [cue for cue in cues if cue.at_us < now_us]
    return before[-1] if before else None


def waiting(cues: Sequence[Cue], now_us: int, held_us: int) -> Cue | None:
    """The next card at which the run waits; not the one at which it has waited already."""
    return next(
        (cue for cue in cues if cue.pause and cue.at_us >= now_us and cue.at_us != held_us), None
    )


def place(cues: Sequence[Cue], cue: Cue) -> str:
    """Which card of how many: ``2 of 5``."""
    return f"{cues.index(cue) + 1} of {len(cues)}"
