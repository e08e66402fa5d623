"""How much memory does each further message take, and who holds it? One scene, one process.

``python -m tests.bench.growth traced|resident SCENE`` prints one JSON object. ``resident`` reads
what the system counts; ``traced`` asks the allocator line by line, which costs memory itself: that
is why these are two processes.
"""

import gc
import json
import os
import sys
import tracemalloc
from pathlib import Path

from playground.engine.simulator import Simulator
from tests.bench.scenes import SCENES, produced_by, run_headless, say

FIRST_S = 60
LAST_S = FIRST_S + 600
PAGE = os.sysconf("SC_PAGE_SIZE")
LINES_NAMED = 12


def resident_bytes() -> int:
    """Memory of this process that is really there."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


def resident(simulator: Simulator) -> dict[str, object]:
    """Growth over ten minutes, as the system sees it."""
    run_headless(simulator, FIRST_S)
    before, messages = resident_bytes(), produced_by(simulator)
    run_headless(simulator, LAST_S)
    return {"bytes": resident_bytes() - before, "messages": produced_by(simulator) - messages}


def traced(simulator: Simulator) -> dict[str, object]:
    """Growth over ten minutes, by the line that allocated it."""
    tracemalloc.start()
    run_headless(simulator, FIRST_S)
    gc.collect()
    before, messages = tracemalloc.take_snapshot(), produced_by(simulator)
    run_headless(simulator, LAST_S)
    gc.collect()
    after = tracemalloc.take_snapshot()
    tracemalloc.stop()
    grown = [
        (difference.size_diff, _place(difference.traceback[0]))
        for difference in after.compare_to(before, "lineno")
        if "tracemalloc" not in difference.traceback[0].filename
    ]
    return {
        "bytes": sum(size for size, _ in grown),
        "messages": produced_by(simulator) - messages,
        "lines": sorted(grown, reverse=True)[:LINES_NAMED],
    }


def _place(frame: tracemalloc.Frame) -> str:
    return f"{Path(frame.filename).name}:{frame.lineno}"


if __name__ == "__main__":
    measure = {"traced": traced, "resident": resident}[sys.argv[1]]
    say(json.dumps(measure(SCENES[sys.argv[2]]())))
