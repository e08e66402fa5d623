"""What has been read out of a run's records so far, beyond its world?

It can be forked with the world: going back takes the copy that belongs to the moment.
"""

from collections import deque
from collections.abc import Callable

from playground.engine.ledger import Ledger
from playground.engine.records import Record
from playground.engine.world import World
from playground.session.deaths import DeathRegister
from playground.session.frame import LogLine
from playground.session.log import LogWriter
from playground.session.price import PriceMeter
from playground.session.series import SeriesRecorder

MOST_MOMENTS = 2_000
MOST_LINES = 2_000
"""Lines of the log that are told again after going to another moment."""
TURNING_POINTS = frozenset({"fault", "loss", "duplicate"})
"""The kinds of log lines that one wants to go back to."""


class Projections:
    """Log, deaths, prices, curves and turning points of a run, up to the record ``read_to``."""

    def __init__(self, world: Callable[[], World], group_of: Callable[[str], str]) -> None:
        def ledger() -> Ledger:
            return world().ledger

        self.log = LogWriter(ledger, group_of)
        self.deaths = DeathRegister(ledger)
        self.series = SeriesRecorder()
        self.price = PriceMeter(world)
        self.moments: deque[int] = deque(maxlen=MOST_MOMENTS)
        """Virtual times of the newest turning points, ascending."""
        self.told: deque[LogLine] = deque(maxlen=MOST_LINES)
        self.read_to = 0

    def read(self, records: list[Record]) -> list[LogLine]:
        """Take in what comes next; the lines that are worth it."""
        self.deaths.read(records)
        self.price.read(records)
        lines = self.log.lines(records)
        self.moments.extend(line.at_us for line in lines if line.kind in TURNING_POINTS)
        self.told.extend(lines)
        if records:
            self.read_to = records[-1].seq
        return lines

    def last_moment_until(self, at_us: int) -> int | None:
        """The last turning point that is not later than this; None where none is known."""
        return next((moment for moment in reversed(self.moments) if moment <= at_us), None)

    def fork(self) -> "Projections":
        """An independent copy."""
        twin = Projections.__new__(Projections)
        twin.log, twin.deaths = self.log.fork(), self.deaths.fork()
        twin.series, twin.moments = self.series.fork(), self.moments.copy()
        twin.price = self.price.fork()
        twin.told, twin.read_to = self.told.copy(), self.read_to
        return twin
