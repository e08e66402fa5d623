"""How much slower than a calm desk is this machine, these moments, at what a window does?

A busy neighbour on the same processor takes caches and memory away, which a bare loop never feels
and a window feels twice over. So the yardstick is many small objects, made, found again out of
order, and dropped.
"""

import gc
from collections import deque
from time import thread_time

OBJECTS, STRIDE = 60_000, 7_919
CALM_S = 0.020
"""So long it takes on a desk's machine where nobody else works."""
REMEMBERED = 50
TIMES_TO_BE_SURE = 20


class Yardstick:
    """Looked at now and then; it remembers its worst moments for a while."""

    def __init__(self) -> None:
        self._seen_s: deque[float] = deque(maxlen=REMEMBERED)

    def look(self) -> None:
        """One measurement, of some twenty milliseconds."""
        self._seen_s.append(_once_s())

    def slowness(self) -> float:
        """How many times as long as on a calm machine the worst moment took; at least 1.

        A neighbour comes and goes within a second, so one look more would be a matter of luck.
        """
        for _ in range(TIMES_TO_BE_SURE):
            self.look()
        return max(1.0, max(self._seen_s) / CALM_S)


def _once_s() -> float:
    collects = gc.isenabled()
    gc.disable()  # how much a collection has to look through is the window's doing
    began_s = thread_time()
    made = {number: (number, str(number)) for number in range(OBJECTS)}
    total = sum(made[turn * STRIDE % OBJECTS][0] for turn in range(OBJECTS))
    made.clear()
    took_s = thread_time() - began_s
    assert total == OBJECTS * (OBJECTS - 1) // 2
    if collects:
        gc.enable()
    return took_s
