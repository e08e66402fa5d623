"""Was the machinery that a promise relies on ever seen at work?

A proof in whose runs nothing was ever sent again proves nothing about sending again. So each run
is asked what happened in it, and a certificate without the mechanisms of its property is vacuous.
"""

from collections.abc import Iterator

from playground.checker.bounds import Claim
from playground.checker.verdict import WITNESSES
from playground.engine.ledger import NOT_OWED, GroupLedger
from playground.engine.nodes.node import Node
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.parameters import ConsumerParameters, ProducerParameters, QueueParameters
from playground.engine.world import World
from playground.scenario.model import Scenario
from playground.scenario.topology import members_of, producers_of, queue_of

OWED = 1 << len(WITNESSES)
"""The bit that says that the group was owed anything at all."""

_BIT = {name: 1 << index for index, name in enumerate(WITNESSES)}


def seen(world: World, group: str) -> int:
    """What happened in this run that concerns the group: a bit for each of ``WITNESSES``."""
    book = world.ledger.groups.get(group)
    if book is None:
        return 0  # its consumers are not linked to any queue
    queue = world.nodes.get(book.queue)
    bits = sum(_BIT[name] for name, happened in _of_book(book) if happened)
    if isinstance(queue, Queue):
        bits |= _BIT["queue dedup"] * (queue.deduplicated > 0)
        delivers = sum(world.ordinals.get((group, "DELIVER"), ()))
        bits |= _BIT["redelivery"] * (delivers > queue.appended)
    for node in world.nodes.values():
        bits |= _of_life(node)
        if isinstance(node, Producer) and node.link is not None and node.link.target == book.queue:
            bits |= _BIT["republish"] * (node.attempts > node.produced)
    owed = [row for row in range(world.ledger.count) if book.state[row] != NOT_OWED]
    bits |= OWED * bool(owed)
    bits |= _BIT["applied once"] * all(book.effects[row] == 1 for row in owed)
    return bits


def _of_book(book: GroupLedger) -> tuple[tuple[str, bool], ...]:
    return (
        ("suppressed", book.suppressed > 0),
        ("re-executed", book.reexecuted > 0),
        ("fenced", book.fenced > 0),
    )


def _of_life(node: Node) -> int:
    # A process that has started again counts its lives.
    return _BIT["crash"] * (node.incarnation > 1) | _BIT["pause"] * (node.paused_us >= 0)


def counts(tally: dict[int, int]) -> dict[str, int]:
    """From how many runs had which bits to how many runs had each witness."""
    return {
        name: sum(runs for bits, runs in tally.items() if bits & _BIT[name]) for name in WITNESSES
    }


def missing(scenario: Scenario, claim: Claim, tally: dict[int, int], faults: int) -> str:
    """What the promise relies on and was never seen, in a sentence; "" where all was."""
    if not any(bits & OWED for bits in tally):
        return "No message was ever owed to this group, so nothing was tried"
    if not faults:
        return ""
    found = counts(tally)
    unseen = [
        words
        for words, names in _relies_on(scenario, claim)
        if not any(found[name] for name in names)
    ]
    if not unseen:
        return ""
    return f"Never seen at work, so never put to the test: {', '.join(unseen)}"


def _relies_on(scenario: Scenario, claim: Claim) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Mechanisms in words, each with the witnesses of which one must have been seen."""
    workers = [scenario.nodes[node] for node in members_of(scenario, claim.group)]
    consumers = [each for each in workers if isinstance(each, ConsumerParameters)]
    queue_id = next((queue_of(scenario, node) for node in members_of(scenario, claim.group)), None)
    if queue_id is None:
        return
    if claim.property == "loss":
        makers = [scenario.nodes[node] for node in producers_of(scenario, queue_id)]
        if any(isinstance(each, ProducerParameters) and each.publish == "confirmed"
               for each in makers):  # fmt: skip
            yield "sending again", ("republish",)
        if any(each.guarantee != "at-most-once" for each in consumers):
            yield "delivering again", ("redelivery",)
    elif claim.property == "duplicate_effect":
        queue = scenario.nodes[queue_id]
        if isinstance(queue, QueueParameters) and queue.deduplicate != "none":
            yield "the queue recognising a repeated message", ("queue dedup",)
        if any(each.effective_idempotency != "none" for each in consumers):
            yield "the consumer recognising a repeated message", ("suppressed", "re-executed")
        if any(each.fencing for each in consumers):
            yield "fencing", ("fenced",)
