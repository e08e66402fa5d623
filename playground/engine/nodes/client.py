"""How does a consumer have its effect committed by a coordinator? The steps behind its work.

transaction: it begins one at the coordinator, writes the output and the input's offset to the
queue as pending, asks to commit and waits for the answer. two-phase: its work is tentative in the
database, and the coordinator asks everybody. Whatever is not answered is sent again.
"""

from typing import TYPE_CHECKING, NamedTuple

from playground.engine.doubts import side_effect
from playground.engine.message import Flight, Load
from playground.engine.nodes.database import database_of, tentative_work
from playground.engine.nodes.held import Held
from playground.engine.nodes.work import end_program
from playground.engine.records import OutcomeKnown, SideEffect
from playground.engine.transactions import (
    ABORT,
    ADDING,
    COMMIT,
    ENDING,
    TXN,
    Transaction,
    coordinator_link,
    is_served,
    next_number,
    register,
)
from playground.engine.world import World

if TYPE_CHECKING:
    from playground.engine.nodes.consumer import Consumer

OUTPUT, OFFSET = 1, 2
"""The number in a TXN_OK: which of the two writes it answers."""

_FAILED = {ADDING: "ADD_PARTITIONS", ENDING: "END_TXN"}
"""By the number in an END_FAIL: the request that it answers."""


class Client(NamedTuple):
    """What a consumer knows of its transaction. Never rewritten; a crash takes it."""

    epoch: int = 0  # of its transactional id; 0: it has to ask
    number: int = 0  # of the open transaction; 0: none
    waits: tuple[str, ...] = ()  # the packets that have to be sent until they are answered
    verdict: int = COMMIT  # what it asks for


NOBODY = Client()
ANSWERS = (
    "PID_OK", "ADD_OK", "TXN_OK", "TXN_FAIL", "END_OK", "END_FAIL", "REQ_OK",
)  # fmt: skip


def work_done(world: World, consumer: "Consumer", held: Held) -> bool:
    """The work is done and nothing of it counts yet. False where the database is not there."""
    if held.program.how == "two-phase":
        number = _begin(world, consumer, held)
        if not tentative_work(world, world.transactions[number]):
            consumer.client = consumer.client._replace(number=0)
            return False
    if held.program.effect == "call":
        book = world.ledger.groups[consumer.group]
        world.because(SideEffect, consumer.id, held.message, side_effect(book, held.message))
    consumer.step += 1
    return True


def _begin(world: World, consumer: "Consumer", held: Held) -> int:
    """A number for what is about to be done."""
    link = coordinator_link(world, consumer)
    number = next_number(world)
    client = consumer.client
    consumer.client = Client(client.epoch, number)
    is_two_phase = held.program.how == "two-phase"
    register(
        world,
        Transaction(
            number,
            is_two_phase,
            consumer.id,
            consumer.incarnation,
            0 if is_two_phase else client.epoch,
            consumer.group,
            held.message,
            held.offset,
            held.token,
            held.program.effect,
            is_two_phase or consumer.parameters.fencing,
            consumer.link.source if consumer.link else "",
            link.target if link else "",
        ),
    )
    return number


def step(world: World, consumer: "Consumer", op: str) -> bool | None:
    """One of the steps: None where the next one follows, False where it waits, True at an end."""
    held = consumer.current
    assert held is not None
    if not is_served(world, consumer) and op != "outcome":
        _give_up(world, consumer)
        return True
    if op == "begin" and not consumer.client.epoch:
        return _ask(world, consumer, "INIT_PID")
    if op == "begin":
        _begin(world, consumer, held)
        return _ask(world, consumer, "ADD_PARTITIONS")
    if op == "write":
        return _ask(world, consumer, "TXN_SEND", "TXN_OFFSETS")
    request = "REQ" if held.program.how == "two-phase" else "END_TXN"
    if op == "commit":
        _send(world, consumer, request)
        consumer.step += 1
        return None
    consumer.client = consumer.client._replace(waits=(request,))
    consumer.await_reply(world)
    return False


def _ask(world: World, consumer: "Consumer", *packets: str) -> bool:
    consumer.client = consumer.client._replace(waits=packets)
    for packet in packets:
        _send(world, consumer, packet)
    consumer.await_reply(world)
    return False


def _send(world: World, consumer: "Consumer", packet: str) -> None:
    held, client = consumer.current, consumer.client
    assert held is not None
    is_to_queue = packet in ("TXN_SEND", "TXN_OFFSETS")
    link = consumer.link if is_to_queue else coordinator_link(world, consumer)
    if link is not None:
        load: Load = (consumer.incarnation, held.offset, held.token, None, client.number)
        says = client.verdict if packet in ("END_TXN", "REQ") else 0
        world.send(link, packet, held.message, says, load)


def again(world: World, consumer: "Consumer") -> None:
    """No answer yet: what it waits for is sent again, unless nobody is there to answer."""
    if not is_served(world, consumer):
        consumer.awaits = False
        _give_up(world, consumer)
        consumer.advance(world)
        return
    for packet in consumer.client.waits:
        _send(world, consumer, packet)
    consumer.await_reply(world)


def on_answer(consumer: "Consumer", world: World, flight: Flight) -> None:
    """An answer of the coordinator or of the queue; those to questions of old say nothing."""
    client, packet = consumer.client, flight.packet
    if packet == "PID_OK":
        if not client.epoch:
            consumer.client = client._replace(epoch=flight.load[TXN])
            if client.waits == ("INIT_PID",):
                _go_on(world, consumer, 0)
        return
    if not client.number or client.number != flight.load[TXN] or not client.waits:
        return
    if packet == "ADD_OK" and client.waits == ("ADD_PARTITIONS",):
        _go_on(world, consumer, 1)
    elif packet == "TXN_OK":
        answered = "TXN_SEND" if flight.number == OUTPUT else "TXN_OFFSETS"
        waits = tuple(each for each in client.waits if each != answered)
        if waits != client.waits:
            consumer.client = client._replace(waits=waits)
            if not waits:
                _go_on(world, consumer, 1)
    elif packet == "TXN_FAIL" and client.waits[0] in ("TXN_SEND", "TXN_OFFSETS"):
        # The queue takes no part in it: what is pending there has to be undone.
        consumer.client = client._replace(verdict=ABORT)
        _go_on(world, consumer, 1)
    elif packet in ("END_OK", "REQ_OK") and client.waits[0] in ("END_TXN", "REQ"):
        _on_outcome(world, consumer, flight.number)
    elif packet == "END_FAIL" and client.waits[0] == _FAILED[flight.number]:
        consumer.client = client._replace(epoch=0)
        _on_outcome(world, consumer, ABORT)


def _go_on(world: World, consumer: "Consumer", steps: int) -> None:
    consumer.client = consumer.client._replace(waits=())
    consumer.awaits = False
    consumer.tick += 1
    consumer.step += steps
    consumer.advance(world)


def _on_outcome(world: World, consumer: "Consumer", verdict: int) -> None:
    held = consumer.current
    assert held is not None
    if verdict == COMMIT:
        _say(world, consumer, "commit")
        consumer.client = Client(consumer.client.epoch)
        _go_on(world, consumer, 1)
        return
    consumer.awaits = False
    consumer.tick += 1
    _give_up(world, consumer)
    consumer.advance(world)


def _say(world: World, consumer: "Consumer", verdict: str) -> None:
    held = consumer.current
    assert held is not None
    world.because(OutcomeKnown, consumer.id, held.message, consumer.client.number, verdict)


def _give_up(world: World, consumer: "Consumer") -> None:
    """Discard the work and go back to where the group stands: the entry may be given out again."""
    _say(world, consumer, "abort")
    _roll_back(world, consumer)
    consumer.client = Client(consumer.client.epoch)
    consumer.tell_queue(world, "NACK")
    end_program(world, consumer)


def on_restart(world: World, consumer: "Consumer") -> None:
    """If the process died over a message, it asks at once for what is open to be ended."""
    link = coordinator_link(world, consumer)
    if link is None or not consumer.crash_took or consumer.program.how != "transaction":
        return
    message = consumer.crash_took[0]
    if message < world.ledger.count:
        world.send(link, "INIT_PID", message, 0, (consumer.incarnation, 0, 0, None, 0))


def forget(world: World, consumer: "Consumer") -> None:
    """The process is gone: its open transaction has nobody any more, nor has its tentative work."""
    _roll_back(world, consumer)
    consumer.client = NOBODY


def _roll_back(world: World, consumer: "Consumer") -> None:
    """The database undoes what it has not promised to keep."""
    number = consumer.client.number
    database = database_of(world, consumer.group) if number else None
    if database is not None:
        database.tentative.pop(number, None)
