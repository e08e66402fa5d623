"""How is a value written as YAML, so that it reads back as the same text and no other tool errs?

Only three shapes are needed: a word, plain or in double quotes; a block of lines; a mapping or a
list in brackets on one line.
"""

import re
from collections.abc import Iterable

LONGEST_LINE = 80

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./+-]*(?: [A-Za-z0-9_./+-]+)*")
_READ_AS_SOMETHING_ELSE = frozenset(
    ("null", "true", "false", "yes", "no", "on", "off", "y", "n", "none", "unlimited")
)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def word(text: str) -> str:
    """A name or a short text: plain where nobody can mistake it, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _READ_AS_SOMETHING_ELSE:
        return text
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def block(key: str, text: str) -> list[str]:
    """The lines of ``key: text`` at the top level; a long text becomes a block of lines."""
    lines = text.split("\n")
    is_long = len(lines) > 1 or len(text) > LONGEST_LINE
    if not (is_long and _fits_a_block(lines)):
        return [f"{key}: {word(text)}"]
    if text.endswith("\n\n"):
        chomping, lines = "+", lines[:-1]
    elif text.endswith("\n"):
        chomping, lines = "", lines[:-1]
    else:
        chomping = "-"
    return [f"{key}: |{chomping}", *(f"  {line}" if line else "" for line in lines)]


def _fits_a_block(lines: list[str]) -> bool:
    written = [line for line in lines if line]
    return (
        bool(written)
        and not written[0].startswith(" ")
        and all(line.isprintable() and line.strip(" ") for line in written)
    )


def mapping(pairs: Iterable[tuple[str, str]]) -> str:
    """``{a: 1, b: 2}``."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"


def listing(values: Iterable[str]) -> str:
    """``[1, 2]``."""
    return "[" + ", ".join(values) + "]"
