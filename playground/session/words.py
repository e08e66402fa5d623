"""What is said about a record: the sentence in the log, the plate at the place of death?"""

from playground.engine.parameters import ConsumerParameters
from playground.engine.units import format_us

# What killed the last copy, why nothing caught it, what would have.
LOST_BY: dict[str, tuple[str, str]] = {
    "send-lost": (
        "its SEND was lost and nobody sent it again",
        "A producer that waits for a confirm and retries would have.",
    ),
    "deliver-lost": (
        "the delivery was lost, and the queue had forgotten it on sending",
        "With at-least-once it would have been delivered again.",
    ),
    "consumer-crash": (
        "the consumer crashed holding it, and the queue had forgotten it",
        "With an ack after the effect it would have been delivered again.",
    ),
    "producer-crash": (
        "the producer crashed before it was confirmed",
        "An outbox would have kept it.",
    ),
    "queue-crash": (
        "it went with the queue's crash",
        "A disk that is synced before the confirm would have kept it.",
    ),
    "retention": (
        "its retention ended before anybody had processed it",
        "A longer retention, or a faster consumer, would have saved it.",
    ),
    "overflow": (
        "the queue was full",
        "A confirmed producer would have sent it again; back-pressure would have slowed it.",
    ),
    "delivery-limit": (
        "it reached the delivery limit, and there is no dead-letter queue",
        "A dead-letter queue would have kept it.",
    ),
    "gave-up": (
        "the producer gave up on it",
        "More attempts would have brought it through.",
    ),
    "handler-failed": (
        "its handler failed, and the queue had forgotten it",
        "With an ack after the effect it would have been delivered again.",
    ),
    "claimed-not-applied": (
        "it was marked as done before the effect, and the consumer died in between",
        "With the mark and the effect in one transaction, an inbox, it would have been applied.",
    ),
    "fenced": (
        "the database refused its old token, and the queue had forgotten it",
        "With an ack after the effect it would have been delivered again.",
    ),
    "coordinator-crash": (
        "the queue committed it, and the database was told that it had been aborted",
        "A coordinator with a log that survives its crash would have told both the same.",
    ),
    "dead-letter-forgotten": (
        "the dead-letter queue lost it too",
        "Somebody has to read the dead letters in time.",
    ),
}

PLATE: dict[str, str] = {
    "send-lost": "SEND lost; no retry",
    "deliver-lost": "dropped; auto-ack had forgotten it",
    "consumer-crash": "crashed holding it; the queue had forgotten it",
    "producer-crash": "gone with the producer's memory",
    "queue-crash": "had no copy on disk",
    "retention": "expired unread",
    "overflow": "the queue was full",
    "delivery-limit": "delivered too often, no dead-letter queue",
    "gave-up": "the producer gave up",
    "handler-failed": "its handler failed; the queue had forgotten it",
    "claimed-not-applied": "crashed after its mark; the retry was suppressed",
    "fenced": "its token was too old",
    "dead-letter-forgotten": "the dead letters were lost",
    "coordinator-crash": "the coordinator forgot its commit",
}

AGAIN_BECAUSE: dict[str, str] = {
    "lease": "its ack did not come before the lease ended",
    "nack": "its handler had failed once",
    "disconnect": "its consumer crashed before the ack",
    "crash": "the queue crashed before the ack",
    "rebalance": "its key moved to another consumer",
    "abort": "its transaction was aborted",
    "heuristic": "the queue released it before the verdict came",
    "copy": "the network delivered a packet twice",
    "append": "the producer had not got its confirm and sent it again",
    "ack-lost": "its ack was lost, and the lease ran out",
}

PROMISED: dict[str, tuple[tuple[str, ...], str]] = {
    "at-most-once": (("twice",), "At most once was promised."),
    "at-least-once": (("lost",), "At least once was promised."),
    "exactly-once": (("lost", "twice"), "Exactly once was promised."),
}
"""What each guarantee excludes, and what is said where it happened all the same."""

AN_INBOX = "An inbox would have suppressed the repeat."


def lost_what(reason: str, place: str, *, is_at_the_door: bool) -> str:
    """What happened and why nothing caught it, with the consumer's own name.

    ``is_at_the_door``: its last copy came to a process that was down.
    """
    if reason != "consumer-crash" or ">" in place:
        return LOST_BY[reason][0]
    if is_at_the_door:
        return f"it arrived while {place} was down, and the queue had forgotten it"
    return f"{place} crashed holding it, and the queue had forgotten it"


def lost_sentence(name: str, group: str, at_us: int, reason: str, what: str) -> str:
    """The whole life of a loss: what happened, why nothing caught it, what would have."""
    remedy = LOST_BY[reason][1]
    return f"{name} was lost for {group} at {format_us(at_us)}: {what}. {remedy}"


def twice_sentence(name: str, group: str, first_us: int | None, at_us: int, why: str) -> str:
    """An effect applied again, with both moments and the reason for the second delivery."""
    moments = f"at {format_us(at_us)}"
    if first_us is not None:
        moments = f"at {format_us(first_us)} and {format_us(at_us)}"
    reason = f": {AGAIN_BECAUSE[why]}" if why else ""
    what = f"{name} was applied again by {group}, {moments}{reason}."
    return f"{what} An inbox would have suppressed it."


def times_word(count: int) -> str:
    """``once``, ``twice``, ``3 times``."""
    return ("never", "once", "twice")[count] if count < 3 else f"{count} times"


def remedy_of_repeats(consumer: ConsumerParameters | None) -> str:
    """What would have made a second effect of this consumer impossible."""
    if consumer is None:
        return AN_INBOX
    if consumer.effective_effect == "call":
        return "A call is outside every transaction: only the called side could have told."
    if consumer.effective_idempotency == "inbox":
        return "An inbox that remembers for longer would have suppressed the repeat."
    return AN_INBOX
