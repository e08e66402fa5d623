"""What does a number of the scoreboard say under the pointer?"""

from statistics import NormalDist

from playground.session.frame import GroupRow
from playground.ui.format import number
from playground.ui.panels.board_columns import Count

_EXPLAINED: dict[str, str] = {
    "produced": "produced into this group's queue",
    "once": "applied exactly once",
    "twice": "applied two times or more",
    "in_flight": "not yet decided: a copy is still somewhere",
    "in_doubt": "the producer gave up and cannot know",
    "dead": "in a dead-letter queue",
    "lost": "lost: no effect, and no copy anywhere",
    "deliveries": "copies that reached a live consumer",
    "delivered_again": "deliveries beyond the first",
    "applied_again": "effects beyond the first",
    "suppressed": "repeats that were recognised and skipped",
    "set_again": "times a set was executed again, which counts no second effect",
}


def wilson(hits: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval of a share, as fractions of one."""
    if of <= 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = hits / of
    scale = 1 + z * z / of
    middle = (share + z * z / (2 * of)) / scale
    half = z * ((share * (1 - share) + z * z / (4 * of)) / of) ** 0.5 / scale
    return max(0.0, middle - half), min(1.0, middle + half)


def tooltip(row: GroupRow, count: Count) -> str:
    """One or two lines about this number of this group."""
    value = getattr(row, count.field)
    text = f"{row.group}: {number(value)} {_EXPLAINED[count.key]}"
    if row.stale_final and count.key in ("applied_again", "set_again"):
        keys = "one key was" if row.stale_final == 1 else f"{number(row.stale_final)} keys were"
        text += f"; {keys} left in an old state"
    settled = row.produced - row.in_flight - row.in_doubt
    if count.key != "lost" or not value or settled <= 0:
        return text
    low, high = wilson(value, settled)
    return (
        f"{number(value)} of {number(settled)} settled, {value / settled:.1%} "
        f"({low * 100:.1f}–{high * 100:.1f})".replace("%", "\u00a0%")
    )


def sum_fails(row: GroupRow) -> str:
    """The sentence across a row whose buckets do not add up to what was produced."""
    found = (
        row.applied_once
        + row.applied_many
        + row.in_flight
        + row.in_doubt
        + row.dead_lettered
        + row.lost
    )
    return f"does not add up: {number(found)} ≠ {number(row.produced)}"
