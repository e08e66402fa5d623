"""Which mistakes could somebody make in the engine? Small ones, each put in while a test runs.

No source is touched: a method is exchanged for another one, and put back afterwards.
"""

from dataclasses import replace
from typing import Any

import pytest

from playground.engine import simulator
from playground.engine.agenda import CONFIRM_TIMEOUT, INQUIRE, LEASE, RESEND
from playground.engine.message import MESSAGE, NUMBER
from playground.engine.nodes import answers, handler, pending, retries, steps, timers, work
from playground.engine.nodes.consumer import Consumer
from playground.engine.nodes.coordinator import Coordinator
from playground.engine.nodes.dedup import BrokerDedup
from playground.engine.nodes.dispatch import dispatch
from playground.engine.nodes.producer import Producer
from playground.engine.nodes.queue import Queue
from playground.engine.nodes.subscription import HELD, READY, Slot, Subscription
from playground.engine.seen import Seen
from playground.engine.world import World

# ---------------------------------------------------------------------- consumers


def acks_before_the_effect(patch: pytest.MonkeyPatch) -> None:
    begin_work = handler.begin_work

    def hasty(world: World, consumer: Consumer, held: Any) -> None:
        consumer.tell_queue(world, "ACK")
        begin_work(world, consumer, held)

    patch.setattr(steps, "begin_work", hasty)


def redelivers_under_a_new_identity(patch: pytest.MonkeyPatch) -> None:
    on_deliver = Consumer.takes["DELIVER"]

    def take(self: Consumer, world: World, flight: Any) -> None:
        if flight.row[NUMBER] > 1:
            world.database(self.group).inbox.forget(flight.row[MESSAGE])
        on_deliver(self, world, flight)

    patch.setitem(Consumer.takes, "DELIVER", take)


def inbox_outside_the_transaction(patch: pytest.MonkeyPatch) -> None:
    commit, send = work.commit, Consumer.tell_queue

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

    patch.setattr(handler, "commit", effect_alone)
    patch.setattr(Consumer, "tell_queue", with_the_ack)


def inbox_remembers_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Seen, "add", lambda *_: None)


def buffer_survives_a_crash(patch: pytest.MonkeyPatch) -> None:
    drop_everything = Consumer.drop_everything

    def keep(self: Consumer, world: World) -> None:
        buffer = self.buffer
        drop_everything(self, world)
        self.buffer = buffer

    patch.setattr(Consumer, "drop_everything", keep)


# ---------------------------------------------------------------------- producers


def confirm_timer_is_set_once(patch: pytest.MonkeyPatch) -> None:
    on_timeout = retries.on_timeout

    def only_once(self: Producer, world: World, item: Any) -> None:
        intent = self.unconfirmed.get(item.second)
        if intent is not None and intent.attempt == 1:
            on_timeout(self, world, item)

    patch.setitem(simulator._AT_NODE, CONFIRM_TIMEOUT, (Producer, only_once))


def retry_takes_a_new_number(patch: pytest.MonkeyPatch) -> None:
    attempt = Producer.attempt

    def renumbered(self: Producer, world: World, intent: Any) -> None:
        intent.sequence = 0
        attempt(self, world, intent)

    patch.setattr(Producer, "attempt", renumbered)


def restart_keeps_the_session(patch: pytest.MonkeyPatch) -> None:
    on_restart = Producer.on_restart

    def same_session(self: Producer, world: World) -> None:
        self.session -= 1
        on_restart(self, world)

    patch.setattr(Producer, "on_restart", same_session)


# ---------------------------------------------------------------------- queues


def append_is_not_remembered(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(BrokerDedup, "remember", lambda *_: None)


def confirms_before_it_is_durable(patch: pytest.MonkeyPatch) -> None:
    on_send = Queue.takes["SEND"]

    def hasty(self: Queue, world: World, flight: Any) -> None:
        answers._answer(world, self, world.links.get(flight.route.link), "CONFIRM", flight)
        on_send(self, world, flight)

    patch.setitem(Queue.takes, "SEND", hasty)


def disk_forgets_in_a_crash(patch: pytest.MonkeyPatch) -> None:
    on_crash = Queue.on_crash

    def in_memory_only(self: Queue, world: World) -> None:
        kept, self.parameters = self.parameters, replace(self.parameters, durability="memory")
        on_crash(self, world)
        self.parameters = kept

    patch.setattr(Queue, "on_crash", in_memory_only)


def lease_ends_for_nobody(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(simulator._AT_NODE, LEASE, (Queue, lambda *_: None))


def accepted_stale_ack_keeps_the_credit(patch: pytest.MonkeyPatch) -> None:
    finish = Queue.finish

    def keep(self: Queue, world: World, subscription: Subscription, slot: Slot, how: str) -> None:
        finish(self, world, subscription, slot, how)
        if how == "stale" and slot.consumer in subscription.unacked:
            subscription.unacked[slot.consumer] += 1

    patch.setattr(Queue, "finish", keep)


def second_of_a_key_goes_out_early(patch: pytest.MonkeyPatch) -> None:
    def first_ready(self: Subscription, key: tuple[int, int]) -> int:
        slots = [self.slots[each] for each in self.unfinished.get(key, ()) if each in self.slots]
        return min((slot.offset for slot in slots if slot.state == READY), default=-1)

    patch.setattr(Subscription, "head_of", first_ready)


# ---------------------------------------------------------------------- commits


def fence_never_rises(patch: pytest.MonkeyPatch) -> None:
    why_not = pending._why_not

    def lax(world: World, queue: Queue, transaction: Any, is_output: bool) -> str:
        reason = why_not(world, queue, transaction, is_output)
        is_there = transaction.offset in queue.subscriptions[transaction.group].slots
        return "" if reason == "token" and is_there else reason

    patch.setattr(pending, "_why_not", lax)


def nothing_is_sent_again_by_a_coordinator(patch: pytest.MonkeyPatch) -> None:
    # Either would do: a queue that hears nothing asks, which hides that nobody tells it again.
    patch.setitem(simulator._AT_NODE, RESEND, (Coordinator, lambda *_: None))
    patch.setitem(simulator._AT_NODE, INQUIRE, (Queue, lambda *_: None))


def lease_timer_releases_what_is_prepared(patch: pytest.MonkeyPatch) -> None:
    on_lease = timers.on_lease

    def release(self: Queue, world: World, item: Any) -> None:
        subscription = self.subscriptions[item.text]
        slot = subscription.slots.get(item.first)
        if slot is not None and slot.state == HELD and slot.token == item.second:
            subscription.make_ready(slot)
            slot.token = 0
            dispatch(world, self, subscription)
        on_lease(self, world, item)

    patch.setitem(simulator._AT_NODE, LEASE, (Queue, release))


def decision_is_not_forced_to_the_log(patch: pytest.MonkeyPatch) -> None:
    on_crash = Coordinator.on_crash

    def forget(self: Coordinator, world: World) -> None:
        on_crash(self, world)
        self.log = {}

    patch.setattr(Coordinator, "on_crash", forget)
