"""How does a run look in a terminal: while it goes on, and at its end?"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from playground.engine.simulator import Simulator
from playground.engine.units import format_us
from playground.headless.run import Progress as OnProgress

COLUMNS: tuple[tuple[str, str], ...] = (
    ("produced", "produced"),
    ("once", "applied_once"),
    ("twice+", "applied_many"),
    ("in flight", "in_flight"),
    ("in doubt", "in_doubt"),
    ("dead", "dead_lettered"),
    ("lost", "lost"),
    ("deliveries", "deliveries"),
    ("delivered again", "duplicate_deliveries"),
    ("applied again", "duplicate_effects"),
    ("suppressed", "suppressed"),
)
BAD = {"applied_many", "in_doubt", "dead_lettered", "lost", "duplicate_effects"}


def scoreboard(groups: dict[str, dict[str, int]]) -> Table:
    """A row a group; the buckets from *once* to *lost* add up to *produced*."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("group", no_wrap=True)
    for title, _ in COLUMNS:
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("")
    for name, row in groups.items():
        cells = [
            Text(str(row[key]), style="bold red" if row[key] and key in BAD else "")
            for _, key in COLUMNS
        ]
        total = sum(row[key] for _, key in COLUMNS[1:7])
        sum_up = "✓ adds up" if total == row["produced"] else f"does not add up: {total}"
        table.add_row(Text(name), *cells, sum_up)
    return table


def _live_rows(simulator: Simulator) -> dict[str, dict[str, int]]:
    return {
        group: {key: getattr(book, key) for _, key in COLUMNS}
        for group, book in simulator.world.ledger.groups.items()
    }


@contextmanager
def live_progress(title: str) -> Iterator[OnProgress | None]:
    """A bar and a live table on stderr, if that is a terminal; else nothing at all."""
    # Asked of the stream itself: rich also says yes where colour is forced into a file.
    if not sys.stderr.isatty():
        yield None
        return
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[clock]}"),
        console=console,
    )
    task = bar.add_task(title, total=1.0, clock="")
    with Live(bar, console=console, refresh_per_second=10, transient=True) as live:

        def on_progress(simulator: Simulator, share: float) -> None:
            bar.update(task, completed=share, clock=format_us(simulator.world.now_us))
            live.update(Group(bar, scoreboard(_live_rows(simulator))))

        yield on_progress


def print_report(report: dict[str, Any]) -> None:
    """The scoreboard, the causes of the losses and the claims, on stdout."""
    console = Console(file=sys.stdout, highlight=False, width=None if _is_wide() else 200)
    state = ", settled" if report["settled"] else ""
    header = f"{report['scenario']} · seed {report['seed']} · {format_us(report['now_us'])}{state}"
    console.print(Text(header, style="bold"))
    console.print(scoreboard(report["groups"]))
    for name, row in report["groups"].items():
        if row["lost"]:
            causes = ", ".join(f"{cause} {count}" for cause, count in row["lost_by_cause"].items())
            console.print(Text(f"{name} lost {row['lost']}: {causes}"))
    for claim in report["expect"]:
        sign = "✓" if claim["holds"] else "✗"
        word = "holds" if claim["holds"] else "is broken"
        console.print(Text(f"{sign} {claim['group']}: {claim['claim']} {word}"))
    console.print(Text(f"trace {report['trace_sha256']}", style="dim"))


def _is_wide() -> bool:
    return sys.stdout.isatty()
