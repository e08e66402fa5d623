"""How would one write the lossy at-least-once chain in SimPy, and what does it come to there?

The same model as ``scenes.chain``, without a ledger: a producer with a window, timeouts and
backoff; a broker with leases, prefetch and redelivery; a consumer that remembers what it has
applied. Links lose packets and delay them exponentially. Rules that the chain never meets
(crashes, pauses, other guarantees) are left out, and nothing is recorded but six counters.

What waits and then does one thing (a packet on its way, a lease) can be written in two ways:
``as_process``, which is how SimPy's own examples model a delay, and ``as_callback``, which hangs a
function on a bare timeout: less to read off the page, and the fastest that SimPy offers.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from heapq import heappop, heappush
from random import Random
from typing import Any

import simpy

RATE_PER_S = 100.0
LATENCY_S = 0.010
LOSS = 0.05
WINDOW = 50
TIMEOUT_S = 0.5
BACKOFF_S = 0.2
LONGEST_BACKOFF_S = 5.0
LEASE_S = 1.0
PREFETCH = 50
WORK_S = 0.005

Steps = Generator[simpy.Event, Any, None]
Later = Callable[[simpy.Environment, float, Callable[[Any], None], Any], None]


def as_process(
    env: simpy.Environment, delay_s: float, act: Callable[[Any], None], subject: Any
) -> None:
    """Do it later, in a process of its own."""

    def wait() -> Steps:
        yield env.timeout(delay_s)
        act(subject)

    env.process(wait())


def as_callback(
    env: simpy.Environment, delay_s: float, act: Callable[[Any], None], subject: Any
) -> None:
    """Do it later, on a bare timeout."""
    timeout = env.timeout(delay_s, subject)
    assert timeout.callbacks is not None
    timeout.callbacks.append(lambda event: act(event.value))


@dataclass
class Counters:
    """What has happened."""

    produced: int = 0
    attempts: int = 0
    appended: int = 0
    deliveries: int = 0
    effects: int = 0
    suppressed: int = 0


class Link:
    """Both directions of a connection."""

    def __init__(self, env: simpy.Environment, random: Random, later: Later) -> None:
        self.env = env
        self.random = random
        self.later = later

    def send(self, receive: Callable[[Any], None], packet: Any) -> None:
        """The packet reaches its receiver after a while, or never."""
        if self.random.random() >= LOSS:
            delay_s = self.random.expovariate(1 / LATENCY_S)
            self.later(self.env, delay_s, receive, packet)


class Producer:
    """Publishes again and again until it is confirmed."""

    def __init__(
        self, env: simpy.Environment, random: Random, link: Link, counters: Counters
    ) -> None:
        self.env = env
        self.random = random
        self.link = link
        self.counters = counters
        self.window = simpy.Resource(env, capacity=WINDOW)
        self.unconfirmed: dict[int, simpy.Event] = {}
        self.broker: Broker

    def arrivals(self) -> Steps:
        """The application submits messages."""
        while True:
            yield self.env.timeout(self.random.expovariate(RATE_PER_S))
            self.counters.produced += 1
            self.env.process(self.publish(self.counters.produced))

    def publish(self, message: int) -> Steps:
        """One message, until its confirm is here."""
        with self.window.request() as place:
            yield place
            confirmed = self.unconfirmed[message] = self.env.event()
            backoff_s = BACKOFF_S
            while True:
                self.counters.attempts += 1
                self.link.send(self.broker.on_send, message)
                yield confirmed | self.env.timeout(TIMEOUT_S)
                if not confirmed.triggered:
                    yield confirmed | self.env.timeout(backoff_s)
                if confirmed.triggered:
                    return
                backoff_s = min(LONGEST_BACKOFF_S, 2 * backoff_s)

    def on_confirm(self, message: int) -> None:
        """The broker has it."""
        confirmed = self.unconfirmed.pop(message, None)
        if confirmed is not None:
            confirmed.succeed()


class Broker:
    """Gives out messages, oldest first, under a lease until they are acknowledged."""

    def __init__(
        self,
        env: simpy.Environment,
        upstream: Link,
        downstream: Link,
        later: Later,
        counters: Counters,
    ) -> None:
        self.env = env
        self.upstream = upstream
        self.downstream = downstream
        self.later = later
        self.counters = counters
        self.ready: list[tuple[int, int]] = []  # offset, message
        self.leased: dict[int, tuple[int, int]] = {}  # by token
        self.next_token = 1
        self.producer: Producer
        self.consumer: Consumer

    def on_send(self, message: int) -> None:
        """Append it and confirm."""
        heappush(self.ready, (self.counters.appended, message))
        self.counters.appended += 1
        self.upstream.send(self.producer.on_confirm, message)
        self.dispatch()

    def dispatch(self) -> None:
        """Give out what there is credit for."""
        while self.ready and len(self.leased) < PREFETCH:
            entry = heappop(self.ready)
            token = self.next_token
            self.next_token += 1
            self.leased[token] = entry
            self.downstream.send(self.consumer.on_deliver, (token, entry[1]))
            self.later(self.env, LEASE_S, self.on_lease_over, token)

    def on_lease_over(self, token: int) -> None:
        """Not acknowledged in time: it goes out again, at its old place."""
        entry = self.leased.pop(token, None)
        if entry is not None:
            heappush(self.ready, entry)
            self.dispatch()

    def on_ack(self, token: int) -> None:
        """Finished, unless its lease has ended meanwhile."""
        if self.leased.pop(token, None) is not None:
            self.dispatch()


class Consumer:
    """Works on one message at a time and remembers what it has applied."""

    def __init__(
        self, env: simpy.Environment, random: Random, link: Link, counters: Counters
    ) -> None:
        self.env = env
        self.random = random
        self.link = link
        self.counters = counters
        self.buffer = simpy.Store(env)
        self.applied: set[int] = set()
        self.broker: Broker

    def on_deliver(self, delivery: tuple[int, int]) -> None:
        """It waits its turn."""
        self.counters.deliveries += 1
        self.buffer.put(delivery)

    def work(self) -> Steps:
        """Check, effect, mark, ack."""
        while True:
            token, message = yield self.buffer.get()
            if message in self.applied:
                self.counters.suppressed += 1
            else:
                yield self.env.timeout(self.random.expovariate(1 / WORK_S))
                self.counters.effects += 1
                self.applied.add(message)
            self.link.send(self.broker.on_ack, token)


def run_chain(seconds: float, later: Later, seed: int = 1) -> Counters:
    """The whole run."""
    env = simpy.Environment()
    random = Random(seed)
    counters = Counters()
    upstream, downstream = Link(env, random, later), Link(env, random, later)
    producer = Producer(env, random, upstream, counters)
    broker = Broker(env, upstream, downstream, later, counters)
    consumer = Consumer(env, random, downstream, counters)
    producer.broker = consumer.broker = broker
    broker.producer, broker.consumer = producer, consumer
    env.process(producer.arrivals())
    env.process(consumer.work())
    env.run(until=seconds)
    return counters
