"""When are two producers, queues or consumers in the same state? Keys without clocks or statistics.

A key holds everything that a handler reads and nothing else. What is left out: counters, moments,
the numbers of timers, what is only shown. ``PARTS`` says so slot by slot, for a test to hold
against the engine's classes.
"""

from typing import Any

from playground.checker.any_timing.commit_parts import client_names, renamed_client
from playground.checker.any_timing.names import Name, Names, Renaming
from playground.checker.any_timing.rules import Rules
from playground.engine.durable import Database
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.held import Held
from playground.engine.nodes.intent import Intent
from playground.engine.nodes.producer import Producer
from playground.engine.seen import Seen

Key = tuple[Any, ...]


def seen_key(seen: Seen) -> tuple[int, ...]:
    """The messages that a dedup memory knows; a column that nobody else asks for as a whole."""
    return tuple([row for row, moment in enumerate(seen._moments) if moment])


# ---------------------------------------------------------------------- producers


def _intent_key(intent: Intent, producer: Producer, rules: Rules) -> Key:
    is_counted = rules.refusals or producer.parameters.retry.attempts is not None
    session = (intent.session, intent.sequence) if rules.sequences else ()
    attempt = intent.attempt if is_counted else 0
    return (intent.message, attempt, session, intent.waits_for, intent.counts)


def producer_key(producer: Producer, rules: Rules) -> Key:
    """Everything that decides what it will do."""
    return (
        producer.is_up,
        producer.is_paused,
        producer.produced,
        tuple(_intent_key(each, producer, rules) for each in producer.buffer.values()),
        tuple(_intent_key(each, producer, rules) for each in producer.unconfirmed.values()),
        (producer.session, producer.sequence) if rules.sequences else (),
    )


def _attempts_of(producer: Producer, rules: Rules) -> bool:
    """Whether its attempts are names: they tell answers apart, and no limit counts them."""
    return rules.refusals and producer.parameters.retry.attempts is None


def producer_names(producer: Producer, rules: Rules) -> Names:
    """The sessions and attempts that it mentions."""
    found = set()
    if rules.sequences:
        found.add(Name("session", producer.id, producer.session))
        for intent in (*producer.buffer.values(), *producer.unconfirmed.values()):
            if intent.session:
                found.add(Name("session", producer.id, intent.session))
    if rules.refusals:
        for intent in producer.unconfirmed.values():
            owner = f"{producer.id} {intent.message}"
            attempts: tuple[int, ...] = (intent.attempt,)
            if not _attempts_of(producer, rules):
                attempts = tuple(range(1, intent.attempt + 1))
            found.update(Name("attempt", owner, attempt) for attempt in attempts)
    return Names(frozenset(found))


def rename_producer(producer: Producer, rules: Rules, new: Renaming) -> None:
    """Its numbers become the new ones."""
    intents = (*producer.buffer.values(), *producer.unconfirmed.values())
    if rules.sequences:
        sessions = new["session", producer.id]
        producer.session = sessions[producer.session]
        for intent in intents:
            if intent.session:
                intent.session = sessions[intent.session]
    if rules.refusals:
        for intent in producer.unconfirmed.values():
            intent.attempt = new["attempt", f"{producer.id} {intent.message}"][intent.attempt]


# ---------------------------------------------------------------------- consumers


def _held_key(held: Held | None) -> Key | None:
    return None if held is None else (held.message, held.load[:4])


def consumer_key(consumer: Consumer) -> Key:
    """Everything that decides what it will do."""
    current = consumer.current
    progress: Key = ()
    if current is not None:
        is_working = consumer.work_from_us >= 0
        progress = (consumer.step, consumer.is_suppressed, consumer.awaits, is_working)
    if consumer.program.is_transaction:
        # Whether it died over a message decides what it asks for when it is back.
        took = () if consumer.is_up else consumer.crash_took[:1]
        progress = (progress, consumer.client, took)
    return (
        consumer.is_up,
        consumer.is_paused,
        consumer.incarnation,
        _held_key(current),
        progress,
        tuple(_held_key(held) for held in consumer.buffer),
        seen_key(consumer.memory),
    )


def hands_of(consumer: Consumer) -> tuple[Held, ...]:
    """What it holds, the delivery in work first."""
    current = (consumer.current,) if consumer.current is not None else ()
    return (*current, *consumer.buffer)


def consumer_names(consumer: Consumer, rules: Rules) -> Names:
    """Its incarnation, and the numbers of what it holds."""
    found = {Name("incarnation", consumer.id, consumer.incarnation)}
    if consumer.link is not None:
        queue = consumer.link.source
        for held in hands_of(consumer):
            found.add(Name("incarnation", consumer.id, held.load[0]))
            found.add(Name("offset", queue, held.offset))
            found.add(Name("token", queue, held.token, 0 if rules.fencing else held.offset))
    found |= client_names(consumer.id, consumer.client)
    return Names(frozenset(found))


def rename_consumer(consumer: Consumer, new: Renaming) -> None:
    """Its numbers become the new ones."""
    incarnations = new["incarnation", consumer.id]
    consumer.incarnation = incarnations[consumer.incarnation]
    consumer.client = renamed_client(consumer.id, consumer.client, new)
    if consumer.link is None:
        return
    queue = consumer.link.source

    def renamed(held: Held) -> Held:
        incarnation, offset, token, program, born_us = held.load
        load = (
            incarnations[incarnation],
            new["offset", queue][offset],
            new["token", queue][token],
            program,
            born_us,
        )
        return Held(held.message, held.number, held.times, load)

    if consumer.current is not None:
        consumer.current = renamed(consumer.current)
    for index, held in enumerate(consumer.buffer):
        consumer.buffer[index] = renamed(held)


# ---------------------------------------------------------------------- databases


def database_key(database: Database) -> Key:
    """Inbox, marks and fences."""
    return (
        seen_key(database.inbox),
        seen_key(database.marks),
        tuple(sorted(database.fences.items())),
        tuple((row, token) for row, token in enumerate(database.message_fences) if token),
    )


def database_names(database: Database, queue: str, rules: Rules) -> Names:
    """The tokens that its fences stand at."""
    if not rules.fencing:
        return Names(frozenset())
    tokens = {*database.fences.values(), *database.message_fences} - {0}
    return Names(frozenset(Name("token", queue, token) for token in tokens))


def rename_database(database: Database, queue: str, new: Renaming) -> None:
    """Its fences stand at the new tokens."""
    tokens = new.get(("token", queue), {})
    for key, token in database.fences.items():
        database.fences[key] = tokens[token] if token else 0
    for row, token in enumerate(database.message_fences):
        database.message_fences[row] = tokens[token] if token else 0
