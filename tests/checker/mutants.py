"""Which mistakes could somebody make in the engine? Small ones, each put in while a test runs.

A mutant changes one behaviour of the real engine, in the scene whose promise relies on it. No
source is touched: a method is exchanged for another one, and put back afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pytest import MonkeyPatch

from playground.checker.bounds import Bounds, FaultKind, Property
from playground.engine import simulator
from playground.engine.message import MESSAGE, NUMBER
from playground.engine.nodes import consumer as consumer_module
from playground.engine.nodes import pending
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.dedup import BrokerDedup
from playground.engine.nodes.dispatch import dispatch
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.subscription import HELD, READY, Slot, Subscription
from playground.engine.seen import Seen
from playground.engine.world import CONFIRM_TIMEOUT, INQUIRE, LEASE, RESEND, World
from playground.scenario.model import Scenario

from .scenes import EXACTLY_ONCE, MS, S, chain, committed, exactly_once, with_stream_to_consumers

LAW = "law"
"""Not a promise to the user but the engine's own books: they do not add up any more."""


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A mistake, the scene that suffers from it, and how it is noticed."""

    put_in: Callable[[MonkeyPatch], None]
    scene: Scenario
    breaks: Property | str
    faults: int = 1  # with so few it comes to light
    messages: int = 1
    catalogue: tuple[FaultKind, ...] = ("drop", "late", "crash", "pause")

    @property
    def bounds(self) -> Bounds:
        """Just what it takes."""
        asked: tuple[Any, ...] = ("loss", "duplicate_effect", "stuck")
        if self.breaks not in (*asked, LAW):
            asked = (*asked, self.breaks)
        return Bounds(
            messages=self.messages, faults=self.faults, catalogue=self.catalogue, properties=asked
        )


# ---------------------------------------------------------------------- consumers


def _acks_before_the_effect(patch: MonkeyPatch) -> None:
    begin_work = Consumer._begin_work

    def hasty(self: Consumer, world: World, held: Any) -> None:
        self._send(world, "ACK")
        begin_work(self, world, held)

    patch.setattr(Consumer, "_begin_work", hasty)


def _redelivers_under_a_new_identity(patch: MonkeyPatch) -> None:
    on_deliver = Consumer.takes["DELIVER"]

    def take(self: Consumer, world: World, flight: Any) -> None:
        if flight.row[NUMBER] > 1:
            world.database(self.group).inbox.forget(flight.row[MESSAGE])
        on_deliver(self, world, flight)

    patch.setitem(Consumer.takes, "DELIVER", take)


def _inbox_outside_the_transaction(patch: MonkeyPatch) -> None:
    commit, send = consumer_module.commit, Consumer._send

    def effect_alone(world: World, consumer: Consumer, held: Any) -> bool:
        is_known = world.database(consumer.group).inbox.has(held.message, world.now_us, None)
        is_done = commit(world, consumer, held)
        if not is_known:
            world.database(consumer.group).inbox.forget(held.message)
        return is_done

    def with_the_ack(self: Consumer, world: World, packet: str) -> None:
        if packet == "ACK" and self.current is not None:
            world.database(self.group).inbox.add(self.current.message, world.now_us)
        send(self, world, packet)

    patch.setattr(consumer_module, "commit", effect_alone)
    patch.setattr(Consumer, "_send", with_the_ack)


def _inbox_remembers_nothing(patch: MonkeyPatch) -> None:
    patch.setattr(Seen, "add", lambda *_: None)


def _buffer_survives_a_crash(patch: MonkeyPatch) -> None:
    drop_everything = Consumer.drop_everything

    def keep(self: Consumer, world: World) -> None:
        buffer = self.buffer
        drop_everything(self, world)
        self.buffer = buffer

    patch.setattr(Consumer, "drop_everything", keep)


# ---------------------------------------------------------------------- producers


def _confirm_timer_is_set_once(patch: MonkeyPatch) -> None:
    on_timeout = Producer.on_timeout

    def only_once(self: Producer, world: World, item: Any) -> None:
        intent = self.unconfirmed.get(item.second)
        if intent is not None and intent.attempt == 1:
            on_timeout(self, world, item)

    patch.setitem(simulator._AT_NODE, CONFIRM_TIMEOUT, (Producer, only_once))


def _retry_takes_a_new_number(patch: MonkeyPatch) -> None:
    attempt = Producer._attempt

    def renumbered(self: Producer, world: World, intent: Any) -> None:
        intent.sequence = 0
        attempt(self, world, intent)

    patch.setattr(Producer, "_attempt", renumbered)


def _restart_keeps_the_session(patch: MonkeyPatch) -> None:
    on_restart = Producer.on_restart

    def same_session(self: Producer, world: World) -> None:
        self.session -= 1
        on_restart(self, world)

    patch.setattr(Producer, "on_restart", same_session)


# ---------------------------------------------------------------------- queues


def _append_is_not_remembered(patch: MonkeyPatch) -> None:
    patch.setattr(BrokerDedup, "remember", lambda *_: None)


def _confirms_before_it_is_durable(patch: MonkeyPatch) -> None:
    on_send = Queue.takes["SEND"]

    def hasty(self: Queue, world: World, flight: Any) -> None:
        self._answer(world, world.links.get(flight.route.link), "CONFIRM", flight)
        on_send(self, world, flight)

    patch.setitem(Queue.takes, "SEND", hasty)


def _disk_forgets_in_a_crash(patch: MonkeyPatch) -> None:
    on_crash = Queue.on_crash

    def in_memory_only(self: Queue, world: World) -> None:
        kept, self.parameters = self.parameters, replace(self.parameters, durability="memory")
        on_crash(self, world)
        self.parameters = kept

    patch.setattr(Queue, "on_crash", in_memory_only)


def _lease_ends_for_nobody(patch: MonkeyPatch) -> None:
    patch.setitem(simulator._AT_NODE, LEASE, (Queue, lambda *_: None))


def _accepted_stale_ack_keeps_the_credit(patch: MonkeyPatch) -> None:
    finish = Queue.finish

    def keep(self: Queue, world: World, subscription: Subscription, slot: Slot, how: str) -> None:
        finish(self, world, subscription, slot, how)
        if how == "stale" and slot.consumer in subscription.unacked:
            subscription.unacked[slot.consumer] += 1

    patch.setattr(Queue, "finish", keep)


def _second_of_a_key_goes_out_early(patch: MonkeyPatch) -> None:
    def first_ready(self: Subscription, key: tuple[int, int]) -> int:
        slots = [self.slots[each] for each in self.unfinished.get(key, ()) if each in self.slots]
        return min((slot.offset for slot in slots if slot.state == READY), default=-1)

    patch.setattr(Subscription, "head_of", first_ready)


# ---------------------------------------------------------------------- commits


def _fence_never_rises(patch: MonkeyPatch) -> None:
    why_not = pending._why_not

    def lax(world: World, queue: Queue, transaction: Any, is_output: bool) -> str:
        reason = why_not(world, queue, transaction, is_output)
        is_there = transaction.offset in queue.subscriptions[transaction.group].slots
        return "" if reason == "token" and is_there else reason

    patch.setattr(pending, "_why_not", lax)


def _nothing_is_sent_again_by_a_coordinator(patch: MonkeyPatch) -> None:
    # Either would do: a queue that hears nothing asks, which hides that nobody tells it again.
    patch.setitem(simulator._AT_NODE, RESEND, (Coordinator, lambda *_: None))
    patch.setitem(simulator._AT_NODE, INQUIRE, (Queue, lambda *_: None))


def _lease_timer_releases_what_is_prepared(patch: MonkeyPatch) -> None:
    on_lease = Queue.on_lease

    def release(self: Queue, world: World, item: Any) -> None:
        subscription = self.subscriptions[item.text]
        slot = subscription.slots.get(item.first)
        if slot is not None and slot.state == HELD and slot.token == item.second:
            subscription.make_ready(slot)
            slot.token = 0
            dispatch(world, self, subscription)
        on_lease(self, world, item)

    patch.setitem(simulator._AT_NODE, LEASE, (Queue, release))


def _decision_is_not_forced_to_the_log(patch: MonkeyPatch) -> None:
    on_crash = Coordinator.on_crash

    def forget(self: Coordinator, world: World) -> None:
        on_crash(self, world)
        self.log = {}

    patch.setattr(Coordinator, "on_crash", forget)


# ---------------------------------------------------------------------- each in its scene

_NUMBERED: dict[str, Any] = {
    "producer": {"identity": "sequence", "outbox": True},
    "queue": {"deduplicate": "sequence"},
}
_BY_ID = {"producer": EXACTLY_ONCE["producer"], "queue": EXACTLY_ONCE["queue"]}
_BOTH = ("anna", "bert")

MUTANTS: dict[str, Mutant] = {
    "the ack leaves before the effect": Mutant(
        put_in=_acks_before_the_effect, scene=chain(), breaks="loss"
    ),
    "a redelivery has a new identity": Mutant(
        put_in=_redelivers_under_a_new_identity, scene=exactly_once(), breaks="duplicate_effect"
    ),
    "the inbox is written outside the transaction": Mutant(
        put_in=_inbox_outside_the_transaction, scene=exactly_once(), breaks="duplicate_effect"
    ),
    "the inbox remembers nothing": Mutant(
        put_in=_inbox_remembers_nothing, scene=exactly_once(), breaks="duplicate_effect"
    ),
    "a consumer's buffer survives its crash": Mutant(
        put_in=_buffer_survives_a_crash,
        scene=chain(
            {**EXACTLY_ONCE["producer"], "rate_per_s": 20, "window": 2},
            EXACTLY_ONCE["queue"],
            {**EXACTLY_ONCE["consumer"], "prefetch": 2},
        ),
        breaks=LAW,
        messages=2,
    ),
    "the confirm timer is not set again": Mutant(
        put_in=_confirm_timer_is_set_once, scene=exactly_once(), breaks="stuck", faults=2
    ),
    "a retry takes a new sequence number": Mutant(
        put_in=_retry_takes_a_new_number,
        scene=with_stream_to_consumers(chain(**_NUMBERED)),
        breaks="duplicate_effect",
        catalogue=("drop", "late"),
    ),
    "a producer's restart keeps its session": Mutant(
        put_in=_restart_keeps_the_session, scene=chain(**_NUMBERED), breaks="loss", messages=2
    ),
    "the dedup id is forgotten on append": Mutant(
        put_in=_append_is_not_remembered,
        scene=with_stream_to_consumers(chain(**_BY_ID)),
        breaks="duplicate_effect",
        catalogue=("drop", "late"),
    ),
    "a queue confirms before it is durable": Mutant(
        put_in=_confirms_before_it_is_durable,
        scene=exactly_once(),
        breaks="loss",
        catalogue=("drop", "broker-crash"),
    ),
    "a synced disk forgets in a crash": Mutant(
        put_in=_disk_forgets_in_a_crash,
        scene=exactly_once(),
        breaks="loss",
        catalogue=("drop", "broker-crash"),
    ),
    "a lease ends for nobody": Mutant(
        put_in=_lease_ends_for_nobody, scene=exactly_once(), breaks="stuck"
    ),
    "an accepted stale ack keeps the credit": Mutant(
        put_in=_accepted_stale_ack_keeps_the_credit,
        scene=chain(**{**EXACTLY_ONCE, "queue": {**EXACTLY_ONCE["queue"], "stale_ack": "accept"}}),
        breaks="stuck",
        messages=2,
    ),
    "the second of a key goes out early": Mutant(
        put_in=_second_of_a_key_goes_out_early,
        scene=chain(
            EXACTLY_ONCE["producer"],
            {**EXACTLY_ONCE["queue"], "order": "fifo"},
            EXACTLY_ONCE["consumer"],
            consumers=_BOTH,
        ),
        breaks="out_of_order",
        messages=2,
    ),
    "the fence never rises": Mutant(
        put_in=_fence_never_rises,
        scene=committed("transaction", consumer={"fencing": True}, consumers=_BOTH),
        breaks="duplicate_effect",
    ),
    "a lost MARKER is sent again by nobody": Mutant(
        put_in=_nothing_is_sent_again_by_a_coordinator,
        scene=committed("transaction", consumer={"fencing": True}),
        breaks="stuck",
    ),
    "the lease timer releases what is prepared": Mutant(
        put_in=_lease_timer_releases_what_is_prepared,
        scene=committed(
            "two-phase", queue={"lease_us": 1 * S}, coordinator={"resend_us": 3 * S}
        ),
        breaks="duplicate_effect",
    ),
    "a decision is not forced to the log": Mutant(
        put_in=_decision_is_not_forced_to_the_log,
        scene=committed("two-phase", consumers=_BOTH),
        breaks="duplicate_effect",
        catalogue=("drop", "crash", "broker-crash"),
    ),
}
