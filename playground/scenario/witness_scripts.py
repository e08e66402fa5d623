"""Where does a fault have to strike so that one broken precondition loses a message?

One function a precondition: the scene's cast in, a plot out. N7 cannot fail in a file, where all
groups exist from the start.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from playground.engine.commands import ArmCrash, ArmPacketFault, Command, CrashNode, CutLink
from playground.engine.parameters import (
    ConsumerParameters,
    LinkParameters,
    NodeParameters,
    ProducerParameters,
    QueueParameters,
)
from playground.engine.units import US_PER_S, format_us

SHORTEST_KEPT_US = 2 * US_PER_S
MOST_HELD = 3
MOST_DELIVERIES = 3
MOST_ATTEMPTS = 3
DOWN_US = 6 * US_PER_S


class Cast(NamedTuple):
    """Who plays, with calmed parameters."""

    producer: str
    queue: str
    consumer: str
    group: str
    nodes: dict[str, NodeParameters]
    links: tuple[LinkParameters, ...]  # producer to queue, queue to consumer

    @property
    def sends(self) -> ProducerParameters:
        """The producer's parameters."""
        found = self.nodes[self.producer]
        assert isinstance(found, ProducerParameters)
        return found

    @property
    def keeps(self) -> QueueParameters:
        """The queue's parameters."""
        found = self.nodes[self.queue]
        assert isinstance(found, QueueParameters)
        return found

    @property
    def works(self) -> ConsumerParameters:
        """The consumer's parameters."""
        found = self.nodes[self.consumer]
        assert isinstance(found, ConsumerParameters)
        return found

    @property
    def gap_us(self) -> int:
        """From one message to the next."""
        return round(US_PER_S / self.sends.rate_per_s)

    def name(self, number: int) -> str:
        """``shop#2``."""
        return f"{self.producer}#{number}"


@dataclass(frozen=True, slots=True)
class Plot:
    """What happens, what to watch, and which parameters had to be made smaller to see it."""

    title: str
    watch: str
    causes: tuple[str, ...]  # what the ledger may name as the cause of the loss
    script: tuple[tuple[int, Command], ...] = ()
    nodes: dict[str, NodeParameters] = field(default_factory=dict)
    if_stuck: str = ""  # said where nothing is lost and nothing ever arrives


def producer_fails(cast: Cast) -> Plot | None:
    """N1: the SEND dies and nobody repeats it, or the intent dies with the producer."""
    sends = cast.sends
    if sends.publish == "fire-and-forget":
        return _lost_send(cast)
    if sends.retry.attempts is not None:
        return _gives_up(cast, sends)
    if sends.outbox:
        return None
    return Plot(
        f"{cast.producer} dies with its intent",
        f"{cast.producer} crashes just before it sends {cast.name(2)}. Nobody else knows of it.",
        ("producer-crash",),
        ((0, ArmCrash(cast.producer, "before-send", cast.name(2))),),
    )


def _lost_send(cast: Cast) -> Plot:
    wish: Command = ArmPacketFault("drop", cast.producer, cast.queue, "SEND", cast.name(2))
    at_us = 0
    if cast.links[0].transport == "stream":
        at_us = cast.gap_us * 3 // 2
        wish = CutLink(cast.producer, cast.queue, "request", cast.gap_us)
    return Plot(
        "a SEND is lost",
        f"The SEND of {cast.name(2)} dies on its way. {cast.producer} fires and forgets: "
        "it never sends it again.",
        ("send-lost",),
        ((at_us, wish),),
    )


def _gives_up(cast: Cast, sends: ProducerParameters) -> Plot:
    attempts = min(sends.retry.attempts or MOST_ATTEMPTS, MOST_ATTEMPTS)
    retry = replace(sends.retry, attempts=attempts, jitter="none")
    return Plot(
        f"{cast.producer} gives up",
        f"The link is cut before {cast.name(2)} is sent. After {attempts} attempts "
        f"{cast.producer} gives up, and no copy is left.",
        ("gave-up", "send-lost"),
        ((cast.gap_us * 3 // 2, CutLink(cast.producer, cast.queue, "both")),),
        {cast.producer: replace(sends, retry=retry)},
    )


def queue_forgets(cast: Cast) -> Plot | None:
    """N2: the confirm is out, the disk is not written, the machine dies."""
    if cast.keeps.durability == "sync":
        return None
    return Plot(
        f"{cast.queue} forgets what it confirmed",
        f"{cast.queue} confirms {cast.name(1)} and its machine dies right after that. "
        f"{cast.producer} believes that it is safe.",
        ("queue-crash",),
        ((0, ArmCrash(cast.queue, "confirmed", cast.name(1))),),
    )


def entry_expires(cast: Cast) -> Plot | None:
    """N3: nobody reads for a while, and the queue throws away."""
    keeps = cast.keeps
    if keeps.retention_us is not None:
        kept_us = min(keeps.retention_us, SHORTEST_KEPT_US)
        return Plot(
            "a message expires unread",
            f"{cast.consumer} is down for longer than {cast.queue} keeps a message, here "
            f"{format_us(kept_us)}. {cast.name(1)} expires unread.",
            ("retention",),
            ((0, CrashNode(cast.consumer, DOWN_US + kept_us)),),
            {cast.queue: replace(keeps, retention_us=kept_us)},
        )
    if keeps.capacity is None or keeps.overflow != "drop-oldest":
        return None
    held = min(keeps.capacity, MOST_HELD)
    return Plot(
        "a full queue drops its oldest",
        f"{cast.consumer} is down and {cast.queue} fills up: it holds {held} here. "
        f"The next message pushes {cast.name(1)} out.",
        ("overflow",),
        ((0, CrashNode(cast.consumer, DOWN_US + cast.gap_us * (held + 1))),),
        {
            cast.queue: replace(keeps, capacity=held),
            cast.producer: replace(cast.sends, limit=held + 1),
        },
    )


def acked_too_early(cast: Cast) -> Plot | None:
    """N4: the ack is out, the effect is not done, the consumer dies."""
    if cast.works.guarantee != "at-most-once":
        return None
    return Plot(
        f"{cast.consumer} acks too early",
        f"{cast.consumer} crashes on {cast.name(1)} before the effect. The queue has forgotten "
        "it already: it was acked.",
        ("consumer-crash", "claimed-not-applied"),
        ((0, ArmCrash(cast.consumer, "before-effect", cast.name(1))),),
    )


def marked_too_early(cast: Cast) -> Plot | None:
    """N5: the mark is set, the effect is not done, the consumer dies."""
    if cast.works.effective_idempotency != "claim-first":
        return None
    return Plot(
        f"{cast.consumer} marks too early",
        f"{cast.consumer} marks {cast.name(1)} as done and crashes before the effect. "
        "When it comes again, it is taken for a repeat and suppressed.",
        ("claimed-not-applied", "consumer-crash"),
        ((0, ArmCrash(cast.consumer, "after-mark", cast.name(1))),),
    )


def given_up(cast: Cast) -> Plot | None:
    """N6: a message fails at each delivery until the queue gives it up."""
    keeps = cast.keeps
    if keeps.max_deliveries is None:
        return None
    limit = min(keeps.max_deliveries, MOST_DELIVERIES)
    delay_us = min(keeps.redelivery_delay_us, US_PER_S)
    where = (
        f"{cast.queue} drops it"
        if keeps.dead_letter is None
        else f"it ends in {keeps.dead_letter}, where nobody looks"
    )
    return Plot(
        f"{cast.queue} gives a message up",
        f"{cast.name(1)} fails at each delivery. After {limit} {where}.",
        ("delivery-limit",),
        (),
        {
            cast.queue: replace(keeps, max_deliveries=limit, redelivery_delay_us=delay_us),
            cast.consumer: replace(cast.works, poison=(1,)),
        },
    )


def nobody_succeeds(cast: Cast) -> Plot | None:
    """N8: it is delivered again and again, and never applied."""
    works = cast.works
    fails = works.failure_chance == 1 or works.crash_chance == 1
    nodes: dict[str, NodeParameters] = {} if fails else {cast.consumer: replace(works, poison=(1,))}
    if not fails:
        nodes[cast.producer] = replace(cast.sends, limit=1)
    return Plot(
        "nobody succeeds",
        f"{cast.consumer} never succeeds with {cast.name(1)}.",
        ("delivery-limit", "handler-failed", "consumer-crash", "claimed-not-applied"),
        (),
        nodes,
        "It is delivered again and again: it is not lost, and it never arrives either.",
    )


SCRIPTS: dict[str, Callable[[Cast], Plot | None]] = {
    "N1": producer_fails,
    "N2": queue_forgets,
    "N3": entry_expires,
    "N4": acked_too_early,
    "N5": marked_too_early,
    "N6": given_up,
    "N8": nobody_succeeds,
}
"""The plot of each precondition that a file can break."""
