"""How is a duration, a rate, a chance or a number written in a file, and what does it mean?

Texts become microseconds, messages per second and fractions here, once, exactly: ``7.3 s`` is
7 300 000 µs. Writing chooses the shortest exact text, so that reading it gives the same number.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from playground.engine.units import US_PER_MS, US_PER_S
from playground.scenario.problem import Suggest, nearest, one_of, quoted

UnitName = Literal["us", "share", "per_s"]

US_PER_MIN = 60 * US_PER_S
US_PER_H = 60 * US_PER_MIN

UNITS: dict[UnitName, dict[str, Fraction]] = {
    "us": {
        "us": Fraction(1),
        "ms": Fraction(US_PER_MS),
        "s": Fraction(US_PER_S),
        "min": Fraction(US_PER_MIN),
        "h": Fraction(US_PER_H),
    },
    "per_s": {"/s": Fraction(1), "/min": Fraction(1, 60), "/h": Fraction(1, 3600)},
    "share": {"%": Fraction(1, 100)},
}
"""What one of each unit is worth in the number that the engine keeps."""

NOUNS: dict[UnitName, str] = {"us": "a duration", "per_s": "a rate", "share": "a chance"}
EXAMPLES: dict[UnitName, str] = {"us": "20 ms", "per_s": "5 /s", "share": "10 %"}

DECIMAL = r"(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|\.[0-9]+)"
_NUMBER = re.compile(f"-?{DECIMAL}")
_QUANTITY = re.compile(f"(-?{DECIMAL}) *([^0-9.]+)?")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)")
_LONGEST_NUMBER = 400
LONGEST_WHOLE = 18


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a text is not a value of its field, in a sentence with the remedy."""

    sentence: str


def read_quantity(text: str, unit: UnitName, suggest: Suggest = nearest) -> Fraction | Unreadable:
    """The exact value in the engine's unit."""
    match = _QUANTITY.fullmatch(text) if len(text) <= _LONGEST_NUMBER else None
    units = UNITS[unit]
    if match is None:
        return Unreadable(
            f"{quoted(text)} is not {NOUNS[unit]}. "
            f"Write a number and a unit, like {EXAMPLES[unit]}."
        )
    number = Fraction(match[1])
    word = match[2]
    if word is None:
        if number == 0:
            return number
        return Unreadable(
            f"{quoted(text)} has no unit. "
            f"Write it with {one_of(list(units))}, like {EXAMPLES[unit]}."
        )
    if word not in units:
        meant = suggest(word, units)
        return Unreadable(
            f"{quoted(word)} is not a unit of {NOUNS[unit]}. "
            + (f"Did you mean {quoted(meant)}?" if meant else f"Write {one_of(list(units))}.")
        )
    return number * units[word]


def read_number(text: str) -> Fraction | Unreadable:
    """A decimal number without unit; ``1e3``, ``.inf`` and ``.nan`` are none."""
    if len(text) > _LONGEST_NUMBER or _NUMBER.fullmatch(text) is None:
        return Unreadable(f"{quoted(text)} is not a number. Write it in digits: 2.5.")
    return Fraction(text)


def read_whole(text: str) -> int | Unreadable:
    """A whole number; ``010``, ``0x1F`` and ``1_000`` are none."""
    if _WHOLE.fullmatch(text) is None:
        return Unreadable(f"{quoted(text)} is not a whole number. Write it in digits: 20.")
    if len(text) > LONGEST_WHOLE:
        return Unreadable(f"{quoted(text)} is too large. Write at most {LONGEST_WHOLE} digits.")
    return int(text)


def write_quantity(value: float, unit: UnitName) -> str:
    """The shortest exact text: ``1.5 s``, ``300 /min``, ``0.1 %``."""
    if unit == "us":
        return write_duration(int(value))
    if value == 0:
        return f"0 {next(iter(UNITS[unit]))}"
    texts: list[tuple[str, str]] = []
    for word, worth in UNITS[unit].items():
        # Exact, and as the nearest short decimal: a third of a second is one text in each.
        for candidate in (Fraction(repr(value)) / worth, Fraction(repr(float(value / worth)))):
            text = _decimal(candidate)
            if text is not None and float(Fraction(text) * worth) == value:
                texts.append((text, word))
    number, word = min(texts, key=lambda written: len(written[0]))
    return f"{number} {word}"


def write_duration(value_us: int) -> str:
    """``40 us``, ``1.5 ms``, ``60 s``, ``10 min``, ``2 h``: exact, in the unit one would say."""
    if value_us == 0:
        return "0 s"
    for word, worth, least in (("h", US_PER_H, 1), ("min", US_PER_MIN, 5)):
        if value_us % worth == 0 and value_us >= least * worth:
            return f"{value_us // worth} {word}"
    for word, worth in (("s", US_PER_S), ("ms", US_PER_MS)):
        if value_us >= worth:
            return f"{_decimal(Fraction(value_us, worth))} {word}"
    return f"{value_us} us"


def write_number(value: float) -> str:
    """A number without unit and without exponent."""
    text = _decimal(Fraction(repr(value)))
    assert text is not None
    return text


def _decimal(value: Fraction) -> str | None:
    """The exact decimal without exponent, or None where there is none."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return None
    sign = "-" if value < 0 else ""
    value = abs(value)
    places = 0
    while value.denominator != 1:
        value *= 10
        places += 1
    digits = str(value.numerator).rjust(places + 1, "0")
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
