"""When did a bad count last go up, and how does its plate show it?

A queue of dead letters says how many it holds, not since when: the moment of the rise is noted as
it is seen. Going back in time forgets it.
"""

from playground.session.frame import Frame
from playground.ui.canvas.motion import FASTEST_WITH_FLASHES, STILL, Pulse, Rhythm, pulse, wall_ms


class RisingCounts:
    """The counts of some plates by name, and when each rose."""

    def __init__(self) -> None:
        self.is_calm = False  # motion is reduced
        self._counts: dict[str, int] = {}
        self._risen_us: dict[str, int] = {}
        self._now_us = 0
        self._rhythm = Rhythm()

    def pulse(self, name: str, count: int, frame: Frame) -> Pulse:
        """How the plate looks at this moment."""
        if frame.now_us < self._now_us:
            self._counts.clear()
            self._risen_us.clear()
        self._now_us = frame.now_us
        before = self._counts.get(name, count)
        self._counts[name] = count
        if count > before:
            self._risen_us[name] = frame.now_us
        risen_us = self._risen_us.get(name)
        if risen_us is None or frame.speed > FASTEST_WITH_FLASHES:
            return STILL
        result = pulse(wall_ms(frame.now_us - risen_us, frame.speed), is_calm=self.is_calm)
        key = (name, "dead", risen_us)
        is_seen = result != STILL and self._rhythm.admits(key, frame.now_us, frame.speed)
        return result if is_seen else STILL
