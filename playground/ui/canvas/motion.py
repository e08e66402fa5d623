"""How does a change move: what has just happened, drawn as a function of its age?

Pure. An age is wall milliseconds, ``(now − at) / speed``, so that pause, step and scrub show the
same picture. Above ten times life nothing flashes, and never more than three things a second.
"""

from collections.abc import Sequence
from typing import NamedTuple

from playground.session.frame import ConsumerView, FaultMark, Frame

FASTEST_WITH_FLASHES = 10.0
FLASH_MS = 240.0
CALM_POP_MS = 600.0
CALM_OUTLINE_MS = 1_000.0
APART_MS = 400.0  # between two crash rings of one node
MOST_A_SECOND = 3
MOST_MARKS = 40  # newest marks that are looked at
RIPPLE_PX = 12.0
POP_PX = (12.8, 20.0)
PULSE = 0.12


class Pulse(NamedTuple):
    """How a plate shows that its number has changed."""

    scale: float
    is_outlined: bool


STILL = Pulse(1.0, False)


class Flash(NamedTuple):
    """A ring that is seen for a moment: round a crashed node, or at a suppressed duplicate."""

    node: str
    kind: str  # "crash" or "pop"
    at_us: int
    share: float  # of its life, eased


class Rhythm:
    """Which flashes may be seen: three a second, whatever happens."""

    def __init__(self) -> None:
        self._begun: dict[tuple[str, str, int], bool] = {}
        self._now_us = 0

    def admits(self, key: tuple[str, str, int], now_us: int, speed: float) -> bool:
        """Whether this one, (place, kind, moment), is among them; it stays what it was."""
        if now_us < self._now_us:
            self._begun.clear()
        self._now_us = now_us
        if key not in self._begun:
            for old in [k for k in self._begun if wall_ms(now_us - k[2], speed) > 2_000]:
                del self._begun[old]
            near = [
                seen
                for (_, _, at_us), seen in self._begun.items()
                if seen and wall_ms(abs(key[2] - at_us), speed) < 1_000
            ]
            self._begun[key] = len(near) < MOST_A_SECOND
        return self._begun[key]


def wall_ms(age_us: int, speed: float) -> float:
    """How long ago something was for the one who watches."""
    return age_us / max(speed, 1e-6) / 1_000


def eased_out(share: float) -> float:
    """Fast, then slow."""
    share = min(max(share, 0.0), 1.0)
    return 1 - (1 - share) ** 2


def eased(share: float) -> float:
    """Slow, fast, slow."""
    share = min(max(share, 0.0), 1.0)
    return 2 * share * share if share < 0.5 else 1 - 2 * (1 - share) ** 2


def flashes(frame: Frame, *, is_calm: bool = False) -> tuple[Flash, ...]:
    """The rings of this moment; where motion is reduced a crash has its outline only."""
    if frame.speed > FASTEST_WITH_FLASHES:
        return ()
    result: list[Flash] = []
    if not is_calm:
        for mark in rippling(frame.marks, frame.now_us, frame.speed):
            age_ms = wall_ms(frame.now_us - mark.at_us, frame.speed)
            share = eased_out(age_ms / FLASH_MS)
            result.append(Flash(mark.place, "crash", mark.at_us, share))
    life_ms = CALM_POP_MS if is_calm else FLASH_MS
    for view in frame.nodes:
        if isinstance(view, ConsumerView) and view.is_up and view.suppressed is not None:
            age_ms = wall_ms(frame.now_us - view.suppressed_us, frame.speed)
            if 0 <= age_ms < life_ms:
                share = 0.0 if is_calm else eased_out(age_ms / life_ms)
                result.append(Flash(view.id, "pop", view.suppressed_us, share))
    return tuple(result)


def rippling(marks: Sequence[FaultMark], now_us: int, speed: float) -> list[FaultMark]:
    """The crashes that are young enough, and not the second one of a node within 400 ms."""
    crashes = [mark for mark in marks[-MOST_MARKS:] if mark.kind == "crash"]
    return [
        mark
        for mark in crashes
        if 0 <= wall_ms(now_us - mark.at_us, speed) < FLASH_MS
        and not any(
            other.place == mark.place and 0 < wall_ms(mark.at_us - other.at_us, speed) < APART_MS
            for other in crashes
        )
    ]


def pulse(age_ms: float, *, is_calm: bool = False) -> Pulse:
    """How a plate looks whose number went up so long ago."""
    if is_calm:
        return Pulse(1.0, 0 <= age_ms < CALM_OUTLINE_MS)
    if not 0 <= age_ms < FLASH_MS:
        return STILL
    return Pulse(1 + PULSE * (1 - abs(2 * age_ms / FLASH_MS - 1)), False)
