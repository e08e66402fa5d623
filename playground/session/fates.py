"""What became of a message for one group, why, and what would have saved it?

The ledger says what became of it; the records that are kept say when and why. A sentence stands
even where no record is left.
"""

from collections.abc import Sequence
from typing import NamedTuple

from playground.engine import records as r
from playground.engine.ledger import (
    CAUSES,
    DEAD,
    IN_DOUBT,
    IN_FLIGHT,
    LOST,
    MANY,
    NOT_OWED,
    ONCE,
    GroupLedger,
)
from playground.engine.nodes.consumer import Consumer
from playground.engine.parameters import ConsumerParameters
from playground.engine.units import format_us
from playground.engine.world import World
from playground.session.whereabouts import Whereabouts
from playground.session.words import (
    AGAIN_BECAUSE,
    LOST_BY,
    PROMISED,
    lost_what,
    remedy_of_repeats,
    times_word,
)

STATUS = {
    NOT_OWED: "",
    IN_FLIGHT: "in_flight",
    ONCE: "once",
    MANY: "twice",
    IN_DOUBT: "in_doubt",
    DEAD: "dead",
    LOST: "lost",
}
"""The name of each state of the ledger, as the scoreboard's colours know it."""


class Fate(NamedTuple):
    """``what`` follows the message's name; ``remedy`` is a sentence or nothing."""

    status: str
    what: str
    remedy: str

    def sentence(self, name: str) -> str:
        """The whole sentence about a message of this name."""
        return f"{name} {self.what}. {self.remedy}".rstrip()


def members_of(world: World, group: str) -> list[Consumer]:
    """The consumers of a group, as they are now."""
    return [
        node for node in world.nodes.values() if isinstance(node, Consumer) and node.group == group
    ]


def breaks_promise(guarantee: str, status: str) -> bool:
    """Whether this ending is one that the guarantee excludes."""
    return status in PROMISED.get(guarantee, ((), ""))[0]


class FateTeller:
    """Tells the fates of messages for one group at one moment."""

    def __init__(self, world: World, book: GroupLedger, *, names_group: bool = True) -> None:
        self._world = world
        self._book = book
        self._for = f" for {book.group}" if names_group else ""
        self._by = f" by {book.group}" if names_group else ""
        self._places = Whereabouts(world, book.group, book.queue)
        self._members = members_of(world, book.group)
        self._ids = {node.id for node in self._members}
        self.guarantee = self._members[0].parameters.guarantee if self._members else ""

    def tell(self, message: int, records: Sequence[r.Record]) -> Fate:
        """What became of it; ``records`` are those about it that are still kept."""
        state = self._book.state[message]
        if state == LOST:
            fate = self._lost(message, records)
        elif state == MANY:
            fate = self._many(message, records)
        elif state == ONCE:
            fate = self._once(message, records)
        elif state == DEAD:
            fate = self._dead(message)
        elif state == IN_DOUBT:
            fate = Fate("in_doubt", "is prepared and not yet decided", "")
        else:
            fate = Fate("in_flight", f"is under way: {self._places.of(message)}", "")
            if self._places.of(message) == "under way":
                fate = fate._replace(what="is under way")
        if breaks_promise(self.guarantee, fate.status):
            promise = PROMISED[self.guarantee][1]
            return fate._replace(remedy=f"{fate.remedy} {promise}".strip())
        return fate

    def _lost(self, message: int, records: Sequence[r.Record]) -> Fate:
        cause = CAUSES[self._book.cause[message]]
        what, remedy = LOST_BY[cause]
        group = self._book.group
        losses = [each for each in records if isinstance(each, r.Lost) and each.group == group]
        if not losses:
            return Fate("lost", f"was lost{self._for}: {what}", remedy)
        loss = losses[-1]
        is_at_the_door = any(isinstance(e, r.PacketDied) and e.seq == loss.cause for e in records)
        what = lost_what(cause, loss.place, is_at_the_door=is_at_the_door)
        return Fate("lost", f"was lost{self._for} at {format_us(loss.at_us)}: {what}", remedy)

    def _many(self, message: int, records: Sequence[r.Record]) -> Fate:
        moments = [
            format_us(each.at_us)
            for each in records
            if isinstance(each, r.Applied) and each.consumer in self._ids
        ]
        times = self._book.effects[message]
        at = f", at {_listed(moments)}" if len(moments) == times else ""
        why = why_again(records, self._book.group)
        because = f": {AGAIN_BECAUSE[why]}" if why else ""
        what = f"was applied {times_word(times)}{self._by}{at}{because}"
        return Fate("twice", what, remedy_of_repeats(self._parameters()))

    def _parameters(self) -> ConsumerParameters | None:
        return self._members[0].parameters if self._members else None

    def _once(self, message: int, records: Sequence[r.Record]) -> Fate:
        moments = [e.at_us for e in records if isinstance(e, r.Applied) and e.consumer in self._ids]
        at = f" at {format_us(moments[0])}" if moments else ""
        what = f"was applied once{self._by}{at}"
        delivered = self._book.delivered[message]
        if delivered < 2:
            return Fate("once", what, "")
        what += f", delivered {times_word(delivered)}"
        if any(isinstance(e, r.Suppressed) and e.consumer in self._ids for e in records):
            return Fate("once", f"{what}: the repeat was recognised and suppressed", "")
        if any(isinstance(e, r.Reexecuted) and e.consumer in self._ids for e in records):
            again = "the repeat set the same value again, which counts no second effect"
            return Fate("once", f"{what}: {again}", "")
        why = why_again(records, self._book.group)
        return Fate("once", f"{what}: {AGAIN_BECAUSE[why]}" if why else what, "")

    def _dead(self, message: int) -> Fate:
        ledger = self._world.ledger
        children = [
            child
            for child, (parent, group) in ledger.origin.items()
            if parent == message and group == self._book.group
        ]
        where = f" and moved to {ledger.queues[ledger.queue[children[-1]]]}" if children else ""
        count = times_word(self._book.delivered[message])
        what = f"was given up{self._for}{where}, delivered {count} without success"
        reader = next(
            (
                book.group
                for book in ledger.groups.values()
                for child in children
                if book.state[child] in (ONCE, MANY)
            ),
            "",
        )
        if reader:
            return Fate("dead", f"{what}; {reader} has dealt with it there", "")
        return Fate("dead", what, "Somebody has to look at the dead letters.")


def why_again(records: Sequence[r.Record], group: str) -> str:
    """A key of ``AGAIN_BECAUSE``: why the message came a second time; "" where nobody knows."""
    why, ack_died = "", False
    appended = 0
    for record in records:
        if isinstance(record, r.PacketDied) and record.packet == "ACK":
            ack_died = True
        elif isinstance(record, r.Requeued) and record.group == group:
            why = "ack-lost" if record.reason == "lease" and ack_died else record.reason
        elif isinstance(record, r.PacketSent) and record.is_copy and not why:
            why = "copy"
        elif isinstance(record, r.Appended):
            appended += 1
    return why or ("append" if appended > 1 else "")


def _listed(moments: list[str]) -> str:
    return moments[0] if len(moments) == 1 else f"{', '.join(moments[:-1])} and {moments[-1]}"
