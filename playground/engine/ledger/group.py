"""What is one group owed, how does each message stand there, and what does the scoreboard count?"""

from array import array
from dataclasses import dataclass, replace

from playground.engine.histogram import Histogram
from playground.engine.ledger.states import CAUSES


@dataclass(slots=True)
class KeyOrder:
    """The order of effects seen for one ordering key, by the producer's message numbers."""

    first_max: int  # highest number whose first effect is done
    run_max: int  # highest number executed
    last: int  # the number executed last: what a set leaves behind


class GroupLedger:
    """One group's obligations: a row a message, and every counter of the scoreboard."""

    __slots__ = (
        "aborted",
        "applied_many",
        "applied_once",
        "begun",
        "blocked",
        "by_transaction",
        "cause",
        "dead_lettered",
        "delivered",
        "deliveries",
        "doubts",
        "duplicate_deliveries",
        "duplicate_effects",
        "duplicate_side_effects",
        "effect_total",
        "effects",
        "ended_by",
        "fenced",
        "group",
        "held",
        "in_doubt",
        "in_flight",
        "is_open",
        "latency",
        "lost",
        "lost_by_cause",
        "marked",
        "money_dead",
        "money_is",
        "money_lost",
        "money_settled",
        "nacked",
        "orders",
        "out_of_order",
        "parked",
        "produced",
        "queue",
        "reexecuted",
        "regress",
        "side_effects",
        "sides",
        "stale_acks",
        "state",
        "suppressed",
        "torn",
        "wait",
    )

    def __init__(self, group: str, queue: str, rows: int) -> None:
        self.group = group
        self.queue = queue
        self.is_open = True
        self.state = bytearray(rows)
        self.held = [0] * rows
        self.effects = array("i", bytes(4 * rows))
        self.delivered = array("i", bytes(4 * rows))
        self.begun = bytearray(rows)
        self.cause = bytearray(rows)
        self.parked: dict[int, int] = {}
        self.ended_by: dict[int, str] = {}
        self.produced = self.applied_once = self.applied_many = self.in_doubt = 0
        self.dead_lettered = self.in_flight = self.lost = 0
        self.lost_by_cause = dict.fromkeys(CAUSES, 0)
        self.deliveries = self.duplicate_deliveries = 0
        self.effect_total = self.duplicate_effects = 0
        self.suppressed = self.reexecuted = self.fenced = self.torn = self.nacked = 0
        self.stale_acks = self.out_of_order = self.regress = 0
        self.aborted = 0  # transactions of this group that ended without effect
        self.side_effects = self.duplicate_side_effects = 0  # calls outside a transaction
        self.sides: dict[int, int] = {}  # the calls by message
        self.doubts: dict[int, int] = {}  # branches without a verdict, by message
        self.marked = 0  # marks and claims written durably, each on its own
        self.by_transaction = 0  # executions that a transaction committed
        self.money_is = self.money_settled = self.money_lost = self.money_dead = 0
        self.orders: dict[tuple[int, int], KeyOrder] = {}
        self.latency = Histogram()
        self.wait = Histogram()
        self.blocked = Histogram()  # committed outputs behind an older open transaction

    def grow(self, rows: int) -> None:
        """Room for ``rows`` further messages."""
        self.state.extend(bytes(rows))
        self.begun.extend(bytes(rows))
        self.cause.extend(bytes(rows))
        self.held += [0] * rows
        for column in (self.effects, self.delivered):
            column.frombytes(bytes(4 * rows))

    @property
    def stale_final(self) -> int:
        """Keys that were left in an older state than the newest one applied."""
        return sum(1 for order in self.orders.values() if order.last != order.run_max)

    def fork(self) -> "GroupLedger":
        """An independent copy."""
        twin: GroupLedger = GroupLedger.__new__(GroupLedger)
        for name in GroupLedger.__slots__:
            value = getattr(self, name)
            kind = type(value)
            if kind is list or kind is array or kind is bytearray:
                value = value[:]
            elif kind is dict:
                value = value.copy()
            elif kind is Histogram:
                value = value.fork()
            setattr(twin, name, value)
        twin.orders = {key: replace(order) for key, order in self.orders.items()}
        return twin
