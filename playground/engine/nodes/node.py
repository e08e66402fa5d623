"""What do all nodes have in common? They are up, down or paused; packets wait at a paused one."""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from playground.engine.agenda import AgendaItem, Due
from playground.engine.links import LinkState
from playground.engine.message import Flight
from playground.engine.parameters import NodeParameters

if TYPE_CHECKING:
    from playground.engine.world import World


class ArmedCrash(NamedTuple):
    """It will crash, or pause, at this point, with the message of this name or with any ("")."""

    point: str
    name: str
    nth: int = 1  # the how manieth time that it is reached, counted down
    is_pause: bool = False
    for_us: int | None = None  # of a pause


class Watcher(Protocol):
    """Is told of every place where something armed could strike; ordinary runs have none.

    Places are asked for only where something is armed: whoever watches a node or a link arms
    there what no message ever meets.
    """

    def reaches(self, node: "Node", points: tuple[str, ...], name: str) -> None:
        """The node is about to do the step behind these points with the message of this name."""

    def leaves(
        self, world: "World", link: LinkState, packet: str, is_reply: bool, message: int,
        latency_us: int,
    ) -> None:  # fmt: skip
        """A packet leaves; it would arrive after this time if nothing armed met it."""


class Node:
    """The life of a process. One owner: the simulator; one state, copied by ``fork``."""

    __slots__ = (
        "armed",
        "crash_kind",
        "crash_took",
        "crashed_us",
        "deferred",
        "id",
        "incarnation",
        "is_open",
        "is_paused",
        "is_plain",
        "is_up",
        "judged",
        "link",
        "outage",
        "paused_us",
        "restarts_us",
        "resumes_us",
        "waiting",
        "watcher",
    )

    def __init__(self, node_id: str) -> None:
        self.id = node_id
        self.is_up = True
        self.is_paused = False
        self.is_open = True  # up and not paused: packets are taken
        self.incarnation = 1
        self.outage = 0  # counts crashes and pauses, so that an old restart finds nothing to do
        self.crashed_us = -1
        self.restarts_us: int | None = None
        self.paused_us = -1
        self.resumes_us: int | None = None
        self.crash_kind = "machine"
        self.crash_took: tuple[int, ...] = ()
        self.link: LinkState | None = None  # of a producer or a consumer: the one to its queue
        self.waiting: list[Flight] = []  # packets that arrived while it was paused
        self.deferred: list[AgendaItem] = []  # its own timers that fell due meanwhile
        self.armed: list[ArmedCrash] = []
        self.is_plain = False  # whether the parameters leave the express way open,
        self.judged: NodeParameters | None = None  # of these parameters
        self.watcher: Watcher | None = None

    def takes_armed(self, points: tuple[str, ...], name: str) -> str:
        """The point of the armed crash that this message has met, disarmed by that; "" for none."""
        if self.watcher is not None:
            self.watcher.reaches(self, points, name)
        crash = self._takes(points, name, is_pause=False)
        if crash is None:
            return ""
        # Nobody will ask for pauses here any more, but those of a later time have come one nearer.
        for index, each in enumerate(self.armed):
            if each.is_pause and each.nth > 1 and each.point in points and each.name in ("", name):
                self.armed[index] = each._replace(nth=each.nth - 1)
        return crash.point

    def takes_armed_pause(self, points: tuple[str, ...], name: str) -> ArmedCrash | None:
        """The armed pause that this message has met, disarmed by that."""
        return self._takes(points, name, is_pause=True)

    def _takes(self, points: tuple[str, ...], name: str, is_pause: bool) -> ArmedCrash | None:
        """The first that is due now; those of a later time come one nearer."""
        due = -1
        for index, each in enumerate(self.armed):
            if each.point in points and each.name in ("", name) and each.is_pause == is_pause:
                if each.nth > 1:
                    self.armed[index] = each._replace(nth=each.nth - 1)
                elif due < 0:
                    due = index
        return self.armed.pop(due) if due >= 0 else None

    def copy_life_to(self, twin: "Node") -> None:
        """Everything of this class for a fork; lists are copied, rows are shared."""
        for name in Node.__slots__:
            value = getattr(self, name)
            setattr(twin, name, value.copy() if isinstance(value, list) else value)

    # ------------------------------------------------------------------ what each kind does

    parameters: NodeParameters

    @property
    def is_producer(self) -> bool:
        """Whether messages begin here."""
        return False

    @property
    def wants_confirm(self) -> bool:
        """Whether a queue answers its SENDs."""
        return False

    takes: dict[str, Callable[[Any, "World", Flight], None]]
    """What a packet of each kind does when it arrives at the live process."""

    def numbers(self) -> list[int]:
        """The transactions that it knows of."""
        return []

    def drop_void(self, line: deque[Due]) -> None:
        """Take from the front of a line of this node's timers those that have become void."""

    def volatile(self) -> tuple[int, ...]:
        """The messages that a crash now would take out of its memory."""
        raise NotImplementedError

    def on_crash(self, world: "World") -> None:
        """The volatile state dies, here and nowhere else."""
        raise NotImplementedError

    def on_restart(self, world: "World") -> None:
        """A new incarnation begins."""
        raise NotImplementedError

    def on_pause(self, world: "World") -> None:
        """The process stops."""

    def on_resume(self, world: "World") -> None:
        """The process goes on; its waiting packets and timers follow right after this."""

    def after_resume(self, world: "World") -> None:
        """What waited has been taken."""

    def fork(self) -> Self:
        """An independent copy; its link is set by the world's fork."""
        raise NotImplementedError
