"""What on a path breaks "exactly once" where a coordinator commits?

A transaction guards what takes part in it: the offset, the output, the database. Whatever comes
before it, stands outside, or forgets what was promised is told here.
"""

from collections.abc import Iterator

from playground.engine.parameters import TRANSACTIONS, CoordinatorParameters
from playground.scenario.coordinators import coordinator_of
from playground.scenario.delivery_path import Caveat, DeliveryPath, is_recognised
from playground.scenario.leases import too_short_a_lease
from playground.scenario.problem import quoted
from playground.scenario.quantities import write_duration


def commits(path: DeliveryPath) -> Iterator[Caveat]:
    """In the order in which a message meets them."""
    how = path.consumer.effective_how
    if how not in TRANSACTIONS:
        return
    yield from _repeated_sends(path)
    yield from _at_the_consumer(path, how)
    yield from _at_the_queue(path, how)
    yield from too_short_a_lease(path)
    name = coordinator_of(path.scenario, path.node)
    coordinator = path.scenario.nodes.get(name or "")
    if how != "two-phase" or name is None or not isinstance(coordinator, CoordinatorParameters):
        return
    if coordinator.log == "memory":
        yield Caveat(
            "T3",
            path.at(name, "log"),
            f"A crash of {quoted(name)} forgets what it has decided: one side has committed, "
            "the other is told to abort. Set log: sync.",
        )


def _repeated_sends(path: DeliveryPath) -> Iterator[Caveat]:
    for node, producer in path.producers:
        repeats = producer.publish == "confirmed" and producer.retry.attempts != 1
        if repeats and not is_recognised(producer, path.queue):
            yield Caveat(
                "T2",
                path.at(node, "identity"),
                f"{quoted(path.queue_node)} keeps a SEND that {quoted(node)} repeats as another "
                "message, and each is committed. Set identity and deduplicate.",
            )


def _at_the_consumer(path: DeliveryPath, how: str) -> Iterator[Caveat]:
    if how == "transaction" and not path.consumer.fencing:
        yield Caveat(
            "T1",
            path.at(path.node, "fencing"),
            "A consumer whose lease has ended can still commit, and the next one commits as well. "
            "Set fencing: true.",
        )
    if path.consumer.effective_effect == "call":
        yield Caveat(
            "T4",
            path.at(path.node, "effect"),
            "A call is outside the transaction: when that is done again, so is the call. "
            "Only the called side can tell.",
        )


def _at_the_queue(path: DeliveryPath, how: str) -> Iterator[Caveat]:
    if path.queue.ack_durability == "lazy":
        yield Caveat(
            "T5",
            path.at(path.queue_node, "ack_durability"),
            f"A crash of {quoted(path.queue_node)} undoes its last commits, but not their effects. "
            "Set ack_durability: sync.",
        )
    if how == "two-phase" and path.queue.heuristic_us is not None:
        yield Caveat(
            "T6",
            path.at(path.queue_node, "heuristic"),
            f"What is prepared is given out again after {write_duration(path.queue.heuristic_us)}, "
            "although it may have been committed. Set heuristic: none.",
        )
