"""What plays a run, and can play it again from an earlier moment?

The world, what has been read out of it, the journal and the keyframes belong together: they are
always those of one moment. Time here is virtual only; how fast it goes is the session's affair.
"""

import sys
from collections.abc import Callable, Sequence

from playground.engine.commands import Command, RenameNode
from playground.engine.nodes.consumer import Consumer
from playground.engine.records import CommandRejected, Record
from playground.engine.simulator import Simulator
from playground.engine.world import World
from playground.scenario.build import simulate
from playground.scenario.databases import databases
from playground.scenario.edit import EDITS, edited
from playground.scenario.model import Scenario
from playground.session.as_of import as_of
from playground.session.frame import LogLine
from playground.session.journal import EDIT, HAND, MOST_STRIKES, STORM, Entry, Journal, Wish
from playground.session.keyframes import APART_RECORDS, Keyframe, Keyframes
from playground.session.memory import RecordMemory
from playground.session.naming import sayable
from playground.session.projections import Projections
from playground.session.storm import Blow, Still, Storm, begin

STEPS_BETWEEN_LOOKS = 64
NEVER_US = sys.maxsize
MOST_UNREAD = 4_096
"""Records that wait to be read: some 10 ms of work."""
TOO_MANY = f"The storm has stopped: {MOST_STRIKES} faults and clicks are the most that are kept."


def never() -> bool:
    """There is time enough."""
    return False


class Player:
    """One run of one scenario."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.first = self.scenario = scenario
        self.seed = seed
        self.journal = Journal()
        self.memory = RecordMemory()
        self.storm: Storm | None = None
        self.seen = Projections(lambda: self.world, self._group_of)
        self.lines: list[LogLine] = []
        """Lines of the log that no frame has had yet."""
        self.has_jumped = False
        """Whether all lines are told anew, until somebody has taken note."""
        self._records: list[Record] = []
        self._take(simulate(scenario, seed))
        self.seen.series.sample(self.world)
        self.keyframes = Keyframes(self._keyframe())

    def _take(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self._records = []
        simulator.world.trace.sinks.append(self._records.extend)

    def _group_of(self, consumer: str) -> str:
        node = self.world.nodes.get(consumer)
        return node.group if isinstance(node, Consumer) else consumer

    @property
    def world(self) -> World:
        """The state of the present moment."""
        return self.simulator.world

    @property
    def now_us(self) -> int:
        """Virtual time."""
        return self.world.now_us

    # ------------------------------------------------------------------ forward

    def advance(self, target_us: int, out_of_time: Callable[[], bool]) -> int:
        """Run to ``target_us`` if time allows. Returns the virtual µs that did not fit.

        What the journal knows of the time in between is granted again, and a storm strikes.
        """
        simulator, world = self.simulator, self.world
        steps = 0
        while not world.stopped:
            wish_us, sample_us = self._wish_us(), self.seen.series.next_us
            until_us = min(target_us, sample_us, wish_us)
            while (due_us := simulator.next_us()) is not None and due_us <= until_us:
                simulator.step()
                steps += 1
                if world.stopped:
                    break
                if steps % STEPS_BETWEEN_LOOKS == 0 and self._is_to_rest(out_of_time):
                    return target_us - world.now_us
            simulator.run_until(until_us)
            if world.stopped:
                break
            if until_us == sample_us:
                self.seen.series.sample(world)
            if until_us == wish_us:
                self._grant_next()
            elif until_us == target_us:
                break
            steps += 1
            if steps % STEPS_BETWEEN_LOOKS == 0 and self._is_to_rest(out_of_time):
                return target_us - world.now_us
        self._note_end()
        return 0

    def _is_to_rest(self, out_of_time: Callable[[], bool]) -> bool:
        if len(self._records) > MOST_UNREAD:
            self.read()
        if not out_of_time():
            return False
        self._note_end()
        return True

    def _note_end(self) -> None:
        self.journal.end_us = max(self.journal.end_us, self.now_us)

    def step(self) -> None:
        """To the next thing that happens."""
        world = self.world
        before = world.next_seq
        while world.next_seq == before and not world.stopped:
            due_us, wish_us = self.simulator.next_us(), self._wish_us()
            if due_us is None or due_us > wish_us:
                if wish_us == NEVER_US:
                    break
                self.simulator.run_until(wish_us)
                self._grant_next()
            else:
                self.simulator.step()
        if world.now_us >= self.seen.series.next_us:
            self.seen.series.sample(world)
        self._note_end()

    def read(self) -> None:
        """Take in what has happened since, and keep a keyframe if it is time for one."""
        world, read_to = self.world, self.seen.read_to
        fresh = [record for record in self._records if record.seq > read_to]
        self._records.clear()
        fresh += world.trace.tail(read_to)
        self.lines += self.seen.read(fresh)
        self.memory.read(fresh)
        if self.keyframes.is_due(world):
            self.keyframes.add(self._keyframe())

    # ------------------------------------------------------------------ wishes

    def _wish_us(self) -> int:
        """When the next wish is granted that nobody has to make any more."""
        entry = self.journal.next
        if entry is not None:
            return entry.at_us
        return self.storm.next_us if self.storm is not None else NEVER_US

    def _grant_next(self) -> None:
        """Its time has come: the journal's next entry, or the strike of a storm."""
        journal, storm = self.journal, self.storm
        entry = journal.next
        if entry is not None:
            journal.head += 1
            if storm is not None:
                self.storm = storm.past(entry.at_us)
            self._do(entry)
            return
        assert storm is not None
        names = (*self.scenario.nodes, *databases(self.scenario))
        wish = storm.strike(self.world, names)
        self.storm = storm.further()
        if len(journal.entries) >= MOST_STRIKES:
            self.storm = None
            self._say("limit", TOO_MANY)
        elif wish is not None:
            entry = Entry(self.now_us, wish, STORM)
            journal.note(entry)
            self._do(entry)

    def grant(self, wish: Wish) -> None:
        """A wish that has just been made; it begins another branch where one is known already."""
        self.drain()
        self._leave()
        if not isinstance(wish, Blow | Still):
            wish = sayable(self.world, wish)
        entry = Entry(self.now_us, wish, HAND)
        self._do(entry)
        if isinstance(wish, Blow | Still):
            self.journal.note(entry)
        elif self._was_rejected():
            self.journal.note(entry._replace(is_granted=False))
        elif isinstance(wish, EDITS):
            after = self.scenario = edited(self.scenario, wish)
            self.journal.note(entry._replace(by=EDIT, after=after))
        else:
            self.journal.note(entry)

    def edit(self, commands: Sequence[Command], after: Scenario) -> None:
        """Follow an edit of the document; each of these can be granted."""
        if commands:
            self.drain()
            self._leave()
        for index, asked in enumerate(commands):
            command = sayable(self.world, asked)
            is_last = index == len(commands) - 1
            entry = Entry(self.now_us, command, EDIT, after if is_last else None)
            self._do(entry)
            self.journal.note(entry)
        self.scenario = after

    def drain(self) -> None:
        """Whatever is due at this very moment comes before a click."""
        self.simulator.run_until(self.now_us)

    def _do(self, entry: Entry) -> None:
        self.drain()
        wish = entry.wish
        if isinstance(wish, Blow):
            self.storm = storm = begin(wish, self.now_us)
            often = f"{storm.faults_a_minute} faults a minute, seed {storm.seed}"
            self._say("fault", f"A {storm.word} storm begins: {often}.")
        elif isinstance(wish, Still):
            self.storm = None
            self._say("info", "The storm is over. What it has broken stays as it is.")
        else:
            self.simulator.apply(wish)
            if isinstance(wish, RenameNode) and wish.old not in self.world.ledger.groups:
                self.seen.series.rename(wish.old, wish.new)
        if entry.after is not None:
            self.scenario = as_of(entry.after, self.scenario)

    def _was_rejected(self) -> bool:
        last = self.world.trace.last()
        if last is None and self._records:
            last = self._records[-1]
        return isinstance(last, CommandRejected)

    def _say(self, kind: str, text: str) -> None:
        self.read()
        line = LogLine(self.seen.read_to, self.now_us, kind, "", -1, text)
        self.lines.append(line)
        self.seen.told.append(line)

    # ------------------------------------------------------------------ back

    def _leave(self) -> None:
        """Nobody goes two ways at once: what is known of the way ahead is laid aside."""
        journal, now_us = self.journal, self.now_us
        if not journal.is_leaving(now_us):
            return
        dropped = journal.leave(now_us)
        self.keyframes.forget_after(now_us, journal.head)
        if dropped:
            later = "the later click is" if dropped == 1 else f"{dropped} later clicks are"
            self._say("branch", f"Another branch begins here: {later} laid aside.")

    def _keyframe(self) -> Keyframe:
        world = self.world
        return Keyframe(
            world.now_us,
            self.seen.read_to,
            world.fork(),
            self.seen.fork(),
            self.journal.head,
            self.storm,
            self.scenario,
        )

    def jump_near(self, at_us: int) -> None:
        """To the last keyframe that is not later, unless going on from here is as near."""
        self.read()
        key = self.keyframes.best(at_us)
        if at_us >= self.now_us and key.seq < self.seen.read_to + APART_RECORDS:
            return
        self._jump(key)

    def _jump(self, key: Keyframe) -> None:
        self._take(Simulator(key.world.fork()))
        self.seen = key.seen.fork()
        self.journal.head, self.storm = key.head, key.storm
        self.scenario = as_of(key.scenario, self.scenario)
        self.memory.forget_after(key.seq)
        self.lines = list(self.seen.told)
        self.has_jumped = True

    def take_other_branch(self) -> None:
        """Back to where the two part, with the wishes of the other one ahead."""
        head, parts_us = self.journal.swap(self.now_us)
        self.keyframes.forget_after(parts_us, head)
        self._jump(self.keyframes.best(parts_us))
