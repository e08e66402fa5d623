"""What are the charts about, and which corners does a curve have?"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.session.frame import Series
from playground.ui.format import decimal

Line = NDArray[np.float64]


NO_EFFECT = "No effect so far."


class Subject(NamedTuple):
    """What a chart is about."""

    key: str
    title: str
    subtitle: str
    status: str
    is_count: bool
    quiet: str  # what it says while there is nothing to see
    unit: str = ""  # behind a value under the pointer
    places: int = 1  # decimals of a value


SUBJECTS: tuple[Subject, ...] = (
    Subject(
        "lost", "Messages lost", "since the start, by group", "lost", True, "Nothing lost so far."
    ),
    Subject(
        "delivered_again",
        "Delivered again",
        "deliveries beyond the first",
        "",
        True,
        "Nothing delivered twice so far.",
    ),
    Subject(
        "applied_again",
        "Effects applied again",
        "since the start, by group",
        "twice",
        True,
        "Nothing applied twice so far.",
    ),
    Subject("depth", "Queue depth", "entries held, by queue", "", True, "Nothing queued so far."),
    Subject("throughput", "Throughput", "effects a second, by group", "", False, NO_EFFECT),
    Subject(
        "price",
        "Price of the guarantee",
        "packets sent per message applied",
        "",
        False,
        "Nothing applied so far.",
    ),
    Subject("latency_p50", "Latency, median", "ms, of the last 5 s", "", True, NO_EFFECT, "ms", 0),
    Subject("latency_p95", "Latency, p95", "ms, of the last 5 s", "", True, NO_EFFECT, "ms", 0),
    Subject("latency_p99", "Latency, p99", "ms, of the last 5 s", "", True, NO_EFFECT, "ms", 0),
)


def stepped(x: Line, y: Line, now_s: float) -> tuple[Line, Line]:
    """The corners of a staircase that holds each value until the next one, and until now."""
    if not len(x):
        return x, y
    xs = np.append(np.repeat(x, 2)[1:], max(now_s, float(x[-1])))
    return xs, np.repeat(y, 2)


def value_at(series: Series, at_s: float) -> float:
    """The value that held at a moment."""
    index = int(np.searchsorted(series.x_s, at_s, side="right")) - 1
    return float(series.y[index]) if 0 <= index < len(series.y) else 0.0


def last_value(series: Series) -> float:
    return float(series.y[-1]) if len(series.y) else 0.0


def seconds(at_s: float) -> str:
    if at_s >= 600:
        return f"{decimal(at_s / 60, 1)}\u00a0min"
    return f"{decimal(at_s, 2)}\u00a0s"


def value_step(highest: float) -> float:
    """The distance of whole ticks that gives three or four of them, zero included."""
    step = 1.0
    while highest / step > 3.5:
        for factor in (2, 4, 5, 10):
            if highest / (step * factor) <= 3.5:
                return step * factor
        step *= 10
    return step
