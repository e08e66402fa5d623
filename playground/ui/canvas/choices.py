"""Which promises and which idempotencies can a consumer be given, and what does each mean?

One line of explanation a choice; a choice is a ``SetNode``.
"""

from typing import NamedTuple

from playground.engine.commands import SetNode
from playground.engine.parameters import HOWS, TRANSACTIONS
from playground.session.frame import ConsumerView
from playground.ui.theme import GUARANTEE_SIGNS

GUARANTEES: tuple[tuple[str, str, str], ...] = (
    ("at-most-once", "At most once", "Acknowledged first: never twice, a crash loses it."),
    ("at-least-once", "At least once", "Acknowledged after: never lost, a crash repeats it."),
    ("exactly-once", "Exactly once", "Id and effect in one transaction: deliveries may repeat."),
)

IDEMPOTENCIES: tuple[tuple[str, str], ...] = (
    ("none", "Every delivery has its effect."),
    ("natural", "The effect is a set: doing it again changes nothing."),
    ("memory", "It remembers in memory; a crash forgets."),
    ("claim-first", "A durable mark, then the effect; a crash between them loses it."),
    ("effect-first", "The effect, then a durable mark; a crash between them repeats it."),
    ("inbox", "The mark and the effect are one transaction."),
)

HOWS_TOLD: dict[str, str] = {
    "auto-ack": "The queue forgets it on delivery.",
    "ack-first": "The ack leaves before the effect, and nobody waits for it.",
    "commit-first": "The ack is answered before the effect begins.",
    "ack-after": "The ack leaves after the effect.",
    "double-ack": "The ack leaves after the effect, until it is answered.",
    "inbox": "Id and effect are one transaction of the database: a repeat is recognised.",
    "transaction": "Output and offset are committed together; a call stays outside.",
    "two-phase": "Queue and database vote; if the coordinator dies, both wait in doubt.",
}
"""A line of explanation each; a coordinator that is missing is added in the same step."""

LOCKED = "exactly-once by inbox brings its own: the inbox"
LOCKED_BY_COMMIT = "what is not committed is undone: no idempotency is asked for"


class Choice(NamedTuple):
    """One line of a menu."""

    word: str
    explanation: str
    icon: str  # of a shield, "" for guarantees
    is_current: bool
    command: SetNode


def guarantee_choices(view: ConsumerView) -> tuple[Choice, ...]:
    """What its pill offers."""
    return tuple(
        Choice(
            f"{GUARANTEE_SIGNS[key]}   {word}",
            why,
            "",
            view.guarantee == key,
            SetNode(view.id, (("guarantee", key),)),
        )
        for key, word, why in GUARANTEES
    )


def how_choices(view: ConsumerView) -> tuple[Choice, ...]:
    """In which ways its promise can be kept; nothing where there is one way only."""
    ways = HOWS.get(view.guarantee, ())  # type: ignore[call-overload]
    return tuple(
        Choice(f"by {how}", HOWS_TOLD[how], "", view.how == how, SetNode(view.id, (("how", how),)))
        for how in ways
    )


def promise_of(view: ConsumerView) -> str:
    """What its guarantee means, in the way in which it is kept."""
    word, why = next((word, why) for key, word, why in GUARANTEES if key == view.guarantee)
    return f"{word}, by {view.how}. {HOWS_TOLD[view.how]}" if commits(view) else f"{word}. {why}"


def commits(view: ConsumerView) -> bool:
    """Whether a coordinator ends what it does."""
    return view.how in TRANSACTIONS


def shield_of(view: ConsumerView) -> tuple[str, str]:
    """The sign of what makes a repeat harmless, and its word: a commit needs no idempotency."""
    return ("inbox", view.how) if commits(view) else (view.idempotency, view.idempotency)


def idempotency_choices(view: ConsumerView) -> tuple[Choice, ...]:
    """What its shield offers; nothing where the guarantee brings its own."""
    if is_locked(view):
        return ()
    return tuple(
        Choice(
            key,
            why,
            f"shield-{key}",
            view.idempotency == key,
            SetNode(view.id, _changes(view, key)),
        )
        for key, why in IDEMPOTENCIES
    )


def _changes(view: ConsumerView, key: str) -> tuple[tuple[str, object], ...]:
    """A natural idempotency needs an effect that is a set."""
    if key == "natural" and view.effect != "set":
        return (("idempotency", key), ("effect", "set"))
    if key != "natural" and view.idempotency == "natural":
        return (("idempotency", key), ("effect", "add"))
    return (("idempotency", key),)


def is_locked(view: ConsumerView) -> bool:
    """Whether the guarantee decides the idempotency."""
    return view.guarantee == "exactly-once" and (view.how == "inbox" or commits(view))


def lock_of(view: ConsumerView) -> str:
    """Why it does."""
    return LOCKED_BY_COMMIT if commits(view) else LOCKED
