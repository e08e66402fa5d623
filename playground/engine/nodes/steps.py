"""How does a consumer go through the steps of its program, and which of them make it wait?"""

from typing import TYPE_CHECKING

from playground.engine.ledger import GroupLedger
from playground.engine.nodes import client
from playground.engine.nodes.deaths import stops_at
from playground.engine.nodes.handler import begin_work
from playground.engine.nodes.held import Held
from playground.engine.nodes.work import end_program
from playground.engine.rows import BEGUN
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.consumer import Consumer


def begin(world: World, consumer: "Consumer", held: Held) -> None:
    """What has waited in the buffer is taken up now."""
    world.next_seq = (seq := world.next_seq) + 1
    tag = world.tags[consumer.id]
    world.block.append((BEGUN, seq, world.now_us, world.cause, tag, held.message))
    world.cause = seq
    take_up(world, consumer, held, world.ledger.groups[consumer.group])


def take_up(world: World, consumer: "Consumer", held: Held, book: GroupLedger) -> None:
    """Its program begins; the record of that is written."""
    consumer.current = held
    consumer.step = 0
    consumer.is_suppressed = False
    consumer.failed = None
    consumer.last_suppressed = -1
    message = held.message
    if not book.begun[message]:
        book.begun[message] = 1
        book.wait.add(world.now_us - held.load[4])


def go_on(world: World, consumer: "Consumer") -> None:
    """The steps of the program at hand, and of those that wait behind it."""
    while consumer.is_up and _run(world, consumer) and consumer.buffer and consumer.is_up:
        begin(world, consumer, consumer.buffer.popleft())


def _run(world: World, consumer: "Consumer") -> bool:
    """The steps of one program. True where it has ended, False where it waits or died.

    Here nobody has armed a crash and no draw can bring one, so that no point is looked at; and
    nobody but the queue has to be asked.
    """
    held = consumer.current
    assert held is not None
    program, message = held.program, held.message
    if consumer.may_die or consumer.armed or program.is_transaction:
        return _run_step_by_step(world, consumer)
    ops, step = program.ops, consumer.step
    while True:
        op = ops[step]
        if op == "work":
            consumer.step = step
            begin_work(world, consumer, held)
            return False
        if op == "ack":
            if consumer.link is not None:
                world.send(consumer.link, "ACK", message, 0, held.load)
            step += 1
        elif op == "end":
            book = world.ledger.groups[consumer.group]
            if consumer.is_suppressed or book.held[message] == 1:
                _end(world, consumer)
            else:
                # Another copy lives, the queue's most often: this is what ends the program.
                consumer.current = None
                book.held[message] -= 1
            return True
        elif op == "mark":
            consumer.store(world, program).add(message, world.now_us)
            if program.store != "memory":
                world.ledger.groups[consumer.group].marked += 1
            step += 1
        else:
            consumer.step = step
            if op == "await":
                consumer.await_reply(world)
                return False
            _remember(world, consumer, op, held)
            step = consumer.step


def _run_step_by_step(world: World, consumer: "Consumer") -> bool:
    """The same where the process can die between any two steps, or a coordinator commits."""
    held = consumer.current
    assert held is not None
    program = held.program
    while True:
        op, points = program.steps[consumer.step]
        if points and stops_at(world, consumer, points):
            return False
        if op == "work":
            begin_work(world, consumer, held)
            return False
        if op == "ack":
            consumer.tell_queue(world, "ACK")
            consumer.step += 1
        elif op == "end":
            _end(world, consumer)
            return True
        elif op == "await":
            consumer.await_reply(world)
            return False
        elif program.is_transaction:
            ended = client.step(world, consumer, op)
            if ended is not None:
                return ended
        else:
            _remember(world, consumer, op, held)


def _end(world: World, consumer: "Consumer") -> None:
    end_program(world, consumer, "claimed-not-applied" if consumer.is_suppressed else "")


def _remember(world: World, consumer: "Consumer", op: str, held: Held) -> None:
    """check, claim, look-up and mark: the steps that ask or tell a dedup store."""
    store = consumer.store(world, held.program)
    now_us, window_us = world.now_us, consumer.parameters.dedup_window_us
    if op == "mark":
        store.add(held.message, now_us)
        if held.program.store != "memory":
            world.ledger.groups[consumer.group].marked += 1
        consumer.step += 1
    elif store.has(held.message, now_us, window_us):
        consumer.suppress(world, held)
    else:
        if op == "claim":
            store.add(held.message, now_us)
            world.ledger.groups[consumer.group].marked += 1
        consumer.step += 1
