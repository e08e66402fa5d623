"""What on a path can repeat an effect although the consumer promises that none is repeated?

M1 to M3 speak of "at most once", which must not be handed a message twice at all; D1 to D3 speak of
a consumer's memory of what it has processed.
"""

from collections.abc import Iterator

from playground.scenario.delivery_path import Caveat, DeliveryPath, is_recognised
from playground.scenario.problem import quoted
from playground.scenario.quantities import write_duration
from playground.scenario.topology import link_between


def repeats(path: DeliveryPath) -> Iterator[Caveat]:
    """At most once without a memory: it must not be handed out twice at all."""
    if path.consumer.effective_idempotency not in ("none", "memory"):
        return
    for node, producer in path.producers:
        if is_recognised(producer, path.queue):
            continue
        if producer.publish == "confirmed" and producer.retry.attempts != 1:
            yield Caveat(
                "M1",
                path.at(node, "publish"),
                f"{quoted(node)} sends again after a lost CONFIRM, and {quoted(path.queue_node)} "
                "keeps both. Set identity and deduplicate.",
            )
        yield from _duplicating_link(path, node, path.queue_node)
    yield from _duplicating_link(path, path.queue_node, path.node)
    how = path.consumer.effective_how
    if how == "ack-first":
        yield Caveat(
            "M3",
            path.at(path.node, "how"),
            "The effect does not wait for the ack: if that is lost, the message comes again. "
            "Set how: commit-first.",
        )
    if how != "auto-ack" and path.queue.ack_durability == "lazy":
        yield Caveat(
            "M3",
            path.at(path.queue_node, "ack_durability"),
            f"A crash of {quoted(path.queue_node)} undoes its last acks. Set ack_durability: sync.",
        )


def _duplicating_link(path: DeliveryPath, source: str, target: str) -> Iterator[Caveat]:
    link = link_between(path.scenario, source, target)
    if link is not None and link.parameters.duplicate > 0:
        index = path.scenario.links.index(link)
        yield Caveat(
            "M2",
            ("links", index, "duplicate"),
            f"The link from {quoted(source)} to {quoted(target)} duplicates packets. "
            "Set duplicate: 0 %.",
        )


def forgets(path: DeliveryPath) -> Iterator[Caveat]:
    """A memory that does not last as long as a message can come again."""
    consumer, node = path.consumer, path.node
    idempotency = consumer.effective_idempotency
    if idempotency == "memory":
        yield Caveat(
            "D1",
            path.at(node, "idempotency"),
            "What it has seen dies with the process, and no other consumer knows it. "
            "Set idempotency: inbox.",
        )
    elif idempotency == "effect-first":
        yield Caveat(
            "D2",
            path.at(node, "idempotency"),
            "A crash between effect and mark repeats the effect. Set idempotency: inbox.",
        )
    elif idempotency == "inbox" and consumer.effective_effect == "call":
        yield Caveat(
            "D2",
            path.at(node, "effect"),
            "A call is outside the inbox's transaction: a crash after it repeats it. "
            "Only the called side can tell.",
        )
    remembers = idempotency in ("memory", "claim-first", "effect-first", "inbox")
    window, lease = consumer.dedup_window_us, path.queue.lease_us
    if remembers and window is not None and (lease is None or window <= lease):
        until = "any redelivery" if lease is None else f"the lease of {write_duration(lease)}"
        yield Caveat(
            "D3",
            path.at(node, "dedup_window"),
            f"It forgets after {write_duration(window)}, before {until} is over. "
            "Set dedup_window: unlimited.",
        )
    if not remembers:
        yield from _short_queue_window(path)


def _short_queue_window(path: DeliveryPath) -> Iterator[Caveat]:
    for node, producer in path.producers:
        if producer.publish != "confirmed" or not is_recognised(producer, path.queue):
            continue
        retry, window = producer.retry, path.queue.dedup_window_us
        last = retry.timeout_us + min(retry.cap_us, retry.backoff_us)
        if window < last and retry.attempts != 1:
            yield Caveat(
                "D3",
                path.at(path.queue_node, "dedup_window"),
                f"It forgets after {write_duration(window)}; {quoted(node)} repeats a SEND after "
                f"{write_duration(last)}. Set a longer dedup_window.",
            )
