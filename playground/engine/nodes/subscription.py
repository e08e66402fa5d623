"""Which of a queue's entries does one group still have to see, and which may go out next?"""

from array import array
from heapq import heappop, heappush

READY, DELAYED, LEASED, FINAL, HELD = range(5)
"""HELD: its consumption is part of a transaction that has not ended; no timer returns it."""


class Slot:
    """One group's copy of an entry."""

    __slots__ = (
        "acked_us",
        "born_us",
        "consumer",
        "count",
        "expiry_us",
        "incarnation",
        "key",
        "leased_us",
        "message",
        "offset",
        "state",
        "token",
    )

    def __init__(self, offset: int, message: int, key: tuple[int, int], born_us: int) -> None:
        self.offset = offset
        self.message = message
        self.key = key
        self.born_us = born_us
        self.state = READY
        self.count = 0  # deliveries so far
        self.token = 0
        self.consumer = ""
        self.incarnation = 0
        self.leased_us = 0
        self.expiry_us = -1  # -1: the lease never ends
        self.acked_us = 0

    def fork(self) -> "Slot":
        """An independent copy."""
        twin: Slot = Slot.__new__(Slot)
        for name in Slot.__slots__:
            setattr(twin, name, getattr(self, name))
        return twin


class Subscription:
    """A group at a queue: its slots, who is connected, and what each may be given next.

    ``ready`` holds a heap of offsets for each *lane*: one for all under competing and fifo (there
    only the heads of the keys), one for each consumer under keyed. Offsets in it may be out of
    date; whoever pops one looks at its slot.
    """

    __slots__ = (
        "acked_tag",
        "acked_tokens",
        "connected",
        "group",
        "last_served",
        "members",
        "order",
        "ready",
        "slots",
        "unacked",
        "unfinished",
        "unflushed",
    )

    def __init__(self, group: str, order: str) -> None:
        self.group = group
        self.order = order
        self.slots: dict[int, Slot] = {}
        self.ready: dict[str, list[int]] = {}
        self.unfinished: dict[tuple[int, int], list[int]] = {}  # fifo: offsets by key
        self.connected: dict[str, int] = {}  # consumer -> incarnation
        self.members: list[str] = []  # the connected ones, sorted
        self.unacked: dict[str, int] = {}  # of the connected incarnation
        self.last_served = ""
        self.acked_tag = -1  # of its usual Acked rows; -1: whoever changes a name sets it
        self.acked_tokens = array("q")  # by offset: a token acked twice is not stale
        self.unflushed: list[Slot] = []  # acked, but not yet on a lazy disk

    # ------------------------------------------------------------------ lanes

    def owner_of(self, key: tuple[int, int]) -> str:
        """keyed: the consumer that owns this key; "" while nobody is connected."""
        members = self.members
        return members[key[1] % len(members)] if members else ""

    def lane_of(self, slot: Slot) -> str:
        """The lane in which this slot waits."""
        return self.owner_of(slot.key) if self.order == "keyed" else ""

    def head_of(self, key: tuple[int, int]) -> int:
        """fifo: the lowest unfinished offset of a key, -1 for none."""
        offsets = self.unfinished.get(key)
        while offsets:
            if offsets[0] in self.slots:
                return offsets[0]
            heappop(offsets)
        self.unfinished.pop(key, None)
        return -1

    def make_ready(self, slot: Slot) -> None:
        """The slot may go out (fifo: when it is the head of its key)."""
        slot.state = READY
        slot.consumer = ""
        if self.order == "fifo" and self.head_of(slot.key) != slot.offset:
            return
        lane = self.ready.get(self.lane_of(slot))
        if lane is None:
            lane = self.ready[self.lane_of(slot)] = []
        heappush(lane, slot.offset)

    def add(self, slot: Slot) -> None:
        """A new entry, or one that a crash brought back."""
        self.slots[slot.offset] = slot
        if self.order == "competing":
            slot.state = READY
            heappush(self.ready.setdefault("", []), slot.offset)
            return
        if self.order == "fifo":
            heappush(self.unfinished.setdefault(slot.key, []), slot.offset)
        self.make_ready(slot)

    def remove(self, slot: Slot) -> None:
        """The slot is final for this group; under fifo the next of its key may go."""
        if slot.state == LEASED and self.connected.get(slot.consumer) == slot.incarnation:
            self.unacked[slot.consumer] -= 1
        slot.state = FINAL
        del self.slots[slot.offset]
        if self.order == "fifo":
            head = self.slots.get(self.head_of(slot.key))
            if head is not None and head.state == READY:
                heappush(self.ready.setdefault("", []), head.offset)

    def release(self, slot: Slot) -> None:
        """A delivery has ended: its consumer has one unacknowledged message less."""
        if slot.state == LEASED:
            slot.state = READY
            if self.connected.get(slot.consumer) == slot.incarnation:
                self.unacked[slot.consumer] -= 1

    def next_ready(self, lane: str) -> Slot | None:
        """The lowest offset of a lane that may go out, left in place; stale ones are dropped."""
        heap = self.ready.get(lane)
        while heap:
            slot = self.slots.get(heap[0])
            if slot is not None and slot.state == READY and self._belongs(slot, lane):
                return slot
            heappop(heap)
        return None

    def _belongs(self, slot: Slot, lane: str) -> bool:
        if self.order == "fifo":
            return self.head_of(slot.key) == slot.offset
        return self.order == "competing" or self.owner_of(slot.key) == lane

    def rebuild(self, order: str) -> None:
        """The order, or under keyed the owners, have changed: sort everything in again."""
        self.order = order
        self.ready = {}
        self.unfinished = {}
        if order == "fifo":
            for offset in sorted(self.slots):
                self.unfinished.setdefault(self.slots[offset].key, []).append(offset)
        for offset in sorted(self.slots):
            slot = self.slots[offset]
            if slot.state == READY:
                self.make_ready(slot)

    # ------------------------------------------------------------------ acks

    def note_acked(self, slot: Slot) -> None:
        """Remember the token: the same one acked again is answered with ACK_OK."""
        tokens = self.acked_tokens
        try:
            tokens[slot.offset] = slot.token
        except IndexError:
            missing = slot.offset + 1 - len(tokens)
            tokens.frombytes(bytes(8 * max(missing, len(tokens) // 8, 64)))
            tokens[slot.offset] = slot.token

    def was_acked_by(self, offset: int, token: int) -> bool:
        """Whether this very token has finished the entry."""
        return offset < len(self.acked_tokens) and self.acked_tokens[offset] == token

    @property
    def leased(self) -> int:
        """Entries that are out."""
        return sum(1 for slot in self.slots.values() if slot.state == LEASED)

    def fork(self) -> "Subscription":
        """An independent copy."""
        twin: Subscription = Subscription.__new__(Subscription)
        for name in Subscription.__slots__:
            value = getattr(self, name)
            setattr(twin, name, value.copy() if isinstance(value, dict | list) else value)
        twin.slots = {offset: slot.fork() for offset, slot in self.slots.items()}
        twin.ready = {lane: heap.copy() for lane, heap in self.ready.items()}
        twin.unfinished = {key: heap.copy() for key, heap in self.unfinished.items()}
        twin.acked_tokens = self.acked_tokens[:]
        twin.unflushed = [slot.fork() for slot in self.unflushed]
        return twin
