"""What does the window need to draw one moment?

One immutable ``Frame`` a tick, built from the state of the world; the ui never holds a world. All
times are virtual microseconds; a fraction of a way or of a lease is a function of ``now_us``.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.engine.message import PACKETS as PACKETS
from playground.engine.message import REQUESTS as REQUESTS
from playground.session.commit_frames import CoordinatorView as CoordinatorView
from playground.session.commit_frames import DatabaseView as DatabaseView
from playground.session.commit_frames import Price as Price
from playground.session.storm import Storm


class Waiting(NamedTuple):
    """A message that a producer has not got confirmed: what it waits for and until when."""

    number: int
    what: str  # "confirm" (until the timeout) or "retry" (until the next attempt)
    since_us: int
    until_us: int


class ProducerView(NamedTuple):
    """A producer card."""

    id: str
    is_up: bool
    is_paused: bool
    paused_us: int
    restarts_us: int | None
    crashed_us: int
    produced: int
    buffered: int
    rate_per_s: float
    publish: str
    window: int
    waiting: tuple[Waiting, ...]  # oldest first, at most 3
    waiting_total: int
    gave_up: tuple[int, ...]  # numbers, newest first, at most 3
    armed: tuple[str, ...]  # points
    is_connected: bool


class Slot(NamedTuple):
    """One entry in a group's lane of a queue."""

    message: int
    number: int  # the n of producer#n
    state: str  # "ready", "leased" or "held": locked by a transaction that is not over
    deliveries: int  # so far
    since_us: int  # when the lease, or the lock, began
    until_us: int | None  # when it ends; None: never
    born_us: int | None = None  # when it came into the queue
    is_in_doubt: bool = False  # decided elsewhere, and not known here


class Lane(NamedTuple):
    """A group's copies in a queue; ``slots[0]`` is the head (drawn at the right)."""

    group: str
    consumers: tuple[str, ...]
    slots: tuple[Slot, ...]  # at most 6
    more: int  # entries beyond those
    ready: int
    leased: int


class QueueView(NamedTuple):
    """A queue card."""

    id: str
    is_up: bool
    is_paused: bool
    paused_us: int
    restarts_us: int | None
    crashed_us: int
    crash_took: int  # entries gone in the last crash
    durability: str
    lease_us: int | None
    held: int
    capacity: int | None
    dead_from: tuple[str, ...]  # the queues whose dead letters it takes
    lanes: tuple[Lane, ...]
    armed: tuple[str, ...]
    is_connected: bool
    commits: str = ""  # how a coordinator ends what it holds: "transaction", "two-phase" or ""


class ConsumerView(NamedTuple):
    """A consumer card. ``stages`` are the cells of its program, in its order."""

    id: str
    group: str
    is_up: bool
    is_paused: bool
    paused_us: int
    restarts_us: int | None
    crashed_us: int
    took: tuple[int, ...]  # numbers of the messages the last crash took
    guarantee: str
    how: str
    idempotency: str
    effect: str
    stages: tuple[str, ...]  # e.g. ("receive", "effect", "ack")
    atomic: tuple[int, int] | None  # first and last cell of one transaction
    gates: tuple[str, ...]  # gates[i], the point between cells i and i+1; "" = none
    message: int | None  # ledger row of the message at work
    number: int | None
    stage: int  # index of the current cell, -1 idle
    work_from_us: int  # the effect's interval; equal where it takes no time
    work_until_us: int
    work_done: float  # fraction when paused or not in the effect cell
    suppressed: int | None  # number of the last suppressed message, until the next one begins
    suppressed_us: int
    held: int  # messages in its hands, the one at work included
    unacked: int
    prefetch: int
    lease_until_us: int | None
    failed: tuple[int, int | None] | None  # delivery count and limit of the last failed handler
    armed: tuple[str, ...]  # points
    armed_failure: bool
    warnings: tuple[str, ...]  # sentences: why the path cannot keep the promise
    cut: bool
    is_connected: bool
    awaits: tuple[str, ...] = ()  # packets that have not been answered, while it waits
    refused: tuple[int, str] | None = None  # the message it could not commit lately, and by whom
    is_repeat: bool = False  # the effect at work has been applied before


NodeView = ProducerView | QueueView | ConsumerView | CoordinatorView | DatabaseView


class LinkView(NamedTuple):
    """A link with its weather."""

    source: str
    target: str
    latency_us: int
    distribution: str
    loss_request: float
    loss_reply: float
    duplicate: float
    reorder: float
    transport: str
    cut_request: bool
    cut_reply: bool
    cut_us: int
    heals_us: int | None
    armed: tuple[tuple[str, str], ...]  # (fault, packet)


class FlightTable(NamedTuple):
    """Every packet in the air, one row each; all arrays have the same length n."""

    flight: NDArray[np.int64]
    link: NDArray[np.int32]  # index into Frame.links
    is_reply: NDArray[np.bool_]
    packet: NDArray[np.int8]  # index into PACKETS
    message: NDArray[np.int64]  # ledger row
    number: NDArray[np.int64]  # the n of producer#n
    copies: NDArray[np.int32]  # 1 = first; ×n from the second attempt or delivery on
    sent_us: NDArray[np.int64]
    ends_us: NDArray[np.int64]  # arrival, or for a doomed packet the moment of its death
    travel: NDArray[np.float64]  # fraction of the way it covers until ends_us: 1, or where it dies


class GroupRow(NamedTuple):
    """A row of the scoreboard. ``produced`` is the sum of the six buckets, always."""

    group: str
    queue: str
    consumers: tuple[str, ...]
    guarantee: str  # of its first consumer
    produced: int
    applied_once: int
    applied_many: int
    in_flight: int
    in_doubt: int
    dead_lettered: int
    lost: int
    deliveries: int
    duplicate_deliveries: int
    duplicate_effects: int
    reexecuted: int  # executions of a set beyond the first of each message
    regress: int  # of these and others: executions that put an older value back
    stale_final: int  # keys that are in an older state than one that was applied
    suppressed: int
    out_of_order: int
    fenced: int
    torn: int
    should_be: int  # money: amounts of settled messages
    really_is: int  # money: amounts of effects
    money_lost: int
    money_twice: int
    money_dead: int = 0  # waits among the dead letters: missing here, but not lost
    pending: int = 0  # outputs that no reader sees yet: their transactions are undecided
    blocked: int = 0  # committed ones behind them: readers stop at the first undecided one
    stable: int | None = None  # outputs before it; None: the group writes none
    doubt_us: int = -1  # since when the oldest of what is in doubt is so; -1: nothing is
    calls: int | None = None  # made outside every transaction; None: the effect is no call
    calls_twice: int = 0  # those beyond the first of each message

    @property
    def adds_up(self) -> bool:
        """The scoreboard's tick: a comparison, never a constant."""
        applied = self.applied_once + self.applied_many
        gone = self.dead_lettered + self.lost
        return self.produced == applied + self.in_doubt + self.in_flight + gone


class Death(NamedTuple):
    """Where a packet or a message died lately, for the marks on the canvas."""

    at_us: int
    kind: str  # "packet" (dropped, cut) or "message" (lost)
    place: str  # node id, or "source>target" of the packet's way for a link
    fraction: float  # of the packet's own way from its sender; 0 at a node
    is_reply: bool
    packet: str
    message: int
    number: int
    group: str  # of a lost message
    text: str  # the plate: "ack 45 dropped", "43: dropped; auto-ack had forgotten it."


class LogLine(NamedTuple):
    """One sentence about one record."""

    seq: int
    at_us: int
    kind: str  # "fault", "loss", "duplicate", "info", "rejected", "limit"
    node: str  # the node or "source>target" it happened at
    message: int  # ledger row or -1
    text: str


class Series(NamedTuple):
    """One curve: x in virtual seconds, y in its chart's unit; at most 600 points."""

    name: str  # a group or a queue
    guarantee: str  # "" where it is none
    x_s: NDArray[np.float64]
    y: NDArray[np.float64]


class Chart(NamedTuple):
    """One quantity, a curve per group or queue."""

    key: str  # "lost", "applied_again", "depth", "latency_p50", "price" ...
    curves: tuple[Series, ...]


class FaultMark(NamedTuple):
    """A fault on the time axis; an outage lasts until ``until_us``."""

    at_us: int
    until_us: int  # equal to at_us for an instant
    kind: str  # "crash", "pause", "cut", "drop"
    place: str


class Going(NamedTuple):
    """The run is on its way to another moment; what is shown is the one that it left."""

    at_us: int
    share: float  # of the way


class Frame(NamedTuple):
    """One moment of a run, complete."""

    now_us: int
    is_running: bool
    speed: float
    behind_s: float  # how far virtual time has slipped, wall seconds
    seed: int
    name: str
    nodes: tuple[NodeView, ...]
    links: tuple[LinkView, ...]
    flights: FlightTable
    groups: tuple[GroupRow, ...]
    deaths: tuple[Death, ...]  # the last 200, newest last
    log: tuple[LogLine, ...]  # those since the last frame
    charts: tuple[Chart, ...] | None  # None: unchanged since the last frame
    marks: tuple[FaultMark, ...]
    notice: str  # why the run stopped by itself, or ""
    storm: Storm | None = None
    end_us: int = 0  # the farthest moment that this branch has been played to
    changed_us: int = -1  # when somebody first changed this run; -1: it goes as it was written
    ahead: int = 0  # wishes that will be granted again on the way there
    has_past: bool = False  # whether anything happened that one could go back to just before
    has_branch: bool = False  # whether there is another branch to go to
    going: Going | None = None
    prices: tuple[Price, ...] = ()  # a group each, in the order of the scoreboard
