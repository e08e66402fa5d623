"""When is garbage collected, so that no frame waits for it?

A run keeps some hundred thousand records alive; looking through all of them takes longer than a
frame. While the window runs, only the young are looked through; all of them when the run comes to
rest, and every ten minutes of a run that never does.
"""

import gc

YOUNG, MIDDLE, NEVER = 20_000, 20, 1_000_000_000
LONGEST_S = 600.0


class Housekeeping:
    """Python's collector, held back while frames are painted."""

    def __init__(self) -> None:
        self._usual: tuple[int, int, int] | None = None
        self._since_s = 0.0

    def begin(self) -> None:
        """From now on only the young; what has been imported is never looked through again."""
        if self._usual is None:
            self._usual = gc.get_threshold()
            gc.collect()
            gc.freeze()
            gc.set_threshold(YOUNG, MIDDLE, NEVER)

    def end(self) -> None:
        """As usual again."""
        if self._usual is not None:
            gc.set_threshold(*self._usual)
            gc.unfreeze()
            self._usual = None

    def frame_done(self, wall_s: float, *, is_running: bool) -> None:
        """After each frame: a good moment if the run has come to rest."""
        if self._usual is None:
            return
        self._since_s += wall_s if is_running else 0.0
        if self._since_s > (LONGEST_S if is_running else 0.0):
            self._since_s = 0.0
            gc.collect()
