"""Where did packets and messages die lately, and which faults belong on the time axis?"""

from collections import deque
from collections.abc import Callable

from playground.engine import records as r
from playground.engine.ledger import Ledger
from playground.engine.message import REQUESTS
from playground.session.frame import Death, FaultMark
from playground.session.words import PLATE

MAX_DEATHS = 200
MAX_MARKS = 400
REFUSED_US = 2_000_000
"""How long a refused commit is told on its consumer's card."""
MOMENTS = ("drop", "duplicate", "delay")
"""Faults that strike one packet and do not last."""


class DeathRegister:
    """The newest deaths, with the place and, on a link, how far the packet had come."""

    def __init__(self, ledger: Callable[[], Ledger]) -> None:
        self._ledger = ledger
        self._deaths: deque[Death] = deque(maxlen=MAX_DEATHS)
        self._marks: deque[FaultMark] = deque(maxlen=MAX_MARKS)
        self._last_packet: r.PacketDied | None = None
        self._refused: dict[str, r.TransactionFenced] = {}

    def fork(self) -> "DeathRegister":
        """An independent copy."""
        twin = DeathRegister(self._ledger)
        twin._deaths, twin._marks = self._deaths.copy(), self._marks.copy()
        twin._last_packet = self._last_packet
        twin._refused = self._refused.copy()
        return twin

    def read(self, records: list[r.Record]) -> None:
        """Take note of what died in these records."""
        for record in records:
            if isinstance(record, r.PacketDied):
                self._on_packet(record)
            elif isinstance(record, r.Lost):
                self._on_lost(record)
            elif isinstance(record, r.FaultStruck):
                self._mark(record.at_us, record.at_us, record.what.partition(" ")[0], record.place)
            elif isinstance(record, r.NodeCrashed):
                self._mark(record.at_us, record.restart_us, "crash", record.node)
            elif isinstance(record, r.NodePaused):
                self._mark(record.at_us, record.resume_us, "pause", record.node)
            elif isinstance(record, r.LinkCut):
                place = f"{record.source}>{record.target}"
                self._mark(record.at_us, record.heal_us, "cut", place)
            elif isinstance(record, r.NodeRestarted | r.NodeResumed):
                self._end_mark(record.at_us, record.node)
            elif isinstance(record, r.LinkHealed):
                self._end_mark(record.at_us, f"{record.source}>{record.target}")
            elif isinstance(record, r.TransactionFenced):
                self._refused[record.consumer] = record
            elif isinstance(record, r.NodeRenamed):
                self._rename(record.old, record.new)

    def _rename(self, old: str, new: str) -> None:
        """What died at a node stays with it under its new name."""

        def renamed(place: str) -> str:
            return ">".join(new if name == old else name for name in place.split(">"))

        self._refused = {renamed(name): each for name, each in self._refused.items()}
        for index, death in enumerate(self._deaths):
            self._deaths[index] = death._replace(place=renamed(death.place))
        for index, mark in enumerate(self._marks):
            self._marks[index] = mark._replace(place=renamed(mark.place))

    @property
    def deaths(self) -> tuple[Death, ...]:
        """The newest deaths, oldest first."""
        return tuple(self._deaths)

    def refused(self, consumer: str, now_us: int) -> tuple[int, str] | None:
        """The number of the message that it could not commit lately, and who refused it."""
        record = self._refused.get(consumer)
        if record is None or now_us - record.at_us > REFUSED_US:
            return None
        return self._ledger().number[record.message], record.place

    @property
    def marks(self) -> tuple[FaultMark, ...]:
        """Faults on the time axis, oldest first; -1 as an end: it lasts."""
        return tuple(self._marks)

    def _on_packet(self, record: r.PacketDied) -> None:
        self._last_packet = record
        if record.reason not in ("lost", "cut", "dropped"):
            return
        number = self._ledger().number[record.message]
        way = f"{record.source}>{record.target}"
        text = f"{record.packet} {number} {'dropped' if record.reason == 'dropped' else 'lost'}"
        self._deaths.append(
            Death(
                record.at_us,
                "packet",
                way,
                record.permille / 1000,
                record.packet not in REQUESTS,
                record.packet,
                record.message,
                number,
                "",
                text,
            )
        )
        if record.reason == "dropped":
            self._mark(record.at_us, record.at_us, "drop", way)

    def _on_lost(self, record: r.Lost) -> None:
        number = self._ledger().number[record.message]
        packet = self._last_packet
        on_a_link = packet is not None and packet.seq == record.cause and ">" in record.place
        self._deaths.append(
            Death(
                record.at_us,
                "message",
                record.place,
                packet.permille / 1000 if on_a_link and packet is not None else 0.0,
                False,
                packet.packet if on_a_link and packet is not None else "",
                record.message,
                number,
                record.group,
                f"{number}: {PLATE[record.reason]}",
            )
        )

    def _mark(self, at_us: int, until_us: int, kind: str, place: str) -> None:
        self._marks.append(FaultMark(at_us, until_us, kind, place))

    def _end_mark(self, at_us: int, place: str) -> None:
        """An outage ended, perhaps earlier or later than it was meant to."""
        for index in range(len(self._marks) - 1, -1, -1):
            mark = self._marks[index]
            if mark.place == place and mark.kind not in MOMENTS:
                self._marks[index] = mark._replace(until_us=at_us)
                return
