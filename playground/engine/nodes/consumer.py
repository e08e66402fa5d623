"""How does an application process messages, one at a time, and where can it die in between?"""

from collections import deque
from heapq import heappush

from playground.engine.agenda import ACK_AGAIN, CLOSE, OPEN, RENEW, WORK, AgendaItem
from playground.engine.chance import MOST_PAGES, PAGE, KeyedChance
from playground.engine.faults.crash import crash_node
from playground.engine.faults.pause import pause_node
from playground.engine.ledger import GroupLedger
from playground.engine.message import MESSAGE, NUMBER, Flight, Load
from playground.engine.nodes import client
from playground.engine.nodes.node import Node
from playground.engine.nodes.work import commit, end_program
from playground.engine.parameters import ConsumerParameters, Every
from playground.engine.programs.compile import ACK_POINTS, Program, compile_program
from playground.engine.records import HandlerFailed, Suppressed, Torn
from playground.engine.rows import BEGUN, DELIVERED, DELIVERED_AND_BEGUN
from playground.engine.seen import Seen
from playground.engine.world import World


class Held:
    """A delivery in the consumer's hands. Never rewritten."""

    __slots__ = ("load", "message", "number", "program", "times")

    def __init__(self, message: int, number: int, times: int, load: Load) -> None:
        self.message = message
        self.number = number  # the group's delivery number
        self.times = times  # the queue's delivery count
        self.load = load
        program = load[3]
        assert program is not None
        self.program = program

    @property
    def offset(self) -> int:
        """Of its entry."""
        return self.load[1]

    @property
    def token(self) -> int:
        """Of its lease."""
        return self.load[2]


class Consumer(Node):
    """A consumer in a running world. It works on one message; further ones wait in its buffer."""

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
            self._take_up(world, held, book)
            self.go_on(world)
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
            self.go_on(world)
        elif self.buffer and self.is_up:
            self._begin(world, self.buffer.popleft())
            self.go_on(world)

    def _begin(self, world: World, held: Held) -> None:
        world.next_seq = (seq := world.next_seq) + 1
        tag = world.tags[self.id]
        world.block.append((BEGUN, seq, world.now_us, world.cause, tag, held.message))
        world.cause = seq
        self._take_up(world, held, world.ledger.groups[self.group])

    def _take_up(self, world: World, held: Held, book: GroupLedger) -> None:
        self.current = held
        self.step = 0
        self.is_suppressed = False
        self.failed = None
        self.last_suppressed = -1
        message = held.message
        if not book.begun[message]:
            book.begun[message] = 1
            book.wait.add(world.now_us - held.load[4])

    def go_on(self, world: World) -> None:
        """The steps of the program at hand, and of those that wait behind it."""
        while self.is_up and self._run(world) and self.buffer and self.is_up:
            self._begin(world, self.buffer.popleft())

    def _run(self, world: World) -> bool:
        """The steps of one program. True where it has ended, False where it waits or died.

        Here nobody has armed a crash and no draw can bring one, so that no point is looked at; and
        nobody but the queue has to be asked.
        """
        held = self.current
        assert held is not None
        program, message = held.program, held.message
        if self.may_die or self.armed or program.is_transaction:
            return self._run_step_by_step(world)
        ops, step = program.ops, self.step
        while True:
            op = ops[step]
            if op == "work":
                self.step = step
                self._begin_work(world, held)
                return False
            if op == "ack":
                if self.link is not None:
                    world.send(self.link, "ACK", message, 0, held.load)
                step += 1
            elif op == "end":
                book = world.ledger.groups[self.group]
                if self.is_suppressed or book.held[message] == 1:
                    end_program(world, self, "claimed-not-applied" if self.is_suppressed else "")
                else:
                    # Another copy lives, the queue's most often: this is what ends the program.
                    self.current = None
                    book.held[message] -= 1
                return True
            elif op == "mark":
                self.store(world, program).add(message, world.now_us)
                if program.store != "memory":
                    world.ledger.groups[self.group].marked += 1
                step += 1
            else:
                self.step = step
                if op == "await":
                    self.await_reply(world)
                    return False
                self._remember(world, op, held)
                step = self.step

    def _run_step_by_step(self, world: World) -> bool:
        """The same where the process can die between any two steps, or a coordinator commits."""
        held = self.current
        assert held is not None
        program = held.program
        while True:
            op, points = program.steps[self.step]
            if points and self._dies_at(world, points):
                return False
            if op == "work":
                self._begin_work(world, held)
                return False
            if op == "ack":
                self._send(world, "ACK")
                self.step += 1
            elif op == "end":
                end_program(world, self, "claimed-not-applied" if self.is_suppressed else "")
                return True
            elif op == "await":
                self.await_reply(world)
                return False
            elif program.is_transaction:
                ended = client.step(world, self, op)
                if ended is not None:
                    return ended
            else:
                self._remember(world, op, held)

    def _dies_at(self, world: World, points: tuple[str, ...]) -> bool:
        held = self.current
        assert held is not None
        if self.is_suppressed:
            points = tuple(point for point in points if point in ACK_POINTS)
        if self.armed:
            name = world.ledger.name_of(held.message)
            point = self.takes_armed(points, name)
            if point:
                crash_node(world, self, point=point)
                return True
            if self.pauses_at(world, points, name):
                return True
        parameters = self.parameters
        if self.may_die and parameters.crash_at in points and world.chance.strikes(
            parameters.crash_chance, self.storm, "crash", self._name(world, held.message),
            held.number,
        ):  # fmt: skip
            crash_node(world, self, point=parameters.crash_at)
            return True
        return False

    def pauses_at(self, world: World, points: tuple[str, ...], name: str) -> bool:
        """Whether an armed pause stops it here; it goes on with this same step, asked again."""
        pause = self.takes_armed_pause(points, name)
        if pause is None:
            return False
        pause_node(world, self, pause.for_us)
        return True

    def _name(self, world: World, message: int) -> str:
        """What the draws know a message by: in a storm with a name, by its number alone."""
        if self.parameters.storm is not None:
            return f"#{world.ledger.number[message]}"
        return world.ledger.name_of(message)

    def _remember(self, world: World, op: str, held: Held) -> None:
        """check, claim, look-up and mark: the steps that ask or tell a dedup store."""
        store = self.store(world, held.program)
        now_us, window_us = world.now_us, self.parameters.dedup_window_us
        if op == "mark":
            store.add(held.message, now_us)
            if held.program.store != "memory":
                world.ledger.groups[self.group].marked += 1
            self.step += 1
        elif store.has(held.message, now_us, window_us):
            self.suppress(world, held)
        else:
            if op == "claim":
                store.add(held.message, now_us)
                world.ledger.groups[self.group].marked += 1
            self.step += 1

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
        self._send(world, packet)

    def _send(self, world: World, packet: str) -> None:
        held, link = self.current, self.link
        assert held is not None
        if link is not None:
            world.send(link, packet, held.message, 0, held.load)

    def work_done(self, world: World, held: Held) -> bool:
        """The work is done; a coordinator decides whether it counts."""
        return client.work_done(world, self, held)

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
            self._send(world, "ACK")
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

    # ------------------------------------------------------------------ work

    def _begin_work(self, world: World, held: Held) -> None:
        now_us = world.now_us
        self.work_from_us = now_us
        self.work_until_us = until_us = now_us + self.work_us(world, held)
        if self.may_die or self.armed:
            self._schedule_work(world)
            return
        self.tick = tick = self.tick + 1
        world.next_order = (order := world.next_order) + 1
        heappush(world.agenda, (until_us, 1, order, WORK, (world.cause, self.id, tick, 2, 0, "")))

    def work_us(self, world: World, held: Held) -> int:
        """Drawn by message and delivery number; those of first deliveries stand on pages."""
        parameters, message, chance = self.parameters, held.message, world.chance
        if parameters.work.distribution == "fixed":
            return parameters.work.mean_us
        if held.number > 1 or type(chance) is not KeyedChance:
            name = self._name(world, message)
            return chance.duration_us(parameters.work, self.storm, "work", name, held.number)
        ledger = world.ledger
        number, producer = ledger.number[message], ledger.producer[message]
        pages, key = self.work_pages, producer << 32 | number // PAGE
        page = pages.get(key)
        if page is None:
            if len(pages) >= MOST_PAGES:
                pages.clear()
            stem = ledger.producers[producer] if parameters.storm is None else ""
            page = pages[key] = chance.durations_us(
                parameters.work, self.storm, "work", stem, number // PAGE
            )
        return page[number % PAGE]

    def _schedule_work(self, world: World) -> None:
        self.tick = tick = self.tick + 1
        if (self.may_die or self.armed) and self._may_die_halfway():
            half_us = self.halfway_us
            if world.now_us <= half_us:
                world.schedule(half_us, WORK, self.id, tick, 1)
        world.schedule(self.work_until_us, WORK, self.id, tick, 2)

    @property
    def halfway_us(self) -> int:
        """When half of the work is done: from here on a non-atomic effect is torn by a crash."""
        return self.work_from_us + (self.work_until_us - self.work_from_us) // 2

    def _may_die_halfway(self) -> bool:
        return any(each.point == "mid-effect" for each in self.armed) or (
            self.parameters.crash_chance > 0.0 and self.parameters.crash_at == "mid-effect"
        )

    def is_fenced_by_key(self, world: World) -> bool:
        """Under fifo and keyed one fence stands before each key, else before each message."""
        queue = world.nodes.get(self.link.source) if self.link else None
        return isinstance(queue, Node) and getattr(queue.parameters, "order", "") != "competing"

    def on_armed(self, world: World) -> None:
        """A crash was armed: if it is at work before the half, the half must now be noticed."""
        if self.work_from_us >= 0 and not self.is_paused and world.now_us <= self.halfway_us:
            self._schedule_work(world)

    def on_work(self, world: World, tick: int, half: int) -> None:
        """One half of the work is done, or both."""
        if tick != self.tick or self.work_from_us < 0:
            return
        held = self.current
        assert held is not None
        if half == 1:
            self._dies_at(world, ("mid-effect",))
            return
        self.work_from_us = -1
        is_failing = (self.may_fail or self.fails_next) and self._fails(world, held)
        if is_failing or not commit(world, self, held):
            self._on_failure(world, held)
        self.advance(world)

    def _fails(self, world: World, held: Held) -> bool:
        parameters = self.parameters
        if self.fails_next:
            self.fails_next = False
            return True
        number = world.ledger.number[held.message]
        poison = parameters.poison
        if number % poison.every == 0 if isinstance(poison, Every) else number in poison:
            return True
        return parameters.failure_chance > 0.0 and world.chance.strikes(
            parameters.failure_chance, self.storm, "failure", self._name(world, held.message),
            held.number,
        )  # fmt: skip

    def _on_failure(self, world: World, held: Held) -> None:
        """The handler raised: it releases its claim, says NACK where a lease stands, and ends."""
        world.because(HandlerFailed, self.id, held.message)
        self.failed = (held.message, held.times)
        book = world.ledger.groups[self.group]
        if held.program.idempotency == "claim-first":
            self.store(world, held.program).forget(held.message)
        if held.program.acks_after:
            book.nacked += 1
            self._send(world, "NACK")
        end_program(world, self, "handler-failed")

    # ------------------------------------------------------------------ life

    def on_pause(self, world: World) -> None:
        """The work keeps the time it still needs."""
        if self.work_from_us >= 0:
            self.work_left_us = self.work_until_us - world.now_us
            self.tick += 1

    def on_resume(self, world: World) -> None:
        """The work goes on where it stood."""
        if self.work_from_us >= 0:
            done_us = self.work_until_us - self.work_from_us - self.work_left_us
            self.work_from_us = world.now_us - done_us
            self.work_until_us = world.now_us + self.work_left_us
            self.work_left_us = -1
            self._schedule_work(world)
        self.connect(world)
        if self.current is not None and self.work_from_us < 0 and not self.awaits:
            # An armed pause had stopped it between two steps.
            self.go_on(world)

    def on_crash(self, world: World) -> None:
        """Memory, buffer and the message at work are gone; the connection begins to close."""
        book = world.ledger.groups.get(self.group)
        held = self.current
        if held is not None and book is not None:
            self._tear(world, book, held)
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

    def _tear(self, world: World, book: GroupLedger, held: Held) -> None:
        if self.work_from_us < 0 or held.program.is_atomic or held.program.effect == "set":
            return
        done_us = world.now_us - self.work_from_us
        if self.work_left_us >= 0:
            done_us = self.work_until_us - self.work_from_us - self.work_left_us
        if 2 * done_us >= self.work_until_us - self.work_from_us:
            book.torn += 1
            world.emit(Torn, self.id, held.message)

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
