"""What do all nodes have in common? They are up, down or paused; packets wait at a paused one."""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from playground.engine.links import LinkState
from playground.engine.message import Flight
from playground.engine.parameters import NodeParameters

if TYPE_CHECKING:
    from playground.engine.world import World


class AgendaItem(NamedTuple):
    """Something due: ordered by time, then by kind of event, then by insertion."""

    at_us: int
    priority: int
    order: int
    kind: int
    cause: int  # the record that led to it
    owner: str
    first: int
    second: int
    third: int
    text: str


Due = tuple[int, int, int, int, Any]
"""The same as a bare tuple, as it stands in the agenda, where it is made and compared faster:

at_us, priority, order, kind, and in one tuple all from ``cause`` on; of a packet's arrival in its
place the flight's id.
"""


def item_of(due: Due) -> AgendaItem:
    """With names, for whoever reads it."""
    return AgendaItem(*due[:4], *due[4])


def due_of(item: AgendaItem) -> Due:
    """Back into the agenda."""
    return (*item[:4], item[4:])


class ArmedCrash(NamedTuple):
    """It will crash at this point, with the message of this name or with any ("")."""

    point: str
    name: str


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

    def takes_armed(self, points: tuple[str, ...], name: str) -> str:
        """The armed point that this message has reached, disarmed by that; "" for none."""
        for index, (point, wanted) in enumerate(self.armed):
            if point in points and wanted in ("", name):
                del self.armed[index]
                return point
        return ""

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

    def fork(self) -> Self:
        """An independent copy; its link is set by the world's fork."""
        raise NotImplementedError
