"""Which messages are there, what is known of each, and which groups owe them?

Rows are columns of integers, one index a message: lists where each message asks often (an array
costs twice the time there, 1.5 µs a message in all, and a list of small numbers twice the space),
arrays and bytes where it does not or a picture is made.
"""

from array import array

from playground.engine.ledger.group import GroupLedger
from playground.engine.ledger.states import IN_FLIGHT

_CHUNK = 64
_NAMES_AT_HAND = 4096


class MessageTable:
    """All messages and all groups; ``Ledger`` says what becomes of them."""

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
