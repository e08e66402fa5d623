"""On what does a consumer's promise rest, and which of it holds in this scenario?

The badge warns about what can lose a message that was accepted. The checklist asks for more: that
none is lost from the moment the application submits it, so the producer's own crash counts too.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from playground.scenario.delivery_path import Caveat, DeliveryPath, delivery_path
from playground.scenario.losses import PRECONDITIONS, losses
from playground.scenario.model import Scenario
from playground.scenario.problem import quoted
from playground.scenario.repeats import forgets, repeats

ONCE_AT_MOST: tuple[tuple[str, str], ...] = (
    ("M1", "Nobody sends a message again, or the queue recognises it."),
    ("M2", "No link delivers a packet twice."),
    ("M3", "The effect waits until the ack is known to have arrived."),
)
"""What "at most once" rests on where nothing remembers what was done."""

REMEMBERED: tuple[tuple[str, str], ...] = (
    ("D1", "What has been done is remembered beyond a crash, by the whole group."),
    ("D2", "Effect and mark are one: no crash fits in between."),
    ("D3", "It is remembered for as long as a message can come again."),
)
"""What a consumer's memory of what it has done rests on."""


class Condition(NamedTuple):
    """One row: its code, what must hold, and the sentences that say where it does not."""

    code: str
    text: str
    unmet: tuple[str, ...]


class Checklist(NamedTuple):
    """The conditions of one claim: *never loses*, *never applies twice*."""

    claim: str
    conditions: tuple[Condition, ...]

    @property
    def met(self) -> int:
        """How many of them hold."""
        return sum(not condition.unmet for condition in self.conditions)


def checklists(scenario: Scenario, consumer_id: str) -> tuple[Checklist, ...]:
    """What applies to this consumer, its own promise first; nothing while it has no queue."""
    path = delivery_path(scenario, consumer_id)
    if path is None:
        return ()
    never_loses = _checked("Never loses", PRECONDITIONS, (*losses(path), *_without_outbox(path)))
    consumer = path.consumer
    if consumer.guarantee == "at-most-once" and consumer.effective_idempotency in (
        "none",
        "memory",
    ):
        return _checked("Never applies twice", ONCE_AT_MOST, repeats(path)), never_loses
    if consumer.effective_idempotency in ("none", "natural"):
        return (never_loses,)
    never_twice = _checked("Never applies twice", REMEMBERED, forgets(path))
    if consumer.guarantee == "at-most-once":
        return never_twice, never_loses
    return never_loses, never_twice


def losses_of(path: DeliveryPath, code: str) -> list[Caveat]:
    """Where this precondition of "never loses" fails, as the checklist counts it."""
    caveats = (*losses(path), *_without_outbox(path))
    return [caveat for caveat in caveats if caveat.code == code]


def _checked(claim: str, rows: tuple[tuple[str, str], ...], caveats: Iterable[Caveat]) -> Checklist:
    unmet: dict[str, dict[str, None]] = {}
    for caveat in caveats:
        unmet.setdefault(caveat.code, {})[caveat.sentence] = None
    return Checklist(
        claim, tuple(Condition(code, text, tuple(unmet.get(code, ()))) for code, text in rows)
    )


def _without_outbox(path: DeliveryPath) -> Iterator[Caveat]:
    for node, producer in path.producers:
        if producer.publish == "confirmed" and not producer.outbox:
            yield Caveat(
                "N1",
                path.at(node, "outbox"),
                f"A crash of {quoted(node)} takes what is not confirmed yet. Set outbox: true.",
            )
