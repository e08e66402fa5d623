"""At which point of its program does a crash do what? One consumer, which starts again.

The union over all points is the row "ccrash" of the large table; here each point stands alone.
What a consumer has sent before it died goes on and counts: an ACK under way is an ACK.
"""

import pytest

from playground.engine.commands import ArmCrash, CrashNode

from .anomalies import anomalies, spelled
from .scene import BROKERS, MODES, MS, new_scene
from .search import rest, struck

# "-": the program has no such point.
TABLE = """
               | AMO auto-ack | AMO ack-first | AMO commit-first | ALO none | ALO natural
received       | L            | d             | d                | d        | d
after-dedup    | -            | -             | -                | -        | -
before-effect  | L            | L             | L                | d        | d
mid-effect     | LT           | LT            | LT               | dT       | d
after-effect   | .            | .             | .                | dE       | dr
before-mark    | -            | -             | -                | -        | -
after-mark     | -            | -             | -                | -        | -
before-ack     | -            | d             | d                | dE       | dr
after-ack      | -            | L             | L                | .        | .
awaiting-reply | -            | -             | L                | -        | -

               | ALO memory | ALO claim-first | ALO effect-first | ALO inbox | T-EO double-ack
received       | d          | d               | d                | d         | d
after-dedup    | d          | LCd             | d                | d         | -
before-effect  | d          | LCd             | d                | d         | d
mid-effect     | dT         | LCdT            | dT               | d         | dT
after-effect   | dE         | d               | dE               | d         | dE
before-mark    | dE         | d               | dE               | -         | -
after-mark     | dE         | LCd             | d                | d         | -
before-ack     | dE         | d               | d                | d         | dE
after-ack      | .          | .               | .                | .         | .
awaiting-reply | -          | -               | -                | -         | .
"""


def cases() -> list[tuple[str, str, str]]:
    """(mode, point, letters)."""
    found: list[tuple[str, str, str]] = []
    for block in TABLE.strip("\n").split("\n\n"):
        head, *rows = [[cell.strip() for cell in line.split("|")] for line in block.splitlines()]
        for point, *row in rows:
            found += [(mode, point, cell) for mode, cell in zip(head[1:], row, strict=True)]
    return found


@pytest.mark.parametrize(
    ("mode", "point", "letters"),
    [pytest.param(*case, id=f"{case[0]} | crash {case[1]}") for case in cases()],
)
def test_what_a_crash_does_at_each_point(mode: str, point: str, letters: str) -> None:
    scene = new_scene(MODES[mode], BROKERS["2c sync"], consumers=("anna",))
    twin = struck(scene.world, ArmCrash("anna", point))
    assert (spelled(anomalies(rest(twin))) if twin else "-") == letters


@pytest.mark.parametrize(("done_ms", "letters"), [(499, "d"), (500, "dT"), (999, "dT")])
def test_an_effect_is_torn_from_the_half_of_the_work_on(done_ms: int, letters: str) -> None:
    scene = new_scene(MODES["ALO none"], BROKERS["2c sync"], consumers=("anna",))
    began_us = 550 * MS  # submitted at 500 ms, 20 ms to the queue, 30 ms to anna
    scene.run_until(began_us + done_ms * MS)
    twin = struck(scene.world, CrashNode("anna"))
    assert twin is not None
    assert spelled(anomalies(rest(twin))) == letters
