"""Do the laws hold at every moment? A watcher that looks after every record and after every step.

``laws.check`` recounts one state; here stand the laws that compare a state with the one before.
"""

from collections import Counter
from typing import Any

from playground.engine import laws
from playground.engine.ledger import (
    DEAD,
    IN_DOUBT,
    IN_FLIGHT,
    LOST,
    MANY,
    NOT_OWED,
    ONCE,
    GroupLedger,
)
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.database import GroupDatabase
from playground.engine.nodes.queue import Queue
from playground.engine.records import (
    Appended,
    Applied,
    Begun,
    BranchAborted,
    BranchCommitted,
    Deduplicated,
    Delivered,
    Fenced,
    HandlerFailed,
    NodeCrashed,
    NodeRenamed,
    OutcomeKnown,
    Record,
    Reexecuted,
    Refused,
    Suppressed,
    TopologyChanged,
)
from playground.engine.rows import Row, records_of
from playground.engine.simulator import Simulator
from playground.engine.world import World

OUTCOMES = (Applied, Reexecuted, Suppressed, Fenced, HandlerFailed, OutcomeKnown)

# What may become of an obligation; a group that joins anew owes what is produced after it.
NEXT = {
    NOT_OWED: {NOT_OWED, IN_FLIGHT},
    IN_FLIGHT: {IN_FLIGHT, IN_DOUBT, ONCE, MANY, DEAD, LOST},
    IN_DOUBT: {IN_FLIGHT, IN_DOUBT, ONCE, MANY, DEAD, LOST},
    ONCE: {ONCE, MANY},
    MANY: {MANY},
    DEAD: {DEAD, IN_FLIGHT, IN_DOUBT, LOST},
    LOST: {LOST},
}


class WatchedBlock(list[Any]):
    """The trace's newest block, with an eye on every record that is written."""

    def __init__(self, watch: "Watch") -> None:
        super().__init__(watch.world.trace.block)
        self.watch = watch

    def append(self, row: Row) -> None:
        """Write it, and look."""
        super().append(row)
        for record in records_of([row], self.watch.world.tags):
            self.watch.see(record)


class Watch:
    """Everything that is known of a world's past, and what must follow from it."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.world: World = simulator.world
        self.records: list[Record] = self.world.trace.tail()
        self.kinds: Counter[str] = Counter()
        self.crashed_at_received = 0
        self.open: dict[str, bool] = {}
        self.hands: Counter[str] = Counter()
        self.books: dict[str, tuple[GroupLedger, bytes, tuple[int, ...]]] = {}
        self.tokens: dict[tuple[str, str, int], int] = {}
        self.highest: dict[str, int] = {}
        self.forgets = False  # a log or a queue was there that a crash can empty
        self.committed: set[int] = set()
        self.verdicts: dict[int, bool] = {}
        self.fences: dict[tuple[str, tuple[int, ...]], int] = {}
        self.incarnations: dict[str, int] = {}
        block = WatchedBlock(self)
        self.world.trace.block = self.world.block = block

    # ------------------------------------------------------------------ after every record

    def see(self, record: Record) -> None:
        """The partition holds, numbers have no gap, and each program has at most one outcome."""
        if self.records:
            last = self.records[-1]
            assert record.seq == last.seq + 1, f"{record} follows {last}"
            assert record.at_us >= last.at_us, f"{record} is earlier than {last}"
        assert 0 <= record.cause < record.seq, f"{record} has a cause that is not before it"
        self.records.append(record)
        self.kinds[type(record).__name__] += 1
        for book in self.world.ledger.groups.values():
            laws.check_partition(book)
        self._follow(record)

    def _follow(self, record: Record) -> None:
        """I6: what a consumer received was begun, waits, or went with its process."""
        if isinstance(record, Delivered):
            self.hands[record.consumer] += 1
        elif isinstance(record, Begun):
            self.open[record.consumer] = True
        elif isinstance(record, BranchCommitted | BranchAborted):
            self._follow_branch(record)
        elif isinstance(record, Applied | Reexecuted) and record.cause in self.committed:
            pass  # by a transaction: its consumer learns of it another time, or never
        elif isinstance(record, OUTCOMES):
            assert self.open.get(record.consumer), f"{record} without a program"
            self.open[record.consumer] = False
            self.hands[record.consumer] -= 1
        elif isinstance(record, NodeCrashed):
            self.open[record.node] = False
            self.hands[record.node] = 0
            if record.point == "received" and isinstance(self.world.nodes[record.node], Queue):
                self.crashed_at_received += 1
        elif isinstance(record, NodeRenamed):
            self._rename(record.old, record.new)
        elif isinstance(record, TopologyChanged) and self._empties_hands(record):
            for name in record.place.split(">"):
                self.open[name] = False
                self.hands[name] = 0
                if record.what == "node added":
                    # Another node of an old name begins anew.
                    self.highest.pop(name, None)
                    self.incarnations.pop(name, None)
                    self.tokens = {key: t for key, t in self.tokens.items() if key[0] != name}

    def _empties_hands(self, record: TopologyChanged) -> bool:
        if record.what == "link added":
            return False
        nodes = [self.world.nodes.get(name) for name in record.place.split(">")]
        return len(nodes) == 1 or not any(
            isinstance(node, Coordinator | GroupDatabase) for node in nodes
        )

    def _follow_branch(self, record: BranchCommitted | BranchAborted) -> None:
        """I12: what one participant has committed no other undoes, if the coordinator remembers."""
        if isinstance(record, BranchCommitted):
            self.committed.add(record.seq)
        undoes = isinstance(record, BranchAborted) and record.reason == "abort"
        if undoes or isinstance(record, BranchCommitted):
            verdict = self.verdicts.setdefault(record.number, undoes)
            assert verdict == undoes or self.forgets, f"{record}: the other part was not"

    def _rename(self, old: str, new: str) -> None:
        """What was seen of a node is now said of its new name, and perhaps of its group's."""
        for seen in (self.open, self.hands, self.highest, self.incarnations):
            seen.pop(new, None)
            if old in seen:
                seen[new] = seen.pop(old)
        for (queue, group, offset), token in list(self.tokens.items()):
            queue, group = (new if name == old else name for name in (queue, group))
            self.tokens.setdefault((queue, group, offset), token)

    # ------------------------------------------------------------------ after every step

    def look(self) -> None:
        """All laws, between two steps."""
        laws.check(self.world)
        self._note_what_a_crash_may_take()
        self._sends_add_up()
        self._hands_add_up()
        for group, book in self.world.ledger.groups.items():
            self._only_forwards(group, book)
        for node in self.world.nodes.values():
            assert node.incarnation >= self.incarnations.get(node.id, 0)
            self.incarnations[node.id] = node.incarnation
            if isinstance(node, Queue):
                self._tokens_rise(node)
        before, self.fences = self.fences, {}
        for group, database in self.world.databases.items():
            by_message = {(message,): t for message, t in enumerate(database.message_fences) if t}
            for key, token in (database.fences | by_message).items():
                assert token >= before.get((group, key), 0), f"the fence of {key} fell"
                self.fences[group, key] = token

    def _note_what_a_crash_may_take(self) -> None:
        for node in self.world.nodes.values():
            if isinstance(node, Coordinator):
                self.forgets |= node.parameters.log != "sync"
            elif isinstance(node, Queue):
                self.forgets |= node.parameters.durability != "sync"

    def _sends_add_up(self) -> None:
        """I4: a SEND that an up queue took was appended, recognised, refused, or died with it."""
        taken = self.world.wire.get("SEND", [0] * 5)[1]
        moved = len(self.world.ledger.origin)
        answered = (
            self.kinds[Appended.__name__]
            - moved
            + self.kinds[Deduplicated.__name__]
            + self.kinds[Refused.__name__]
        )
        assert taken == answered + self.crashed_at_received, (
            f"{taken} SENDs taken ≠ {answered} answered + {self.crashed_at_received} crashed"
        )

    def _hands_add_up(self) -> None:
        for node in self.world.nodes.values():
            if isinstance(node, Consumer):
                unfinished = len(node.buffer) + bool(node.current and self.open.get(node.id))
                counted = self.hands[node.id]
                dropped = counted - unfinished
                # An ACK_FAIL ends a commit-first program without an outcome, and nothing else does.
                assert dropped >= 0, f"{node.id}: {counted} received, {unfinished} in hands"
                fails = self.world.wire.get("ACK_FAIL", [0] * 5)[1]
                assert dropped <= fails, f"{node.id}: {dropped} programs ended without an outcome"

    def _only_forwards(self, group: str, book: GroupLedger) -> None:
        """I8: lost and applied are final, and what is counted stays counted."""
        counters = (
            book.produced,
            book.lost,
            book.applied_many,
            book.duplicate_effects,
            book.effect_total,
            book.deliveries,
            book.suppressed,
            book.reexecuted,
            book.fenced,
            book.torn,
            book.nacked,
            book.stale_acks,
            book.aborted,
            book.side_effects,
            book.duplicate_side_effects,
            book.marked,
            book.by_transaction,
            book.out_of_order,
            book.regress,
        )
        state = bytes(book.state[: self.world.ledger.count])
        known = self.books.get(group)
        if known is not None and known[0] is book:
            _, old, before = known
            assert all(a <= b for a, b in zip(before, counters, strict=True)), (
                f"{group}: a counter fell from {before} to {counters}"
            )
            if not state.startswith(old):
                for message, (was, now) in enumerate(zip(old, state, strict=False)):
                    assert now in NEXT[was], f"{group}: message {message} went from {was} to {now}"
        self.books[group] = (book, state, counters)

    def _tokens_rise(self, queue: Queue) -> None:
        """I10: a new lease has a token above every earlier one."""
        highest = self.highest.get(queue.id, 0)
        for group, subscription in queue.subscriptions.items():
            for offset, slot in subscription.slots.items():
                if slot.token and slot.token != self.tokens.get((queue.id, group, offset), 0):
                    assert slot.token > highest, f"{queue.id}: {slot.token} after {highest}"
                    self.tokens[queue.id, group, offset] = slot.token
        assert queue.next_token - 1 >= highest
        self.highest[queue.id] = queue.next_token - 1

    # ------------------------------------------------------------------ moving

    def step(self) -> None:
        """One step, then all laws."""
        self.simulator.step()
        self.look()
