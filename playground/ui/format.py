"""How are numbers, durations and long names written?

Thousands are parted by a thin no-break space, the minus is U+2212, a unit follows a no-break space.
"""

from collections.abc import Callable

from playground.engine.units import US_PER_MS, US_PER_S

THIN_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
ELLIPSIS = "…"
BALANCE_PX = 4.0  # by so much at a time are lines made shorter


def number(value: int) -> str:
    """An integer: ``4 500``, ``−400``."""
    text = f"{abs(value):,}".replace(",", THIN_SPACE)
    return MINUS + text if value < 0 else text


def signed(value: int) -> str:
    """A difference, its sign always written: ``+300``, ``−400``, ``0``."""
    return "+" + number(value) if value > 0 else number(value)


def decimal(value: float, places: int) -> str:
    """A number with at most ``places`` decimals, none of them a trailing zero."""
    text = f"{abs(value):,.{places}f}".replace(",", THIN_SPACE)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return MINUS + text if value < 0 and text != "0" else text


def duration(value_us: int) -> str:
    """A length of time, two digits that matter: ``1.4 s``, ``20 ms``, ``40 µs``, ``2 min``."""
    size_us = abs(value_us)
    if size_us >= 3_600 * US_PER_S:
        return f"{decimal(value_us / (3_600 * US_PER_S), 1)}{NO_BREAK_SPACE}h"
    if size_us >= 120 * US_PER_S:
        return f"{decimal(value_us / (60 * US_PER_S), 1)}{NO_BREAK_SPACE}min"
    if size_us >= US_PER_S:
        return f"{decimal(value_us / US_PER_S, 1)}{NO_BREAK_SPACE}s"
    if size_us >= US_PER_MS:
        return f"{decimal(value_us / US_PER_MS, 0)}{NO_BREAK_SPACE}ms"
    return f"{decimal(value_us, 0)}{NO_BREAK_SPACE}µs"


def seconds_left(value_us: int) -> str:
    """What is left on a timer, always in seconds with one decimal: ``1.4 s``, never below 0."""
    return f"{max(0, value_us) / US_PER_S:.1f}{NO_BREAK_SPACE}s"


def clock(now_us: int) -> str:
    """The time of a run: ``12.480 s``, with minutes from 10 min on: ``12:05.480``."""
    total_ms = now_us // US_PER_MS
    whole_s, rest_ms = divmod(total_ms, 1_000)
    if whole_s < 600:
        return f"{whole_s}.{rest_ms:03d}{NO_BREAK_SPACE}s"
    minutes, rest_s = divmod(whole_s, 60)
    return f"{number(minutes)}:{rest_s:02d}.{rest_ms:03d}"


def percent(share: float) -> str:
    """A fraction of one: ``10 %``, ``8.9 %``, ``0.05 %``."""
    value = share * 100
    places = 0 if value >= 10 or value == int(value) else 1 if value >= 0.1 else 2
    return f"{decimal(value, places)}{NO_BREAK_SPACE}%"


def rate(per_s: float) -> str:
    """Messages a second: ``4 /s``."""
    return f"{decimal(per_s, 1 if per_s >= 1 else 2)}{NO_BREAK_SPACE}/s"


def speed(factor: float) -> str:
    """How fast the clock runs: ``1/10×``, ``1×``, ``100×``."""
    if factor >= 1:
        return f"{decimal(factor, 1 if factor < 10 else 0)}×"
    return f"1/{decimal(1 / factor, 0 if factor < 0.2 else 1)}×" if factor > 0 else "0×"


def elided(text: str, width_px: float, measure: Callable[[str], float], where: str = "end") -> str:
    """The longest beginning of a text that fits; with ``where="middle"`` both its ends."""
    if measure(text) <= width_px:
        return text
    low, high = 0, len(text)
    while low < high:
        kept = (low + high + 1) // 2
        if measure(_cut(text, kept, where)) <= width_px:
            low = kept
        else:
            high = kept - 1
    return _cut(text, low, where)


def wrapped(text: str, room: float, measure: Callable[[str], float], most: int) -> list[str]:
    """A text in at most so many lines; the last one elided."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        if len(lines) == most - 1:
            lines.append(elided(" ".join(words), room, measure))
            break
        count = 1
        while count < len(words) and measure(" ".join(words[: count + 1])) <= room:
            count += 1
        lines.append(" ".join(words[:count]))
        words = words[count:]
    return lines


def balanced(text: str, room: float, measure: Callable[[str], float], most: int) -> list[str]:
    """A text in as few lines as ``wrapped`` needs, about equally long: no last word alone."""
    lines = wrapped(text, room, measure, most)
    if len(lines) < 2 or " ".join(lines) != " ".join(text.split()):
        return lines
    narrow = max(measure(line) for line in lines) - BALANCE_PX
    while narrow > 0:
        closer = wrapped(text, narrow, measure, len(lines))
        if any(measure(line) > narrow for line in closer) or " ".join(closer) != " ".join(lines):
            break
        lines, narrow = closer, narrow - BALANCE_PX
    return lines


def _cut(text: str, kept: int, where: str) -> str:
    if where == "middle":
        head = (kept + 1) // 2
        tail = kept - head
        return text[:head].rstrip() + ELLIPSIS + (text[-tail:].lstrip() if tail else "")
    return text[:kept].rstrip() + ELLIPSIS
