"""What does a producer do when no confirm comes? It waits, tries again, and may give up."""

from math import log
from typing import TYPE_CHECKING

from playground.engine.agenda import SEND_AGAIN, AgendaItem
from playground.engine.ledger import GAVE_UP
from playground.engine.message import Flight
from playground.engine.nodes.intent import Intent
from playground.engine.parameters import Retry, Spread
from playground.engine.records import GaveUp
from playground.engine.units import LONGEST_US
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.producer import Producer


def backoff_us(retry: Retry, attempt: int) -> int:
    """b(k) = min(cap, backoff · factor^(k−1)), the wait between a timeout and attempt k+1."""
    if attempt == 1:
        return min(retry.cap_us, retry.backoff_us)
    if retry.backoff_us == 0:
        return 0
    if (attempt - 1) * log(retry.factor) > log(LONGEST_US):
        return retry.cap_us
    return min(retry.cap_us, round(retry.backoff_us * retry.factor ** (attempt - 1)))


def on_refuse(producer: "Producer", world: World, flight: Flight) -> None:
    """The queue has said no to this attempt."""
    intent = producer.unconfirmed.get(flight.message)
    if intent is None or intent.waits_for != "confirm" or flight.number != intent.attempt:
        return
    _answered_or_timed_out(world, producer, intent, "refused")


def on_timeout(producer: "Producer", world: World, item: AgendaItem) -> None:
    """No confirm came in time."""
    intent = _waiting_on(producer, item)
    if intent is not None:
        _answered_or_timed_out(world, producer, intent, "timeout")


def _waiting_on(producer: "Producer", item: AgendaItem) -> Intent | None:
    intent = producer.unconfirmed.get(item.second)
    if item.first != producer.incarnation or intent is None or intent.timer != item.third:
        return None
    return intent


def _answered_or_timed_out(world: World, producer: "Producer", intent: Intent, reason: str) -> None:
    retry = producer.parameters.retry
    exhausted = retry.attempts is not None and intent.attempt >= retry.attempts
    if exhausted or not intent.counts:
        _give_up(world, producer, intent, reason)
        return
    wait_us = backoff_us(retry, intent.attempt)
    if retry.jitter == "full":
        # U(0, b) is the uniform spread around half of it.
        drawn_us = world.chance.duration_us(
            Spread(mean_us=wait_us, distribution="uniform"), producer.id, "backoff",
            world.ledger.name_of(intent.message), intent.attempt,
        )  # fmt: skip
        wait_us = drawn_us // 2
    intent.timer += 1
    intent.waits_for = "retry"
    intent.since_us, intent.until_us = world.now_us, world.now_us + wait_us
    world.schedule(
        intent.until_us, SEND_AGAIN, producer.id, producer.incarnation, intent.message, intent.timer
    )


def on_send_again(producer: "Producer", world: World, item: AgendaItem) -> None:
    """The backoff is over."""
    intent = _waiting_on(producer, item)
    if intent is not None:
        retry = producer.parameters.retry
        if retry.attempts is not None and intent.attempt >= retry.attempts:
            # The limit was lowered while it waited.
            _give_up(world, producer, intent, "timeout")
            return
        producer.attempt(world, intent)


def _give_up(world: World, producer: "Producer", intent: Intent, reason: str) -> None:
    message = intent.message
    del producer.unconfirmed[message]
    producer.gave_up.append(message)
    world.ledger.status[message] = GAVE_UP
    world.because(GaveUp, producer.id, message, reason)
    if intent.counts:
        world.ledger.upstream_died(message, "gave-up")
    _new_session(producer)
    producer.pump(world)


def _new_session(producer: "Producer") -> None:
    """Broker-side dedup by sequence knows only one session: who waits gets a new number."""
    if producer.parameters.identity != "sequence":
        return
    producer.session += 1
    producer.sequence = 0
    for intent in producer.unconfirmed.values():
        producer.sequence += 1
        intent.session, intent.sequence = producer.session, producer.sequence
    for intent in producer.buffer.values():
        intent.sequence = 0
