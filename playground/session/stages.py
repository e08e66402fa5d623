"""Which cells does a consumer's stage bar show, in the order of its program?"""

from functools import cache
from typing import NamedTuple

from playground.engine.programs.compile import Program

_CELL = {
    "check": "dedup",
    "look-up": "dedup",
    "claim": "mark",
    "work": "effect",
    "mark": "mark",
    "ack": "ack",
    "await": "ack ok",
    "begin": "begin",
    "write": "write",
    "commit": "commit",
    "outcome": "ok",
}


class Stages(NamedTuple):
    """Cells, and the point at which a crash can be armed in each gap between them ("": none)."""

    cells: tuple[str, ...]
    gates: tuple[str, ...]
    atomic: tuple[int, int] | None
    cell_of_step: tuple[int, ...]


@cache
def stages_of(program: Program) -> Stages:
    """The stage bar of a program; where *ack* stands is the lesson, so nothing is sorted away."""
    cells = ["ack", "receive"] if program.is_auto_ack else ["receive"]
    gates = [""] if program.is_auto_ack else []
    atomic: tuple[int, int] | None = None
    cell_of_step: list[int] = []
    for op, points in program.steps:
        if op == "end":
            cell_of_step.append(len(cells) - 1)
            continue
        inside = atomic is not None and op == "work"
        gates.append("" if inside or not points else points[-1])
        if program.is_atomic and op == "look-up":
            atomic = (len(cells), len(cells) + 2)
        cell_of_step.append(len(cells))
        cells.append(_CELL[op])
        if atomic is not None and op == "work":
            gates.append("")
            cells.append("mark")
    return Stages(tuple(cells), tuple(gates), atomic, tuple(cell_of_step))
