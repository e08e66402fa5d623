"""What can become of a message: for a group, for its producer, and by which causes is it lost?"""

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
