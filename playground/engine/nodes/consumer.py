"""How does an application process messages? One at a time; further ones wait in its buffer.

It goes through a program (``steps``), works for a while on each message (``handler``) and can die
in between (``deaths``).
"""

from collections import deque

from playground.engine.agenda import ACK_AGAIN, CLOSE, OPEN, RENEW, AgendaItem
from playground.engine.message import MESSAGE, NUMBER, Flight
from playground.engine.nodes import client
from playground.engine.nodes.deaths import tear
from playground.engine.nodes.handler import pause_work, resume_work
from playground.engine.nodes.held import Held
from playground.engine.nodes.node import Node
from playground.engine.nodes.steps import begin, go_on, take_up
from playground.engine.nodes.work import end_program
from playground.engine.parameters import ConsumerParameters
from playground.engine.programs.compile import Program, compile_program
from playground.engine.records import Suppressed
from playground.engine.rows import DELIVERED, DELIVERED_AND_BEGUN
from playground.engine.seen import Seen
from playground.engine.world import World


class Consumer(Node):
    """A consumer in a running world."""

    __slots__ = (
        "awaits",
        "buffer",
        "client",
        "current",
        "failed",
        "fails_next",
        "group",
        "is_suppressed",
        "last_suppressed",
        "may_die",
        "may_fail",
        "memory",
        "parameters",
        "program",
        "step",
        "storm",
        "suppressed_us",
        "tick",
        "work_from_us",
        "work_left_us",
        "work_pages",
        "work_until_us",
    )

    parameters: ConsumerParameters

    def __init__(self, node_id: str, parameters: ConsumerParameters) -> None:
        super().__init__(node_id)
        self.group = parameters.group or node_id
        self.set(parameters)
        self.client = client.NOBODY
        self.buffer: deque[Held] = deque()
        self.current: Held | None = None
        self.step = 0
        self.is_suppressed = False
        self.awaits = False
        self.tick = 0  # counts work timers and awaited acks, so that an old one finds nothing to do
        self.work_from_us = -1  # -1: not working
        self.work_until_us = -1
        self.work_left_us = -1  # while paused: what the work still needs
        self.memory = Seen()
        self.fails_next = False
        self.failed: tuple[int, int] | None = None  # message and delivery count, until the next
        self.last_suppressed = -1
        self.suppressed_us = -1

    def set(self, parameters: ConsumerParameters) -> None:
        """New parameters, for what begins from now on."""
        self.parameters = parameters
        self.storm = parameters.storm or self.id
        # What is drawn of its work; whoever changes a name or the work sets it.
        self.work_pages: dict[int, list[int]] = {}
        self.may_fail = bool(parameters.poison) or parameters.failure_chance > 0.0
        self.may_die = parameters.crash_chance > 0.0
        self.program = compile_program(
            parameters.effective_how, parameters.effective_idempotency, parameters.effective_effect
        )

    def volatile(self) -> tuple[int, ...]:
        """The messages in its hands."""
        held = [self.current] if self.current else []
        return tuple(copy.message for copy in [*held, *self.buffer])

    def numbers(self) -> list[int]:
        """The transaction that it has open."""
        return [self.client.number]

    # ------------------------------------------------------------------ arrivals

    def _on_reply(self, world: World, flight: Flight) -> None:
        """The answer to an ACK that it awaits."""
        if self.awaits and self.current is not None and self.current.token == flight.second:
            self.awaits = False
            self.tick += 1
            if flight.packet == "ACK_OK":
                self.step += 1
            else:
                # Somebody else has it, or nobody any more: with the commit first nothing was done.
                end_program(world, self)
            self.advance(world)

    def _on_deliver(self, world: World, flight: Flight) -> None:
        row = flight.row
        message, book = row[MESSAGE], world.ledger.groups[self.group]
        number = book.delivered[message] + 1
        book.delivered[message] = number
        book.deliveries += 1
        if number > 1:
            book.duplicate_deliveries += 1
        held = Held(message, number, row[NUMBER], flight.load)
        begins = self.current is None and not self.buffer
        # One row for both records: it begins at once.
        kind = DELIVERED_AND_BEGUN if begins else DELIVERED
        world.next_seq = (seq := world.next_seq) + (2 if begins else 1)
        tag = world.tags[self.id]
        world.block.append((kind, seq, world.now_us, world.cause, tag, message, number))
        world.cause = seq
        if self.parameters.renew_lease_us is not None:
            self._schedule_renewal(world, held)
        if begins:
            world.cause = seq + 1
            take_up(world, self, held, book)
            go_on(world, self)
        else:
            self.buffer.append(held)

    def _schedule_renewal(self, world: World, held: Held) -> None:
        interval_us = self.parameters.renew_lease_us
        if interval_us is not None and not held.program.is_auto_ack:
            world.schedule(
                world.now_us + interval_us, RENEW, self.id, self.incarnation, held.offset,
                held.token,
            )  # fmt: skip

    takes = {  # noqa: RUF012, never changed
        "DELIVER": _on_deliver,
        "ACK_OK": _on_reply,
        "ACK_FAIL": _on_reply,
        **dict.fromkeys(client.ANSWERS, client.on_answer),
    }

    # ------------------------------------------------------------------ the program

    def advance(self, world: World) -> None:
        """Go on until a step takes time, the process dies, or nothing is left to do."""
        if self.current is not None:
            go_on(world, self)
        elif self.buffer and self.is_up:
            begin(world, self, self.buffer.popleft())
            go_on(world, self)

    def drawn_name(self, world: World, message: int) -> str:
        """What the draws know a message by: in a storm with a name, by its number alone."""
        if self.parameters.storm is not None:
            return f"#{world.ledger.number[message]}"
        return world.ledger.name_of(message)

    def store(self, world: World, program: Program) -> Seen:
        """Where this program remembers: its own memory, or the group's database."""
        if program.store == "memory":
            return self.memory
        database = world.database(self.group)
        return database.inbox if program.store == "inbox" else database.marks

    def suppress(self, world: World, held: Held) -> None:
        """Known already: skip the effect and go on behind it."""
        world.ledger.groups[self.group].suppressed += 1
        self.is_suppressed = True
        self.last_suppressed = held.message
        self.suppressed_us = world.now_us
        world.because(Suppressed, self.id, held.message)
        self.step = held.program.after_effect

    def tell_queue(self, world: World, packet: str) -> None:
        """Say something about the delivery at work."""
        held, link = self.current, self.link
        assert held is not None
        if link is not None:
            world.send(link, packet, held.message, 0, held.load)

    def await_reply(self, world: World) -> None:
        """Wait for an answer, and be reminded when it does not come."""
        self.awaits = True
        self.tick += 1
        world.schedule(
            world.now_us + self.parameters.ack_timeout_us, ACK_AGAIN, self.id, self.incarnation,
            self.tick,
        )  # fmt: skip

    def on_ack_again(self, world: World, item: AgendaItem) -> None:
        """No answer to its ACK yet: send it again."""
        if self.awaits and item.first == self.incarnation and item.second == self.tick:
            assert self.current is not None
            if self.current.program.is_transaction:
                client.again(world, self)
                return
            self.tell_queue(world, "ACK")
            self.await_reply(world)

    def on_renew(self, world: World, item: AgendaItem) -> None:
        """Extend the lease of a message that it still holds."""
        if item.first != self.incarnation or self.link is None:
            return
        interval_us = self.parameters.renew_lease_us
        in_hands = [self.current, *self.buffer] if self.current else self.buffer
        for held in in_hands:
            if held is not None and held.token == item.third and interval_us is not None:
                world.send(self.link, "EXTEND", held.message, 0, held.load)
                world.schedule(
                    world.now_us + interval_us, RENEW, self.id, item.first, item.second, item.third
                )
                return

    # ------------------------------------------------------------------ life

    def on_pause(self, world: World) -> None:
        """The work keeps the time it still needs."""
        pause_work(world, self)

    def on_resume(self, world: World) -> None:
        """The work goes on where it stood."""
        resume_work(world, self)
        self.connect(world)
        if self.current is not None and self.work_from_us < 0 and not self.awaits:
            # An armed pause had stopped it between two steps.
            go_on(world, self)

    def on_crash(self, world: World) -> None:
        """Memory, buffer and the message at work are gone; the connection begins to close."""
        book = world.ledger.groups.get(self.group)
        held = self.current
        if held is not None and book is not None:
            tear(world, self, book, held)
        self.drop_everything(world)
        self._close(world)

    def drop_everything(self, world: World) -> None:
        """Its hands are empty, its memory is blank."""
        book = world.ledger.groups.get(self.group)
        hands = self.volatile()
        self.current = None
        self.buffer = deque()
        self.memory = Seen()
        self.awaits = False
        client.forget(world, self)
        self.work_from_us = self.work_left_us = -1
        self.failed = None
        self.last_suppressed = -1
        self.tick += 1
        if book is not None:
            for message in hands:
                world.ledger.held_died(book, message, "consumer-crash")

    def _close(self, world: World) -> None:
        """The closing of its connection arrives behind everything it still has on the way."""
        link = self.link
        if link is None:
            return
        at_us = world.now_us + link.parameters.latency.mean_us
        for flight in world.flights.values():
            if flight.source == self.id and flight.ends_us > at_us:
                at_us = flight.ends_us
        world.schedule(at_us, CLOSE, link.source, self.incarnation, text=self.id)

    def on_restart(self, world: World) -> None:
        """Empty hands; the queue serves it again one latency later."""
        self.connect(world)
        if self.program.is_transaction:
            client.on_restart(world, self)

    def connect(self, world: World) -> None:
        """Open the connection; the queue ignores it where it is open already."""
        if self.link is not None:
            latency_us = self.link.parameters.latency.mean_us
            world.schedule(
                world.now_us + latency_us, OPEN, self.link.source, self.incarnation, text=self.id
            )

    def fork(self) -> "Consumer":
        """An independent copy. Its link is set by the world's fork."""
        twin: Consumer = Consumer.__new__(Consumer)
        self.copy_life_to(twin)
        for name in Consumer.__slots__:
            setattr(twin, name, getattr(self, name))
        twin.work_pages = {}  # in the other world other producers may come
        twin.buffer = self.buffer.copy()
        twin.memory = self.memory.fork()
        return twin
