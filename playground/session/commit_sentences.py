"""What is said of a transaction that does not end as its consumer wished?"""

_ABORTED = {
    "asked": "it was asked to",
    "timeout": "it had been open for too long",
    "fenced": "a new life of its consumer has begun",
    "vote": "somebody voted no",
    "removed": "somebody who took part is gone",
}
_REFUSED = {
    "epoch": "a newer life of it has begun",
    "ended": "that transaction is over",
    "token": "its lease had ended, and the message is somebody else's",
    "done": "that delivery is committed already",
    "gone": "there is nothing left to commit",
    "unknown": "nobody knows of that transaction",
}
_RELEASED = {
    "heuristic": "released {name} by itself, without a verdict: that may turn out wrong",
    "crash": "lost what it kept of {name} for a transaction, for it was not on its disk",
}


def aborted_sentence(coordinator: str, consumer: str, name: str, reason: str) -> str:
    """An abort, with its cause."""
    why = _ABORTED.get(reason, reason)
    return f"{coordinator} aborted the transaction of {consumer} for {name}: {why}."


def refused_sentence(place: str, consumer: str, name: str, reason: str) -> str:
    """A zombie, or somebody who asks for what is over, is turned away."""
    why = _REFUSED.get(reason, reason)
    return f"{place} refused {consumer} to commit {name}: {why}."


def released_sentence(place: str, name: str, reason: str) -> str:
    """A participant let go before it was told."""
    return f"{place} {_RELEASED.get(reason, reason).format(name=name)}."
