"""How does an application publish? Fire and forget, or again and again until it is confirmed.

When it has something to say is decided in ``arrivals``, what it does without an answer in
``retries``.
"""

from collections import deque

from playground.engine.agenda import CONFIRM_TIMEOUT, Due, schedule_in_line
from playground.engine.faults.crash import dies_at
from playground.engine.ledger import BUFFERED, CONFIRMED, FIRED, FORGOTTEN, UNCONFIRMED
from playground.engine.message import MESSAGE, Flight, Load
from playground.engine.nodes.arrivals import start_arrivals
from playground.engine.nodes.dedup import BY_MESSAGE_ID
from playground.engine.nodes.intent import Intent
from playground.engine.nodes.node import Node
from playground.engine.nodes.retries import on_refuse
from playground.engine.parameters import MAX_BUFFERED_MESSAGES, ProducerParameters
from playground.engine.records import Forgotten
from playground.engine.rows import CONFIRMED as CONFIRMED_ROW
from playground.engine.rows import PRODUCED
from playground.engine.world import World


class Producer(Node):
    """A producer in a running world."""

    __slots__ = (
        "arrival",
        "arrivals_from_us",
        "attempts",
        "buffer",
        "confirmed",
        "fired",
        "forgotten",
        "gaps",
        "gaps_start",
        "gave_up",
        "index",
        "numbers_before",
        "parameters",
        "produced",
        "schedule_id",
        "sequence",
        "session",
        "unconfirmed",
    )

    parameters: ProducerParameters

    def __init__(
        self, node_id: str, parameters: ProducerParameters, index: int, numbers_before: int = 0
    ) -> None:
        super().__init__(node_id)
        self.parameters = parameters
        self.index = index
        self.numbers_before = numbers_before  # given by a removed producer of this name
        self.produced = 0
        self.attempts = 0
        self.confirmed = 0
        self.fired = 0
        self.forgotten = 0
        self.gave_up: list[int] = []
        self.buffer: dict[int, Intent] = {}  # in order of submission
        self.unconfirmed: dict[int, Intent] = {}
        self.session = 1
        self.sequence = 0
        self.arrival = 0  # arrivals since arrivals_from_us, the made-up ones of a pause not counted
        self.arrivals_from_us = 0
        self.schedule_id = 0
        self.gaps: list[int] = []  # a page of draws, never rewritten
        self.gaps_start = (0, -1)  # the schedule and the block that it is of

    def submit(self, world: World) -> bool:
        """The application submits one message. False where its limit is reached or it died."""
        parameters, link, ledger = self.parameters, self.link, world.ledger
        if link is None or not self.is_up:
            return False
        if parameters.limit is not None and self.produced >= parameters.limit:
            return False
        self.produced += 1
        number = self.numbers_before + self.produced
        message = ledger.submit(
            self.index, number, (number - 1) % parameters.keys, parameters.amount, link.target,
            world.now_us, BUFFERED,
        )  # fmt: skip
        world.next_seq = (seq := world.next_seq) + 1
        world.block.append((PRODUCED, seq, world.now_us, world.cause, world.tags[self.id], message))
        world.cause = seq
        ledger.upstream[message] += 1
        intent = Intent(message)
        if parameters.publish == "fire-and-forget":
            ledger.status[message] = FIRED
            self.fired += 1
            alive = self._transmit(world, intent)
            ledger.upstream_died(message, "producer-crash")
            return alive
        if not self.buffer and len(self.unconfirmed) < parameters.window:
            # What pump does, without the way through the buffer.
            self.unconfirmed[message] = intent
            ledger.status[message] = UNCONFIRMED
            self.attempt(world, intent)
            return self.is_up
        self.buffer[message] = intent
        if len(self.buffer) > MAX_BUFFERED_MESSAGES:
            world.stop(f"{self.id} holds {MAX_BUFFERED_MESSAGES} unsent messages, the most allowed")
        self.pump(world)
        return self.is_up

    # ------------------------------------------------------------------ sending

    def pump(self, world: World) -> None:
        """Send what the window has room for."""
        window = self.parameters.window
        buffer, unconfirmed = self.buffer, self.unconfirmed
        while buffer and len(unconfirmed) < window and self.is_up:
            message = next(iter(buffer))
            intent = buffer.pop(message)
            unconfirmed[message] = intent
            world.ledger.status[message] = UNCONFIRMED
            self.attempt(world, intent)

    def attempt(self, world: World, intent: Intent) -> None:
        """The next attempt of a confirmed publish, and its timeout."""
        parameters = self.parameters
        intent.attempt += 1
        if parameters.identity == "sequence" and intent.sequence == 0:
            self.sequence += 1
            intent.session, intent.sequence = self.session, self.sequence
        if not self._transmit(world, intent):
            return
        retry, now_us = parameters.retry, world.now_us
        intent.timer = timer = intent.timer + 1
        intent.waits_for = "confirm"
        intent.since_us = now_us
        intent.until_us = until_us = now_us + retry.timeout_us
        schedule_in_line(
            world, until_us, CONFIRM_TIMEOUT, self.id, self.incarnation, intent.message, timer, ""
        )
        if retry.attempts is None or intent.attempt < retry.attempts:
            return
        if not parameters.outbox and intent.counts:
            # No further SEND can come of this memory: the packet under way is the last copy.
            intent.counts = False
            world.ledger.upstream_died(intent.message, "gave-up")

    def _transmit(self, world: World, intent: Intent) -> bool:
        """Put a SEND on the link. False where an armed crash struck around it."""
        message, link = intent.message, self.link
        if self.armed and dies_at(world, self, "before-send", message):
            return False
        assert link is not None
        self.attempts += 1
        if self.parameters.identity == "message-id":
            load: Load = (self.incarnation, BY_MESSAGE_ID, 0, None, 0)
        else:
            load = (self.incarnation, intent.session, intent.sequence, None, 0)
        world.send(link, "SEND", message, intent.attempt or 1, load)
        return not self.armed or not dies_at(world, self, "after-send", message)

    # ------------------------------------------------------------------ answers and timers

    def _on_confirm(self, world: World, flight: Flight) -> None:
        message, ledger = flight.row[MESSAGE], world.ledger
        intent = self.unconfirmed.pop(message, None) or self.buffer.pop(message, None)
        if intent is None:
            return
        self.confirmed += 1
        ledger.status[message] = CONFIRMED
        world.next_seq = (seq := world.next_seq) + 1
        tag = world.tags[self.id]
        world.block.append((CONFIRMED_ROW, seq, world.now_us, world.cause, tag, message))
        world.cause = seq
        if intent.counts:
            if (left := ledger.upstream[message] - 1) > 0:
                ledger.upstream[message] = left
            else:
                ledger.upstream_died(message)
        if self.buffer:
            self.pump(world)

    takes = {"CONFIRM": _on_confirm, "REFUSE": on_refuse}  # noqa: RUF012, never changed

    def drop_void(self, line: deque[Due]) -> None:
        """Timeouts of what is confirmed or tried again."""
        unconfirmed = self.unconfirmed
        while line:
            what = line[0][4]
            if what[3] in unconfirmed:
                _, _, incarnation, message, timer, _ = what
                if unconfirmed[message].timer == timer and incarnation == self.incarnation:
                    return
            line.popleft()

    # ------------------------------------------------------------------ crash

    @property
    def is_producer(self) -> bool:
        """Messages begin here."""
        return True

    @property
    def wants_confirm(self) -> bool:
        """Fire and forget gets no answer."""
        return self.parameters.publish == "confirmed"

    def volatile(self) -> tuple[int, ...]:
        """What it has not got confirmed, unless an outbox keeps it."""
        if self.parameters.outbox:
            return ()
        return (*self.unconfirmed, *self.buffer)

    def on_crash(self, world: World) -> None:
        """The memory dies; with an outbox the intents are still in the database."""
        self.forget_everything(world, keeps_outbox=self.parameters.outbox)

    def forget_everything(self, world: World, keeps_outbox: bool) -> None:
        """What is in its memory goes; what is in an outbox waits for the next start."""
        self.schedule_id += 1
        waiting = {**self.unconfirmed, **self.buffer}
        self.unconfirmed = {}
        self.buffer = {}
        for message in sorted(waiting):
            intent = waiting[message]
            if keeps_outbox and intent.counts:
                world.ledger.status[message] = BUFFERED
                self.buffer[message] = Intent(message)
                continue
            self.forgotten += 1
            world.ledger.status[message] = FORGOTTEN
            world.emit(Forgotten, self.id, message)
            if intent.counts:
                world.ledger.upstream_died(message, "producer-crash")

    def on_restart(self, world: World) -> None:
        """A new process: a new session, the outbox is read, arrivals begin with a fresh gap."""
        self.session += 1
        self.sequence = 0
        start_arrivals(world, self)
        self.pump(world)

    def fork(self) -> "Producer":
        """An independent copy. Its link is set by the world's fork."""
        twin: Producer = Producer.__new__(Producer)
        self.copy_life_to(twin)
        for name in Producer.__slots__:
            setattr(twin, name, getattr(self, name))
        # A page stays the same whoever looks at it: the list is shared.
        twin.gave_up = self.gave_up.copy()
        twin.buffer = {message: intent.fork() for message, intent in self.buffer.items()}
        twin.unconfirmed = {m: intent.fork() for m, intent in self.unconfirmed.items()}
        return twin
