"""What can be set on a node and on a link, with bounds, units, defaults and help?

These frozen dataclasses are the only place where a parameter is described. A field that ends in
``_us`` or ``_per_s`` is written in a file without that ending (``lease_us`` is ``lease: 5 s``).
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from annotated_types import Interval

from playground.engine.commit_parameters import CoordinatorParameters as CoordinatorParameters
from playground.engine.commit_parameters import ParticipantParameters as ParticipantParameters
from playground.engine.units import Absent, Chance, Count, Duration, Help, Rate

Guarantee = Literal["at-most-once", "at-least-once", "exactly-once"]
How = Literal[
    "auto-ack",
    "ack-first",
    "commit-first",
    "ack-after",
    "double-ack",
    "inbox",
    "transaction",
    "two-phase",
]
Idempotency = Literal["none", "natural", "memory", "claim-first", "effect-first", "inbox"]
Effect = Literal["add", "set", "call"]
Point = Literal[
    "received",
    "after-dedup",
    "before-effect",
    "mid-effect",
    "after-effect",
    "before-mark",
    "after-mark",
    "before-ack",
    "after-ack",
    "awaiting-reply",
]

HOWS: dict[Guarantee, tuple[How, ...]] = {
    "at-most-once": ("auto-ack", "ack-first", "commit-first"),
    "at-least-once": ("ack-after", "double-ack"),
    "exactly-once": ("inbox", "transaction", "two-phase"),
}
"""Where the ack can stand for each guarantee; the first is the default."""

TRANSACTIONS: tuple[How, ...] = ("transaction", "two-phase")
"""The ways that need a coordinator."""

MAX_NODES = 200
MAX_LINKS = 1_000
MAX_TOTAL_RATE_PER_S = 5_000.0
MAX_QUEUE_ENTRIES = 100_000
MAX_BUFFERED_MESSAGES = 1_000_000
MAX_FLIGHTS = 50_000
MAX_AGENDA_ITEMS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How long something takes: a mean and the shape around it."""

    mean_us: Annotated[Duration, Help("The mean.")]
    distribution: Annotated[
        Literal["fixed", "exponential", "uniform", "lognormal"],
        Help("uniform lies on 0 to twice the mean; lognormal has a sigma of 1 unless given."),
    ] = "fixed"
    sigma: Annotated[
        float, Interval(gt=0.0, le=5.0), Help("The lognormal's spread on the log scale.")
    ] = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """When a confirmed producer sends again: attempt k+1 is ``timeout + b(k)`` after attempt k."""

    timeout_us: Annotated[Duration, Help("How long it waits for a confirm.")] = 500_000
    attempts: Annotated[
        Count | None, Absent("unlimited"), Help("How many SENDs in all, the first one included.")
    ] = None
    backoff_us: Annotated[Duration, Help("The wait before the second attempt.")] = 200_000
    factor: Annotated[
        float, Interval(ge=1.0, le=100.0), Help("Each further wait is this many times the last.")
    ] = 2.0
    cap_us: Annotated[Duration, Help("No wait is longer than this.")] = 5_000_000
    jitter: Annotated[
        Literal["none", "full"], Help("full: the wait is drawn between zero and its full length.")
    ] = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """The chance that a packet is lost, by direction."""

    request: Annotated[Chance, Help("With the arrow: SEND, DELIVER, ACK_OK.")] = 0.0
    reply: Annotated[Chance, Help("Against the arrow: CONFIRM, ACK.")] = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """Every n-th message of each producer."""

    every: Annotated[Count, Help("Every how many messages.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProducerParameters:
    """An application that publishes messages."""

    rate_per_s: Annotated[Rate, Help("Messages a second.")]
    arrivals: Annotated[
        Literal["regular", "poisson", "burst"],
        Help("regular: one every 1/rate; poisson: random gaps; burst: several at once."),
    ] = "regular"
    burst: Annotated[Count, Help("With bursts: messages together every burst/rate.")] = 10
    limit: Annotated[Count | None, Absent("none"), Help("Messages in all.")] = None
    keys: Annotated[int, Interval(ge=1, le=10_000), Help("Ordering keys, used round robin.")] = 1
    amount: Annotated[
        int, Interval(ge=0, le=10**12), Help("What one message is worth, in the money view.")
    ] = 100
    publish: Annotated[
        Literal["fire-and-forget", "confirmed"],
        Help("confirmed: it sends again until the queue has confirmed."),
    ] = "confirmed"
    identity: Annotated[
        Literal["none", "sequence", "message-id"],
        Help("What the queue can recognise a repeated SEND by."),
    ] = "none"
    window: Annotated[
        int, Interval(ge=1, le=100_000), Help("Unconfirmed messages on the way at once.")
    ] = 1
    outbox: Annotated[bool, Help("The intent to publish survives the producer's crash.")] = False
    restart_after_us: Annotated[Duration, Help("How long a crash lasts.")] = 2_000_000
    retry: Annotated[Retry, Help("Timeout, attempts and backoff.")] = field(default_factory=Retry)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueParameters:
    """A broker: it keeps messages and gives them out under a lease until they are acknowledged."""

    durability: Annotated[
        Literal["memory", "lazy", "sync"],
        Help("What a crash leaves: nothing, what was flushed, or everything confirmed."),
    ] = "sync"
    flush_us: Annotated[Duration, Help("lazy: how often the disk is written.")] = 1_000_000
    ack_durability: Annotated[
        Literal["sync", "lazy"], Help("lazy: acks since the last flush are undone by a crash.")
    ] = "sync"
    deduplicate: Annotated[
        Literal["none", "sequence", "message-id"], Help("What repeated SENDs are recognised by.")
    ] = "none"
    dedup_window_us: Annotated[
        Duration, Help("How long a SEND is remembered, from its append.")
    ] = 120_000_000
    order: Annotated[
        Literal["competing", "fifo", "keyed"],
        Help("fifo: a key waits for its first unfinished message; keyed: one owner a key."),
    ] = "competing"
    lease_us: Annotated[
        Duration | None,
        Absent("unlimited"),
        Help("How long a delivery may stay unacknowledged before it is given out again."),
    ] = 5_000_000
    on_disconnect: Annotated[
        Literal["requeue", "wait-for-lease"],
        Help("What a consumer's crash does to its leases."),
    ] = "requeue"
    stale_ack: Annotated[
        Literal["reject", "accept"], Help("An ack whose lease has ended: refused, or counted.")
    ] = "reject"
    max_deliveries: Annotated[
        Count | None, Absent("unlimited"), Help("After this many deliveries it is given up.")
    ] = None
    dead_letter: Annotated[
        str | None, Absent("null"), Help("The queue that takes what is given up.")
    ] = None
    redelivery_delay_us: Annotated[Duration, Help("The wait after a NACK.")] = 0
    capacity: Annotated[
        Count | None, Absent("unlimited"), Help("Messages held, the leased ones included.")
    ] = None
    overflow: Annotated[
        Literal["reject", "drop-oldest"], Help("What happens to a SEND when the queue is full.")
    ] = "reject"
    retention_us: Annotated[
        Duration | None, Absent("unlimited"), Help("How long an entry is kept, read or not.")
    ] = None
    restart_after_us: Annotated[Duration, Help("How long a crash lasts.")] = 2_000_000
    heuristic_us: Annotated[
        Duration | None,
        Absent("none"),
        Help("two-phase: a prepared message is released after this, whatever was decided."),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumerParameters:
    """An application that processes messages and changes the outside world."""

    group: Annotated[
        str | None,
        Help("Same group: competing. Other group: its own copy of each message."),
    ] = None
    guarantee: Annotated[Guarantee, Help("What this consumer promises.")] = "at-least-once"
    how: Annotated[
        How | None, Help("Where the ack stands; the first of the guarantee unless given.")
    ] = None
    idempotency: Annotated[Idempotency, Help("What makes a second delivery harmless.")] = "none"
    effect: Annotated[
        Effect, Help("add: charge; set: mark completed; call: outside any transaction.")
    ] = "add"
    work: Annotated[Spread, Help("How long processing takes.")] = Spread(mean_us=100_000)
    prefetch: Annotated[
        int, Interval(ge=1, le=100_000), Help("Unacknowledged deliveries at once.")
    ] = 1
    crash_chance: Annotated[Chance, Help("Per delivery that reaches crash_at.")] = 0.0
    crash_at: Annotated[Point, Help("Where in its program that crash strikes.")] = "before-ack"
    restart_after_us: Annotated[Duration, Help("How long a crash lasts.")] = 2_000_000
    failure_chance: Annotated[
        Chance, Help("The handler fails and sends a NACK; the process lives.")
    ] = 0.0
    poison: Annotated[
        tuple[Annotated[int, Interval(ge=1, le=10_000_000)], ...] | Every,
        Absent("none"),
        Help("Messages that fail at every delivery."),
    ] = ()
    ack_timeout_us: Annotated[Duration, Help("An awaited ACK is sent again after this.")] = 500_000
    renew_lease_us: Annotated[
        Duration | None, Absent("none"), Help("While it holds a message it extends the lease.")
    ] = None
    dedup_window_us: Annotated[
        Duration | None, Absent("unlimited"), Help("How long it remembers what it has applied.")
    ] = None
    fencing: Annotated[
        bool, Help("The effect carries the lease's token; the database refuses an older one.")
    ] = False
    storm: Annotated[str | None, Help("Consumers of one storm meet the same faults.")] = None

    @property
    def effective_how(self) -> How:
        """Where the ack stands, its default filled in."""
        return self.how or HOWS[self.guarantee][0]

    @property
    def effective_idempotency(self) -> Idempotency:
        """Exactly-once by inbox implies the inbox, whatever the file says."""
        return "inbox" if self.effective_how == "inbox" else self.idempotency

    @property
    def effective_effect(self) -> Effect:
        """A naturally idempotent effect is a set."""
        return "set" if self.idempotency == "natural" else self.effect


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkParameters:
    """A connection between two nodes, with its weather."""

    latency: Annotated[Spread, Help("How long a packet travels.")] = Spread(mean_us=20_000)
    loss: Annotated[Loss, Help("The chance that a packet is lost.")] = field(default_factory=Loss)
    duplicate: Annotated[Chance, Help("The chance that a packet arrives twice.")] = 0.0
    reorder: Annotated[Chance, Help("The chance that a packet is held back.")] = 0.0
    transport: Annotated[
        Literal["datagram", "stream"],
        Help("stream: in order, nothing lost but by a cut, which both ends notice."),
    ] = "datagram"
    storm: Annotated[str | None, Help("Links of one storm meet the same faults.")] = None


NodeParameters = ProducerParameters | QueueParameters | ConsumerParameters | CoordinatorParameters

KINDS: tuple[tuple[str, type[NodeParameters]], ...] = (
    ("producer", ProducerParameters),
    ("queue", QueueParameters),
    ("consumer", ConsumerParameters),
    ("coordinator", CoordinatorParameters),
)
"""The kinds of node, in the order of the palette."""

KIND_OF: dict[type[NodeParameters], str] = {cls: kind for kind, cls in KINDS}
