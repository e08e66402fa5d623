"""Does a run that goes on for ever fit into a machine that does not?

After the first minute, when every window and every histogram has filled, only the columns of the
ledger and of the dedup stores may grow: a few machine integers a message.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bench.scenes import SCENES, say

ROOT = Path(__file__).parents[2]
MOST_BYTES_A_MESSAGE = 300
MOST_RESIDENT_BYTES = 20_000_000
COLUMNS = ("ledger.py", "seen.py", "world.py", "subscription.py")
"""Where the columns live; what others hold does not depend on how many messages there were."""
MOST_BYTES_ELSEWHERE = 100_000

pytestmark = pytest.mark.bench


@pytest.mark.parametrize("scene", SCENES)
def test_ten_minutes_take_a_few_integers_a_message(scene: str) -> None:
    traced, resident = _measure("traced", scene), _measure("resident", scene)
    each = traced["bytes"] / traced["messages"]
    say(
        f"\n{scene}: {each:.0f} bytes a message over {traced['messages']:,} messages, "
        f"resident +{resident['bytes'] / 1e6:.1f} MB"
    )
    elsewhere = 0
    for size, place in traced["lines"]:
        if size > 1_000:
            say(f"  {size:>12,} bytes, {size / traced['messages']:6.1f} a message, {place}")
        if not place.startswith(COLUMNS):
            elsewhere += max(0, size)
    assert each <= MOST_BYTES_A_MESSAGE
    assert resident["bytes"] <= MOST_RESIDENT_BYTES
    assert elsewhere <= MOST_BYTES_ELSEWHERE


def _measure(how: str, scene: str) -> dict[str, Any]:
    """In a process of its own, so that nothing of the other tests is counted."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.growth", how, scene],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
