"""When is a message in doubt for a group, and what counts that no ledger row can show?

In doubt is what is prepared, or committed at the coordinator and not yet marked, as long as it has
no effect. It is a bucket of its own: neither in flight nor lost, and nobody here can say which.
"""

from playground.engine.ledger import IN_DOUBT, IN_FLIGHT, GroupLedger


def doubt_begins(book: GroupLedger, message: int) -> None:
    """One more branch of this message waits for a verdict."""
    book.doubts[message] = book.doubts.get(message, 0) + 1
    if book.state[message] == IN_FLIGHT:
        book.state[message] = IN_DOUBT
        book.in_flight -= 1
        book.in_doubt += 1


def doubt_ends(book: GroupLedger, message: int) -> None:
    """A branch has its verdict; its copy, if it goes, goes after this."""
    left = book.doubts[message] - 1
    if left:
        book.doubts[message] = left
        return
    del book.doubts[message]
    if book.state[message] == IN_DOUBT:
        book.state[message] = IN_FLIGHT
        book.in_doubt -= 1
        book.in_flight += 1


def side_effect(book: GroupLedger, message: int) -> int:
    """A call outside the transaction was made. Returns how many times by now."""
    times = book.sides[message] = book.sides.get(message, 0) + 1
    book.side_effects += 1
    if times > 1:
        book.duplicate_side_effects += 1
    return times
