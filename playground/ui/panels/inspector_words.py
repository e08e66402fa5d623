"""What does each idempotency do, and what does it do when it dies?"""

IDEMPOTENCIES: tuple[tuple[str, str], ...] = (
    ("none", "Every delivery charges again. A crash before the ack repeats the effect."),
    ("natural", "The effect is a set, not an add. Doing it again changes nothing."),
    ("memory", "Remembers ids in memory. A crash forgets them, and repeats pass again."),
    ("claim-first", "A durable mark, then the effect. A crash between the two loses the effect."),
    (
        "effect-first",
        "The effect, then a durable mark. A crash between the two repeats the effect.",
    ),
    ("inbox", "Id and effect in one transaction. A crash leaves both or neither."),
)
"""In the order of the choice, with a sentence each."""

KIND_WORDS: dict[str, str] = {
    "ProducerView": "producer",
    "QueueView": "queue",
    "ConsumerView": "consumer",
    "CoordinatorView": "coordinator",
    "DatabaseView": "database",
}

FIRST: dict[str, tuple[str, ...]] = {
    "consumer": ("how", "prefetch", "work.mean_us", "restart_after_us"),
    "producer": ("rate_per_s", "publish", "window", "retry.timeout_us", "identity", "outbox"),
    "queue": ("lease_us", "durability", "max_deliveries", "dead_letter", "capacity", "order"),
    "coordinator": ("log", "timeout_us", "resend_us", "restart_after_us"),
    "link": ("latency.mean_us", "latency.distribution", "loss.request", "loss.reply"),
}
"""The fields in sight; the others unfold."""

ELSEWHERE: tuple[str, ...] = ("guarantee", "idempotency")
"""What has a control of its own."""

CONDITIONS: dict[str, str] = {
    "N1": "Intent survives until confirmed",
    "N2": "Confirmed only once durable",
    "N3": "Nothing expires unread",
    "N4": "Ack after the effect",
    "N5": "No mark before the effect",
    "N6": "No limit, or dead letters read",
    "N7": "Routed to a group that exists",
    "N8": "Some consumer succeeds",
    "M1": "Nobody sends it again",
    "M2": "No link doubles packets",
    "M3": "Effect waits for the ack",
    "D1": "Remembered beyond a crash",
    "D2": "Effect and mark are one",
    "D3": "Remembered for long enough",
}
"""What a promise rests on, in a few words."""

EMPTY = "Select a node, a link or a packet."
LOCKED = "Exactly-once by inbox brings its inbox along."
