"""How long does a consumer's handler work on a message, and does it fail?"""

from heapq import heappush
from typing import TYPE_CHECKING

from playground.engine.agenda import WORK
from playground.engine.chance import MOST_PAGES, PAGE, KeyedChance
from playground.engine.nodes import client
from playground.engine.nodes.deaths import halfway_us, may_die_halfway, stops_at
from playground.engine.nodes.held import Held
from playground.engine.nodes.work import commit, end_program
from playground.engine.parameters import Every
from playground.engine.records import HandlerFailed
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.consumer import Consumer


def begin_work(world: World, consumer: "Consumer", held: Held) -> None:
    """It ends after the time that is drawn for it, if nothing comes in between."""
    now_us = world.now_us
    consumer.work_from_us = now_us
    consumer.work_until_us = until_us = now_us + work_us(world, consumer, held)
    if consumer.may_die or consumer.armed:
        _schedule_work(world, consumer)
        return
    consumer.tick = tick = consumer.tick + 1
    world.next_order = (order := world.next_order) + 1
    heappush(world.agenda, (until_us, 1, order, WORK, (world.cause, consumer.id, tick, 2, 0, "")))


def work_us(world: World, consumer: "Consumer", held: Held) -> int:
    """Drawn by message and delivery number; those of first deliveries stand on pages."""
    parameters, message, chance = consumer.parameters, held.message, world.chance
    if parameters.work.distribution == "fixed":
        return parameters.work.mean_us
    if held.number > 1 or type(chance) is not KeyedChance:
        name = consumer.drawn_name(world, message)
        return chance.duration_us(parameters.work, consumer.storm, "work", name, held.number)
    ledger = world.ledger
    number, producer = ledger.number[message], ledger.producer[message]
    pages, key = consumer.work_pages, producer << 32 | number // PAGE
    page = pages.get(key)
    if page is None:
        if len(pages) >= MOST_PAGES:
            pages.clear()
        stem = ledger.producers[producer] if parameters.storm is None else ""
        page = pages[key] = chance.durations_us(
            parameters.work, consumer.storm, "work", stem, number // PAGE
        )
    return page[number % PAGE]


def _schedule_work(world: World, consumer: "Consumer") -> None:
    """Its end is due, and its half where that matters; what was due before is not any more."""
    consumer.tick = tick = consumer.tick + 1
    if (consumer.may_die or consumer.armed) and may_die_halfway(consumer):
        half_us = halfway_us(consumer)
        if world.now_us <= half_us:
            world.schedule(half_us, WORK, consumer.id, tick, 1)
    world.schedule(consumer.work_until_us, WORK, consumer.id, tick, 2)


def pause_work(world: World, consumer: "Consumer") -> None:
    """The work keeps the time it still needs."""
    if consumer.work_from_us >= 0:
        consumer.work_left_us = consumer.work_until_us - world.now_us
        consumer.tick += 1


def resume_work(world: World, consumer: "Consumer") -> None:
    """The work goes on where it stood."""
    if consumer.work_from_us >= 0:
        done_us = consumer.work_until_us - consumer.work_from_us - consumer.work_left_us
        consumer.work_from_us = world.now_us - done_us
        consumer.work_until_us = world.now_us + consumer.work_left_us
        consumer.work_left_us = -1
        _schedule_work(world, consumer)


def on_armed(world: World, consumer: "Consumer") -> None:
    """A crash was armed: if it is at work before the half, the half must now be noticed."""
    is_at_work = consumer.work_from_us >= 0 and not consumer.is_paused
    if is_at_work and world.now_us <= halfway_us(consumer):
        _schedule_work(world, consumer)


def on_work(world: World, consumer: "Consumer", tick: int, half: int) -> None:
    """One half of the work is done, or both."""
    if tick != consumer.tick or consumer.work_from_us < 0:
        return
    held = consumer.current
    assert held is not None
    if half == 1:
        stops_at(world, consumer, ("mid-effect",))
        return
    consumer.work_from_us = -1
    is_failing = (consumer.may_fail or consumer.fails_next) and _fails(world, consumer, held)
    done = client.work_done if held.program.is_transaction else commit
    if is_failing or not done(world, consumer, held):
        _on_failure(world, consumer, held)
    consumer.advance(world)


def _fails(world: World, consumer: "Consumer", held: Held) -> bool:
    parameters = consumer.parameters
    if consumer.fails_next:
        consumer.fails_next = False
        return True
    number = world.ledger.number[held.message]
    poison = parameters.poison
    if number % poison.every == 0 if isinstance(poison, Every) else number in poison:
        return True
    return parameters.failure_chance > 0.0 and world.chance.strikes(
        parameters.failure_chance, consumer.storm, "failure",
        consumer.drawn_name(world, held.message), held.number,
    )  # fmt: skip


def _on_failure(world: World, consumer: "Consumer", held: Held) -> None:
    """The handler raised: it releases its claim, says NACK where a lease stands, and ends."""
    world.because(HandlerFailed, consumer.id, held.message)
    consumer.failed = (held.message, held.times)
    book = world.ledger.groups[consumer.group]
    if held.program.idempotency == "claim-first":
        consumer.store(world, held.program).forget(held.message)
    if held.program.acks_after:
        book.nacked += 1
        consumer.tell_queue(world, "NACK")
    end_program(world, consumer, "handler-failed")
