"""In which units does the engine count, and between which bounds?

Time is an integer number of virtual microseconds; chances are fractions of one; rates are per
second. A field's unit, bounds and help stand in its annotation, once: the loader, the JSON Schema
and the inspector's forms all grow from there.
"""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, Unit

US_PER_MS = 1_000
US_PER_S = 1_000_000
LONGEST_US = 10**13

Duration = Annotated[int, Unit("us"), Interval(ge=0, le=LONGEST_US)]
"""Virtual microseconds, 0 to 10^13 (about 116 days)."""

Chance = Annotated[float, Unit("share"), Interval(ge=0.0, le=1.0)]
"""A probability as a fraction, 0 to 1; written as per cent in a file."""

Rate = Annotated[float, Unit("per_s"), Interval(gt=0.0, le=5_000.0)]
"""Messages per second, above 0 and at most 5 000."""

Count = Annotated[int, Interval(ge=1, le=10_000_000)]
"""How many, at least one."""


@dataclass(frozen=True, slots=True)
class Help:
    """One sentence for the person who sets this parameter."""

    text: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The word in a file that stands for ``None``: no limit, no target, nothing of the kind."""

    word: str


def format_us(at_us: int) -> str:
    """Virtual time for a sentence: ``11.9 s``, ``250 ms``, ``40 µs``."""
    if abs(at_us) >= US_PER_S:
        return f"{at_us / US_PER_S:.2f}".rstrip("0").rstrip(".") + " s"
    if abs(at_us) >= US_PER_MS:
        return f"{at_us / US_PER_MS:.2f}".rstrip("0").rstrip(".") + " ms"
    return f"{at_us} µs"
