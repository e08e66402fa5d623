"""What does a consumer hold in its hands?"""

from playground.engine.message import Load


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
