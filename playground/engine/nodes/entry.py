"""What stands in a queue's log?"""


class Entry:
    """One message in the log; ``pending`` groups have not finished it."""

    __slots__ = ("appended_us", "is_owed", "message", "offset", "pending")

    def __init__(self, offset: int, message: int, appended_us: int) -> None:
        self.offset = offset
        self.message = message
        self.appended_us = appended_us
        self.pending = 0
        self.is_owed = False  # whether any group was there to read it

    def fork(self) -> "Entry":
        """An independent copy."""
        twin = Entry(self.offset, self.message, self.appended_us)
        twin.pending, twin.is_owed = self.pending, self.is_owed
        return twin
