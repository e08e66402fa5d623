"""A tiny world to say one sentence about: shop → orders → billing, a message every 100 ms.

All times are in milliseconds here. With the defaults of this file nothing is random: a link takes
10 ms, work takes 100 ms, so message 1 is produced at 100, appended at 110, delivered at 120,
confirmed at 120, applied at 220, and its ACK arrives at 230.
"""

from dataclasses import replace
from typing import Any

from playground.engine import laws
from playground.engine import parameters as p
from playground.engine.build import new_simulator
from playground.engine.commands import Command, Settle
from playground.engine.ledger import CAUSES, GroupLedger
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.records import PacketSent, Record

MS = 1_000

LINK = p.LinkParameters(latency=p.Spread(mean_us=10 * MS))
SHOP = p.ProducerParameters(rate_per_s=10, limit=1)
ORDERS = p.QueueParameters()
BILLING = p.ConsumerParameters(work=p.Spread(mean_us=100 * MS))


def shop(**changes: Any) -> p.ProducerParameters:
    """A producer of one message, at 100 ms, unless told otherwise."""
    return replace(SHOP, **changes)


def orders(**changes: Any) -> p.QueueParameters:
    """A queue with all defaults but these."""
    return replace(ORDERS, **changes)


def billing(work_ms: float = 100, **changes: Any) -> p.ConsumerParameters:
    """A consumer that works 100 ms, ack-after, with all defaults but these."""
    return replace(BILLING, work=p.Spread(mean_us=round(work_ms * MS)), **changes)


def link(latency_ms: float = 10, **changes: Any) -> p.LinkParameters:
    """A link of a fixed latency."""
    return replace(LINK, latency=p.Spread(mean_us=round(latency_ms * MS)), **changes)


def retry(timeout_ms: float, attempts: int | None = None, backoff_ms: float = 0) -> p.Retry:
    """When the producer sends again."""
    return p.Retry(
        timeout_us=round(timeout_ms * MS), attempts=attempts, backoff_us=round(backoff_ms * MS)
    )


class Tiny:
    """A running world, its records, and short ways to ask about both."""

    def __init__(
        self,
        producer: p.ProducerParameters = SHOP,
        queue: p.QueueParameters = ORDERS,
        consumer: p.ConsumerParameters | None = BILLING,
        *,
        up: p.LinkParameters = LINK,
        down: p.LinkParameters = LINK,
        consumers: dict[str, p.ConsumerParameters] | None = None,
        nodes: dict[str, p.NodeParameters] | None = None,
        links: list[tuple[str, str, p.LinkParameters]] | None = None,
        seed: int = 1,
        script: tuple[tuple[float, Command], ...] = (),
    ) -> None:
        workers = consumers if consumers is not None else {"billing": consumer} if consumer else {}
        everything: dict[str, p.NodeParameters] = {"shop": producer, "orders": queue}
        everything |= workers
        everything |= nodes or {}
        edges = [("shop", "orders", up), *(("orders", name, down) for name in workers)]
        self.simulator = new_simulator(
            everything,
            edges + (links or []),
            seed,
            tuple((round(at * MS), command) for at, command in script),
        )
        self.world = self.simulator.world
        self.records: list[Record] = []
        self.world.trace.sinks.append(self.records.extend)

    # ------------------------------------------------------------------ doing

    def until(self, ms: float) -> "Tiny":
        """Run to this moment; the laws hold there."""
        self.simulator.run_until(round(ms * MS))
        laws.check(self.world)
        return self

    def do(self, *commands: Command) -> "Tiny":
        """Click, now."""
        for command in commands:
            self.simulator.apply(command)
        laws.check(self.world)
        return self

    def settle(self) -> "Tiny":
        """Faults stop, the rest drains."""
        self.do(Settle())
        for _ in range(200_000):
            if self.simulator.next_us() is None or self.world.stopped:
                break
            self.simulator.step()
        laws.check(self.world)
        return self

    # ------------------------------------------------------------------ asking

    def all(self, *kinds: type) -> list[Any]:
        """The records of these kinds so far, of all kinds if none is named."""
        records = [*self.records, *self.world.trace.tail()]
        return [record for record in records if not kinds or isinstance(record, kinds)]

    def story(self, *kinds: type) -> list[str]:
        """One line a record: milliseconds, kind, and its fields; #1 is the shop's first message."""
        return [self._line(record) for record in self.all(*kinds)]

    def packets(self, *kinds: str) -> list[str]:
        """One line a packet sent: when it left, what it is, and whether it is lost or a copy."""
        return [
            f"{_ms(sent.at_us)} {sent.packet} {self._name(sent.message)}"
            + ("" if sent.fate == "arrives" else f" {sent.fate}")
            + (" copy" if sent.is_copy else "")
            for sent in self.all(PacketSent)
            if not kinds or sent.packet in kinds
        ]

    def times(self, kind: type, message: int | None = None) -> list[float]:
        """When these things happened, in milliseconds (to the n-th message of the shop)."""
        return [
            each.at_us / MS
            for each in self.all(kind)
            if message is None or self.world.ledger.number[each.message] == message
        ]

    def book(self, group: str = "billing") -> GroupLedger:
        """The group's counters."""
        return self.world.ledger.groups[group]

    def lost(self, group: str = "billing") -> dict[str, int]:
        """The causes of all losses of a group."""
        by_cause = self.book(group).lost_by_cause
        return {cause: by_cause[cause] for cause in CAUSES if by_cause[cause]}

    def flights(self, packet: str) -> list[int]:
        """The packets of this kind on their way, oldest first."""
        return [each.id for each in self.world.flights.values() if each.packet == packet]

    @property
    def shop(self) -> Producer:
        """The producer."""
        node = self.world.nodes["shop"]
        assert isinstance(node, Producer)
        return node

    @property
    def orders(self) -> Queue:
        """The queue."""
        return self.queue("orders")

    def queue(self, name: str) -> Queue:
        """A queue by name."""
        node = self.world.nodes[name]
        assert isinstance(node, Queue)
        return node

    def consumer(self, name: str = "billing") -> Consumer:
        """A consumer by name."""
        node = self.world.nodes[name]
        assert isinstance(node, Consumer)
        return node

    # ------------------------------------------------------------------ words

    def _name(self, message: int) -> str:
        return self.world.ledger.name_of(message).removeprefix("shop")

    def _line(self, record: Any) -> str:
        words = [_ms(record.at_us), type(record).__name__]
        for field, value in zip(record._fields[3:], record[3:], strict=True):
            if field == "message":
                words.append(self._name(value))
            elif field.endswith("_us"):
                words.append(_ms(value))
            elif field == "took":
                words += [self._name(message) for message in value]
            elif value != "":
                words.append(str(value))
        return " ".join(words)


def _ms(at_us: int) -> str:
    return f"{at_us / MS:g}" if at_us >= 0 else "?"
