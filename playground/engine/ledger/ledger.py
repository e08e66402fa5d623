"""What does it change for a message when a copy of it is made, dies or takes effect?

The ledger keeps *custody*: how many copies of a message still exist, upstream (in the producer's
memory or outbox, in SEND packets) and for each group (in the queue, in DELIVER packets, in a
consumer's hands). The moment the last copy dies without an effect, the message is lost, and the
event that killed that copy is the cause.
"""

from playground.engine.ledger.group import GroupLedger, KeyOrder
from playground.engine.ledger.states import (
    CAUSES,
    DEAD,
    IN_DOUBT,
    IN_FLIGHT,
    LOST,
    MANY,
    MOVED,
    ONCE,
)
from playground.engine.ledger.table import MessageTable


class Ledger(MessageTable):
    """All messages and all groups. Its methods are called where a copy is made or dies."""

    __slots__ = ()

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

    # ------------------------------------------------------------------ dead letters

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
        for name in MessageTable.__slots__:
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
