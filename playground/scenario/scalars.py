"""What does one text mean for one field, and which text gives that value back?

The inspector's line edits use the same two functions as the file: what can be typed there can be
written here, with the same sentence when it is wrong.
"""

import unicodedata
from fractions import Fraction

from annotated_types import Interval

from playground.scenario.forms import Choice, Flag, Form, Number, Quantity, Words
from playground.scenario.problem import Suggest, nearest, one_of, quoted
from playground.scenario.quantities import (
    Unreadable,
    read_number,
    read_quantity,
    read_whole,
    write_number,
    write_quantity,
)

_FORBIDDEN_IN_NAMES = ("Cc", "Cf", "Cs", "Zl", "Zp")
_FORBIDDEN_IN_TEXTS = ("Cc", "Cs", "Zl", "Zp")
_TURNS_THE_DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def read_scalar(text: str, form: Form, suggest: Suggest = nearest) -> object:
    """The value, or Unreadable with the sentence."""
    match form:
        case Quantity():
            return _read_quantity(text, form, suggest)
        case Number():
            return _read_number(text, form)
        case Flag():
            return _read_flag(text)
        case Choice():
            return _read_choice(text, form, suggest)
        case Words():
            return _read_words(text, form)
        case _:
            raise AssertionError(f"{form!r} is not written as one text")


def write_scalar(value: object, form: Form) -> str:
    """The text that ``read_scalar`` turns into this value."""
    match form:
        case Quantity():
            assert isinstance(value, (int, float))
            return write_quantity(value, form.unit)
        case Number():
            assert isinstance(value, (int, float))
            return str(value) if form.is_whole else write_number(float(value))
        case Flag():
            return "true" if value else "false"
        case Choice() | Words():
            return str(value)
        case _:
            raise AssertionError(f"{form!r} is not written as one text")


def bounds_text(form: Quantity | Number) -> str:
    """The bounds in the field's unit: ``above 0 and at most 5000 /s``."""
    bounds = form.bounds
    if bounds.gt is not None:
        low = f"above {_limit(bounds.gt, form)}"
    elif bounds.ge is not None:
        low = f"at least {_limit(bounds.ge, form)}"
    else:
        low = ""
    high = f"at most {_limit(bounds.le, form)}" if bounds.le is not None else ""
    return " and ".join(part for part in (low, high) if part)


def _limit(limit: object, form: Quantity | Number) -> str:
    assert isinstance(limit, (int, float))
    return "0" if limit == 0 else write_scalar(limit, form)


def _read_quantity(text: str, form: Quantity, suggest: Suggest) -> object:
    exact = read_quantity(text, form.unit, suggest)
    if isinstance(exact, Unreadable):
        return exact
    return _within(text, _rounded(exact, form.is_whole), form)


def _read_number(text: str, form: Number) -> object:
    exact = read_whole(text) if form.is_whole else read_number(text)
    if isinstance(exact, Unreadable):
        return exact
    return _within(text, _rounded(Fraction(exact), form.is_whole), form)


def _rounded(exact: Fraction, is_whole: bool) -> float:
    if is_whole:
        return round(exact)
    try:
        return float(exact)
    except OverflowError:
        return float("inf") if exact > 0 else float("-inf")


def _within(text: str, value: float, form: Quantity | Number) -> object:
    if is_within(value, form.bounds):
        return value
    return Unreadable(f"{quoted(text)} is out of bounds. It must be {bounds_text(form)}.")


def is_within(value: float, bounds: Interval) -> bool:
    """Whether a value keeps the bounds of its field."""
    low: object = bounds.ge
    above: object = bounds.gt
    high: object = bounds.le
    return not (
        (isinstance(low, (int, float)) and value < low)
        or (isinstance(above, (int, float)) and value <= above)
        or (isinstance(high, (int, float)) and value > high)
    )


def _read_flag(text: str) -> object:
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    return Unreadable(f"{quoted(text)} is neither true nor false. Write one of these two words.")


def _read_choice(text: str, form: Choice, suggest: Suggest) -> object:
    if text in form.words:
        return text
    meant = suggest(text, form.words)
    remedy = f"Did you mean {quoted(meant)}?" if meant else f"Write {one_of(form.words)}."
    return Unreadable(f"{quoted(text)} is not a value here. {remedy}")


def _read_words(text: str, form: Words) -> object:
    noun = "name" if form.is_name else "text"
    if form.is_name and not text.strip():
        return Unreadable("The name is empty. Write at least one character.")
    if len(text) > form.limit:
        return Unreadable(f"This {noun} is longer than {form.limit} characters. Shorten it.")
    if text.isprintable():
        return text
    for character in text:
        if is_forbidden(character, form.is_name):
            return Unreadable(
                f"This {noun} has a control or direction character "
                f"(U+{ord(character):04X}). Remove it."
            )
    return text


def is_forbidden(character: str, is_name: bool) -> bool:
    """Characters that hide, reverse or break what a person reads."""
    if not is_name and character in "\n\t":
        return False
    categories = _FORBIDDEN_IN_NAMES if is_name else _FORBIDDEN_IN_TEXTS
    return unicodedata.category(character) in categories or character in _TURNS_THE_DIRECTION
