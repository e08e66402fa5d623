"""What is one run in the window? A document, a simulator that is paced, its journal, its frames.

The ui hands in wall time and wishes, and gets one frame a tick. Wishes wait for the next tick, so
that everything that changes the world does so at a virtual time that the journal can repeat.
"""

from collections.abc import Callable

from playground.engine.commands import Command
from playground.engine.nodes.consumer import Consumer
from playground.engine.records import CommandRejected, Record
from playground.engine.simulator import Simulator
from playground.scenario.build import simulate
from playground.scenario.caveats import path_warnings
from playground.scenario.difference import difference
from playground.scenario.edit import EDITS, edited
from playground.scenario.model import Scenario
from playground.session.deaths import DeathRegister
from playground.session.flight_columns import FlightColumns
from playground.session.foresight import refusal_of
from playground.session.frame import Frame
from playground.session.log import LogWriter
from playground.session.memory import RecordMemory
from playground.session.message_lists import MOST_LINES, messages_of
from playground.session.order import in_order, rows_in_order
from playground.session.series import SeriesRecorder
from playground.session.stories import story_of
from playground.session.story import MessageLine, Story
from playground.session.tables import group_rows
from playground.session.views import link_view, node_view

SLOWEST, FASTEST = 0.01, 1000.0
STEPS_BETWEEN_LOOKS = 64
US_PER_WALL_S = 1_000_000
CHARTS_EVERY_S = 0.08  # of wall time, while it runs


class Session:
    """One document, played. ``now_us`` moves only in ``tick``, ``step`` and ``run_to``."""

    def __init__(self, scenario: Scenario, seed: int | None = None) -> None:
        self.scenario = scenario
        self.seed = scenario.seed if seed is None else seed
        self.is_running = True
        self.speed = 1.0
        self.journal: list[tuple[int, Command]] = []
        self._wishes: list[Command] = []
        self._start()

    def _start(self) -> None:
        self.simulator: Simulator = simulate(self.scenario, self.seed)
        self._records: list[Record] = []
        self.simulator.world.trace.sinks.append(self._records.extend)
        self._log = LogWriter(lambda: self.simulator.world.ledger, self._group_of)
        self._flights = FlightColumns()
        self._deaths = DeathRegister(lambda: self.simulator.world.ledger)
        self._memory = RecordMemory()
        self._series = SeriesRecorder()
        self._series.sample(self.simulator.world)
        self._read_to = 0
        self._behind_s = 0.0
        self._charts_us = -1
        self._charts_age_s = CHARTS_EVERY_S
        self._fraction_us = 0.0
        self._warnings: dict[str, tuple[str, ...]] | None = None

    def _group_of(self, consumer: str) -> str:
        node = self.simulator.world.nodes.get(consumer)
        return node.group if isinstance(node, Consumer) else consumer

    @property
    def now_us(self) -> int:
        """Virtual time."""
        return self.simulator.world.now_us

    # ------------------------------------------------------------------ wishes

    def submit(self, command: Command) -> None:
        """A wish; it acts at the beginning of the next tick."""
        self._wishes.append(command)

    def play(self) -> None:
        """Let virtual time run."""
        self.is_running = not self.simulator.world.stopped

    def pause(self) -> None:
        """Let virtual time stand still."""
        self.is_running = False

    def set_speed(self, speed: float) -> None:
        """Virtual seconds per wall second, between 1/100 and 1000."""
        self.speed = min(FASTEST, max(SLOWEST, speed))

    def reset(self, seed: int | None = None) -> None:
        """Back to time 0: speed, faults, counters, and the seed of the document or a new one."""
        self.seed = self.scenario.seed if seed is None else seed
        self.speed = 1.0
        self.journal.clear()
        self._wishes.clear()
        self._start()

    def edit(self, after: Scenario, rename: tuple[str, str] | None = None) -> str:
        """Make ``after`` the document and let the running world follow, all of it or nothing.

        Returns why not, or "". ``rename`` is a node's old name and its new one: it keeps its state.
        """
        self._grant()
        commands = difference(self.scenario, after, rename)
        refusal = refusal_of(self.simulator.world, commands)
        if refusal:
            return refusal
        for command in commands:
            self.journal.append((self.now_us, command))
            self.simulator.apply(command)
        if rename is not None and rename[0] not in self.simulator.world.ledger.groups:
            self._series.rename(*rename)
        self.scenario = after
        self._warnings = None
        return ""

    # ------------------------------------------------------------------ time

    def tick(self, wall_s: float, out_of_time: Callable[[], bool]) -> Frame:
        """Grant what was wished, move on by ``wall_s`` at the present speed, and show it.

        What does not fit before ``out_of_time`` makes virtual time slip: it is never made up.
        """
        self._grant()
        self._charts_age_s += wall_s
        slipped_s = 0.0
        if self.is_running:
            wanted_us = wall_s * self.speed * US_PER_WALL_S + self._fraction_us
            whole_us = int(wanted_us)
            self._fraction_us = wanted_us - whole_us
            left_us = self._advance(self.now_us + whole_us, out_of_time)
            slipped_s = left_us / (self.speed * US_PER_WALL_S)
        # What has slipped in about the last second, so that the word does not flicker.
        self._behind_s = self._behind_s * max(0.0, 1.0 - wall_s) + slipped_s
        return self.frame()

    def _advance(self, target_us: int, out_of_time: Callable[[], bool]) -> int:
        """Run to ``target_us`` if time allows. Returns the virtual µs that did not fit."""
        simulator = self.simulator
        world = simulator.world
        steps = 0
        while not world.stopped:
            due_us = simulator.next_us()
            sample_us = self._series.next_us
            if due_us is None or due_us > min(target_us, sample_us):
                until_us = min(target_us, sample_us)
                simulator.run_until(until_us)
                if until_us == sample_us:
                    self._series.sample(world)
                if until_us == target_us:
                    return 0
                continue
            simulator.step()
            steps += 1
            if steps % STEPS_BETWEEN_LOOKS == 0 and out_of_time():
                return target_us - world.now_us
        self.is_running = False
        return 0

    def step(self) -> None:
        """To the next thing that happens."""
        self._grant()
        world = self.simulator.world
        before = world.next_seq
        while world.agenda and world.next_seq == before and not world.stopped:
            self.simulator.step()
        if world.now_us >= self._series.next_us:
            self._series.sample(world)

    def run_to(self, at_us: int) -> None:
        """To this virtual time, however long it takes."""
        self._grant()
        self._advance(max(at_us, self.now_us), lambda: False)

    def _grant(self) -> None:
        wishes, self._wishes = self._wishes, []
        for wish in wishes:
            self.journal.append((self.now_us, wish))
            self.simulator.apply(wish)
            if isinstance(wish, EDITS) and not self._was_rejected():
                self.scenario = edited(self.scenario, wish)
                self._warnings = None

    def _was_rejected(self) -> bool:
        last = self.simulator.world.trace.last()
        if last is None and self._records:
            last = self._records[-1]
        return isinstance(last, CommandRejected)

    # ------------------------------------------------------------------ messages

    def messages_of(
        self, group: str, bucket: str, limit: int = MOST_LINES
    ) -> tuple[MessageLine, ...]:
        """The newest messages behind a number of the scoreboard, newest first."""
        return messages_of(self.simulator.world, self._remembered(), group, bucket, limit)

    def story(self, message: int) -> Story | None:
        """The life of a message; None where no such message has been produced."""
        return story_of(self.simulator.world, self._remembered(), message)

    def _remembered(self) -> RecordMemory:
        """The memory with what has happened since the last frame."""
        self._memory.read(self._records)
        self._memory.read(self.simulator.world.trace.tail())
        return self._memory

    # ------------------------------------------------------------------ frames

    def frame(self) -> Frame:
        """This moment, complete."""
        world = self.simulator.world
        fresh = self._fresh_records()
        self._deaths.read(fresh)
        self._memory.read(fresh)
        if self._warnings is None:
            self._warnings = {
                name: tuple(warning.sentence for warning in path_warnings(self.scenario, name))
                for name, node in world.nodes.items()
                if isinstance(node, Consumer)
            }
        charts = None
        is_new = self._charts_us != self._series.next_us
        if is_new and (not self.is_running or self._charts_age_s >= CHARTS_EVERY_S):
            self._charts_us, self._charts_age_s = self._series.next_us, 0.0
            charts = self._series.charts(world)
        return Frame(
            now_us=world.now_us,
            is_running=self.is_running,
            speed=self.speed,
            behind_s=self._behind_s if self._behind_s >= 0.05 else 0.0,
            seed=self.seed,
            name=self.scenario.name,
            nodes=tuple(
                node_view(world, world.nodes[name], self._warnings.get(name, ()))
                for name in in_order(world.nodes, self.scenario)
            ),
            links=tuple(link_view(link) for link in world.links.values()),
            flights=self._flights.table(world),
            groups=rows_in_order(group_rows(world), self.scenario),
            deaths=self._deaths.deaths,
            log=tuple(self._log.lines(fresh)),
            charts=charts,
            marks=self._deaths.marks,
            notice=world.stopped,
        )

    def _fresh_records(self) -> list[Record]:
        """The records since the last frame, from the blocks handed on and the one that is open."""
        world = self.simulator.world
        fresh = [record for record in self._records if record.seq > self._read_to]
        self._records.clear()
        fresh += world.trace.tail(self._read_to)
        self._read_to = world.next_seq - 1
        return fresh
