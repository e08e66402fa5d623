"""What does a producer keep of a message until it is confirmed?"""


class Intent:
    """A message that is not confirmed: how often it was tried, and what it waits for."""

    __slots__ = (
        "attempt",
        "counts",
        "message",
        "sequence",
        "session",
        "since_us",
        "timer",
        "until_us",
        "waits_for",
    )

    def __init__(self, message: int) -> None:
        self.message = message
        self.attempt = 0
        self.session = 0
        self.sequence = 0  # 0: not numbered yet in this session
        self.timer = 0  # counts its timers, so that an old one finds nothing to do
        self.waits_for = ""  # "confirm" or "retry"; "" while buffered
        self.since_us = 0
        self.until_us = 0
        self.counts = True  # whether this memory is a copy: it can still lead to a SEND

    def fork(self) -> "Intent":
        """An independent copy."""
        twin: Intent = Intent.__new__(Intent)
        for name in Intent.__slots__:
            setattr(twin, name, getattr(self, name))
        return twin
