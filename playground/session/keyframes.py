"""From which moments can a run be played again, without beginning at 0?

Few of them, dense lately and sparse long ago: how far one goes back is about how long it takes.
"""

from bisect import bisect_right
from typing import NamedTuple

from playground.engine.world import World
from playground.scenario.model import Scenario
from playground.session.projections import Projections
from playground.session.storm import Storm

MOST_KEYFRAMES = 24
MOST_MESSAGES_KEPT = 1_000_000
"""In the ledgers of all keyframes together: some 100 bytes each."""
APART_RECORDS = 100_000
"""About half a second of playing again. A copy costs a frame ten milliseconds, so few are made."""


class Keyframe(NamedTuple):
    """All there is at a moment. Nothing in it is ever moved on: a copy of it is."""

    at_us: int
    seq: int  # of the last record
    world: World
    seen: Projections
    head: int
    storm: Storm | None
    scenario: Scenario


class Keyframes:
    """The keyframes of one run, in order of time; the first one is its beginning."""

    def __init__(self, first: Keyframe) -> None:
        self.kept: list[Keyframe] = [first]

    def best(self, at_us: int) -> Keyframe:
        """The last one that is not later."""
        after = bisect_right(self.kept, at_us, key=lambda each: each.at_us)
        return self.kept[max(0, after - 1)]

    def is_due(self, world: World) -> bool:
        """Whether the last one before this moment is far enough away."""
        apart = max(APART_RECORDS, 2 * world.ledger.count)
        after = bisect_right(self.kept, world.next_seq, key=lambda each: each.seq)
        return world.next_seq - self.kept[after - 1].seq > apart

    def add(self, key: Keyframe) -> None:
        """Keep one more, and as few as the limits ask for."""
        self.kept.insert(bisect_right(self.kept, key.seq, key=lambda each: each.seq), key)
        while len(self.kept) > 2 and (
            len(self.kept) > MOST_KEYFRAMES
            or sum(each.world.ledger.count for each in self.kept) > MOST_MESSAGES_KEPT
        ):
            del self.kept[self._least_missed()]

    def _least_missed(self) -> int:
        """The one that leaves the smallest gap, measured by how long ago it is."""
        last = self.kept[-1].seq + 1
        return min(
            range(1, len(self.kept) - 1),
            key=lambda i: (self.kept[i + 1].seq - self.kept[i - 1].seq) / (last - self.kept[i].seq),
        )

    def forget_after(self, at_us: int, head: int) -> None:
        """Another branch begins there: what was later, or has seen more wishes, is not its past."""
        self.kept = [
            key
            for index, key in enumerate(self.kept)
            if index == 0 or (key.at_us <= at_us and key.head <= head)
        ]
