"""Which worlds and which clicks are there? A hypothesis strategy for both.

A world is drawn from one seed, by a generator of its own: hypothesis would make most of them small
and alike. It still shrinks: towards *calm* worlds, most of whose parameters are the defaults, and
towards fewer clicks. Durations come from a short list, so that things often fall due at the same
instant: ties are where the mistakes are.
"""

from dataclasses import dataclass, field, fields, replace
from random import Random
from typing import Any

from hypothesis import strategies as st

from playground.engine.parameters import (
    HOWS,
    TRANSACTIONS,
    ConsumerParameters,
    CoordinatorParameters,
    Every,
    LinkParameters,
    Loss,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
    Retry,
    Spread,
)

MS = 1_000

# 0 is legal for every duration; where a loop without delay could come of it, it is left out.
LONG = (5 * MS, 20 * MS, 100 * MS, 300 * MS, 1_000 * MS)
DURATION = (0, *LONG)
SELDOM = (0.0, 0.1, 0.4)
COUNT = (None, 1, 2, 3)
SHAPE = ("fixed", "exponential", "uniform", "lognormal")
POINTS = (
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
)
PROMISES = tuple((g, how) for g, hows in HOWS.items() for how in hows)

OPTIONS: dict[str, tuple[Any, ...]] = {
    # producer
    "arrivals": ("regular", "poisson", "burst"),
    "burst": (2, 5),
    "keys": (1, 2, 3),
    "identity": ("none", "message-id", "sequence"),
    "publish": ("confirmed", "fire-and-forget"),
    "window": (1, 2, 5),
    "outbox": (False, True),
    # queue
    "durability": ("memory", "lazy", "sync"),
    "flush_us": DURATION,
    "ack_durability": ("sync", "lazy"),
    "deduplicate": ("none", "sequence", "message-id"),
    "order": ("competing", "fifo", "keyed"),
    "lease_us": (None, *LONG),
    "on_disconnect": ("requeue", "wait-for-lease"),
    "stale_ack": ("reject", "accept"),
    "max_deliveries": COUNT,
    "redelivery_delay_us": DURATION,
    "capacity": COUNT,
    "overflow": ("reject", "drop-oldest"),
    "retention_us": (None, *LONG),
    # consumer
    "idempotency": ("none", "natural", "memory", "claim-first", "effect-first", "inbox"),
    "effect": ("add", "set", "call"),
    "prefetch": (1, 2, 10),
    "crash_chance": SELDOM,
    "crash_at": POINTS,
    "failure_chance": SELDOM,
    "poison": ((), (2,), Every(every=3)),
    "ack_timeout_us": LONG,
    "renew_lease_us": (None, *LONG),
    "fencing": (False, True),
    # link
    "duplicate": SELDOM,
    "reorder": SELDOM,
    "transport": ("datagram", "stream"),
    "storm": (None, "weather"),
    # coordinator, and what a queue does with the prepared
    "log": ("sync", "memory"),
    "timeout_us": LONG,
    "resend_us": LONG,
    "heuristic_us": (None, *LONG),
    # several kinds
    "restart_after_us": DURATION,
    "dedup_window_us": (None, *DURATION),
}


@dataclass(frozen=True)
class Click:
    """Something that a person does: a kind of wish, and numbers that choose its objects."""

    kind: int
    first: int
    second: int
    third: int


@dataclass(frozen=True)
class Plan:
    """A world, and what happens to it: wishes of the script, and clicks between steps."""

    nodes: dict[str, NodeParameters]
    links: list[tuple[str, str, LinkParameters]]
    seed: int
    script: list[tuple[int, Click]]
    clicks: list[tuple[int, Click]]
    spare: list[Any]


Choices = dict[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Only:
    """Among which values some fields of a plan are drawn, by kind of thing."""

    producer: Choices = field(default_factory=dict)
    queue: Choices = field(default_factory=dict)
    consumer: Choices = field(default_factory=dict)
    coordinator: Choices = field(default_factory=dict)
    link: Choices = field(default_factory=dict)


ANYTHING = Only()


class Maker:
    """Draws parameters: with the chance ``calm`` a field keeps its default."""

    def __init__(self, seed: int, calm: float, only: Only) -> None:
        self.random = Random(seed)
        self.calm = calm
        self.only = only

    def some(self, kind: type, only: Choices, **others: Any) -> dict[str, Any]:
        """Values for the fields of a kind of thing."""
        values = dict(others)
        for each in fields(kind):
            if each.name in OPTIONS and self.random.random() >= self.calm:
                values[each.name] = self.random.choice(OPTIONS[each.name])
        return values | {name: self.random.choice(choices) for name, choices in only.items()}

    def spread(self, *means_us: int) -> Spread:
        """A duration; fixed in a calm world."""
        shape = "fixed" if self.random.random() < self.calm else self.random.choice(SHAPE)
        return Spread(mean_us=self.random.choice(means_us), distribution=shape)  # type: ignore[arg-type]

    def producer(self) -> ProducerParameters:
        """Any producer that the format allows."""
        pick = self.random.choice
        retry = Retry(
            timeout_us=pick(LONG),
            attempts=pick((None, None, *COUNT)),
            backoff_us=pick(DURATION),
            factor=pick((1.0, 2.0)),
            cap_us=pick(DURATION),
            jitter=pick(("none", "full")),
        )
        values = self.some(
            ProducerParameters,
            self.only.producer,
            rate_per_s=pick((5.0, 20.0, 200.0)),
            limit=self.random.randint(1, 6),
            retry=retry,
        )
        if values.get("publish") == "fire-and-forget":
            values["outbox"] = False
            if values.get("identity") == "sequence":
                values["identity"] = "message-id"
        return ProducerParameters(**values)

    def queue(self) -> QueueParameters:
        """Any queue; whoever calls this names its dead-letter queue."""
        values = self.some(QueueParameters, self.only.queue)
        if values.get("dedup_window_us", 0) is None:
            del values["dedup_window_us"]
        return QueueParameters(**values)

    def consumer(self, group: str | None) -> ConsumerParameters:
        """Any consumer that the format allows."""
        guarantee, how = self.random.choice(PROMISES)
        values = self.some(
            ConsumerParameters,
            {"group": (group,), **self.only.consumer},
            guarantee=guarantee,
            how=how,
            work=self.spread(*DURATION),
        )
        if values["guarantee"] == "exactly-once":
            values["idempotency"] = "inbox"
        if values.get("idempotency") == "natural":
            values["effect"] = "set"
        return ConsumerParameters(**values)

    def coordinator(self) -> CoordinatorParameters:
        """Any coordinator."""
        return CoordinatorParameters(**self.some(CoordinatorParameters, self.only.coordinator))

    def link(self) -> LinkParameters:
        """A datagram link with all its weather, or a stream without."""
        pick = self.random.choice
        loss = Loss()
        if self.random.random() >= self.calm:
            loss = Loss(request=pick(SELDOM), reply=pick(SELDOM))
        values = self.some(
            LinkParameters, self.only.link, latency=self.spread(5 * MS, 20 * MS), loss=loss
        )
        if values.get("transport") == "stream":
            values |= {"loss": Loss(), "duplicate": 0.0, "reorder": 0.0}
        return LinkParameters(**values)

    def plan(self, script: list[tuple[int, Click]], clicks: list[tuple[int, Click]]) -> Plan:
        """1-3 producers, 1-2 queues and a dead-letter queue, 1-5 consumers in 1-3 groups."""
        pick, between = self.random.choice, self.random.randint
        nodes: dict[str, NodeParameters] = {}
        links: list[tuple[str, str, LinkParameters]] = []
        queues = ["orders", "bills"][: between(1, 2)]
        dead_letter = pick((None, "dead"))
        for name in queues:
            nodes[name] = replace(self.queue(), dead_letter=dead_letter)
        homes = queues.copy()
        if dead_letter:
            nodes["dead"] = self.queue()
            homes.append("dead")
        for index in range(between(1, 3)):
            nodes[f"shop{index}"] = self.producer()
            links.append((f"shop{index}", pick(queues), self.link()))
        # The first group always has something to do; the others read anywhere.
        home_of = [links[0][1], *(pick(homes) for _ in range(between(0, 2)))]
        for index in range(between(len(home_of), 5)):
            group = index % len(home_of)
            nodes[f"worker{index}"] = self.consumer(f"group{group}")
            links.append((home_of[group], f"worker{index}", self.link()))
        self._coordinate(nodes, links)
        spare = [
            self.producer(), self.queue(), self.consumer(None), self.coordinator(), self.link()
        ]  # fmt: skip
        return Plan(nodes, links, between(0, 2**32), script, clicks, spare)

    def _coordinate(
        self, nodes: dict[str, NodeParameters], links: list[tuple[str, str, LinkParameters]]
    ) -> None:
        """1-2 coordinators where a consumer needs one, and sometimes where none does."""
        readers = [(source, target) for source, target, _ in links if target.startswith("worker")]
        is_needed = any(
            isinstance(each, ConsumerParameters) and each.effective_how in TRANSACTIONS
            for each in nodes.values()
        )
        if not is_needed and self.random.random() < 0.7:
            return
        names = ["judge0", "judge1"][: self.random.randint(1, 2)]
        reached: set[tuple[str, str]] = set()
        for name in names:
            nodes[name] = self.coordinator()
        for queue, worker in readers:
            judge = self.random.choice(names)
            links.append((worker, judge, self.link()))
            if (judge, queue) not in reached:
                reached.add((judge, queue))
                links.append((judge, queue, self.link()))


NUMBER = st.integers(0, 2**20)
CLICK = st.builds(Click, NUMBER, NUMBER, NUMBER, NUMBER)


def plans(only: Only = ANYTHING, most_clicks: int = 16) -> st.SearchStrategy[Plan]:
    """Any world with any clicks, some of its parameters given."""
    return st.builds(
        lambda seed, calm, script, clicks: Maker(seed, calm, only).plan(script, clicks),
        st.integers(0, 2**48),
        st.sampled_from([1.0, 0.9, 0.7, 0.5, 0.3, 0.0]),
        st.lists(st.tuples(st.sampled_from(range(0, 600 * MS, 5 * MS)), CLICK), max_size=4),
        st.lists(st.tuples(st.integers(0, 12), CLICK), max_size=most_clicks),
    )
