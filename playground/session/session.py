"""What is one run in the window? A document, a simulator that is paced, its journal, its frames.

The ui hands in wall time and wishes, and gets one frame a tick. Wishes wait for the next tick, so
that everything that changes the world does so at a virtual time that the journal can repeat.
"""

from collections.abc import Callable

from playground.engine.commands import Command
from playground.engine.simulator import Simulator
from playground.scenario.difference import difference
from playground.scenario.model import Scenario
from playground.session.foresight import refusal_of
from playground.session.frame import Frame, Going
from playground.session.framing import Framing, Pace
from playground.session.journal import Wish
from playground.session.memory import RecordMemory
from playground.session.message_lists import MOST_LINES, messages_of
from playground.session.player import Player, never
from playground.session.run_script import RunScript, run_script
from playground.session.stories import story_of
from playground.session.storm import Blow, Still
from playground.session.story import MessageLine, Story

SLOWEST, FASTEST = 0.01, 1000.0
US_PER_WALL_S = 1_000_000
LEAD_WALL_US = 250_000
"""How long before a turning point one arrives, at speed one."""
SHORTEST_LEAD_US, LONGEST_LEAD_US = 1_000, 2_000_000
ON_ITS_WAY = "The run is on its way to another moment. Try again when it is there."


class Session:
    """One document, played. ``now_us`` moves only in ``tick``, ``step``, ``run_to``, ``seek``."""

    def __init__(self, scenario: Scenario, seed: int | None = None) -> None:
        self._pace = Pace()
        self._start(scenario, scenario.seed if seed is None else seed)

    def _start(self, scenario: Scenario, seed: int) -> None:
        self._player = Player(scenario, seed)
        self._framing = Framing()
        self._wishes: list[Wish] = []
        self._shown: Frame | None = None
        self._goal_us: int | None = None
        self._way_us = 0
        self._pace.behind_s = 0.0
        self._fraction_us = 0.0

    @property
    def scenario(self) -> Scenario:
        """The document, as it is at this moment of the run."""
        return self._player.scenario

    @property
    def in_force(self) -> Scenario:
        """The document with what a script has set meanwhile."""
        return self._framing.in_force(self._player)

    @property
    def seed(self) -> int:
        """Of this run."""
        return self._player.seed

    @property
    def simulator(self) -> Simulator:
        """What moves the world; another one after going back."""
        return self._player.simulator

    @property
    def now_us(self) -> int:
        """Virtual time."""
        return self._player.now_us

    @property
    def is_running(self) -> bool:
        """Whether virtual time moves by itself."""
        return self._pace.is_running

    @property
    def speed(self) -> float:
        """Virtual seconds per wall second."""
        return self._pace.speed

    @property
    def journal(self) -> list[tuple[int, Command]]:
        """Every wish that has been granted or refused up to now, with its virtual time."""
        journal = self._player.journal
        return [
            (entry.at_us, entry.wish)
            for entry in journal.entries[: journal.head]
            if not isinstance(entry.wish, Blow | Still)
        ]

    # ------------------------------------------------------------------ wishes

    def submit(self, command: Command) -> None:
        """A wish; it acts at the beginning of the next tick."""
        self._wishes.append(command)

    def blow(self, strength: int, seed: int) -> None:
        """A storm of this strength from the next tick on; the seed chooses what it strikes."""
        self._wishes.append(Blow(strength, seed))

    def calm(self) -> None:
        """No further strike; what is broken stays broken."""
        self._wishes.append(Still())

    def play(self) -> None:
        """Let virtual time run."""
        self._pace.is_running = not self.simulator.world.stopped

    def pause(self) -> None:
        """Let virtual time stand still."""
        self._pace.is_running = False

    def set_speed(self, speed: float) -> None:
        """Virtual seconds per wall second, between 1/100 and 1000."""
        self._pace.speed = min(FASTEST, max(SLOWEST, speed))

    def reset(self, seed: int | None = None) -> None:
        """Back to time 0: speed, faults, counters, and the seed of the document or a new one."""
        self._pace.speed = 1.0
        self._start(self.scenario, self.scenario.seed if seed is None else seed)

    def edit(self, after: Scenario, rename: tuple[str, str] | None = None) -> str:
        """Make ``after`` the document and let the running world follow, all of it or nothing.

        Returns why not, or "". ``rename`` is a node's old name and its new one: it keeps its state.
        """
        if self._goal_us is not None:
            return ON_ITS_WAY
        self._grant()
        commands = difference(self.scenario, after, rename)
        if commands:
            self._player.drain()
        refusal = refusal_of(self.simulator.world, commands)
        if not refusal:
            self._player.edit(commands, after)
        return refusal

    def _grant(self) -> None:
        wishes, self._wishes = self._wishes, []
        for wish in wishes:
            self._player.grant(wish)

    # ------------------------------------------------------------------ time

    def tick(self, wall_s: float, out_of_time: Callable[[], bool]) -> Frame:
        """Grant what was wished, move on by ``wall_s`` at the present speed, and show it.

        What does not fit before ``out_of_time`` makes virtual time slip: it is never made up.
        """
        self._framing.age(wall_s)
        if self._goal_us is not None:
            self._go_on(out_of_time)
            return self.frame()
        self._grant()
        slipped_s = 0.0
        if self.is_running:
            wanted_us = wall_s * self.speed * US_PER_WALL_S + self._fraction_us
            whole_us = int(wanted_us)
            self._fraction_us = wanted_us - whole_us
            left_us = self._advance(self.now_us + whole_us, out_of_time)
            slipped_s = left_us / (self.speed * US_PER_WALL_S)
        # What has slipped in about the last second, so that the word does not flicker.
        self._pace.behind_s = self._pace.behind_s * max(0.0, 1.0 - wall_s) + slipped_s
        return self.frame()

    def _advance(self, target_us: int, out_of_time: Callable[[], bool]) -> int:
        left_us = self._player.advance(target_us, out_of_time)
        if self.simulator.world.stopped:
            self.pause()
        return left_us

    def step(self) -> None:
        """To the next thing that happens."""
        if self._goal_us is None:
            self._grant()
            self._player.step()

    def run_to(self, at_us: int) -> None:
        """To this virtual time, however long it takes."""
        self._arrive()
        self._grant()
        self._advance(max(at_us, self.now_us), never)

    # ------------------------------------------------------------------ other moments

    @property
    def is_going(self) -> bool:
        """Whether the run is on its way to another moment, which takes more ticks."""
        return self._goal_us is not None

    def note_jump(self) -> bool:
        """Whether the lines of the log are told anew from the next frame on; asked once."""
        has_jumped, self._player.has_jumped = self._player.has_jumped, False
        return has_jumped

    def seek(self, at_us: int, out_of_time: Callable[[], bool] = never) -> bool:
        """Rest at another moment of this run; says whether it is there already.

        What does not fit before ``out_of_time`` is done in the ticks that follow. Going on from
        there repeats what has been clicked, until somebody clicks something else.
        """
        self._arrive()
        self._grant()
        self.pause()
        self._player.jump_near(max(0, at_us))
        return self._set_out(max(0, at_us), out_of_time)

    def seek_before(self, out_of_time: Callable[[], bool] = never) -> bool:
        """Rest just before the last fault, loss or repeat; before that, just before the one ahead.

        Where nothing has happened yet it stays where it is.
        """
        self._arrive()
        self._player.read()
        moment_us = self._player.seen.last_moment_until(self.now_us)
        if moment_us is None:
            return True
        lead_us = round(LEAD_WALL_US * self.speed)
        return self.seek(
            moment_us - min(LONGEST_LEAD_US, max(SHORTEST_LEAD_US, lead_us)), out_of_time
        )

    def seek_end(self, out_of_time: Callable[[], bool] = never) -> bool:
        """Rest at the farthest moment that this branch has been played to."""
        return self.seek(max(self.now_us, self._player.journal.end_us), out_of_time)

    def seek_branch(self, out_of_time: Callable[[], bool] = never) -> bool:
        """Rest at the end of the other branch, if there is one; this one is then the other."""
        self._arrive()
        self._grant()
        if self._player.journal.other is None:
            return True
        self.pause()
        self._player.take_other_branch()
        return self._set_out(self._player.journal.end_us, out_of_time)

    def _set_out(self, at_us: int, out_of_time: Callable[[], bool]) -> bool:
        self._goal_us, self._way_us = at_us, max(1, at_us - self.now_us)
        self._fraction_us, self._pace.behind_s = 0.0, 0.0
        self._framing.forget_charts()
        return self._go_on(out_of_time)

    def _go_on(self, out_of_time: Callable[[], bool]) -> bool:
        assert self._goal_us is not None
        self._advance(self._goal_us, out_of_time)
        if self.now_us >= self._goal_us or self.simulator.world.stopped:
            self._goal_us = None
        return self._goal_us is None

    def _arrive(self) -> None:
        if self._goal_us is not None:
            self._go_on(never)

    # ------------------------------------------------------------------ messages and scripts

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
        self._player.read()
        return self._player.memory

    def run_script(self) -> RunScript:
        """The scenario that plays this run again, up to now."""
        self._arrive()
        self._grant()
        player = self._player
        player.drain()
        entries = player.journal.entries[: player.journal.head]
        return run_script(
            player.first, player.scenario, player.seed, entries, player.world.ledger, self.now_us
        )

    # ------------------------------------------------------------------ frames

    def frame(self) -> Frame:
        """This moment, complete; on the way to another one, the moment that was left."""
        if self._goal_us is not None and self._shown is not None:
            share = 1.0 - (self._goal_us - self.now_us) / self._way_us
            going = Going(self._goal_us, min(1.0, max(0.0, share)))
            return self._shown._replace(
                is_running=False, log=(), charts=None, behind_s=0.0, going=going
            )
        self._shown = self._framing.frame(self._player, self._pace)
        return self._shown
