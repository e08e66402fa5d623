"""What has happened so far, in order, and what is its fingerprint?

The SHA-256 is fed in blocks of a fixed number of records, so it does not depend on how a run was
cut into slices, and the bytes are marshal's version 2, which knows no references: equal records
give equal bytes in any process. A record is written as a bare row, which costs a third of a named
one and is fed to the hash as it is; it gets its names when somebody reads it (see ``rows``).
"""

from collections.abc import Callable
from hashlib import sha256
from marshal import dumps

from playground.engine.records import Record
from playground.engine.rows import Row, Tags, records_of

BLOCK = 512
Sink = Callable[[list[Record]], None]


class Trace:
    """The newest records, and the hash over all of them. Older ones go to the sinks."""

    __slots__ = ("_hash", "block", "sinks", "tags")

    def __init__(self) -> None:
        self._hash = sha256()
        self.block: list[Row] = []
        self.tags = Tags()
        self.sinks: list[Sink] = []

    def flush_full(self) -> None:
        """Called after a step when a block is full: hash it and hand it on.

        A step may have written more than fits: the rest begins the next block.
        """
        block = self.block
        while len(block) >= BLOCK:
            full = block[:BLOCK]
            # Emptied in place: the world keeps this very list at hand.
            del block[:BLOCK]
            self._hash.update(dumps(full, 2))
            for sink in self.sinks:
                sink(records_of(full, self.tags))

    def tail(self, after: int = 0) -> list[Record]:
        """The records of the block that is not full yet, those after this ``seq``."""
        return [record for record in records_of(self.block, self.tags) if record.seq > after]

    def last(self) -> Record | None:
        """The newest record, if it is still here."""
        return records_of(self.block[-1:], self.tags)[-1] if self.block else None

    def sha256(self) -> str:
        """The fingerprint of everything up to now, as 64 hexadecimal digits."""
        total = self._hash.copy()
        # A block that a wish filled up is closed by the next step; the bytes are the same.
        for begin in range(0, len(self.block) or 1, BLOCK):
            total.update(dumps(self.block[begin : begin + BLOCK], 2))
        total.update(dumps(list(self.tags), 2))
        return total.hexdigest()

    def fork(self) -> "Trace":
        """An independent copy, without the listeners of this one."""
        twin = Trace()
        twin._hash = self._hash.copy()
        twin.block = list(self.block)
        twin.tags = self.tags.fork()
        return twin
