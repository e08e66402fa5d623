"""Which scenes are measured, and how is a measurement taken and told?"""

import gc
import sys
import time
from collections.abc import Callable

from playground.engine.build import new_simulator
from playground.engine.parameters import (
    ConsumerParameters,
    LinkParameters,
    Loss,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
    Spread,
)
from playground.engine.simulator import Simulator
from playground.engine.units import US_PER_S

RATE_PER_S = 100.0
LOSSY = LinkParameters(
    latency=Spread(mean_us=10_000, distribution="exponential"),
    loss=Loss(request=0.05, reply=0.05),
)
QUICK_WORK = Spread(mean_us=5_000, distribution="exponential")
PRODUCER = ProducerParameters(rate_per_s=RATE_PER_S, arrivals="poisson", window=50)
QUEUE = QueueParameters(lease_us=US_PER_S)


def chain(seed: int = 1) -> Simulator:
    """Producer, queue and consumer, at least once, with a dedup memory, over lossy links."""
    consumer = ConsumerParameters(idempotency="memory", prefetch=50, work=QUICK_WORK)
    return _one_queue({"shop": PRODUCER}, QUEUE, {"billing": consumer}, seed)


def chain_with_inbox(seed: int = 1) -> Simulator:
    """Exactly once by inbox, and a broker that recognises repeated SENDs for ten seconds."""
    producer = ProducerParameters(
        rate_per_s=RATE_PER_S, arrivals="poisson", window=50, identity="message-id"
    )
    queue = QueueParameters(
        lease_us=US_PER_S, deduplicate="message-id", dedup_window_us=10 * US_PER_S
    )
    consumer = ConsumerParameters(
        guarantee="exactly-once", idempotency="inbox", prefetch=50, work=QUICK_WORK
    )
    return _one_queue({"shop": producer}, queue, {"billing": consumer}, seed)


def chain_with_fencing(seed: int = 1) -> Simulator:
    """Two competing consumers whose effects carry the lease's token."""
    consumer = ConsumerParameters(
        group="billing", idempotency="memory", prefetch=50, work=QUICK_WORK, fencing=True
    )
    return _one_queue({"shop": PRODUCER}, QUEUE, {"first": consumer, "second": consumer}, seed)


def keyed_groups_with_double_ack(seed: int = 1) -> Simulator:
    """Two groups of four consumers each, one owner a key, every ACK awaited."""
    producer = ProducerParameters(
        rate_per_s=RATE_PER_S, arrivals="poisson", window=50, keys=20, identity="message-id"
    )
    queue = QueueParameters(
        lease_us=US_PER_S, order="keyed", deduplicate="message-id", dedup_window_us=10 * US_PER_S
    )
    consumers: dict[str, NodeParameters] = {
        f"{group}-{number}": ConsumerParameters(
            group=group,
            how="double-ack",
            idempotency="effect-first",
            prefetch=50,
            work=Spread(mean_us=1_000, distribution="exponential"),
            ack_timeout_us=50_000,
        )
        for group in ("billing", "mail")
        for number in range(1, 5)
    }
    return _one_queue({"shop": producer}, queue, consumers, seed)


SCENES: dict[str, Callable[[], Simulator]] = {
    "chain": chain,
    "chain with inbox": chain_with_inbox,
    "chain with fencing": chain_with_fencing,
    "keyed groups with double-ack": keyed_groups_with_double_ack,
}


def _one_queue(
    producers: dict[str, NodeParameters],
    queue: QueueParameters,
    consumers: dict[str, NodeParameters],
    seed: int,
) -> Simulator:
    links = [(producer, "orders", LOSSY) for producer in producers]
    links += [("orders", consumer, LOSSY) for consumer in consumers]
    return new_simulator({**producers, "orders": queue, **consumers}, links, seed)


def run_headless(simulator: Simulator, seconds: int) -> str:
    """What ``run`` does: to the end, with the whole ledger. Returns the fingerprint."""
    simulator.run_until(seconds * US_PER_S)
    assert not simulator.world.stopped, simulator.world.stopped
    return simulator.world.trace.sha256()


def produced_by(simulator: Simulator) -> int:
    """Messages submitted so far."""
    return simulator.world.ledger.count


def seconds_of(work: Callable[[], object]) -> float:
    """Processor seconds of one call: on a shared machine steadier than the wall clock.

    Everything measured here runs in one thread and never waits, so that both clocks agree when
    the machine is idle. The garbage of whatever ran before is not billed to this one.
    """
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def say(line: str) -> None:
    """One line of a report."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
