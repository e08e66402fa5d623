"""What has become of every message, for every group that is owed it?

The ledger keeps *custody*: how many copies of a message still exist, upstream (in the producer's
memory or outbox, in SEND packets) and for each group (in the queue, in DELIVER packets, in a
consumer's hands). The moment the last copy dies without an effect, the message is lost, and the
event that killed that copy is the cause. Rows are columns of integers, one index a message: lists
where each message asks often (an array costs twice the time there, 1.5 µs a message in all, and a
list of small numbers twice the space), arrays and bytes where it does not or a picture is made.
"""

from array import array
from dataclasses import dataclass, replace

from playground.engine.histogram import Histogram

NOT_OWED, IN_FLIGHT, ONCE, MANY, IN_DOUBT, DEAD, LOST = range(7)

BUFFERED, UNCONFIRMED, CONFIRMED, GAVE_UP, FORGOTTEN, FIRED, MOVED = range(7)
"""What the producer knows of a message; MOVED is a dead-lettered copy, which has no producer."""

CAUSES: tuple[str, ...] = (
    "send-lost",
    "deliver-lost",
    "consumer-crash",
    "producer-crash",
    "queue-crash",
    "retention",
    "overflow",
    "delivery-limit",
    "gave-up",
    "handler-failed",
    "claimed-not-applied",
    "fenced",
    "dead-letter-forgotten",
    "coordinator-crash",  # one participant committed, the other was told that nothing had been
)

_CHUNK = 64
_NAMES_AT_HAND = 4096


@dataclass(slots=True)
class KeyOrder:
    """The order of effects seen for one ordering key, by the producer's message numbers."""

    first_max: int  # highest number whose first effect is done
    run_max: int  # highest number executed
    last: int  # the number executed last: what a set leaves behind


class GroupLedger:
    """One group's obligations: a row a message, and every counter of the scoreboard."""

    __slots__ = (
        "aborted",
        "applied_many",
        "applied_once",
        "begun",
        "blocked",
        "by_transaction",
        "cause",
        "dead_lettered",
        "delivered",
        "deliveries",
        "doubts",
        "duplicate_deliveries",
        "duplicate_effects",
        "duplicate_side_effects",
        "effect_total",
        "effects",
        "ended_by",
        "fenced",
        "group",
        "held",
        "in_doubt",
        "in_flight",
        "is_open",
        "latency",
        "lost",
        "lost_by_cause",
        "marked",
        "money_dead",
        "money_is",
        "money_lost",
        "money_settled",
        "nacked",
        "orders",
        "out_of_order",
        "parked",
        "produced",
        "queue",
        "reexecuted",
        "regress",
        "side_effects",
        "sides",
        "stale_acks",
        "state",
        "suppressed",
        "torn",
        "wait",
    )

    def __init__(self, group: str, queue: str, rows: int) -> None:
        self.group = group
        self.queue = queue
        self.is_open = True
        self.state = bytearray(rows)
        self.held = [0] * rows
        self.effects = array("i", bytes(4 * rows))
        self.delivered = array("i", bytes(4 * rows))
        self.begun = bytearray(rows)
        self.cause = bytearray(rows)
        self.parked: dict[int, int] = {}
        self.ended_by: dict[int, str] = {}
        self.produced = self.applied_once = self.applied_many = self.in_doubt = 0
        self.dead_lettered = self.in_flight = self.lost = 0
        self.lost_by_cause = dict.fromkeys(CAUSES, 0)
        self.deliveries = self.duplicate_deliveries = 0
        self.effect_total = self.duplicate_effects = 0
        self.suppressed = self.reexecuted = self.fenced = self.torn = self.nacked = 0
        self.stale_acks = self.out_of_order = self.regress = 0
        self.aborted = 0  # transactions of this group that ended without effect
        self.side_effects = self.duplicate_side_effects = 0  # calls outside a transaction
        self.sides: dict[int, int] = {}  # the calls by message
        self.doubts: dict[int, int] = {}  # branches without a verdict, by message
        self.marked = 0  # marks and claims written durably, each on its own
        self.by_transaction = 0  # executions that a transaction committed
        self.money_is = self.money_settled = self.money_lost = self.money_dead = 0
        self.orders: dict[tuple[int, int], KeyOrder] = {}
        self.latency = Histogram()
        self.wait = Histogram()
        self.blocked = Histogram()  # committed outputs behind an older open transaction

    def grow(self, rows: int) -> None:
        """Room for ``rows`` further messages."""
        self.state.extend(bytes(rows))
        self.begun.extend(bytes(rows))
        self.cause.extend(bytes(rows))
        self.held += [0] * rows
        for column in (self.effects, self.delivered):
            column.frombytes(bytes(4 * rows))

    @property
    def stale_final(self) -> int:
        """Keys that were left in an older state than the newest one applied."""
        return sum(1 for order in self.orders.values() if order.last != order.run_max)

    def fork(self) -> "GroupLedger":
        """An independent copy."""
        twin: GroupLedger = GroupLedger.__new__(GroupLedger)
        for name in GroupLedger.__slots__:
            value = getattr(self, name)
            kind = type(value)
            if kind is list or kind is array or kind is bytearray:
                value = value[:]
            elif kind is dict:
                value = value.copy()
            elif kind is Histogram:
                value = value.fork()
            setattr(twin, name, value)
        twin.orders = {key: replace(order) for key, order in self.orders.items()}
        return twin


class Ledger:
    """All messages and all groups. Its methods are called where a copy is made or dies."""

    __slots__ = (
        "amount",
        "capacity",
        "child_alive",
        "count",
        "groups",
        "groups_of",
        "key",
        "names",
        "number",
        "on_lost",
        "origin",
        "producer",
        "producers",
        "queue",
        "queues",
        "status",
        "submitted_us",
        "upstream",
    )

    def __init__(self) -> None:
        self.names: dict[int, str] = {}  # of the messages asked for lately
        self.producers: list[str] = []
        self.queues: list[str] = []
        self.groups: dict[str, GroupLedger] = {}
        self.groups_of: dict[str, list[GroupLedger]] = {}
        self.count = 0
        self.capacity = 0
        self.producer: list[int] = []
        self.number = array("i")  # large numbers are objects in a list: 36 bytes more a message
        self.key: list[int] = []
        self.queue: list[int] = []
        self.upstream: list[int] = []
        self.amount: list[int] = []
        self.submitted_us = array("q")
        self.status = bytearray()
        self.origin: dict[int, tuple[int, str]] = {}
        self.child_alive: dict[int, int] = {}
        self.on_lost: list[tuple[str, int, str]] = []

    # ------------------------------------------------------------------ who is there

    def name_of(self, message: int) -> str:
        """``shop#17``; a dead-lettered copy keeps the name of its message."""
        name = self.names.get(message)
        if name is None:
            name = f"{self.producers[self.producer[message]]}#{self.number[message]}"
            if len(self.names) >= _NAMES_AT_HAND:
                self.names.clear()
            self.names[message] = name
        return name

    def forget_names(self) -> None:
        """A producer has another name: make up the names of its messages anew."""
        self.names.clear()

    def producer_index(self, producer: str) -> int:
        """The producer's index in the columns; it gets one when it is first seen."""
        try:
            return self.producers.index(producer)
        except ValueError:
            self.producers.append(producer)
            return len(self.producers) - 1

    def open_group(self, group: str, queue: str) -> GroupLedger:
        """From now on this group owes every message produced into ``queue``."""
        book = self.groups.get(group)
        if book is None or not book.is_open or book.queue != queue:
            if book is not None:
                self.close_group(group)
            book = GroupLedger(group, queue, self.capacity)
            self.groups[group] = book
            self.groups_of.setdefault(queue, []).append(book)
        return book

    def close_group(self, group: str) -> None:
        """Its last consumer is gone: it owes nothing any more and leaves the scoreboard."""
        book = self.groups.pop(group)
        book.is_open = False
        self.groups_of[book.queue].remove(book)
        # What it has dead-lettered is nobody's now, even if a group of that name comes again.
        self.origin = {
            child: (parent, "" if owner == group else owner)
            for child, (parent, owner) in self.origin.items()
        }

    # ------------------------------------------------------------------ messages

    def find(self, producer: str, number: int) -> int | None:
        """The row of the producer's n-th message; ``None`` where it is not produced yet."""
        if producer not in self.producers:
            return None
        index = self.producers.index(producer)
        for message in range(self.count):
            if self.number[message] == number and self.producer[message] == index:
                return message
        return None

    def last_number_of(self, producer: int) -> int:
        """The highest number that a producer of this name has given; 0 for none."""
        numbers = zip(self.producer, self.number, range(self.count), strict=False)
        return max((number for index, number, _ in numbers if index == producer), default=0)

    def submit(
        self, producer: int, number: int, key: int, amount: int, queue: str, at_us: int, status: int
    ) -> int:
        """A new message, owed to every group of the queue. Returns its row."""
        message = self.count
        if message >= self.capacity:
            self.grow()
        self.count = message + 1
        self.producer[message] = producer
        self.number[message] = number
        self.key[message] = key
        self.amount[message] = amount
        self.submitted_us[message] = at_us
        self.status[message] = status
        try:
            self.queue[message] = self.queues.index(queue)
        except ValueError:
            self.queue[message] = len(self.queues)
            self.queues.append(queue)
        for book in self.groups_of.get(queue, ()):
            book.state[message] = IN_FLIGHT
            book.produced += 1
            book.in_flight += 1
        return message

    def grow(self) -> None:
        """Room for further messages."""
        # A quarter more at a time: few moves while it grows, little waste when it is large.
        rows = max(_CHUNK, self.capacity // 4)
        self.capacity += rows
        none = [0] * rows
        for column in (
            self.producer, self.key, self.queue, self.upstream, self.amount,
        ):  # fmt: skip
            column += none
        self.number.frombytes(bytes(4 * rows))
        self.submitted_us.frombytes(bytes(8 * rows))
        self.status.extend(bytes(rows))
        for book in self.groups.values():
            book.grow(rows)

    def move(self, parent: int, group: str, queue: str, at_us: int) -> int:
        """A dead-lettered copy of ``parent``: a new row, owed to the target queue's groups."""
        child = self.submit(
            self.producer[parent],
            self.number[parent],
            self.key[parent],
            self.amount[parent],
            queue,
            at_us,
            MOVED,
        )
        self.origin[child] = (parent, group)
        self.child_alive[child] = max(1, len(self.groups_of.get(queue, ())))
        book = self.groups.get(group)
        if book is not None:
            book.parked[parent] = book.parked.get(parent, 0) + 1
        return child

    def child_died(self, child: int) -> None:
        """One of a dead-lettered copy's obligations is lost, or its unread entry is gone."""
        alive = self.child_alive.get(child, 0) - 1
        self.child_alive[child] = alive
        if alive != 0:
            return
        parent, group = self.origin[child]
        book = self.groups.get(group)
        if book is None:
            return
        book.parked[parent] -= 1
        if book.parked[parent] == 0:
            del book.parked[parent]
            if book.held[parent] == 0:
                self._reclassify(book, parent, "dead-letter-forgotten")

    # ------------------------------------------------------------------ copies

    def upstream_died(self, message: int, cause: str = "") -> None:
        """A copy on the producer's side (its record, or a SEND) is gone.

        Without a cause of its own (it was confirmed, or taken), what ended the queue's copy counts.
        """
        left = self.upstream[message] - 1
        self.upstream[message] = left
        if left == 0:
            # Most often the queue has it by now, and nothing else has to be asked.
            for book in self.groups_of.get(self.queues[self.queue[message]], ()):
                if book.state[message] == IN_FLIGHT and book.held[message] == 0:
                    self._reclassify(book, message, cause)

    def held_died(self, book: GroupLedger, message: int, cause: str = "") -> None:
        """A copy on the group's side (its entry, a DELIVER, a consumer's) is gone."""
        left = book.held[message] - 1
        book.held[message] = left
        if left == 0 and book.state[message] == IN_FLIGHT:
            if self.upstream[message] == 0:
                self._reclassify(book, message, cause)
            elif cause:
                # The producer still has it; if a confirm ends that, this was the cause.
                book.ended_by[message] = cause

    def entry_died(self, book: GroupLedger, message: int, cause: str) -> None:
        """The queue's copy ended unread; if others live on, what ended this one is remembered."""
        self.held_died(book, message, cause)
        if book.state[message] in (IN_FLIGHT, IN_DOUBT):
            book.ended_by[message] = cause

    def note_refusal(self, message: int, queue: str, cause: str) -> None:
        """The queue would not take it: the cause, if its last copy goes with the SEND."""
        for book in self.groups_of.get(queue, ()):
            if book.state[message] == IN_FLIGHT and book.held[message] == 0:
                book.ended_by[message] = cause

    def held_again(self, book: GroupLedger, message: int) -> None:
        """A further copy on the group's side."""
        book.held[message] += 1
        if book.state[message] == DEAD:
            self.back_from_the_dead(book, message)

    def back_from_the_dead(self, book: GroupLedger, message: int) -> None:
        """A dead-lettered message has a copy on the group's side again."""
        book.state[message] = IN_FLIGHT
        book.dead_lettered -= 1
        book.in_flight += 1
        book.money_settled -= self.amount[message]
        book.money_dead -= self.amount[message]

    def _reclassify(self, book: GroupLedger, message: int, cause: str) -> None:
        state = book.state[message]
        if state not in (IN_FLIGHT, DEAD) or self.upstream[message] or book.held[message]:
            return
        if state == IN_FLIGHT:
            book.in_flight -= 1
            book.money_settled += self.amount[message]
        else:
            book.dead_lettered -= 1
            book.money_dead -= self.amount[message]
        if book.parked.get(message):
            book.state[message] = DEAD
            book.dead_lettered += 1
            book.money_dead += self.amount[message]
            return
        cause = cause or book.ended_by.get(message, "queue-crash")
        book.ended_by.pop(message, None)
        book.state[message] = LOST
        book.lost += 1
        book.lost_by_cause[cause] += 1
        book.cause[message] = CAUSES.index(cause)
        book.money_lost += self.amount[message]
        self.on_lost.append((book.group, message, cause))
        if message in self.origin:
            self.child_died(message)

    # ------------------------------------------------------------------ what consumers do

    def applied(self, book: GroupLedger, message: int, is_set: bool, at_us: int) -> int:
        """An effect was committed. Returns how many times by now; 0 for a set executed again."""
        times = book.effects[message] + 1
        self.note_order(book, message, times == 1)
        if times > 1 and is_set:
            book.reexecuted += 1
            return 0
        amount = self.amount[message]
        book.effects[message] = times
        book.effect_total += 1
        book.money_is += amount
        if times == 1:
            state = book.state[message]
            if state == IN_DOUBT:
                book.in_doubt -= 1
            else:
                assert state == IN_FLIGHT, f"{self.name_of(message)} was applied in state {state}"
                book.in_flight -= 1
            book.state[message] = ONCE
            book.applied_once += 1
            book.money_settled += amount
            book.latency.add(at_us - self.submitted_us[message])
        else:
            book.duplicate_effects += 1
            if times == 2:
                book.state[message] = MANY
                book.applied_once -= 1
                book.applied_many += 1
        return times

    def note_order(self, book: GroupLedger, message: int, is_first: bool) -> None:
        """Whether it came behind a later one of its key."""
        number = self.number[message]
        key = (self.producer[message], self.key[message])
        order = book.orders.get(key)
        if order is None:
            book.orders[key] = KeyOrder(number, number, number)
            return
        if is_first:
            if number < order.first_max:
                book.out_of_order += 1
            else:
                order.first_max = number
        if number < order.run_max:
            book.regress += 1
        else:
            order.run_max = number
        order.last = number

    def count_fresh(self) -> None:
        """Now and then: durations are counted many at a time."""
        for book in self.groups.values():
            book.latency.count_fresh()
            book.wait.count_fresh()

    def fork(self) -> "Ledger":
        """An independent copy."""
        twin: Ledger = Ledger.__new__(Ledger)
        for name in Ledger.__slots__:
            value = getattr(self, name)
            kind = type(value)
            setattr(twin, name, value.copy() if kind is list or kind is dict else value)
        twin.number, twin.submitted_us = self.number[:], self.submitted_us[:]
        twin.status = self.status[:]
        twin.groups = {group: book.fork() for group, book in self.groups.items()}
        twin.groups_of = {
            queue: [twin.groups[book.group] for book in books]
            for queue, books in self.groups_of.items()
        }
        return twin
