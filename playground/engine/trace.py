"""What has happened so far, in order, and what is its fingerprint?

The SHA-256 is fed in blocks of a fixed number of records, so it does not depend on how a run was
cut into slices, and the bytes are marshal's version 2, which knows no references: equal records
give equal bytes in any process.
"""

from collections.abc import Callable
from hashlib import sha256
from marshal import dumps

from playground.engine.records import Record

BLOCK = 512
Sink = Callable[[list[Record]], None]


class Trace:
    """The newest records, and the hash over all of them. Older ones go to the sinks."""

    __slots__ = ("_hash", "block", "sinks")

    def __init__(self) -> None:
        self._hash = sha256()
        self.block: list[Record] = []
        self.sinks: list[Sink] = []

    def flush_full(self) -> None:
        """Called when the block is full: hash it, hand it on, begin a new one."""
        block = self.block
        self._hash.update(_bytes_of(block))
        # Emptied in place: the world keeps this very list at hand.
        for sink in self.sinks:
            sink(block.copy())
        block.clear()

    def sha256(self) -> str:
        """The fingerprint of everything up to now, as 64 hexadecimal digits."""
        total = self._hash.copy()
        total.update(_bytes_of(self.block))
        return total.hexdigest()

    def fork(self) -> "Trace":
        """An independent copy, without the listeners of this one."""
        twin = Trace()
        twin._hash = self._hash.copy()
        twin.block = self.block.copy()
        return twin


def _bytes_of(block: list[Record]) -> bytes:
    return dumps([(type(record).__name__, *record) for record in block], 2)
