"""Which values exclude each other on one node or on one link?

Everything that is not named here is accepted; what breaks a promise is a caveat, not a problem.
Each fault is a key and a sentence; the caller knows the place.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from playground.engine.parameters import (
    HOWS,
    ConsumerParameters,
    LinkParameters,
    NodeParameters,
    ProducerParameters,
)
from playground.scenario.problem import one_of

ON_A_STREAM = (
    "On a stream a single packet cannot be {}: cut the link, or write transport: datagram."
)


class Mix(NamedTuple):
    """Values that exclude each other: the keys that take part, the one to blame first."""

    keys: tuple[str, ...]
    sentence: str


def wrong_mixes(
    parameters: NodeParameters | LinkParameters, written: Collection[str] = ()
) -> tuple[Mix, ...]:
    """Every wrong mix of these parameters; ``written`` are the keys that the file spells out."""
    if isinstance(parameters, ConsumerParameters):
        return tuple(_of_consumer(parameters, written))
    if isinstance(parameters, ProducerParameters):
        return tuple(_of_producer(parameters))
    if isinstance(parameters, LinkParameters):
        return tuple(_of_link(parameters))
    return ()


def _of_consumer(consumer: ConsumerParameters, written: Collection[str]) -> Iterator[Mix]:
    how = consumer.effective_how
    ways = HOWS[consumer.guarantee]
    if how not in ways:
        yield Mix(
            ("how", "guarantee"),
            f"'{how}' is not a way to do {consumer.guarantee}. Write {one_of(ways)}.",
        )
    if consumer.guarantee == "exactly-once" and consumer.idempotency not in ("inbox", "none"):
        yield Mix(
            ("idempotency", "guarantee"),
            "exactly-once brings its own inbox: idempotency must be none or inbox, "
            f"not '{consumer.idempotency}'.",
        )
    is_natural = consumer.idempotency == "natural"
    if is_natural and (
        consumer.effect == "call" or (consumer.effect, "effect" in written) == ("add", True)
    ):
        yield Mix(
            ("effect", "idempotency"),
            f"Only a set is idempotent by nature, not '{consumer.effect}'. "
            "Write effect: set, or another idempotency.",
        )


def _of_producer(producer: ProducerParameters) -> Iterator[Mix]:
    if producer.publish != "fire-and-forget":
        return
    if producer.identity == "sequence":
        yield Mix(
            ("identity", "publish"),
            "A sequence needs confirms. Write publish: confirmed, or identity: message-id.",
        )
    if producer.outbox:
        yield Mix(
            ("outbox", "publish"),
            "An outbox needs confirms. Write publish: confirmed, or outbox: false.",
        )


def _of_link(link: LinkParameters) -> Iterator[Mix]:
    if link.transport != "stream":
        return
    chances = (
        ("loss", max(link.loss.request, link.loss.reply), "lost"),
        ("duplicate", link.duplicate, "duplicated"),
        ("reorder", link.reorder, "held back"),
    )
    for key, chance, what in chances:
        if chance > 0:
            yield Mix((key, "transport"), ON_A_STREAM.format(what))
