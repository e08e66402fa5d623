"""What on a path can lose a message although the consumer promises that none is lost?

The codes N1 to N8 are the preconditions of "at least once"; N7 cannot fail in a file, where all
groups exist from the start.
"""

from collections.abc import Iterator

from playground.engine.parameters import ConsumerParameters
from playground.scenario.delivery_path import Caveat, DeliveryPath
from playground.scenario.problem import quoted
from playground.scenario.quantities import write_duration
from playground.scenario.topology import consumer_parameters, consumers_of, group_of, members_of

PRECONDITIONS: tuple[tuple[str, str], ...] = (
    ("N1", "The producer repeats until it is confirmed, and survives its own crash."),
    ("N2", "A confirm comes after the message is safe from the queue's crash."),
    ("N3", "No retention and no overflow takes a message before it is read."),
    ("N4", "The ack follows the effect."),
    ("N5", "No mark is set before the effect."),
    ("N6", "No limit of deliveries without a dead-letter queue that someone reads."),
    ("N7", "The group existed before the message was published."),
    ("N8", "Some consumer succeeds in the end."),
)
"""What "at least once" rests on, in the words of the checklist."""


def losses(path: DeliveryPath) -> Iterator[Caveat]:
    """In the order in which a message meets them."""
    yield from _before_the_queue(path)
    yield from _in_the_queue(path)
    yield from _at_the_consumer(path)


def _before_the_queue(path: DeliveryPath) -> Iterator[Caveat]:
    for node, producer in path.producers:
        if producer.publish == "fire-and-forget":
            yield Caveat(
                "N1",
                path.at(node, "publish"),
                f"{quoted(node)} fires and forgets: a lost SEND stays lost. "
                "Set publish: confirmed.",
            )
            continue
        attempts = producer.retry.attempts
        if attempts is not None:
            yield Caveat(
                "N1",
                (*path.at(node, "retry"), "attempts"),
                f"{quoted(node)} gives up after {_times(attempts, 'attempt')}. "
                "Set attempts: unlimited.",
            )
        if path.consumer.guarantee == "exactly-once" and not producer.outbox:
            yield Caveat(
                "N1",
                path.at(node, "outbox"),
                f"A crash of {quoted(node)} takes what is not confirmed yet. Set outbox: true.",
            )


def _in_the_queue(path: DeliveryPath) -> Iterator[Caveat]:
    node, queue = path.queue_node, path.queue
    if queue.durability != "sync":
        what = (
            "takes every message"
            if queue.durability == "memory"
            else f"takes up to {write_duration(queue.flush_us)} of confirmed messages"
        )
        yield Caveat(
            "N2",
            path.at(node, "durability"),
            f"A crash of {quoted(node)} {what}. Set durability: sync.",
        )
    if queue.retention_us is not None:
        yield Caveat(
            "N3",
            path.at(node, "retention"),
            f"{quoted(node)} drops what is older than {write_duration(queue.retention_us)}, "
            "read or not. Set retention: unlimited.",
        )
    if queue.capacity is not None and queue.overflow == "drop-oldest":
        yield Caveat(
            "N3",
            path.at(node, "overflow"),
            f"A full {quoted(node)} drops its oldest message. Set overflow: reject.",
        )
    if queue.max_deliveries is None:
        return
    limit = _times(queue.max_deliveries, "delivery")
    if queue.dead_letter is None:
        yield Caveat(
            "N6",
            path.at(node, "max_deliveries"),
            f"{quoted(node)} drops a message after {limit}. Name a dead_letter queue.",
        )
    elif not consumers_of(path.scenario, queue.dead_letter):
        yield Caveat(
            "N6",
            path.at(node, "dead_letter"),
            f"Nobody reads {quoted(queue.dead_letter)}, where messages end after {limit}. "
            "Link a consumer to it.",
        )


def _at_the_consumer(path: DeliveryPath) -> Iterator[Caveat]:
    scenario = path.scenario
    members = members_of(scenario, group_of(path.node, path.consumer))
    for member in members:
        parameters = consumer_parameters(scenario, member)
        if parameters.guarantee == "at-most-once":
            yield Caveat(
                "N4",
                path.at(member, "guarantee"),
                f"{quoted(member)} of this group acks before the effect. "
                "Set guarantee: at-least-once.",
            )
        if parameters.effective_idempotency == "claim-first":
            yield Caveat(
                "N5",
                path.at(member, "idempotency"),
                f"A crash of {quoted(member)} between mark and effect loses the message. "
                "Set idempotency: inbox.",
            )
    if all(_never_succeeds(consumer_parameters(scenario, member)) for member in members):
        yield Caveat(
            "N8",
            path.at(path.node, "failure_chance"),
            "No consumer of this group ever succeeds. Lower failure_chance or crash_chance.",
        )
    if path.consumer.poison and path.queue.max_deliveries is None:
        yield Caveat(
            "N8",
            path.at(path.node, "poison"),
            f"Poison messages fail for ever. Set max_deliveries on {quoted(path.queue_node)}, "
            "with a dead_letter queue.",
        )


def _never_succeeds(consumer: ConsumerParameters) -> bool:
    before_effect = ("received", "after-dedup", "before-effect", "mid-effect")
    is_killed = consumer.crash_chance == 1 and consumer.crash_at in before_effect
    return consumer.failure_chance == 1 or is_killed


def _times(count: int, noun: str) -> str:
    if count == 1:
        return f"one {noun}"
    return f"{count} {noun.removesuffix('y')}ies" if noun.endswith("y") else f"{count} {noun}s"
