"""What has become of every message, for every group that is owed it?

Where to look: ``states`` has the words, ``table`` a row for every message, ``group`` what one group
is owed and counts, and ``ledger`` what changes when a copy is made, dies or takes effect.
"""

from playground.engine.ledger.group import GroupLedger
from playground.engine.ledger.ledger import Ledger
from playground.engine.ledger.states import (
    BUFFERED,
    CAUSES,
    CONFIRMED,
    DEAD,
    FIRED,
    FORGOTTEN,
    GAVE_UP,
    IN_DOUBT,
    IN_FLIGHT,
    LOST,
    MANY,
    MOVED,
    NOT_OWED,
    ONCE,
    UNCONFIRMED,
)
from playground.engine.ledger.table import MessageTable

__all__ = [
    "BUFFERED",
    "CAUSES",
    "CONFIRMED",
    "DEAD",
    "FIRED",
    "FORGOTTEN",
    "GAVE_UP",
    "IN_DOUBT",
    "IN_FLIGHT",
    "LOST",
    "MANY",
    "MOVED",
    "NOT_OWED",
    "ONCE",
    "UNCONFIRMED",
    "GroupLedger",
    "Ledger",
    "MessageTable",
]
