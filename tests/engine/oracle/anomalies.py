"""What went wrong with a message, in the letters of the table? Read from the ledger.

L lost · C lost although the producer holds a confirm · d delivered again · E applied again ·
r a set executed again, harmless · T torn · Q dead-lettered ·
S a call outside the transaction made again
"""

from playground.engine.ledger import CONFIRMED, LOST
from playground.engine.world import World

LETTERS = "LCdErTQS"


def anomalies(world: World, group: str = "g") -> frozenset[str]:
    """The letters that apply to what the ledger says of this group."""
    ledger = world.ledger
    book = ledger.groups[group]
    lost_confirmed = any(
        book.state[message] == LOST and ledger.status[message] == CONFIRMED
        for message in range(ledger.count)
    )
    found = {
        "L": book.lost > 0,
        "C": lost_confirmed,
        "d": book.duplicate_deliveries > 0,
        "E": book.duplicate_effects > 0,
        "r": book.reexecuted > 0,
        "T": book.torn > 0,
        "Q": book.dead_lettered > 0,
        "S": book.duplicate_side_effects > 0,
    }
    return frozenset(letter for letter in LETTERS if found[letter])


def spelled(letters: frozenset[str]) -> str:
    """In the order of the table; "." for nothing."""
    return "".join(letter for letter in LETTERS if letter in letters) or "."
