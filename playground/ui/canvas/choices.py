"""Which promises and which idempotencies can a consumer be given, and what does each mean?

One line of explanation a choice; a choice is a ``SetNode``.
"""

from typing import NamedTuple

from playground.engine.commands import SetNode
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

LOCKED = "exactly-once by inbox brings its own: the inbox"


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
    return view.guarantee == "exactly-once" and view.how == "inbox"
