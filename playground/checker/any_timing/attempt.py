"""How far does a run under a script follow a path, and what has to be changed in the script?"""

from collections.abc import Iterator
from typing import NamedTuple

from playground.checker.any_timing.agenda_words import step_due
from playground.checker.any_timing.events import Ident, connection
from playground.checker.any_timing.plan import NO_EVENT, Plan, Verb
from playground.checker.any_timing.strikes import at_once, when_reached, when_sent
from playground.checker.any_timing.under_way import Sightings
from playground.engine.agenda import ARRIVE, CLOSE, OPEN, SCRIPT, Due
from playground.engine.nodes.queue import Queue
from playground.engine.sending import schedule_arrival
from playground.engine.simulator import Simulator

GAP_US = 1_000
"""Between a step and what was held back until it was done."""
FOR_EVER_US = 10**10
MOST_IDLE_STEPS = 300
"""So many without one of the path: it will not come any more."""
MOST_PUT_OFF = 40
"""So many packets wait for their turn: somebody sends again and again, for nothing."""


class Held(NamedTuple):
    """A packet that was held back: sent, due without that, due with it (virtual µs)."""

    ident: Ident
    sent_us: int
    natural_us: int
    due_us: int


class Guided(NamedTuple):
    """A run that follows the path as far as it can."""

    faults: tuple[Verb, ...]
    delays: tuple[tuple[Held, Verb], ...]
    times_us: dict[int, int]  # when each step of the path was done


class Attempt:
    """One run under the script at hand, up to the first thing that comes before its turn."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._events, self._lines, self._line_of = plan.events, plan.lines, plan.manner.line_of
        self._faults, self._holds = plan.faults, plan.holds
        self._armed_us, self._fault_count = plan.holds.copy(), len(plan.faults)
        self._verbs = plan.script()
        self._simulator: Simulator = self._plan.trial.begin(
            tuple((verb.at_us, verb.command) for verb in self._verbs)
        )
        self._world = self._simulator.world
        self._seen = Sightings(self._world)
        self._times_us: dict[int, int] = {}
        self._not_before_us: dict[str, int] = {}
        self._put_off: dict[int, Ident] = {}  # flights, in the order in which they were put off
        self._idle = 0

    @property
    def has_changed(self) -> bool:
        """Whether the run under the script that has come of it would be another one."""
        return len(self._faults) != self._fault_count or self._holds != self._armed_us

    # ------------------------------------------------------------------ the run

    def follow(self) -> None:
        """Follow the lines, as far as the faults are known."""
        world = self._world
        while self._idle < MOST_IDLE_STEPS and not self._puts_a_fault():
            self._lets_go()
            due_us = self._simulator.next_us()
            if due_us is None or due_us >= FOR_EVER_US or world.stopped or self._is_over():
                break
            if len(self._put_off) > MOST_PUT_OFF:
                break
            self._idle += 1
            due = world.agenda[0]
            if self._needs_a_fault():
                break
            if world.agenda[0] is not due:
                continue  # it was put off
            self._simulator.step()
            self._seen.look(world)
        self._lets_all_go()

    def _is_over(self) -> bool:
        return all(self._head(line) is None for line in self._lines)

    def _head(self, line: str) -> int | None:
        """The step whose turn it is."""
        return next(self._left(line), None)

    def _left(self, line: str) -> Iterator[int]:
        return (each for each in self._lines.get(line, ()) if each not in self._times_us)

    def _does(self, index: int) -> None:
        self._idle = 0
        self._times_us[index] = self._simulator.next_us() or 0

    def _needs_a_fault(self) -> bool:
        """Compare what is due with whose turn it is; True where a fault is to strike inside it."""
        world = self._world
        due = world.agenda[0]
        if due[3] == SCRIPT:
            verb = self._verbs[due[4][2]]
            if verb.event != NO_EVENT and verb.at_us:
                self._times_us.setdefault(verb.event, due[0])
            return False
        if due[3] == ARRIVE:
            return self._arrival_needs_a_fault(due[4])
        if due[3] in (OPEN, CLOSE):
            self._connects(due)
            return False
        step = step_due(world, due)
        if step is None:
            return False
        kind, node, message = step
        for index in self._left(self._line_of(node)):
            event = self._events[index]
            if (event.kind, event.node) == (kind, node) and event.message in ("", message):
                return self._takes_its_turn(index)
        return False

    def _connects(self, due: Due) -> None:
        """An opening or a closing comes when it comes."""
        _, queue, _, _, _, consumer = due[4]
        ident = connection("OPEN" if due[3] == OPEN else "CLOSE", queue, consumer)
        for index in self._left(self._line_of(queue)):
            if self._events[index].packet == ident:
                self._does(index)
                return

    def _arrival_needs_a_fault(self, number: int) -> bool:
        """The same of a packet; one that comes before its turn is put off."""
        flight = self._world.flights.get(number)
        ident = self._seen.names.get(number)
        if flight is None or ident is None or flight.fate != "arrives":
            return False
        line = self._line_of(ident.target)
        head = self._head(line)
        if head is not None:
            event = self._events[head]
            if event.kind == "arrive" and event.packet == ident:
                if flight.ends_us < self._not_before_us.get(line, 0):
                    self._arrives_at(number, ident, self._next_us(line))
                    return False
                return self._takes_its_turn(head)
        if self._plan.may_hold(ident):
            self._moves(number, ident, FOR_EVER_US)
        return False

    def _takes_its_turn(self, index: int) -> bool:
        """The step is the one on the line; True where a fault inside it was not armed yet."""
        event = self._events[index]
        if index not in self._faults and (event.gate or event.kind == "crash-mid-effect"):
            command = when_reached(event, self._seen.passages, self._plan.trial.pauses_us)
            self._faults[index] = Verb(0, command, index)
            return True
        self._does(index)
        return False

    # ------------------------------------------------------------------ changes

    def _puts_a_fault(self) -> bool:
        """What strikes by itself, strikes as soon as its turn comes."""
        for line in self._lines:
            head = self._head(line)
            if head is None or head in self._faults:
                continue
            event = self._events[head]
            if event.kind == "flush":
                self._waits_for_disk(head, line)
                continue
            command = at_once(event, self._plan.trial.pauses_us, self._plan.manner.outage_us)
            if command is not None and self._has_done_all_before(head):
                self._faults[head] = Verb(self._next_us(line), command, head)
                return True
        return False

    def _waits_for_disk(self, index: int, line: str) -> None:
        """What comes after the writing of a disk comes after its time."""
        queue = self._world.nodes[self._events[index].node]
        assert isinstance(queue, Queue)
        flush_us = max(1, queue.parameters.flush_us)
        written_us = (self._world.now_us // flush_us + 1) * flush_us
        self._not_before_us[line] = written_us
        self._times_us[index] = written_us

    def _next_us(self, line: str) -> int:
        """When the next step of this line may come at the earliest."""
        return max(self._world.now_us, self._not_before_us.get(line, 0)) + GAP_US

    def _has_done_all_before(self, index: int) -> bool:
        """Whether everything has happened, and so everything has left, that came before this."""
        return not self._plan.manner.is_patient or all(
            each in self._times_us for line in self._lines.values() for each in line if each < index
        )

    def _lets_go(self) -> None:
        """A packet that is held back and whose turn has come may arrive."""
        for number, ident in list(self._put_off.items()):
            head = self._head(self._line_of(ident.target))
            if head is not None and self._events[head].packet == ident:
                self._arrives_at(number, ident, self._next_us(self._line_of(ident.target)))

    def _lets_all_go(self) -> None:
        """At the end everything arrives after all, in the order of sending."""
        at_us = self._world.now_us
        for number in sorted(self._put_off):
            at_us += GAP_US
            self._arrives_at(number, self._put_off[number], at_us)

    def _arrives_at(self, number: int, ident: Ident, at_us: int) -> None:
        """As soon as it can, but not before."""
        natural_us = self._natural_us(number, ident)
        self._moves(number, ident, max(0, at_us - natural_us))

    def _natural_us(self, number: int, ident: Ident) -> int:
        due_us = self._seen.times_us[number][1]
        return due_us - self._armed_us.get(ident, 0)

    def _moves(self, number: int, ident: Ident, by_us: int) -> None:
        """It arrives so much later than it would by itself; now, and in the next run too."""
        world = self._world
        flight = world.flights[number].delayed(self._natural_us(number, ident) + by_us)
        world.flights[number] = flight
        schedule_arrival(world, flight)
        if by_us:
            self._holds[ident] = by_us
        else:
            self._holds.pop(ident, None)
        if by_us == FOR_EVER_US:
            self._put_off[number] = ident
        else:
            self._put_off.pop(number, None)

    # ------------------------------------------------------------------ what came of it

    def result(self) -> Guided:
        """The script of this run, after its last change."""
        delays = []
        for number, ident in self._seen.names.items():
            by_us = self._holds.get(ident, 0)
            if by_us:
                natural_us = self._natural_us(number, ident)
                held = Held(ident, self._seen.times_us[number][0], natural_us, natural_us + by_us)
                delays.append((held, Verb(0, when_sent("delay", ident, by_us), NO_EVENT)))
        return Guided(tuple(self._faults.values()), tuple(delays), self._times_us)
